//! The office's side of the simulation: [`crate::office`] in one or two
//! instances on a store that survives restarts, can be backed up and restored.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use takar_domain::record::{DeviceId, OpId, Record, RecordId};

use super::ask::{Arrival, Ask, Reply, Trouble};
use super::plan::Plan;
use super::setup::{START, Setup};
use super::writer::Instance;
use crate::client::{Answer, Call, Failure};
use crate::codec::to_cbor;
use crate::office::{self, Standing};
use crate::operation::Envelope;
use crate::wire::{Cursor, Delta, Entry, Page, PushAnswer, Receipt, Snapshot};
use crate::{chain, lean, seal};

/// A simulated office.
#[derive(Clone, Debug)]
pub struct SimOffice {
    pub(super) office: RecordId,
    pub(super) secret: Vec<u8>,
    /// Most entries in one page.
    page: usize,
    pub(super) durable: Durable,
    pub(super) instances: Vec<Instance>,
    backup: Option<Durable>,
    /// Devices that have nothing are offered a snapshot, of which one answer
    /// brings so many bytes at most.
    snapshots: Option<usize>,
    /// Now and then it answers a push with its receipts alone.
    busy: bool,
}

/// Most bytes of a snapshot in one answer, in a planned run.
const CUT: usize = 6_000;

