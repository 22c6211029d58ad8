//! The hash chain over the office's log: two logs with one hash are one log.

use sha2::{Digest, Sha256};

use crate::codec::to_cbor;
use crate::lean;
use crate::operation::Envelope;
use crate::wire::{Cursor, Entry};

/// SHA-256 of the envelope's CBOR.
#[must_use]
pub fn digest(envelope: &Envelope) -> Vec<u8> {
    Sha256::digest(to_cbor(envelope)).to_vec()
}

/// `SHA-256(prev ‖ seq ‖ digest ‖ at ‖ verdict)`, integers as 8 bytes, big end
/// first, the verdict as its CBOR was written.
#[must_use]
pub fn next_hash(prev: &[u8], seq: u64, digest: &[u8], at: i64, verdict: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(prev);
    hash.update(seq.to_be_bytes());
    hash.update(digest);
    hash.update(at.to_be_bytes());
    hash.update(verdict);
    hash.finalize().to_vec()
}

/// The cursor of an empty log.
#[must_use]
pub fn origin(office: takar_domain::record::RecordId) -> Cursor {
    Cursor { office, seq: 0, hash: vec![0; 32] }
}

/// Whether `entries` follow `from` without a gap, each envelope has its digest
/// and each hash continues the chain. Gives the cursor after them.
#[must_use]
pub fn verify(from: &Cursor, entries: &[Entry]) -> Option<Cursor> {
    if entries.iter().any(|e| e.digest.is_empty() || e.hash.is_empty()) {
        return None;
    }
    lean::complete(from, entries, |_| None).map(|(_, to)| to)
}
