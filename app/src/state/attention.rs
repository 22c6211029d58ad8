//! What waits for a person: answers to act on, drafts left behind, and what the
//! office holds.

use takar_domain::record::{OpId, RecordId, Value};
use takar_sync::client::{Aside, Event, Trail, Unresolved};
use takar_sync::operation::Change;

use super::app::App;
use super::core::bump;
use super::draft::{Draft, DraftKey};
use super::start::INSTALL;
use crate::platform::tail;

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

    /// Lays an operation aside on this device, with a reason unless it was only
    /// read; the office's log keeps what reached it.
    pub fn dismiss(&self, op: OpId, reason: &str) {
        self.core().feed(Event::Dismiss { op, reason: reason.into() });
    }

    /// Whether the office refuses to look at it. Reactive.
    #[must_use]
    pub fn is_refused(&self, op: OpId) -> bool {
        let core = self.core();
        core.signals.status.track();
        core.engine.borrow().refusal(op).is_some()
    }

    /// Lets the office look once more at what it refused to look at.
    pub fn retry(&self, op: OpId) {
        self.core().feed(Event::Retry(op));
    }

    /// Lets the office look once more at every file that it did not take.
    pub fn retry_files(&self) {
        self.core().feed(Event::RetryFiles);
    }

    /// What was laid aside on this device, the newest first. Reactive.
    #[must_use]
    pub fn laid_aside(&self) -> Vec<Aside> {
        let core = self.core();
        core.signals.outbox.track();
        core.engine.borrow().laid_aside()
    }

    /// What stood before a change, as far as this device knows. Not reactive.
    #[must_use]
    pub fn before(&self, record: RecordId, change: &Change) -> Option<Value> {
        self.core().engine.borrow().before(record, change)
    }

    /// The notices that the person who works has read on this device. Reactive.
    #[must_use]
    pub fn read_notices(&self) -> Vec<String> {
        let core = self.core();
        core.signals.read.track();
        let person = core.signals.person.get();
        person.and_then(|person| tail::flag(&read_by(person))).unwrap_or_default()
    }

    /// Marks notices as read on this device: these, and no others.
    pub fn mark_read(&self, keys: Vec<String>) {
        let core = self.core();
        if let Some(person) = core.signals.person.get_untracked() {
            tail::set_flag(&read_by(person), Some(keys));
            bump(core.signals.read);
        }
    }

    /// Takes the hint for iPhones away, after the reader has seen it.
    pub fn dismiss_install(&self) {
        tail::set_flag(INSTALL, Some(true));
        self.core().signals.install.set(false);
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

/// Flag: the keys of the notices that a person has read here.
fn read_by(person: RecordId) -> String {
    ["read/", &person.to_string()].concat()
}
