//! A text about judging something: kept as a draft at each keystroke, so that a killed
//! tab leaves it, until what it was typed for is saved.

use takar_domain::record::RecordId;

use crate::signal::*;
use crate::state::{App, DraftKey};

/// The text as a handle, freely copied into closures.
#[derive(Clone, Copy)]
pub struct Kept {
    pub text: RwSignal<String>,
    app: App,
    key: StoredValue<Option<DraftKey>>,
}

impl Kept {
    /// What was typed and not saved about a group of a record, else nothing.
    #[inline(never)]
    pub fn new(app: App, record: Option<RecordId>, group: &str, field: &str) -> Self {
        let me = untrack(|| app.me()).zip(record);
        let key = me.map(|(me, record)| DraftKey::judging(me.person, record, group, field));
        let draft = key.as_ref().and_then(|key| untrack(|| app.draft(key)));
        let text = RwSignal::new(draft.map(|draft| draft.text).unwrap_or_default());
        Self { text, app, key: StoredValue::new(key) }
    }

    pub fn put(self, text: String) {
        if let Some(key) = self.key.get_value() {
            self.app.keep_draft(key, &text, "");
        }
        self.text.set(text);
    }

    /// What a keystroke does.
    pub fn typing(self) -> Callback<(String,)> {
        Callback::from(move |text: String| self.put(text))
    }

    /// The draft that saving drops.
    pub fn draft(self) -> Option<DraftKey> {
        self.key.get_value()
    }
}
