//! Records as the log left them, as CBOR, in two classes so that the whole
//! configuration is one range read.

use std::collections::{BTreeMap, BTreeSet};

use surrealdb::types::{Bytes, RecordId as Id, SurrealValue, Value};
use takar_domain::record::{Record, RecordId};
use takar_sync::codec::{from_cbor, to_cbor};

use super::export::RecordLine;
use super::{Store, StoreError, array_key, ask};

/// Class of the records that configure the office.
const CONFIG: &str = "config";
/// Class of measured data.
const DATA: &str = "data";

#[derive(SurrealValue)]
pub(super) struct RecordRow {
    id: Id,
    record: String,
    kind: String,
    body: Bytes,
}

impl RecordRow {
    pub(super) fn new(office: RecordId, id: RecordId, record: &Record) -> Self {
        Self {
            id: record_id(office, class(record), id),
            record: id.to_string(),
            kind: record.subject.kind().to_owned(),
            body: Bytes::from(to_cbor(record)),
        }
    }

    /// As it is stored, for a backup.
    pub(super) fn line(self) -> Result<RecordLine, StoreError> {
        let id = self.record.parse().map_err(|_| StoreError::Corrupt(format!("record {}", self.record)))?;
        Ok(RecordLine { id: RecordId(id), body: self.body.to_vec() })
    }

    fn read(self) -> Result<(RecordId, Record), StoreError> {
        let id = self.record.parse().map_err(|_| StoreError::Corrupt(format!("record {}", self.record)))?;
        let record =
            from_cbor(&self.body).map_err(|e| StoreError::Corrupt(format!("record {}: {e}", self.record)))?;
        Ok((RecordId(id), record))
    }
}

const fn class(record: &Record) -> &'static str {
    if record.subject.is_config() { CONFIG } else { DATA }
}

fn record_id(office: RecordId, class: &str, id: RecordId) -> Id {
    let parts = [office.to_string(), class.to_owned(), id.to_string()];
    array_key("record", parts.into_iter().map(Value::String).collect())
}

impl Store {
    /// The office's whole configuration.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn config_records(&self, office: RecordId) -> Result<BTreeMap<RecordId, Record>, StoreError> {
        let query = format!("SELECT * FROM record:['{office}', '{CONFIG}']..['{office}', '{DATA}']");
        let rows: Vec<RecordRow> = self.read(ask(query)).await?.take(0)?;
        rows.into_iter().map(RecordRow::read).collect()
    }

    /// Those of the named records of the configuration that exist.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn config_records_of(
        &self,
        office: RecordId,
        ids: &BTreeSet<RecordId>,
    ) -> Result<BTreeMap<RecordId, Record>, StoreError> {
        self.records_of(office, CONFIG, ids).await
    }

    /// Those of the named measured records that exist.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn data_records(
        &self,
        office: RecordId,
        ids: &BTreeSet<RecordId>,
    ) -> Result<BTreeMap<RecordId, Record>, StoreError> {
        self.records_of(office, DATA, ids).await
    }

    async fn records_of(
        &self,
        office: RecordId,
        class: &str,
        ids: &BTreeSet<RecordId>,
    ) -> Result<BTreeMap<RecordId, Record>, StoreError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let ids: Vec<Id> = ids.iter().map(|id| record_id(office, class, *id)).collect();
        let rows: Vec<RecordRow> =
            self.read(ask("SELECT * FROM $ids WHERE id != NONE").bind(("ids", ids))).await?.take(0)?;
        rows.into_iter().map(RecordRow::read).collect()
    }

    /// A record's stored bytes: what a test compares to show that a refusal
    /// changed nothing.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn record_bytes(&self, office: RecordId, id: RecordId) -> Result<Option<Vec<u8>>, StoreError> {
        let ids = vec![record_id(office, CONFIG, id), record_id(office, DATA, id)];
        let rows: Vec<RecordRow> =
            self.read(ask("SELECT * FROM $ids WHERE id != NONE").bind(("ids", ids))).await?.take(0)?;
        Ok(rows.into_iter().next().map(|row| row.body.to_vec()))
    }
}
