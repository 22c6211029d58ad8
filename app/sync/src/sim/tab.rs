//! Tabs: engines with their effects carried out as a browser would.

use takar_domain::record::OpId;

use super::happening::Happening;
use super::setup::START;
use super::soon::Soon;
use super::world::{Tab, World};
use crate::client::{Client, Effect, Event, Now, SaveFailure, State, Stored, Table, Transaction, Trigger};

impl World<'_> {
    /// Opens a tab; nothing of an earlier one reaches it.
    pub(super) fn open(&mut self, device: usize) {
        self.count += 1;
        let boot = self.count;
        let started = self.now;
        let Some(home) = self.devices.get_mut(device) else { return };
        home.tabs.push(Tab { client: Client::new(), boot, started, timer: 0, behind: true, reading: 0 });
        let tab = home.tabs.len() - 1;
        self.soon(1, Soon::Reload { device, tab, boot });
        // One tab has the lock, and now and then another believes so too.
        let leader = tab == 0 || self.random.chance(25);
        self.hear(device, tab, boot, Event::Leader(leader));
        self.hear(device, tab, boot, Event::Wake(Trigger::Start));
    }

    /// An event for one start of one tab; if that is over, it is lost.
    pub(super) fn hear(&mut self, device: usize, tab: usize, boot: u64, mut event: Event) {
        let (now, random) = (self.now, self.random.next());
        let Some(home) = self.devices.get_mut(device) else { return };
        if let Event::Loaded(stored) | Event::Stale { stored, .. } = &mut event {
            // The app counts its drafts when it hands a reading over.
            stored.drafts = home.store.rows_of(Table::Drafts).count();
        }
        let skew = home.skew;
        let Some(open) = home.tabs.get_mut(tab).filter(|t| t.boot == boot) else { return };
        let clocks = Now {
            wall_ms: START.saturating_add_unsigned(now).saturating_add(skew),
            mono_ms: now - open.started,
            boot: uuid::Uuid::from_u128(u128::from(boot)),
        };
        let effects = open.client.handle(clocks, random, event);
        let green = matches!(open.client.status().state, State::UpToDate { .. }) && open.knows_all();
        if green {
            let left = home.store.rows_of(Table::Outbox).count() + home.store.rows_of(Table::Drafts).count();
            if left > 0 {
                self.break_off(format!("green on device {device} with {left} rows left"));
            }
        }
        for effect in effects {
            self.effect(device, tab, boot, effect);
        }
    }

    fn effect(&mut self, device: usize, tab: usize, boot: u64, effect: Effect) {
        match effect {
            Effect::Commit(txn) => {
                let after = 1 + self.random.below(30);
                self.soon(after, Soon::Store { device, tab, boot, txn: Box::new(txn) });
            }
            Effect::Send { request, call } => self.send(device, tab, boot, request, call),
            Effect::Schedule { after_ms } => {
                let Some(open) = self.tab(device, tab, boot) else { return };
                open.timer += 1;
                let timer = open.timer;
                self.soon(after_ms, Soon::Timer { device, tab, boot, timer });
            }
            Effect::SaveDone { save, result } => self.save_done(device, save, &result),
            Effect::Changed(_) => {}
        }
    }

    pub(super) fn store(&mut self, device: usize, tab: usize, boot: u64, txn: &Transaction) {
        let fails = self.happens(Happening::StoreFailure);
        let delay = self.random.below(20);
        if self.tab(device, tab, boot).is_none() {
            return; // The tab died before the browser ran it.
        }
        let id = txn.id;
        let (now, quiet) = (self.now, self.quiet);
        let Some(home) = self.devices.get_mut(device) else { return };
        if fails || (now < home.full_until && !quiet) {
            let event = Event::StoreFailed { txn: id, why: "penuh".to_owned() };
            return self.soon(delay, Soon::Hear { device, tab, boot, event: Box::new(event) });
        }
        let known = home.store.saved.len();
        let restores = self.restores - home.since;
        let ran = home.store.run(txn);
        // Each restored backup may lead a database back once.
        let went_back = home.store.rollbacks;
        let event = match ran {
            Ok(_) if went_back > restores => {
                let why = format!("device {device} went back {went_back} times after {restores} restores");
                return self.break_off(why);
            }
            Ok(true) => Event::Committed { txn: id },
            Ok(false) => Event::Stale { txn: id, stored: home.store.read() },
            Err(why) => return self.break_off(format!("device {device}: {why}")),
        };
        if home.store.saved.len() > known {
            self.check_truth(device, txn);
        }
        if matches!(event, Event::Committed { .. }) {
            self.tell_tabs(device, tab);
            self.tell_drafts(device, tab, boot);
        }
        self.soon(delay, Soon::Hear { device, tab, boot, event: Box::new(event) });
    }

    /// What the browser could not store is still typed: saved again later.
    fn save_done(&mut self, device: usize, save: u64, result: &Result<OpId, SaveFailure>) {
        let Some(request) = self.requests.remove(&save) else { return };
        if matches!(result, Err(SaveFailure::Store(_))) && !request.drop_drafts.is_empty() {
            let after = 500 + self.random.below(3_000);
            self.soon(after, Soon::Again { device, request: Box::new(request) });
        }
    }

    /// The app counts the drafts of the device.
    pub(super) fn tell_drafts(&mut self, device: usize, tab: usize, boot: u64) {
        let Some(home) = self.devices.get(device) else { return };
        let count = home.store.rows_of(Table::Drafts).count();
        self.hear(device, tab, boot, Event::Drafts(count));
    }

    /// The other tabs hear that the database changed, sooner or later.
    pub(super) fn tell_tabs(&mut self, device: usize, except: usize) {
        let Some(home) = self.devices.get_mut(device) else { return };
        // One that was told already and has not read yet will read this too.
        let others = home.tabs.iter_mut().enumerate().filter(|(n, tab)| *n != except && !tab.behind);
        let boots: Vec<_> = others
            .map(|(n, tab)| {
                tab.behind = true;
                (n, tab.boot)
            })
            .collect();
        for (tab, boot) in boots {
            let after = 1 + self.random.below(if self.quiet { 5 } else { 400 });
            self.soon(after, Soon::Reload { device, tab, boot });
        }
    }

    /// A tab reads the whole database. That takes a while, and a later reading
    /// may be done first.
    pub(super) fn reload(&mut self, device: usize, tab: usize, boot: u64) {
        let takes = self.random.below(25);
        let Some(home) = self.devices.get_mut(device) else { return };
        let Some(open) = home.tabs.get_mut(tab).filter(|t| t.boot == boot) else { return };
        open.behind = false;
        open.reading += 1;
        let stored = Box::new(home.store.read());
        self.soon(takes, Soon::Read { device, tab, boot, stored });
    }

    pub(super) fn read(&mut self, device: usize, tab: usize, boot: u64, stored: Stored) {
        let Some(open) = self.tab(device, tab, boot) else { return };
        open.reading -= 1;
        self.hear(device, tab, boot, Event::Loaded(stored));
    }
}
