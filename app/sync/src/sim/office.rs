//! The office's side of the simulation: [`crate::office`] on a store that
//! survives restarts, can be backed up and restored.

use std::collections::BTreeMap;

use takar_domain::config::{Config, Zone};
use takar_domain::record::{DeviceId, OpId, Record, RecordId};

use super::setup::Setup;
use crate::client::{Answer, Call};
use crate::office::{self, Incoming, Standing};
use crate::operation::Envelope;
use crate::wire::{Cursor, Delta, Entry, Page, PushAnswer, Receipt};
use crate::{chain, seal};

/// A simulated office.
#[derive(Clone, Debug)]
pub struct SimOffice {
    office: RecordId,
    secret: Vec<u8>,
    /// Most entries in one page.
    page: usize,
    durable: Durable,
    config: Config,
    backup: Option<Durable>,
}

/// What survives a restart.
#[derive(Clone, Debug, Default)]
struct Durable {
    log: Vec<Entry>,
    records: BTreeMap<RecordId, Record>,
    by_op: BTreeMap<OpId, u64>,
    /// Last number by device and person.
    numbers: BTreeMap<(DeviceId, RecordId), u64>,
}

impl SimOffice {
    /// An office founded by [`Setup::founding`].
    #[must_use]
    pub fn new(setup: &Setup, page: usize, at: i64) -> Self {
        let mut office = Self {
            office: setup.office,
            secret: setup.secret.clone(),
            page,
            durable: Durable::default(),
            config: Config::default(),
            backup: None,
        };
        office.take(&[setup.founding()], at);
        office
    }

    /// Answers one request at office time `at`.
    pub fn answer(&mut self, call: &Call, at: i64) -> Answer {
        match call {
            Call::Pull(pull) => Answer::Pull(self.delta(&pull.cursors, at)),
            Call::Push(push) => {
                let receipts = self.take(&push.envelopes, at);
                Answer::Push(PushAnswer { receipts, delta: self.delta(&push.cursors, at) })
            }
        }
    }

    /// Memory is lost, the store stays.
    pub fn restart(&mut self) {
        self.config = Config::default();
        for record in self.durable.records.values() {
            self.config.apply(record);
        }
    }

    pub fn back_up(&mut self) {
        self.backup = Some(self.durable.clone());
    }

    /// The newest backup is all that is left. False if there is none.
    pub fn restore(&mut self) -> bool {
        let Some(backup) = self.backup.clone() else { return false };
        self.durable = backup;
        self.restart();
        true
    }

    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.durable.log
    }

    #[must_use]
    pub const fn records(&self) -> &BTreeMap<RecordId, Record> {
        &self.durable.records
    }

    /// The last number that the office has of a person on a device.
    #[must_use]
    pub fn last_number(&self, device: DeviceId, person: RecordId) -> u64 {
        self.durable.numbers.get(&(device, person)).copied().unwrap_or(0)
    }

    fn take(&mut self, envelopes: &[Envelope], at: i64) -> Vec<Receipt> {
        let mut fresh: Vec<Incoming> = Vec::new();
        let known = |fresh: &[Incoming], op: OpId| fresh.iter().any(|i| i.op.id == op);
        for envelope in envelopes {
            let Ok(op) = seal::open(envelope) else { continue };
            if !self.durable.by_op.contains_key(&op.id) && !known(&fresh, op.id) {
                let authentic = seal::authentic(envelope, &op, &self.secret);
                fresh.push(Incoming { envelope: envelope.clone(), op, authentic });
            }
        }
        while !fresh.is_empty() {
            fresh = self.commit(fresh, at);
        }
        envelopes.iter().map(|e| self.receipt(e)).collect()
    }

    fn commit(&mut self, fresh: Vec<Incoming>, at: i64) -> Vec<Incoming> {
        let wanted = office::reads(&self.config, &fresh);
        let stored = &self.durable.records;
        let loaded = wanted.iter().filter_map(|id| Some((*id, stored.get(id)?.clone()))).collect();
        for incoming in &fresh {
            let op = &incoming.op;
            if incoming.authentic {
                let last = self.durable.numbers.entry((op.device, op.author)).or_default();
                *last = op.number.max(*last);
            }
        }
        let batch = office::commit(&self.config, &loaded, &self.tip(), fresh, at, Zone::Wib);
        for entry in batch.entries {
            self.durable.by_op.insert(entry.op, entry.seq);
            self.durable.log.push(entry);
        }
        for (id, record) in batch.changed {
            self.config.apply(&record);
            self.durable.records.insert(id, record);
        }
        batch.rest
    }

    fn receipt(&self, envelope: &Envelope) -> Receipt {
        let stored = seal::open(envelope).ok().and_then(|op| self.entry(*self.durable.by_op.get(&op.id)?));
        stored.map_or_else(|| office::unreadable(envelope), |entry| office::duplicate(entry, envelope))
    }

    fn entry(&self, seq: u64) -> Option<&Entry> {
        self.durable.log.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    fn tip(&self) -> Cursor {
        self.durable.log.last().map_or_else(
            || chain::origin(self.office),
            |entry| Cursor { office: self.office, seq: entry.seq, hash: entry.hash.clone() },
        )
    }

    fn delta(&self, cursors: &[Cursor], now: i64) -> Delta {
        let newest = self.tip().seq;
        match office::standing(cursors, |seq| self.entry(seq).map(|e| e.hash.clone())) {
            Standing::Diverged { common } => Delta::Diverged { common, newest, now },
            Standing::At(from) => {
                let skip = usize::try_from(from).unwrap_or(usize::MAX);
                let entries = self.durable.log.iter().skip(skip).take(self.page).cloned().collect();
                Delta::Page(Page { from, entries, newest, now })
            }
        }
    }
}
