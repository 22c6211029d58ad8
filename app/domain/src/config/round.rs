//! What configures a measuring round beside the plan, and what may be written about
//! one: its dates may change, what it measures and how may not, and one that was
//! given up stays given up.

use serde::Serialize;
use takar_derive::Readable;

use super::{Config, Cycle, FORM, MAIN};
use crate::evidence::Reference;
use crate::issue::Issue;
use crate::period::Span;
use crate::record::{DeviceId, Record, RecordId, Subject};
use crate::sorted::Map;

/// Groups of the office's record with a device's name each: `device/<id>`.
pub const DEVICE: &str = "device/";
/// Groups of a cycle with one *berkas acuan* each, by its place in the SOP's
/// equipment from 1: `basis/1`.
pub const BASIS: &str = "basis/";
/// Most *berkas acuan* of one SOP.
const MAX_BASES: usize = 20;

/// One *berkas acuan*: the document, or why it is not there. Never blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Basis {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Reference>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Basis {
    /// Whether nothing is said about the document yet.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.evidence.is_empty() && self.reason.trim().is_empty()
    }
}

/// [`Config::apply`] for a round's form, the office's hours and its letters' numbers.
#[inline(never)]
pub(super) fn apply(config: &mut Config, record: &Record) {
    match record.subject {
        Subject::CycleForm { cycle } => {
            if let Some(form) = record.read(FORM) {
                config.forms.insert(cycle, form);
            }
        }
        Subject::Calendar { .. } => super::put(&mut config.calendars, record.subject.record(), record),
        Subject::Number { year, seq, .. } => {
            if let Some(numbered) = record.read(MAIN) {
                config.numbers.insert((year, seq), numbered);
            }
        }
        _ => {}
    }
}

/// What people call their devices, from the office's record.
#[inline(never)]
pub(super) fn devices(record: &Record) -> Map<DeviceId, String> {
    let one = |group: &String| Some((device_of(group)?, record.read(group)?));
    record.groups.keys().filter_map(one).filter(|(_, name): &(_, String)| !name.is_empty()).collect()
}

/// The device that a group of the office's record names.
pub(crate) fn device_of(group: &str) -> Option<DeviceId> {
    group.strip_prefix(DEVICE)?.parse().ok().map(DeviceId)
}

/// Whether a group's name is that of a *berkas acuan*.
pub(crate) fn is_basis(group: &str) -> bool {
    let number = group.strip_prefix(BASIS);
    number.and_then(|n| n.parse().ok()).is_some_and(|n: usize| (1..=MAX_BASES).contains(&n))
}

/// What keeps a round from being written as `next`; `standing` is how it stands,
/// `None` for one that is opened.
#[must_use]
pub fn issue(config: &Config, id: RecordId, standing: Option<&Cycle>, next: &Cycle) -> Option<Issue> {
    let hard = |code, path| Some(Issue::hard(code, path));
    // ISO dates compare as text.
    if next.due.as_ref().zip(next.regency_due.as_ref()).is_some_and(|(unit, regency)| unit > regency) {
        return hard("cycle.due_after_regency", "due");
    }
    if next.abandoned.as_ref().is_some_and(|reason| next.open || reason.trim().is_empty()) {
        return hard("cycle.reason", "abandoned");
    }
    if let Some(standing) = standing {
        if standing.abandoned.is_some() && standing != next {
            return hard("cycle.abandoned", "");
        }
        let moved = |was: Option<RecordId>, now| was.is_some() && was != now;
        let other = standing.period != next.period || standing.stepwise && !next.stepwise;
        if other || moved(standing.sop, next.sop) || moved(standing.policy, next.policy) {
            return hard("cycle.fixed", "");
        }
    } else if matches!(next.period.span, Span::Month(_)) {
        return hard("cycle.no_period", "period");
    }
    let other = config.cycle_of(next.period).filter(|other| *other != id);
    (next.open && other.is_some()).then(|| Issue::hard("cycle.already_open", "period"))
}
