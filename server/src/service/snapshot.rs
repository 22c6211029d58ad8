//! The office's configuration in memory, as of one place in its log.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use takar_domain::config::Config;
use takar_domain::record::{Record, RecordId, Subject};
use takar_sync::seal;
use takar_sync::wire::Entry;

use crate::store::log::Tip;
use crate::store::{Store, StoreError};

/// What rules are judged against. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub tip: Tip,
    pub config: Arc<Config>,
    /// The records that the configuration was read from, with their heads.
    pub records: Arc<BTreeMap<RecordId, Record>>,
}

/// Log entries read at once when catching up with another server.
const CATCH_UP: u32 = 500;

impl Snapshot {
    /// Reads the whole configuration.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn load(store: &Store, office: RecordId) -> Result<Self, StoreError> {
        // The tip first: what is read after it can only be newer, and a commit
        // computed from it is refused if the log moved on.
        let tip = store.tip(office).await?;
        let records = store.config_records(office).await?;
        let mut config = Config::default();
        records.values().for_each(|record| config.apply(record));
        Ok(Self { tip, config: Arc::new(config), records: Arc::new(records) })
    }

    /// Catches up with what another server on the same database wrote.
    /// Says whether anything was new.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn refresh(&mut self, store: &Store) -> Result<bool, StoreError> {
        let office = self.tip.cursor.office;
        let tip = store.tip(office).await?;
        if tip == self.tip {
            return Ok(false);
        }
        let behind = tip.cursor.seq.checked_sub(self.tip.cursor.seq);
        if behind.is_none_or(|n| n > u64::from(CATCH_UP)) {
            *self = Self::load(store, office).await?;
            return Ok(true);
        }
        let entries = store.entries(office, self.tip.cursor.seq, CATCH_UP).await?;
        // Only what changed: while all of it is read, the other server writes again.
        let touched: Option<Vec<_>> = entries.iter().map(|(entry, _)| touched(entry)).collect();
        let Some(touched) = touched else {
            *self = Self::load(store, office).await?;
            return Ok(true);
        };
        let touched = touched.into_iter().flatten().collect();
        let changed = store.config_records_of(office, &touched).await?;
        self.advance(tip, changed);
        Ok(true)
    }

    /// Takes in what was committed.
    pub fn advance(&mut self, tip: Tip, changed: BTreeMap<RecordId, Record>) {
        self.tip = tip;
        let changed: BTreeMap<_, _> = changed.into_iter().filter(|(_, r)| r.subject.is_config()).collect();
        if changed.is_empty() {
            return;
        }
        let config = Arc::make_mut(&mut self.config);
        changed.values().for_each(|record| config.apply(record));
        Arc::make_mut(&mut self.records).extend(changed);
    }

    /// The named records: configuration from memory, measured data from the store.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn records(
        &self,
        store: &Store,
        ids: BTreeSet<RecordId>,
    ) -> Result<BTreeMap<RecordId, Record>, StoreError> {
        let (known, asked): (BTreeSet<_>, BTreeSet<_>) =
            ids.into_iter().partition(|id| self.records.contains_key(id));
        let mut found = store.data_records(self.tip.cursor.office, &asked).await?;
        found.extend(known.into_iter().filter_map(|id| Some((id, self.records.get(&id)?.clone()))));
        Ok(found)
    }
}

/// The records of the configuration that an entry may have changed; `None` if it
/// cannot be read.
fn touched(entry: &Entry) -> Option<Vec<RecordId>> {
    let operation = seal::open(entry.envelope.as_ref()?).ok()?;
    let parts = operation.parts.iter().map(|part| &part.subject);
    Some(parts.filter(|subject| subject.is_config()).map(Subject::record).collect())
}

#[cfg(test)]
mod tests;
