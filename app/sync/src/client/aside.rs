//! Laid aside on this device: what a person took out of the outbox, with the
//! reason. Nothing leaves it silently, also if the office cannot record it.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::record::{OpId, RecordId};

use super::Client;
use super::replica::{Replica, Rows};
use super::table::Table;
use crate::codec::from_cbor;
use crate::operation::{Envelope, Operation};
use crate::seal;

/// Meta key of what was laid aside, before the operation's id.
const ASIDE: &str = "aside/";

/// A wish to lay an operation aside.
#[derive(Clone, Debug)]
pub struct Laying {
    pub op: OpId,
    /// Empty: its reader has seen the office's answer, and that is all.
    pub reason: String,
    pub by: Option<RecordId>,
    /// Device wall clock, ms since 1970 UTC.
    pub at: i64,
}

/// An operation that was laid aside here. Stable: stored in browsers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Aside {
    /// As it was sealed: it can still be read, and proves its author.
    pub envelope: Envelope,
    pub reason: String,
    #[serde(default)]
    pub by: Option<RecordId>,
    /// Device wall clock, ms since 1970 UTC.
    pub at: i64,
}

impl Aside {
    /// What it was.
    #[must_use]
    pub fn operation(&self) -> Option<Operation> {
        seal::open(&self.envelope).ok()
    }
}

/// The rows of laying aside; none if it would lose something. `refused`: the
/// office refuses to look at it.
#[inline(never)]
pub fn plan(replica: &Replica, laying: &Laying, refused: bool) -> Rows {
    let Laying { op, reason, by, at } = laying;
    let mut rows = Rows::default();
    let Some(outgoing) = replica.outbox.get(op) else { return rows };
    let lost = outgoing.waits() && (!refused || reason.is_empty());
    if lost || outgoing.is_taken() {
        return rows;
    }
    if !reason.is_empty() {
        let envelope = outgoing.item.envelope.clone();
        let aside = Aside { envelope, reason: reason.clone(), by: *by, at: *at };
        rows.put(Table::Meta, [ASIDE, &op.to_string()].concat(), &aside);
    }
    rows.delete(Table::Outbox, op.to_string());
    rows
}

impl Client {
    /// What was laid aside on this device, the last saved first.
    #[must_use]
    #[inline(never)]
    pub fn laid_aside(&self) -> Vec<Aside> {
        // Ids of operations sort by time.
        let mut found: Vec<Aside> =
            self.replica.starting(ASIDE).filter_map(|value| from_cbor(value).ok()).collect();
        found.reverse();
        found
    }

    /// The office's code for an operation that it refuses to look at.
    #[must_use]
    pub fn refusal(&self, op: OpId) -> Option<&str> {
        self.net.set_aside.get(&op).map(String::as_str)
    }

    /// How many the office refuses to look at.
    pub(super) fn set_aside(&self) -> usize {
        self.net.set_aside.keys().filter(|op| self.replica.outbox.contains_key(op)).count()
    }
}
