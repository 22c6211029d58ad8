//! How an instance of the office writes, like the server's own writer: computes
//! from the counter it has read, commits if the counter still stands there, and
//! after any error reads counter and ids again.

use std::collections::BTreeMap;

use takar_domain::config::{Config, Zone};
use takar_domain::record::{DeviceId, RecordId};

use super::ask::Trouble;
use super::office::{Durable, SimOffice};
use crate::office::{self, Batch, Incoming};
use crate::operation::Envelope;
use crate::seal;
use crate::wire::{Entry, Receipt};

/// One server's memory. Everything in it can be read again.
#[derive(Clone, Debug, Default)]
pub(super) struct Instance {
    config: Config,
    /// The sequence as of which it knows the configuration.
    seq: usize,
    /// Snapshots made since its start, by name.
    pub snapshots: BTreeMap<String, Vec<u8>>,
}

impl Instance {
    /// Catches up with what other instances wrote.
    fn refresh(&mut self, durable: &Durable) {
        let news = durable.log.get(self.seq..).unwrap_or_default();
        if self.seq == 0 || news.iter().any(configures) {
            self.config = Config::default();
            durable.records.values().for_each(|record| self.config.apply(record));
        }
        self.seq = durable.log.len();
    }

    /// Takes in what it committed itself.
    fn advance(&mut self, batch: &Batch) {
        batch.changed.values().filter(|r| r.subject.is_config()).for_each(|r| self.config.apply(r));
        self.seq += batch.entries.len();
    }
}

/// Whose number an operation has, if its author is proved.
type Numbered = Option<((DeviceId, RecordId), u64)>;

fn numbered(incoming: &Incoming) -> Numbered {
    let op = &incoming.op;
    incoming.authentic.then_some(((op.device, op.author), op.number))
}

fn configures(entry: &Entry) -> bool {
    let operation = entry.envelope.as_ref().and_then(|e| seal::open(e).ok());
    operation.is_none_or(|op| op.parts.iter().any(|part| part.subject.is_config()))
}

impl SimOffice {
    /// Takes a push in; `None` if the instance died meanwhile.
    pub(super) fn take(
        &mut self,
        instance: usize,
        envelopes: &[Envelope],
        at: i64,
        trouble: Option<Trouble>,
    ) -> Option<Vec<Receipt>> {
        let (mut once, mut commits) = (trouble, 0);
        loop {
            self.instances.get_mut(instance)?.refresh(&self.durable);
            let fresh = self.unknown(envelopes);
            if fresh.is_empty() {
                break;
            }
            if matches!(trouble, Some(Trouble::Crash { commits: most }) if commits == most) {
                self.restart(instance);
                return None;
            }
            let numbers: Vec<_> = fresh.iter().map(numbered).collect();
            let batch = self.compute(instance, &fresh, at);
            let told = once.take();
            if told == Some(Trouble::Stale) {
                continue;
            }
            // Told of a failure, it goes by the ids that it finds.
            if told != Some(Trouble::Ambiguous) {
                self.instances.get_mut(instance)?.advance(&batch);
            }
            self.durable.write(batch, numbers);
            commits += 1;
        }
        Some(envelopes.iter().map(|e| self.receipt(e)).collect())
    }

    /// The operations that the log has not, each once.
    pub(super) fn unknown(&self, envelopes: &[Envelope]) -> Vec<Incoming> {
        let mut fresh: Vec<Incoming> = Vec::new();
        for envelope in envelopes {
            let Ok(op) = seal::open(envelope) else { continue };
            if !self.durable.by_op.contains_key(&op.id) && fresh.iter().all(|i| i.op.id != op.id) {
                let authentic = seal::authentic(envelope, &op, &self.secret);
                let mut lacks = op.files();
                lacks.retain(|file| !self.durable.files.contains_key(file));
                fresh.push(Incoming { envelope: envelope.clone(), lacks, op, authentic, by_office: false });
            }
        }
        fresh
    }

    fn compute(&mut self, instance: usize, fresh: &[Incoming], at: i64) -> Batch {
        let nothing = Config::default();
        let config = self.instances.get(instance).map_or(&nothing, |i| &i.config);
        let stored = &self.durable.records;
        let wanted = office::reads(config, fresh);
        let loaded = wanted.iter().filter_map(|id| Some((*id, stored.get(id)?.clone()))).collect();
        office::commit(config, &loaded, &self.tip(), fresh, at, Zone::Wib)
    }
}

impl Durable {
    /// One transaction.
    fn write(&mut self, batch: Batch, numbers: Vec<Numbered>) {
        for (entry, numbered) in batch.entries.into_iter().zip(numbers) {
            if let Some((by, number)) = numbered {
                let last = self.numbers.entry(by).or_default();
                *last = number.max(*last);
            }
            self.by_op.insert(entry.op, entry.seq);
            self.log.push(entry);
        }
        self.records.extend(batch.changed);
    }
}
