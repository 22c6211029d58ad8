//! The first load: a snapshot of the log, fetched range by range. What arrived
//! stays in memory when the connection breaks, and the next request goes on
//! there; a restart begins anew.

use super::event::{Call, Failure};
use super::upload::sha256 as name;
use crate::codec::from_cbor;
use crate::wire::{Page, Snapshot};

/// Most bytes of one request.
const RANGE: u64 = 256 * 1024;
/// Snapshots that may vanish before the log is paged through.
const PATIENCE: u8 = 3;

/// The snapshot under way.
#[derive(Debug, Default)]
pub struct Load {
    /// Its name and size.
    wanted: Option<(String, u64)>,
    bytes: Vec<u8>,
    vanished: u8,
}

impl Load {
    /// Whether a snapshot is welcome: else the log is paged through.
    pub const fn is_welcome(&self) -> bool {
        self.vanished < PATIENCE
    }

    /// The office offers one. The same one goes on where it stood.
    pub fn begin(&mut self, sha256: String, size: u64) {
        let wanted = Some((sha256, size));
        if self.wanted != wanted {
            self.bytes.clear();
            self.wanted = wanted;
        }
    }

    /// What to ask for next.
    pub fn next(&self) -> Option<Call> {
        let (sha256, size) = self.wanted.as_ref()?;
        let from = self.stands_at();
        Some(if from == *size {
            Call::Unpack(self.bytes.clone())
        } else {
            Call::Range { sha256: sha256.clone(), from, to: from.saturating_add(RANGE).min(*size) }
        })
    }

    /// Bytes of a range arrived, all that were asked for or fewer. False if
    /// they are nothing of this snapshot; if the whole is not what its name
    /// says, the log is paged through.
    pub fn take(&mut self, bytes: &[u8]) -> bool {
        let Some((sha256, size)) = &self.wanted else { return false };
        if bytes.is_empty() {
            return false;
        }
        self.bytes.extend_from_slice(bytes);
        let at = self.stands_at();
        if at > *size || (at == *size && name(&self.bytes) != *sha256) {
            self.refuse();
        }
        true
    }

    /// The pages in an unpacked snapshot; none if it is none.
    pub fn open(&mut self, unpacked: &[u8]) -> Vec<Page> {
        let Ok(Snapshot { pages }) = from_cbor(unpacked) else {
            self.refuse();
            return Vec::new();
        };
        self.forget();
        pages
    }

    /// A request failed. True if it was for a snapshot, which is given up: the
    /// office has it no longer, or this device cannot unpack it.
    pub fn fails(&mut self, failure: &Failure) -> bool {
        let Some((_, size)) = &self.wanted else { return false };
        if self.stands_at() == *size {
            self.refuse();
        } else if matches!(failure, Failure::Refused { .. }) {
            self.forget();
            self.vanished = self.vanished.saturating_add(1);
        } else {
            return false;
        }
        true
    }

    /// Snapshots are of no use: the log is paged through.
    pub fn refuse(&mut self) {
        self.forget();
        self.vanished = PATIENCE;
    }

    /// Drops what is under way.
    pub fn forget(&mut self) {
        (self.wanted, self.bytes) = (None, Vec::new());
    }

    fn stands_at(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }
}
