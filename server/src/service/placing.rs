//! How operations come to their places: the stored verdict of a repeat, one
//! commit of new ones, a refusal of what the database will not take.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::issue::Issue;
use takar_domain::record::RecordId;
use takar_sync::office::{Batch, Incoming, commit, duplicate, reads};
use takar_sync::operation::Envelope;
use takar_sync::verdict::{Outcome, Verdict};
use takar_sync::wire::{Cursor, Entry, Receipt};
use takar_sync::written::Written;
use takar_sync::{chain, codec};

use super::clock::now_ms;
use super::writer::Writer;
use crate::store::log::{Commit, Tip};
use crate::store::number::{Gap, Numbering, Numbers};
use crate::store::{Store, StoreError};

/// An operation and its place among the receipts.
#[derive(Clone)]
pub(super) struct Placed {
    pub place: usize,
    pub incoming: Incoming,
}

/// Receipts by place.
pub(super) type Receipts = BTreeMap<usize, Receipt>;

impl Writer {
    /// The stored verdict; of other bytes under the same id both are kept.
    pub(super) async fn repeat(&self, seq: u64, incoming: &Incoming) -> Result<Receipt, StoreError> {
        let stored = self.store.entry(self.office, seq).await?;
        let stored = stored.ok_or_else(|| StoreError::Corrupt(format!("log {seq} is missing")))?;
        let receipt = duplicate(&stored, &incoming.envelope);
        if receipt.seq.is_none() {
            keep_refused(&self.store, self.office, &incoming.envelope, &receipt).await?;
            let files = incoming.op.files().into_iter().collect();
            self.store.put_named(self.office, &files).await?;
        }
        Ok(receipt)
    }

    /// One transaction. Gives what an operation that changed the configuration
    /// left unjudged.
    pub(super) async fn commit_once(
        &mut self,
        fresh: &[Placed],
        receipts: &mut Receipts,
    ) -> Result<Vec<Placed>, StoreError> {
        let incoming = || fresh.iter().map(|p| &p.incoming);
        let at = now_ms().max(self.snapshot.tip.at);
        let config = &self.snapshot.config;
        let zone = config.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default();
        let loaded = self.snapshot.records(&self.store, reads(config, incoming())).await?;
        let batch = commit(config, &loaded, &self.snapshot.tip.cursor, incoming(), at, zone);
        let Batch { entries, changed, tip } = batch;
        let tip = Tip { cursor: tip, at };
        let (numbers, gaps) = self.numbers(fresh.iter().take(entries.len())).await?;
        let files = fresh.iter().take(entries.len()).flat_map(|p| p.incoming.op.files()).collect();
        self.store
            .commit(&Commit {
                expected: self.snapshot.tip.cursor.seq,
                tip: &tip,
                entries: &entries,
                numbers: &numbers,
                changed: &changed,
                before: &loaded,
                files: &files,
            })
            .await?;
        report(&gaps);
        for (placed, entry) in fresh.iter().zip(&entries) {
            receipts.insert(placed.place, receipt(entry));
        }
        let done = entries.len();
        self.remember(entries);
        self.snapshot.advance(tip, changed);
        self.publish();
        Ok(fresh.iter().skip(done).cloned().collect())
    }

    /// Gives an operation that the database will not take its place and a verdict.
    pub(super) async fn refuse(&mut self, placed: Placed, receipts: &mut Receipts) -> Result<(), StoreError> {
        self.snapshot.refresh(&self.store).await?;
        let issue = Issue::hard("operation.unstorable", "");
        let outcome = Outcome::Rejected { issues: vec![issue] };
        let parts = placed.incoming.op.parts.len().max(1);
        let verdict =
            Written::from(Verdict { parts: vec![outcome; parts], needs: placed.incoming.lacks.clone() });
        let from = &self.snapshot.tip;
        let at = now_ms().max(from.at);
        let seq = from.cursor.seq.saturating_add(1);
        let digest = chain::digest(&placed.incoming.envelope);
        let hash = chain::next_hash(&from.cursor.hash, seq, &digest, at, verdict.bytes());
        let (numbers, gaps) = self.numbers(std::iter::once(&placed)).await?;
        let op = placed.incoming.op.id;
        let files = placed.incoming.op.files().into_iter().collect();
        let envelope = Some(placed.incoming.envelope);
        let entry = Entry { seq, op, envelope, digest, at, verdict, hash: hash.clone() };
        let tip = Tip { cursor: Cursor { office: self.office, seq, hash }, at };
        let entries = [entry];
        let changed = BTreeMap::new();
        let expected = from.cursor.seq;
        let commit = Commit {
            expected,
            tip: &tip,
            entries: &entries,
            numbers: &numbers,
            changed: &changed,
            before: &changed,
            files: &files,
        };
        self.store.commit(&commit).await?;
        report(&gaps);
        receipts.extend(entries.iter().map(|entry| (placed.place, receipt(entry))));
        self.remember(entries.into());
        self.snapshot.advance(tip, changed);
        self.publish();
        Ok(())
    }

    /// What arrived of everybody who has a part in these, after them, and the
    /// gaps that they show. A forged author counts for nobody.
    async fn numbers(
        &self,
        placed: impl Iterator<Item = &Placed>,
    ) -> Result<(BTreeMap<Numbering, Numbers>, Vec<(Numbering, Gap)>), StoreError> {
        let counted = placed.filter(|p| p.incoming.authentic).map(|Placed { incoming, .. }| {
            (Numbering { device: incoming.op.device, author: incoming.op.author }, incoming.op.number)
        });
        let counted: Vec<_> = counted.collect();
        // Whoever writes these rows moves the counter: what is read here is
        // what stands when the commit succeeds.
        let of: BTreeSet<_> = counted.iter().map(|(by, _)| *by).collect();
        let mut numbers = self.store.numbers(self.office, of).await?;
        let note = |(by, number)| Some((by, numbers.entry(by).or_default().note(number)?));
        let gaps = counted.into_iter().filter_map(note).collect();
        Ok((numbers, gaps))
    }
}

/// Nobody waits for what is missing; the office is told.
fn report(gaps: &[(Numbering, Gap)]) {
    for (Numbering { device, author }, Gap { from, to }) in gaps {
        tracing::warn!(%device, person = %author, from, to, "operations of a device never arrived");
    }
}

fn receipt(entry: &Entry) -> Receipt {
    Receipt { op: entry.op, seq: Some(entry.seq), verdict: (*entry.verdict).clone() }
}

/// Keeps an envelope that got no place in the log.
pub(super) async fn keep_refused(
    store: &Store,
    office: RecordId,
    envelope: &Envelope,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    let digest = chain::digest(envelope);
    store.keep_refused(office, &digest, codec::to_cbor(envelope), receipt, now_ms()).await
}
