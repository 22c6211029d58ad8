//! `make soak`: the simulator until it is stopped or a promise is broken.
//!
//! Starts behind the seeds of `make test`; `TAKAR_SEED` starts elsewhere. A seed
//! that fails belongs into `tests/sim/seeds.txt`, and ends this with status 1.

use std::process::ExitCode;
use std::time::Instant;

use takar_sync::sim::{Plan, Progress, Sweep};

/// Seeds between two lines of progress.
const STRIDE: u64 = 5_000;

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
                return ExitCode::FAILURE;
            }
        }
    }
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
