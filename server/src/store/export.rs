//! An office as a whole, for its backup: read as of one moment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use surrealdb::types::{Bytes, SurrealValue};
use takar_domain::record::{DeviceId, RecordId};
use takar_sync::codec::bytes;

use super::file::{self, FileLine, FileRow};
use super::log::{CounterRow, LogRow, Tip, number, stored, tip_of};
use super::number::{KeyedRow, Numbering, Numbers};
use super::record::RecordRow;
use super::{Store, StoreError, ask};

/// One entry of the log as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// The last sequence of its commit.
    pub end: u64,
    /// CBOR of the entry, byte for byte.
    #[serde(with = "bytes")]
    pub entry: Vec<u8>,
}

/// One record as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    pub id: RecordId,
    #[serde(with = "bytes")]
    pub body: Vec<u8>,
}

/// A person's password hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    pub person: RecordId,
    pub hash: String,
}

/// A device as the office knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    pub device: DeviceId,
    pub depth: i64,
    pub reported: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wiped: Option<i64>,
}

/// An envelope that got no place in the log, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLine {
    pub digest: String,
    pub at: i64,
    #[serde(with = "bytes")]
    pub envelope: Vec<u8>,
    #[serde(with = "bytes")]
    pub receipt: Vec<u8>,
}

/// Everything of an office but its log, as of one moment. Not in it: sessions
/// (whoever was signed out since must not be let in by a restore) and what the
/// log tells anyway.
#[derive(Clone, Debug)]
pub struct Export {
    /// The log up to here belongs to it; it only grows, so it is read after.
    pub tip: Tip,
    pub secret: Vec<u8>,
    pub records: Vec<RecordLine>,
    /// Follows from the log: for comparing, not in a backup.
    pub numbers: BTreeMap<Numbering, Numbers>,
    pub accounts: Vec<AccountLine>,
    pub devices: Vec<DeviceLine>,
    pub refused: Vec<RefusedLine>,
    /// Evidence that the office has.
    pub files: Vec<FileLine>,
}

#[derive(SurrealValue)]
struct ExportRow {
    counter: Option<CounterRow>,
    secret: Option<Bytes>,
    records: Vec<RecordRow>,
    numbers: Vec<KeyedRow>,
    accounts: Vec<AccountRow>,
    devices: Vec<DeviceRow>,
    refused: Vec<RefusedRow>,
    files: Vec<FileRow>,
}

#[derive(SurrealValue)]
struct AccountRow {
    key: Vec<String>,
    hash: String,
}

#[derive(SurrealValue)]
struct DeviceRow {
    key: Vec<String>,
    depth: i64,
    reported: i64,
    wiped: Option<i64>,
}

#[derive(SurrealValue)]
struct RefusedRow {
    key: Vec<String>,
    at: i64,
    envelope: Bytes,
    receipt: Bytes,
}

/// The second part of a row's key, which is the row's name in its office.
fn name<T: std::str::FromStr>(key: &[String]) -> Result<T, StoreError> {
    key.get(1).and_then(|id| id.parse().ok()).ok_or_else(|| StoreError::Corrupt(format!("key {key:?}")))
}

impl Store {
    /// Everything of an office but its log, in one statement and therefore in
    /// one read transaction.
    ///
    /// # Errors
    /// The database cannot be read, or the office has no secret.
    pub async fn export(&self, office: RecordId) -> Result<Export, StoreError> {
        // Ids are hexadecimal: all of them lie between '' and 'g'.
        let all = format!("['{office}', '']..['{office}', 'g']");
        let columns = file::COLUMNS;
        let query = format!(
            "RETURN {{
               counter: (SELECT * FROM ONLY counter:`{office}`),
               secret: (SELECT VALUE secret FROM ONLY secret:`{office}`),
               records: (SELECT * FROM record:{all}),
               numbers: (SELECT record::id(id) AS key, last, missing FROM number:{all}),
               accounts: (SELECT record::id(id) AS key, hash FROM credential:{all}),
               devices: (SELECT record::id(id) AS key, depth, reported, wiped FROM device:{all}),
               refused: (SELECT record::id(id) AS key, at, envelope, receipt FROM refused:{all}),
               files: (SELECT {columns} FROM file:{all})
             }}"
        );
        let row: Option<ExportRow> = self.read(ask(query)).await?.take(0)?;
        let row = row.ok_or_else(|| StoreError::Corrupt(format!("no office {office}")))?;
        let secret =
            row.secret.ok_or_else(|| StoreError::Corrupt(format!("no secret of office {office}")))?;
        let account = |AccountRow { key, hash }| Ok(AccountLine { person: RecordId(name(&key)?), hash });
        let device = |DeviceRow { key, depth, reported, wiped }| {
            Ok(DeviceLine { device: DeviceId(name(&key)?), depth, reported, wiped })
        };
        let refused = |row: RefusedRow| {
            let (envelope, receipt) = (row.envelope.to_vec(), row.receipt.to_vec());
            Ok(RefusedLine { digest: name(&row.key)?, at: row.at, envelope, receipt })
        };
        Ok(Export {
            tip: tip_of(office, row.counter),
            secret: secret.to_vec(),
            records: row.records.into_iter().map(RecordRow::line).collect::<Result<_, _>>()?,
            numbers: row.numbers.into_iter().map(KeyedRow::read).collect::<Result<_, _>>()?,
            accounts: row.accounts.into_iter().map(account).collect::<Result<_, StoreError>>()?,
            devices: row.devices.into_iter().map(device).collect::<Result<_, StoreError>>()?,
            refused: row.refused.into_iter().map(refused).collect::<Result<_, StoreError>>()?,
            files: row.files.into_iter().map(FileRow::line).collect::<Result<_, _>>()?,
        })
    }

    /// Stored entries after `from` up to and including `to`, at most `limit`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn log_lines(
        &self,
        office: RecordId,
        from: u64,
        to: u64,
        limit: u32,
    ) -> Result<Vec<LogLine>, StoreError> {
        let (first, after) = (stored(from.saturating_add(1)), stored(to.saturating_add(1)));
        let query = format!("SELECT * FROM log:['{office}', {first}]..['{office}', {after}] LIMIT {limit}");
        let rows: Vec<LogRow> = self.read(ask(query)).await?.take(0)?;
        Ok(rows.into_iter().map(|row| LogLine { end: number(row.end), entry: row.entry.to_vec() }).collect())
    }
}
