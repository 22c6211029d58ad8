//! A new version of the SOP. A version never changes, so that the cycles that run
//! by it stay as they were opened.

use serde::de::DeserializeOwned;
use takar_domain::codec::to_value;
use takar_domain::config::Config;
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Subject, Value};
use takar_domain::sop::{Sop, Step, check_steps};
use takar_domain::text::{procedure as sheet, sop as words};

use super::ask::{Ask, Kind, text};
use super::{Settled, choice, main_part, read};
use crate::acts::Get;

/// The identity block.
pub const IDENTITY: &[Ask] = &[
    Ask::new(Kind::Text, "title", words::TITLE),
    Ask::new(Kind::Text, "number", sheet::SHEET_NUMBER),
    Ask::new(Kind::Whole, "year", words::YEAR),
    Ask::new(Kind::Text, "created", sheet::SHEET_CREATED).optional(),
    Ask::new(Kind::Text, "revised", sheet::SHEET_REVISED).optional(),
    Ask::new(Kind::Text, "effective", sheet::SHEET_EFFECTIVE).optional(),
    Ask::new(Kind::Text, "approved_by_post", sheet::SHEET_APPROVED).optional(),
    Ask::new(Kind::Lines, "institution", words::INSTITUTION).optional(),
    Ask::new(Kind::Lines, "legal_bases", sheet::SHEET_LEGAL).optional(),
    Ask::new(Kind::Lines, "qualifications", sheet::SHEET_QUALIFIED).optional(),
    Ask::new(Kind::Lines, "related", sheet::SHEET_RELATED).optional(),
    Ask::new(Kind::Lines, "equipment", sheet::SHEET_EQUIPMENT).optional(),
    Ask::new(Kind::Area, "warning", sheet::SHEET_WARNING).optional(),
    Ask::new(Kind::Lines, "recording", sheet::SHEET_RECORDING).optional(),
    Ask::new(Kind::Text, "chart_title", words::CHART_TITLE).optional(),
    Ask::new(Kind::Lines, "printed_columns", words::COLUMNS).optional(),
    Ask::new(Kind::Lines, "standard_heads", words::HEADS),
    Ask::new(Kind::Lines, "notes", words::NOTES).optional(),
    Ask::new(Kind::Whole, "tolerance", words::TOLERANCE),
];

/// One step.
pub const STEP: &[Ask] = &[
    Ask::new(Kind::Text, "screen_title", words::SCREEN_TITLE),
    Ask::new(Kind::Area, "text", words::TEXT),
    Ask::new(Kind::Area, "screen_text", words::SCREEN_TEXT).hint(words::SCREEN_TEXT_HINT).optional(),
    Ask::new(Kind::Area, "screen_note", words::SCREEN_NOTE).optional(),
    Ask::new(Kind::Many(choice::posts), "actors", words::ACTORS),
    Ask::new(Kind::Place(choice::columns), "printed_column", words::COLUMN),
    Ask::new(Kind::Text, "requires", words::REQUIRES).optional(),
    Ask::new(Kind::Whole, "minutes", words::MINUTES),
    Ask::new(Kind::Text, "output", words::OUTPUT).optional(),
    Ask::new(Kind::Text, "after", words::AFTER).hint(words::AFTER_HINT).optional(),
    Ask::new(Kind::Whole, "days_before", words::DAYS_BEFORE).optional(),
    Ask::new(Kind::Tick, "per_unit", words::PER_UNIT),
    Ask::new(Kind::Tick, "extra", words::EXTRA),
];

/// The added steps are numbered after this, the printed ones from 1.
const EXTRAS: u16 = 100;

/// Saves an SOP as a version of its own.
///
/// # Errors
/// What is wrong with its steps, or the office has this very version already.
pub fn save_sop(config: &Config, get: Get<'_>, office: RecordId, sop: Sop) -> Settled {
    let mut issues = Vec::new();
    check_steps(&sop, &mut issues);
    if !issues.is_empty() {
        return Err(issues);
    }
    let (id, sop) = sop.next(config, office).ok_or_else(|| vec![Issue::hard("sop.known", "number")])?;
    Ok(vec![main_part(get, Subject::Sop { id }, &sop)])
}

/// The identity block of a version as [`IDENTITY`] asks for it.
#[must_use]
pub fn identity(sop: &Sop) -> Value {
    to_value(sop)
}

/// The version that a form about [`IDENTITY`] and its steps make.
///
/// # Errors
/// What is missing, by field, and steps that are marked in no column.
pub fn whole(record: &Value, steps: Vec<Step>) -> Result<Sop, Vec<Issue>> {
    let mut issues = lacking(IDENTITY, record);
    let sop: Sop = given(IDENTITY, record.clone()).map_err(|shape| first(&issues, shape))?;
    // The sheet has these three columns, whatever they are called.
    if !matches!(sop.standard_heads.len(), 0 | 3) {
        issues.push(Issue::hard("sop.heads", "standard_heads"));
    }
    let columns = sop.printed_columns.len();
    let outside = |step: &&Step| step.printed_column.is_some_and(|at| usize::from(at) >= columns);
    if let Some(step) = steps.iter().find(outside) {
        issues.push(Issue::hard("sop.column", "printed_columns").with("step", step.number.to_string()));
    }
    if issues.is_empty() { Ok(Sop { steps, ..sop }) } else { Err(issues) }
}

