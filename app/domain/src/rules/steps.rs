//! What binds the SOP's steps and a measuring round beside [`super::judge`]'s order.

use super::PartView;
use crate::codec::from_value;
use crate::config::{Config, Cycle, MAIN, READ, round};
use crate::figure::restating;
use crate::issue::Issue;
use crate::letter;
use crate::procedure::{self, Phase, STATE, StepState, acts, list, needed};
use crate::record::{Record, RecordId, Subject};
use crate::workflow::Action;

/// The figure whose rights and lock bind a restatement: not the restated one, but
/// that of the round which restates it.
#[inline(never)]
pub(super) fn place(part: &PartView) -> Option<Subject> {
    let Subject::Figure { indicator, unit, .. } = part.subject else { return None };
    let period = part.changes.iter().find_map(|(group, ..)| restating(group))?;
    Some(Subject::Figure { indicator: *indicator, period, unit: *unit })
}

/// What keeps a measuring round from being written so.
#[inline(never)]
pub(super) fn round_issue(config: &Config, record: Option<&Record>, part: &PartView) -> Option<Issue> {
    let Subject::Cycle { id } = part.subject else { return None };
    let (.., next) = part.changes.iter().find(|(group, ..)| *group == MAIN)?;
    let next: Cycle = from_value(next).ok()?;
    let standing: Option<Cycle> = record.and_then(|r| r.read(MAIN));
    round::issue(config, *id, standing.as_ref(), &next)
}

/// Whether the SOP names the author for the step, for the one that makes the form, or
/// for the one whose letter is numbered; opening one again is not his.
#[inline(never)]
pub(super) fn carries_out(config: &Config, author: RecordId, part: &PartView, date: &str) -> bool {
    let subject = part.subject;
    if part.action == Action::Reopen {
        return false;
    }
    let (step, unit) = match subject {
        Subject::StepRun { unit, .. } => (needed(config, subject), *unit),
        Subject::Number { .. } => (letter::step(config, part), None),
        Subject::CycleForm { cycle } => (procedure::form_step(config, *cycle), None),
        _ => return false,
    };
    step.is_some_and(|step| acts(config, author, step, unit, date))
}

/// Whether all that the author says is an answer to lines that are addressed to him.
#[inline(never)]
pub(super) fn answers(config: &Config, run: &Record, author: RecordId, part: &PartView, date: &str) -> bool {
    let own = |group: &str| list::is_addressed(config, run, group, author, date);
    part.action == Action::Edit && part.changes.iter().all(|(group, ..)| own(group))
}

/// Whether somebody would say that another person has read the form.
#[inline(never)]
pub(super) fn speaks_for_another(author: RecordId, part: &PartView) -> bool {
    let other = |group: &str| group.strip_prefix(READ).is_some_and(|of| of != author.to_string());
    matches!(part.subject, Subject::UnitForm { .. }) && part.changes.iter().any(|(group, ..)| other(group))
}

/// Whether the part would change what a finished step produced, which stands until
/// the step is opened again.
#[inline(never)]
pub(super) fn finished(get: &dyn Fn(RecordId) -> Option<Record>, part: &PartView) -> bool {
    let state = get(part.subject.record()).and_then(|run| run.read::<StepState>(STATE));
    let data = matches!(part.action, Action::Edit | Action::Adopt);
    let paper = data && !part.changes.iter().all(|(g, ..)| list::stays_open(g));
    paper && state.is_some_and(|s| s.phase == Phase::Done)
}
