//! When to talk, when to wait, and what is known about the connection.

use takar_domain::record::OpId;
use takar_domain::sorted::{Map, Set};
use uuid::Uuid;

use super::event::{Failure, Now, Trigger};
use super::push::BATCH;
use super::room::Room;
use crate::wire::Cursor;

/// Longest wait between two tries in ms.
const LONGEST: u64 = 60_000;
/// Longest wait before the first try after a connection broke, in ms: most break
/// once. Random all the same, so that not all ask an office at once that was
/// started again.
const FIRST: u64 = 100;
/// A request that takes longer is a slow one, in ms.
const SLOW_MS: u64 = 5_000;
/// Fewest operations that a bad connection leaves in a push.
const LITTLE: usize = 25;
/// Problem code of a request for which the person who works has no right.
const NO_RIGHT: &str = "permission.denied";
/// Problem code of an office that is not the one of this device's data.
pub const OTHER_OFFICE: &str = "office.replaced";

/// What is known about the way to the office, by its own answers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    Unknown,
    Up,
    Down,
    /// The office answers, and has no room for what is sent.
    Full,
    /// The office answers, and refuses the request as such.
    Refused(String),
    /// Nothing is sent until a person signs in.
    SignIn,
    OtherOffice,
    /// The office takes what is sent, and lets the person who works read nothing.
    Barred,
}

/// An office time and the monotonic moment at which it was heard.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    pub office_ms: i64,
    pub mono_ms: u64,
    pub boot: Uuid,
}

/// The request in flight.
#[derive(Clone, Debug)]
pub struct Asked {
    pub request: u64,
    /// Where this device stood.
    pub cursor: Cursor,
    pub ops: Vec<OpId>,
    /// The file, if it is about one.
    pub file: Option<String>,
    /// When, in monotonic ms.
    pub at: u64,
}

#[derive(Debug)]
pub struct Net {
    pub leader: bool,
    pub link: Link,
    pub asked: Option<Asked>,
    /// Ask once more, even if all seems done.
    pub check: bool,
    failures: u32,
    /// Monotonic ms before which nothing is sent.
    due: Option<u64>,
    pub heard: Option<Heard>,
    /// Newest sequence of the last answer.
    pub newest: u64,
    /// Newest sequence of the pokes since then.
    poked: u64,
    /// Most operations of the next push; halves when a push is refused.
    pub batch: usize,
    pub room: Room,
    /// Answered, with the entry still to come.
    acknowledged: Set<OpId>,
    /// The office refuses to look at them, with its codes; the ones behind them
    /// go on. Tried again after the next start, or when a person asks for it.
    pub set_aside: Map<OpId, String>,
    /// Most that waited since everything was sent.
    pub burst: usize,
}

impl Net {
    pub const fn new() -> Self {
        Self {
            leader: false,
            link: Link::Unknown,
            asked: None,
            check: true,
            failures: 0,
            due: None,
            heard: None,
            newest: 0,
            poked: 0,
            batch: BATCH,
            room: Room::new(),
            acknowledged: Set::new(),
            set_aside: Map::new(),
            burst: 0,
        }
    }

    pub fn skips(&self, op: OpId) -> bool {
        self.acknowledged.contains(&op) || self.set_aside.contains_key(&op)
    }

    /// Whether a request may go now.
    pub fn may_send(&self, now: Now) -> bool {
        let open = !matches!(self.link, Link::SignIn | Link::OtherOffice);
        let due = self.due.is_none_or(|due| due <= now.mono_ms);
        self.leader && open && due && self.asked.is_none()
    }

    /// A reason to ask. All but the timer cut a back-off short. Gives the time
    /// left in ms if the timer came too early.
    pub fn wake(&mut self, now: Now, trigger: Trigger, cursor: u64) -> Option<u64> {
        match trigger {
            Trigger::Timer => {
                let left = self.due.map(|due| due.saturating_sub(now.mono_ms)).filter(|left| *left > 0);
                if left.is_none() {
                    self.hurry();
                }
                return left;
            }
            Trigger::Poke(seq) => {
                // It came over the connection, so there is one.
                if self.failures > 0 || self.link != Link::Up {
                    self.hurry();
                } else if seq > cursor {
                    // Not `check`: the answer under way may bring it.
                    self.poked = self.poked.max(seq);
                    self.newest = self.newest.max(seq);
                    self.due = None;
                }
            }
            Trigger::Start | Trigger::Online | Trigger::Visible | Trigger::Manual => self.hurry(),
        }
        None
    }

    /// Whether this tab talks to the office; what it knew of the way grows old.
    pub fn lead(&mut self, leader: bool) {
        self.leader = leader;
        if self.link == Link::Down {
            self.link = Link::Unknown;
        }
        self.hurry();
    }

    /// Ask at once, whatever was planned.
    pub fn hurry(&mut self) {
        self.check = true;
        self.due = None;
    }

