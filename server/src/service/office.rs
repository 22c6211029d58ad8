//! One office as this server sees it: its writer, and its configuration.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use takar_domain::record::{DeviceId, RecordId};
use takar_sync::office::{Incoming, Standing, standing, unreadable};
use takar_sync::operation::Envelope;
use takar_sync::wire::{Cursor, Delta, Page, Receipt};
use takar_sync::{lean, seal};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::clock::now_ms;
use super::first_load::Documents;
use super::placing::keep_refused;
use super::snapshot::Snapshot;
use super::writer::{Job, Poke, Writer};
use crate::problem::Problem;
use crate::store::number::Numbering;
use crate::store::{Store, StoreError};

/// Jobs that may wait before pushes are asked to come back.
const QUEUE: usize = 256;
/// Longest wait for a verdict; a repeat then gets the stored one.
const PATIENCE: Duration = Duration::from_secs(30);
/// Entries of one page, and bytes of their bodies; a commit is never cut.
pub(super) const PAGE_ENTRIES: u32 = 500;
const PAGE_BYTES: u64 = 1 << 20;
/// The same of a lean page, whatever its reader asks for; and what an entry
/// weighs beside its body.
const LEAN_BYTES: std::ops::RangeInclusive<u64> = 16 << 10..=8 << 20;
const ENTRY_BYTES: u64 = 200;
/// Pages that are read and written at once: each takes memory.
const READERS: usize = 2;
/// Operations that are read and wait for their commit: a read one takes ten
/// times the memory of its bytes.
const OPEN: u32 = 1_500;

/// What a reader says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asks<'a> {
    /// Newest first.
    pub cursors: &'a [Cursor],
    /// One that has nothing may be sent for a document instead.
    pub snapshot: bool,
    /// Bytes for which it has room, if it can read a lean page.
    pub room: Option<u64>,
    /// The receipts of what it brought in the same request.
    pub pushed: &'a [Receipt],
}

/// A served office.
#[derive(Debug)]
pub struct Office {
    pub id: RecordId,
    pub(super) store: Store,
    pub(super) documents: Documents,
    secret: Vec<u8>,
    jobs: mpsc::Sender<Job>,
    snapshots: watch::Receiver<Snapshot>,
    growth: watch::Receiver<u64>,
    readers: Semaphore,
    open: Semaphore,
}

impl Office {
    /// Reads an office and starts its writer. `named` says whether the database
    /// names it as the one served already; if that changes, the writer ends.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn start(store: Store, id: RecordId, named: bool) -> Result<Self, StoreError> {
        let secret = store.secret(id).await?;
        let snapshot = Snapshot::load(&store, id).await?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (grown, growth) = watch::channel(snapshot.tip.cursor.seq);
        let (published, snapshots) = watch::channel(snapshot.clone());
        let poke = Poke { grown, poked: Instant::now() };
        let writer =
            Writer { store: store.clone(), office: id, jobs: queue, named, snapshot, published, poke };
        tokio::spawn(writer.run());
        let (documents, readers) = (Documents::default(), Semaphore::new(READERS));
        let open = Semaphore::new(OPEN as usize);
        Ok(Self { id, store, documents, secret, jobs, snapshots, growth, readers, open })
    }

    /// Whether the writer still serves.
    #[must_use]
    pub fn is_served(&self) -> bool {
        !self.jobs.is_closed()
    }

    /// The configuration as of the newest place this server knows.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.snapshots.borrow().clone()
    }

    /// The newest sequence, told when the log has grown and nothing more is
    /// about to be written.
    #[must_use]
    pub fn growth(&self) -> watch::Receiver<u64> {
        self.growth.clone()
    }

    /// The key that lets a person sign operations on a device.
    #[must_use]
    pub fn key(&self, person: RecordId, device: DeviceId) -> (String, seal::Key) {
        let id = seal::key_id(person, device);
        let key = self.issued(&id);
        (id, key)
    }

    /// The key issued under an id.
    pub(super) fn issued(&self, key_id: &str) -> seal::Key {
        seal::derive_key(&self.secret, key_id)
    }

    /// Takes operations in and gives their stored verdicts, in order. An
    /// operation that came before gets the verdict it got then.
    ///
    /// # Errors
    /// Nothing about the operations: the office is busy or its database fails.
    pub async fn receive(&self, envelopes: Vec<Envelope>) -> Result<Vec<Receipt>, Problem> {
        let weight = u32::try_from(envelopes.len()).unwrap_or(OPEN).min(OPEN);
        let _turn = self.open.acquire_many(weight).await;
        let mut receipts = BTreeMap::new();
        let mut places = Vec::with_capacity(envelopes.len());
        let mut incoming = Vec::with_capacity(envelopes.len());
        let count = envelopes.len();
        for (place, envelope) in envelopes.into_iter().enumerate() {
            match seal::open(&envelope) {
                Ok(op) => {
                    let authentic = seal::authentic(&envelope, &op, &self.secret);
                    places.push(place);
                    incoming.push(Incoming { envelope, op, authentic, lacks: Vec::new() });
                }
                Err(_) => {
                    let receipt = unreadable(&envelope);
                    keep_refused(&self.store, self.id, &envelope, &receipt).await?;
                    receipts.insert(place, receipt);
                }
            }
        }
        self.note_lacking(&mut incoming).await?;
        if !incoming.is_empty() {
            receipts.extend(places.into_iter().zip(self.write(incoming).await?));
        }
        if receipts.len() == count {
            Ok(receipts.into_values().collect())
        } else {
            Err(Problem::Internal("receipts are missing".into()))
        }
    }

    /// Says of each operation which of its files have not come yet.
    async fn note_lacking(&self, incoming: &mut [Incoming]) -> Result<(), StoreError> {
        let named = incoming.iter().flat_map(|i| i.op.files()).collect();
        let present = self.store.present(self.id, &named).await?;
        for incoming in incoming {
            incoming.lacks = incoming.op.files();
            incoming.lacks.retain(|file| !present.contains(file));
        }
        Ok(())
    }

    async fn write(&self, incoming: Vec<Incoming>) -> Result<Vec<Receipt>, Problem> {
        let (reply, answer) = oneshot::channel();
        self.jobs.try_send(Job { incoming, reply }).map_err(|error| {
            tracing::warn!(%error, "the office's writer takes no more");
            Problem::Busy
        })?;
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(receipts)) => receipts,
            // The writer ended or is slow; what was committed is answered on the repeat.
            Ok(Err(_)) | Err(_) => {
                tracing::warn!("the office's writer did not answer");
                Err(Problem::Busy)
            }
        }
    }

    /// Highest operation number of one person on one device.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn last_number(&self, person: RecordId, device: DeviceId) -> Result<u64, StoreError> {
        self.store.last_number(self.id, Numbering { device, author: person }).await
    }

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
            Standing::At(0) if asks.snapshot => match self.first_load().await? {
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

    /// Entries after `from`, ending where a commit ended.
    async fn page(&self, from: u64, asks: &Asks<'_>) -> Result<Page, StoreError> {
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
            let rows = self.store.entries(self.id, start, PAGE_ENTRIES).await?;
            let read = rows.len();
            for (entry, end) in rows {
                let body = entry.envelope.as_ref().map_or(0, |e| e.body.len());
                bytes = bytes.saturating_add(body as u64).saturating_add(ENTRY_BYTES);
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
            if read < PAGE_ENTRIES as usize {
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
