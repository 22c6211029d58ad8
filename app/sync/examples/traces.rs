//! Writes down what the devices' databases were asked in so many runs of the
//! simulator: `traces COUNT FILE`. `end2end/replay` asks a browser's own the same.
//!
//! `TAKAR_SEED` starts elsewhere than at seed 1.

use std::error::Error;

use takar_sync::codec::to_cbor;
use takar_sync::sim::{Plan, SimOffice, Traced, play};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(count), Some(file)) = (args.next(), args.next()) else {
        return Err("traces COUNT FILE".into());
    };
    let first: u64 = std::env::var("TAKAR_SEED").ok().map_or(Ok(1), |seed| seed.parse())?;
    let plans = Plan::all().map(|plan| Plan { traces: true, ..plan });
    let mut databases: Vec<(u64, Vec<Traced>)> = Vec::new();
    for (seed, plan) in (first..first + count.parse::<u64>()?).zip(plans.iter().cycle()) {
        let report =
            play(seed, plan, &SimOffice::found(plan)).map_err(|why| format!("TAKAR_SEED={seed}: {why}"))?;
        databases.extend(report.traces.into_iter().map(|trace| (seed, trace)));
    }
    let asked: usize = databases.iter().map(|(_, trace)| trace.len()).sum();
    println!("{} databases, asked {asked} times", databases.len());
    std::fs::write(file, to_cbor(&databases))?;
    Ok(())
}
