//! What a reader of an office's log is given, and when.

use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use takar_sync::lean;
use takar_sync::office::{Standing, standing};
use takar_sync::wire::{Cursor, Delta, Page, Receipt};

use super::clock::now_ms;
use super::office::{OPEN, Office};
use super::recent::{Recent, weight};
use crate::problem::Problem;
use crate::store::StoreError;

/// Entries of one page, and bytes of their bodies; a commit is never cut.
pub(super) const PAGE_ENTRIES: u32 = 500;
const PAGE_BYTES: u64 = 1 << 20;
/// The same of a lean page, whatever its reader asks for.
const LEAN_BYTES: std::ops::RangeInclusive<u64> = 16 << 10..=8 << 20;
/// Pages that are read and written at once: each takes memory.
pub(super) const READERS: usize = 2;
/// If others are writing more, or it lacks more of theirs, who pushes is given its
/// receipts alone: what it lacks is pulled, by all at once.
const MANY: usize = 250;
/// Longest wait of a reader for what is being written.
const QUIET: Duration = Duration::from_secs(5);

/// What a reader says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asks<'a> {
    /// Newest first.
    pub cursors: &'a [Cursor],
    /// One that has nothing may be sent for a document instead, whose pages are lean.
    pub snapshot: bool,
    /// Bytes for which it has room, if it can read a lean page.
    pub room: Option<u64>,
    /// The receipts of what it brought in the same request.
    pub pushed: &'a [Receipt],
}

impl Office {
    /// What a reader lacks.
    ///
    /// # Errors
    /// The database cannot be read, or the cursors are another office's.
    pub async fn delta(&self, asks: &Asks<'_>) -> Result<Delta, Problem> {
        let cursors = asks.cursors;
        if cursors.iter().any(|cursor| cursor.office != self.id) {
            return Err(Problem::OfficeReplaced);
        }
        let asked: Vec<u64> = cursors.iter().map(|c| c.seq).filter(|seq| *seq > 0).collect();
        let hashes = self.store.hashes(self.id, &asked).await?;
        match standing(cursors, |seq| hashes.get(&seq).cloned()) {
            Standing::At(0) if asks.snapshot && asks.room.is_some() => match self.first_load().await? {
                Some(document) => Ok(Delta::Snapshot {
                    sha256: document.sha256.clone(),
                    size: u64::try_from(document.bytes.len()).unwrap_or(u64::MAX),
                    seq: document.seq,
                    newest: self.snapshot().tip.cursor.seq,
                    now: now_ms(),
                }),
                None => Ok(Delta::Page(self.page(0, asks).await?)),
            },
            Standing::At(from) => Ok(Delta::Page(self.page(from, asks).await?)),
            Standing::Diverged { common } => {
                let newest = self.store.tip(self.id).await?.cursor.seq;
                Ok(Delta::Diverged { common, newest, now: now_ms() })
            }
        }
    }

    /// The newest place of the log, whichever server wrote it.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn tip(&self) -> Result<Cursor, StoreError> {
        Ok(self.store.tip(self.id).await?.cursor)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether so much is being written that a reader had better wait: it would
    /// be given a part now, and the rest on the next poke.
    fn is_busy(&self) -> bool {
        self.open.available_permits() + MANY < OPEN as usize
    }

    /// Waits for what was being written, but not long: whoever asks then is told
    /// all of it at once.
    pub async fn quiet(&self) {
        if self.is_busy() {
            let _ = tokio::time::timeout(QUIET, self.open.acquire_many(OPEN)).await;
        }
    }

    /// Entries after `from`, ending where a commit ended.
    async fn page(&self, from: u64, asks: &Asks<'_>) -> Result<Page, StoreError> {
        let newest = self.snapshot().tip.cursor.seq;
        let lacks = newest.saturating_sub(from).saturating_sub(asks.pushed.len() as u64);
        let much = self.is_busy() || lacks > MANY as u64;
        if much && asks.room.is_some() && !asks.pushed.is_empty() {
            return Ok(Page { from, entries: Vec::new(), newest, now: now_ms() });
        }
        let _turn = self.readers.acquire().await;
        let most = asks.room.map(|room| room.clamp(*LEAN_BYTES.start(), *LEAN_BYTES.end()));
        let is_full = |entries: usize, bytes: u64| match most {
            Some(most) => bytes >= most,
            None => bytes >= PAGE_BYTES || entries >= PAGE_ENTRIES as usize,
        };
        let mut entries = Vec::new();
        let (mut whole, mut bytes) = (0, 0u64);
        'reading: loop {
            let start = from.saturating_add(entries.len() as u64);
            let recent = self.recent().after(start, PAGE_ENTRIES);
            // Another server may have written behind what is in memory.
            let more = recent.is_some();
            let rows = match recent {
                Some(rows) => rows,
                None => self.store.entries(self.id, start, PAGE_ENTRIES).await?,
            };
            let more = more || rows.len() == PAGE_ENTRIES as usize;
            for (entry, end) in rows {
                bytes = bytes.saturating_add(weight(&entry));
                let ends = entry.seq == end;
                entries.push(entry);
                if ends {
                    whole = entries.len();
                    if is_full(whole, bytes) {
                        break 'reading;
                    }
                }
            }
            // A page holds at least one commit, however large, and no part of one.
            if !more {
                break;
            }
        }
        entries.truncate(whole);
        if asks.room.is_some() {
            lean::thin(&mut entries, asks.pushed);
        }
        let last = from.saturating_add(whole as u64);
        let newest = self.snapshot().tip.cursor.seq.max(last);
        Ok(Page { from, entries, newest, now: now_ms() })
    }
}
