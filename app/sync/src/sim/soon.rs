//! What is still to come in a run.

use crate::client::{Call, Event, SaveRequest, Stored, Transaction};
use crate::operation::Envelope;

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
    /// A reading is done.
    Read {
        device: usize,
        tab: usize,
        boot: u64,
        stored: Box<Stored>,
    },
    /// A request reaches the office; `answered` is false for a repeated one.
    Arrive {
        device: usize,
        tab: usize,
        boot: u64,
        request: u64,
        call: Box<Call>,
        answered: bool,
        /// Requests leave in this order.
        nth: u64,
    },
    SignIn {
        device: usize,
    },
    /// What could not be stored is saved once more.
    Again {
        device: usize,
        request: Box<SaveRequest>,
    },
    /// A file of waiting operations goes with the session of this device.
    Import {
        device: usize,
        envelopes: Vec<Envelope>,
    },
    Online {
        device: usize,
        online: bool,
    },
}
