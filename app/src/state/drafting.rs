//! Drafts: every keystroke to localStorage at once, to IndexedDB shortly after.

use crate::signal::*;
use gloo_timers::callback::Timeout;
use serde::Serialize;
use takar_derive::Readable;
use takar_domain::codec::{from_json, to_cbor, to_json};
use takar_domain::record::{OpId, RecordId};
use takar_domain::sorted::Map;
use takar_sync::client::{Event, Table};

use super::core::{Core, bump};
use super::draft::{Draft, DraftKey, mark_of, newest, seen_by};
use crate::platform::database::{Batch, Database, StoreError};
use crate::platform::{clock, tail};

/// Keystrokes are gathered this long; with the write itself well under 250 ms.
const GATHER_MS: u32 = 120;

/// What tabs tell each other.
#[derive(Default, Serialize, Readable)]
struct Said {
    /// A draft that changed, also a gone one. Else rows were stored: read again.
    typed: Option<(String, Draft)>,
}

impl Core {
    pub fn draft(&self, key: &DraftKey) -> Option<Draft> {
        let name = key.name();
        self.draft_tracks.track(&name);
        self.drafts.borrow().all.get(&name).filter(|d| !d.gone).cloned()
    }

    pub fn drafts_of(&self, record: RecordId) -> Vec<(DraftKey, Draft)> {
        self.draft_records.track(&record);
        let Some(person) = self.signals.person.get() else { return Vec::new() };
        let drafts = self.drafts.borrow();
        let live = drafts.all.iter().filter(|(_, draft)| !draft.gone);
        let keyed = live.filter_map(|(name, draft)| Some((DraftKey::parse(name)?, draft.clone())));
        let own = |key: &DraftKey| key.person == person && key.record == record && key.judged().is_none();
        keyed.filter(|(key, _)| own(key)).collect()
    }

    pub fn type_draft(&'static self, key: &DraftKey, text: String) {
        let name = key.name();
        let stands = || {
            let engine = self.engine.borrow();
            engine.record(key.record).map(|r| r.seen(&key.group)).unwrap_or_default()
        };
        let seen = seen_by(&self.drafts.borrow().all, key).unwrap_or_else(stands);
        let draft = Draft { text, at: self.after(&name), seen, gone: false };
        tail::keep(&name, &draft);
        self.put_draft(name, draft);
    }

    pub fn drop_draft(&'static self, key: &DraftKey) {
        let name = key.name();
        if self.drafts.borrow().all.get(&name).is_none_or(|d| d.gone) {
            return;
        }
        self.mark_gone(name);
    }

    /// A mark in the tail too, until the store has it: the page may end before.
    fn mark_gone(&'static self, name: String) {
        let gone = Draft::gone(self.after(&name));
        if !tail::keep(&name, &gone) {
            tail::forget(&name);
        }
        self.put_draft(name, gone);
    }

    /// Forgets drafts that a save stored, unless typing went on meanwhile.
    pub fn drop_saved(&'static self, saved: &Map<String, i64>) {
        for (name, at) in saved {
            let unchanged = self.drafts.borrow().all.get(name).is_some_and(|d| d.at == *at && !d.gone);
            if unchanged {
                self.mark_gone(name.clone());
            }
        }
    }

    /// When each of these drafts was last typed.
    pub fn typed_at(&self, names: impl Iterator<Item = String>) -> Map<String, i64> {
        let drafts = self.drafts.borrow();
        names.filter_map(|name| drafts.all.get(&name).map(|d| (name, d.at))).collect()
    }

    /// What the maker of a change had seen when typing began; `None` without a draft.
    pub fn draft_seen(&self, person: RecordId, record: RecordId, group: &str) -> Option<Vec<OpId>> {
        seen_by(&self.drafts.borrow().all, &DraftKey::new(person, record, group, ""))
    }

    /// A time after the draft's last one, whatever the clock does.
    fn after(&self, name: &str) -> i64 {
        let last = self.drafts.borrow().all.get(name).map_or(0, |d| d.at);
        clock::wall_ms().max(last.saturating_add(1))
    }

