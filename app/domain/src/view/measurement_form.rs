//! Form Pengukuran Kinerja: the table that screen, print and papers share.

use crate::decimal::Decimal;

use crate::achievement::{Achievement, Reason, mean_bounded};
use crate::budget;
use crate::config::{Config, Level};
use crate::date::{period_name, period_short};
use crate::figure::{EntryState, Restated};
use crate::number;
use crate::period::{Period, Span};
use crate::record::RecordId;
use crate::status::FigureStatus;
use crate::text::{common, difference, entry, form as words, names};
use crate::variables::Actual;
use crate::view::recap::{Part, Recap, RecapGroup, RecapRow, parts};

/// The whole form as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasurementForm {
    pub title: &'static str,
    /// `PEMERINTAH KABUPATEN CONTOH`, `KECAMATAN CONTOH`, a unit, the period.
    pub heading: Vec<String>,
    /// Two rows; a cell may span several columns or both rows.
    pub head: [Vec<HeadCell>; 2],
    /// Each with as many cells as the head has columns: [`COLUMNS`] for a quarter.
    pub rows: Vec<FormRow>,
    pub footnotes: Vec<String>,
}

/// Columns of the body with four quarters side by side.
pub const COLUMNS: usize = 26;
/// Column of the first period's target; three columns a period.
const PERIODS: usize = 5;
/// Columns behind the periods.
const BEHIND: usize = 9;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadCell {
    pub text: String,
    pub columns: usize,
    pub rows: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRow {
    pub kind: RowKind,
    pub cells: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Indicator,
    /// Mean capaian of a sasaran or programme.
    Mean,
}

/// The form of the whole office, or of one unit.
#[must_use]
pub fn measurement_form(config: &Config, recap: &Recap, unit: Option<RecordId>) -> MeasurementForm {
    let (mut rows, mut of_rows) = (Vec::new(), Vec::new());
    let mut number = 0;
    for group in &recap.groups {
        let mine: Vec<_> = group.rows.iter().filter(|r| unit.is_none() || r.unit == unit).collect();
        let mut node = None;
        for row in &mine {
            number += 1;
            let first_of_node = node != Some(row.node);
            node = Some(row.node);
            let lines = row.restated.iter().filter(|_| !row.linked);
            of_rows.extend(lines.map(|(period, to)| restatement(number, *period, to)));
            if row.status == FigureStatus::Differs && !row.linked {
                of_rows.push([words::NUMBER, " ", &number.to_string(), ", ", difference::LEAD].concat());
            }
            let of_node = group.rows.iter().filter(|r| r.node == row.node);
            let mean = if first_of_node { mean_bounded(of_node.map(|r| &r.year_achievement)) } else { None };
            rows.push(indicator_row(config, recap, row, number, (first_of_node, mean)));
        }
        if !mine.is_empty() && unit.is_none() && group.level != Level::Goal {
            rows.push(mean_row(recap, group));
        }
    }
    let mut footnotes = vec![
        words::SHORT_HEADS.into(),
        words::MEAN_NOTE.into(),
        policy_line(recap),
        words::efficiency_note(&number::format(recap.margin)),
    ];
    footnotes.extend(of_rows);
    MeasurementForm {
        title: words::TITLE,
        heading: heading(config, recap, unit),
        head: head(recap),
        rows,
        footnotes,
    }
}

fn heading(config: &Config, recap: &Recap, unit: Option<RecordId>) -> Vec<String> {
    let mut lines = letterhead(config, unit);
    lines.push(period_name(recap.period));
    lines
}

/// The office and the unit as a paper names them.
pub(super) fn letterhead(config: &Config, unit: Option<RecordId>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((_, office)) = &config.office {
        lines.push(format!("PEMERINTAH {}", office.regency.to_ascii_uppercase()));
        lines.push(office.name.to_ascii_uppercase());
    }
    lines.extend(unit.and_then(|id| config.units.get(&id)).map(|u| u.name.clone()));
    lines
}

fn head(recap: &Recap) -> [Vec<HeadCell>; 2] {
    let cell = |text: &str, columns, rows| HeadCell { text: text.into(), columns, rows };
    let tall = |text: &str| cell(text, 1, 2);
    let mut top = [words::NUMBER, words::NODE, common::INDICATOR, common::MEASURE, words::YEAR_TARGET]
        .map(tall)
        .to_vec();
    let mut below = Vec::new();
    for period in parts(recap.period) {
        top.push(cell(&period_short(period), 3, 1));
        below.extend([words::TARGET, words::ACTUAL, words::ACHIEVEMENT].map(|t| cell(t, 1, 1)));
    }
    top.push(tall(words::YEAR_ACHIEVEMENT));
    top.push(cell(words::BUDGET, 3, 1));
    below.extend([words::PAGU, words::BUDGET_ACTUAL, words::BUDGET_SHARE].map(|t| cell(t, 1, 1)));
    top.extend(entry::NOTES.map(tall));
    top.extend([words::RESPONSIBLE, words::EVIDENCE].map(tall));
    [top, below]
}

fn indicator_row(
    config: &Config,
    recap: &Recap,
    row: &RecapRow,
    number: usize,
    (first_of_node, mean): (bool, Option<Decimal>),
) -> FormRow {
    let mut cells = Vec::with_capacity(COLUMNS);
    cells.push(number.to_string());
    cells.push(if first_of_node { [&row.node_code, " ", &row.node_title].concat() } else { String::new() });
    cells.push(row.name.clone());
    cells.push(row.measure.clone());
    cells.push(row.target_predicate.clone().or(row.year_target.map(number::format)).unwrap_or_else(dash));
    for part in &row.parts {
        cells.extend(part_cells(part.as_ref(), recap.places));
    }
    cells.push(share(&row.year_achievement, recap.places));
    let pagu = row.pagu.filter(|_| first_of_node);
    cells.push(pagu.map(number::format).unwrap_or_default());
    cells.extend(pagu.map(|pagu| budget_cells(recap, row.spent, pagu, mean)).unwrap_or_default());
    cells.extend(row.notes.iter().cloned());
    let unit = row.unit.and_then(|id| config.units.get(&id));
    cells.push(unit.map(|u| u.name.clone()).unwrap_or_default());
    cells.push(if row.evidence == 0 { String::new() } else { words::files(row.evidence) });
    FormRow { kind: RowKind::Indicator, cells }
}

/// `No. 3, Triwulan II 2026: semula 14, menjadi 12. Salah hitung.`
fn restatement(row: usize, period: Period, to: &Restated) -> String {
    let line = words::restated(
        &period_name(period),
        to.before.map(number::format).as_deref(),
        &number::format(to.after),
    );
    [words::NUMBER, " ", &row.to_string(), ", ", &line, " ", &to.reason].concat()
}

/// Realisasi anggaran, serapan with efficiency; dashes as long as it is not known.
fn budget_cells(recap: &Recap, spent: Option<Decimal>, pagu: Decimal, mean: Option<Decimal>) -> [String; 2] {
    let Some((spent, share)) = spent.and_then(|spent| Some((spent, budget::share(spent, pagu)?))) else {
        return [dash(), dash()];
    };
    let found = mean.and_then(|mean| budget::efficiency(mean, share, recap.margin));
    let found = found.map(|found| words::efficiency(found, !is_whole(recap.period)));
    let share = number::format_places(share, recap.places);
    [number::format(spent), found.map_or_else(|| share.clone(), |found| [&share, " ", &found].concat())]
}

/// Whether the year is over with a period: until then efficiency is tentative.
const fn is_whole(period: Period) -> bool {
    matches!(period.span, Span::Year | Span::Quarter(4) | Span::Semester(2) | Span::Month(12))
}

/// Target, realisasi, capaian; blank for periods that are still to come.
fn part_cells(part: Option<&Part>, places: u32) -> [String; 3] {
    let Some(Part { actual, achievement }) = part else { return Default::default() };
    let target = achievement.target.map_or_else(dash, number::format);
    // Without a target that year nothing is missing.
    let excused = actual.state == EntryState::NotFilled && achievement.reason == Some(Reason::NoTarget);
    let told = match achievement.reason {
        Some(Reason::NoTarget) if excused => dash_because(EntryState::NoTarget),
        Some(reason @ Reason::Unfilled) => names::reason(reason).into(),
        _ => actual_text(actual),
    };
    [target, told, share(achievement, places)]
}

fn dash_because(state: EntryState) -> String {
    [common::DASH, " ", names::entry_state(state)].concat()
}

/// A realisasi as printed: the number or word, else a dash with the reason.
#[must_use]
pub fn actual_text(actual: &Actual) -> String {
    if let Some(predicate) = &actual.predicate {
        return predicate.clone();
    }
    match (actual.number, actual.state) {
        (Some(n), _) => number::format(n),
        (None, EntryState::NotFilled | EntryState::Value) => names::entry_state(EntryState::NotFilled).into(),
        (None, state) => dash_because(state),
    }
}

fn share(achievement: &Achievement, places: u32) -> String {
    achievement.bounded.map_or_else(dash, |n| number::format_places(n, places))
}

fn mean_row(recap: &Recap, group: &RecapGroup) -> FormRow {
    let periods = parts(recap.period);
    let after = PERIODS + periods.len() * 3;
    let mut cells = vec![String::new(); after + BEHIND];
    let show = |mean: Option<Decimal>| mean.map_or_else(dash, |n| number::format_places(n, recap.places));
    let mut put = |column: usize, text: String| {
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    };
    put(2, words::mean_of(names::level(group.level)));
    if let Some(place) = periods.iter().position(|period| *period == recap.period) {
        put(PERIODS + place * 3 + 2, show(group.own.period));
    }
    put(after, show(group.own.year));
    FormRow { kind: RowKind::Mean, cells }
}

fn policy_line(recap: &Recap) -> String {
    let cap = recap.cap.map(|cap| number::format(cap) + "%");
    words::policy(&recap.policy, cap.as_deref())
}

fn dash() -> String {
    common::DASH.into()
}
