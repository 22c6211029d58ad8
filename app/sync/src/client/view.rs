//! What a screen sees: confirmed records with the waiting work on top.

use takar_domain::config::Config;
use takar_domain::record::{Record, RecordId};
use takar_domain::sorted::Set;

use super::replica::{Records, Replica};
use crate::merge;
use crate::operation::Operation;

#[derive(Debug, Default)]
pub struct View {
    /// Only the records that waiting operations touch.
    overlay: Records,
    pub config: Config,
}

impl View {
    pub fn record<'a>(&'a self, replica: &'a Replica, id: RecordId) -> Option<&'a Record> {
        self.overlay.get(&id).or_else(|| replica.records.get(&id)).map(|record| &**record)
    }

    /// The records under waiting work.
    pub fn overlaid(&self) -> impl Iterator<Item = &RecordId> {
        self.overlay.keys()
    }

    /// Lays waiting operations, and saves that are being stored, over the
    /// confirmed records. Gives every record that may look different now,
    /// `touched` included, and whether the configuration does.
    pub fn renew<'a>(
        &mut self,
        replica: &'a Replica,
        saving: impl Iterator<Item = &'a Operation>,
        touched: Set<RecordId>,
    ) -> (Set<RecordId>, bool) {
        let before = std::mem::take(&mut self.overlay);
        let waiting = replica.unconfirmed();
        for operation in waiting.iter().filter_map(|o| o.operation.as_ref()).chain(saving) {
            self.lay(replica, operation);
        }
        let mut changed = touched;
        for id in before.keys().chain(self.overlay.keys()) {
            if before.get(id) != self.overlay.get(id) {
                changed.insert(*id);
            }
        }
        let config = self.configure(replica, before, &changed);
        (changed, config)
    }

    /// Lays one more save over everything else. Gives what [`Self::renew`] gives.
    pub fn add(&mut self, replica: &Replica, operation: &Operation) -> (Set<RecordId>, bool) {
        self.lay(replica, operation);
        let changes = operation.parts.iter().filter(|p| !p.changes.is_empty());
        let changed: Set<_> = changes.map(|p| p.subject.record()).collect();
        let config = self.configure(replica, Records::new(), &changed);
        (changed, config)
    }

    fn lay(&mut self, replica: &Replica, operation: &Operation) {
        for part in operation.parts.iter().filter(|p| !p.changes.is_empty()) {
            let id = part.subject.record();
            let record = self.overlay.entry(id).or_insert_with(|| {
                replica
                    .records
                    .get(&id)
                    .cloned()
                    .unwrap_or_else(|| Box::new(Record::new(part.subject.clone())))
            });
            merge::apply_part(record, operation, part, None);
        }
    }

    fn configure(&mut self, replica: &Replica, before: Records, changed: &Set<RecordId>) -> bool {
        let mut renewed = false;
        for id in changed {
            match self.overlay.get(id).or_else(|| replica.records.get(id)) {
                Some(record) if record.subject.is_config() => {
                    self.config.apply(record);
                    renewed = true;
                }
                Some(_) => {}
                // It was only waiting, and was not taken: it may be in the
                // configuration still.
                None if before.get(id).is_none_or(|r| r.subject.is_config()) => {
                    self.rebuild(replica);
                    return true;
                }
                None => {}
            }
        }
        renewed
    }

    /// Reads the whole configuration anew.
    fn rebuild(&mut self, replica: &Replica) {
        self.config = Config::default();
        let plain = replica.records.iter().filter(|(id, _)| !self.overlay.contains_key(id));
        for record in plain.map(|(_, r)| r).chain(self.overlay.values()) {
            self.config.apply(record);
        }
    }

    /// Starts anew from what is stored.
    pub fn reset<'a>(&mut self, replica: &'a Replica, saving: impl Iterator<Item = &'a Operation>) {
        self.overlay = Records::new();
        self.renew(replica, saving, Set::new());
        self.rebuild(replica);
    }
}
