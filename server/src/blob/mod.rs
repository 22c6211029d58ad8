//! The bytes of evidence: whole files under their SHA-256, and uploads that
//! are not whole yet.
//!
//! - [`place`]: where the files are, by configuration
//! - `spool`: unfinished uploads, in a folder of this machine
//! - `lane`: one writer at a time for one upload, the newest
//!
//! A file is in the store only after its hash was checked, never changes, and
//! is on the disk when [`Files::put`] returns. Everything else about it is in
//! the database (`store::file`).

mod lane;
pub mod place;
pub mod spool;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use takar_domain::record::RecordId;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard, Semaphore};

use self::lane::Lanes;
use self::place::Place;
use self::spool::Spool;
use crate::room;

/// Whole files that are checked at once: each is in memory meanwhile.
const CHECKS: usize = 2;
/// Uploads that are written at once.
const WRITERS: usize = 32;

/// Why bytes were not read or written.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// No room; nothing was written.
    #[error("no space left for files")]
    Full,
    #[error("no such file")]
    Missing,
    /// The bucket's service does not answer, or not to us.
    #[error("the bucket: {0}")]
    Away(String),
    #[error("files: {0}")]
    Failed(String),
}

impl From<std::io::Error> for FilesError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            _ if room::was_lacking(&error) => Self::Full,
            std::io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<Error> for FilesError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } => Self::Missing,
            Error::Generic { store: "S3", source } => Self::Away(source.to_string()),
            Error::Unauthenticated { source, .. } | Error::PermissionDenied { source, .. } => {
                Self::Away(source.to_string())
            }
            other => {
                let text = other.to_string();
                if room::is_lacking(&text) { Self::Full } else { Self::Failed(text) }
            }
        }
    }
}

/// A stream of a file's bytes.
pub type Flow = std::pin::Pin<Box<dyn tokio_stream::Stream<Item = Result<Bytes, Error>> + Send>>;

/// A handle; clones share everything.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    prefix: Key,
    /// The same store, if it is a folder: its names must reach the disk too.
    folder: Option<Arc<LocalFileSystem>>,
    pub spool: Arc<Spool>,
    pub(crate) lanes: Arc<Lanes>,
    pub(crate) checks: Arc<Semaphore>,
    pub(crate) writers: Arc<Semaphore>,
    sweeping: Arc<RwLock<()>>,
}

impl Files {
    /// Opens the store; unfinished uploads are in `spool`.
    ///
    /// # Errors
    /// The folder cannot be made, or the address is none.
    pub fn open(place: &Place, spool: &Path) -> Result<Self, FilesError> {
        let files = match place {
            Place::Folder(folder) => {
                spool::make_private(folder)?;
                let local = Arc::new(LocalFileSystem::new_with_prefix(folder)?);
                Self::new(Arc::clone(&local) as Arc<dyn ObjectStore>, Key::default(), Some(local), spool)
            }
            Place::Bucket(url) => {
                let (store, prefix) = place::bucket(url)?;
                Self::new(store, prefix, None, spool)
            }
            Place::Memory => Self::new(Arc::new(InMemory::new()), Key::default(), None, spool),
        };
        Ok(files)
    }

    fn new(
        store: Arc<dyn ObjectStore>,
        prefix: Key,
        folder: Option<Arc<LocalFileSystem>>,
        spool: &Path,
    ) -> Self {
        Self {
            store,
            prefix,
            folder,
            spool: Arc::new(Spool::new(spool.to_owned())),
            lanes: Arc::default(),
            checks: Arc::new(Semaphore::new(CHECKS)),
            writers: Arc::new(Semaphore::new(WRITERS)),
            sweeping: Arc::default(),
        }
    }

    /// `<office>/<first two digits>/<sha256>`; both parts are checked names.
    fn key(&self, office: RecordId, sha256: &str) -> Key {
        let first = sha256.get(..2).unwrap_or_default();
        let parts = [office.to_string(), first.to_owned(), sha256.to_owned()];
        parts.iter().fold(self.prefix.clone(), |key, part| key.join(part.as_str()))
    }

    /// Writes a whole file whose hash was checked; it is on the disk after this.
    ///
    /// # Errors
    /// See [`FilesError`].
    pub async fn put(&self, office: RecordId, sha256: &str, bytes: Bytes) -> Result<(), FilesError> {
        let key = self.key(office, sha256);
        self.store.put(&key, bytes.into()).await?;
        if let Some(folder) = &self.folder {
            let file = folder.path_to_filesystem(&key)?;
            tokio::task::spawn_blocking(move || spool::sync(&file))
                .await
                .map_err(|error| FilesError::Failed(error.to_string()))??;
        }
        Ok(())
    }

    /// A whole file in memory.
    ///
    /// # Errors
    /// [`FilesError::Missing`] if it is not there.
    pub async fn read(&self, office: RecordId, sha256: &str) -> Result<Bytes, FilesError> {
        Ok(self.store.get(&self.key(office, sha256)).await?.bytes().await?)
    }

    /// The bytes of a file, or of a part of it, as they come.
    ///
    /// # Errors
    /// [`FilesError::Missing`] if it is not there.
    pub async fn flow(&self, office: RecordId, sha256: &str, part: Range<u64>) -> Result<Flow, FilesError> {
        let options = GetOptions { range: Some(GetRange::Bounded(part)), ..GetOptions::default() };
        Ok(self.store.get_opts(&self.key(office, sha256), options).await?.into_stream())
    }

    /// Length of a stored file in bytes, if it is there.
    ///
    /// # Errors
    /// The store cannot be reached.
    pub async fn size(&self, office: RecordId, sha256: &str) -> Result<Option<u64>, FilesError> {
        match self.store.head(&self.key(office, sha256)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// The store cannot be reached.
    pub async fn remove(&self, office: RecordId, sha256: &str) -> Result<(), FilesError> {
        match self.store.delete(&self.key(office, sha256)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Holds the sweep off while a file gets its bytes and its row.
    pub(crate) async fn storing(&self) -> RwLockReadGuard<'_, ()> {
        self.sweeping.read().await
    }

    /// Holds new files off while one loses its row and its bytes.
    pub(crate) async fn sweeping(&self) -> RwLockWriteGuard<'_, ()> {
        self.sweeping.write().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    #[test]
    fn no_room_is_no_room_whichever_store_says_so() {
        for number in [27, 28, 122] {
            let told = || std::io::Error::from_raw_os_error(number);
            assert!(matches!(FilesError::from(told()), FilesError::Full), "{number}");
            let source = Box::new(std::io::Error::other(told()));
            let error = Error::Generic { store: "LocalFileSystem", source };
            assert!(matches!(FilesError::from(error), FilesError::Full), "{number} of the folder");
            let error = surrealdb::Error::internal(format!("IO error: {}", told()));
            assert!(matches!(StoreError::from(error), StoreError::Full), "{number} of the database");
        }
        // A disk that is broken (5) is not full.
        let told = || std::io::Error::from_raw_os_error(5);
        assert!(matches!(FilesError::from(told()), FilesError::Failed(_)));
        let error = Error::Generic { store: "LocalFileSystem", source: Box::new(told()) };
        assert!(matches!(FilesError::from(error), FilesError::Failed(_)));
    }
}
