//! What goes into a file of unsent work, and what stood before a change.

use takar_domain::record::{RecordId, Value};

use super::Client;
use crate::operation::{Change, Envelope};

impl Client {
    /// Every operation of the outbox in the order of sending, of all people of
    /// this device; answered ones too, since a repeat costs nothing.
    #[must_use]
    pub fn unsent(&self) -> Vec<Envelope> {
        self.outbox().map(|outgoing| outgoing.item.envelope.clone()).collect()
    }

    /// What stood in a group when its maker changed it, as far as this device
    /// still knows: the last of what it saw here, else what the office confirmed.
    #[must_use]
    pub fn before(&self, record: RecordId, change: &Change) -> Option<Value> {
        let here = self.outbox().filter(|outgoing| change.seen.contains(&outgoing.op));
        let parts = here.filter_map(|o| o.operation.as_ref()).flat_map(|operation| &operation.parts);
        let same = parts.filter(|part| part.subject.record() == record).flat_map(|part| &part.changes);
        if let Some(last) = same.filter(|c| c.group == change.group).last() {
            return Some(last.value.clone());
        }
        let heads = &self.confirmed(record)?.groups.get(&change.group)?.heads;
        heads.iter().find(|head| change.seen.contains(&head.op)).map(|head| head.value.clone())
    }
}
