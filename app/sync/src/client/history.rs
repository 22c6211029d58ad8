//! The trail of one field group, offline: from the log, then what waits.

use takar_domain::record::{Attribution, OpId, RecordId, Subject, Value};
use takar_domain::workflow::Action;

use super::Client;
use crate::operation::{Operation, Part};
use crate::seal;
use crate::verdict::Outcome;
use crate::wire::Entry;

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
        for entry in self.entries_about(record) {
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
    /// The entries that may be about a record, with few others: only these are
    /// decoded. Every one, if this device has never seen the record.
    pub(super) fn entries_about(&self, record: RecordId) -> impl Iterator<Item = Entry> {
        let id = self.view.record(&self.replica, record).map(|r| named_by(&r.subject).0);
        // In CBOR an id is bytes; other writers' operations may spell it out.
        let needles = id.map(|id| [Needle::new(id.as_bytes()), Needle::new(id.to_string().as_bytes())]);
        self.replica.entries_with(move |raw| {
            needles.as_ref().is_none_or(|needles| needles.iter().any(|needle| needle.is_in(raw)))
        })
    }

    /// Every act on any group of a record, oldest arrival first, in one reading
    /// of the log; each with its group's name.
    #[must_use]
    pub fn history_of(&self, record: RecordId) -> Vec<(String, Trail)> {
        let mut trail = Vec::new();
        for entry in self.entries_about(record) {
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

/// The id that an operation on this subject carries.
const fn named_by(subject: &Subject) -> RecordId {
    match subject {
        Subject::Office { id }
        | Subject::Unit { id }
        | Subject::Person { id }
        | Subject::Holding { id }
        | Subject::Nagari { id }
        | Subject::Node { id }
        | Subject::Indicator { id }
        | Subject::Policy { id }
        | Subject::Sop { id }
        | Subject::Cycle { id }
        | Subject::Calendar { id }
        | Subject::CycleForm { cycle: id }
        | Subject::Number { id, .. }
        | Subject::StepRun { cycle: id, .. }
        | Subject::UnitForm { cycle: id, .. }
        | Subject::Budget { node: id, .. }
        | Subject::Figure { indicator: id, .. } => *id,
    }
}

/// What is looked for in stored bytes, and how far a byte that does not fit lets
/// the search jump (Horspool): most bytes are never looked at.
struct Needle {
    bytes: Vec<u8>,
    jumps: [usize; 256],
}

impl Needle {
    fn new(bytes: &[u8]) -> Self {
        let mut jumps = [bytes.len(); 256];
        for (left, byte) in (1..bytes.len()).rev().zip(bytes) {
            jumps[usize::from(*byte)] = left;
        }
        Self { bytes: bytes.to_vec(), jumps }
    }

    fn is_in(&self, raw: &[u8]) -> bool {
        let mut end = self.bytes.len();
        while let Some(last) = end.checked_sub(1).and_then(|at| raw.get(at)) {
            if raw.get(..end).is_some_and(|head| head.ends_with(&self.bytes)) {
                return true;
            }
            end += self.jumps[usize::from(*last)];
        }
        false
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Call, Event, Now, SaveRequest};
    use crate::sim::{START, Setup, SimOffice, Store, edit, figure};

    /// A device that typed `count` values of one figure, and one of another.
    fn device(count: u64) -> (Client, Setup) {
        let setup = Setup::new(1);
        let mut office = SimOffice::new(&setup, 1_000, START);
        let (mut client, mut store) = (Client::new(), Store::default());
        let account = setup.account(setup.team[0], setup.devices[0], 0, START);
        let mut events = vec![Event::Loaded(store.stored()), Event::Leader(true), Event::SignedIn(account)];
        for save in 0..=count {
            let indicator = if save == count { setup.shared[0] } else { setup.solo[0] };
            let value = serde_json::json!({"state": "value", "number": save.to_string()});
            events.push(Event::Save(SaveRequest {
                save,
                parts: vec![edit(figure(indicator), "value", value)],
                source: takar_domain::record::Source::Own,
                acted_for: None,
                reason: None,
                names: None,
                drop_drafts: Vec::new(),
            }));
        }
        let mut time = 0;
        for event in events {
            let mut queue = std::collections::VecDeque::from([event]);
            while let Some(event) = queue.pop_front() {
                time += 1;
                let now = Now { wall_ms: START, mono_ms: time, boot: uuid::Uuid::nil() };
                for effect in client.handle(now, time.wrapping_mul(0x9e37_79b9_7f4a_7c15), event) {
                    match effect {
                        crate::client::Effect::Commit(txn) => {
                            assert!(store.run(&txn).unwrap_or_default());
                            queue.push_back(Event::Committed { txn: txn.id });
                        }
                        crate::client::Effect::Send { request, call } => {
                            assert!(matches!(call, Call::Push(_) | Call::Pull(_)));
                            let result = Ok(office.answer(&call, START));
                            queue.push_back(Event::Answer { request, result });
                        }
                        _ => {}
                    }
                }
            }
        }
        (client, setup)
    }

    #[test]
    fn a_needle_is_found_wherever_it_is_and_nowhere_else() {
        let needle = Needle::new(b"abcab");
        for (raw, expected) in [
            (&b"abcab"[..], true),
            (b"xxabcab", true),
            (b"abcabxx", true),
            (b"abcaabcab", true),
            (b"ababcabcabab", true),
            (b"abca", false),
            (b"", false),
            (b"abcaXabcb", false),
        ] {
            assert_eq!(needle.is_in(raw), expected, "{raw:?}");
            assert_eq!(raw.windows(5).any(|part| part == b"abcab"), expected);
        }
    }

    #[test]
    fn a_history_decodes_the_entries_of_its_record_and_few_others() {
        let (client, setup) = device(40);
        let rare = figure(setup.shared[0]).record();
        assert_eq!(client.history(rare, "value").len(), 1);
        assert_eq!(client.history_of(rare).len(), 1);
        // Its own, and the founding of the office, which names every indicator.
        assert_eq!(client.entries_about(rare).count(), 2);
        let often = figure(setup.solo[0]).record();
        assert_eq!(client.history(often, "value").len(), 40);
        assert_eq!(client.entries_about(often).count(), 41);
        let never_seen = figure(setup.shared[2]).record();
        assert_eq!(client.entries_about(never_seen).count(), 42, "nothing is overlooked");
    }
}
