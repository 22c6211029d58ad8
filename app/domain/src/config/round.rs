//! What may be written about a measuring round: its dates may change, what it
//! measures and how may not, and one that was given up stays given up.

use serde::{Deserialize, Serialize};

use super::{Config, Cycle};
use crate::evidence::Reference;
use crate::issue::Issue;
use crate::period::Span;
use crate::record::RecordId;

/// Groups of a cycle with one *berkas acuan* each, by its place in the SOP's
/// equipment from 1: `basis/1`.
pub const BASIS: &str = "basis/";
/// Most *berkas acuan* of one SOP.
const MAX_BASES: usize = 20;

/// One *berkas acuan*: the document, or why it is not there. Never blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
