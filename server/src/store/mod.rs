//! The database, and the only place with SurrealQL.
//!
//! - `migration`: numbered steps from an empty database to today's tables
//! - [`log`]: the counter, the log and the commit that moves both
//! - [`number`]: which operations of a device arrived
//! - [`record`]: records as the log left them
//! - [`account`]: passwords and failed attempts
//! - [`session`]: who is signed in on which browser
//! - [`device`]: what browsers reported last
//! - [`export`], [`import`]: an office as a whole, out for its backup and back
//! - [`backup`]: how the last backups went
//! - [`office`]: which office this database serves, and its secret

pub mod account;
pub mod backup;
pub mod device;
pub mod export;
pub mod import;
pub mod log;
pub mod migration;
pub mod number;
pub mod office;
pub mod record;
pub mod session;

use std::collections::HashMap;
use std::time::Duration;

use surrealdb::Surreal;
use surrealdb::engine::any::{self, Any};
use surrealdb::opt::auth::Root;
use surrealdb::types::{Array, RecordId, RecordIdKey, Value};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote in between: read again and repeat.
    #[error("the office moved on in between")]
    Stale,
    /// No room on the disk; nothing was written.
    #[error("no space left for the database")]
    Full,
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Failed(Box<surrealdb::Error>),
    /// What was read is not what this software writes.
    #[error("unreadable in the database: {0}")]
    Corrupt(String),
}

impl From<surrealdb::Error> for StoreError {
    fn from(error: surrealdb::Error) -> Self {
        let text = error.to_string();
        if text.contains(STALE) || text.contains("can be retried") {
            Self::Stale
        } else if text.contains("No space left") || text.contains("os error 28") {
            Self::Full
        } else {
            Self::Failed(Box::new(error))
        }
    }
}

/// Thrown inside a transaction when the counter is not the expected one.
const STALE: &str = "takar-stale";

/// A handle on the database; clones share one connection.
#[derive(Clone, Debug)]
pub struct Store {
    db: Surreal<Any>,
}

impl Store {
    /// Connects and brings the tables up to date.
    ///
    /// `url` is `mem://`, `surrealkv://<folder>?sync=every` or
    /// `ws://user:password@host:port`. Two processes cannot share a folder.
    ///
    /// # Errors
    /// The database cannot be opened, reached or migrated.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let (address, login) = split_login(url);
        let db = any::connect(address).await?;
        if let Some((username, password)) = login {
            db.signin(Root { username, password }).await?;
        }
        let store = Self { db };
        store.migrate().await?;
        Ok(store)
    }
}

/// `ws://user:password@host` as the address alone and the login.
fn split_login(url: &str) -> (String, Option<(String, String)>) {
    let split = || {
        let (scheme, rest) = url.split_once("://").filter(|(s, _)| *s == "ws" || *s == "wss")?;
        let (login, host) = rest.split_once('@')?;
        let (user, password) = login.split_once(':')?;
        Some((format!("{scheme}://{host}"), Some((user.to_owned(), password.to_owned()))))
    };
    split().unwrap_or_else(|| (url.to_owned(), None))
}

/// A record id of two parts: the office, then a name inside it.
fn key(table: &str, office: impl ToString, name: impl ToString) -> RecordId {
    array_key(table, vec![Value::String(office.to_string()), Value::String(name.to_string())])
}

fn array_key(table: &str, parts: Vec<Value>) -> RecordId {
    RecordId::new(table, RecordIdKey::Array(Array::from(parts)))
}

/// The error that explains a failed query: statements that merely were not run
/// because another failed say nothing.
fn explain(errors: HashMap<usize, surrealdb::Error>) -> Option<StoreError> {
    let mut plain = None;
    for error in errors.into_values() {
        let not_run = error.to_string().contains("not executed");
        match StoreError::from(error) {
            StoreError::Failed(error) if !not_run || plain.is_none() => {
                plain = Some(StoreError::Failed(error))
            }
            StoreError::Failed(_) => {}
            telling => return Some(telling),
        }
    }
    plain
}

/// Runs a query and takes errors of single statements seriously: `Ok` of the
/// driver does not mean that each statement succeeded.
async fn run(query: surrealdb::method::Query<'_, Any>) -> Result<surrealdb::IndexedResults, StoreError> {
    let mut results = query.await?;
    match explain(results.take_errors()) {
        Some(error) => Err(error),
        None => Ok(results),
    }
}

/// Attempts of a write that met another one on the same row.
const MEETINGS: u32 = 20;

/// Runs a write of one row, again if it met another write of it: it is right
/// whichever comes first.
async fn write<'a>(
    query: impl Fn() -> surrealdb::method::Query<'a, Any>,
) -> Result<surrealdb::IndexedResults, StoreError> {
    let mut met = 0;
    loop {
        match run(query()).await {
            Err(StoreError::Stale) if met < MEETINGS => {
                met += 1;
                tokio::time::sleep(Duration::from_millis(u64::from(met))).await;
            }
            other => return other,
        }
    }
}

#[cfg(test)]
impl Store {
    /// Runs any text, to make the database misbehave.
    pub(crate) async fn run_text(&self, text: &str) {
        run(self.db.query(text)).await.unwrap();
    }
}

#[cfg(test)]
mod tests {
    use super::split_login;

    #[test]
    fn login_stays_out_of_the_address() {
        let (address, login) = split_login("ws://kantor:rahasia@10.0.0.5:8000");
        assert_eq!(address, "ws://10.0.0.5:8000");
        assert_eq!(login, Some(("kantor".into(), "rahasia".into())));
        assert_eq!(split_login("mem://").1, None);
    }
}
