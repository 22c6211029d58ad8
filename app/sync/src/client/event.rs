//! What the engine hears and what it asks for: plain data.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::issue::Issue;
use takar_domain::record::{DeviceId, OpId, RecordId, Source};
use takar_domain::sorted::Set;
use uuid::Uuid;

use super::table::{Key, Stored, Transaction};
use super::upload::Gate;
use crate::operation::Part;
use crate::wire::{Delta, Pull, Push, PushAnswer};

/// The clocks of the device at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970 UTC; may be wrong by years and may jump.
    pub wall_ms: i64,
    /// Milliseconds since the start named by `boot`; never runs backwards.
    pub mono_ms: u64,
    pub boot: Uuid,
}

/// Something happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Everything stored was read: at start, and again when another tab wrote.
    Loaded(Stored),
    /// A person saves.
    Save(SaveRequest),
    /// A person lays an operation aside on this device: it leaves the outbox, and
    /// goes with the reason, if there is one, into the list of what was laid
    /// aside. Its log entry stays. One that waits is laid aside only with a
    /// reason, and only if the office refuses to look at it.
    Dismiss {
        op: OpId,
        reason: String,
    },
    /// A person wants the office to look once more at what it refused to look at.
    Retry(OpId),
    /// The same for every file that the office did not take.
    RetryFiles,
    /// A reason to talk to the office now.
    Wake(Trigger),
    /// The answer to [`Effect::Send`]. Late and repeated answers are harmless.
    Answer {
        request: u64,
        result: Result<Answer, Failure>,
    },
    /// The transaction is durable.
    Committed {
        txn: u64,
    },
    /// An expectation failed, nothing was written: this is what is stored.
    Stale {
        txn: u64,
        stored: Stored,
    },
    /// The browser refused to store; nothing was written.
    StoreFailed {
        txn: u64,
        why: String,
    },
    /// Whether files may go: a person's choice and the kind of connection.
    Gate(Gate),
    /// Drafts on this device, of every tab and person.
    Drafts(usize),
    SignedIn(Account),
    SignedOut(RecordId),
    /// This person works from now on: author of what is saved.
    Use(RecordId),
    /// Whether this tab is the one that talks to the office. Safety does not rest on it.
    Leader(bool),
}

/// Why to talk to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    Start,
    Online,
    Visible,
    /// The office says its log reaches this sequence.
    Poke(u64),
    /// The time asked for by [`Effect::Schedule`] has passed.
    Timer,
    /// A person pressed the button.
    Manual,
}

/// A wish of the engine.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Run this in one strict transaction, then tell Committed, Stale or StoreFailed.
    Commit(Transaction),
    /// Ask the office, then tell Answer. A time-out is [`Failure::Offline`].
    Send { request: u64, call: Call },
    /// Wake with [`Trigger::Timer`] after this time; replaces an earlier wish.
    Schedule { after_ms: u64 },
    /// What a screen may have to show anew.
    Changed(Changes),
    /// The fate of a [`SaveRequest`]: `Ok` only once it is durable.
    SaveDone { save: u64, result: Result<OpId, SaveFailure> },
}

/// What changed in the engine's view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub config: bool,
    pub records: Set<RecordId>,
    pub outbox: bool,
    pub status: bool,
}

/// A request to the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    Push(Push),
    Pull(Pull),
    /// Bytes `from..to` of a snapshot, or the first of them.
    Range {
        sha256: String,
        from: u64,
        to: u64,
    },
    /// Say that a file of `size` bytes is here: tells where it stands.
    Offer {
        sha256: String,
        size: u64,
    },
    /// Send bytes `from..to` of a file. A device that has lost them tells
    /// [`Failure::Refused`] with [`super::FILE_GONE`].
    Part {
        sha256: String,
        from: u64,
        to: u64,
    },
    /// Not for the office: unpack these gzip bytes on this device. A device that
    /// cannot tells [`Failure::NotOurs`].
    Unpack(Vec<u8>),
}

/// The office's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Push(PushAnswer),
    Pull(Delta),
    Range(Vec<u8>),
    /// The office has so many bytes of the file, all of them checked if it is all.
    Stands(u64),
    Unpacked(Vec<u8>),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or no answer in time.
    Offline,
    /// Somebody answered, but not the office: a captive portal, a proxy.
    NotOurs,
    /// 401: the session is over.
    SignIn,
    /// 429, 503: the office asks for time.
    Busy { retry_after_ms: Option<u64> },
    /// 507: the office has no room; what was sent stays here and goes later.
    Full { retry_after_ms: Option<u64> },
    /// The office refuses the request as such, with its problem code.
    Refused { code: String },
    /// 413: the request is too large.
    TooLarge,
}

/// What a person saves. `seen` of each change is filled by the engine if empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveRequest {
    /// The caller's number for [`Effect::SaveDone`].
    pub save: u64,
    pub parts: Vec<Part>,
    pub source: Source,
    pub acted_for: Option<RecordId>,
    pub reason: Option<String>,
    /// The held or late operation that this one adopts, discards or mends.
    pub names: Option<OpId>,
    /// Keys in [`super::Table::Drafts`], removed in the same transaction.
    pub drop_drafts: Vec<Key>,
}

/// Why nothing was saved. The draft is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveFailure {
    /// Nobody is signed in on this device, or the one working signed out.
    NobodySignedIn,
    /// The rules refuse it, as the office would.
    Refused(Vec<Issue>),
    /// The browser cannot store: its own words.
    Store(String),
}

/// A person's standing on this device, given by the office at sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Account {
    pub person: RecordId,
    pub name: String,
    pub device: DeviceId,
    pub office: RecordId,
    pub key_id: String,
    pub key: crate::seal::Key,
    /// The last number that the office has from this person on this device.
    pub last_number: u64,
    /// Office time at sign-in, ms since 1970 UTC.
    pub time: i64,
}
