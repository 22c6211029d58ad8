//! The plan: its tree, indicators and targets.

use crate::decimal::Decimal;
use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use super::yes;
use crate::period::Period;
use crate::record::RecordId;
use crate::sorted::Map;

/// Prefix of an indicator's yearly targets, `target/2026`.
pub const TARGET: &str = "target/";

/// Prefix of a node's yearly budget, `pagu/2026`.
pub const PAGU: &str = "pagu/";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Tujuan.
    Goal,
    /// Sasaran.
    Objective,
    Program,
    Kegiatan,
    SubKegiatan,
}

/// A node of the plan's cascade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Node {
    pub level: Level,
    pub code: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RecordId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<RecordId>,
    #[serde(default)]
    pub order: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Higher,
    Lower,
    Range,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    #[default]
    Number,
    Percent,
    Index,
    Count,
    Rupiah,
    Predicate,
}

/// How quarters add up to a year (domain.md §3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accumulation {
    /// Quarter figures are added.
    Sum,
    /// The last value stands: each figure already counts from January (cumulative).
    #[default]
    Last,
    Average,
    /// The same target every quarter.
    Flat,
}

/// How the nagari rows make the realisasi.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowRule {
    /// Count of rows that are `sudah`.
    Count,
    /// Sum of the rows' numbers.
    Sum,
    /// `sudah` rows against all active nagari, in percent.
    Ratio,
}

/// An indicator of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Indicator {
    pub node: RecordId,
    pub code: String,
    pub name: String,
    /// Satuan: `%`, `Nilai`, `Dokumen`.
    pub measure: String,
    #[serde(default)]
    pub value_type: ValueType,
    #[serde(default)]
    pub direction: Direction,
    /// The direction was assumed at import and waits for confirmation.
    #[serde(default)]
    pub direction_assumed: bool,
    #[serde(default)]
    pub accumulation: Accumulation,
    /// Rincian per nagari.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<RowRule>,
    /// Named variables in order, with `formula` over them (`a / b * 100`); empty = one number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// The unit that answers for it; else the nearest node's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<RecordId>,
    /// The same measurement stands at this indicator: entered once, there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<RecordId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Decimal>,
    /// Operational definition, for the entry screen's hint.
    #[serde(default)]
    pub definition: String,
    #[serde(default)]
    pub order: u32,
    #[serde(default = "yes")]
    pub active: bool,
}

/// Pembilang or penyebut: part 1 knows ratio of two (`first / second × 100`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Variable {
    pub name: String,
    #[serde(default)]
    pub measure: String,
}

/// Targets of one year. `None` = no target that year or quarter, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Target {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Decimal>,
    /// Quarters I to IV; absent quarters fall back by accumulation.
    #[serde(default)]
    pub quarters: [Option<Decimal>; 4],
    /// Target predicate (`WTP`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// Periods in which it is not measured, with the reason (`semester`, `tahunan`).
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub not_measured: Map<Period, String>,
}