/// What survives a restart.
#[derive(Clone, Debug, Default)]
pub(super) struct Durable {
    pub log: Vec<Entry>,
    pub records: BTreeMap<RecordId, Record>,
    pub by_op: BTreeMap<OpId, u64>,
    /// Last number by device and person.
    pub numbers: BTreeMap<(DeviceId, RecordId), u64>,
    /// Unsent operations at each device's last report.
    pub reports: BTreeMap<DeviceId, u64>,
    /// Bytes of files that are whole, and how far others came, of how many.
    pub files: BTreeMap<String, u64>,
    pub unfinished: BTreeMap<String, (u64, u64)>,
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
            instances: vec![Instance::default()],
            backup: None,
            snapshots: None,
            busy: false,
        };
        drop(office.take(0, &[setup.founding()], at, None));
        office
    }

    /// The office of a plan.
    #[must_use]
    pub fn found(plan: &Plan) -> Self {
        let mut office = Self::new(&Setup::new(plan.devices), plan.page, START);
        office.instances.resize_with(plan.instances.max(1), Instance::default);
        office.snapshots = plan.snapshots.then_some(CUT);
        office.busy = plan.busy;
        office
    }

    /// Offers a snapshot to devices that have nothing, in answers of `most` bytes.
    pub const fn offer_snapshots(&mut self, most: usize) {
        self.snapshots = Some(most);
    }

    /// Part of a snapshot that an instance made, never much at once.
    fn range(&self, instance: usize, sha256: &str, from: u64, to: u64) -> Reply {
        let found = self.instances.get(instance).and_then(|i| i.snapshots.get(sha256)).and_then(|bytes| {
            let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
            bytes.get(from..to.min(from.saturating_add(self.snapshots?)))
        });
        match found {
            Some(bytes) => Reply::Answer(Answer::Range(bytes.to_vec())),
            None => Reply::Failure(Failure::Refused { code: "not_found".to_owned() }),
        }
    }

    /// Offers the log as it stands. Not packed: [`Call::Unpack`] gives it back.
    fn offer(&mut self, instance: usize, now: i64) -> Option<Delta> {
        let newest = self.tip().seq;
        let snapshots = &mut self.instances.get_mut(instance).filter(|_| self.snapshots.is_some())?.snapshots;
        let pages = self.durable.log.chunks(self.page).scan(0, |from, whole| {
            let mut entries = whole.to_vec();
            lean::thin(&mut entries, &[]);
            let page = Page { from: *from, entries, newest, now };
            *from = whole.last()?.seq;
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
        match self.arrive(Arrival { call, at, instance: 0, trouble: None }) {
            Reply::Answer(answer) => answer,
            _ => Answer::Range(Vec::new()),
        }
    }

    /// Serves one [`Ask`].
    pub fn serve(&mut self, ask: Ask<'_>) -> Reply {
        match ask {
            Ask::Call(arrival) => self.arrive(arrival),
            Ask::Race(first, second) => {
                // The second is durable before the first compares its counter,
                // which is then computed anew; unless it has nothing to commit.
                let repeats = matches!(first.call, Call::Push(p) if self.unknown(&p.envelopes).is_empty());
                let early = repeats.then(|| self.arrive(first));
                let second = self.arrive(second);
                Reply::Both(Box::new([early.unwrap_or_else(|| self.arrive(first)), second]))
            }
            Ask::LastNumber { device, person } => Reply::Number(self.last_number(device, person)),
            Ask::Reported { device } => {
                Reply::Number(self.durable.reports.get(&device).copied().unwrap_or(0))
            }
            Ask::BackUp => {
                self.back_up();
                Reply::Done
            }
            Ask::Restore if self.restore() => Reply::Done,
            Ask::Restore => Reply::Nothing,
        }
    }

    /// The last number that the office has of a person on a device.
    #[must_use]
    pub fn last_number(&self, device: DeviceId, person: RecordId) -> u64 {
        self.durable.numbers.get(&(device, person)).copied().unwrap_or(0)
    }

    fn arrive(&mut self, Arrival { call, at, instance, trouble }: Arrival<'_>) -> Reply {
        if trouble == Some(Trouble::CRASH_BEFORE) {
            self.restart(instance);
            return Reply::Failure(Failure::Offline);
        }
        let answer = match call {
            Call::Pull(pull) => {
                let offered =
                    if pull.snapshot && pull.room.is_some() { self.offer(instance, at) } else { None };
                self.durable.reports.insert(pull.device, pull.depth);
                Answer::Pull(offered.unwrap_or_else(|| self.delta(&pull.cursors, at, pull.room, &[])))
            }
            Call::Unpack(bytes) => Answer::Unpacked(bytes.clone()),
            Call::Range { sha256, from, to } => match self.range(instance, sha256, *from, *to) {
                Reply::Answer(answer) => answer,
                refused => return refused,
            },
            Call::Offer { sha256, size } => Answer::Stands(self.durable.stands(sha256, *size)),
            Call::Part { sha256, from, to } => match self.durable.append(sha256, *from, *to) {
                Ok(offset) => Answer::Stands(offset),
                Err(refused) => return Reply::Failure(refused),
            },
            Call::Push(push) => {
                let Some(receipts) = self.take(instance, &push.envelopes, at, trouble) else {
                    return Reply::Failure(Failure::Offline);
                };
                self.durable.reports.insert(push.device, push.depth);
                let delta = self.delta(&push.cursors, at, push.room, &receipts);
                Answer::Push(PushAnswer { receipts, delta })
            }
        };
        if trouble == Some(Trouble::CRASH_AFTER) {
            self.restart(instance);
            return Reply::Failure(Failure::Offline);
        }
        Reply::Answer(answer)
    }

    /// An instance's memory is lost, the store stays.
    pub fn restart(&mut self, instance: usize) {
        if let Some(instance) = self.instances.get_mut(instance) {
            *instance = Instance::default();
        }
    }

    pub fn back_up(&mut self) {
        self.backup = Some(self.durable.clone());
    }

    /// The newest backup is all that is left. False if there is none.
    pub fn restore(&mut self) -> bool {
        let Some(backup) = self.backup.clone() else { return false };
        self.durable = backup;
        self.instances.fill_with(Instance::default);
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

    pub(super) fn receipt(&self, envelope: &Envelope) -> Receipt {
        let stored = seal::open(envelope).ok().and_then(|op| self.entry(*self.durable.by_op.get(&op.id)?));
        stored.map_or_else(|| office::unreadable(envelope), |entry| office::duplicate(entry, envelope))
    }

    fn entry(&self, seq: u64) -> Option<&Entry> {
        self.durable.log.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    pub(super) fn tip(&self) -> Cursor {
        self.durable.log.last().map_or_else(
            || chain::origin(self.office),
            |entry| Cursor { office: self.office, seq: entry.seq, hash: entry.hash.clone() },
        )
    }

    fn delta(&self, cursors: &[Cursor], now: i64, room: Option<u64>, pushed: &[Receipt]) -> Delta {
        let newest = self.tip().seq;
        match office::standing(cursors, |seq| self.entry(seq).map(|e| e.hash.clone())) {
            Standing::Diverged { common } => Delta::Diverged { common, newest, now },
            Standing::At(from) => {
                let skip = usize::try_from(from).unwrap_or(usize::MAX);
                let mut entries: Vec<_> =
                    self.durable.log.iter().skip(skip).take(self.page).cloned().collect();
                if self.busy && room.is_some() && !pushed.is_empty() && now % 5 == 0 {
                    entries.clear();
                }
                if room.is_some() {
                    lean::thin(&mut entries, pushed);
                }
                Delta::Page(Page { from, entries, newest, now })
            }
        }
    }
}
