//! Checks of what a value means: soft ones ask, hard ones explain.
//!
//! Shape and bounds are [`crate::shape`]'s and come first, so that one call
//! answers everything a field can show on a keystroke. The office asks nothing:
//! it keeps to the hard ones, [`refusals`].

use crate::decimal::Decimal;

use crate::codec::from_value;
use crate::config::{Accumulation, Direction, Indicator, RowRule, ValueType};
use crate::date::Date;
use crate::figure::{Entry, EntryState, NAGARI, Note, Row, VALUE};
use crate::issue::{Issue, Severity};
use crate::number;
use crate::period::{Period, Span};
use crate::record::Value;
use crate::shape;
use crate::sorted::sort_by_key;

/// What a value is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    pub period: Period,
    /// Target of the period.
    pub target: Option<Decimal>,
    /// Realisasi of the period before.
    pub last: Option<Decimal>,
    pub today: Date,
}

/// All findings about an entry, hard ones first. Soft ones whose code the
/// person confirmed are left out.
#[must_use]
pub fn check_entry(indicator: &Indicator, around: &Context, entry: &Entry) -> Vec<Issue> {
    let mut found = Vec::new();
    shape::entry(entry, &mut found);
    found.extend(refused_entry(indicator, entry));
    found.extend(future(entry.event_date.as_deref(), around.today));
    found.extend(state_questions(entry));
    found.extend(date_question(around.period, entry.event_date.as_deref()));
    if let (EntryState::Value, Some(n)) = (entry.state, entry.number) {
        found.extend(number_questions(indicator, around, entry, n));
    }
    found.extend(variable_questions(indicator, entry));
    found.retain(|issue| issue.severity == Severity::Hard || !entry.confirmed.contains(&issue.code));
    sort_by_key(&mut found, |issue| std::cmp::Reverse(issue.severity));
    found
}

/// What the office refuses in a changed group of a figure, beyond its shape.
/// Dates are not among it: a device's clock may be wrong, its data is taken.
#[must_use]
pub fn refusals(indicator: &Indicator, group: &str, value: &Value) -> Vec<Issue> {
    let found = match group {
        VALUE => from_value::<Entry>(value).map(|entry| refused_entry(indicator, &entry)),
        _ if group.starts_with(NAGARI) => from_value::<Row>(value).map(|row| refused_row(indicator, &row)),
        _ => return Vec::new(),
    };
    let mut found = found.unwrap_or_default();
    for issue in &mut found {
        issue.path = [group, ".", &issue.path].concat();
    }
    found
}

fn refused_entry(indicator: &Indicator, entry: &Entry) -> Vec<Issue> {
    let mut found = Vec::new();
    if let Some(n) = entry.number {
        if indicator.rows.is_some() {
            Issue::add(&mut found, "value.rows", "number");
        }
        if indicator.value_type == ValueType::Predicate {
            Issue::add(&mut found, "value.predicate_missing", "predicate");
        }
        found.extend(amount(indicator.value_type, n, "number"));
    }
    if entry.predicate.is_some() && indicator.value_type != ValueType::Predicate {
        Issue::add(&mut found, "value.not_predicate", "predicate");
    }
    if entry.state == EntryState::Value {
        let missing = |name: &&str| !entry.variables.contains_key(*name);
        let names = indicator.variables.iter().map(|v| v.name.as_str());
        found.extend(names.filter(missing).map(|n| Issue::hard("variables.missing", n).with("name", n)));
    }
    let strange = entry.variables.keys().filter(|name| !indicator.variables.iter().any(|v| v.name == **name));
    found.extend(strange.map(|n| Issue::hard("variables.unknown", n).with("name", n)));
    for (name, n) in &entry.variables {
        found.extend(negative(*n, name));
    }
    found
}

/// All findings about one nagari's row.
#[must_use]
pub fn check_row(indicator: &Indicator, row: &Row, today: Date) -> Vec<Issue> {
    let mut found = Vec::new();
    shape::row(row, &mut found);
    found.extend(refused_row(indicator, row));
    found.extend(future(row.event_date.as_deref(), today));
    let told = row.note.is_some() || row.event_date.is_some();
    if told && row.done.is_none() && row.number.is_none() {
        found.push(Issue::soft("row.missing", "done"));
    }
    found
}

fn refused_row(indicator: &Indicator, row: &Row) -> Vec<Issue> {
    let mut found = Vec::new();
    if let Some(n) = row.number {
        if indicator.rows != Some(RowRule::Sum) {
            Issue::add(&mut found, "row.ticked_only", "number");
        }
        found.extend(amount(indicator.value_type, n, "number"));
    }
    found
}

/// All findings about a note.
#[must_use]
pub fn check_note(note: &Note) -> Vec<Issue> {
    let long = note.0.chars().count() > Note::MAX_CHARS;
    let issue = || Issue::hard("text.too_long", "").with("max", Note::MAX_CHARS.to_string());
    long.then(issue).into_iter().collect()
}

