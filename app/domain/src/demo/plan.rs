//! The demo's plan: public figures of a real Renstra, labelled *contoh*, with
//! quarter targets by rule, moved to the demo's year if that lies outside.

use crate::decimal::Decimal;
use std::collections::BTreeMap;

use crate::codec::from_value;
use crate::config::{Config, Target};
use crate::period::Period;
use crate::plan_csv;
use crate::plan_import::{Import, plan_import};
use crate::plan_row::PlanRow;
use crate::record::RecordId;
use crate::setup::plain;

const PLAN: &str = include_str!("../../data/plan-contoh.csv");
const EXTRA: &str = include_str!("../../data/indikator-contoh.csv");
/// Years of the data files.
const YEARS: std::ops::RangeInclusive<u16> = 2026..=2030;

/// What the plan leaves out in a quarter, by code and text of the indicator.
const NOT_MEASURED: [(&str, &str, &str); 4] = [
    ("T1", "Nilai Kinerja", "Dinilai setahun sekali"),
    ("S2", "Indeks Kepuasan", "Survei per semester"),
    ("S2", "Nilai Kematangan", "Dinilai setahun sekali"),
    ("S3", "Persentase", "Dihitung setahun sekali"),
];

/// The import of the whole plan into an office with its units.
pub(super) fn import(office: RecordId, config: &Config, period: Period) -> Result<Import, String> {
    let mut rows = plan_csv::read(PLAN.as_bytes())?.rows;
    let lines = rows.len() as u64;
    rows.extend(
        plan_csv::read(EXTRA.as_bytes())?.rows.into_iter().map(|r| PlanRow { line: r.line + lines, ..r }),
    );
    for row in &mut rows {
        move_years(row, period.year);
        quarters(row, period.year);
    }
    let mut import = plan_import(office, &rows, config);
    leave_out(&mut import, period);
    Ok(import)
}

/// Shifts all years so that the demo's year is one of the plan's.
fn move_years(row: &mut PlanRow, year: u16) {
    let inside = year.clamp(*YEARS.start(), *YEARS.end());
    let moved = |cells: &mut BTreeMap<u16, String>| {
        let old = std::mem::take(cells);
        cells.extend(old.into_iter().map(|(y, cell)| (y.saturating_add(year).saturating_sub(inside), cell)));
    };
    moved(&mut row.targets);
    moved(&mut row.budgets);
}

/// Cumulative counts grow evenly and never start at zero; all else aims at the
/// year's target in each quarter.
fn quarters(row: &mut PlanRow, year: u16) {
    let Some(target) = row.targets.get(&year).and_then(|t| t.parse::<Decimal>().ok()) else { return };
    for quarter in 1..=4_u8 {
        let grows = row.accumulation == "akhir" && target.is_integer();
        let part = (target * Decimal::from(quarter) / Decimal::from(4)).ceil();
        let value = if grows { part } else { target };
        row.quarters.insert((year, quarter), value.normalize().to_string());
    }
}

/// Marks what is not measured in the demo's quarter.
fn leave_out(import: &mut Import, period: Period) {
    let group = format!("{}{}", crate::config::TARGET, period.year);
    for (_, changes) in &mut import.parts {
        let names = |code: &str, text: &str| {
            changes.iter().any(|(group, value)| {
                let field = |name: &str| value.get(name).and_then(|v| v.as_str()).unwrap_or_default();
                let own =
                    field("code").strip_prefix(code).is_some_and(|r| r.is_empty() || r.starts_with('-'));
                group == crate::config::MAIN && own && field("name").starts_with(text)
            })
        };
        let found = NOT_MEASURED.iter().find(|(code, text, _)| names(code, text));
        let Some((.., reason)) = found else { continue };
        for (_, value) in changes.iter_mut().filter(|(name, _)| *name == group) {
            if let Ok(mut target) = from_value::<Target>(value) {
                target.not_measured.insert(period, (*reason).into());
                *value = plain(&target);
            }
        }
    }
}
