//! One indicator while it is being entered: what is typed, what it means, and
//! the presses that change it. Shared by the grid's row and the phone's card.

use std::sync::Arc;

use crate::signal::*;
use takar_domain::figure::VALUE;
use takar_domain::permission::Permission;
use takar_domain::procedure::lock::Lock;
use takar_domain::record::{RecordId, Source};
use takar_domain::text::common;
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet};

use crate::acts::edit;
use crate::acts::entry::compile::Figure;
use crate::acts::entry::live::{live, stored_text};
use crate::acts::entry::save::{source, work};
use crate::acts::entry::standing::standing;
use crate::acts::entry::typed::{CONFIRMED, NUMBER, PREDICATE, STATE};
use crate::acts::entry::{Live, Standing, Typed, Work};
use crate::state::{App, DraftKey, OpState, Save};
use crate::ui::{Toast, use_toast};
use takar_domain::check::Context;

/// The sheet of one unit in the cycle in view. `None` without a cycle.
pub type Sheet = Memo<Option<Arc<EntrySheet>>>;

/// A handle on one indicator's row, freely copied into closures.
#[derive(Clone, Copy)]
pub struct Line {
    pub app: App,
    pub unit: RecordId,
    pub indicator: RecordId,
    /// As stored, with this device's waiting work.
    pub row: Memo<Option<Arc<EntryRow>>>,
    pub typed: Memo<Typed>,
    /// As it would be if saved now.
    pub live: Memo<Option<Live>>,
    /// Whether the person may enter here: what was typed before the document was
    /// signed stays in its field, nothing new comes to it.
    pub editable: Memo<bool>,
    /// The person left the field, or pressed *Simpan*: errors and questions show.
    pub left: RwSignal<bool>,
    /// Work that is being stored: the same is not saved twice.
    saving: StoredValue<Option<Work>>,
    toast: Toast,
}

impl Line {
    /// The row of `indicator` in the sheet.
    #[must_use]
    pub fn new(app: App, sheet: Sheet, unit: RecordId, indicator: RecordId) -> Self {
        let row = Memo::new(move || {
            sheet.with(|s| s.as_ref()?.rows.iter().find(|r| r.indicator == indicator).cloned())
        });
        let figure = row.with_untracked(|r| r.as_ref().map(|r| r.figure));
        let typed = Memo::new(move || {
            let drafts = figure.map(|f| app.drafts_of(f)).unwrap_or_default();
            Typed(drafts.into_iter().map(|(key, draft)| ((key.group, key.field), draft.text)).collect())
        });
        let live = Memo::new(move || {
            let place = sheet.with(|s| s.as_ref().map(|s| (s.cycle, s.period)))?;
            let record = figure.and_then(|f| app.record(f));
            let (config, today) = (app.config(), app.today());
            row.with(|r| {
                let r = r.as_ref()?;
                Some(typed.with(|t| live(&config, place, r, record.as_ref(), t, today)))
            })
        });
        let editable = Memo::new(move || {
            let signed = sheet.with(|s| s.as_ref().is_some_and(|s| s.lock == Some(Lock::Signed)));
            app.can(Permission::EnterFigure, Some(unit))
                && (!signed || typed.with(|t| !t.is_empty()))
                && row.with(|r| r.as_ref().is_some_and(|r| r.same_as.is_none()))
        });
        let left = RwSignal::new(true);
        Self {
            app,
            unit,
            indicator,
            row,
            typed,
            live,
            editable,
            left,
            saving: StoredValue::new(None),
            toast: use_toast(),
        }
    }

    /// The DOM id of the grid's cell in a column.
    #[must_use]
    pub fn cell_id(&self, column: usize) -> String {
        cell_id(self.indicator, column)
    }

    /// Where a draft of a field is kept. Reactive for who works.
    #[must_use]
    pub fn key(&self, group: &str, field: &str) -> Option<DraftKey> {
        let person = self.app.me()?.person;
        let record = self.row.with_untracked(|r| r.as_ref().map(|r| r.figure))?;
        Some(DraftKey::new(person, record, group, field))
    }

    /// The text in a field: typed, else stored. Reactive.
    #[must_use]
    pub fn text(&self, group: &str, field: &str) -> String {
        let typed = self.typed.with(|t| t.get(group, field).map(str::to_owned));
        typed.unwrap_or_else(|| {
            self.row.with(|r| r.as_ref().map(|r| stored_text(r, group, field)).unwrap_or_default())
        })
    }

    /// Keeps a keystroke. A field put back as it was has no draft.
    pub fn type_text(&self, group: &str, field: &str, text: String) {
        if group == VALUE && (field == NUMBER || field == PREDICATE || field.starts_with("var")) {
            // A confirmation was given for another number, a reason for having none.
            self.drop_text(VALUE, CONFIRMED);
            self.drop_text(VALUE, STATE);
        }
        let stored = self.row.with_untracked(|r| r.as_ref().map(|r| stored_text(r, group, field)));
        if stored.as_deref() == Some(text.as_str()) {
            self.drop_text(group, field);
        } else if let Some(key) = self.key(group, field) {
            self.app.type_draft(key, text);
        }
    }

