//! What each browser reported last: how much unsent work it holds.

use std::collections::BTreeMap;

use surrealdb::types::SurrealValue;
use takar_domain::record::{DeviceId, RecordId};

use super::{Store, StoreError, ask, key};

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

#[derive(SurrealValue)]
struct KeyedRow {
    key: Vec<String>,
    depth: i64,
    reported: i64,
    wiped: Option<i64>,
}

impl Store {
    /// A device of the office.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn device(&self, office: RecordId, device: DeviceId) -> Result<Option<Device>, StoreError> {
        Ok(self
            .read(
                ask("SELECT depth, reported, wiped FROM ONLY $id")
                    .bind(("id", key("device", office, device))),
            )
            .await?
            .take(0)?)
    }

    /// Every device of the office.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn devices(&self, office: RecordId) -> Result<BTreeMap<DeviceId, Device>, StoreError> {
        // Ids are hexadecimal: all of them lie between these two.
        let query = format!(
            "SELECT record::id(id) AS key, depth, reported, wiped FROM device:['{office}', '']..['{office}', 'g']"
        );
        let rows: Vec<KeyedRow> = self.read(ask(query)).await?.take(0)?;
        let read = |KeyedRow { key, depth, reported, wiped }| {
            let id = key.get(1).and_then(|id| id.parse().ok()).map(DeviceId);
            let id = id.ok_or_else(|| StoreError::Corrupt(format!("device {key:?}")))?;
            Ok((id, Device { depth, reported, wiped }))
        };
        rows.into_iter().map(read).collect()
    }

    /// Makes a device known at sign-in; its last report stays.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn know_device(&self, office: RecordId, device: DeviceId, at: i64) -> Result<(), StoreError> {
        self.write(
            ask("UPSERT $id SET depth = depth ?? 0, reported = reported ?? $at RETURN NONE")
                .bind(("id", key("device", office, device)))
                .bind(("at", at)),
        )
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
        self.write(
            ask("UPSERT $id SET depth = $depth, reported = $at RETURN NONE")
                .bind(("id", key("device", office, device)))
                .bind(("depth", i64::try_from(depth).unwrap_or(i64::MAX)))
                .bind(("at", at)),
        )
        .await
        .map(|_| ())
    }

    /// Marks a device as wiped: its browser came back without its storage.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn mark_wiped(&self, office: RecordId, device: DeviceId, at: i64) -> Result<(), StoreError> {
        self.write(
            ask("UPDATE $id SET wiped = $at RETURN NONE")
                .bind(("id", key("device", office, device)))
                .bind(("at", at)),
        )
        .await
        .map(|_| ())
    }
}
