//! The world: devices with tabs, a network with faults, and one queue of time.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::record::{DeviceId, OpId, RecordId};
use takar_domain::sorted::Set;

use super::ask::{Ask, Reply};
use super::happening::Happening;
use super::plan::Plan;
use super::random::Random;
use super::setup::Setup;
use super::soon::Soon;
use super::store::Store;
use super::trace::Traced;
use super::traffic::Traffic;
use crate::client::{Answer, Client, Event, SaveRequest, Trigger};
use crate::operation::{Envelope, Operation};
use crate::verdict::Verdict;
use crate::wire::Delta;

/// A tab: an engine that a crash throws away.
#[derive(Debug)]
pub(super) struct Tab {
    pub client: Client,
    /// Distinguishes starts: what was meant for an earlier one is lost.
    pub boot: u64,
    pub(super) started: u64,
    /// The timer that counts; earlier wishes are replaced.
    pub(super) timer: u64,
    /// The database was written by another tab and this one was not told yet.
    pub behind: bool,
    /// Readings of the database under way.
    pub reading: u32,
}

impl Tab {
    /// It was told of everything that the other tabs wrote.
    pub const fn knows_all(&self) -> bool {
        !self.behind && self.reading == 0
    }
}

#[derive(Debug)]
pub(super) struct Device {
    /// Another one after a wipe: the office takes the browser for a new device.
    pub id: DeviceId,
    pub store: Store,
    pub tabs: Vec<Tab>,
    pub online: bool,
    /// How far the wall clock is off, in ms.
    pub skew: i64,
    /// The disk is full until then.
    pub full_until: u64,
    /// What was saved before the browser wiped the database.
    pub past: BTreeMap<OpId, Operation>,
    /// Wiped, and the person was not told yet what the old device reported last.
    pub wiped: Option<DeviceId>,
    /// So many backups had been restored when the database was made.
    pub since: u64,
    /// Newest request of this device that the office has seen.
    pub(super) arrived: u64,
}

/// What a person saw when saving, to hold the operation to it.
#[derive(Debug)]
pub(super) struct Screen {
    pub seen: Vec<(RecordId, String, Vec<OpId>, Set<OpId>)>,
    pub draft: Option<String>,
    pub device: usize,
    /// Who worked there at that moment.
    pub author: Option<RecordId>,
}

/// One run.
pub struct World<'a> {
    pub(super) setup: Setup,
    pub(super) plan: Plan,
    pub(super) random: Random,
    office: &'a mut dyn FnMut(Ask<'_>) -> Reply,
    pub(super) now: u64,
    pub(super) queue: BTreeMap<(u64, u64), Soon>,
    pub(super) count: u64,
    pub(super) devices: Vec<Device>,
    /// By the tag that the operation carries as its reason.
    pub(super) screens: BTreeMap<String, Screen>,
    /// Verdicts that the office has told; a restore may change them.
    told: BTreeMap<OpId, Verdict>,
    /// Those that it had told before the newest restore.
    told_before: BTreeMap<OpId, Verdict>,
    /// Operations of which a restored office told another verdict.
    pub(super) judged_anew: BTreeSet<OpId>,
    /// Newest sequence that the office told.
    pub(super) newest: u64,
    pub(super) dismissed: BTreeSet<OpId>,
    /// Saves under way by their number, to be tried again if the disk is full.
    pub(super) requests: BTreeMap<u64, SaveRequest>,
    /// Sent by other software, on a device that is not simulated.
    pub(super) others: Vec<Envelope>,
    /// No device holds it any more: it may be missing, and nothing else may.
    pub(super) gone: BTreeSet<OpId>,
    /// Files of which a wipe may have taken the only bytes, or a restored backup
    /// lacks those that the office had confirmed.
    pub(super) lost_files: BTreeSet<String>,
    /// Files that the office said it has.
    pub(super) confirmed: BTreeSet<String>,
    /// Unsent operations that people were told were lost in a wipe.
    pub(super) reported: u64,
    /// What the office was told of each device's unsent operations.
    pub(super) depths: BTreeMap<DeviceId, u64>,
    /// The same, as its backup has it.
    depths_kept: BTreeMap<DeviceId, u64>,
    pub(super) met: [u64; Happening::ALL.len()],
    pub(super) traffic: Traffic,
    pub(super) restores: u64,
    pub(super) quiet: bool,
    pub(super) broken: Option<String>,
    /// Of databases that were wiped.
    pub(super) traces: Vec<Vec<Traced>>,
}