    /// Forgets what is typed in a field.
    pub fn drop_text(&self, group: &str, field: &str) {
        if self.typed.with_untracked(|t| t.get(group, field).is_some())
            && let Some(key) = self.key(group, field)
        {
            self.app.drop_draft(&key);
        }
    }

    /// What saving now would write.
    #[must_use]
    pub fn work(&self, only: Option<&str>) -> Work {
        let found = self.row.with_untracked(|r| {
            let r = r.as_ref()?;
            let period = match &r.subject {
                takar_domain::record::Subject::Figure { period, .. } => *period,
                _ => return None,
            };
            let around = Context { period, target: r.target, last: r.last, today: self.app.today() };
            let record = self.app.record(r.figure);
            Some(self.typed.with_untracked(|typed| {
                work(&Figure { indicator: &r.shape, record: record.as_ref(), typed, around }, only)
            }))
        });
        found.unwrap_or_default()
    }

    /// Saves what is typed, in one group or, on a press, in all, which is said once it
    /// is stored. What a hard issue stands against stays a draft and says why. `true`
    /// if nothing stood against it.
    pub fn save(&self, only: Option<&str>) -> bool {
        self.left.set(true);
        let work = self.work(only);
        let clean = work.blocked.is_empty();
        if work.is_empty() || self.saving.with_value(|s| s.as_ref() == Some(&work)) {
            return clean;
        }
        let line = *self;
        self.saving.set_value(Some(work.clone()));
        let saves = save_of(&[(line, work)]);
        let pressed = only.is_none();
        spawn_local(async move {
            if line.store(saves).await && pressed {
                line.toast.say(common::SAVED);
            }
            // The page may be gone by now; the value is stored all the same.
            line.saving.set_value(None);
        });
        clean
    }

    /// `false`, and said, if the device could not store it.
    async fn store(self, save: Option<Save>) -> bool {
        let Some(save) = save else { return true };
        if save.parts.is_empty() {
            save.drop_drafts.iter().for_each(|key| self.app.drop_draft(key));
        } else if let Err(why) = self.app.save(save).await {
            self.toast.say(why.words());
            return false;
        }
        true
    }

    /// How entries of this unit usually reach the person's keyboard.
    #[must_use]
    pub fn usual_source(&self) -> Source {
        let posted =
            self.app.me().is_some_and(|me| me.posts.iter().any(|(.., unit)| *unit == Some(self.unit)));
        if posted || self.app.can(Permission::SendForm, Some(self.unit)) {
            Source::Own
        } else {
            Source::Paper
        }
    }

    /// Where the value stands on its way. Reactive.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        let row = self.row.get()?;
        let record = self.app.record(row.figure);
        let sending = |op| matches!(self.app.op_state(op), Some(OpState::Sending));
        Some(self.typed.with(|t| standing(t, record.as_ref(), &sending, row.status.clone())))
    }
}

/// The DOM id of a grid cell.
#[must_use]
pub fn cell_id(indicator: RecordId, column: usize) -> String {
    format!("sel-{indicator}-{column}")
}

/// One operation out of the work of several rows, in the name that the first one states.
#[must_use]
pub fn save_of(all: &[(Line, Work)]) -> Option<Save> {
    let (first, _) = all.first()?;
    let (source, acted_for) = first.typed.with_untracked(|t| source(t, first.usual_source()));
    let mut save = Save { source, acted_for: acted_for.map(RecordId), ..Save::default() };
    for (line, work) in all {
        let subject = line.row.with_untracked(|r| r.as_ref().map(|r| r.subject.clone()))?;
        if !work.changes.is_empty() {
            save.parts.push(edit(subject, work.changes.clone()));
        }
        save.drop_drafts.extend(work.drops.iter().filter_map(|(group, field)| line.key(group, field)));
    }
    Some(save)
}

/// Saves several rows as one operation and says so.
pub fn save_all(lines: &[Line]) -> bool {
    lines.iter().for_each(|l| l.left.set(true));
    let work: Vec<_> = lines.iter().map(|l| (*l, l.work(None))).collect();
    let clean = work.iter().all(|(_, w)| w.blocked.is_empty());
    let work: Vec<_> = work.into_iter().filter(|(_, w)| !w.is_empty()).collect();
    let (Some(save), Some((line, _))) = (save_of(&work), work.first().cloned()) else { return clean };
    spawn_local(async move {
        if line.store(Some(save)).await {
            line.toast.say(common::SAVED);
        }
    });
    clean
}
