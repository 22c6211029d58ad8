//! `make soak`: the simulator until it is stopped or a promise is broken.
//!
//! Starts behind the seeds of `make test`; `TAKAR_SEED` starts elsewhere. A seed
//! that fails is written into `tests/sim/seeds.txt`, which every test run plays
//! first, and ends this with status 1.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use takar_sync::sim::{Plan, Progress, Sweep};

/// Seeds between two lines of progress.
const STRIDE: u64 = 5_000;
/// Seeds that ever failed.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sim/seeds.txt");

fn main() -> ExitCode {
    let first = std::env::var("TAKAR_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(50_001u64);
    let sweep = Sweep::new(Plan::all(), first);
    let started = Instant::now();
    let mut last = first.saturating_sub(1);
    loop {
        last = last.saturating_add(STRIDE);
        match sweep.play(last) {
            Ok(progress) => tell(last, &progress, started.elapsed().as_secs()),
            Err((seed, why)) => {
                println!("TAKAR_SEED={seed}: {why}");
                match keep(seed, &why) {
                    Ok(()) => println!("kept in {KEPT}: put what was wrong there into words"),
                    Err(error) => println!("not kept in {KEPT}: {error}"),
                }
                return ExitCode::FAILURE;
            }
        }
    }
}

/// One line for a seed; what is behind the number is read by people alone.
fn keep(seed: u64, why: &str) -> io::Result<()> {
    let why: String = why.lines().next().unwrap_or_default().chars().take(160).collect();
    let mut file = OpenOptions::new().append(true).open(KEPT)?;
    file.write_all(format!("{seed} {why}\n").as_bytes())
}

fn tell(seed: u64, all: &Progress, seconds: u64) {
    let Progress { seeds, saved, lost, reported, .. } = all;
    let rate = seeds.checked_div(seconds).unwrap_or(*seeds);
    println!(
        "to seed {seed}: {seeds} runs ({rate} per second), {saved} operations, {} faults; \
         {lost} lost with wiped devices, which had reported {reported}",
        all.faults()
    );
    let met: Vec<_> = all.met.iter().map(|(what, times)| format!("{what:?} {times}")).collect();
    println!("    {}", met.join(", "));
}
