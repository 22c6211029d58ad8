//! What a row shows while it is being typed: the value, its capaian, its
//! questions, all from the domain's own functions.

use takar_domain::achievement::Achievement;
use takar_domain::check::Context;
use takar_domain::config::{Config, Variable};
use takar_domain::date::Date;
use takar_domain::figure::{Entry, EntryState, NAGARI, NOTES, Row, VALUE};
use takar_domain::issue::{Issue, Severity};
use takar_domain::number;
use takar_domain::period::Period;
use takar_domain::record::{Record, RecordId};
use takar_domain::sorted::Map;
use takar_domain::variables::{Actual, actual_from, nagari_codes};
use takar_domain::view::entry_sheet::{EntryRow, achievement, policy_of};

use super::compile::{Compiled, Figure};
use super::typed::{DONE, EVENT_DATE, EXPECTED, NOTE, NUMBER, PREDICATE, REASON, Typed};

/// A row as it would be if saved now.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    pub entry: Compiled<Entry>,
    /// Nagari rows by code.
    pub rows: Map<String, Row>,
    /// Hard issues of nagari rows and notes, by group.
    pub others: Vec<(String, Issue)>,
    pub actual: Actual,
    pub achievement: Achievement,
}

impl Live {
    /// Whether there is a question about the value that nobody has answered.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.entry.issues.iter().any(|i| i.severity == Severity::Soft)
    }

    /// What keeps a group from being saved.
    #[must_use]
    pub fn error(&self, group: &str, path: &str) -> Option<&Issue> {
        let hard = |i: &&Issue| i.severity == Severity::Hard && (path.is_empty() || i.path == path);
        if group == VALUE {
            return self.entry.issues.iter().find(hard);
        }
        self.others.iter().filter(|(g, _)| g == group).map(|(_, i)| i).find(hard)
    }
}

/// A row of the sheet with what is typed on top.
#[must_use]
pub fn live(
    config: &Config,
    (cycle, period): (RecordId, Period),
    row: &EntryRow,
    record: Option<&Record>,
    typed: &Typed,
    today: Date,
) -> Live {
    let around = Context { period, target: row.target, last: row.last, today };
    let figure = Figure { indicator: &row.shape, record, typed, around };
    let entry = figure.entry();
    let rows = if row.shape.rows.is_some() { figure.rows() } else { Map::new() };
    if typed.is_empty() {
        let (actual, achievement) = (row.actual.clone(), row.achievement.clone());
        return Live { entry, rows, others: Vec::new(), actual, achievement };
    }
    let by_code = rows.iter().map(|(code, row)| (code.as_str(), row.clone())).collect();
    let mut actual = actual_from(&row.shape, &entry.value, &by_code, &nagari_codes(config));
    if actual.state == EntryState::NotFilled && row.not_measured.is_some() {
        actual.state = EntryState::NotMeasured;
    }
    let target = config.targets.get(&row.indicator).and_then(|years| years.get(&period.year));
    let policy = policy_of(config, period, Some(cycle));
    let achievement = achievement(&policy, &row.shape, target, period, &actual);
    Live { others: others(&figure), entry, rows, actual, achievement }
}

fn others(figure: &Figure<'_>) -> Vec<(String, Issue)> {
    let mut found = Vec::new();
    for group in figure.typed.groups() {
        let issues = match group.strip_prefix(NAGARI) {
            Some(code) => figure.row(code).issues,
            None if NOTES.contains(&group) => figure.note(group).issues,
            None => Vec::new(),
        };
        found.extend(issues.into_iter().map(|issue| (group.to_owned(), issue)));
    }
    found
}

/// The text that a field shows when nothing is typed into it.
#[must_use]
pub fn stored_text(row: &EntryRow, group: &str, field: &str) -> String {
    if group == VALUE {
        return entry_text(&row.entry, &row.shape.variables, field);
    }
    if let Some(code) = group.strip_prefix(NAGARI) {
        let stored = row.nagari.iter().find(|n| n.code == code).map(|n| &n.row);
        return stored.map(|r| row_text(r, field)).unwrap_or_default();
    }
    let note = NOTES.iter().position(|n| *n == group);
    note.and_then(|n| row.notes.get(n)).cloned().unwrap_or_default()
}

/// What a field of the value shows.
pub(super) fn entry_text(entry: &Entry, variables: &[Variable], field: &str) -> String {
    let text = match field {
        NUMBER => entry.number.map(number::format),
        PREDICATE => entry.predicate.clone(),
        EVENT_DATE => entry.event_date.clone(),
        EXPECTED => entry.expected.clone(),
        REASON => entry.reason.clone(),
        _ => {
            let nth = field.strip_prefix("var").and_then(|n| n.parse::<usize>().ok());
            let variable = nth.and_then(|n| variables.get(n));
            variable.and_then(|v| entry.variables.get(&v.name)).copied().map(number::format)
        }
    };
    text.unwrap_or_default()
}

/// What a field of a nagari's row shows.
pub(super) fn row_text(row: &Row, field: &str) -> String {
    let text = match field {
        DONE => row.done.map(|d| if d { "1" } else { "0" }.to_owned()),
        NUMBER => row.number.map(number::format),
        EVENT_DATE => row.event_date.clone(),
        NOTE => row.note.clone(),
        _ => None,
    };
    text.unwrap_or_default()
}
