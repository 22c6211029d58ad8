//! The office's log: a counter, entries addressed `[office, seq]`, and the one
//! transaction that moves them together with the records.

use std::collections::{BTreeMap, BTreeSet};

use surrealdb::types::{Bytes, RecordId as Id, SurrealValue, Value};
use takar_domain::record::{OpId, Record, RecordId};
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::wire::{Cursor, Entry, Receipt};

use super::file::named_id;
use super::number::{NumberRow, Numbering, Numbers};
use super::record::RecordRow;
use super::{STALE, Store, StoreError, array_key, ask, key};

/// Where an office's log stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    pub cursor: Cursor,
    /// Receipt time of the newest entry, ms since 1970 UTC.
    pub at: i64,
}

#[derive(SurrealValue)]
pub(super) struct CounterRow {
    seq: i64,
    hash: Bytes,
    at: i64,
}

/// `entry` is the CBOR of an [`Entry`]; `end` the last sequence of its commit.
#[derive(SurrealValue)]
pub(super) struct LogRow {
    pub id: Id,
    pub seq: i64,
    pub end: i64,
    pub hash: Bytes,
    pub entry: Bytes,
}

#[derive(SurrealValue)]
struct HashRow {
    seq: i64,
    hash: Bytes,
}

/// The place of an operation in the log, for answering repeats.
#[derive(SurrealValue)]
pub(super) struct OpRow {
    id: Id,
    op: String,
    seq: i64,
}

impl OpRow {
    pub(super) fn new(office: RecordId, op: OpId, seq: u64) -> Self {
        Self { id: key("op", office, op), op: op.to_string(), seq: stored(seq) }
    }
}

/// Everything one commit writes.
#[derive(Debug)]
pub struct Commit<'a> {
    /// The counter that everything was computed from.
    pub expected: u64,
    pub tip: &'a Tip,
    pub entries: &'a [Entry],
    /// Every counted device and person of this commit, as they stand after it.
    pub numbers: &'a BTreeMap<Numbering, Numbers>,
    pub changed: &'a BTreeMap<RecordId, Record>,
    /// Those that were there before the commit, among others.
    pub before: &'a BTreeMap<RecordId, Record>,
    /// Files that the operations name, refused ones too.
    pub files: &'a BTreeSet<String>,
}

