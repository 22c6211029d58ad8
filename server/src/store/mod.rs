//! The database, and the only place with SurrealQL.
//!
//! - [`access`], `connection`: where the database is, and the way to it
//! - `migration`: numbered steps from an empty database to today's tables
//! - [`log`]: the counter, the log and the commit that moves both
//! - [`number`]: which operations of a device arrived
//! - [`record`]: records as the log left them
//! - [`account`]: passwords and failed attempts
//! - [`session`]: who is signed in on which browser
//! - [`mod@file`]: evidence that the office has, and that operations name
//! - [`device`]: what browsers reported last
//! - [`export`], [`import`]: an office as a whole, out for its backup and back
//! - [`backup`]: how the last backups went
//! - `turn`: which of several servers goes first
//! - [`office`]: which office this database serves, and its secret
//! - `mishap`: what tests let happen to a commit (feature `faults`)

pub mod access;
pub mod account;
pub mod backup;
mod connection;
pub mod device;
pub mod export;
pub mod file;
pub mod import;
pub mod log;
pub mod migration;
#[cfg(feature = "faults")]
pub mod mishap;
pub mod number;
pub mod office;
pub mod record;
pub mod session;
mod turn;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use surrealdb::IndexedResults;
use surrealdb::types::{Array, RecordId, RecordIdKey, SurrealValue, Value, Variables};

use access::Access;
use connection::{ANSWER, Connection, Handle};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote in between: read again and repeat.
    #[error("the office moved on in between")]
    Stale,
    /// No room on the disk; nothing was written.
    #[error("no space left for the database")]
    Full,
    /// The database server cannot be reached, or does not answer.
    #[error("the database does not answer")]
    Away,
    /// A newer Takar wrote this database.
    #[error("the tables are of version {found}, this program knows {known}")]
    Newer { found: usize, known: usize },
    /// The database refused.
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
        } else if crate::room::is_lacking(&text) {
            Self::Full
        } else if error.is_connection() {
            Self::Away
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
    connection: Arc<Connection>,
    #[cfg(feature = "faults")]
    pub mishaps: mishap::Mishaps,
}

impl Store {
    /// Opens a database by its address alone: see [`Access::at`].
    ///
    /// # Errors
    /// See [`Store::connect`].
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        Self::connect(Access::at(address)).await
    }

    /// Connects and brings the tables up to date. Two processes cannot share a
    /// folder.
    ///
    /// # Errors
    /// The database cannot be opened, reached or migrated, or is
    /// [`StoreError::Newer`].
    pub async fn connect(access: Access) -> Result<Self, StoreError> {
        let store = Self {
            connection: Arc::new(Connection::open(access).await?),
            #[cfg(feature = "faults")]
            mishaps: mishap::Mishaps::default(),
        };
        store.migrate().await?;
        Ok(store)
    }

    /// Closes the database for every clone of this handle: it is in order, and
    /// free for another program, when this returns.
    pub async fn close(&self) {
        self.connection.close().await;
    }

    /// Runs what only reads.
    async fn read(&self, ask: Ask) -> Result<IndexedResults, StoreError> {
        let handle = self.connection.handle().await?;
        let query = handle.db.query(ask.text).bind(ask.values);
        let run = async { query.await.map_err(StoreError::from).and_then(checked) };
        let result = if self.connection.access.is_remote() {
            tokio::time::timeout(ANSWER, run).await.unwrap_or(Err(StoreError::Away))
        } else {
            run.await
        };
        if let Err(error) = &result {
            self.judge(&handle, error);
        }
        result
    }

    /// Gives up a way that an error shows to be broken.
    fn judge(&self, handle: &Handle, error: &StoreError) {
        let access = &self.connection.access;
        let broken = match error {
            StoreError::Full => access.embedded().is_some(),
            StoreError::Away => access.is_remote(),
            // A session that the server ended, or any other trouble with a file.
            StoreError::Failed(error) if access.is_remote() => error.is_not_allowed(),
            StoreError::Failed(error) => {
                access.embedded().is_some() && error.to_string().contains("(os error")
            }
            _ => false,
        };
        if broken {
            tracing::warn!(%error, database = ?access, "the database is opened anew");
            handle.give_up();
        }
    }

    /// Runs a write, if the disk has room for it.
    async fn once(&self, ask: Ask) -> Result<IndexedResults, StoreError> {
        if !self.connection.access.has_room() {
            return Err(StoreError::Full);
        }
        self.read(ask).await
    }

    /// Runs a write of one row, again if it met another write of it: it is right
    /// whichever comes first.
    async fn write(&self, ask: Ask) -> Result<IndexedResults, StoreError> {
        let mut met = 0;
        loop {
            match self.once(ask.clone()).await {
                Err(StoreError::Stale) if met < MEETINGS => {
                    met += 1;
                    tokio::time::sleep(Duration::from_millis(u64::from(met))).await;
                }
                other => return other,
            }
        }
    }
}

/// Attempts of a write that met another one on the same row.
const MEETINGS: u32 = 20;

/// A text for the database with its values.
#[derive(Clone)]
struct Ask {
    text: Cow<'static, str>,
    values: Variables,
}

fn ask(text: impl Into<Cow<'static, str>>) -> Ask {
    Ask { text: text.into(), values: Variables::new() }
}

impl Ask {
    fn bind(mut self, (name, value): (&'static str, impl SurrealValue)) -> Self {
        self.values.insert(name, value);
        self
    }
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

/// Errors of single statements, taken seriously: `Ok` of the driver does not
/// mean that each statement succeeded.
fn checked(mut results: IndexedResults) -> Result<IndexedResults, StoreError> {
    match explain(results.take_errors()) {
        Some(error) => Err(error),
        None => Ok(results),
    }
}

#[cfg(test)]
impl Store {
    /// Runs any text, to make the database misbehave.
    pub(crate) async fn run_text(&self, text: &str) {
        self.read(ask(text.to_owned())).await.unwrap();
    }
}
