//! Twenty thousand short lives of an office, each from one number.
//!
//! `TAKAR_SEEDS` runs another count, `TAKAR_SEED` replays one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use takar_domain::record::{OpId, Value};
use takar_sync::sim::{Plan, Report, SimOffice, run, serve};
use takar_sync::verdict::{Outcome, Why};

fn play(seed: u64, plan: &Plan, founded: &SimOffice) -> Result<Report, String> {
    let mut office = founded.clone();
    let report = run(seed, plan, &mut |ask| serve(&mut office, ask))?;
    let told: Vec<_> = office.log().iter().map(|e| (e.op, e.verdict.parts.clone())).collect();
    if told != report.verdicts {
        return Err("the office's log is not the devices' log".to_owned());
    }
    Ok(report)
}

fn count() -> u64 {
    std::env::var("TAKAR_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000)
}

/// Plays many seeds on all cores, one plan after the other; a failing seed is named.
fn play_all(plans: &[Plan]) {
    let worlds: Vec<_> = plans.iter().map(|plan| (plan, SimOffice::found(plan))).collect();
    let one = std::env::var("TAKAR_SEED").ok().and_then(|n| n.parse::<u64>().ok());
    let next = AtomicU64::new(one.unwrap_or(1));
    let last = one.unwrap_or_else(count);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let failure = std::sync::Mutex::new(None::<(u64, String)>);
    let met = std::sync::Mutex::new(BTreeMap::<String, u64>::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > last || failure.lock().unwrap().is_some() {
                        return;
                    }
                    let (plan, founded) = &worlds[seed as usize % worlds.len()];
                    match play(seed, plan, founded) {
                        Ok(report) => note(&mut met.lock().unwrap(), &report),
                        Err(why) => *failure.lock().unwrap() = Some((seed, why)),
                    }
                }
            });
        }
    });
    if let Some((seed, why)) = failure.into_inner().unwrap() {
        panic!("TAKAR_SEED={seed}: {why}");
    }
    let met = met.into_inner().unwrap();
    println!("{met:?}");
    // Runs in which nothing happens prove nothing.
    for what in
        ["saved", "applied", "conflict", "late", "rights", "removed", "forged", "difference", "restore"]
    {
        assert!(
            one.is_some() || last < 1_000 || met.get(what).is_some_and(|n| *n > 10),
            "no {what}: {met:?}"
        );
    }
}

/// Counts what a run has met.
fn note(met: &mut BTreeMap<String, u64>, report: &Report) {
    let mut count = |what: &str, n: usize| *met.entry(what.to_owned()).or_default() += n as u64;
    count("saved", report.saved);
    count("restore", usize::try_from(report.restores).unwrap());
    for outcome in report.verdicts.iter().flat_map(|(_, parts)| parts) {
        count(
            match outcome {
                Outcome::Applied => "applied",
                Outcome::Conflict { .. } => "conflict",
                Outcome::Late { .. } => "late",
                Outcome::Held { why: Why::RightsChanged } => "rights",
                Outcome::Held { why: Why::Removed } => "removed",
                Outcome::Held { why: Why::Unauthenticated } => "forged",
                Outcome::Rejected { .. } => "rejected",
            },
            1,
        );
    }
    let differs = |heads: &&Vec<(OpId, Value)>| heads.windows(2).any(|pair| pair[0].1 != pair[1].1);
    count("difference", report.values.values().filter(differs).count());
}

#[test]
fn whatever_goes_wrong_everything_saved_arrives_once_and_everywhere() {
    play_all(&[2, 3, 2, 3, 2, 4].map(|devices| Plan { devices, ..Plan::hard() }));
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let plan = Plan::replayable();
    for seed in 1..=20 {
        let found = SimOffice::found(&plan);
        let first = play(seed, &plan, &found).unwrap();
        assert_eq!(first, play(seed, &plan, &found).unwrap(), "seed {seed}");
    }
}
