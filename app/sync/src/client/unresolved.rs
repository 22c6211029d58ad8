//! What the office has and does not use until a person decides: held and late.

use takar_domain::record::OpId;
use takar_domain::sorted::{Map, sort_by_key};

use super::Client;
use crate::operation::Operation;
use crate::seal;
use crate::verdict::Outcome;

/// An operation in the office's log that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Place in the office's log.
    pub seq: u64,
    /// Office time of receipt, ms since 1970 UTC.
    pub at: i64,
    pub operation: Operation,
    /// One per part.
    pub outcomes: Vec<Outcome>,
}

impl Client {
    /// Held and late operations of everybody that no operation adopted or laid
    /// aside, oldest arrival first. A decision still waiting on this device
    /// counts: nobody is asked twice.
    #[must_use]
    pub fn unresolved(&self) -> Vec<Unresolved> {
        let mut open: Map<OpId, Unresolved> = Map::new();
        for entry in self.replica.entries(..) {
            let outcomes = &entry.verdict.parts;
            let held = outcomes.iter().any(|o| matches!(o, Outcome::Held { .. } | Outcome::Late { .. }));
            // Most offices have none: their operations need not be read again.
            if !held && open.is_empty() {
                continue;
            }
            let Some(operation) = entry.envelope.as_ref().and_then(|e| seal::open(e).ok()) else { continue };
            let applied = outcomes.iter().any(|o| matches!(o, Outcome::Applied));
            if let Some(named) = operation.names.filter(|_| applied) {
                open.remove(&named);
            }
            if held {
                let outcomes = outcomes.clone();
                let (seq, at) = (entry.seq, entry.at);
                open.insert(operation.id, Unresolved { seq, at, operation, outcomes });
            }
        }
        for named in self.replica.unconfirmed().into_iter().filter_map(|o| o.operation.as_ref()?.names) {
            open.remove(&named);
        }
        let mut open: Vec<_> = open.into_values().collect();
        sort_by_key(&mut open, |u| u.seq);
        open
    }
}
