//! The program `takar`.

/// The system's gives every thread an own heap that grows page by page: that was
/// a third of the server's time while many send.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    takar_server::cli::run()
}
