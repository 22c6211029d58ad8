//! The log as one immutable document, for devices that have nothing yet.
//!
//! It ends at a fixed place for a log of a given length, so that two servers,
//! or one before and after a restart, make the same document under the same
//! name, and a load that was cut goes on.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use takar_sync::codec::to_cbor;
use takar_sync::wire::{Entry, Page, Snapshot};
use takar_sync::{chain, lean};
use tokio::sync::Mutex;

use super::office::Office;
use super::reading::PAGE_ENTRIES;
use super::secret::hex;
use crate::problem::Problem;
use crate::store::StoreError;

/// Entries from which on a first load is a document. Below, pages are as quick.
pub const THRESHOLD: u64 = 2_000;
/// A document ends with the last commit before a multiple of this: so far it
/// falls behind before a new one is made.
const STEP: u64 = 1_000;
/// The newest, and the one that devices may be fetching.
const KEPT: usize = 2;

/// A part of the log from its beginning, packed. Every reader has the same
/// audience today; documents for others would be kept beside these.
#[derive(Debug)]
pub struct Document {
    /// SHA-256 of `bytes` in hexadecimal digits.
    pub sha256: String,
    /// The last sequence in it.
    pub seq: u64,
    /// The multiple of [`STEP`] that it was made for.
    mark: u64,
    /// gzip of a [`Snapshot`] in CBOR.
    pub bytes: Vec<u8>,
}

/// The documents made since this server started, oldest first.
#[derive(Debug, Default)]
pub struct Documents(Mutex<Vec<Arc<Document>>>);

impl Office {
    /// What a device that has nothing begins with; `None` while the log is short.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn first_load(&self) -> Result<Option<Arc<Document>>, Problem> {
        let newest = self.snapshot().tip.cursor.seq;
        if newest < THRESHOLD {
            return Ok(None);
        }
        let mark = newest - newest % STEP;
        // Held while one is made: who comes meanwhile waits for the same one.
        let mut kept = self.documents.0.lock().await;
        if let Some(document) = kept.iter().find(|d| d.mark == mark) {
            return Ok(Some(Arc::clone(document)));
        }
        let Some(document) = self.make(mark).await? else { return Ok(None) };
        let document = Arc::new(document);
        kept.push(Arc::clone(&document));
        if kept.len() > KEPT {
            kept.remove(0);
        }
        Ok(Some(document))
    }

    /// The document of this name.
    ///
    /// # Errors
    /// There is none, or no longer; the database cannot be read.
    pub async fn document(&self, sha256: &str) -> Result<Arc<Document>, Problem> {
        let named = |d: &&Arc<Document>| d.sha256 == sha256;
        if let Some(document) = self.documents.0.lock().await.iter().find(named) {
            return Ok(Arc::clone(document));
        }
        // After a restart the name may be that of the one to be made.
        self.first_load().await?.filter(|d| d.sha256 == sha256).ok_or(Problem::NotFound)
    }

    async fn make(&self, mark: u64) -> Result<Option<Document>, Problem> {
        // One statement, and so one read transaction.
        let most = u32::try_from(mark).unwrap_or(u32::MAX);
        let pages = pages(self.store.entries(self.id, 0, most).await?);
        let Some(seq) = pages.last().map(|page| page.newest) else { return Ok(None) };
        let origin = chain::origin(self.id);
        let packed = tokio::task::spawn_blocking(move || {
            let all = pages.iter().try_fold(origin, |at, page| chain::verify(&at, &page.entries));
            all.and_then(|_| pack(pages).ok())
        });
        let packed = packed.await.map_err(|e| Problem::Internal(e.to_string()))?;
        let bytes = packed.ok_or_else(|| StoreError::Corrupt("the log's chain is broken".into()))?;
        Ok(Some(Document { sha256: hex(&Sha256::digest(&bytes)), seq, mark, bytes }))
    }
}

fn pack(mut pages: Vec<Page>) -> std::io::Result<Vec<u8>> {
    pages.iter_mut().for_each(|page| lean::thin(&mut page.entries, &[]));
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&to_cbor(&Snapshot { pages }))?;
    packer.finish()
}

/// Entries, each with the end of its commit, as pages that end with commits.
fn pages(rows: Vec<(Entry, u64)>) -> Vec<Page> {
    let whole = rows.iter().rposition(|(entry, end)| entry.seq == *end).map_or(0, |last| last + 1);
    let newest = u64::try_from(whole).unwrap_or(u64::MAX);
    let (mut pages, mut entries, mut from) = (Vec::new(), Vec::new(), 0);
    for (entry, end) in rows.into_iter().take(whole) {
        let (seq, now) = (entry.seq, entry.at);
        entries.push(entry);
        if seq == newest || (seq == end && entries.len() >= PAGE_ENTRIES as usize) {
            pages.push(Page { from, entries: std::mem::take(&mut entries), newest, now });
            from = seq;
        }
    }
    pages
}
