//! The bench's own program, driven line by line by `end2end/bench/run.mjs`.
//!
//! - `takar-bench fleet`: devices with the product's client engine
//! - `takar-bench proxy HOST:PORT`: counts bytes and requests, loses answers
//! - `takar-bench work JSON`: the same seeded work as data, for the peers
//! - `takar-bench paper BYTES`: a file
//! - `takar-bench anatomy JSON`: what a record's bytes are
//!
//! Each line on standard input is one command in JSON, each line on standard
//! output its answer.

mod anatomy;
mod command;
mod counted;
mod device;
mod fleet;
mod framing;
mod http;
mod office;
mod proxy;
mod sockets;
mod work;

/// The server's, so that the system's does not weigh on the devices alone.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Why a run is worthless. Words for the person who runs it.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut args = std::env::args().skip(1);
    match (args.next().as_deref(), args.next()) {
        (Some("fleet"), None) => runtime.block_on(command::fleet()),
        (Some("proxy"), Some(to)) => runtime.block_on(command::proxy(&to)),
        (Some("work"), Some(shape)) => {
            let work = work::Shape::read(&shape)?.as_json();
            command::say(&work)
        }
        (Some("anatomy"), Some(shape)) => command::say(&anatomy::layers(&work::Shape::read(&shape)?)?),
        (Some("paper"), Some(size)) => {
            use std::io::Write;
            Ok(std::io::stdout().write_all(&work::paper(size.parse()?, 1))?)
        }
        _ => {
            Err("usage: takar-bench fleet | proxy HOST:PORT | work JSON | paper BYTES | anatomy JSON".into())
        }
    }
}
