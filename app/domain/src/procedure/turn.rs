//! The next state of a step: made by whoever presses, and compared by the judge.

use super::Seal;
use super::sign::Signature;
use super::state::{Phase, Round, STATE, StepState};
use crate::record::{Made, Record};
use crate::workflow::Action;

/// What a person says when a step ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Waktu kerja in minutes.
    pub minutes: Option<u32>,
    /// Why it took longer or came later than it should.
    pub reason: Option<String>,
    /// ISO, if it happened on another day than it is recorded.
    pub event_date: Option<String>,
    /// What a unit hands over, see [`handed_over`](super::handed_over).
    pub seal: Option<Seal>,
    /// Made by the office only.
    pub signature: Option<Signature>,
}

/// The step's standing state and when it was made.
fn standing(record: Option<&Record>) -> Option<(StepState, Option<Made>)> {
    let record = record?;
    let made = record.groups.get(STATE).and_then(|g| g.heads.first()).map(|h| h.by.made);
    Some((record.read(STATE)?, made))
}

/// A step that begins; `None` if it has begun.
#[must_use]
pub fn start(record: Option<&Record>) -> Option<StepState> {
    standing(record).is_none().then(StepState::default)
}

/// A step that ends, begun or not: a disposisi that was written in one go is
/// only ticked off. `None` if it is done.
#[must_use]
pub fn finish(record: Option<&Record>, told: Told) -> Option<StepState> {
    let (before, made) = standing(record).unwrap_or_default();
    let Told { minutes, reason, event_date, seal, signature } = told;
    let round = Round { started: made, finished: None, event_date, minutes, reason, seal, signature };
    (before.phase == Phase::Running).then_some(StepState { phase: Phase::Done, round, ..before })
}

/// A step that is opened again, with the reason; `None` if it is not done.
#[must_use]
pub fn reopen(record: Option<&Record>, returned: &str) -> Option<StepState> {
    let (mut before, made) = standing(record).filter(|(state, _)| state.phase == Phase::Done)?;
    before.past.push(Round { finished: made, ..before.round });
    let returned = returned.trim().to_owned();
    Some(StepState { phase: Phase::Running, round: Round::default(), past: before.past, returned })
}

/// Whether `after` may come next: what was recorded stays as it was recorded.
pub(super) fn follows(record: Option<&Record>, after: &StepState, action: Action) -> bool {
    let told = || {
        let Round { minutes, reason, event_date, seal, signature, .. } = after.round.clone();
        Told { minutes, reason, event_date, seal, signature }
    };
    let next = match action {
        Action::Start => start(record),
        Action::Finish => finish(record, told()),
        Action::Reopen => reopen(record, &after.returned),
        _ => None,
    };
    next.as_ref() == Some(after)
}