    /// Something was saved: goes at once, unless a back-off runs.
    pub fn saved(&mut self) {
        if self.failures == 0 {
            self.due = None;
        }
    }

    /// A new session: what was refused for want of one may go now.
    pub fn signed_in(&mut self) {
        if matches!(self.link, Link::SignIn | Link::OtherOffice) {
            self.link = Link::Unknown;
        }
        // A 401 to a request of the old session says nothing about the new one.
        self.asked = None;
        self.hurry();
    }

    /// An answer of the office arrived.
    pub fn heard(&mut self, now: Now, office_ms: i64, newest: u64) {
        self.heard = Some(Heard { office_ms, mono_ms: now.mono_ms, boot: now.boot });
        // A poke counts once: the office may have lost what it told.
        self.newest = newest.max(std::mem::take(&mut self.poked));
        if self.failures == 0 {
            self.batch = self.batch.saturating_mul(2).min(BATCH);
        }
        self.failures = 0;
        self.link = Link::Up;
        self.due = None;
    }

    /// The office answered about a file: that is a connection, and no news.
    pub fn reached(&mut self) {
        (self.failures, self.due) = (0, None);
        if matches!(self.link, Link::Down | Link::Full) {
            self.link = Link::Unknown;
            self.check = true;
        }
    }

    /// A request failed that had run for a while: it was too much for this
    /// connection. One that fails at once says nothing about its size.
    pub fn tire(&mut self, now: Now, asked: &Asked) {
        if now.mono_ms.saturating_sub(asked.at) >= SLOW_MS {
            self.room.narrow();
            if asked.ops.len() > LITTLE {
                self.batch = (asked.ops.len() / 2).max(LITTLE);
            }
        }
    }

    /// No answer, or none of the office. Gives the time to wait in ms, if a
    /// timer can help: back-off with full jitter.
    pub fn failed(&mut self, now: Now, random: u64, failure: Failure, ops: &[OpId]) -> Option<u64> {
        if ops.is_empty() && matches!(&failure, Failure::Refused { code } if code == NO_RIGHT) {
            // Only a new post helps: no hurry. What is saved goes at once.
            self.link = Link::Barred;
            (self.check, self.failures, self.due) = (false, 0, None);
            return self.rest(now, random);
        }
        let broke = failure == Failure::Offline && self.failures == 0;
        let mut least = 1;
        self.link = match failure {
            Failure::Offline | Failure::NotOurs => Link::Down,
            Failure::SignIn => Link::SignIn,
            Failure::Busy { retry_after_ms } => {
                least = retry_after_ms.unwrap_or(1).min(LONGEST);
                Link::Down
            }
            Failure::Full { retry_after_ms } => {
                least = retry_after_ms.unwrap_or(1).min(LONGEST);
                Link::Full
            }
            Failure::Refused { code } if code == OTHER_OFFICE => Link::OtherOffice,
            Failure::Refused { code } => self.narrow(ops, code),
            Failure::TooLarge => self.narrow(ops, "operation.too_large".to_owned()),
        };
        self.check = true;
        self.burst = 0;
        if matches!(self.link, Link::SignIn | Link::OtherOffice) {
            return None;
        }
        let usual = 1000u64.saturating_mul(1 << self.failures.min(6)).min(LONGEST);
        let cap = if broke { FIRST } else { usual };
        self.failures = self.failures.saturating_add(1);
        Some(self.wait(now, least.saturating_add(random % cap)))
    }

    /// Nothing to do: looks again after 30 to 60 s, in case a poke was lost.
    /// Gives the ms to wait, once.
    pub fn rest(&mut self, now: Now, random: u64) -> Option<u64> {
        self.burst = 0;
        let first = self.due.is_none();
        first.then(|| self.wait(now, LONGEST / 2 + random % (LONGEST / 2)))
    }

    fn wait(&mut self, now: Now, ms: u64) -> u64 {
        self.due = Some(now.mono_ms.saturating_add(ms));
        ms
    }

    /// A refused push is halved until the operation that spoils it is alone.
    fn narrow(&mut self, ops: &[OpId], code: String) -> Link {
        match ops {
            [] => {}
            [bad] => {
                self.set_aside.insert(*bad, code.clone());
                self.batch = BATCH;
            }
            more => self.batch = (more.len() / 2).max(1),
        }
        Link::Refused(code)
    }

    pub fn acknowledge(&mut self, ops: impl Iterator<Item = OpId>) {
        self.acknowledged.extend(ops);
    }

    /// Whether the office's whole log is here and lacks what it acknowledged.
    pub fn lost_acknowledged(&mut self, current: bool, waits: impl Fn(&OpId) -> bool) -> bool {
        self.acknowledged.retain(|op| waits(op));
        current && !self.acknowledged.is_empty()
    }

    /// The office may have lost what it had acknowledged.
    pub fn forget(&mut self) {
        self.acknowledged = Set::new();
    }
}
