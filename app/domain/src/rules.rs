//! The one judge of what an operation does to a record: on a keystroke, offline,
//! and at the office.
//!
//! Order: shape → right → removed → locked → what was judged → guard. Reads no
//! clock and no store: the caller passes the dates and the records of [`reads`].

mod steps;

use crate::check;
use crate::config::{Config, Indicator, Level, STAGE};
use crate::figure::{Judged, NAGARI, VALIDATION, restating};
use crate::issue::Issue;
use crate::letter;
use crate::permission::{Permission, active, allows, holds};
use crate::procedure::{self, RECEIPT, STATE, needed};
use crate::record::{OpId, Record, RecordId, Subject, Value};
use crate::shape;
use crate::sorted::Set;
use crate::transition::{changed, guard};
use crate::workflow::{Action, Writes, needs, unit_of, writes};

/// What becomes of one part of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    Apply,
    /// What was judged has changed: these heads stand now.
    Conflict(Vec<Judged>),
    /// The unit's form is locked.
    Late {
        parent: RecordId,
    },
    Held(HeldWhy),
    Reject(Vec<Issue>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldWhy {
    /// The author had the right when it was made and has it no more.
    RightsChanged,
    /// The indicator, nagari or unit is no longer measured.
    Removed,
}

/// One part of an operation, borrowed: group, heads it saw, new value.
#[derive(Clone, Copy, Debug)]
pub struct PartView<'a> {
    pub subject: &'a Subject,
    pub action: Action,
    pub changes: &'a [(&'a str, &'a [OpId], &'a Value)],
    pub judged: &'a [Judged],
    /// Made by the office's own hand, in a person's name: signatures and numbers
    /// come no other way.
    pub by_office: bool,
}

/// Most heads that one transition may list: a unit's whole form, many times over.
const MAX_JUDGED: usize = 5_000;

/// Judges one part for its author. `made_date` and `today` are ISO dates in the
/// office's zone: when it was made as the device says, and now.
///
/// While no post at all is held the office is being founded, and its
/// configuration may be written.
pub fn judge(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    author: RecordId,
    made_date: &str,
    today: &str,
    part: &PartView,
) -> Judgement {
    let issues = shape_issues(config, part);
    if !issues.is_empty() {
        return Judgement::Reject(issues);
    }
    let record = get(part.subject.record());
    let place = steps::place(part);
    let bound = PartView { subject: place.as_ref().unwrap_or(part.subject), ..*part };
    if let Err(refusal) = rights(config, record.as_ref(), author, made_date, today, &bound) {
        return refusal;
    }
    if part.action == Action::Discard {
        return Judgement::Apply;
    }
    if steps::speaks_for_another(author, part) {
        return Judgement::Reject(vec![Issue::hard("form.not_yours", "")]);
    }
    if is_removed(config, part) {
        return Judgement::Held(HeldWhy::Removed);
    }
    if let Some(issue) = letter::issue(part, record.is_some(), today) {
        return Judgement::Reject(vec![issue]);
    }
    if let Some(parent) = lock(config, get, &bound) {
        return Judgement::Late { parent };
    }
    // A cycle keeps the version it was opened with: an edit is a new record.
    if matches!(part.subject, Subject::Sop { .. }) && record.is_some() && part.action == Action::Edit {
        return Judgement::Reject(vec![Issue::hard("sop.version", "")]);
    }
    let form = procedure::form_issue(config, get, record.as_ref(), part);
    if let Some(issue) = form.or_else(|| steps::round_issue(config, record.as_ref(), part)) {
        return Judgement::Reject(vec![issue]);
    }
    if let Some(now) = changed(get, record.as_ref(), part) {
        return Judgement::Conflict(now);
    }
    let moved = || procedure::issue(config, get, record.as_ref(), part);
    match guard(record.as_ref(), part).or_else(moved) {
        Some(issue) => Judgement::Reject(vec![issue]),
        None => Judgement::Apply,
    }
}

