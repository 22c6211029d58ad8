//! A value that was not taken, back into the texts that a person typed.

use serde::de::DeserializeOwned;
use takar_domain::codec::{from_value, to_value};
use takar_domain::config::Indicator;
use takar_domain::figure::{Entry, EntryState, NAGARI, NOTES, Note, Row, VALUE};
use takar_domain::record::Value;

use super::evidence;
use super::live::{entry_text, row_text};
use super::typed::{
    DONE, EVENT_DATE, EVIDENCE, EXPECTED, NOTE, NUMBER, PREDICATE, REASON, STATE, TEXT, variable,
};

/// The field of a group and what stands in it, for everything that was filled in.
#[must_use]
pub fn texts(indicator: &Indicator, group: &str, value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut put = |field: &str, text: String| {
        if !text.is_empty() {
            found.push((field.to_owned(), text));
        }
    };
    if group == VALUE {
        let entry: Entry = read(value);
        if !matches!(entry.state, EntryState::Value | EntryState::NotFilled) {
            put(STATE, to_value(&entry.state).as_str().unwrap_or_default().to_owned());
        }
        let numbered = (0..indicator.variables.len()).map(variable);
        let named = [NUMBER, PREDICATE, EVENT_DATE, EXPECTED, REASON].map(str::to_owned);
        for field in named.into_iter().chain(numbered) {
            put(&field, entry_text(&entry, &indicator.variables, &field));
        }
        put(EVIDENCE, evidence::text(&entry.evidence));
    } else if group.starts_with(NAGARI) {
        let row: Row = read(value);
        for field in [DONE, NUMBER, EVENT_DATE, NOTE] {
            put(field, row_text(&row, field));
        }
        put(EVIDENCE, evidence::text(&row.evidence));
    } else if NOTES.contains(&group) {
        put(TEXT, read::<Note>(value).0);
    }
    found
}

fn read<T: Default + DeserializeOwned>(value: &Value) -> T {
    from_value(value).unwrap_or_default()
}
