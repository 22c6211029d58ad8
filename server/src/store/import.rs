//! An office written back from its backup, into a database that has none.

use std::collections::BTreeMap;

use surrealdb::types::{Bytes, RecordId as Id, SurrealValue};
use takar_domain::record::{Record, RecordId};
use takar_sync::codec::from_cbor;
use takar_sync::wire::Entry;

use super::export::{AccountLine, DeviceLine, LogLine, RefusedLine};
use super::log::{LogRow, OpRow, Tip, log_id, stored};
use super::number::{NumberRow, Numbering, Numbers};
use super::record::RecordRow;
use super::{Store, StoreError, ask, key};

/// Rows of one transaction.
const CHUNK: usize = 500;

/// A restore that a person has not confirmed yet: numbers and signatures made
/// after the backup sat in no device's outbox, so numbering and signing wait.
#[derive(Clone, Debug, PartialEq, Eq, SurrealValue)]
pub struct Restoration {
    /// When it was restored, ms since 1970 UTC.
    pub at: i64,
    /// When the backup was made.
    pub made: i64,
    /// The newest sequence of the backup; what follows came back from devices
    /// or is new.
    pub seq: i64,
    /// When a person confirmed it.
    pub confirmed: Option<i64>,
}

#[derive(SurrealValue)]
struct CredentialRow {
    id: Id,
    hash: String,
    failures: i64,
    until: i64,
}

#[derive(SurrealValue)]
struct DeviceRow {
    id: Id,
    depth: i64,
    reported: i64,
    wiped: Option<i64>,
}

#[derive(SurrealValue)]
struct RefusedRow {
    id: Id,
    at: i64,
    envelope: Bytes,
    receipt: Bytes,
}

#[derive(SurrealValue)]
struct UntouchedRow {
    offices: i64,
    counters: i64,
    restores: i64,
}

impl Store {
    /// Whether no office was ever written here.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn is_untouched(&self) -> Result<bool, StoreError> {
        let query = "RETURN {
            offices: array::len((SELECT VALUE id FROM meta:office)),
            counters: array::len((SELECT VALUE id FROM counter LIMIT 1)),
            restores: array::len((SELECT VALUE id FROM meta:restore))
        }";
        let row: Option<UntouchedRow> = self.read(ask(query)).await?.take(0)?;
        Ok(row.is_none_or(|row| row.offices + row.counters + row.restores == 0))
    }

    /// Whether a restore began here and did not end: nothing may be served.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn is_half_restored(&self) -> Result<bool, StoreError> {
        let found: Vec<Id> = self.read(ask("SELECT VALUE id FROM meta:restore")).await?.take(0)?;
        Ok(!found.is_empty())
    }

    /// Says that a restore began; only one can.
    ///
    /// # Errors
    /// The database cannot be written, or another restore began here.
    pub async fn begin_restore(&self) -> Result<(), StoreError> {
        self.once(ask("CREATE meta:restore SET begun = true RETURN NONE")).await.map(|_| ())
    }

    /// Says that the restore is whole.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn end_restore(&self) -> Result<(), StoreError> {
        self.once(ask("DELETE meta:restore RETURN NONE")).await.map(|_| ())
    }

    /// Writes stored entries back, byte for byte, and their operations' places.
    ///
    /// # Errors
    /// The database cannot be written, or a line is no entry.
    pub async fn put_log(&self, office: RecordId, lines: &[LogLine]) -> Result<(), StoreError> {
        let mut log = Vec::with_capacity(lines.len());
        let mut ops = Vec::with_capacity(lines.len());
        for line in lines {
            let entry: Entry =
                from_cbor(&line.entry).map_err(|e| StoreError::Corrupt(format!("log line: {e}")))?;
            ops.push(OpRow::new(office, entry.op, entry.seq));
            log.push(LogRow {
                id: log_id(office, entry.seq),
                seq: stored(entry.seq),
                end: stored(line.end),
                hash: Bytes::from(entry.hash),
                entry: Bytes::from(line.entry.clone()),
            });
        }
        self.put("log", log).await?;
        self.put("op", ops).await
    }

    /// Writes records as the log leaves them.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_records(
        &self,
        office: RecordId,
        records: &BTreeMap<RecordId, Record>,
    ) -> Result<(), StoreError> {
        self.put("record", records.iter().map(|(id, r)| RecordRow::new(office, *id, r)).collect()).await
    }

    /// Writes which operations of each device arrived.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_numbers(
        &self,
        office: RecordId,
        numbers: &BTreeMap<Numbering, Numbers>,
    ) -> Result<(), StoreError> {
        self.put("number", numbers.iter().map(|(by, n)| NumberRow::new(office, *by, n)).collect()).await
    }

    /// Writes what is not in the log.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_beside(
        &self,
        office: RecordId,
        accounts: Vec<AccountLine>,
        devices: Vec<DeviceLine>,
        refused: Vec<RefusedLine>,
    ) -> Result<(), StoreError> {
        let account = |line: AccountLine| CredentialRow {
            id: key("credential", office, line.person),
            hash: line.hash,
            failures: 0,
            until: 0,
        };
        let device = |line: DeviceLine| DeviceRow {
            id: key("device", office, line.device),
            depth: line.depth,
            reported: line.reported,
            wiped: line.wiped,
        };
        let answer = |line: RefusedLine| RefusedRow {
            id: key("refused", office, line.digest),
            at: line.at,
            envelope: Bytes::from(line.envelope),
            receipt: Bytes::from(line.receipt),
        };
        self.put("credential", accounts.into_iter().map(account).collect()).await?;
        self.put("device", devices.into_iter().map(device).collect()).await?;
        self.put("refused", refused.into_iter().map(answer).collect()).await
    }

    /// Names the office as the one served, restored and not confirmed.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn settle_restore(&self, tip: &Tip, restoration: Restoration) -> Result<(), StoreError> {
        let office = tip.cursor.office;
        let query = format!(
            "BEGIN;
             CREATE counter:`{office}` SET seq = $seq, hash = $hash, at = $at RETURN NONE;
             UPSERT restored:`{office}` CONTENT $restoration RETURN NONE;
             CREATE meta:office SET office = $office RETURN NONE;
             COMMIT;"
        );
        let query = ask(query)
            .bind(("seq", stored(tip.cursor.seq)))
            .bind(("hash", Bytes::from(tip.cursor.hash.clone())))
            .bind(("at", tip.at))
            .bind(("restoration", restoration))
            .bind(("office", office.to_string()));
        self.once(query).await.map(|_| ())
    }

    /// The restore that this office came from, if it was ever restored.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn restoration(&self, office: RecordId) -> Result<Option<Restoration>, StoreError> {
        let query = format!("SELECT at, made, seq, confirmed FROM ONLY restored:`{office}`");
        Ok(self.read(ask(query)).await?.take(0)?)
    }

    /// Notes that a person confirmed the restore; false if none waits for it.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn confirm_restore(&self, office: RecordId, at: i64) -> Result<bool, StoreError> {
        let query = format!(
            "UPDATE restored:`{office}` SET confirmed = $at WHERE confirmed = NONE RETURN VALUE confirmed"
        );
        let confirmed: Vec<i64> = self.once(ask(query).bind(("at", at))).await?.take(0)?;
        Ok(!confirmed.is_empty())
    }

    async fn put<T: SurrealValue>(&self, table: &str, rows: Vec<T>) -> Result<(), StoreError> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<T> = rows.by_ref().take(CHUNK).collect();
            let query = format!("INSERT INTO {table} $rows RETURN NONE");
            self.once(ask(query).bind(("rows", chunk))).await?;
        }
        Ok(())
    }
}
