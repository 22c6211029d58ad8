//! One office as this server sees it: its writer, and its configuration.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use takar_domain::record::{DeviceId, RecordId};
use takar_sync::office::{Incoming, rests, signatures, unreadable};
use takar_sync::operation::{Envelope, Operation};
use takar_sync::seal;
use takar_sync::wire::Receipt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

use super::first_load::Documents;
use super::placing::keep_refused;
use super::reading::READERS;
use super::recent::Recent;
use super::signing_key::SigningKey;
use super::snapshot::Snapshot;
use super::turns::Turns;
use super::writer::{Job, Poke, Writer};
use crate::problem::Problem;
use crate::store::number::Numbering;
use crate::store::{Store, StoreError};

/// Jobs that may wait before pushes are asked to come back.
const QUEUE: usize = 256;
/// Longest wait for a verdict; a repeat then gets the stored one.
const PATIENCE: Duration = Duration::from_secs(30);
/// Operations that are read and wait for their commit: a read one takes ten
/// times the memory of its bytes.
pub(super) const OPEN: u32 = 1_000;

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
    pub(super) readers: Semaphore,
    pub(super) open: Arc<Semaphore>,
    pub(super) recent: Arc<Mutex<Recent>>,
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
        let recent = Arc::<Mutex<Recent>>::default();
        let writer = Writer {
            store: store.clone(),
            office: id,
            jobs: queue,
            named,
            snapshot,
            recent: recent.clone(),
            published,
            poke,
            turns: Turns::default(),
        };
        tokio::spawn(writer.run());
        let (documents, readers) = (Documents::default(), Semaphore::new(READERS));
        let open = Arc::new(Semaphore::new(OPEN as usize));
        Ok(Self { id, store, documents, secret, jobs, snapshots, growth, readers, open, recent })
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

    /// The key that the office itself works with in a person's name.
    pub(super) fn own_key(&self, person: RecordId, device: DeviceId) -> (String, seal::Key) {
        let id = seal::office_key_id(person, device);
        let key = self.issued(&id);
        (id, key)
    }

    /// The key that documents are signed with.
    ///
    /// # Errors
    /// The secret gives none.
    pub(super) fn signing_key(&self) -> Result<SigningKey, Problem> {
        SigningKey::derive(&self.secret)
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
        let turn = self.turn(envelopes.len()).await?;
        let mut receipts = BTreeMap::new();
        let mut places = Vec::with_capacity(envelopes.len());
        let mut incoming = Vec::with_capacity(envelopes.len());
        let count = envelopes.len();
        for (place, envelope) in envelopes.into_iter().enumerate() {
            match seal::open(&envelope) {
                Ok(op) => {
                    let authentic = seal::authentic(&envelope, &op, &self.secret);
                    places.push(place);
                    let by_office = self.by_office(&envelope, &op, authentic).await?;
                    incoming.push(Incoming { envelope, op, authentic, by_office, lacks: Vec::new() });
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
            receipts.extend(places.into_iter().zip(self.write(incoming, turn).await?));
        }
        if receipts.len() == count {
            Ok(receipts.into_values().collect())
        } else {
            Err(Problem::Internal("receipts are missing".into()))
        }
    }

    /// Whether an operation is the office's own, made over this log as it stands.
    async fn by_office(
        &self,
        envelope: &Envelope,
        op: &Operation,
        authentic: bool,
    ) -> Result<bool, StoreError> {
        let seqs: Vec<u64> = signatures(op).map(|(_, signature)| signature.seq).collect();
        let hashes =
            if seqs.is_empty() { BTreeMap::new() } else { self.store.hashes(self.id, &seqs).await? };
        Ok(rests(envelope, op, authentic, |seq| hashes.get(&seq).cloned()))
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

    /// Waits until so many more operations may be read. Whoever goes away while
    /// they wait for their commit leaves them, and their turn, in the queue.
    async fn turn(&self, operations: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let weight = u32::try_from(operations).unwrap_or(OPEN).min(OPEN);
        let turn = Arc::clone(&self.open).acquire_many_owned(weight);
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => {
                tracing::warn!("too many operations wait for the office's writer");
                Err(Problem::Busy)
            }
        }
    }

    async fn write(
        &self,
        incoming: Vec<Incoming>,
        turn: OwnedSemaphorePermit,
    ) -> Result<Vec<Receipt>, Problem> {
        let (reply, answer) = oneshot::channel();
        self.jobs.try_send(Job { incoming, reply, turn }).map_err(|error| {
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
}