/// The records that [`judge`] and a merge will ask for: the subject's own, the
/// steps that bind it, and what was judged.
#[must_use]
pub fn reads(config: &Config, part: &PartView) -> Set<RecordId> {
    let mut ids = Set::from([part.subject.record()]);
    let place = steps::place(part);
    ids.extend(procedure::lock::reads(config, place.as_ref().unwrap_or(part.subject)));
    ids.extend(procedure::reads(config, part.subject));
    if let Subject::CycleForm { cycle } = part.subject {
        ids.extend(procedure::form_reads(config, *cycle));
    }
    ids.extend(part.judged.iter().take(MAX_JUDGED).map(|j| j.record));
    ids
}

/// Everything about the part that no right and no state could mend.
fn shape_issues(config: &Config, part: &PartView) -> Vec<Issue> {
    let Some(allowed) = writes(part.subject, part.action) else {
        return vec![Issue::hard("action.wrong_subject", "")];
    };
    let groups: Set<&str> = part.changes.iter().map(|(group, ..)| *group).collect();
    let fits = match allowed {
        Writes::Data => !groups.is_empty() && ![VALIDATION, STAGE, STATE].iter().any(|g| groups.contains(g)),
        Writes::Only(group) => groups.len() == 1 && groups.contains(group),
        Writes::Nothing => groups.is_empty(),
    };
    if !fits || groups.len() != part.changes.len() {
        return vec![Issue::hard("action.wrong_groups", "")];
    }
    if part.judged.len() > MAX_JUDGED {
        return vec![Issue::hard("judged.too_many", "")];
    }
    let mut issues = subject_issues(config, part);
    for (group, _, value) in part.changes {
        issues.extend(shape::check(part.subject, group, value));
    }
    issues
}

fn subject_issues(config: &Config, part: &PartView) -> Vec<Issue> {
    let unknown = || vec![Issue::hard("subject.unknown", "")];
    match part.subject {
        Subject::UnitForm { cycle, unit }
            if !config.cycles.contains_key(cycle) || !config.units.contains_key(unit) =>
        {
            unknown()
        }
        Subject::StepRun { .. } if needed(config, part.subject).is_none() => unknown(),
        Subject::CycleForm { cycle } if !config.cycles.contains_key(cycle) => unknown(),
        Subject::Budget { node, .. }
            if config.nodes.get(node).is_none_or(|node| node.level != Level::SubKegiatan) =>
        {
            unknown()
        }
        Subject::Figure { indicator, .. } => match config.indicators.get(indicator) {
            Some(indicator) => figure_issues(config, indicator, part),
            None => unknown(),
        },
        _ => Vec::new(),
    }
}

/// The hard checks that a keystroke meets too, see [`check`].
fn figure_issues(config: &Config, indicator: &Indicator, part: &PartView) -> Vec<Issue> {
    let mut issues = Vec::new();
    // One part, one round: its rights and its lock are asked once.
    let first = part.changes.first().and_then(|(group, ..)| restating(group));
    if part.changes.iter().any(|(group, ..)| restating(group) != first) {
        issues.push(Issue::hard("action.wrong_groups", ""));
    }
    for (group, _, value) in part.changes {
        let strange =
            |code: &str| indicator.rows.is_none() || !config.nagari.values().any(|n| n.code == code);
        if group.strip_prefix(NAGARI).is_some_and(strange) {
            issues.push(Issue::hard("nagari.unknown", group));
        }
        issues.extend(check::refusals(indicator, group, value));
    }
    issues
}

