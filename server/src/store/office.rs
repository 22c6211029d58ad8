//! Which office this database serves, and the secret its operations' keys come from.

use surrealdb::types::{Bytes, RecordId as Id, SurrealValue};
use takar_domain::record::RecordId;

use super::{Store, StoreError, ask};

#[derive(SurrealValue)]
struct OfficeRow {
    office: String,
}

#[derive(SurrealValue)]
struct SecretRow {
    secret: Bytes,
}

impl Store {
    /// The office served now, if one was founded.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn office(&self) -> Result<Option<RecordId>, StoreError> {
        let row: Option<OfficeRow> = self.read(ask("SELECT office FROM ONLY meta:office")).await?.take(0)?;
        row.map(|row| {
            let id = row.office.parse().map_err(|_| StoreError::Corrupt(format!("office {}", row.office)))?;
            Ok(RecordId(id))
        })
        .transpose()
    }

    /// Opens a new office in place of `instead_of`; its secret must be stored
    /// already. Older offices stay in the database.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if another office is served meanwhile.
    pub async fn open_office(
        &self,
        office: RecordId,
        instead_of: Option<RecordId>,
    ) -> Result<(), StoreError> {
        let query = format!(
            "BEGIN;
             LET $o = SELECT * FROM ONLY meta:office FOR UPDATE;
             IF ($o.office ?? '') != $expected {{ THROW '{}' }};
             UPSERT meta:office SET office = $office RETURN NONE;
             COMMIT;",
            super::STALE
        );
        let query = ask(query)
            .bind(("expected", instead_of.map(|o| o.to_string()).unwrap_or_default()))
            .bind(("office", office.to_string()));
        self.once(query).await.map(|_| ())
    }

    /// Stores an office's secret. It never changes afterwards: keys of old
    /// operations are derived from it again.
    ///
    /// # Errors
    /// The database cannot be written, or the office has a secret.
    pub async fn put_secret(&self, office: RecordId, secret: Vec<u8>) -> Result<(), StoreError> {
        self.once(
            ask("CREATE $id SET secret = $secret RETURN NONE")
                .bind(("id", Id::new("secret", office.to_string())))
                .bind(("secret", Bytes::from(secret))),
        )
        .await
        .map(|_| ())
    }

    /// The office's secret.
    ///
    /// # Errors
    /// The database cannot be read, or there is none.
    pub async fn secret(&self, office: RecordId) -> Result<Vec<u8>, StoreError> {
        let row: Option<SecretRow> = self
            .read(ask("SELECT secret FROM ONLY $id").bind(("id", Id::new("secret", office.to_string()))))
            .await?
            .take(0)?;
        row.map(|row| row.secret.to_vec())
            .ok_or_else(|| StoreError::Corrupt(format!("no secret of office {office}")))
    }
}
