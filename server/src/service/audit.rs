//! An office's log checked against itself: the chain, the verdicts, and all
//! that follows from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use takar_domain::date::period_name;
use takar_domain::period::Period;
use takar_domain::record::{OpId, RecordId, Subject};
use takar_sync::codec::from_cbor;
use takar_sync::office::signatures;
use takar_sync::replay::{Fault, Replay, Step};
use takar_sync::verdict::Outcome;
use takar_sync::wire::Entry;

use super::secret::hex;
use super::signing_key::SigningKey;
use crate::store::export::{LogLine, RecordLine};
use crate::store::number::{Numbering, Numbers};
use crate::store::{Store, StoreError};

/// Entries read at once.
const PAGE: u32 = 500;

/// What is wrong, in the words of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Fault(Fault),
    /// The stored bytes are no entry.
    NoEntry,
    /// This software says another verdict than the stored one.
    Verdict,
    /// The row's hash is not the entry's.
    Row,
    /// The operation is not found where it stands.
    Place,
    /// The counter names another end than the log has.
    End,
    /// A record's state is not what the log gives.
    State(RecordId),
    /// The numbers of what arrived are not what the log gives.
    Numbers,
    /// An operation names a file that the list of named ones lacks.
    Named,
    /// The signature of a period's document was not made with the office's key, or
    /// something in it was changed.
    Signature(Period),
    /// It was made over another log than this one: the chain was computed anew.
    Head(Period),
    /// What was signed is not what the log gives.
    Document(Period),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Fault(Fault::Gap { expected }) => return write!(f, "entri {expected} tidak ada"),
            Self::Fault(Fault::Chain) => "hash tidak menyambung rantai",
            Self::Fault(Fault::Digest) => "isi operasi berubah sejak disimpan",
            Self::Fault(Fault::Unreadable) | Self::NoEntry => "isinya tidak dapat dibaca",
            Self::Fault(Fault::OtherOperation) => "entri menyebut operasi lain",
            Self::Fault(Fault::Twice) => "operasi yang sama sudah ada sebelumnya",
            Self::Verdict => "putusan yang tersimpan berbeda dari hitung ulang",
            Self::Row => "hash di baris basis data berbeda dari isi entri",
            Self::Place => "daftar operasi tidak menunjuk entri ini",
            Self::End => "ujung log tidak sama dengan yang dicatat",
            Self::State(record) => {
                return write!(f, "keadaan catatan {record} berbeda dari hitung ulang log");
            }
            Self::Named => "daftar berkas bukti tidak memuat semua yang disebut log",
            Self::Numbers => "nomor kiriman perangkat berbeda dari hitung ulang log",
            Self::Signature(period) => {
                let period = period_name(*period);
                return write!(f, "tanda tangan Dokumen Pengukuran Kinerja {period} tidak sah");
            }
            Self::Head(period) => {
                let period = period_name(*period);
                return write!(
                    f,
                    "Dokumen Pengukuran Kinerja {period} ditandatangani di atas rantai lain: rantai ini dihitung ulang"
                );
            }
            Self::Document(period) => {
                let period = period_name(*period);
                return write!(
                    f,
                    "Dokumen Pengukuran Kinerja {period} yang ditandatangani tidak cocok dengan isi log"
                );
            }
        };
        f.write_str(words)
    }
}

/// The first place where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub seq: u64,
    pub op: Option<OpId>,
    pub why: Why,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.op {
            Some(op) => write!(f, "entri {} (operasi {op}) rusak: {}", self.seq, self.why),
            None => write!(f, "entri {} rusak: {}", self.seq, self.why),
        }
    }
}

