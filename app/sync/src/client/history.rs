//! The trail of one field group, offline: from the log, then what waits.

use takar_domain::record::{Attribution, OpId, RecordId, Value};
use takar_domain::workflow::Action;

use super::Client;
use crate::operation::{Operation, Part};
use crate::seal;
use crate::verdict::Outcome;

/// One act on a field group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    pub op: OpId,
    /// Place in the office's log; `None` while it waits.
    pub seq: Option<u64>,
    /// Office time of receipt, ms since 1970 UTC.
    pub at: Option<i64>,
    pub by: Attribution,
    pub action: Action,
    pub value: Value,
    /// What its maker had seen.
    pub seen: Vec<OpId>,
    /// `None` while it waits.
    pub outcome: Option<Outcome>,
    /// The operation that it adopts, discards or mends.
    pub names: Option<OpId>,
}

impl Client {
    /// Every act on a group that this device knows of, oldest arrival first,
    /// those included that were not applied.
    #[must_use]
    pub fn history(&self, record: RecordId, group: &str) -> Vec<Trail> {
        let mut trail = Vec::new();
        for entry in self.replica.entries(..) {
            let Some(operation) = entry.envelope.as_ref().and_then(|e| seal::open(e).ok()) else { continue };
            for (part, outcome) in operation.parts.iter().zip(&entry.verdict.parts) {
                let outcome = Some(outcome.clone());
                trail.extend(step(&operation, part, record, group).map(|t| Trail {
                    seq: Some(entry.seq),
                    at: Some(entry.at),
                    outcome,
                    ..t
                }));
            }
        }
        for operation in self.replica.unconfirmed().into_iter().filter_map(|o| o.operation.as_ref()) {
            trail.extend(operation.parts.iter().filter_map(|part| step(operation, part, record, group)));
        }
        trail
    }
}

impl Client {
    /// Every act on any group of a record, oldest arrival first, in one reading
    /// of the log; each with its group's name.
    #[must_use]
    pub fn history_of(&self, record: RecordId) -> Vec<(String, Trail)> {
        let mut trail = Vec::new();
        for entry in self.replica.entries(..) {
            let Some(operation) = entry.envelope.as_ref().and_then(|e| seal::open(e).ok()) else { continue };
            for (part, outcome) in operation.parts.iter().zip(&entry.verdict.parts) {
                for change in &part.changes {
                    let Some(t) = step(&operation, part, record, &change.group) else { continue };
                    let outcome = Some(outcome.clone());
                    let t = Trail { seq: Some(entry.seq), at: Some(entry.at), outcome, ..t };
                    trail.push((change.group.clone(), t));
                }
            }
        }
        for operation in self.replica.unconfirmed().into_iter().filter_map(|o| o.operation.as_ref()) {
            for part in &operation.parts {
                let groups = part.changes.iter().map(|c| &c.group);
                trail.extend(groups.filter_map(|g| Some((g.clone(), step(operation, part, record, g)?))));
            }
        }
        trail
    }
}

fn step(operation: &Operation, part: &Part, record: RecordId, group: &str) -> Option<Trail> {
    if part.subject.record() != record {
        return None;
    }
    let change = part.changes.iter().find(|c| c.group == group)?;
    Some(Trail {
        op: operation.id,
        seq: None,
        at: None,
        by: operation.attribution(),
        action: part.action,
        value: change.value.clone(),
        seen: change.seen.clone(),
        outcome: None,
        names: operation.names,
    })
}
