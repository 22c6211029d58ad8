//! The world: devices with tabs, a network with faults, and one queue of time.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::record::{DeviceId, OpId, RecordId};
use takar_domain::sorted::Set;

use super::plan::Plan;
use super::random::Random;
use super::setup::Setup;
use super::store::Store;
use crate::client::{Answer, Call, Client, Event, Failure, Transaction, Trigger};
use crate::verdict::Verdict;
use crate::wire::Delta;

/// What the office side is asked: the hook through which the same runs go to
/// a simulated office or to a real server.
#[derive(Debug)]
pub enum Ask<'a> {
    /// A request arrives at office time `at` (ms since 1970 UTC).
    Call {
        call: &'a Call,
        at: i64,
    },
    /// The last number of a person on a device, told at sign-in.
    LastNumber {
        device: DeviceId,
        person: RecordId,
    },
    Restart,
    BackUp,
    /// Answer [`Reply::Nothing`] if there is no backup.
    Restore,
}

/// The office side's answer to an [`Ask`].
#[derive(Debug)]
pub enum Reply {
    Answer(Answer),
    Failure(Failure),
    Number(u64),
    Done,
    Nothing,
}

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
}

#[derive(Debug)]
pub(super) struct Device {
    pub store: Store,
    pub tabs: Vec<Tab>,
    pub online: bool,
    /// How far the wall clock is off, in ms.
    pub skew: i64,
}

/// Something that will happen.
#[derive(Debug)]
pub(super) enum Soon {
    Person {
        device: usize,
    },
    Fault,
    Hear {
        device: usize,
        tab: usize,
        boot: u64,
        event: Box<Event>,
    },
    Timer {
        device: usize,
        tab: usize,
        boot: u64,
        timer: u64,
    },
    /// The browser runs a transaction.
    Store {
        device: usize,
        tab: usize,
        boot: u64,
        txn: Box<Transaction>,
    },
    /// Another tab wrote: this one reads everything again.
    Reload {
        device: usize,
        tab: usize,
        boot: u64,
    },
    /// A request reaches the office; `answered` is false for a repeated one.
    Arrive {
        device: usize,
        tab: usize,
        boot: u64,
        request: u64,
        call: Box<Call>,
        answered: bool,
    },
    SignIn {
        device: usize,
    },
    Online {
        device: usize,
        online: bool,
    },
}

/// What a person saw when saving, to hold the operation to it.
#[derive(Debug)]
pub(super) struct Screen {
    pub seen: Vec<(RecordId, String, Vec<OpId>, Set<OpId>)>,
    pub draft: Option<String>,
    pub device: usize,
}

/// One run.
pub struct World<'a> {
    pub(super) setup: Setup,
    pub(super) plan: Plan,
    pub(super) random: Random,
    office: &'a mut dyn FnMut(Ask<'_>) -> Reply,
    pub(super) now: u64,
    queue: BTreeMap<(u64, u64), Soon>,
    pub(super) count: u64,
    pub(super) devices: Vec<Device>,
    /// By the tag that the operation carries as its reason.
    pub(super) screens: BTreeMap<String, Screen>,
    /// Verdicts that the office has told; a restore may change them.
    told: BTreeMap<OpId, Verdict>,
    /// Newest sequence that the office told.
    pub(super) newest: u64,
    pub(super) dismissed: BTreeSet<OpId>,
    pub(super) restores: u64,
    pub(super) quiet: bool,
    pub(super) broken: Option<String>,
}

impl<'a> World<'a> {
    /// A world of `plan`, in which every random choice follows from `seed`.
    #[must_use]
    pub fn new(seed: u64, plan: Plan, office: &'a mut dyn FnMut(Ask<'_>) -> Reply) -> Self {
        let setup = Setup::new(plan.devices);
        let devices = (0..plan.devices).map(|_| Device {
            store: Store::default(),
            tabs: Vec::new(),
            online: true,
            skew: 0,
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
            newest: 0,
            dismissed: BTreeSet::new(),
            restores: 0,
            quiet: false,
            broken: None,
        }
    }

    pub(super) fn ask(&mut self, ask: Ask<'_>) -> Reply {
        (self.office)(ask)
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
            Soon::Arrive { device, tab, boot, request, call, answered } => {
                self.arrive(device, tab, boot, request, &call, answered);
            }
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
            Answer::Range(_) | Answer::Unpacked(_) => return,
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
            self.told.insert(op, verdict.clone());
        }
    }

    /// What the office had told counts no more.
    pub(super) fn forget_told(&mut self) {
        self.told.clear();
        self.restores += 1;
    }
}
