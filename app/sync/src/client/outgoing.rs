//! One line of the outbox.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::record::OpId;

use crate::operation::{Envelope, Operation};
use crate::seal;
use crate::verdict::Outcome;
use crate::wire::Receipt;

/// A sealed operation on its way, or answered with something other than
/// applied: then it stays until a person acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub op: OpId,
    /// `None` if it was made by newer software than this.
    pub operation: Option<Operation>,
    pub item: Item,
}

/// The stored form of an [`Outgoing`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Item {
    pub envelope: Envelope,
    /// Order of sending on this device.
    pub place: u64,
    /// Once answered. With every part applied only until its log entry comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Made on another device, and sent again because the office lost it.
    #[serde(default)]
    pub carried: bool,
}

impl Outgoing {
    #[must_use]
    pub fn new(op: OpId, item: Item) -> Self {
        Self { op, operation: seal::open(&item.envelope).ok(), item }
    }

    /// Not answered yet.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.item.receipt.is_none()
    }

    /// Applied, and its log entry did not come yet: it stays here until then, so
    /// that nothing is lost should the office be restored before.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.item.receipt.as_ref().is_some_and(|r| r.verdict.is_applied())
    }

    /// The verdict's outcomes by part, once answered.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        self.item.receipt.as_ref().map_or(&[], |r| &r.verdict.parts)
    }
}
