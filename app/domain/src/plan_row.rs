//! One line of a plan file, its cells as text: the shape shared by the CSV and,
//! later, the spreadsheet.

use std::collections::BTreeMap;

/// One indicator of one node, as the file says it. Numbers have a decimal point
/// and no thousands separator; an empty cell is absent, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanRow {
    /// Line in the file, from 1, the header included.
    pub line: u64,
    /// `tujuan`, `sasaran`, `program`, `kegiatan`, `sub kegiatan`.
    pub level: String,
    pub code: String,
    pub parent: String,
    pub title: String,
    pub indicator: String,
    pub measure: String,
    pub baseline: String,
    pub targets: BTreeMap<u16, String>,
    /// Pagu in rupiah by year.
    pub budgets: BTreeMap<u16, String>,
    /// Optional: name of the responsible unit.
    pub unit: String,
    /// Optional: `naik` or `turun`; absent = higher is better, to be confirmed.
    pub direction: String,
    /// Optional: `jumlah`, `akhir`, `rata-rata`, `tetap`.
    pub accumulation: String,
    /// Optional, for indicators per nagari: `hitung`, `jumlah`, `persen`.
    pub rows: String,
    /// Optional: targets by year and quarter.
    pub quarters: BTreeMap<(u16, u8), String>,
}
