//! Fifty thousand short lives of an office, each from one number.
//!
//! `TAKAR_SEEDS` runs another count, `TAKAR_SEED` replays one. Seeds that ever
//! failed are in `seeds.txt` and are always played first.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bytes;

use takar_sync::sim::{Happening, Plan, SimOffice, Sweep, play};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

#[test]
fn whatever_goes_wrong_everything_saved_arrives_once_and_everywhere() {
    let one = number("TAKAR_SEED");
    let last = one.unwrap_or_else(|| number("TAKAR_SEEDS").unwrap_or(50_000));
    let sweep = Sweep::new(Plan::all(), one.unwrap_or(1));
    let met = sweep.play(last).unwrap_or_else(|(seed, why)| panic!("TAKAR_SEED={seed}: {why}"));
    println!("{met:?}, {} faults", met.faults());
    if one.is_some() || last < 1_000 {
        return;
    }
    // Runs in which nothing happens prove nothing.
    for what in Happening::ALL {
        assert!(met.met[&what] > last / 200, "{what:?} is rare: {met:?}");
    }
    for what in ["applied", "conflict", "late", "rights", "removed", "forged", "rejected", "difference"] {
        assert!(met.outcomes[what] > last / 200, "{what} is rare: {met:?}");
    }
    assert!(met.lost > 0, "no wipe took anything: {met:?}");
}

#[test]
fn seeds_that_ever_failed_pass() {
    let sweep = Sweep::new(Plan::all(), 1);
    let lines = include_str!("seeds.txt").lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let seed = line.split_whitespace().next().unwrap().parse().unwrap();
        sweep.one(seed).unwrap_or_else(|why| panic!("TAKAR_SEED={seed}: {why} ({line})"));
    }
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
