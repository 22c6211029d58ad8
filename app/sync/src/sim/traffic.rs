//! Bytes between devices and office, as bodies before gzip.

use crate::client::{Answer, Call, Item};
use crate::codec::{from_cbor, to_cbor};

/// Bytes of a run. Counting encodes every body: only where it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Whether anything is counted: [`Plan::counts_bytes`](super::Plan).
    pub(super) counted: bool,
    /// Requests, lost ones included.
    pub up: u64,
    /// Answers, lost ones included.
    pub down: u64,
    /// Envelopes of what people saved, each once.
    pub payload: u64,
}

impl Traffic {
    pub(super) fn asked(&mut self, call: &Call) {
        if self.counted {
            self.up += match call {
                Call::Push(push) => size(push),
                Call::Pull(pull) => size(pull),
                Call::Range { .. } | Call::Unpack(_) | Call::Offer { .. } | Call::Part { .. } => 0,
            };
        }
    }

    pub(super) fn answered(&mut self, answer: &Answer) {
        if self.counted {
            self.down += match answer {
                Answer::Push(push) => size(push),
                Answer::Pull(delta) => size(delta),
                Answer::Range(bytes) => bytes.len() as u64,
                Answer::Unpacked(_) | Answer::Stands(_) => 0,
            };
        }
    }

    /// A row of the outbox with a new operation.
    pub(super) fn saved(&mut self, row: &[u8]) {
        if let Some(item) = self.counted.then(|| from_cbor::<Item>(row).ok()).flatten() {
            self.payload += size(&item.envelope);
        }
    }
}

fn size<T: serde::Serialize>(body: &T) -> u64 {
    to_cbor(body).len() as u64
}
