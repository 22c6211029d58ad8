//! The figures of the demo, by rule where nobody looks and by hand where they do.

use crate::decimal::Decimal;

use crate::accumulate::quarter_target;
use crate::config::{Config, Indicator, Nagari, RowRule, ValueType};
use crate::date::Date;
use crate::figure::{Entry, EntryState, NAGARI, NOTES, Note, Row, VALUE};
use crate::period::{Period, Span};
use crate::record::{RecordId, Subject, Value, natural};
use crate::setup::{Fields, main, plain};

/// Twenty invented nagari: letters E to X.
const LETTERS: std::ops::RangeInclusive<char> = 'E'..='X';

pub(super) const ORDERLY: &str = "Nagari tertib administrasi";
pub(super) const REPORTS: &str = "Laporan nagari tepat waktu";
const WELFARE: &str = "Nagari memutakhirkan data kesejahteraan sosial";

/// Last nagari that is `sudah` by indicator: two quarters ago, last quarter, now.
const DONE_UNTIL: [(&str, [char; 3]); 3] =
    [(ORDERLY, ['M', 'O', 'O']), (REPORTS, ['P', 'R', 'T']), (WELFARE, ['R', 'T', 'V'])];

/// Values worth telling, in tenths, by start of the indicator's name.
const TOLD: [(&str, [i64; 3]); 2] =
    [("Persentase pembinaan dan pengawasan", [955, 972, 985]), ("Keluhan belum tertangani", [90, 70, 60])];

/// How far back a period lies: names the column of the tables above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Before,
    Last,
    Now,
}

pub(super) fn nagari(office: RecordId) -> Vec<Fields> {
    let one = |(order, letter): (u16, char)| {
        let code = letter.to_ascii_lowercase().to_string();
        let id = natural(office.0, &format!("nagari/{code}"));
        let value = Nagari { name: format!("Nagari Contoh {letter}"), code, order, active: true };
        main(Subject::Nagari { id }, &value)
    };
    (0..).zip(LETTERS).map(one).collect()
}

/// The group of a nagari's row.
pub(super) fn row(letter: char, done: bool, date: Date, note: Option<&str>) -> (String, Value) {
    let row = Row {
        done: Some(done),
        event_date: done.then(|| date.to_string()),
        note: note.map(Into::into),
        ..Row::default()
    };
    (format!("{NAGARI}{}", letter.to_ascii_lowercase()), plain(&row))
}

pub(super) fn note(group: usize, text: &str) -> (String, Value) {
    (NOTES.get(group).copied().unwrap_or_default().into(), plain(&Note(text.into())))
}

pub(super) fn entry(number: Decimal) -> (String, Value) {
    let entry = Entry { state: EntryState::Value, number: Some(number), ..Entry::default() };
    (VALUE.into(), plain(&entry))
}

/// Waits for another body, with the day it is expected.
pub(super) fn not_published(expected: Date, reason: &str) -> (String, Value) {
    let entry = Entry {
        state: EntryState::NotPublished,
        expected: Some(expected.to_string()),
        reason: Some(reason.into()),
        ..Entry::default()
    };
    (VALUE.into(), plain(&entry))
}

/// An indicator that a unit fills in the demo's quarter.
pub(super) struct Task<'a> {
    pub id: RecordId,
    pub indicator: &'a Indicator,
    /// Place in the plan: the rule's only source of variety.
    pub index: usize,
}

/// What a unit, or everybody, fills: entered here, with a target, measured now.
pub(super) fn tasks(config: &Config, period: Period, unit: Option<RecordId>) -> Vec<Task<'_>> {
    let mut all: Vec<_> = config.indicators.iter().collect();
    // Orders come from the file's lines: the lines of one node follow its own.
    all.sort_by_key(|(_, i)| (config.nodes.get(&i.node).map(|n| n.order), i.order));
    let fills = |task: &Task| {
        let target = config.targets.get(&task.id).and_then(|years| years.get(&period.year));
        let measured = target.is_some_and(|t| !t.not_measured.contains_key(&period));
        let aimed = target.is_some_and(|t| quarter_target(task.indicator, t, period).is_some());
        task.indicator.same_as.is_none()
            && measured
            && aimed
            && (unit.is_none() || config.unit_of(task.id) == unit)
            && !is_sakip(task.indicator)
    };
    let number = |(index, (id, indicator)): (usize, (&RecordId, _))| Task { id: *id, indicator, index };
    all.into_iter().enumerate().map(number).filter(fills).collect()
}

/// Nilai SAKIP comes from the kabupaten once a year.
pub(super) fn is_sakip(indicator: &Indicator) -> bool {
    indicator.same_as.is_none() && indicator.name.contains("SAKIP")
}

/// The groups of one figure. `year` is the plan's year whose quarter targets the
/// rule follows, also for a quarter of the year before.
pub(super) fn groups(
    config: &Config,
    task: &Task,
    year: u16,
    period: Period,
    when: When,
    date: Date,
) -> Vec<(String, Value)> {
    let name = &task.indicator.name;
    if let Some((_, until)) = DONE_UNTIL.iter().find(|(n, _)| n == name)
        && task.indicator.rows == Some(RowRule::Count)
    {
        return rows(name, until[when as usize], when, date);
    }
    if let Some((_, tenths)) = TOLD.iter().find(|(n, _)| name.starts_with(n)) {
        return vec![entry(Decimal::new(tenths[when as usize], 1).normalize())];
    }
    let target = config.targets.get(&task.id).and_then(|years| years.get(&year));
    let quarter = Period { year, ..period };
    let Some(target) = target.and_then(|t| quarter_target(task.indicator, t, quarter)) else {
        return Vec::new();
    };
    by_rule(task, target, period)
}

/// How many nagari were `sudah` in an indicator with rows.
pub(super) fn counted(name: &str, when: When) -> i64 {
    let until = DONE_UNTIL.iter().find(|(n, _)| *n == name).map(|(_, until)| until[when as usize]);
    let done = LETTERS.filter(|letter| until.is_some_and(|until| *letter <= until));
    i64::try_from(done.count()).unwrap_or_default()
}

fn rows(name: &str, until: char, when: When, date: Date) -> Vec<(String, Value)> {
    // What still waits to be ticked in the running quarter stays blank.
    let blank = |letter: char| {
        when == When::Now
            && match name {
                ORDERLY => ('P'..='T').contains(&letter),
                REPORTS => letter > until,
                _ => false,
            }
    };
    let shown = LETTERS.filter(|letter| !blank(*letter));
    shown.map(|letter| row(letter, letter <= until, date, None)).collect()
}

fn by_rule(task: &Task, target: Decimal, period: Period) -> Vec<(String, Value)> {
    let shift = match period.span {
        Span::Quarter(q) => usize::from(q),
        _ => 0,
    };
    let turn = task.index + shift;
    let count = task.indicator.value_type == ValueType::Count;
    let behind = if count { turn % 7 == 3 && target > Decimal::ONE } else { turn % 3 == 1 };
    let step = if count { Decimal::ONE } else { Decimal::new(25, 1) };
    if behind {
        return vec![
            entry(target - step),
            note(1, "Sebagian berkas masih menunggu tanda tangan."),
            note(2, "Diselesaikan pada bulan berikutnya."),
        ];
    }
    if count && turn % 11 == 5 {
        return vec![entry(target + step), note(0, "Jadwal dipercepat bersama unit terkait.")];
    }
    vec![entry(target)]
}

/// The subject of an indicator's figure.
pub(super) const fn figure(indicator: RecordId, period: Period) -> Subject {
    Subject::Figure { indicator, period, unit: None }
}
