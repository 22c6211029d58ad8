//! What waits for a person: answers to act on, drafts left behind, and what the
//! office holds.

use takar_domain::record::{OpId, RecordId};
use takar_sync::client::{Event, Trail, Unresolved};

use super::app::App;
use super::draft::{Draft, DraftKey};

impl App {
    /// Every draft on this device, of all its people. Reactive.
    #[must_use]
    pub fn drafts(&self) -> Vec<(DraftKey, Draft)> {
        let core = self.core();
        core.signals.drafts.track();
        let drafts = core.drafts.borrow();
        let live = drafts.all.iter().filter(|(_, draft)| !draft.gone);
        live.filter_map(|(name, draft)| Some((DraftKey::parse(name)?, draft.clone()))).collect()
    }

    /// Lays an answered operation aside on this device; the office's log keeps it.
    pub fn dismiss(&self, op: OpId) {
        self.core().feed(Event::Dismiss(op));
    }

    /// Held and late operations of the whole office. Reactive.
    #[must_use]
    pub fn unresolved(&self) -> Vec<Unresolved> {
        let core = self.core();
        core.signals.outbox.track();
        core.signals.status.track();
        core.engine.borrow().unresolved()
    }

    /// Every act on a record, oldest first, each with its group; one reading of
    /// the log, so cheaper than [`App::history`] group by group. Reactive.
    #[must_use]
    pub fn history_of(&self, record: RecordId) -> Vec<(String, Trail)> {
        let core = self.core();
        core.records.track(&record);
        core.signals.outbox.track();
        core.engine.borrow().history_of(record)
    }
}