impl<'a> World<'a> {
    /// A world of `plan`, in which every random choice follows from `seed`.
    #[must_use]
    pub fn new(seed: u64, plan: Plan, office: &'a mut dyn FnMut(Ask<'_>) -> Reply) -> Self {
        let setup = Setup::new(plan.devices);
        let counted = plan.counts_bytes;
        let traced = plan.traces;
        let devices = setup.devices.iter().map(|id| Device {
            id: *id,
            store: Store::new(traced),
            tabs: Vec::new(),
            online: true,
            skew: 0,
            full_until: 0,
            past: BTreeMap::new(),
            wiped: None,
            since: 0,
            arrived: 0,
        });
        Self {
            devices: devices.collect(),
            setup,
            plan,
            random: Random::new(seed),
            office,
            now: 0,
            queue: BTreeMap::new(),
            count: 0,
            screens: BTreeMap::new(),
            told: BTreeMap::new(),
            told_before: BTreeMap::new(),
            judged_anew: BTreeSet::new(),
            newest: 0,
            dismissed: BTreeSet::new(),
            requests: BTreeMap::new(),
            others: Vec::new(),
            gone: BTreeSet::new(),
            lost_files: BTreeSet::new(),
            confirmed: BTreeSet::new(),
            reported: 0,
            depths: BTreeMap::new(),
            depths_kept: BTreeMap::new(),
            met: [0; Happening::ALL.len()],
            traffic: Traffic { counted, ..Traffic::default() },
            restores: 0,
            quiet: false,
            broken: None,
            traces: Vec::new(),
        }
    }

    pub(super) fn ask(&mut self, ask: Ask<'_>) -> Reply {
        (self.office)(ask)
    }

    pub(super) const fn note(&mut self, what: Happening) {
        self.met[what as usize] += 1;
    }

    /// Whether it happens now; counted if so. Nothing does once all is quiet.
    pub(super) fn happens(&mut self, what: Happening) -> bool {
        let happens = !self.quiet && self.random.chance(self.plan.weight(what));
        if happens {
            self.note(what);
        }
        happens
    }

    pub(super) fn soon(&mut self, after: u64, what: Soon) {
        self.count += 1;
        self.queue.insert((self.now + after, self.count), what);
    }

    /// The next thing that happens; false when nothing will.
    pub(super) fn step(&mut self) -> bool {
        let Some(((at, _), what)) = self.queue.pop_first() else { return false };
        self.now = at;
        match what {
            Soon::Person { device } => self.person(device),
            Soon::Fault => self.fault(),
            Soon::Hear { device, tab, boot, event } => self.hear(device, tab, boot, *event),
            Soon::Timer { device, tab, boot, timer } => {
                if self.tab(device, tab, boot).is_some_and(|t| t.timer == timer) {
                    self.hear(device, tab, boot, Event::Wake(Trigger::Timer));
                }
            }
            Soon::Store { device, tab, boot, txn } => self.store(device, tab, boot, &txn),
            Soon::Reload { device, tab, boot } => self.reload(device, tab, boot),
            Soon::Read { device, tab, boot, stored } => self.read(device, tab, boot, *stored),
            Soon::Arrive { device, tab, boot, request, call, answered, nth } => {
                self.arrive(device, tab, boot, request, &call, answered, nth);
            }
            Soon::Again { device, request } => self.save_again(device, *request),
            Soon::Import { device, envelopes } => self.import(device, envelopes),
            Soon::SignIn { device } => self.sign_in(device),
            Soon::Online { device, online } => self.switch(device, online),
        }
        true
    }

    /// Whether anything but timers and people is under way.
    pub(super) fn is_busy(&self) -> bool {
        let idle = |soon: &Soon| matches!(soon, Soon::Timer { .. } | Soon::Person { .. } | Soon::Fault);
        !self.queue.values().all(idle)
    }

    pub(super) fn tab(&mut self, device: usize, tab: usize, boot: u64) -> Option<&mut Tab> {
        self.devices.get_mut(device)?.tabs.get_mut(tab).filter(|t| t.boot == boot)
    }

    pub(super) fn break_off(&mut self, why: String) {
        self.broken.get_or_insert(format!("at {} ms: {why}", self.now));
    }

    pub(super) fn check(&mut self, result: Result<(), String>) {
        if let Err(why) = result {
            self.break_off(why);
        }
    }

    /// The office tells only one verdict for each operation, whatever is repeated.
    pub(super) fn note_told(&mut self, answer: &Answer) {
        let (receipts, delta) = match answer {
            Answer::Push(push) => (push.receipts.as_slice(), &push.delta),
            Answer::Pull(delta) => (&[][..], delta),
            Answer::Range(_) | Answer::Unpacked(_) | Answer::Stands(_) => return,
        };
        let (entries, newest) = match delta {
            Delta::Page(page) => (page.entries.as_slice(), page.newest),
            Delta::Diverged { newest, .. } | Delta::Snapshot { newest, .. } => (&[][..], *newest),
            Delta::Withheld { .. } => (&[][..], self.newest),
        };
        self.newest = newest;
        let told = receipts.iter().map(|r| (r.op, &r.verdict));
        for (op, verdict) in told.chain(entries.iter().map(|e| (e.op, &*e.verdict))) {
            if self.told.get(&op).is_some_and(|first| first != verdict) {
                return self.break_off(format!("the verdict of {op} changed"));
            }
            if self.told_before.get(&op).is_some_and(|before| before != verdict) {
                self.judged_anew.insert(op);
            }
            if self.told.insert(op, verdict.clone()).is_none() {
                self.note_absent(verdict);
            }
        }
    }

    /// The office is copied, with what it heard.
    pub(super) fn back_up(&mut self) {
        self.ask(Ask::BackUp);
        self.depths_kept.clone_from(&self.depths);
    }

    /// What the office had told counts no more: it may judge otherwise now, and
    /// knows only what it had heard when it was copied.
    pub(super) fn forget_told(&mut self) {
        self.told_before.append(&mut self.told);
        self.lost_files.append(&mut self.confirmed);
        self.depths.clone_from(&self.depths_kept);
        self.restores += 1;
    }
}
