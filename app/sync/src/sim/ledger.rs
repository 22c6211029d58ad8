//! The office's log held against the rules by their definition, with none of
//! the product's code: what stands is what was applied and nobody saw.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::record::{OpId, RecordId};
use takar_domain::status::is_data;
use takar_domain::workflow::Action;

use super::carried::{FORGED, OTHER};
use crate::operation::{Operation, Part, SCHEMA};
use crate::verdict::{Outcome, Why};
use crate::wire::Entry;

/// An entry and the operation in it.
pub(super) type Logged<'a> = (&'a Entry, Operation);

/// What was applied to a group, and what was seen by what was applied.
#[derive(Default)]
pub(super) struct Stand {
    ops: BTreeSet<OpId>,
    seen: BTreeSet<OpId>,
}

impl Stand {
    pub fn heads(&self) -> Vec<OpId> {
        self.ops.difference(&self.seen).copied().collect()
    }
}

/// Standing operations by record and group.
pub(super) type Ledger = BTreeMap<(RecordId, String), Stand>;

/// Reads a log. Each operation is in it once, and each verdict is one that may
/// be given to what it holds.
///
/// # Errors
/// Words for the first entry that breaks a rule.
pub(super) fn read(log: &[Logged<'_>]) -> Result<Ledger, String> {
    let mut ledger = Ledger::new();
    let mut known = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for (entry, operation) in log {
        if !known.insert(entry.op) {
            return Err(format!("{} is in the log twice", entry.op));
        }
        let forged = operation.reason.as_deref() == Some(FORGED);
        if !forged && !numbers.insert((operation.device, operation.author, operation.number)) {
            return Err(format!("number {} of {} twice", operation.number, operation.device));
        }
        verdict(entry, operation, forged)?;
        for (part, outcome) in operation.parts.iter().zip(&entry.verdict.parts) {
            let changed = changed(&ledger, part);
            match outcome {
                Outcome::Applied if changed => {
                    return Err(format!("{} was applied to what it had not judged", entry.op));
                }
                Outcome::Conflict { .. } if !changed => {
                    return Err(format!("{} is told of a change where there is none", entry.op));
                }
                Outcome::Applied => {}
                _ => continue,
            }
            for change in &part.changes {
                let stand = ledger.entry((part.subject.record(), change.group.clone())).or_default();
                stand.ops.insert(entry.op);
                stand.seen.extend(&change.seen);
            }
        }
    }
    Ok(ledger)
}

fn verdict(entry: &Entry, operation: &Operation, forged: bool) -> Result<(), String> {
    let all = |wanted: fn(&Outcome) -> bool| entry.verdict.parts.iter().all(wanted);
    if entry.verdict.parts.len() != operation.parts.len() {
        return Err(format!("{}: not one outcome for each part", entry.op));
    }
    if forged != all(|o| *o == Outcome::Held { why: Why::Unauthenticated }) {
        return Err(format!("{} is forged: {forged}, but {:?}", entry.op, entry.verdict));
    }
    if !entry.verdict.needs.iter().all(|file| operation.named().contains_key(file)) {
        return Err(format!("{} is told to bring files that it does not name", entry.op));
    }
    let newer = operation.schema > SCHEMA;
    let unjudged =
        |issues: &[takar_domain::issue::Issue]| issues.iter().any(|i| i.code == "operation.newer_software");
    let refused =
        entry.verdict.parts.iter().all(|o| matches!(o, Outcome::Rejected { issues } if unjudged(issues)));
    if newer != refused {
        return Err(format!("{} has schema {}, but {:?}", entry.op, operation.schema, entry.verdict));
    }
    if operation.reason.as_deref() == Some(OTHER) && !newer && all(|o| matches!(o, Outcome::Rejected { .. }))
    {
        return Err(format!("{} of other software is refused: {:?}", entry.op, entry.verdict));
    }
    Ok(())
}

/// Whether something else stands than a transition judged. Sending judges what
/// it lists; accepting and returning judge all data of the record; moving a step
/// judges the state that it replaces.
fn changed(ledger: &Ledger, part: &Part) -> bool {
    let (whole, own) = match part.action {
        Action::Edit | Action::Adopt | Action::Discard => return false,
        Action::Send => (false, false),
        Action::Accept | Action::Return => (true, false),
        Action::Start | Action::Finish | Action::Reopen => (false, true),
    };
    let key = |record: RecordId, group: &str| (record, group.to_owned());
    let stands = |key: &(RecordId, String)| ledger.get(key).map(Stand::heads).unwrap_or_default();
    let other = part.judged.iter().any(|j| stands(&key(j.record, &j.group)) != j.heads);
    let record = part.subject.record();
    let moved = part.changes.iter().any(|c| stands(&key(record, &c.group)) != c.seen);
    let unjudged = ledger.keys().any(|(of, group)| {
        let listed = part.judged.iter().any(|j| j.record == record && j.group == *group);
        *of == record && is_data(group) && !listed && !stands(&key(record, group)).is_empty()
    });
    other || (whole && unjudged) || (own && moved)
}
