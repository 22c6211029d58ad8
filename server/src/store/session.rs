//! Sessions: one per browser, with every person signed in there.

use surrealdb::types::{RecordId as Id, SurrealValue};
use takar_domain::record::{DeviceId, RecordId};

use super::{Store, StoreError, ask};

/// One browser's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub office: RecordId,
    pub device: DeviceId,
    pub persons: Vec<RecordId>,
    /// Last use, ms since 1970 UTC.
    pub used: i64,
}

#[derive(SurrealValue)]
struct SessionRow {
    office: String,
    device: String,
    persons: Vec<String>,
    used: i64,
}

impl SessionRow {
    fn read(self) -> Option<Session> {
        Some(Session {
            office: RecordId(self.office.parse().ok()?),
            device: DeviceId(self.device.parse().ok()?),
            persons: self.persons.iter().map(|p| p.parse().ok().map(RecordId)).collect::<Option<_>>()?,
            used: self.used,
        })
    }
}

impl Store {
    /// The session of a token's digest.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn session(&self, digest: &str) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> = self
            .read(
                ask("SELECT office, device, persons, used FROM ONLY $id")
                    .bind(("id", Id::new("session", digest))),
            )
            .await?
            .take(0)?;
        Ok(row.and_then(SessionRow::read))
    }

    /// Stores a session under its token's digest.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_session(&self, digest: &str, session: &Session) -> Result<(), StoreError> {
        let persons: Vec<String> = session.persons.iter().map(ToString::to_string).collect();
        self.write(ask("UPSERT $id SET office = $office, device = $device, persons = $persons, used = $used RETURN NONE")
            .bind(("id", Id::new("session", digest)))
            .bind(("office", session.office.to_string()))
            .bind(("device", session.device.to_string()))
            .bind(("persons", persons))
            .bind(("used", session.used)))
        .await
        .map(|_| ())
    }

    /// Removes a session.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn drop_session(&self, digest: &str) -> Result<(), StoreError> {
        self.write(ask("DELETE $id RETURN NONE").bind(("id", Id::new("session", digest)))).await.map(|_| ())
    }

    /// Takes a person out of every session, for example after a new password.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn revoke(&self, person: RecordId) -> Result<(), StoreError> {
        self.write(
            ask("UPDATE session SET persons -= $person WHERE persons CONTAINS $person RETURN NONE;
                 DELETE session WHERE array::len(persons) = 0 RETURN NONE")
            .bind(("person", person.to_string())),
        )
        .await
        .map(|_| ())
    }
}
