//! Numbered migrations: each runs once, in order; expand first, contract later.

use surrealdb::types::SurrealValue;

use super::{Store, StoreError, ask};

/// Every step ever released, in order. Never change one that was released.
const STEPS: &[&str] = &[
    // 1: part 1
    "DEFINE TABLE IF NOT EXISTS counter SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS log SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS op SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS number SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS refused SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS record SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS credential SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS session SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS device SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS secret SCHEMALESS;",
    // 2: backup and restore
    "DEFINE TABLE IF NOT EXISTS restored SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS backup SCHEMALESS;",
    // 3: evidence
    "DEFINE TABLE IF NOT EXISTS file SCHEMALESS;
     DEFINE TABLE IF NOT EXISTS named SCHEMALESS;",
];

/// The version that this software brings a database to.
pub const NEWEST: usize = STEPS.len();

#[derive(SurrealValue)]
struct Version {
    version: i64,
}

impl Store {
    /// The steps that this database has seen.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn version(&self) -> Result<usize, StoreError> {
        let found: Option<Version> = self.read(ask("SELECT version FROM ONLY meta:schema")).await?.take(0)?;
        Ok(found.map_or(0, |v| usize::try_from(v.version).unwrap_or(0)))
    }

    /// Runs the steps that this database has not seen. Two servers may do it at
    /// once: every step can be repeated. A database that a newer Takar wrote is
    /// left alone.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        let done = self.version().await?;
        if done > NEWEST {
            return Err(StoreError::Newer { found: done, known: NEWEST });
        }
        for (index, step) in STEPS.iter().enumerate().skip(done) {
            self.once(ask(*step)).await?;
            let version = i64::try_from(index.saturating_add(1)).unwrap_or(i64::MAX);
            self.once(ask("UPSERT meta:schema SET version = $version").bind(("version", version))).await?;
        }
        Ok(())
    }
}
