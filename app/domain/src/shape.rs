//! The shape of every group's value: read typed, bounded, or refused with a code.
//!
//! A value with a wrong shape never enters the log's state, so readers of
//! records may rely on it. What a value *means* is judged in [`crate::rules`].

mod steps;

use serde::de::DeserializeOwned;

use crate::codec::from_value;
use crate::config::{
    Cycle, Holding, Indicator, MAIN, Nagari, Node, Office, PAGU, Person, STAGE, Stage, TARGET, Target, Unit,
};
use crate::date::Date;
use crate::decimal::Decimal;
use crate::evidence::{self, LIMIT_OF_LIMITS, Reference};
use crate::figure::{Entry, EntryState, NAGARI, NOTES, Note, Row, VALIDATION, VALUE, Validation};
use crate::issue::Issue;
use crate::letter::is_pattern;
use crate::number::{MAX_PLACES, within_bounds};
use crate::policy::Policy;
use crate::record::{Subject, Value};
use crate::sop::{Sop, check_steps};

/// Most files and links of one value or row.
pub const MAX_EVIDENCE: usize = 64;
/// Longest name, code or other single line, in characters.
pub const MAX_LINE: usize = 500;

/// What is wrong with a group's value; empty if it may be stored.
#[must_use]
pub fn check(subject: &Subject, group: &str, value: &Value) -> Vec<Issue> {
    let mut issues = Vec::new();
    let found = &mut issues;
    match (subject, group) {
        (Subject::Office { .. }, MAIN) => typed(value, group, found, office),
        (Subject::Unit { .. }, MAIN) => typed(value, group, found, |u: &Unit, f| line("name", &u.name, f)),
        (Subject::Person { .. }, MAIN) => typed(value, group, found, person),
        (Subject::Holding { .. }, MAIN) => typed(value, group, found, holding),
        (Subject::Nagari { .. }, MAIN) => typed(value, group, found, nagari),
        (Subject::Node { .. }, MAIN) => typed(value, group, found, node),
        (Subject::Indicator { .. }, MAIN) => typed(value, group, found, indicator),
        (Subject::Policy { .. }, MAIN) => typed(value, group, found, policy),
        (Subject::Sop { .. }, MAIN) => typed(value, group, found, sop),
        (Subject::Cycle { .. }, MAIN) => typed(value, group, found, cycle),
        (Subject::UnitForm { .. }, STAGE) => typed(value, group, found, |_: &Stage, _| {}),
        (Subject::Figure { .. }, VALUE) => typed(value, group, found, entry),
        (Subject::Figure { .. }, VALIDATION) => typed(value, group, found, validation),
        (Subject::Node { .. }, name) if year_of(name, PAGU) => typed(value, group, found, pagu),
        (Subject::Indicator { .. }, name) if year_of(name, TARGET) => typed(value, group, found, target),
        (Subject::Figure { .. }, name) if NOTES.contains(&name) => {
            typed(value, group, found, |n: &Note, f| text("", &n.0, Note::MAX_CHARS, f));
        }
        (Subject::Figure { .. }, name) if name.strip_prefix(NAGARI).is_some_and(is_code) => {
            typed(value, group, found, row);
        }
        _ if steps::check(subject, group, value, found) => {}
        _ => Issue::add(found, "group.unknown", group),
    }
    issues
}

/// Whether a text is an ISO date (`2026-10-06`) that exists.
#[must_use]
pub fn is_iso_date(text: &str) -> bool {
    text.parse::<Date>().is_ok()
}

/// Whether a text may be a nagari's code: short, lower case, fit for a group's name.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(fits)
}

type Found = Vec<Issue>;

fn typed<T: DeserializeOwned>(
    value: &Value,
    group: &str,
    found: &mut Found,
    check: impl FnOnce(&T, &mut Found),
) {
    let start = found.len();
    match from_value::<T>(value) {
        Ok(value) => check(&value, found),
        Err(_) => Issue::add(found, "shape.wrong", ""),
    }
    below(group, found, start);
}

/// Puts the group's name before the paths of what was found since `start`.
#[inline(never)]
fn below(group: &str, found: &mut Found, start: usize) {
    for issue in found.iter_mut().skip(start) {
        let dot = if issue.path.is_empty() { "" } else { "." };
        issue.path = [group, dot, &issue.path].concat();
    }
}

fn year_of(group: &str, prefix: &str) -> bool {
    let year = group.strip_prefix(prefix);
    year.is_some_and(|y| y.len() == 4 && y.parse::<u16>().is_ok_and(|y| (1945..=2200).contains(&y)))
}

fn text(path: &str, text: &str, max: usize, found: &mut Found) {
    if text.chars().count() > max {
        found.push(Issue::hard("text.too_long", path).with("max", max.to_string()));
    }
}

/// A single line that must not be empty.
fn line(path: &str, value: &str, found: &mut Found) {
    if value.trim().is_empty() {
        Issue::add(found, "text.empty", path);
    }
    text(path, value, MAX_LINE, found);
}

fn date(path: &str, value: Option<&String>, found: &mut Found) {
    if value.is_some_and(|d| !is_iso_date(d)) {
        Issue::add(found, "date.wrong", path);
    }
}

fn number(path: &str, value: Option<Decimal>, found: &mut Found) {
    found.extend(value.and_then(|n| within_bounds(n, path).err()));
}

