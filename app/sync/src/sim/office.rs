//! The office's side of the simulation: [`crate::office`] on a store that
//! survives restarts, can be backed up and restored.

use std::collections::BTreeMap;

use takar_domain::config::{Config, Zone};
use takar_domain::record::{DeviceId, OpId, Record, RecordId};

use sha2::{Digest, Sha256};

use super::plan::Plan;
use super::setup::{START, Setup};
use super::world::Reply;
use crate::client::{Answer, Call, Failure};
use crate::codec::to_cbor;
use crate::office::{self, Incoming, Standing};
use crate::operation::Envelope;
use crate::wire::{Cursor, Delta, Entry, Page, PushAnswer, Receipt, Snapshot};
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
    /// Snapshots made since the last restart by name, if any are made.
    snapshots: Option<BTreeMap<String, Vec<u8>>>,
}

/// Most bytes that one answer brings of a snapshot.
const CUT: usize = 1_500;

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
            snapshots: None,
        };
        office.take(&[setup.founding()], at);
        office
    }

    /// The office of a plan.
    #[must_use]
    pub fn found(plan: &Plan) -> Self {
        let mut office = Self::new(&Setup::new(plan.devices), plan.page, START);
        office.offer_snapshots(plan.snapshots);
        office
    }

    /// Whether devices that have nothing are offered a snapshot.
    pub fn offer_snapshots(&mut self, offered: bool) {
        self.snapshots = offered.then(BTreeMap::new);
    }

    /// Part of a snapshot, never much at once.
    #[must_use]
    pub fn range(&self, sha256: &str, from: u64, to: u64) -> Reply {
        let found = self.snapshots.as_ref().and_then(|all| all.get(sha256)).and_then(|bytes| {
            let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
            bytes.get(from..to.min(from.saturating_add(CUT)))
        });
        match found {
            Some(bytes) => Reply::Answer(Answer::Range(bytes.to_vec())),
            None => Reply::Failure(Failure::Refused { code: "not_found".to_owned() }),
        }
    }

    /// Offers the log as it stands. Not packed: [`Call::Unpack`] gives it back.
    fn offer(&mut self, now: i64) -> Option<Delta> {
        let newest = self.tip().seq;
        let snapshots = self.snapshots.as_mut()?;
        let pages = self.durable.log.chunks(self.page).scan(0, |from, entries| {
            let page = Page { from: *from, entries: entries.to_vec(), newest, now };
            *from = entries.last()?.seq;
            Some(page)
        });
        let bytes = to_cbor(&Snapshot { pages: pages.collect() });
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        let size = u64::try_from(bytes.len()).ok()?;
        snapshots.insert(sha256.clone(), bytes);
        Some(Delta::Snapshot { sha256, size, seq: newest, newest, now })
    }

    /// Answers one request at office time `at`.
    pub fn answer(&mut self, call: &Call, at: i64) -> Answer {
        match call {
            Call::Pull(pull) => {
                let offered = if pull.snapshot { self.offer(at) } else { None };
                Answer::Pull(offered.unwrap_or_else(|| self.delta(&pull.cursors, at)))
            }
            Call::Unpack(bytes) => Answer::Unpacked(bytes.clone()),
            Call::Range { sha256, from, to } => match self.range(sha256, *from, *to) {
                Reply::Answer(answer) => answer,
                _ => Answer::Range(Vec::new()),
            },
            Call::Push(push) => {
                let receipts = self.take(&push.envelopes, at);
                Answer::Push(PushAnswer { receipts, delta: self.delta(&push.cursors, at) })
            }
        }
    }

    /// Memory is lost, the store stays.
    pub fn restart(&mut self) {
        self.config = Config::default();
        self.snapshots = self.snapshots.take().map(|_| BTreeMap::new());
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
