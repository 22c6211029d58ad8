//! What stands behind [`super::App`]: the engine, the drafts, the browser's
//! handles and the signals, in one place per page.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use crate::signal::*;
use gloo_timers::callback::Timeout;
use takar_domain::config::Config;
use takar_domain::record::{OpId, RecordId};
use takar_domain::sorted::{Map, Set};
use takar_sync::client::{Client, Event, Now};
use uuid::Uuid;

use super::draft::Draft;
use super::later::Later;
use super::link::Line;
use super::shared::Shared;
use super::track::Tracks;
use super::view::{Phase, SaveError};
use crate::api::setup::FirstRunState;
use crate::platform::clock;
use crate::platform::database::Database;
use crate::platform::leader::Leader;
use crate::platform::tabs::Tabs;

/// Signals that pages depend on. Revisions say "read again".
#[derive(Clone, Copy)]
pub(super) struct Signals {
    pub phase: RwSignal<Phase>,
    pub person: RwSignal<Option<RecordId>>,
    pub entrance: RwSignal<Option<FirstRunState>>,
    pub config: RwSignal<Arc<Config>>,
    pub cycle: RwSignal<Option<RecordId>>,
    pub outbox: RwSignal<u32>,
    pub status: RwSignal<u32>,
    pub drafts: RwSignal<u32>,
    /// Which notices were read on this device.
    pub read: RwSignal<u32>,
    pub wiped: RwSignal<Option<u64>>,
    /// Whether the last thing could not be stored; `Some(true)`: the device is full.
    pub store_failed: RwSignal<Option<bool>>,
    pub cut: RwSignal<bool>,
    pub update: RwSignal<bool>,
    /// Whether to say that iPhones keep only installed apps.
    pub install: RwSignal<bool>,
}

impl Signals {
    fn new() -> Self {
        Self {
            phase: RwSignal::new(Phase::Starting),
            person: RwSignal::new(None),
            entrance: RwSignal::new(None),
            config: RwSignal::new(Arc::default()),
            cycle: RwSignal::new(None),
            outbox: RwSignal::new(0),
            status: RwSignal::new(0),
            drafts: RwSignal::new(0),
            read: RwSignal::new(0),
            wiped: RwSignal::new(None),
            store_failed: RwSignal::new(None),
            cut: RwSignal::new(false),
            update: RwSignal::new(false),
            install: RwSignal::new(false),
        }
    }
}

/// Tells the readers of a revision to read again.
pub(super) fn bump(revision: RwSignal<u32>) {
    revision.update(|n| *n = n.wrapping_add(1));
}

/// Drafts in memory: what pages see, and what the store still lacks.
#[derive(Default)]
pub(super) struct Drafts {
    pub all: Map<String, Draft>,
    /// Names to write at the next flush.
    pub dirty: Set<String>,
}

pub(super) struct Core {
    pub signals: Signals,
    pub engine: Shared<Client>,
    boot: Uuid,
    pub database: Shared<Option<Database>>,
    pub drafts: Shared<Drafts>,
    pub records: Tracks<RecordId>,
    pub draft_tracks: Tracks<String>,
    /// Records of which any draft changed.
    pub draft_records: Tracks<RecordId>,
    pub saves: Shared<Map<u64, Later<Result<OpId, SaveError>>>>,
    pub saves_made: Cell<u64>,
    pub leads: Cell<bool>,
    /// Everything unsent was exported since the last save.
    pub exported: Cell<bool>,
    /// Office time last heard, and the monotonic ms of that moment.
    pub heard: Cell<Option<(i64, u64)>>,
    /// Rows changed in another tab while this one was hidden or busy.
    pub behind: Cell<bool>,
    pub timer: Shared<Option<Timeout>>,
    pub flush: Shared<Option<Timeout>>,
    pub line: Shared<Line>,
    pub tabs: Shared<Option<Tabs>>,
    pub leader: Shared<Option<Rc<Leader>>>,
}

impl Core {
    /// One per page, and as long as it: closures and tasks share it freely.
    pub fn new() -> &'static Self {
        let boot = clock::uuid_v7();
        let engine = Client::new();
        Box::leak(Box::new(Self {
            signals: Signals::new(),
            engine: Shared::new(engine),
            boot,
            database: Shared::default(),
            drafts: Shared::default(),
            records: Tracks::default(),
            draft_tracks: Tracks::default(),
            draft_records: Tracks::default(),
            saves: Shared::default(),
            saves_made: Cell::new(0),
            leads: Cell::new(false),
            exported: Cell::new(false),
            heard: Cell::new(None),
            behind: Cell::new(false),
            timer: Shared::default(),
            flush: Shared::default(),
            line: Shared::default(),
            tabs: Shared::default(),
            leader: Shared::default(),
        }))
    }

    /// Tells the engine, and does what it wants.
    pub fn feed(&'static self, event: Event) {
        let effects = self.engine.borrow_mut().handle(self.now(), clock::random_u64(), event);
        for effect in effects {
            self.execute(effect);
        }
    }

    pub fn now(&self) -> Now {
        now(self.boot)
    }

    /// Says that the device stored something, or why it did not.
    pub fn store_fails(&self, full: Option<bool>) {
        let failed = self.signals.store_failed;
        if failed.get_untracked() != full {
            failed.set(full);
        }
    }

    /// The open store, once the app started.
    pub fn store(&self) -> Option<Database> {
        self.database.borrow().clone()
    }
}

fn now(boot: Uuid) -> Now {
    Now { wall_ms: clock::wall_ms(), mono_ms: clock::mono_ms(), boot }
}
