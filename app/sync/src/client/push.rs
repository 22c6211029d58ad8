//! What goes to the office next: a bounded batch, or a question.

use takar_domain::record::OpId;

use super::Client;
use super::event::Call;
use super::replica::Replica;
use crate::wire::{Cursor, Pull, Push};

/// Most operations in one push.
pub const BATCH: usize = 500;
/// Most bytes of envelopes in one push; a single larger one goes alone.
const BATCH_BYTES: usize = 1 << 20;

impl Client {
    /// The next request and the operations in it; `None` before the first sign-in.
    pub(super) fn next_call(&self) -> Option<(Call, Vec<OpId>)> {
        let device = self.replica.device()?;
        let cursors = cursors(&self.replica)?;
        let waiting = self.replica.waiting();
        let (mut envelopes, mut ops, mut bytes) = (Vec::new(), Vec::new(), 0usize);
        for item in waiting.iter().filter(|o| !self.net.skips(o.op)) {
            let envelope = &item.item.envelope;
            bytes = bytes.saturating_add(envelope.body.len() + 256);
            if ops.len() >= self.net.batch || (bytes > BATCH_BYTES && !ops.is_empty()) {
                break;
            }
            envelopes.push(envelope.clone());
            ops.push(item.op);
        }
        let depth = u64::try_from(waiting.len() - ops.len()).unwrap_or(u64::MAX);
        let room = self.net.room.asked();
        let call = if ops.is_empty() {
            let snapshot = cursors.first().is_some_and(|c| c.seq == 0) && self.load.is_welcome();
            Call::Pull(Pull { device, cursors, depth, snapshot, room })
        } else {
            Call::Push(Push { device, envelopes, cursors, depth, room })
        };
        Some((call, ops))
    }
}

/// Where this device stands, newest first, then exponentially further back, so
/// that an office with another log finds the common point in one answer.
fn cursors(replica: &Replica) -> Option<Vec<Cursor>> {
    let newest = replica.cursor()?;
    let (mut seq, mut step) = (newest.seq, 1u64);
    let mut cursors = vec![newest];
    while seq > 0 {
        seq = seq.saturating_sub(step);
        step = step.saturating_mul(4);
        cursors.extend(replica.cursor_at(seq));
    }
    Some(cursors)
}
