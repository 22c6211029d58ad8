//! The values inside a figure's field groups (domain.md §3).
//!
//! | group | value |
//! |---|---|
//! | `value` | [`Entry`]: state, number or variables, source, evidence together |
//! | `nagari/<code>` | [`Row`]: one nagari, merged apart |
//! | `supporting`, `obstacle`, `follow_up` | [`Note`], merged one by one |
//! | `restated/<period>` | [`Restated`]: what a later round says it should have been |
//! | `validation` | [`Validation`], written by transitions only |

use crate::decimal::Decimal;
use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use crate::evidence::Reference;
use crate::period::Period;
use crate::record::{OpId, RecordId};
use crate::sorted::Map;

pub const VALUE: &str = "value";
pub const VALIDATION: &str = "validation";
/// Note groups in the order of the Form Pengukuran Kinerja:
/// faktor pendukung, kendala, tindak lanjut.
pub const NOTES: [&str; 3] = ["supporting", "obstacle", "follow_up"];
/// Prefix of the groups that hold one nagari each.
pub const NAGARI: &str = "nagari/";

/// Prefix of the groups by which the round of a later period restates a figure: what
/// was signed stays as it is, and the later document says what it should have been.
pub const RESTATED: &str = "restated/";

/// The states a figure can be in. Blank is never zero; 0 is a value.
///
/// `NoTarget` and `NotComputable` are derived, never typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// A value stands.
    Value,
    /// Belum diisi: counts as missing.
    #[default]
    NotFilled,
    /// Tidak diukur periode ini.
    NotMeasured,
    /// Belum terbit: waits for another body, with an expected date.
    NotPublished,
    /// Tidak ada target tahun ini.
    NoTarget,
    /// Tidak dapat dihitung.
    NotComputable,
}

/// Group `value` of a figure. ISO dates (`2026-10-06`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Entry {
    pub state: EntryState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Decimal>,
    /// A predicate such as `WTP`, for indicators measured in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// Named variables; the number is computed from them.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub variables: Map<String, Decimal>,
    /// When it happened, not when it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<String>,
    /// When another body is expected to publish it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Reason, for example why a cumulative count fell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Codes of soft issues that the person confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Reference>,
}

/// One nagari's row: ticked or counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Row {
    /// Sudah or belum; `None` means not filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Reference>,
}

/// Group `restated/<period>`: semula, menjadi, alasan (domain.md §3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Restated {
    /// As it was signed; `None` if it was no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Decimal>,
    pub after: Decimal,
    pub reason: String,
}

/// The period whose round restates a figure by a group, if it is such a group.
#[must_use]
pub fn restating(group: &str) -> Option<Period> {
    group.strip_prefix(RESTATED)?.parse().ok()
}

/// A note: plain text, at most [`Note::MAX_CHARS`] characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Note(pub String);

impl Note {
    pub const MAX_CHARS: usize = 4000;
}

/// What a transition looked at: if these heads changed, it is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Judged {
    pub record: RecordId,
    pub group: String,
    /// Sorted.
    pub heads: Vec<OpId>,
}

/// A head of unit's decision about one figure. Valid only while the figure's
/// data groups (`value`, `nagari/*`) still have the judged heads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Validation {
    pub decision: Decision,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Sent and validated by the same person in one press.
    #[serde(default)]
    pub self_validated: bool,
    /// Heads per data group at the time of the decision, by group name.
    pub heads: Map<String, Vec<OpId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Accept,
    Return,
}
