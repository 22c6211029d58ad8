//! The office, its units and its nagari.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use super::yes;
use crate::date::Date;
use crate::evidence::LIMIT;
use crate::record::RecordId;

/// The office itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Office {
    /// `Kecamatan Contoh`.
    pub name: String,
    /// `Kabupaten Contoh`.
    pub regency: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub zone: Zone,
    /// Word for the villages: `nagari`, `desa`, `kelurahan`.
    #[serde(default = "nagari_word")]
    pub village_word: String,
    /// Demo data: a strip says so.
    #[serde(default)]
    pub demo: bool,
    /// Most bytes of one file of evidence.
    #[serde(default = "file_limit")]
    pub file_limit: u64,
    /// How letter numbers are printed, see [`crate::letter::TOKENS`].
    #[serde(default = "number_pattern")]
    pub number_pattern: String,
    /// `kode_unit` of letter numbers; empty for the initials of the office's name.
    #[serde(default)]
    pub letter_unit: String,
    /// `klasifikasi` of the letter that sends the document.
    #[serde(default = "letter_class")]
    pub letter_class: String,
    /// Where letters are dated, as it is printed before the date; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Jadwal retensi arsip, see [`crate::retention::rules`].
    #[serde(default = "schedule")]
    pub retention: String,
}

impl Office {
    /// `kode_unit` as it is printed.
    #[must_use]
    pub fn letter_code(&self) -> String {
        match self.letter_unit.trim() {
            "" => crate::sop::initials(&self.name),
            code => code.to_owned(),
        }
    }

    /// `Salido, 5 Februari 2026`, as papers are dated.
    #[must_use]
    pub fn dated(&self, date: Date) -> String {
        let (place, date) = (self.place.trim(), date.format_long());
        if place.is_empty() { date } else { [place, ", ", &date].concat() }
    }
}

fn number_pattern() -> String {
    crate::letter::PATTERN.into()
}

fn letter_class() -> String {
    crate::letter::CLASS.into()
}

fn schedule() -> String {
    crate::retention::SCHEDULE.into()
}

const fn file_limit() -> u64 {
    LIMIT
}

fn nagari_word() -> String {
    "nagari".into()
}

/// Indonesian time zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Zone {
    #[default]
    Wib,
    Wita,
    Wit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    Secretariat,
    SubSection,
    Section,
}

/// A part of the office: sekretariat, sub bagian or seksi.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Unit {
    pub name: String,
    pub kind: UnitKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RecordId>,
    #[serde(default)]
    pub order: u16,
    #[serde(default = "yes")]
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Nagari {
    pub name: String,
    /// Short stable code: names the field group `nagari/<code>`.
    pub code: String,
    #[serde(default)]
    pub order: u16,
    #[serde(default = "yes")]
    pub active: bool,
}