fn rights(
    config: &Config,
    record: Option<&Record>,
    author: RecordId,
    made_date: &str,
    today: &str,
    part: &PartView,
) -> Result<(), Judgement> {
    if config.holdings.is_empty() && part.subject.is_config() {
        return Ok(());
    }
    let Some((right, unit)) = needs(part.subject, part.action, config) else {
        return Err(Judgement::Reject(vec![Issue::hard("action.wrong_subject", "")]));
    };
    let settles = right == Permission::EnterFigure && record.is_some_and(|r| settles_difference(r, part));
    let rights = [Some(right), settles.then_some(Permission::DecideDifference)];
    let actor = |date| {
        steps::carries_out(config, author, part, date)
            || record.is_some_and(|run| steps::answers(config, run, author, part, date))
    };
    for right in rights.into_iter().flatten() {
        if allows(config, author, right, unit, today) || actor(today) && active(config, author) {
            continue;
        }
        if holds(config, author, right, unit, made_date) || actor(made_date) {
            return Err(Judgement::Held(HeldWhy::RightsChanged));
        }
        // A cycle closed while the device was away: not a lack of rights.
        if let Some(parent) = closed_meanwhile(config, author, today, part) {
            return Err(Judgement::Late { parent });
        }
        let code =
            if right == Permission::DecideDifference { "difference.not_yours" } else { "permission.denied" };
        return Err(Judgement::Reject(vec![Issue::hard(code, "")]));
    }
    Ok(())
}

/// Whether a plain edit would put one value in the place of several that differ.
fn settles_difference(record: &Record, part: &PartView) -> bool {
    part.changes.iter().any(|(group, seen, _)| {
        let Some(group) = record.groups.get(*group) else { return false };
        let mut gone = group.heads.iter().filter(|h| seen.contains(&h.op));
        let Some(first) = gone.next() else { return false };
        gone.any(|h| h.value != first.value)
    })
}

fn closed_meanwhile(config: &Config, author: RecordId, today: &str, part: &PartView) -> Option<RecordId> {
    let (Subject::Figure { period, .. } | Subject::Budget { period, .. }) = part.subject else {
        return None;
    };
    if config.cycle_of(*period).is_some() {
        return None;
    }
    let (cycle, _) = config.cycles.iter().find(|(_, c)| c.period == *period)?;
    if matches!(part.subject, Subject::Budget { .. }) {
        let may = allows(config, author, Permission::EnterBudget, None, today);
        return may.then_some(*cycle);
    }
    let unit = unit_of(part.subject, config)?;
    let may = allows(config, author, Permission::EnterFigure, Some(unit), today);
    may.then(|| Subject::UnitForm { cycle: *cycle, unit }.record())
}

fn is_removed(config: &Config, part: &PartView) -> bool {
    let inactive_unit =
        |unit: Option<RecordId>| unit.is_some_and(|id| config.units.get(&id).is_none_or(|u| !u.active));
    match part.subject {
        Subject::UnitForm { unit, .. } => inactive_unit(Some(*unit)),
        Subject::StepRun { unit, .. } => inactive_unit(*unit),
        Subject::Figure { indicator, period, .. } => {
            // Linked since: the number is entered at the other indicator.
            let linked = config.indicators.get(indicator).is_some_and(|i| i.same_as.is_some());
            let gone = linked || !config.measured_in(*period, *indicator);
            let left = |code: &str| config.nagari.values().any(|n| n.code == code && !n.active);
            let mut codes = part.changes.iter().filter_map(|(group, ..)| group.strip_prefix(NAGARI));
            gone || inactive_unit(unit_of(part.subject, config)) || codes.any(left)
        }
        _ => false,
    }
}

/// The record of what shut the subject: its cycle, or a step.
fn lock(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, part: &PartView) -> Option<RecordId> {
    let subject = part.subject;
    // What a letter's addressee signs comes back weeks later.
    if matches!(subject, Subject::StepRun { .. }) && part.changes.iter().all(|(group, ..)| *group == RECEIPT)
    {
        return None;
    }
    if let Subject::UnitForm { cycle, .. } | Subject::StepRun { cycle, .. } = subject
        && !config.cycles.get(cycle).is_some_and(|c| c.open)
    {
        return Some(subject.record());
    }
    if matches!(subject, Subject::StepRun { .. }) {
        return steps::finished(get, part).then(|| subject.record());
    }
    // A form is read before entry opens, and may be after it is shut.
    if matches!(subject, Subject::UnitForm { .. }) && part.action == Action::Edit {
        return None;
    }
    procedure::lock::standing(config, get, subject).map(|(_, run)| run)
}
