//! What a device's storage does to it: wiped by the browser, full, older.

use std::collections::BTreeSet;

use takar_domain::record::OpId;

use super::ask::{Arrival, Ask, Reply, Trouble};
use super::evidence;
use super::soon::Soon;
use super::store::Store;
use super::world::{Device, World};
use crate::client::{Call, Table, Transaction};
use crate::codec::{from_cbor, to_cbor};
use crate::seal;
use crate::wire::Entry;

impl World<'_> {
    /// The browser deletes the database and keeps the cookie. What was not sent
    /// is gone; so is, once a backup was restored, what only this device had.
    pub(super) fn wipe(&mut self, device: usize) {
        let restored = self.restores > 0;
        let new = takar_domain::record::DeviceId(self.random.uuid());
        let since = self.restores;
        let Some(home) = self.devices.get_mut(device) else { return };
        home.tabs.clear();
        home.since = since;
        let mut old = std::mem::replace(&mut home.store, Store::new(self.plan.traces));
        self.traces.extend(old.trace.take());
        home.wiped = home.wiped.or(Some(home.id));
        home.id = new;
        home.past.extend(old.saved.clone());
        self.lost_files.extend(evidence::held(&old));
        let lost = if restored { held(&old) } else { waiting(&old) };
        let elsewhere = self.held_by_anybody();
        self.gone.extend(lost.difference(&elsewhere));
        for screen in self.screens.values_mut().filter(|s| s.device == device) {
            screen.draft = None;
        }
        self.reopen(device);
        let after = self.random.below(3_000);
        self.soon(after, Soon::SignIn { device });
    }

    /// A backup was restored: what wiped devices had sent, and no device that
    /// still has its database holds, is gone.
    pub(super) fn forget_the_wiped(&mut self) {
        let held = self.held_by_anybody();
        let past = self.devices.iter().flat_map(|d| d.past.keys().copied());
        self.gone.extend(past.filter(|op| !held.contains(op)).collect::<Vec<_>>());
    }

    fn held_by_anybody(&self) -> BTreeSet<OpId> {
        self.devices.iter().flat_map(|d| held(&d.store)).collect()
    }

    /// At the sign-in after a wipe the office says what the old device had
    /// reported: it must be what it was told last.
    pub(super) fn tell_of_wipe(&mut self, device: usize) {
        let Some(old) = self.devices.get_mut(device).and_then(|d| d.wiped.take()) else { return };
        let Reply::Number(told) = self.ask(Ask::Reported { device: old }) else {
            return self.check(Err("no word about a wiped device".to_owned()));
        };
        let last = self.depths.get(&old).copied().unwrap_or(0);
        self.reported += told;
        if told != last {
            self.break_off(format!("{told} unsent are told of a device that reported {last}"));
        }
    }

    /// What the office hears of a device's unsent work.
    pub(super) fn note_depth(&mut self, arrival: Arrival<'_>, reply: &Reply) {
        let done = matches!(reply, Reply::Answer(_)) || arrival.trouble == Some(Trouble::CRASH_AFTER);
        let (device, depth) = match arrival.call {
            Call::Push(push) => (push.device, push.depth),
            Call::Pull(pull) => (pull.device, pull.depth),
            Call::Range { .. } | Call::Unpack(_) | Call::Offer { .. } | Call::Part { .. } => return,
        };
        if done {
            self.depths.insert(device, depth);
        }
    }

    /// A request tells how much more there is, no less.
    pub(super) fn honest_depth(&self, device: usize, tab: usize, call: &Call) -> Result<(), String> {
        let (sent, depth) = match call {
            Call::Push(push) => (push.envelopes.len(), push.depth),
            Call::Pull(pull) => (0, pull.depth),
            Call::Range { .. } | Call::Unpack(_) | Call::Offer { .. } | Call::Part { .. } => return Ok(()),
        };
        let tab = self.devices.get(device).and_then(|d| d.tabs.get(tab));
        let waiting = tab.map_or(0, |t| t.client.status().waiting);
        if sent as u64 + depth == waiting as u64 {
            return Ok(());
        }
        Err(format!("device {device} sends {sent}, says {depth} more wait, and {waiting} do"))
    }

    /// The disk is full for a while: nothing can be written.
    pub(super) fn fill_up(&mut self, device: usize) {
        let until = self.now + 1_000 + self.random.below(9_000);
        if let Some(home) = self.devices.get_mut(device) {
            home.full_until = until;
        }
    }

    /// The device had older software until now, which skipped the shared
    /// figures: the newer one folds them out of the log that is there.
    pub(super) fn upgrade(&mut self, device: usize) {
        let unknown: Vec<_> = self.setup.shared.iter().map(|i| super::setup::figure(*i).record()).collect();
        let Some(home) = self.devices.get_mut(device).filter(|d| d.store.cursor().is_some()) else { return };
        let puts = vec![(Table::Meta, "fold".to_owned(), to_cbor(&0u32))];
        let deletes = unknown.iter().map(|record| (Table::Records, record.to_string())).collect();
        home.store.put(&Transaction { puts, deletes, ..Transaction::default() });
        home.tabs.clear();
        self.reopen(device);
    }

    /// The device starts again, with as many tabs as it happens.
    pub(super) fn reopen(&mut self, device: usize) {
        let tabs = 1 + self.random.below(self.plan.tabs as u64);
        for _ in 0..tabs {
            self.open(device);
        }
    }
}

/// Operations that wait in a device's outbox.
fn waiting(store: &Store) -> BTreeSet<OpId> {
    let waiting = store.outbox().into_iter().filter(|item| item.receipt.is_none());
    waiting.filter_map(|item| seal::peek(&item.envelope)).collect()
}

/// Operations that a device's database holds, in its outbox or its log.
fn held(store: &Store) -> BTreeSet<OpId> {
    let log = store.table(Table::Log).into_iter();
    let log = log.filter_map(|(_, row)| from_cbor::<Entry>(&row).ok().map(|entry| entry.op));
    let outbox = store.outbox().into_iter().filter_map(|item| seal::peek(&item.envelope));
    log.chain(outbox).collect()
}

impl Device {
    /// Everything that was ever durable on this device.
    pub fn promised(&self) -> impl Iterator<Item = &OpId> {
        self.past.keys().chain(self.store.saved.keys())
    }
}
