//! The newest part of the log in memory: what most readers lack, without asking
//! the database once for each of them.

use std::collections::VecDeque;

use takar_sync::wire::Entry;

/// Bytes that are kept, about.
const KEPT: u64 = 8 << 20;
/// What an entry weighs beside its operation.
pub(super) const ENTRY_BYTES: u64 = 200;

/// Committed entries without a gap, each with the last sequence of its commit.
/// What another server wrote is not among them: then it begins anew.
#[derive(Debug, Default)]
pub(super) struct Recent {
    entries: VecDeque<(Entry, u64)>,
    bytes: u64,
}

impl Recent {
    /// Takes in what one commit wrote.
    pub fn extend(&mut self, entries: Vec<Entry>) {
        let Some(end) = entries.last().map(|e| e.seq) else { return };
        let follows = |first: &Entry| self.entries.back().is_some_and(|(last, _)| last.seq + 1 == first.seq);
        if !entries.first().is_some_and(follows) {
            *self = Self::default();
        }
        for entry in entries {
            self.bytes = self.bytes.saturating_add(weight(&entry));
            self.entries.push_back((entry, end));
        }
        while self.bytes > KEPT
            && let Some((old, _)) = self.entries.pop_front()
        {
            self.bytes = self.bytes.saturating_sub(weight(&old));
        }
    }

    /// Up to `limit` entries after `from`, if they are here and are not nothing.
    pub fn after(&self, from: u64, limit: u32) -> Option<Vec<(Entry, u64)>> {
        let (first, _) = self.entries.front()?;
        let skip = usize::try_from(from.saturating_add(1).checked_sub(first.seq)?).ok()?;
        let found: Vec<_> = self.entries.iter().skip(skip).take(limit as usize).cloned().collect();
        (!found.is_empty()).then_some(found)
    }
}

/// Bytes that an entry takes, about.
pub(super) fn weight(entry: &Entry) -> u64 {
    let body = entry.envelope.as_ref().map_or(0, |e| e.body.len());
    (body as u64).saturating_add(ENTRY_BYTES)
}

#[cfg(test)]
mod tests {
    use takar_domain::record::OpId;
    use takar_sync::operation::Envelope;
    use takar_sync::verdict::{Outcome, Verdict};

    use super::*;

    fn entry(seq: u64, size: usize) -> Entry {
        let envelope = Envelope { key: String::new(), body: vec![0; size], mac: Vec::new() };
        let verdict = Verdict { parts: vec![Outcome::Applied], needs: Vec::new() };
        Entry {
            seq,
            op: OpId(uuid::Uuid::from_u128(u128::from(seq))),
            envelope: Some(envelope),
            digest: vec![],
            at: 0,
            verdict: verdict.into(),
            hash: vec![],
        }
    }

    fn seqs(recent: &Recent, from: u64) -> Option<Vec<(u64, u64)>> {
        recent.after(from, 9).map(|found| found.iter().map(|(e, end)| (e.seq, *end)).collect())
    }

    #[test]
    fn it_tells_what_it_has_without_a_gap_and_nothing_else() {
        let mut recent = Recent::default();
        assert_eq!(seqs(&recent, 0), None);
        recent.extend(vec![entry(5, 1), entry(6, 1)]);
        recent.extend(vec![entry(7, 1)]);
        assert_eq!(seqs(&recent, 4), Some(vec![(5, 6), (6, 6), (7, 7)]));
        assert_eq!(seqs(&recent, 6), Some(vec![(7, 7)]));
        assert_eq!((seqs(&recent, 3), seqs(&recent, 7), seqs(&recent, 99)), (None, None, None));
        // Somebody else wrote 8.
        recent.extend(vec![entry(9, 1)]);
        assert_eq!((seqs(&recent, 6), seqs(&recent, 8)), (None, Some(vec![(9, 9)])));
    }

    #[test]
    fn it_forgets_the_oldest_when_it_is_full() {
        let mut recent = Recent::default();
        for seq in 1..=20 {
            recent.extend(vec![entry(seq, 1 << 20)]);
        }
        assert_eq!(seqs(&recent, 12), None);
        assert_eq!(seqs(&recent, 13).map(|found| found.len()), Some(7));
    }
}
