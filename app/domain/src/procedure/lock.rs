//! When a unit's figures may be changed: from the step that delivers the form to
//! the step that hands the data over (sop.md, *Reading it rightly*).

use super::runs::sop_of;
use super::state::{Phase, STATE, StepState};
use crate::config::{Config, Cycle, UnitKind};
use crate::period::Period;
use crate::record::{Record, RecordId, Subject};
use crate::sop::Kind;
use uuid::Uuid;

/// Why nothing may be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The form has not been delivered yet.
    NotYet,
    /// Handed over: what comes now is *data susulan*.
    HandedOver,
    /// Submitted: the budget of the document stands.
    Submitted,
    /// Signed: a wrong figure is restated in the next cycle.
    Signed,
}

/// The unit that hands over for a unit: itself, or the secretariat of a sub bagian.
#[must_use]
pub fn handing_over(config: &Config, unit: RecordId) -> Option<RecordId> {
    let mut next = unit;
    // Units are data: a loop in them must not hang the office.
    for _ in 0..8 {
        let found = config.units.get(&next)?;
        match (found.kind, found.parent) {
            (UnitKind::SubSection, Some(parent)) => next = parent,
            _ => return Some(next),
        }
    }
    None
}

/// The form whose sending covers a figure.
pub(super) fn form_of(config: &Config, cycle: RecordId, figure: &Subject) -> Option<Subject> {
    let unit = crate::workflow::unit_of(figure, config)?;
    Some(Subject::UnitForm { cycle, unit })
}

/// The cycle and unit of a figure or a unit's form.
fn place(config: &Config, subject: &Subject) -> Option<(RecordId, RecordId)> {
    let cycle = match subject {
        Subject::Figure { period, .. } => config.cycle_of(*period).or_else(|| closed(config, *period))?,
        Subject::UnitForm { cycle, .. } => *cycle,
        _ => return None,
    };
    Some((cycle, handing_over(config, crate::workflow::unit_of(subject, config)?)?))
}

/// The round of a period that ran to its end: what it signed stays signed.
fn closed(config: &Config, period: Period) -> Option<RecordId> {
    let ended = |c: &Cycle| c.period == period && !c.open && c.stepwise && c.abandoned.is_none();
    config.cycles.iter().find(|(_, c)| ended(c)).map(|(id, _)| *id)
}

/// The runs that open and close entry for a figure or a form, the weightiest first.
fn binding(config: &Config, subject: &Subject) -> Vec<(Lock, Subject)> {
    const DATA: &[(Kind, Lock)] =
        &[(Kind::Sign, Lock::Signed), (Kind::HandOver, Lock::HandedOver), (Kind::Deliver, Lock::NotYet)];
    const BUDGET: &[(Kind, Lock)] = &[(Kind::Sign, Lock::Signed), (Kind::Submit, Lock::Submitted)];
    let (cycle, unit, kinds) = match (subject, place(config, subject)) {
        (Subject::Budget { period, .. }, _) => {
            let cycle = config.cycle_of(*period).or_else(|| closed(config, *period));
            (cycle, None, BUDGET)
        }
        (_, Some((cycle, unit))) => (Some(cycle), Some(unit), DATA),
        _ => return Vec::new(),
    };
    let Some((cycle, sop)) = cycle.and_then(|cycle| Some((cycle, sop_of(config, cycle)?))) else {
        return Vec::new();
    };
    let of = |kind: Kind, lock: Lock| {
        let step = sop.steps.iter().find(|s| s.kind == kind)?;
        let unit = unit.filter(|_| step.per_unit);
        Some((lock, Subject::StepRun { cycle, step: step.number, unit }))
    };
    // Without an open round a period is history, but for what was signed.
    let open = config.cycles.get(&cycle).is_some_and(|c| c.open);
    let kinds = kinds.iter().filter(|(_, lock)| open || *lock == Lock::Signed);
    kinds.filter_map(|(kind, lock)| of(*kind, *lock)).collect()
}

/// The records that [`standing`] asks for.
#[inline(never)]
pub(crate) fn reads(config: &Config, subject: &Subject) -> impl Iterator<Item = RecordId> {
    binding(config, subject).into_iter().map(|(_, run)| run.record())
}

/// What keeps a figure or a form from being changed, and the run that does.
#[must_use]
pub fn standing(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    subject: &Subject,
) -> Option<(Lock, RecordId)> {
    let done = |run: &Subject| {
        let state = get(run.record()).and_then(|r| r.read::<StepState>(STATE));
        state.is_some_and(|s| s.phase == Phase::Done)
    };
    let mut all = binding(config, subject).into_iter();
    let shut = all.find(|(lock, run)| done(run) == (*lock != Lock::NotYet));
    shut.map(|(lock, run)| (lock, run.record()))
}

/// Whether the document of a period is signed.
#[must_use]
pub fn is_signed(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, period: Period) -> bool {
    // A signature shuts the budget of the whole period, so whichever node is asked about.
    let budget = Subject::Budget { node: RecordId(Uuid::nil()), period };
    matches!(standing(config, get, &budget), Some((Lock::Signed, _)))
}