/// Why a check did not end well.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("{0}")]
    Broken(Broken),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Broken> for AuditError {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// A log as far as it was read.
#[derive(Debug)]
pub struct Audit {
    pub replay: Replay,
    pub numbers: BTreeMap<Numbering, Numbers>,
    /// Files that operations name.
    pub named: BTreeSet<String>,
    /// The first entry whose verdict this software would not give.
    pub disagreement: Option<Broken>,
    secret: Vec<u8>,
}

impl Audit {
    #[must_use]
    pub fn new(office: RecordId, secret: Vec<u8>) -> Self {
        let (numbers, named) = (BTreeMap::new(), BTreeSet::new());
        Self { replay: Replay::new(office), numbers, named, disagreement: None, secret }
    }

    /// Reads the next entry.
    ///
    /// # Errors
    /// It does not follow.
    pub fn read(&mut self, line: &LogLine) -> Result<Entry, Broken> {
        let next = self.replay.tip().seq.saturating_add(1);
        let entry: Entry =
            from_cbor(&line.entry).map_err(|_| Broken { seq: next, op: None, why: Why::NoEntry })?;
        let broken = |why| Broken { seq: entry.seq, op: Some(entry.op), why };
        let step = self.replay.step(&entry, &self.secret).map_err(|fault| broken(Why::Fault(fault)))?;
        if let Some(why) = self.unsigned(&step, &entry) {
            return Err(broken(why));
        }
        if !step.agrees && self.disagreement.is_none() {
            self.disagreement = Some(broken(Why::Verdict));
        }
        self.named.extend(step.operation.files());
        if step.authentic {
            let by = Numbering { device: step.operation.device, author: step.operation.author };
            self.numbers.entry(by).or_default().note(step.operation.number);
        }
        Ok(entry)
    }

    /// What is wrong with a document that an entry signed.
    fn unsigned(&self, step: &Step, entry: &Entry) -> Option<Why> {
        if !entry.verdict.is_applied() {
            return None;
        }
        let key = SigningKey::derive(&self.secret).ok()?;
        signatures(&step.operation).find_map(|(subject, signature)| {
            let Subject::StepRun { cycle, .. } = subject else { return None };
            let period = self.replay.config().cycles.get(cycle)?.period;
            let stands = self.replay.hash_at(signature.seq).is_some_and(|hash| hex(hash) == signature.head);
            if !key.made(&signature) {
                Some(Why::Signature(period))
            } else if !stands {
                Some(Why::Head(period))
            } else {
                changed(step).then_some(Why::Document(period))
            }
        })
    }

    /// Compares what the log gives with stored records.
    ///
    /// # Errors
    /// The first record that differs, with the newest operation that changed it.
    pub fn compare(&self, stored: &[RecordLine]) -> Result<(), Broken> {
        let mut missing: BTreeSet<RecordId> = self.replay.records().keys().copied().collect();
        let mut different = Vec::new();
        for line in stored {
            let given = self.replay.records().get(&line.id);
            missing.remove(&line.id);
            if given.is_none() || from_cbor(&line.body).ok().as_ref() != given {
                different.push(line.id);
            }
        }
        different.extend(missing);
        different.first().map_or(Ok(()), |id| Err(self.last_change(*id)))
    }

    fn last_change(&self, id: RecordId) -> Broken {
        let groups = self.replay.records().get(&id).map(|record| record.groups.values());
        let heads = groups.into_iter().flatten().flat_map(|group| &group.heads);
        let newest = heads.filter_map(|head| Some((head.seq?, head.op))).max();
        let (seq, op) = newest.map_or((self.replay.tip().seq, None), |(seq, op)| (seq, Some(op)));
        Broken { seq, op, why: Why::State(id) }
    }
}

/// Whether this software finds other figures than were signed.
fn changed(step: &Step) -> bool {
    let parts = step.said.iter().flat_map(|said| &said.parts);
    let issues = parts.filter_map(|outcome| match outcome {
        Outcome::Rejected { issues } => Some(issues),
        _ => None,
    });
    issues.flatten().any(|issue| issue.code == "sign.changed")
}

/// A log that is whole; whether this software agrees with every verdict is
/// [`Audit::disagreement`].
#[derive(Debug)]
pub struct Whole {
    pub audit: Audit,
    /// The office's name.
    pub name: String,
}

/// Checks the served office's whole log, states and lists included.
///
/// # Errors
/// The first thing that is wrong, or the database cannot be read.
pub async fn audit_store(store: &Store, office: RecordId) -> Result<Whole, AuditError> {
    let export = store.export(office).await?;
    let end = export.tip.cursor.seq;
    let mut audit = Audit::new(office, export.secret);
    while audit.replay.tip().seq < end {
        let from = audit.replay.tip().seq;
        let lines = store.log_lines(office, from, end, PAGE).await?;
        if lines.is_empty() {
            let seq = from.saturating_add(1);
            return Err(Broken { seq, op: None, why: Why::Fault(Fault::Gap { expected: seq }) }.into());
        }
        let mut page = Vec::with_capacity(lines.len());
        for line in &lines {
            page.push(audit.read(line)?);
        }
        beside(store, office, &page).await?;
    }
    if *audit.replay.tip() != export.tip.cursor || audit.replay.at() != export.tip.at {
        return Err(Broken { seq: end, op: None, why: Why::End }.into());
    }
    audit.compare(&export.records)?;
    if audit.numbers != export.numbers {
        return Err(Broken { seq: end, op: None, why: Why::Numbers }.into());
    }
    // Read last: operations of now may have named more.
    if !audit.named.is_subset(&store.named_files(office).await?) {
        return Err(Broken { seq: end, op: None, why: Why::Named }.into());
    }
    let name = audit.replay.config().office.as_ref().map(|(_, office)| office.name.clone());
    Ok(Whole { audit, name: name.unwrap_or_default() })
}

/// What the database keeps beside each entry: its hash, and where its operation is.
async fn beside(store: &Store, office: RecordId, page: &[Entry]) -> Result<(), AuditError> {
    let seqs: Vec<u64> = page.iter().map(|entry| entry.seq).collect();
    let ops: Vec<OpId> = page.iter().map(|entry| entry.op).collect();
    let (hashes, places) = (store.hashes(office, &seqs).await?, store.known(office, &ops).await?);
    for entry in page {
        let broken = |why| Broken { seq: entry.seq, op: Some(entry.op), why };
        if hashes.get(&entry.seq) != Some(&entry.hash) {
            return Err(broken(Why::Row).into());
        }
        if places.get(&entry.op) != Some(&entry.seq) {
            return Err(broken(Why::Place).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