fn office(office: &Office, found: &mut Found) {
    line("name", &office.name, found);
    line("regency", &office.regency, found);
    line("village_word", &office.village_word, found);
    text("address", &office.address, MAX_LINE, found);
    if !(1..=LIMIT_OF_LIMITS).contains(&office.file_limit) {
        Issue::add(found, "file.limit", "file_limit");
    }
    for (path, value) in [
        ("number_pattern", &office.number_pattern),
        ("letter_unit", &office.letter_unit),
        ("letter_class", &office.letter_class),
        ("place", &office.place),
    ] {
        text(path, value, MAX_LINE, found);
    }
    text("retention", &office.retention, Note::MAX_CHARS, found);
    found.extend(crate::retention::rules(&office.retention).err());
    if !is_pattern(&office.number_pattern) {
        found.push(Issue::hard("number.pattern", "number_pattern"));
    }
}

fn person(person: &Person, found: &mut Found) {
    line("name", &person.name, found);
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_');
    if !(2..=64).contains(&person.username.len()) || !person.username.bytes().all(fits) {
        Issue::add(found, "username.wrong", "username");
    }
}

fn holding(holding: &Holding, found: &mut Found) {
    date("from", Some(&holding.from), found);
    date("to", holding.to.as_ref(), found);
    text("letter", &holding.letter, MAX_LINE, found);
    if holding.to.as_ref().is_some_and(|to| *to < holding.from) {
        Issue::add(found, "date.order", "to");
    }
}

fn nagari(nagari: &Nagari, found: &mut Found) {
    line("name", &nagari.name, found);
    if !is_code(&nagari.code) {
        Issue::add(found, "code.wrong", "code");
    }
}

fn node(node: &Node, found: &mut Found) {
    line("code", &node.code, found);
    text("title", &node.title, 4 * MAX_LINE, found);
}

fn indicator(indicator: &Indicator, found: &mut Found) {
    text("name", &indicator.name, 4 * MAX_LINE, found);
    if indicator.name.trim().is_empty() {
        Issue::add(found, "text.empty", "name");
    }
    text("measure", &indicator.measure, MAX_LINE, found);
    text("definition", &indicator.definition, Note::MAX_CHARS, found);
    number("baseline", indicator.baseline, found);
    // Part 1 computes the ratio of two variables and nothing else.
    if !matches!(indicator.variables.len(), 0 | 2) {
        Issue::add(found, "variables.count", "variables");
    }
    for variable in &indicator.variables {
        line("variables", &variable.name, found);
    }
}

fn pagu(value: &Decimal, found: &mut Found) {
    number("", Some(*value), found);
    if value.is_sign_negative() && !value.is_zero() {
        Issue::add(found, "number.negative", "");
    }
}

fn target(target: &Target, found: &mut Found) {
    number("year", target.year, found);
    for quarter in target.quarters {
        number("quarters", quarter, found);
    }
}

fn policy(policy: &Policy, found: &mut Found) {
    line("version", &policy.version, found);
    number("cap", policy.cap, found);
    if policy.places > MAX_PLACES {
        Issue::add(found, "number.too_many_places", "places");
    }
    // Without a last band without a bound some achievement would have no name.
    if policy.scale.len() > 20 || policy.scale.last().is_none_or(|b| b.above.is_some()) {
        Issue::add(found, "scale.open_end", "scale");
    }
    let bounds: Vec<_> = policy.scale.iter().map_while(|b| b.above).collect();
    if bounds.len() + 1 < policy.scale.len() || bounds.windows(2).any(|w| w[0] <= w[1]) {
        Issue::add(found, "scale.order", "scale");
    }
}

fn sop(sop: &Sop, found: &mut Found) {
    line("title", &sop.title, found);
    check_steps(sop, found);
}

fn cycle(cycle: &Cycle, found: &mut Found) {
    date("due", cycle.due.as_ref(), found);
    date("regency_due", cycle.regency_due.as_ref(), found);
    text("abandoned", cycle.abandoned.as_deref().unwrap_or_default(), Note::MAX_CHARS, found);
    if cycle.stepwise && cycle.sop.is_none() {
        Issue::add(found, "cycle.no_sop", "sop");
    }
}

pub(crate) fn entry(entry: &Entry, found: &mut Found) {
    number("number", entry.number, found);
    entry.variables.values().for_each(|v| number("variables", Some(*v), found));
    date("event_date", entry.event_date.as_ref(), found);
    date("expected", entry.expected.as_ref(), found);
    text("reason", entry.reason.as_deref().unwrap_or_default(), Note::MAX_CHARS, found);
    text("predicate", entry.predicate.as_deref().unwrap_or_default(), MAX_LINE, found);
    if entry.variables.len() > 8 || entry.confirmed.len() > 32 {
        Issue::add(found, "entry.too_many", "");
    }
    references(&entry.evidence, found);
    let something = entry.number.is_some() || entry.predicate.is_some() || !entry.variables.is_empty();
    match entry.state {
        EntryState::NoTarget | EntryState::NotComputable => {
            Issue::add(found, "entry.derived_state", "state");
        }
        EntryState::Value if !something => Issue::add(found, "entry.empty", "number"),
        EntryState::NotFilled | EntryState::NotMeasured | EntryState::NotPublished if something => {
            Issue::add(found, "entry.state_with_number", "number");
        }
        _ => {}
    }
}

pub(crate) fn row(row: &Row, found: &mut Found) {
    number("number", row.number, found);
    date("event_date", row.event_date.as_ref(), found);
    text("note", row.note.as_deref().unwrap_or_default(), Note::MAX_CHARS, found);
    references(&row.evidence, found);
}

pub(crate) fn references(references: &[Reference], found: &mut Found) {
    if references.len() > MAX_EVIDENCE {
        Issue::add(found, "entry.too_many", "evidence");
    }
    references.iter().for_each(|reference| evidence::check(reference, found));
}

fn validation(validation: &Validation, found: &mut Found) {
    text("comment", &validation.comment, Note::MAX_CHARS, found);
}
