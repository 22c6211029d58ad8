//! The versioned bodies of `/api/v1/*`. CBOR from the app, JSON for others.
//! Additive changes only: unknown fields are ignored, new ones have defaults.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;
use takar_domain::blank;
use takar_domain::record::{DeviceId, OpId, RecordId};

use crate::operation::Envelope;
use crate::verdict::Verdict;
use crate::written::Written;

/// A place in the office's log that can be checked: sequence and chain hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Cursor {
    pub office: RecordId,
    /// 0 = nothing yet.
    pub seq: u64,
    /// Chain hash after `seq`, 32 bytes; all zero at 0.
    #[serde(with = "crate::codec::bytes")]
    pub hash: Vec<u8>,
}

/// One entry of the office's log. `hash(n) = SHA-256(hash(n-1) ‖ n ‖ digest ‖ at ‖ verdict)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Entry {
    pub seq: u64,
    pub op: OpId,
    /// `None` when the reader is outside the audience: the digest keeps the chain whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<Envelope>,
    /// SHA-256 of the envelope's CBOR. Empty in a lean page that has the envelope.
    #[serde(with = "crate::codec::bytes", default, skip_serializing_if = "Vec::is_empty")]
    pub digest: Vec<u8>,
    /// Office time of receipt, ms since 1970 UTC.
    pub at: i64,
    pub verdict: Written,
    /// Empty in a lean page, but for the last entry.
    #[serde(with = "crate::codec::bytes", default, skip_serializing_if = "Vec::is_empty")]
    pub hash: Vec<u8>,
}

/// Consecutive entries, ending at a commit boundary. A lean one leaves out what
/// its reader can compute and what it has: see [`crate::lean`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Page {
    /// Where the reader stood.
    pub from: u64,
    pub entries: Vec<Entry>,
    /// Newest sequence of the office: more to fetch if above the last entry's.
    pub newest: u64,
    /// Office time in ms since 1970 UTC.
    pub now: i64,
}

/// `POST /api/v1/push`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Push {
    pub device: DeviceId,
    pub envelopes: Vec<Envelope>,
    /// Where the device stands: the answer carries what it lacks. None at all
    /// from a client that cannot read the log: it gets its verdicts alone.
    #[serde(default)]
    pub cursors: Vec<Cursor>,
    /// Unsent operations after this batch, for the device report.
    #[serde(default)]
    pub depth: u64,
    /// Bytes of operations that the answer may bring, about. Who names them
    /// gets a lean page, and keeps what it pushes until its entry is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<u64>,
}

/// One operation's stored verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Receipt {
    pub op: OpId,
    /// Its place in the log; operations that could not even be read have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct PushAnswer {
    /// In the order of the push.
    pub receipts: Vec<Receipt>,
    pub delta: Delta,
}

/// `POST /api/v1/pull`. Cursors newest first, then exponentially further back,
/// so that a diverged reader learns the common point in one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Pull {
    pub device: DeviceId,
    pub cursors: Vec<Cursor>,
    /// Unsent operations on the device: the report (design.md §3, Devices).
    #[serde(default)]
    pub depth: u64,
    /// Whether a reader that has nothing yet can begin with a [`Snapshot`].
    #[serde(default)]
    pub snapshot: bool,
    /// As in [`Push`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<u64>,
}

/// The log from its beginning to the end of a commit, as one document that
/// never changes: gzip of this in CBOR, named by the SHA-256 of its bytes, at
/// `GET /api/v1/snapshot/{sha256}`, with ranges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Snapshot {
    pub pages: Vec<Page>,
}

/// What a reader lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delta", rename_all = "snake_case", try_from = "Flat")]
pub enum Delta {
    /// From the newest cursor.
    Page(Page),
    /// The office does not have the newest cursor (restored backup): its log
    /// agrees only up to `common`. Roll back, re-push, pull again.
    Diverged { common: u64, newest: u64, now: i64 },
    /// The reader has nothing yet and the log is long: this [`Snapshot`] of
    /// `size` bytes holds it up to `seq`. Then pull again.
    Snapshot { sha256: String, size: u64, seq: u64, newest: u64, now: i64 },
    /// Nothing: the reader's posts ended, or it asked for nothing; what was pushed
    /// has its verdicts all the same. The reader stays where it is.
    Withheld { now: i64 },
}

/// A [`Delta`] as it is read, flat like a `Subject` and for the same reason.
#[derive(Readable)]
struct Flat {
    delta: Kind,
    from: Option<u64>,
    entries: Option<Vec<Entry>>,
    common: Option<u64>,
    sha256: Option<String>,
    size: Option<u64>,
    seq: Option<u64>,
    newest: Option<u64>,
    now: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Page,
    Diverged,
    Snapshot,
    Withheld,
}

blank! {
    Kind = Self::Withheld;
    Delta = Self::Withheld { now: 0 };
}

impl TryFrom<Flat> for Delta {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        const LACKS: &str = "a delta lacks a field";
        let now = flat.now;
        let newest = || flat.newest.ok_or(LACKS);
        Ok(match flat.delta {
            Kind::Page => Self::Page(Page {
                from: flat.from.ok_or(LACKS)?,
                newest: newest()?,
                entries: flat.entries.ok_or(LACKS)?,
                now,
            }),
            Kind::Diverged => Self::Diverged { common: flat.common.ok_or(LACKS)?, newest: newest()?, now },
            Kind::Snapshot => Self::Snapshot {
                newest: newest()?,
                sha256: flat.sha256.ok_or(LACKS)?,
                size: flat.size.ok_or(LACKS)?,
                seq: flat.seq.ok_or(LACKS)?,
                now,
            },
            Kind::Withheld => Self::Withheld { now },
        })
    }
}

/// Server-sent event body of `/api/v1/events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Poke {
    pub office: RecordId,
    pub seq: u64,
}
