//! What every request goes through: the database, the office served now, and
//! the server's own hand in its log.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use takar_domain::record::{DeviceId, Made, OpId, RecordId, Source};
use takar_sync::operation::{Envelope, Operation, Part, SCHEMA};
use takar_sync::seal;
use tokio::sync::RwLock;
use uuid::Uuid;

use super::clock::now_ms;
use super::office::Office;
use super::password::Passwords;
use super::secret::one_time_code;
use super::throttle::Addresses;
use crate::blob::Files;
use crate::problem::Problem;
use crate::store::{Store, StoreError};

/// What the office does by its own hand in a person's name.
pub(super) struct OfficeAct {
    pub acted_for: Option<RecordId>,
    pub source: Source,
    pub reason: Option<String>,
    pub part: Part,
}

/// The service behind HTTP and the command line.
#[derive(Debug)]
pub struct Front {
    pub store: Store,
    pub files: Files,
    /// Demo data may be made and shown (`--demo`).
    pub demo: bool,
    pub(super) passwords: Passwords,
    pub(super) addresses: Addresses,
    /// Opens the first run; printed on the console, never answered.
    pub(super) code: String,
    office: RwLock<Option<Arc<Office>>>,
    /// This process as a writer of operations. Fresh at each start, so that two
    /// servers never number alike.
    device: DeviceId,
    numbers: Mutex<BTreeMap<RecordId, u64>>,
}

impl Front {
    /// A service over an open database.
    ///
    /// # Errors
    /// The operating system gives no randomness.
    pub fn new(store: Store, files: Files, demo: bool) -> Result<Self, super::secret::NoRandomness> {
        Ok(Self {
            store,
            files,
            demo,
            passwords: Passwords::default(),
            addresses: Addresses::default(),
            code: one_time_code()?,
            office: RwLock::new(None),
            device: DeviceId(Uuid::now_v7()),
            numbers: Mutex::default(),
        })
    }

    /// The one-time code of the first run, for the console.
    #[must_use]
    pub fn first_run_code(&self) -> &str {
        &self.code
    }

    /// The office served now.
    ///
    /// # Errors
    /// [`Problem::NotFounded`], or the database cannot be read.
    pub async fn office(&self) -> Result<Arc<Office>, Problem> {
        self.find_office().await?.ok_or(Problem::NotFounded)
    }

    /// The office served now, if one was founded.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn find_office(&self) -> Result<Option<Arc<Office>>, StoreError> {
        if let Some(office) = self.office.read().await.as_ref().filter(|o| o.is_served()) {
            return Ok(Some(Arc::clone(office)));
        }
        let mut place = self.office.write().await;
        if let Some(office) = place.as_ref().filter(|o| o.is_served()) {
            return Ok(Some(Arc::clone(office)));
        }
        let Some(id) = self.store.office().await? else { return Ok(None) };
        let office = Arc::new(Office::start(self.store.clone(), id, true).await?);
        *place = Some(Arc::clone(&office));
        Ok(Some(office))
    }

    /// Serves another office from now on.
    pub(super) async fn serve_instead(&self, office: Arc<Office>) {
        *self.office.write().await = Some(office);
    }

    /// An operation made here, in a person's name, sealed like any other.
    #[must_use]
    pub fn sealed(&self, office: &Office, author: RecordId, source: Source, parts: Vec<Part>) -> Envelope {
        let operation = self.operation(office, author, source, parts);
        let (id, key) = office.key(author, self.device);
        seal::seal(&operation, &key, &id)
    }

    fn operation(&self, office: &Office, author: RecordId, source: Source, parts: Vec<Part>) -> Operation {
        Operation {
            id: OpId(Uuid::now_v7()),
            office: office.id,
            device: self.device,
            author,
            number: self.next_number(author),
            acted_for: None,
            source,
            schema: SCHEMA,
            made: Made { wall: now_ms(), anchor: None },
            reason: None,
            names: None,
            parts,
        }
    }

    /// The same by the office's own hand, which nobody else has: for what a person
    /// may decide and only the office may do.
    #[must_use]
    pub(super) fn sealed_by_office(&self, office: &Office, author: RecordId, act: OfficeAct) -> Envelope {
        let OfficeAct { acted_for, source, reason, part } = act;
        let operation = Operation { acted_for, reason, ..self.operation(office, author, source, vec![part]) };
        let (id, key) = office.own_key(author, self.device);
        seal::seal(&operation, &key, &id)
    }

    fn next_number(&self, author: RecordId) -> u64 {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let last = numbers.entry(author).or_default();
        *last = last.saturating_add(1);
        *last
    }
}
