//! How the last backups of an office went.

use serde::{Deserialize, Serialize};
use surrealdb::types::SurrealValue;
use takar_domain::record::RecordId;

use super::{Store, StoreError, ask};

/// How the last backups went. Times are ms since 1970 UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SurrealValue)]
pub struct BackupState {
    /// The last one of any kind.
    pub done: Option<i64>,
    /// The last one by the clock.
    pub nightly: Option<i64>,
    /// Since when the one by the clock fails.
    pub failing: Option<i64>,
    /// Why, in words for the office.
    pub why: Option<String>,
}

impl Store {
    /// How the last backups went.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn backup_state(&self, office: RecordId) -> Result<BackupState, StoreError> {
        let query = format!("SELECT done, nightly, failing, why FROM ONLY backup:`{office}`");
        let found: Option<BackupState> = self.read(ask(query)).await?.take(0)?;
        Ok(found.unwrap_or_default())
    }

    /// Notes a backup that is whole.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn note_backup(&self, office: RecordId, at: i64, nightly: bool) -> Result<(), StoreError> {
        let more = if nightly { ", nightly = $at, failing = NONE, why = NONE" } else { "" };
        let query = format!("UPSERT backup:`{office}` SET done = $at{more} RETURN NONE");
        self.write(ask(query).bind(("at", at))).await.map(|_| ())
    }

    /// Notes that the backup by the clock failed.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn note_backup_failure(&self, office: RecordId, at: i64, why: &str) -> Result<(), StoreError> {
        let query = format!("UPSERT backup:`{office}` SET failing = failing ?? $at, why = $why RETURN NONE");
        self.write(ask(query).bind(("at", at)).bind(("why", why.to_owned()))).await.map(|_| ())
    }
}
