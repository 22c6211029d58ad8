//! Confirmed state is a fold over the log, and nothing else.

use takar_domain::record::Record;
use takar_domain::sorted::Set;

use super::replica::{Records, Replica, Rows};
use super::table::Table;
use crate::operation::Operation;
use crate::verdict::Outcome;
use crate::wire::Entry;
use crate::{merge, seal};

/// Version of the fold: raise it when software learns a new kind, so that
/// devices fold what they had skipped.
pub const VERSION: u32 = 1;

/// Records under change, on top of those of `base`.
pub struct Fold<'a> {
    base: &'a Records,
    pub changed: Records,
}

impl<'a> Fold<'a> {
    pub const fn new(base: &'a Records) -> Self {
        Self { base, changed: Records::new() }
    }

    /// Takes in the next entry. What this software cannot read is skipped: the
    /// entry itself stays in the log.
    pub fn take(&mut self, entry: &Entry) -> Option<Operation> {
        let operation = seal::open(entry.envelope.as_ref()?).ok()?;
        for (part, outcome) in operation.parts.iter().zip(&entry.verdict.parts) {
            if *outcome != Outcome::Applied || part.changes.is_empty() {
                continue;
            }
            let id = part.subject.record();
            let record = self.changed.entry(id).or_insert_with(|| {
                self.base.get(&id).cloned().unwrap_or_else(|| Box::new(Record::new(part.subject.clone())))
            });
            merge::apply_part(record, &operation, part, Some(entry.seq));
        }
        Some(operation)
    }
}

/// Rows that turn the stored records into the fold of the log up to `seq`.
pub fn refold(replica: &Replica, seq: u64, rows: &mut Rows) {
    let nothing = Records::new();
    let mut fold = Fold::new(&nothing);
    for entry in replica.entries(..=seq) {
        fold.take(&entry);
    }
    let gone: Set<_> = replica.records.keys().filter(|id| !fold.changed.contains_key(id)).collect();
    for id in gone {
        rows.delete(Table::Records, id.to_string());
    }
    for (id, record) in &fold.changed {
        if replica.records.get(id) != Some(record) {
            rows.put(Table::Records, id.to_string(), &**record);
        }
    }
}
