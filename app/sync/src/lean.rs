//! Lean pages: a hash does not compress, and most of those in a page its reader
//! computes anyway. One hash at the end proves the whole page; what a device has
//! just pushed it still has.

use takar_domain::record::OpId;

use crate::chain::{digest, next_hash};
use crate::operation::Envelope;
use crate::wire::{Cursor, Entry, Receipt};

/// Takes out what the reader can do without. `pushed` came in the same request.
pub fn thin(entries: &mut [Entry], pushed: &[Receipt]) {
    let last = entries.len().saturating_sub(1);
    for (nth, entry) in entries.iter_mut().enumerate() {
        if pushed.iter().any(|r| r.op == entry.op && r.seq == Some(entry.seq)) {
            entry.envelope = None;
        } else if entry.envelope.is_some() {
            entry.digest.clear();
        }
        if nth < last {
            entry.hash.clear();
        }
    }
}

/// The entries with all that was left out, if they follow `from` without a gap,
/// each envelope has its digest and the hashes that are there continue the chain,
/// the last one among them. With the cursor after them. `pushed` gives what this
/// device sent in the same request, `None` for everything else.
pub fn complete(
    from: &Cursor,
    entries: &[Entry],
    pushed: impl Fn(OpId) -> Option<Option<Envelope>>,
) -> Option<(Vec<Entry>, Cursor)> {
    let mut at = from.clone();
    let mut whole = Vec::with_capacity(entries.len());
    let last = entries.len().saturating_sub(1);
    for (nth, entry) in entries.iter().enumerate() {
        let mut entry = entry.clone();
        if entry.envelope.is_none()
            && let Some(kept) = pushed(entry.op)
        {
            entry.envelope = Some(kept?);
        }
        let found = entry.envelope.as_ref().map(digest);
        if entry.digest.is_empty() {
            entry.digest = found?;
        } else if found.is_some_and(|found| found != entry.digest) {
            return None;
        }
        let seq = at.seq.checked_add(1)?;
        let hash = next_hash(&at.hash, seq, &entry.digest, entry.at, entry.verdict.bytes());
        let proven = entry.hash == hash || (entry.hash.is_empty() && nth < last);
        if entry.seq != seq || !proven {
            return None;
        }
        entry.hash.clone_from(&hash);
        at = Cursor { office: at.office, seq, hash };
        whole.push(entry);
    }
    Some((whole, at))
}
