//! A save's way from a page to the engine and back.

use takar_domain::record::OpId;
use takar_sync::client::{Event, SaveRequest};
use uuid::Uuid;

use super::core::Core;
use super::later::Later;
use super::view::{Save, SaveError};
use crate::platform::page;
use crate::signal::*;

/// An operation that does not exist. "Seen nothing" must not look like "not
/// said", which the engine fills with what stands now.
const NOTHING: OpId = OpId(Uuid::nil());

impl Core {
    pub async fn save(&'static self, mut save: Save) -> Result<OpId, SaveError> {
        self.fill_from_drafts(&mut save);
        let names: Vec<_> = save.drop_drafts.iter().map(super::DraftKey::name).collect();
        let typed = self.typed_at(names.iter().cloned());
        let number = self.saves_made.get().wrapping_add(1);
        self.saves_made.set(number);
        let done = Later::new();
        self.saves.borrow_mut().insert(number, done.clone());
        self.feed(Event::Save(SaveRequest {
            save: number,
            parts: save.parts,
            source: save.source,
            acted_for: save.acted_for,
            reason: save.reason,
            names: save.names,
            drop_drafts: names,
        }));
        let result = done.await;
        if result.is_ok() {
            self.drop_saved(&typed);
            self.exported.set(false);
            if number == 1 {
                // Only now is there something that the browser must not delete.
                spawn_local(page::persist());
            }
        }
        result
    }

    /// What a value had seen is what stood when its typing began, not what
    /// somebody else's device brought while it was being typed. Own values of
    /// this device are always seen: nobody differs from himself.
    fn fill_from_drafts(&self, save: &mut Save) {
        let Some(person) = self.signals.person.get_untracked() else { return };
        let engine = self.engine.borrow();
        for part in &mut save.parts {
            let record = part.subject.record();
            for change in part.changes.iter_mut().filter(|c| c.seen.is_empty()) {
                let Some(mut seen) = self.draft_seen(person, record, &change.group) else { continue };
                let standing = engine.record(record);
                let heads =
                    standing.iter().filter_map(|r| r.groups.get(&change.group)).flat_map(|g| &g.heads);
                let own = heads.filter(|h| h.by.author == person && Some(h.by.device) == engine.device());
                seen.extend(own.map(|h| h.op));
                change.seen = if seen.is_empty() { vec![NOTHING] } else { seen };
            }
        }
    }
}