/// A step as [`STEP`] asks for it; `None` for a new one.
#[must_use]
pub fn asked(step: Option<&Step>) -> Value {
    let Some(step) = step else {
        return [("per_unit", Value::Bool(false)), ("extra", Value::Bool(false))].into_iter().collect();
    };
    let mut record = to_value(step);
    record["after"] = step.after.iter().map(u16::to_string).collect::<Vec<_>>().join(", ").into();
    record
}

/// Puts what a form says of the step at a place, from 0; after the last it is added.
///
/// # Errors
/// What is missing, by field, or it waits for what does not stand before it.
pub fn put_step(steps: &mut Vec<Step>, at: usize, filled: &Value) -> Result<(), Vec<Issue>> {
    let mut issues = lacking(STEP, filled);
    let mut record = filled.clone();
    record["number"] = steps.get(at).map_or(u16::MAX, |step| step.number).into();
    let earlier = steps.get(..at).unwrap_or(steps);
    let mut after = Vec::new();
    for word in text(filled, "after").split([',', ' ']).filter(|word| !word.is_empty()) {
        match word.parse().ok().filter(|n| earlier.iter().any(|step| step.number == *n)) {
            Some(known) => after.push(known),
            None => issues.push(Issue::hard("sop.before", "after").with("after", word)),
        }
    }
    record["after"] = to_value::<Vec<u16>>(&after);
    let step: Step = given(STEP, record).map_err(|shape| first(&issues, shape))?;
    if !issues.is_empty() {
        return Err(issues);
    }
    match steps.get_mut(at) {
        Some(known) => *known = step,
        None => steps.push(step),
    }
    number_steps(steps);
    Ok(())
}

/// What is missing explains a wrong shape.
fn first(issues: &[Issue], shape: Vec<Issue>) -> Vec<Issue> {
    if issues.is_empty() { shape } else { issues.to_vec() }
}

/// Takes the step at a place away; those that waited for it wait for what it waited for.
pub fn remove_step(steps: &mut Vec<Step>, at: usize) {
    if at >= steps.len() {
        return;
    }
    let gone = steps.remove(at);
    for step in steps.iter_mut().filter(|step| step.after.contains(&gone.number)) {
        step.after.retain(|number| *number != gone.number);
        let lacks: Vec<_> =
            gone.after.iter().filter(|number| !step.after.contains(number)).copied().collect();
        step.after.extend(lacks);
    }
    number_steps(steps);
}

/// Has the step at a place change places with the next one. If that one waited for it,
/// it takes over what the other waits for and who waits for it, so that the chain stays.
pub fn lower_step(steps: &mut [Step], at: usize) {
    let Some([first, second]) = steps.get_mut(at..at.saturating_add(2)) else { return };
    if second.after.contains(&first.number) {
        std::mem::swap(&mut first.number, &mut second.number);
        std::mem::swap(&mut first.after, &mut second.after);
    }
    std::mem::swap(first, second);
    number_steps(steps);
}

/// Numbers the steps in their order.
fn number_steps(steps: &mut [Step]) {
    let (mut printed, mut extra) = (0, EXTRAS);
    let mut names = Vec::new();
    for step in steps.iter_mut() {
        let next: &mut u16 = if step.extra { &mut extra } else { &mut printed };
        *next = next.saturating_add(1);
        names.push((step.number, *next));
        step.number = *next;
    }
    for after in steps.iter_mut().flat_map(|step| &mut step.after) {
        if let Some((_, now)) = names.iter().find(|(before, _)| before == after) {
            *after = *now;
        }
    }
}

/// What is missing of the fields that must be filled.
fn lacking(asks: &[Ask], record: &Value) -> Vec<Issue> {
    let lacks = |ask: &&Ask| match record.get(ask.path) {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(all)) => all.is_empty(),
        found => found.is_none(),
    };
    let needed = asks.iter().filter(|ask| !ask.optional && !matches!(ask.kind, Kind::Place(_)));
    needed.filter(lacks).map(|ask| Issue::hard("text.empty", ask.path)).collect()
}

/// Reads what a form filled; texts that were left empty are empty.
///
/// # Errors
/// What was written by a newer app.
fn given<T: DeserializeOwned>(asks: &[Ask], mut record: Value) -> Result<T, Vec<Issue>> {
    for ask in asks.iter().filter(|ask| matches!(ask.kind, Kind::Text | Kind::Area)) {
        if record.get(ask.path).is_none() && !ask.path.starts_with("screen_") {
            record[ask.path] = "".into();
        }
    }
    read(&record)
}
