//! Many runs on all cores.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::check::Report;
use super::happening::Happening;
use super::office::SimOffice;
use super::plan::Plan;
use super::run::run;
use crate::verdict::{Outcome, Why};

/// One run against a simulated office, whose log must be that of the devices.
///
/// # Errors
/// Words for the first promise that was broken.
pub fn play(seed: u64, plan: &Plan, founded: &SimOffice) -> Result<Report, String> {
    let mut office = founded.clone();
    let report = run(seed, plan, &mut |ask| office.serve(ask))?;
    let told: Vec<_> = office.log().iter().map(|e| (e.op, e.verdict.parts.clone())).collect();
    if told != report.verdicts {
        return Err("the office's log is not the devices' log".to_owned());
    }
    Ok(report)
}

/// What many runs have met.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    pub seeds: u64,
    /// Operations that people saved.
    pub saved: u64,
    /// Of those, what wipes took, and what people were told of that.
    pub lost: u64,
    pub reported: u64,
    /// By [`Happening`].
    pub met: BTreeMap<Happening, u64>,
    /// By kind of outcome; `difference` are groups with several values.
    pub outcomes: BTreeMap<&'static str, u64>,
}

impl Progress {
    fn add(&mut self, report: &Report) {
        self.seeds += 1;
        self.saved += report.saved as u64;
        self.lost += report.lost as u64;
        self.reported += report.reported;
        for what in Happening::ALL {
            *self.met.entry(what).or_default() += report.times(what);
        }
        for outcome in report.verdicts.iter().flat_map(|(_, parts)| parts) {
            *self.outcomes.entry(kind(outcome)).or_default() += 1;
        }
        let differ = report.values.values().filter(|heads| heads.windows(2).any(|w| w[0].1 != w[1].1));
        *self.outcomes.entry("difference").or_default() += differ.count() as u64;
    }

    /// Everything that went wrong, in all.
    #[must_use]
    pub fn faults(&self) -> u64 {
        use super::happening::Of;
        self.met.iter().filter(|(what, _)| what.hard().0 != Of::Nothing).map(|(_, n)| n).sum()
    }
}

const fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "applied",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Late { .. } => "late",
        Outcome::Held { why: Why::RightsChanged } => "rights",
        Outcome::Held { why: Why::Removed } => "removed",
        Outcome::Held { why: Why::Unauthenticated } => "forged",
        Outcome::Rejected { .. } => "rejected",
    }
}

/// Runs of several plans, one after the other by seed.
#[derive(Debug)]
pub struct Sweep {
    worlds: Vec<(Plan, SimOffice)>,
    next: AtomicU64,
    progress: Mutex<Progress>,
    failure: Mutex<Option<(u64, String)>>,
}

impl Sweep {
    /// Founds the offices of the plans. Seeds start at `first`.
    #[must_use]
    pub fn new(plans: impl IntoIterator<Item = Plan>, first: u64) -> Self {
        let worlds = plans.into_iter().map(|plan| (plan.clone(), SimOffice::found(&plan))).collect();
        let (progress, failure) = (Mutex::default(), Mutex::default());
        Self { worlds, next: AtomicU64::new(first), progress, failure }
    }

    /// Plays one seed with the plan that it falls to.
    ///
    /// # Errors
    /// Words for the first promise that was broken.
    pub fn one(&self, seed: u64) -> Result<Report, String> {
        let nth = seed.checked_rem(self.worlds.len() as u64).and_then(|n| usize::try_from(n).ok());
        let (plan, founded) = nth.and_then(|n| self.worlds.get(n)).ok_or("no plans")?;
        play(seed, plan, founded)
    }

    /// Plays on all cores up to seed `last`, or until one fails.
    ///
    /// # Errors
    /// The seed that failed, and words for why.
    pub fn play(&self, last: u64) -> Result<Progress, (u64, String)> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(|| self.work(last));
            }
        });
        match lock(&self.failure).clone() {
            Some(failure) => Err(failure),
            None => Ok(self.progress()),
        }
    }

    fn work(&self, last: u64) {
        while lock(&self.failure).is_none() {
            let next = |seed: u64| (seed <= last).then_some(seed + 1);
            let Ok(seed) = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next) else { return };
            match self.one(seed) {
                Ok(report) => lock(&self.progress).add(&report),
                Err(why) => *lock(&self.failure) = Some((seed, why)),
            }
        }
    }

    /// What was met so far.
    #[must_use]
    pub fn progress(&self) -> Progress {
        lock(&self.progress).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
