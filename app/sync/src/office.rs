//! The office's side: judges and merges what arrives, in one total order.
//!
//! Pure: the store loads what [`reads`] names, and commits the [`Batch`] in one
//! transaction if its counter still stands where `tip` says.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::codec::from_value;
use takar_domain::config::{Config, Zone};
use takar_domain::issue::Issue;
use takar_domain::procedure::sign::Signature;
use takar_domain::procedure::{STATE, StepState};
use takar_domain::record::{OpId, Record, RecordId, Subject};
use takar_domain::workflow::Action;
use uuid::Uuid;

use crate::operation::{Envelope, Operation, SCHEMA};
use crate::verdict::{Outcome, Verdict, Why};
use crate::wire::{Cursor, Entry, Receipt};
use crate::written::Written;
use crate::{chain, judging, merge, seal};

/// An operation that was read, and whether its MAC proves its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub envelope: Envelope,
    pub op: Operation,
    pub authentic: bool,
    /// Whether it comes from the office's own hand and rests on the log as it is:
    /// [`rests`] says so of what it names, with the hash that stands there.
    pub by_office: bool,
    /// Of [`Operation::files`] those that the office does not have yet.
    pub lacks: Vec<String>,
}

/// What one commit writes.
#[derive(Clone, Debug)]
#[must_use]
pub struct Batch {
    /// Of the operations in their order, at least of the first. Those behind one
    /// that changed the configuration may need records that were not loaded, and
    /// are not judged yet: commit this batch, load again, go on with them.
    pub entries: Vec<Entry>,
    /// Newest state of every record that changed.
    pub changed: BTreeMap<RecordId, Record>,
    pub tip: Cursor,
}

/// The records to load before [`commit`].
#[must_use]
pub fn reads<'a>(config: &Config, incoming: impl IntoIterator<Item = &'a Incoming>) -> BTreeSet<RecordId> {
    incoming.into_iter().flat_map(|i| &i.op.parts).flat_map(|part| judging::reads(config, part)).collect()
}

/// Judges operations one after the other, later ones seeing earlier ones, and
/// appends them to the log. Every operation in [`Batch::entries`] has its verdict.
///
/// `at` is office time in ms since 1970 UTC. No id in `incoming` may be in the
/// log or occur twice: see [`duplicate`].
pub fn commit<'a>(
    config: &Config,
    loaded: &BTreeMap<RecordId, Record>,
    tip: &Cursor,
    incoming: impl IntoIterator<Item = &'a Incoming>,
    at: i64,
    zone: Zone,
) -> Batch {
    let mut desk = Desk { config, loaded, changed: BTreeMap::new(), at, zone };
    let mut entries = Vec::new();
    let mut tip = tip.clone();
    for next in incoming {
        let seq = tip.seq.saturating_add(1);
        let (verdict, configures) = desk.judge(next, &tip, seq);
        let verdict = Written::from(verdict);
        let digest = chain::digest(&next.envelope);
        let hash = chain::next_hash(&tip.hash, seq, &digest, at, verdict.bytes());
        tip = Cursor { office: tip.office, seq, hash: hash.clone() };
        let envelope = Some(next.envelope.clone());
        entries.push(Entry { seq, op: next.op.id, envelope, digest, at, verdict, hash });
        if configures {
            break;
        }
    }
    Batch { entries, changed: desk.changed, tip }
}

/// Whether an operation comes from the office's own hand, and every signature in it
/// was made over this very log: `hash_at` gives the chain hash after a sequence. One
/// made before a backup was restored may name an end that the log no longer has.
#[must_use]
pub fn rests(
    envelope: &Envelope,
    operation: &Operation,
    authentic: bool,
    hash_at: impl Fn(u64) -> Option<Vec<u8>>,
) -> bool {
    let origin = |seq: u64| (seq == 0).then(|| vec![0; 32]);
    let stands = |signature: &Signature| {
        hash_at(signature.seq).or_else(|| origin(signature.seq)).is_some_and(|h| hex(&h) == signature.head)
    };
    authentic && seal::names_office(envelope) && signatures(operation).all(|(_, s)| stands(&s))
}

