//! The office's evidence checked against its hashes and its operations.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use takar_domain::record::RecordId;

use super::secret::hex;
use crate::blob::Files;
use crate::store::{Store, StoreError};

/// How much evidence there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub files: usize,
    pub bytes: u64,
    /// Named by operations and still on somebody's device, or lost.
    pub awaited: usize,
}

impl Evidence {
    /// Counts it by the database alone.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn count(store: &Store, office: RecordId) -> Result<Self, StoreError> {
        let mut named = store.named_files(office).await?;
        let lines = store.files(office).await?;
        for line in &lines {
            named.remove(&line.sha256);
        }
        let bytes = lines.iter().map(|line| line.size).sum();
        Ok(Self { files: lines.len(), bytes, awaited: named.len() })
    }
}

/// Reads every file again; gives those that are not what their name says.
///
/// # Errors
/// The database cannot be read.
pub async fn broken(store: &Store, files: &Files, office: RecordId) -> Result<Vec<String>, StoreError> {
    let mut broken = Vec::new();
    for line in store.files(office).await? {
        let whole = match files.read(office, &line.sha256).await {
            Ok(bytes) => hex(&Sha256::digest(&bytes)) == line.sha256,
            Err(error) => {
                tracing::warn!(%error, file = line.sha256, "a file cannot be read");
                false
            }
        };
        // It may have been swept since.
        if !whole && store.file(office, &line.sha256).await?.is_some() {
            broken.push(line.sha256);
        }
    }
    Ok(broken)
}
