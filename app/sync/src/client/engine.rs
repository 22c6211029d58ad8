//! The engine itself: one event in, effects out; and what a screen may ask.

use std::collections::VecDeque;

use takar_domain::config::Config;
use takar_domain::record::{DeviceId, OpId, Record, RecordId};
use takar_domain::sorted::{Set, sort_by_key};

use super::aside::Laying;
use super::event::{Account, Changes, Effect, Event, Now, SaveRequest};
use super::fold;
use super::job::{Flight, Job};
use super::load::Load;
use super::net::Net;
use super::outgoing::Outgoing;
use super::replica::{FOLD, REVISION, Replica, WORKING};
use super::table::Stored;
use super::upload::{Progress, Uploads};
use super::view::View;
use crate::codec::from_cbor;
use crate::operation::Operation;
use crate::wire::Cursor;

/// One tab's engine. It holds nothing that is not stored, except wishes.
#[derive(Debug)]
pub struct Client {
    pub(super) replica: Replica,
    pub(super) view: View,
    pub(super) net: Net,
    pub(super) load: Load,
    pub(super) uploads: Uploads,
    /// Who works here: author of what is saved.
    pub(super) working: Option<RecordId>,
    pub(super) loaded: bool,
    pub(super) drafts: usize,
    /// The browser's words, if it could not store the last thing.
    pub(super) trouble: Option<String>,
    pub(super) jobs: VecDeque<Job>,
    pub(super) flight: Option<Flight>,
    /// Saves that came before the stored data was read.
    early: Vec<SaveRequest>,
    /// Counts requests, transactions and operations of this start.
    pub(super) ids: u64,
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// An engine that knows nothing yet: give it [`Event::Loaded`] first.
    #[must_use]
    pub fn new() -> Self {
        Self {
            replica: Replica::default(),
            view: View::default(),
            net: Net::new(),
            load: Load::default(),
            uploads: Uploads::default(),
            working: None,
            loaded: false,
            drafts: 0,
            trouble: None,
            jobs: VecDeque::new(),
            flight: None,
            early: Vec::new(),
            ids: 0,
        }
    }

    /// Takes one event. `random` must be fresh and unpredictable: operation
    /// ids and back-off are made of it.
    pub fn handle(&mut self, now: Now, random: u64, event: Event) -> Vec<Effect> {
        let mut out = Vec::new();
        let status = self.status();
        match event {
            Event::Loaded(stored) => self.load(now, random, stored, &mut out),
            Event::Save(request) => self.save(now, random, request, &mut out),
            Event::Dismiss { op, reason } => {
                let at = now.wall_ms;
                self.jobs.push_back(Job::Dismiss(Laying { op, reason, by: self.working, at }));
            }
            Event::Retry(op) => {
                self.net.set_aside.remove(&op);
                self.net.hurry();
            }
            Event::RetryFiles => {
                self.uploads.retry();
                self.net.hurry();
            }
            Event::Wake(trigger) => self.wake(now, trigger, &mut out),
            Event::Answer { request, result } => self.answered(now, random, request, result, &mut out),
            Event::Committed { txn } => self.committed(txn, &mut out),
            Event::Stale { txn, stored } => self.stale(txn, stored, &mut out),
            Event::StoreFailed { txn, why } => self.store_failed(now, random, txn, why, &mut out),
            Event::Gate(gate) => {
                self.uploads.gate = gate;
                self.net.saved();
            }
            Event::Drafts(count) => self.drafts = count,
            Event::SignedIn(account) => self.jobs.push_back(Job::SignIn(account)),
            Event::SignedOut(person) => self.jobs.push_back(Job::SignOut(person)),
            Event::Use(person) => self.jobs.push_back(Job::Use(person)),
            Event::Leader(leader) => self.net.lead(leader),
        }
        self.store_next(now, random, &mut out);
        self.send_next(now, random, &mut out);
        if self.status() != status {
            out.push(Effect::Changed(Changes { status: true, ..Changes::default() }));
        }
        out
    }