pub(super) fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(super) fn stored(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The newest place that a counter names; 0 with a zero hash if there is none.
pub(super) fn tip_of(office: RecordId, row: Option<CounterRow>) -> Tip {
    row.map_or_else(
        || Tip { cursor: Cursor { office, seq: 0, hash: vec![0; 32] }, at: 0 },
        |row| Tip { cursor: Cursor { office, seq: number(row.seq), hash: row.hash.to_vec() }, at: row.at },
    )
}

pub(super) fn log_id(office: RecordId, seq: u64) -> Id {
    array_key("log", vec![Value::String(office.to_string()), stored(seq).into_value()])
}

impl Store {
    /// The newest place of the office's log; 0 with a zero hash if it is empty.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn tip(&self, office: RecordId) -> Result<Tip, StoreError> {
        let row: Option<CounterRow> = self
            .read(ask("SELECT * FROM ONLY $id").bind(("id", Id::new("counter", office.to_string()))))
            .await?
            .take(0)?;
        Ok(tip_of(office, row))
    }

    /// Writes entries, records and the counter in one transaction, if and only
    /// if the counter still is what they were computed from.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if it is not. After any error the commit may still
    /// have happened: read the counter and the ids again.
    pub async fn commit(&self, commit: &Commit<'_>) -> Result<(), StoreError> {
        let office = commit.tip.cursor.office;
        let (log, ops) = rows(commit);
        // All new rows in one statement, not each in its own.
        let (known, new): (Vec<_>, Vec<_>) =
            commit.changed.iter().partition(|(id, _)| commit.before.contains_key(id));
        let row = |(id, record): (&RecordId, &Record)| RecordRow::new(office, *id, record);
        let records: Vec<RecordRow> = known.into_iter().map(row).collect();
        let new: Vec<RecordRow> = new.into_iter().map(row).collect();
        let numbers: Vec<NumberRow> =
            commit.numbers.iter().map(|(by, numbers)| NumberRow::new(office, *by, numbers)).collect();
        let named: Vec<Id> = commit.files.iter().map(|sha256| named_id(office, sha256)).collect();
        // FOR UPDATE locks single record ids only, so the id stands in the text.
        let counter = format!("counter:`{office}`");
        let query = format!(
            "BEGIN;
             LET $c = SELECT * FROM ONLY {counter} FOR UPDATE;
             IF ($c.seq ?? 0) != $expected {{ THROW '{STALE}' }};
             UPSERT {counter} SET seq = $seq, hash = $hash, at = $at RETURN NONE;
             INSERT INTO op $ops RETURN NONE;
             INSERT INTO log $log RETURN NONE;
             INSERT INTO record $new RETURN NONE;
             FOR $r IN $records {{ UPSERT $r.id CONTENT $r RETURN NONE }};
             FOR $n IN $numbers {{ UPSERT $n.id CONTENT $n RETURN NONE }};
             FOR $f IN $named {{ UPSERT $f RETURN NONE }};
             COMMIT;"
        );
        let query = ask(query)
            .bind(("expected", stored(commit.expected)))
            .bind(("seq", stored(commit.tip.cursor.seq)))
            .bind(("hash", Bytes::from(commit.tip.cursor.hash.clone())))
            .bind(("at", commit.tip.at))
            .bind(("ops", ops))
            .bind(("log", log))
            .bind(("records", records))
            .bind(("new", new))
            .bind(("numbers", numbers))
            .bind(("named", named));
        let written = self.once(query);
        #[cfg(feature = "faults")]
        let written = self.mishaps.around(commit.entries.len(), written);
        written.await.map(|_| ())
    }

    /// Entries after `from`, at most `limit` of them, each with the last
    /// sequence of the commit it came with.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn entries(
        &self,
        office: RecordId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<(Entry, u64)>, StoreError> {
        #[cfg(feature = "faults")]
        self.mishaps.before_reading().await;
        let query = format!(
            "SELECT * FROM log:['{office}', {}]..['{office}', {}] LIMIT {limit}",
            stored(from.saturating_add(1)),
            i64::MAX
        );
        let rows: Vec<LogRow> = self.read(ask(query)).await?.take(0)?;
        rows.into_iter()
            .map(|row| {
                let entry = from_cbor(&row.entry)
                    .map_err(|e| StoreError::Corrupt(format!("log {}: {e}", row.seq)))?;
                Ok((entry, number(row.end)))
            })
            .collect()
    }

    /// One entry of the log.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn entry(&self, office: RecordId, seq: u64) -> Result<Option<Entry>, StoreError> {
        let row: Option<LogRow> =
            self.read(ask("SELECT * FROM ONLY $id").bind(("id", log_id(office, seq)))).await?.take(0)?;
        row.map(|row| from_cbor(&row.entry).map_err(|e| StoreError::Corrupt(format!("log {seq}: {e}"))))
            .transpose()
    }

    /// The chain hashes after those of these sequences that the log has.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn hashes(&self, office: RecordId, seqs: &[u64]) -> Result<BTreeMap<u64, Vec<u8>>, StoreError> {
        if seqs.is_empty() {
            return Ok(BTreeMap::new());
        }
        let ids: Vec<Id> = seqs.iter().map(|seq| log_id(office, *seq)).collect();
        let rows: Vec<HashRow> = self
            .read(ask("SELECT seq, hash FROM $ids WHERE id != NONE").bind(("ids", ids)))
            .await?
            .take(0)?;
        Ok(rows.into_iter().map(|row| (number(row.seq), row.hash.to_vec())).collect())
    }

    /// Places of those operations that the log already has.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn known(&self, office: RecordId, ops: &[OpId]) -> Result<BTreeMap<OpId, u64>, StoreError> {
        let ids: Vec<Id> = ops.iter().map(|op| key("op", office, op)).collect();
        let rows: Vec<OpRow> =
            self.read(ask("SELECT * FROM $ids WHERE id != NONE").bind(("ids", ids))).await?.take(0)?;
        rows.into_iter()
            .map(|row| {
                let op = row.op.parse().map_err(|_| StoreError::Corrupt(format!("op {}", row.op)))?;
                Ok((OpId(op), number(row.seq)))
            })
            .collect()
    }

    /// Keeps an envelope that has no place in the log, with what was answered.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn keep_refused(
        &self,
        office: RecordId,
        digest: &[u8],
        envelope: Vec<u8>,
        receipt: &Receipt,
        at: i64,
    ) -> Result<(), StoreError> {
        let receipt = to_cbor(receipt);
        self.once(ask("UPSERT $id SET at = at ?? $at, envelope = $envelope, receipt = receipt ?? $receipt RETURN NONE")
            .bind(("id", key("refused", office, crate::service::secret::hex(digest))))
            .bind(("at", at))
            .bind(("envelope", Bytes::from(envelope)))
            .bind(("receipt", Bytes::from(receipt))))
        .await
        .map(|_| ())
    }
}

fn rows(commit: &Commit<'_>) -> (Vec<LogRow>, Vec<OpRow>) {
    let office = commit.tip.cursor.office;
    let end = stored(commit.tip.cursor.seq);
    let log = commit.entries.iter().map(|entry| LogRow {
        id: log_id(office, entry.seq),
        seq: stored(entry.seq),
        end,
        hash: Bytes::from(entry.hash.clone()),
        entry: Bytes::from(to_cbor(entry)),
    });
    let ops = commit.entries.iter().map(|entry| OpRow::new(office, entry.op, entry.seq));
    (log.collect(), ops.collect())
}