    fn put_draft(&'static self, name: String, draft: Draft) {
        self.tell_tabs(&Said { typed: Some((name.clone(), draft.clone())) });
        self.drafts.borrow_mut().dirty.insert(name.clone());
        self.show_draft(name, draft);
        self.flush_soon();
    }

    fn show_draft(&'static self, name: String, draft: Draft) {
        let before = self.drafts.borrow_mut().all.insert(name.clone(), draft.clone());
        self.draft_tracks.notify(&name);
        if let Some(key) = DraftKey::parse(&name) {
            self.draft_records.notify(&key.record);
        }
        bump(self.signals.drafts);
        if before.is_none_or(|b| b.gone) != draft.gone {
            self.count_drafts();
        }
    }

    /// How many drafts this device has, of every tab and person.
    pub fn live_drafts(&self) -> usize {
        self.drafts.borrow().all.values().filter(|d| !d.gone).count()
    }

    /// Tells the engine how many drafts keep green away.
    pub fn count_drafts(&'static self) {
        // The fields of one value are one draft to its reader.
        let drafts = self.drafts.borrow();
        let live = drafts.all.iter().filter(|(_, d)| !d.gone);
        let values = live.map(|(name, _)| name.rsplit_once('#').map_or(name.as_str(), |(value, _)| value));
        let count = values.collect::<takar_domain::sorted::Set<_>>().len();
        drop(drafts);
        self.feed(Event::Drafts(count));
        bump(self.signals.drafts);
    }

    /// At start: joins both copies. Marks of gone drafts have then done their work.
    pub fn recover_drafts(&'static self, stored: Map<String, Draft>) {
        let recovered = newest(stored, tail::drafts(), clock::wall_ms());
        for name in &recovered.stale_tails {
            tail::forget(name);
        }
        {
            let mut drafts = self.drafts.borrow_mut();
            drafts.all = recovered.all;
            drafts.dirty.extend(recovered.lacking);
            drafts.dirty.extend(recovered.expired);
        }
        self.flush_soon();
    }

    fn flush_soon(&'static self) {
        if self.flush.borrow().is_some() || self.drafts.borrow().dirty.is_empty() {
            return;
        }
        let timer = Timeout::new(GATHER_MS, move || {
            self.flush_now();
        });
        self.flush.replace(Some(timer));
    }

    /// Writes what the store lacks; the tab may be about to die.
    pub fn flush_now(&'static self) {
        self.flush.take();
        let store = self.store();
        spawn_local(async move {
            if let Some(store) = store {
                self.flush_to(&store).await;
            }
        });
    }

    pub async fn flush_to(&self, store: &Database) {
        let mut batch = Batch::default();
        let names = std::mem::take(&mut self.drafts.borrow_mut().dirty);
        for name in &names {
            let table = Table::Drafts.name();
            match self.drafts.borrow().all.get(name) {
                Some(draft) if draft.gone => {
                    batch.deletes.push((table, name.clone()));
                    batch.puts.push((table, mark_of(name), to_cbor(draft)));
                }
                Some(draft) => batch.puts.push((table, name.clone(), to_cbor(draft))),
                None => batch.deletes.push((table, mark_of(name))),
            }
        }
        if names.is_empty() {
            return;
        }
        match store.run(&batch).await {
            Ok(_) => self.store_fails(None),
            Err(why) => {
                // The tail still has them; the next keystroke tries again.
                self.drafts.borrow_mut().dirty.extend(names);
                self.store_fails(Some(why == StoreError::Full));
            }
        }
    }

    pub fn say_stored(&self) {
        self.tell_tabs(&Said::default());
    }

    fn tell_tabs(&self, said: &Said) {
        if let Some(tabs) = self.tabs.borrow().as_ref() {
            tabs.say(&to_json(said));
        }
    }

    pub fn heard_from_tab(&'static self, text: &str) {
        match from_json(text.as_bytes()) {
            Ok(Said { typed: Some((name, draft)) }) => {
                let newer = self.drafts.borrow().all.get(&name).is_none_or(|d| d.at < draft.at);
                if newer {
                    self.show_draft(name, draft);
                }
            }
            // Also a tab of another version: its rows are read all the same.
            _ => self.reload_rows(),
        }
    }
}
