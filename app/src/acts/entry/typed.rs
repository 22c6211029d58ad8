//! The raw texts typed into one figure and not saved yet.

use takar_domain::sorted::Map;

/// Realisasi as a number.
pub const NUMBER: &str = "number";
/// Realisasi as a word such as `WTP`.
pub const PREDICATE: &str = "predicate";
/// Chosen state, by its name on the wire (`not_measured`).
pub const STATE: &str = "state";
pub const EVENT_DATE: &str = "event_date";
pub const EXPECTED: &str = "expected";
pub const REASON: &str = "reason";
/// Codes of confirmed questions, separated by spaces.
pub const CONFIRMED: &str = "confirmed";
/// How the entry reached the keyboard, by its name on the wire.
pub const SOURCE: &str = "source";
/// The person it was entered for, by id.
pub const ACTED_FOR: &str = "acted_for";
/// A nagari's tick: `1` sudah, `0` belum.
pub const DONE: &str = "done";
/// A nagari's note.
pub const NOTE: &str = "note";
/// The list of evidence, whole: see [`super::evidence`].
pub const EVIDENCE: &str = "evidence";
/// The text of a note group, which has only this one field.
pub const TEXT: &str = "text";

/// The field of the indicator's n-th variable.
#[must_use]
pub fn variable(n: usize) -> String {
    ["var", &n.to_string()].concat()
}

/// Raw texts by group and field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub Map<(String, String), String>);

impl Typed {
    /// The text typed into a field; `None` if nothing was typed there since the last save.
    #[must_use]
    pub fn get(&self, group: &str, field: &str) -> Option<&str> {
        // The key type owns its texts; figures have a handful of fields.
        self.0.get(&(group.to_owned(), field.to_owned())).map(String::as_str)
    }

    /// Whether something is typed into any field of the group.
    #[must_use]
    pub fn has(&self, group: &str) -> bool {
        self.0.keys().any(|(g, _)| g == group)
    }

    /// The fields typed in a group.
    pub fn fields<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().filter(move |(g, _)| g == group).map(|(_, field)| field.as_str())
    }

    /// The groups in which something is typed, sorted, each once.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<_> = self.0.keys().map(|(g, _)| g.as_str()).collect();
        groups.dedup();
        groups
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
