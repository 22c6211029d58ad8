//! A unit's part of the form as a workbook that goes out and comes back (SOP step 3):
//! one line per cell that may be filled, and what was filled when it returned.

use serde::Serialize;
use takar_derive::Readable;

use crate::date::period_name;
use crate::figure::{NAGARI, NOTES, VALUE};
use crate::number;
use crate::record::RecordId;
use crate::text::entry;
use crate::text::workbook as words;
use crate::view::entry_sheet::{EntryRow, EntrySheet, NagariRow};

/// Most cells of one workbook that are read: a unit has some hundred.
pub const MOST_CELLS: usize = 5_000;

/// Whose form it is: written into the workbook, so that one of another unit, round or
/// version is known when it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Stamp {
    pub office: RecordId,
    pub cycle: RecordId,
    pub unit: RecordId,
    pub version: u32,
}

/// A workbook before it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Book {
    pub stamp: Stamp,
    /// Lines above the table.
    pub title: Vec<String>,
    pub lines: Vec<BookLine>,
}

/// One line, of which the last cell may be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct BookLine {
    /// The field that it fills, see [`Place`].
    pub key: String,
    /// Indicator, detail, measure and target.
    pub cells: [String; 4],
    /// What stands there now.
    pub now: String,
    /// Whether it is filled with a number.
    pub number: bool,
}

/// A workbook that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Returned {
    pub stamp: Stamp,
    pub cells: Vec<ReturnedCell>,
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct ReturnedCell {
    /// Where it stands: `E7`.
    pub at: String,
    pub key: String,
    /// As it would be typed: numbers with a comma.
    pub text: String,
    /// Code of what keeps it from being read: a formula, a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// The field of a figure that a line fills: `<indicator> <group> <field>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub indicator: RecordId,
    pub group: String,
    pub field: String,
}

impl Place {
    fn key(indicator: RecordId, group: &str, field: &str) -> String {
        [&indicator.to_string(), " ", group, " ", field].concat()
    }

    /// Reads a line's key; `None` for anything else.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let mut parts = key.split(' ');
        let indicator = RecordId(parts.next()?.parse().ok()?);
        let (group, field) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        parts.next().is_none().then_some(Self { indicator, group, field })
    }
}

/// The workbook of a unit's sheet. What is entered at another indicator stands there.
#[must_use]
pub fn book(office: (RecordId, &str), unit: &str, sheet: &EntrySheet, version: u32) -> Book {
    let stamp = Stamp { office: office.0, cycle: sheet.cycle, unit: sheet.unit, version };
    let own = sheet.rows.iter().filter(|row| row.same_as.is_none());
    Book {
        stamp,
        title: vec![
            words::title(unit, &period_name(sheet.period)),
            office.1.to_owned(),
            words::HINT.to_owned(),
        ],
        lines: own.flat_map(|row| lines(row)).collect(),
    }
}

fn lines(row: &EntryRow) -> Vec<BookLine> {
    let target = row.target.map(number::format).or_else(|| row.target_predicate.clone()).unwrap_or_default();
    let line = |group: &str, field: &str, detail: &str, now: String, number: bool| BookLine {
        key: Place::key(row.indicator, group, field),
        cells: [row.name.clone(), detail.to_owned(), row.measure.clone(), target.clone()],
        now,
        number,
    };
    let shown = |n: Option<_>| n.map(number::format).unwrap_or_default();
    let mut found = Vec::new();
    if row.shape.rows.is_some() {
        found.extend(row.nagari.iter().map(|nagari| nagari_line(row, nagari, &line)));
    } else if row.shape.value_type == crate::config::ValueType::Predicate {
        let now = row.entry.predicate.clone().unwrap_or_default();
        found.push(line(VALUE, "predicate", words::PREDICATE, now, false));
    } else if row.shape.variables.is_empty() {
        found.push(line(VALUE, "number", "", shown(row.entry.number), true));
    }
    for (n, variable) in row.shape.variables.iter().enumerate() {
        let now = shown(row.entry.variables.get(&variable.name).copied());
        found.push(line(VALUE, &["var", &n.to_string()].concat(), &variable.name, now, true));
    }
    for ((group, label), now) in NOTES.iter().zip(entry::NOTES).zip(&row.notes) {
        found.push(line(group, "text", label, now.clone(), false));
    }
    found
}

fn nagari_line(
    row: &EntryRow,
    nagari: &NagariRow,
    line: &dyn Fn(&str, &str, &str, String, bool) -> BookLine,
) -> BookLine {
    let group = [NAGARI, &nagari.code].concat();
    if row.shape.rows == Some(crate::config::RowRule::Sum) {
        let now = nagari.row.number.map(number::format).unwrap_or_default();
        return line(&group, "number", &nagari.name, now, true);
    }
    let now = nagari.row.done.map(words::tick).unwrap_or_default().to_owned();
    line(&group, "done", &nagari.name, now, false)
}

/// Why a workbook that came back is not this unit's form as it stands.
#[must_use]
pub fn strange(stamp: &Stamp, wanted: &Stamp) -> Option<&'static str> {
    let Stamp { office, cycle, unit, version } = *stamp;
    if office != wanted.office {
        return Some("sheet.office");
    }
    if cycle != wanted.cycle {
        return Some("sheet.cycle");
    }
    if unit != wanted.unit {
        return Some("sheet.unit");
    }
    (version != wanted.version).then_some("sheet.version")
}
