//! Evidence: files that are on one device first, and follow the values that
//! name them. The databases keep no bytes of them, the simulated office looks at
//! none; a real one in its place is sent those of [`paper`].

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::json;
use takar_domain::record::{RecordId, Value};

use super::ask::{Arrival, Ask, Reply};
use super::happening::Happening;
use super::office::Durable;
use super::setup::START;
use super::store::Store;
use super::world::World;
use crate::client::{Answer, Call, Failure, Table, Transaction, sha256};
use crate::codec::from_cbor;
use crate::seal;
use crate::verdict::Verdict;
use crate::wire::Entry;

/// So many different files are picked, the largest in several parts.
const FILES: usize = 24;
const SMALLEST: usize = 64;
const STEP: usize = 5_000;

/// All of them, each with its SHA-256.
static PAPERS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let paper = |nth: usize| {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        bytes.resize(SMALLEST + nth * STEP, b' ');
        (sha256(&bytes), bytes)
    };
    (0..FILES).map(paper).collect()
});

/// The bytes of a file that people pick, by its SHA-256.
#[must_use]
pub fn paper(sha256: &str) -> Option<&'static [u8]> {
    PAPERS.iter().find(|(name, _)| name == sha256).map(|(_, bytes)| bytes.as_slice())
}

impl World<'_> {
    /// Now and then a file is picked for a value. Others may pick the same one.
    pub(super) fn prove(&mut self, device: usize, person: RecordId, mut value: Value) -> Value {
        if !self.happens(Happening::Evidence) {
            return value;
        }
        let nth = self.random.below(FILES as u64);
        let picked = usize::try_from(nth).ok().and_then(|nth| PAPERS.get(nth));
        let Some((sha256, bytes)) = picked else { return value };
        let size = bytes.len();
        if let Some(home) = self.devices.get_mut(device) {
            let puts = vec![(Table::Files, sha256.clone(), Vec::new())];
            home.store.put(&Transaction { puts, ..Transaction::default() });
        }
        let file = json!({"sha256": sha256, "size": size, "media": "application/pdf"});
        value["evidence"] = json!([{"kind": "pdf", "name": "bukti.pdf", "added_by": person, "file": file}]);
        value
    }

    /// Whether a device still has what it is about to send.
    pub(super) fn has_bytes(&self, device: usize, call: &Call) -> bool {
        let Call::Part { sha256, .. } = call else { return true };
        let home = self.devices.get(device);
        home.is_some_and(|home| home.store.rows.contains_key(&(Table::Files, sha256.clone())))
    }

    /// Judged with files absent: what is told must still be told once only.
    pub(super) fn note_absent(&mut self, verdict: &Verdict) {
        if !verdict.needs.is_empty() {
            self.note(Happening::AbsentFile);
        }
    }

    /// The office says that it has all of a file: the device may forget it.
    pub(super) fn note_confirmed(&mut self, call: &Call, answer: &Answer) {
        let (Call::Offer { sha256, .. } | Call::Part { sha256, .. }, Answer::Stands(offset)) = (call, answer)
        else {
            return;
        };
        if paper(sha256).is_some_and(|bytes| bytes.len() as u64 == *offset) {
            self.confirmed.insert(sha256.clone());
        }
    }

    /// Every file that an operation of the log names is at the office, unless a
    /// wipe took the bytes, or a backup was restored that lacks what the office
    /// had confirmed before: no device has to have that any more.
    ///
    /// # Errors
    /// The first file that is missing.
    pub(super) fn check_files(&mut self) -> Result<(), String> {
        let log = self.devices.first().map(|home| home.store.table(Table::Log)).unwrap_or_default();
        let entries = log.iter().filter_map(|(_, row)| from_cbor::<Entry>(row).ok());
        let operations: Vec<_> = entries.filter_map(|e| seal::open(e.envelope.as_ref()?).ok()).collect();
        for operation in operations {
            for (sha256, size) in &operation.named() {
                let call = Call::Offer { sha256: sha256.clone(), size: *size };
                let at = START.saturating_add_unsigned(self.now);
                let there = self.ask(Ask::Call(Arrival { call: &call, at, instance: 0, trouble: None }));
                let whole = matches!(there, Reply::Answer(Answer::Stands(offset)) if offset == *size);
                if !whole && !self.lost_files.contains(sha256) {
                    return Err(format!(
                        "{sha256}, which {} names, is not at the office: {there:?}",
                        operation.id
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Files that only this database may have.
pub(super) fn held(store: &Store) -> BTreeSet<String> {
    let rows = store.rows_of(Table::Files).chain(store.rows_of(Table::Uploads));
    rows.map(|((_, sha256), _)| sha256.clone()).collect()
}

impl Durable {
    /// Where a file stands.
    pub fn stands(&mut self, sha256: &str, size: u64) -> u64 {
        if let Some(size) = self.files.get(sha256) {
            return *size;
        }
        self.unfinished.entry(sha256.to_owned()).or_insert((0, size)).0
    }

    /// One more part of a file; what came before is skipped.
    ///
    /// # Errors
    /// The office's refusals of a part that does not follow.
    pub fn append(&mut self, sha256: &str, from: u64, to: u64) -> Result<u64, Failure> {
        let refused = |code: &str| Failure::Refused { code: code.to_owned() };
        if let Some(size) = self.files.get(sha256) {
            return if from <= *size { Ok(*size) } else { Err(refused("upload.offset")) };
        }
        let (offset, size) = self.unfinished.get_mut(sha256).ok_or_else(|| refused("upload.none"))?;
        if from > *offset {
            return Err(refused("upload.offset"));
        }
        *offset = to.max(*offset);
        let (offset, size) = (*offset, *size);
        if offset == size {
            self.unfinished.remove(sha256);
            self.files.insert(sha256.to_owned(), size);
        }
        Ok(offset)
    }
}
