//! Reads an office's log again from its beginning: whether each entry follows
//! the one before, and whether the office would say the same again.
//!
//! Pure. States follow the stored verdicts, as they do on every device.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::config::Config;
use takar_domain::record::{OpId, Record, RecordId};

use crate::office::{Incoming, commit, reads, rests};
use crate::operation::Operation;
use crate::verdict::{Outcome, Verdict};
use crate::wire::{Cursor, Entry};
use crate::{chain, merge, seal};

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another sequence was expected.
    Gap { expected: u64 },
    /// Its hash does not continue the chain.
    Chain,
    /// The operation is missing, or its bytes are not those of the digest.
    Digest,
    /// The operation cannot be read.
    Unreadable,
    /// It holds another operation than it names.
    OtherOperation,
    /// The operation is in the log already.
    Twice,
}

/// An entry that follows.
#[derive(Clone, Debug)]
#[must_use]
pub struct Step {
    pub operation: Operation,
    /// Whether its MAC proves its author.
    pub authentic: bool,
    /// Whether this software says of it what is stored.
    pub agrees: bool,
    /// What this software says of it.
    pub said: Option<Verdict>,
}

/// A log as far as it was read.
#[derive(Clone, Debug)]
pub struct Replay {
    tip: Cursor,
    at: i64,
    config: Config,
    records: BTreeMap<RecordId, Record>,
    seen: BTreeSet<OpId>,
    /// The chain hash after each entry: what signatures were made over.
    hashes: Vec<Vec<u8>>,
}

impl Replay {
    /// An empty log.
    #[must_use]
    pub fn new(office: RecordId) -> Self {
        let (config, records, seen) = (Config::default(), BTreeMap::new(), BTreeSet::new());
        Self { tip: chain::origin(office), at: 0, config, records, seen, hashes: Vec::new() }
    }

    /// Where it stands.
    #[must_use]
    pub const fn tip(&self) -> &Cursor {
        &self.tip
    }

    /// The chain hash after an entry that was read.
    #[must_use]
    pub fn hash_at(&self, seq: u64) -> Option<&[u8]> {
        let place = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.hashes.get(place).map(Vec::as_slice)
    }

    /// Receipt time of the newest entry, ms since 1970 UTC.
    #[must_use]
    pub const fn at(&self) -> i64 {
        self.at
    }

    /// The configuration as the log leaves it.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Every record as the log leaves it.
    #[must_use]
    pub const fn records(&self) -> &BTreeMap<RecordId, Record> {
        &self.records
    }

    /// Reads the next entry. Nothing is taken in if it does not follow.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn step(&mut self, entry: &Entry, office_secret: &[u8]) -> Result<Step, Fault> {
        let expected = self.tip.seq.saturating_add(1);
        if entry.seq != expected {
            return Err(Fault::Gap { expected });
        }
        let envelope = entry.envelope.as_ref().ok_or(Fault::Digest)?;
        if chain::digest(envelope) != entry.digest {
            return Err(Fault::Digest);
        }
        let tip = chain::verify(&self.tip, std::slice::from_ref(entry)).ok_or(Fault::Chain)?;
        let operation = seal::open(envelope).map_err(|_| Fault::Unreadable)?;
        if operation.id != entry.op {
            return Err(Fault::OtherOperation);
        }
        if !self.seen.insert(operation.id) {
            return Err(Fault::Twice);
        }
        let authentic = seal::authentic(envelope, &operation, office_secret);
        // What the office had then is not in the log: it may have lacked any file
        // that the operation names, and no other.
        let mut lacks = operation.files();
        lacks.retain(|file| entry.verdict.needs.contains(file));
        let by_office = rests(envelope, &operation, authentic, |seq| self.hash_at(seq).map(<[u8]>::to_vec));
        let incoming =
            Incoming { envelope: envelope.clone(), op: operation.clone(), authentic, by_office, lacks };
        let (said, changed) = self.judge(&incoming, entry.at);
        let same = said.as_ref() == Some(&*entry.verdict);
        if same {
            self.take(changed);
        } else {
            self.follow(&operation, &entry.verdict, entry.seq);
        }
        self.hashes.push(tip.hash.clone());
        (self.tip, self.at) = (tip, entry.at);
        Ok(Step { operation, authentic, agrees: same || is_unstorable(&entry.verdict), said })
    }

    /// What the office would say now, and the records it would change.
    fn judge(&self, incoming: &Incoming, at: i64) -> (Option<Verdict>, BTreeMap<RecordId, Record>) {
        let wanted = reads(&self.config, [incoming]);
        let loaded = wanted.into_iter().filter_map(|id| Some((id, self.records.get(&id)?.clone()))).collect();
        let zone = self.config.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default();
        let batch = commit(&self.config, &loaded, &self.tip, [incoming], at, zone);
        let verdict = batch.entries.first().map(|entry| (*entry.verdict).clone());
        (verdict, batch.changed)
    }

    /// Applies what the stored verdict says was applied.
    fn follow(&mut self, operation: &Operation, verdict: &Verdict, seq: u64) {
        let mut changed = BTreeMap::new();
        for (part, outcome) in operation.parts.iter().zip(&verdict.parts) {
            if *outcome != Outcome::Applied || part.changes.is_empty() {
                continue;
            }
            let id = part.subject.record();
            let stands = changed.remove(&id).or_else(|| self.records.get(&id).cloned());
            let mut record = stands.unwrap_or_else(|| Record::new(part.subject.clone()));
            merge::apply_part(&mut record, operation, part, Some(seq));
            changed.insert(id, record);
        }
        self.take(changed);
    }

    fn take(&mut self, changed: BTreeMap<RecordId, Record>) {
        for record in changed.values().filter(|record| record.subject.is_config()) {
            self.config.apply(record);
        }
        self.records.extend(changed);
    }
}

/// The verdict of an operation that the office's database would not take: no
/// rule says it.
fn is_unstorable(verdict: &Verdict) -> bool {
    let unstorable = |outcome: &Outcome| match outcome {
        Outcome::Rejected { issues } => issues.iter().any(|issue| issue.code == "operation.unstorable"),
        _ => false,
    };
    !verdict.parts.is_empty() && verdict.parts.iter().all(unstorable)
}
