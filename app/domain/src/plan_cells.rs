//! The cells of one plan row, read: numbers, and the optional columns.

use std::collections::BTreeMap;

use crate::decimal::Decimal;

use crate::config::{Accumulation, Config, Direction, RowRule};
use crate::number::{MAX_PLACES, within_bounds};
use crate::plan_import::key;
use crate::plan_row::PlanRow;
use crate::record::RecordId;

/// A row's cells; an absent number is `None`, never zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cells {
    pub baseline: Option<Decimal>,
    /// Every target column, also the empty ones.
    pub targets: BTreeMap<u16, Option<Decimal>>,
    pub quarters: BTreeMap<(u16, u8), Option<Decimal>>,
    /// Filled budget cells only: tujuan and sasaran have none.
    pub budgets: BTreeMap<u16, Decimal>,
    pub unit: Option<RecordId>,
    /// The unit's cell names nobody in this office.
    pub unit_unknown: bool,
    pub direction: Option<Direction>,
    pub accumulation: Option<Accumulation>,
    pub rows: Option<RowRule>,
}

impl Cells {
    /// Same baseline and targets: with the same text and measure, one measurement.
    pub(crate) fn measures_like(&self, other: &Self) -> bool {
        self.baseline == other.baseline && self.targets == other.targets && self.quarters == other.quarters
    }

    pub(crate) fn numbers(&self) -> impl Iterator<Item = Decimal> {
        self.baseline.into_iter().chain(self.targets.values().flatten().copied())
    }
}

/// Reads a row's cells.
///
/// # Errors
/// Why the row cannot be taken, in words.
pub(crate) fn cells(row: &PlanRow, existing: &Config) -> Result<Cells, String> {
    let unit = unit(&row.unit, existing);
    let mut cells = Cells {
        baseline: number("kondisi awal", &row.baseline)?,
        unit_unknown: unit.is_none() && !row.unit.trim().is_empty(),
        unit,
        direction: choice("arah", &row.direction, &DIRECTIONS)?,
        accumulation: choice("akumulasi", &row.accumulation, &ACCUMULATIONS)?,
        rows: choice("rincian", &row.rows, &ROW_RULES)?,
        ..Cells::default()
    };
    for (year, cell) in &row.targets {
        cells.targets.insert(*year, number(&format!("target {year}"), cell)?);
    }
    for (place @ (year, quarter), cell) in &row.quarters {
        cells.quarters.insert(*place, number(&format!("target {year} triwulan {quarter}"), cell)?);
        cells.targets.entry(*year).or_default();
    }
    for (year, cell) in &row.budgets {
        let name = format!("anggaran {year}");
        match number(&name, cell)? {
            Some(n) if n.is_sign_negative() && !n.is_zero() => return Err(format!("{name} di bawah nol")),
            Some(n) => drop(cells.budgets.insert(*year, n)),
            None => {}
        }
    }
    Ok(cells)
}

const DIRECTIONS: [(&str, Direction); 2] = [("naik", Direction::Higher), ("turun", Direction::Lower)];
const ACCUMULATIONS: [(&str, Accumulation); 4] = [
    ("jumlah", Accumulation::Sum),
    ("akhir", Accumulation::Last),
    ("rata-rata", Accumulation::Average),
    ("tetap", Accumulation::Flat),
];
const ROW_RULES: [(&str, RowRule); 3] =
    [("hitung", RowRule::Count), ("jumlah", RowRule::Sum), ("persen", RowRule::Ratio)];

fn choice<T: Copy>(name: &str, cell: &str, table: &[(&str, T)]) -> Result<Option<T>, String> {
    let wanted = key(cell);
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some((_, found)) = table.iter().find(|(word, _)| *word == wanted) {
        return Ok(Some(*found));
    }
    let words: Vec<_> = table.iter().map(|(word, _)| *word).collect();
    Err(format!("{name} \"{}\" tidak dikenal; pilih {}", cell.trim(), words.join(", ")))
}

/// A plain decimal with a point, or nothing.
fn number(name: &str, cell: &str) -> Result<Option<Decimal>, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let read = if plain(whole) && plain(part) { cell.parse::<Decimal>().ok() } else { None };
    let Some(number) = read.map(|n| n.normalize()) else {
        return Err(format!(
            "{name} \"{cell}\" tidak terbaca; tulis dengan titik desimal tanpa pemisah ribuan, misalnya 89.85"
        ));
    };
    if within_bounds(number, name).is_err() {
        return Err(format!(
            "{name} \"{cell}\" terlalu besar atau lebih dari {MAX_PLACES} angka di belakang koma"
        ));
    }
    Ok(Some(number))
}

/// A unit by its name, with or without the word before it (`Seksi Pelayanan`, `Pelayanan`).
fn unit(cell: &str, existing: &Config) -> Option<RecordId> {
    let wanted = key(cell);
    if wanted.is_empty() {
        return None;
    }
    let named = |name: &str| {
        let name = key(name);
        name == wanted || ["seksi", "subbagian"].iter().any(|p| name.strip_prefix(p) == Some(wanted.as_str()))
    };
    existing.units.iter().find(|(_, u)| u.active && named(&u.name)).map(|(id, _)| *id)
}
