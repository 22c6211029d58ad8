//! What validation says: codes with paths, rendered to words elsewhere.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use crate::sorted::Map;

/// How serious an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Asks; the person may confirm.
    Soft,
    /// Explains; the value cannot be saved so.
    Hard,
}

/// One finding about one field. Words come from [`crate::text`] by code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Issue {
    /// Stable code, for example `number.ambiguous`.
    pub code: String,
    /// Dotted path of the field, for example `value.number`.
    pub path: String,
    pub severity: Severity,
    /// Facts that the words need, already formatted for a reader.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub facts: Map<String, String>,
}

impl Issue {
    #[must_use]
    pub fn hard(code: &str, path: &str) -> Self {
        Self { code: code.into(), path: path.into(), severity: Severity::Hard, facts: Map::new() }
    }

    /// One more among what was found.
    #[inline(never)]
    pub fn add(found: &mut Vec<Self>, code: &str, path: &str) {
        found.push(Self::hard(code, path));
    }

    #[must_use]
    pub fn soft(code: &str, path: &str) -> Self {
        Self { severity: Severity::Soft, ..Self::hard(code, path) }
    }

    /// Adds a fact for the words.
    #[must_use]
    pub fn with(mut self, name: &str, fact: impl Into<String>) -> Self {
        self.facts.insert(name.into(), fact.into());
        self
    }
}