    /// A record as this device sees it: confirmed, with the waiting work on top.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<Record> {
        self.view.record(&self.replica, id).cloned()
    }

    /// A record as the office confirmed it.
    #[must_use]
    pub fn confirmed(&self, id: RecordId) -> Option<&Record> {
        self.replica.records.get(&id).map(|record| &**record)
    }

    /// Ids of every record that this device sees.
    #[must_use]
    pub fn record_ids(&self) -> Set<RecordId> {
        self.view.overlaid().chain(self.replica.records.keys()).copied().collect()
    }

    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.view.config
    }

    /// Waiting work and unsettled answers of every person, in order of sending.
    pub fn outbox(&self) -> impl Iterator<Item = &Outgoing> {
        let mut all: Vec<_> = self.replica.outbox.values().filter(|o| !o.is_taken()).collect();
        sort_by_key(&mut all, |o| (o.item.place, o.op));
        all.into_iter()
    }

    /// Whether an operation is in the request that is under way.
    #[must_use]
    pub fn is_sending(&self, op: OpId) -> bool {
        self.net.asked.as_ref().is_some_and(|asked| asked.ops.contains(&op))
    }

    /// Files that the office has not confirmed.
    #[must_use]
    pub fn uploads(&self) -> Vec<Progress> {
        self.uploads.progress(&self.replica)
    }

    /// The people signed in on this device.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        self.replica.accounts()
    }

    /// Who works here now.
    #[must_use]
    pub const fn working(&self) -> Option<RecordId> {
        self.working
    }

    #[must_use]
    pub fn device(&self) -> Option<DeviceId> {
        self.replica.device()
    }

    /// Where this device stands in the office's log.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.replica.cursor()
    }

    /// Saves under way to the store, oldest first.
    pub(super) fn saving(&self) -> impl Iterator<Item = &Operation> {
        let jobs = self.flight.iter().map(|f| &f.job).chain(&self.jobs);
        jobs.filter_map(|job| match job {
            Job::Save(saving) => Some(&saving.operation),
            _ => None,
        })
    }

    fn load(&mut self, now: Now, random: u64, stored: Stored, out: &mut Vec<Effect>) {
        self.drafts = stored.drafts;
        if self.loaded && !self.is_news(&stored) {
            return;
        }
        self.restock(stored, out);
        self.refold_if_older();
        for (request, nth) in std::mem::take(&mut self.early).into_iter().zip(0..) {
            self.save(now, random.wrapping_add(nth), request, out);
        }
    }

    /// Other software has folded what is stored.
    pub(super) fn refold_if_older(&mut self) {
        let older = self.replica.cursor().is_some() && self.replica.meta(FOLD) != Some(fold::VERSION);
        let mut jobs = self.flight.iter().map(|f| &f.job).chain(&self.jobs);
        if older && !jobs.any(|job| matches!(job, Job::Refold)) {
            self.jobs.push_back(Job::Refold);
        }
    }

    /// Readings may come late: only a newer one than the mirror counts.
    pub(super) fn is_news(&self, stored: &Stored) -> bool {
        let row = stored.meta.iter().find(|(key, _)| key == REVISION);
        let revision = row.and_then(|(_, value)| from_cbor::<u64>(value).ok()).unwrap_or(0);
        revision > self.replica.revision()
    }

    /// The mirror is replaced by what is really stored.
    pub(super) fn restock(&mut self, stored: Stored, out: &mut Vec<Effect>) {
        self.drafts = stored.drafts;
        let mut records = self.record_ids();
        let before: Vec<_> = self.replica.accounts().collect();
        self.replica = Replica::load(stored, &self.replica);
        self.loaded = true;
        // The session is the browser's: a sign-in in another tab opens it here.
        if !self.replica.accounts().eq(before) {
            self.net.signed_in();
        }
        self.choose_working();
        let mut view = std::mem::take(&mut self.view);
        view.reset(&self.replica, self.saving());
        self.view = view;
        records.extend(self.record_ids());
        out.push(Effect::Changed(Changes { config: true, records, outbox: true, status: true }));
    }

    /// The person chosen last, if still signed in; else anybody who is.
    pub(super) fn choose_working(&mut self) {
        let chosen = self.replica.meta(WORKING).filter(|p| self.replica.account(*p).is_some());
        self.working = chosen.or_else(|| self.replica.accounts().next().map(|a| a.person));
    }

    fn save(&mut self, now: Now, random: u64, request: SaveRequest, out: &mut Vec<Effect>) {
        if !self.loaded {
            self.early.push(request);
            return;
        }
        self.ids = self.ids.wrapping_add(1);
        let save = request.save;
        match self.prepare(now, random, request) {
            Ok(saving) => {
                let (records, config) = self.view.add(&self.replica, &saving.operation);
                self.jobs.push_back(Job::Save(saving));
                out.push(Effect::Changed(Changes { config, records, outbox: true, status: false }));
            }
            Err(why) => out.push(Effect::SaveDone { save, result: Err(why) }),
        }
    }

    /// Renews the view and says what changed in it.
    pub(super) fn look(&mut self, touched: Set<RecordId>, outbox: bool, out: &mut Vec<Effect>) {
        let mut view = std::mem::take(&mut self.view);
        let (records, config) = view.renew(&self.replica, self.saving(), touched);
        self.view = view;
        if config || outbox || !records.is_empty() {
            out.push(Effect::Changed(Changes { config, records, outbox, status: false }));
        }
    }
}
