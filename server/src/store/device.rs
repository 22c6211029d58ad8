//! What each browser reported last: how much unsent work it holds.

use surrealdb::types::SurrealValue;
use takar_domain::record::{DeviceId, RecordId};

use super::{Store, StoreError, key, run, write};

/// A device as the office knows it.
#[derive(Clone, Debug, SurrealValue)]
pub struct Device {
    /// Unsent operations at the last report.
    pub depth: i64,
    /// Time of the last report, ms since 1970 UTC.
    pub reported: i64,
    /// When a new device took this one's browser: its storage was wiped.
    pub wiped: Option<i64>,
}

impl Store {
    /// A device of the office.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn device(&self, office: RecordId, device: DeviceId) -> Result<Option<Device>, StoreError> {
        Ok(run(self
            .db
            .query("SELECT depth, reported, wiped FROM ONLY $id")
            .bind(("id", key("device", office, device))))
        .await?
        .take(0)?)
    }

    /// Makes a device known at sign-in; its last report stays.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn know_device(&self, office: RecordId, device: DeviceId, at: i64) -> Result<(), StoreError> {
        write(|| {
            self.db
                .query("UPSERT $id SET depth = depth ?? 0, reported = reported ?? $at RETURN NONE")
                .bind(("id", key("device", office, device)))
                .bind(("at", at))
        })
        .await
        .map(|_| ())
    }

    /// Takes down a device's report.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn report_device(
        &self,
        office: RecordId,
        device: DeviceId,
        depth: u64,
        at: i64,
    ) -> Result<(), StoreError> {
        write(|| {
            self.db
                .query("UPSERT $id SET depth = $depth, reported = $at RETURN NONE")
                .bind(("id", key("device", office, device)))
                .bind(("depth", i64::try_from(depth).unwrap_or(i64::MAX)))
                .bind(("at", at))
        })
        .await
        .map(|_| ())
    }

    /// Marks a device as wiped: its browser came back without its storage.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn mark_wiped(&self, office: RecordId, device: DeviceId, at: i64) -> Result<(), StoreError> {
        write(|| {
            self.db
                .query("UPDATE $id SET wiped = $at RETURN NONE")
                .bind(("id", key("device", office, device)))
                .bind(("at", at))
        })
        .await
        .map(|_| ())
    }
}
