//! The way to the database, made anew when it broke.
//!
//! A write of the embedded engine that met a full disk leaves a torn record in
//! the engine's log. The engine goes on behind it, and finds at its next start
//! that nothing after the tear can be read: what it acknowledged meanwhile is
//! lost. So nothing is written after such an error: the engine is closed and
//! opened again, which ends its log where it is whole.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fs2::FileExt;
use surrealdb::Surreal;
use surrealdb::engine::any::{self, Any};
use surrealdb::opt::auth::Root;
use tokio::sync::RwLock;

use super::StoreError;
use super::access::{Access, NAME};

/// A broken way is tried again after this time at the earliest.
const AGAIN: Duration = Duration::from_millis(500);
/// How long an engine that was let go may take to give its folder back.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long a database server may take to answer.
pub(super) const ANSWER: Duration = Duration::from_secs(10);

/// One open database.
pub(super) struct Handle {
    pub db: Surreal<Any>,
    broken: AtomicBool,
}

impl Handle {
    /// Nothing more goes this way.
    pub fn give_up(&self) {
        self.broken.store(true, Ordering::Release);
    }

    fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }
}

#[derive(Default)]
struct Open {
    handle: Option<Arc<Handle>>,
    tried: Option<Instant>,
    closed: bool,
}

/// The way to a database.
pub(super) struct Connection {
    pub access: Access,
    open: RwLock<Open>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.access.fmt(f)
    }
}

impl Connection {
    /// Opens a database for the first time in this process.
    pub async fn open(access: Access) -> Result<Self, StoreError> {
        let unsettled = access.embedded().is_some_and(|folder| is_unsettled(&folder));
        let mut db = enter(&access).await?;
        if unsettled {
            drop(db);
            db = enter_freed(&access).await?;
        }
        let handle = Some(Arc::new(Handle { db, broken: AtomicBool::new(false) }));
        Ok(Self { access, open: RwLock::new(Open { handle, ..Open::default() }) })
    }

    /// The open database; a broken one is opened again.
    pub async fn handle(&self) -> Result<Arc<Handle>, StoreError> {
        let open = self.open.read().await.handle.clone();
        match open.filter(|handle| !handle.is_broken()) {
            Some(handle) => Ok(handle),
            None => self.renew().await,
        }
    }

    async fn renew(&self) -> Result<Arc<Handle>, StoreError> {
        let mut open = self.open.write().await;
        if let Some(handle) = open.handle.as_ref().filter(|handle| !handle.is_broken()) {
            return Ok(Arc::clone(handle));
        }
        if open.closed {
            return Err(StoreError::Away);
        }
        if open.tried.is_some_and(|tried| tried.elapsed() < AGAIN) {
            return Err(self.trouble());
        }
        open.handle = None;
        let entered = self.enter_again().await;
        open.tried = Some(Instant::now());
        match entered {
            Ok(db) => {
                tracing::info!(database = ?self.access, "the database is open again");
                let handle = Arc::new(Handle { db, broken: AtomicBool::new(false) });
                open.handle = Some(Arc::clone(&handle));
                Ok(handle)
            }
            Err(error) => {
                tracing::warn!(%error, database = ?self.access, "the database does not open again");
                Err(self.trouble())
            }
        }
    }

    /// Ends the way for good, and waits until an embedded engine has put
    /// everything in order and given its folder back.
    pub async fn close(&self) {
        let mut open = self.open.write().await;
        (open.closed, open.handle) = (true, None);
        let Some(lock) = self.access.embedded().and_then(|folder| File::open(folder.join("LOCK")).ok())
        else {
            return;
        };
        let started = Instant::now();
        while lock.try_lock_exclusive().is_err() && started.elapsed() < FAREWELL {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn enter_again(&self) -> Result<Surreal<Any>, StoreError> {
        let Some(folder) = self.access.embedded() else { return enter(&self.access).await };
        let db = enter_freed(&self.access).await?;
        if !is_unsettled(&folder) {
            return Ok(db);
        }
        drop(db);
        enter_freed(&self.access).await
    }

    /// Why nothing goes while the way is broken.
    fn trouble(&self) -> StoreError {
        if self.access.is_remote() { StoreError::Away } else { StoreError::Full }
    }
}

/// Whether the engine's log holds what its tables do not: it was not closed. The
/// engine (surrealkv 0.21) reads it, ends it at a torn record by putting a new
/// file in its place, and goes on writing into the old one, which nobody ever
/// reads. Closing it once more puts all into the tables and begins a new log.
fn is_unsettled(folder: &Path) -> bool {
    let Ok(files) = std::fs::read_dir(folder.join("wal")) else { return false };
    files.flatten().any(|file| file.metadata().is_ok_and(|about| about.is_file() && about.len() > 0))
}

/// Connects, and makes what has to be there before anything can be asked.
async fn enter(access: &Access) -> Result<Surreal<Any>, StoreError> {
    let entering = async {
        let db = any::connect(access.address()).await?;
        if let Some((username, password)) = access.entry().cloned() {
            db.signin(Root { username, password }).await?;
        }
        let named = access.named();
        db.query(format!("DEFINE NAMESPACE IF NOT EXISTS `{named}`")).await?.check()?;
        db.use_ns(named).await?;
        db.query(format!("DEFINE DATABASE IF NOT EXISTS {NAME}")).await?.check()?;
        db.use_ns(named).use_db(NAME).await?;
        db.query("DEFINE TABLE IF NOT EXISTS meta SCHEMALESS").await?.check()?;
        Ok::<_, surrealdb::Error>(db)
    };
    if access.is_remote() {
        return tokio::time::timeout(ANSWER, entering)
            .await
            .map_err(|_| StoreError::Away)?
            .map_err(Into::into);
    }
    Ok(entering.await?)
}

/// Enters a folder that this process has just let go.
async fn enter_freed(access: &Access) -> Result<Surreal<Any>, StoreError> {
    let started = Instant::now();
    loop {
        match enter(access).await {
            // An engine ends with its last handle, in its own time.
            Err(StoreError::Failed(error)) if is_taken(&error) && started.elapsed() < FAREWELL => {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            other => return other,
        }
    }
}

fn is_taken(error: &surrealdb::Error) -> bool {
    error.to_string().contains("already")
}