fn amount(value_type: ValueType, n: Decimal, path: &str) -> Option<Issue> {
    match value_type {
        ValueType::Count if !n.is_integer() => Some(Issue::hard("number.whole", path)),
        ValueType::Count | ValueType::Rupiah => negative(n, path),
        _ => None,
    }
}

fn negative(n: Decimal, path: &str) -> Option<Issue> {
    (n < Decimal::ZERO).then(|| Issue::hard("number.negative", path))
}

fn future(date: Option<&str>, today: Date) -> Option<Issue> {
    let date: Date = date?.parse().ok()?;
    (date > today).then(|| Issue::hard("date.future", "event_date"))
}

fn state_questions(entry: &Entry) -> Option<Issue> {
    let blank = |text: &Option<String>| text.as_ref().is_none_or(|t| t.trim().is_empty());
    match entry.state {
        EntryState::NotMeasured if blank(&entry.reason) => {
            Some(Issue::soft("value.reason_missing", "reason"))
        }
        EntryState::NotPublished if entry.expected.is_none() => {
            Some(Issue::soft("value.expected_missing", "expected"))
        }
        _ => None,
    }
}

fn date_question(period: Period, date: Option<&str>) -> Option<Issue> {
    let date: Date = date?.parse().ok()?;
    let same = date.year() == i32::from(period.year);
    (!same).then(|| Issue::soft("date.other_year", "event_date"))
}

fn number_questions(indicator: &Indicator, around: &Context, entry: &Entry, n: Decimal) -> Vec<Issue> {
    let mut found = Vec::new();
    let signed = !matches!(indicator.value_type, ValueType::Count | ValueType::Rupiah);
    let hundred = Decimal::ONE_HUNDRED;
    let usual = around.target.is_none_or(|t| t <= hundred);
    if let Some(issue) = jump(indicator, around, n) {
        found.push(issue);
    } else if indicator.value_type == ValueType::Percent && n > hundred && usual {
        found.push(Issue::soft("number.over_hundred", "number"));
    } else if signed && n < Decimal::ZERO {
        found.push(Issue::soft("number.below_zero", "number"));
    }
    let explained = entry.reason.as_ref().is_some_and(|r| !r.trim().is_empty());
    if let Some(last) = comparable_last(indicator, around)
        && is_cumulative_count(indicator)
        && n < last
        && !explained
    {
        let issue = Issue::soft("number.fell", "number");
        found.push(issue.with("last", number::format(last)).with("value", number::format(n)));
    }
    found
}

/// A count from January on: it can only rise within a year.
fn is_cumulative_count(indicator: &Indicator) -> bool {
    indicator.value_type == ValueType::Count && indicator.accumulation == Accumulation::Last
}

/// A cumulative count starts anew in January.
fn comparable_last(indicator: &Indicator, around: &Context) -> Option<Decimal> {
    let first =
        matches!(around.period.span, Span::Quarter(1) | Span::Month(1) | Span::Semester(1) | Span::Year);
    around.last.filter(|_| !(first && is_cumulative_count(indicator)))
}

/// A slipped comma: about ten times what was expected, or a tenth of it.
fn jump(indicator: &Indicator, around: &Context, n: Decimal) -> Option<Issue> {
    let eight = Decimal::from(8);
    let ten = Decimal::TEN;
    let last = comparable_last(indicator, around);
    let high = last.max(around.target).filter(|near| *near > Decimal::ZERO)?;
    let fits = |s: Decimal| indicator.value_type != ValueType::Count || s.is_integer();
    let issue = |near: Decimal, suggestion: Option<Decimal>| {
        let issue = Issue::soft("number.jump", "number");
        let issue = issue.with("value", number::format(n)).with("near", number::format(near));
        match suggestion.filter(|s| fits(*s)) {
            Some(s) => issue.with("suggestion", number::format(s)),
            None => issue,
        }
    };
    if n >= high.checked_mul(eight)? {
        let tenth = n.checked_div(ten)?;
        return Some(issue(last.unwrap_or(high), (tenth <= high.doubled()).then_some(tenth)));
    }
    // A small percentage may be true early in a year; a fraction of last time is not.
    let fraction = matches!(indicator.value_type, ValueType::Percent | ValueType::Index)
        && indicator.direction == Direction::Higher
        && n > Decimal::ZERO;
    let low = last.filter(|near| fraction && n.checked_mul(eight).is_some_and(|n| n <= *near))?;
    let candidates = [n.checked_mul(ten)?, n.checked_mul(Decimal::ONE_HUNDRED)?];
    let suggestion = candidates.into_iter().find(|c| c.doubled() >= low && *c <= low.doubled());
    Some(issue(low, suggestion))
}

fn variable_questions(indicator: &Indicator, entry: &Entry) -> Option<Issue> {
    let [first, second] = indicator.variables.as_slice() else { return None };
    let (part, whole) = (entry.variables.get(&first.name)?, entry.variables.get(&second.name)?);
    if whole.is_zero() {
        return Some(Issue::soft("variables.zero", &second.name));
    }
    let over = Issue::soft("variables.over", &first.name);
    (part > whole).then(|| over.with("part", &first.name).with("whole", &second.name))
}