/// The signatures that an operation makes, with the step each one is of.
pub fn signatures(operation: &Operation) -> impl Iterator<Item = (&Subject, Signature)> {
    let finished = operation.parts.iter().filter(|part| part.action == Action::Finish);
    finished.filter_map(|part| {
        let change = part.changes.iter().find(|change| change.group == STATE)?;
        let state: StepState = from_value(&change.value).ok()?;
        Some((&part.subject, state.round.signature?))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The answer to a second arrival of an id: the stored verdict if the bytes are
/// the same, else a refusal that leaves both where they are.
#[must_use]
pub fn duplicate(stored: &Entry, incoming: &Envelope) -> Receipt {
    if chain::digest(incoming) == stored.digest {
        return Receipt { op: stored.op, seq: Some(stored.seq), verdict: (*stored.verdict).clone() };
    }
    refused(stored.op, "operation.id_reused")
}

/// The answer to an envelope that cannot be opened. It gets no place in the log.
#[must_use]
pub fn unreadable(envelope: &Envelope) -> Receipt {
    refused(seal::peek(envelope).unwrap_or(OpId(Uuid::nil())), "operation.unreadable")
}

fn refused(op: OpId, code: &str) -> Receipt {
    Receipt { op, seq: None, verdict: Verdict { parts: refusal(1, code), needs: Vec::new() } }
}

fn refusal(parts: usize, code: &str) -> Vec<Outcome> {
    vec![Outcome::Rejected { issues: vec![Issue::hard(code, "")] }; parts.max(1)]
}

/// Where a reader stands in the office's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be given what follows this sequence.
    At(u64),
    /// Its log is another one beyond this sequence: a backup was restored.
    Diverged { common: u64 },
}

/// Compares a reader's cursors, newest first, with the office's log.
/// `hash_at` gives the chain hash after a sequence, `None` if there is none.
/// A reader without cursors starts from nothing.
#[must_use]
pub fn standing(cursors: &[Cursor], mut hash_at: impl FnMut(u64) -> Option<Vec<u8>>) -> Standing {
    let mut common = None;
    for cursor in cursors {
        let known = cursor.seq == 0 || hash_at(cursor.seq).is_some_and(|hash| hash == cursor.hash);
        if known {
            common = Some(cursor.seq);
            break;
        }
    }
    match (cursors.first(), common) {
        (None, _) => Standing::At(0),
        (Some(newest), Some(seq)) if newest.seq == seq => Standing::At(seq),
        (_, common) => Standing::Diverged { common: common.unwrap_or(0) },
    }
}

struct Desk<'a> {
    config: &'a Config,
    loaded: &'a BTreeMap<RecordId, Record>,
    changed: BTreeMap<RecordId, Record>,
    at: i64,
    zone: Zone,
}

impl Desk<'_> {
    /// The verdict, and whether it changed the configuration.
    fn judge(&mut self, incoming: &Incoming, tip: &Cursor, seq: u64) -> (Verdict, bool) {
        let (parts, configures) = self.outcomes(incoming, tip, seq);
        (Verdict { parts, needs: incoming.lacks.clone() }, configures)
    }

    fn outcomes(&mut self, incoming: &Incoming, tip: &Cursor, seq: u64) -> (Vec<Outcome>, bool) {
        let op = &incoming.op;
        if !incoming.authentic {
            let outcome = Outcome::Held { why: Why::Unauthenticated };
            return (vec![outcome; op.parts.len().max(1)], false);
        }
        if let Some(code) = misfit(op, tip.office) {
            return (refusal(op.parts.len(), code), false);
        }
        let mut config = std::borrow::Cow::Borrowed(self.config);
        let mut configures = false;
        // A founding act is judged as one: the posts that it fills count after it.
        let founding = config.holdings.is_empty();
        let mut parts = Vec::with_capacity(op.parts.len());
        for part in &op.parts {
            let outcome = judging::outcome(
                &config,
                &|id| self.get(id),
                op,
                part,
                incoming.by_office,
                self.at,
                self.zone,
            );
            if outcome == Outcome::Applied && !part.changes.is_empty() {
                let id = part.subject.record();
                let mut record = self.get(id).unwrap_or_else(|| Record::new(part.subject.clone()));
                merge::apply_part(&mut record, op, part, Some(seq));
                if part.subject.is_config() {
                    configures = true;
                    if !(founding && matches!(part.subject, Subject::Holding { .. })) {
                        config.to_mut().apply(&record);
                    }
                }
                self.changed.insert(id, record);
            }
            parts.push(outcome);
        }
        (parts, configures)
    }

    fn get(&self, id: RecordId) -> Option<Record> {
        self.changed.get(&id).or_else(|| self.loaded.get(&id)).cloned()
    }
}

/// Why an operation cannot be taken whatever the state of the office is.
fn misfit(op: &Operation, office: RecordId) -> Option<&'static str> {
    if op.office != office {
        return Some("operation.other_office");
    }
    if op.schema > SCHEMA {
        return Some("operation.newer_software");
    }
    if op.parts.is_empty() {
        return Some("operation.empty");
    }
    let mut groups = BTreeSet::new();
    for part in &op.parts {
        let record = part.subject.record();
        for change in &part.changes {
            if !groups.insert((record, change.group.as_str())) {
                return Some("operation.group_twice");
            }
        }
    }
    None
}
