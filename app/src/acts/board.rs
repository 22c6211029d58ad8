//! *Penghimpunan*: where every figure of a round stands, what is late and why,
//! and the reminder about it as text to share.

use takar_domain::achievement::Reason;
use takar_domain::config::Config;
use takar_domain::date::{Date, date_of, period_name};
use takar_domain::figure::EntryState;
use takar_domain::procedure::lock::Lock;
use takar_domain::record::RecordId;
use takar_domain::status::{FigureStatus, newest};
use takar_domain::text::{board as words, common, names};
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet};
use takar_sync::made_at;

use super::home::working_days_late;
use super::words::{day, row_words, unit_name};
use super::{Get, words as say};

/// One unit of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfUnit {
    pub unit: RecordId,
    pub name: String,
    pub filled: usize,
    pub expected: usize,
    /// The document is signed: nothing is awaited any more.
    pub signed: bool,
    /// Working days since batas isi data while something is missing; 0 if not late.
    pub late: usize,
    pub lines: Vec<Line>,
}

/// One figure of a unit; linked rows stand where they are entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub indicator: RecordId,
    pub name: String,
    pub status: FigureStatus,
    /// The realisasi, or the state in its place.
    pub value: String,
    /// Day of the last change; of the expected publication for what waits for it.
    pub day: Option<Date>,
    /// The comment of a return, the reason of a state, the kendala of what is missing.
    pub why: String,
    /// Expected and not filled.
    pub missing: bool,
    /// Nagari that have handed in nothing.
    pub silent: Vec<String>,
}

impl OfUnit {
    #[must_use]
    pub fn missing(&self) -> usize {
        self.expected.saturating_sub(self.filled)
    }
}

/// The board of a round from its sheets; `due` is batas isi data.
#[must_use]
pub fn board(
    config: &Config,
    get: Get<'_>,
    sheets: &[EntrySheet],
    due: Option<Date>,
    today: Date,
) -> Vec<OfUnit> {
    let late = due.filter(|due| *due < today).map_or(0, |due| working_days_late(due, today).max(1));
    let unit = |sheet: &EntrySheet| {
        let rows = sheet.rows.iter().filter(|row| row.same_as.is_none());
        let (filled, expected) = (sheet.counts.filled, sheet.counts.expected);
        let signed = sheet.lock == Some(Lock::Signed);
        OfUnit {
            unit: sheet.unit,
            name: unit_name(config, sheet.unit).to_owned(),
            filled,
            expected,
            signed,
            late: if filled < expected && !signed { late } else { 0 },
            lines: rows.map(|row| line(config, get, row)).collect(),
        }
    };
    sheets.iter().map(unit).collect()
}

fn line(config: &Config, get: Get<'_>, row: &EntryRow) -> Line {
    let excused = row.actual.state == EntryState::NotFilled && row.achievement.state == EntryState::NoTarget;
    let missing = row.actual.state == EntryState::NotFilled && !excused;
    let expected = row.entry.expected.as_deref().and_then(|iso| iso.parse().ok());
    let changed = || Some(date_of(made_at(&newest(&get(row.figure)?)?.by.made), config.zone()));
    let [_, obstacle, _] = &row.notes;
    let reason = row.entry.reason.clone().or_else(|| row.not_measured.clone()).unwrap_or_default();
    let value = match row.achievement.reason {
        _ if excused => names::entry_state(EntryState::NoTarget).to_owned(),
        Some(Reason::Unfilled) => names::reason(Reason::Unfilled).to_owned(),
        _ => say::actual(&row.measure, &row.actual),
    };
    Line {
        indicator: row.indicator,
        name: row.name.clone(),
        status: row.status.clone(),
        value,
        day: expected.filter(|_| row.actual.state == EntryState::NotPublished).or_else(changed),
        why: match &row.status {
            FigureStatus::Returned { comment } => comment.clone(),
            _ if missing => obstacle.clone(),
            _ => reason,
        },
        missing,
        silent: silent(row),
    }
}

/// The nagari of a row that have neither a number nor a tick.
#[must_use]
pub fn silent(row: &EntryRow) -> Vec<String> {
    let none = |n: &&takar_domain::view::entry_sheet::NagariRow| {
        row_words(&n.row) == names::entry_state(EntryState::NotFilled)
    };
    row.nagari.iter().filter(none).map(|n| n.name.clone()).collect()
}

/// The reminder to some units: what each still owes, with the nagari that handed in
/// nothing. Plain text, as it goes through WhatsApp.
#[must_use]
pub fn reminder(config: &Config, cycle: RecordId, units: &[OfUnit]) -> String {
    let round = config.cycles.get(&cycle);
    let period = round.map(|c| period_name(c.period)).unwrap_or_default();
    let due = round.and_then(|c| c.due.as_deref()).map(day);
    let mut text = words::remind(&period, due.as_deref());
    for unit in
        units.iter().filter(|unit| unit.lines.iter().any(|line| line.missing || !line.silent.is_empty()))
    {
        text.push_str("\n\n");
        text.push_str(&words::owes(&unit.name, unit.missing(), unit.expected));
        for line in unit.lines.iter().filter(|line| line.missing || !line.silent.is_empty()) {
            text.push_str("\n- ");
            text.push_str(&line.name);
            if !line.silent.is_empty() {
                text.push_str(&[": ", words::SILENT, " ", &line.silent.join(", ")].concat());
            }
        }
    }
    let office = config.office.as_ref().map_or(common::DASH, |(_, office)| office.name.as_str());
    text.push_str("\n\n");
    text.push_str(&words::closing(office));
    text
}

/// What still is missing, unit by unit, in one line each: step 6 names it and ends
/// all the same.
#[must_use]
pub fn gaps(units: &[OfUnit]) -> Vec<String> {
    let open = units.iter().filter(|unit| unit.missing() > 0);
    let names = |unit: &OfUnit| {
        let names = unit.lines.iter().filter(|line| line.missing).map(|line| line.name.as_str());
        [&unit.name, ": ", &names.collect::<Vec<_>>().join(", ")].concat()
    };
    open.map(names).collect()
}
