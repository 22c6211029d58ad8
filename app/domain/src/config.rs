//! What configures an office: units, people, posts, nagari, plan, policy, cycles.
//!
//! Each struct is the value of the record's one group [`MAIN`] (nodes and
//! indicators have yearly groups beside it). All of it is data in the log.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::period::Period;
use crate::policy::Policy;
use crate::record::{Record, RecordId, Subject};
use crate::sop::Sop;
use crate::sorted::Map;

/// The group that holds a config record's own fields.
pub const MAIN: &str = "main";
/// Prefix of an indicator's yearly targets, `target/2026`.
pub const TARGET: &str = "target/";
/// Prefix of a node's yearly budget, `pagu/2026`.
pub const PAGU: &str = "pagu/";

/// The office itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

const fn yes() -> bool {
    true
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    /// What the person signs in with; the password lives outside the log.
    pub username: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
}

/// Jabatan that Takar knows (domain.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    Camat,
    Sekretaris,
    Perencana,
    Kasubbag,
    Kasi,
    SekretarisTim,
    AnggotaTim,
    Pelaksana,
    Bendahara,
    Inspektorat,
    Admin,
}

/// How a post is held; papers print it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    #[default]
    Definitive,
    Plt,
    Plh,
    Pj,
}

/// A post held by a person from a date to a date, by a letter. ISO dates, inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub person: RecordId,
    pub post: Post,
    /// The unit it is held in; `None` for posts of the whole office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<RecordId>,
    #[serde(default)]
    pub tenure: Tenure,
    pub from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(default)]
    pub letter: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nagari {
    pub name: String,
    /// Short stable code: names the field group `nagari/<code>`.
    pub code: String,
    #[serde(default)]
    pub order: u16,
    #[serde(default = "yes")]
    pub active: bool,
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    pub name: String,
    #[serde(default)]
    pub measure: String,
}

/// Targets of one year. `None` = no target that year or quarter, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// Tahapan pengukuran: one measuring round of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    pub period: Period,
    /// ISO date by which units send (batas isi data).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Batas kirim ke kabupaten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regency_due: Option<String>,
    /// Running or closed; history has no cycle at all.
    #[serde(default = "yes")]
    pub open: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<RecordId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sop: Option<RecordId>,
}

/// Group `stage` of a unit form: where the unit's form stands, and the lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The unit pressed *Periksa & kirim*.
    #[serde(default)]
    pub sent: bool,
    /// Handed over (step 8, part 3): edits become data susulan.
    #[serde(default)]
    pub locked: bool,
}
/// The unit form's group.
pub const STAGE: &str = "stage";

/// The whole configuration of an office, typed, indexed by record id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    pub office: Option<(RecordId, Office)>,
    pub units: Map<RecordId, Unit>,
    pub people: Map<RecordId, Person>,
    pub holdings: Map<RecordId, Holding>,
    pub nagari: Map<RecordId, Nagari>,
    pub nodes: Map<RecordId, Node>,
    /// Yearly pagu in rupiah by node.
    pub pagu: Map<RecordId, Map<u16, Decimal>>,
    pub indicators: Map<RecordId, Indicator>,
    /// Yearly targets by indicator.
    pub targets: Map<RecordId, Map<u16, Target>>,
    pub policies: Map<RecordId, Policy>,
    pub sops: Map<RecordId, Sop>,
    pub cycles: Map<RecordId, Cycle>,
}

impl Config {
    /// Takes in a record's newest state. Records that are not configuration, or
    /// whose value has an unknown shape, change nothing.
    pub fn apply(&mut self, record: &Record) {
        let id = record.subject.record();
        match record.subject {
            Subject::Office { .. } => {
                if let Some(office) = record.read(MAIN) {
                    self.office = Some((id, office));
                }
            }
            Subject::Unit { .. } => put(&mut self.units, id, record),
            Subject::Person { .. } => put(&mut self.people, id, record),
            Subject::Holding { .. } => put(&mut self.holdings, id, record),
            Subject::Nagari { .. } => put(&mut self.nagari, id, record),
            Subject::Node { .. } => {
                put(&mut self.nodes, id, record);
                self.pagu.insert(id, yearly(record, PAGU));
            }
            Subject::Indicator { .. } => {
                put(&mut self.indicators, id, record);
                self.targets.insert(id, yearly(record, TARGET));
            }
            Subject::Policy { .. } => put(&mut self.policies, id, record),
            Subject::Sop { .. } => put(&mut self.sops, id, record),
            Subject::Cycle { .. } => put(&mut self.cycles, id, record),
            Subject::UnitForm { .. } | Subject::Figure { .. } => {}
        }
    }

    /// The unit that answers for an indicator: its own, else the nearest node's.
    #[must_use]
    pub fn unit_of(&self, indicator: RecordId) -> Option<RecordId> {
        let indicator = self.indicators.get(&indicator)?;
        if indicator.unit.is_some() {
            return indicator.unit;
        }
        let mut next = Some(indicator.node);
        // The plan is data: a loop in it must not hang the office.
        for _ in 0..16 {
            let node = self.nodes.get(&next?)?;
            if node.unit.is_some() {
                return node.unit;
            }
            next = node.parent;
        }
        None
    }

    /// The open cycle of a period, the lowest id if someone opened two.
    #[must_use]
    pub fn cycle_of(&self, period: Period) -> Option<RecordId> {
        self.cycles.iter().find(|(_, c)| c.period == period && c.open).map(|(id, _)| *id)
    }
}

fn put<T: serde::de::DeserializeOwned>(map: &mut Map<RecordId, T>, id: RecordId, record: &Record) {
    if let Some(value) = record.read(MAIN) {
        map.insert(id, value);
    }
}

fn yearly<T: serde::de::DeserializeOwned>(record: &Record, prefix: &str) -> Map<u16, T> {
    record
        .groups
        .keys()
        .filter_map(|name| {
            let year = name.strip_prefix(prefix)?.parse().ok()?;
            Some((year, record.read(name)?))
        })
        .collect()
}
