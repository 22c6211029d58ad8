//! Passwords (argon2id hashes) and failed attempts. They live outside the log:
//! a log is shown to many, a hash to nobody.

use surrealdb::types::SurrealValue;
use takar_domain::record::RecordId;

use super::{Store, StoreError, ask, key};

/// What sign-in needs to know of a person.
#[derive(Clone, Debug, SurrealValue)]
pub struct Credential {
    /// PHC string of argon2id.
    pub hash: String,
    /// Wrong passwords since the last right one.
    pub failures: i64,
    /// No attempt is looked at before this time, ms since 1970 UTC.
    pub until: i64,
}

impl Store {
    /// A person's credential.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn credential(
        &self,
        office: RecordId,
        person: RecordId,
    ) -> Result<Option<Credential>, StoreError> {
        Ok(self
            .read(
                ask("SELECT hash, failures, until FROM ONLY $id")
                    .bind(("id", key("credential", office, person))),
            )
            .await?
            .take(0)?)
    }

    /// Sets a person's password hash and forgets failed attempts.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_credential(
        &self,
        office: RecordId,
        person: RecordId,
        hash: String,
    ) -> Result<(), StoreError> {
        self.write(
            ask("UPSERT $id SET hash = $hash, failures = 0, until = 0 RETURN NONE")
                .bind(("id", key("credential", office, person)))
                .bind(("hash", hash)),
        )
        .await
        .map(|_| ())
    }

    /// Counts an attempt before its password is looked at, so that parallel
    /// guesses are counted too, and gives the count.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn count_attempt(&self, office: RecordId, person: RecordId) -> Result<i64, StoreError> {
        let counts: Vec<i64> = self
            .write(
                ask("UPDATE $id SET failures += 1 RETURN VALUE failures")
                    .bind(("id", key("credential", office, person))),
            )
            .await?
            .take(0)?;
        Ok(counts.first().copied().unwrap_or(0))
    }

    /// Blocks further attempts until a time.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn block_attempts(
        &self,
        office: RecordId,
        person: RecordId,
        until: i64,
    ) -> Result<(), StoreError> {
        self.write(
            ask("UPDATE $id SET until = $until RETURN NONE")
                .bind(("id", key("credential", office, person)))
                .bind(("until", until)),
        )
        .await
        .map(|_| ())
    }

    /// Forgets failed attempts after a right password.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn forgive_attempts(&self, office: RecordId, person: RecordId) -> Result<(), StoreError> {
        self.write(
            ask("UPDATE $id SET failures = 0, until = 0 RETURN NONE")
                .bind(("id", key("credential", office, person))),
        )
        .await
        .map(|_| ())
    }
}
