//! The shapes of what the SOP's steps, their papers and the office's letters write.

use super::{Found, MAX_LINE, date, line, number, references, text, typed};
use crate::budget::Budget;
use crate::config::round::{device_of, is_basis};
use crate::config::{Basis, FORM, Form, FormRead, MAIN, READ};
use crate::figure::{Note, Restated, restating};
use crate::issue::Issue;
use crate::letter::Numbered;
use crate::procedure::correction::{self, CORRECTION};
use crate::procedure::{self, PAPER, RECEIPT, Receipt, STATE, paper};
use crate::record::{Subject, Value};
use crate::worktime;

/// As [`super::check`]; `false` where no step writes such a group.
#[inline(never)]
pub fn check(subject: &Subject, group: &str, value: &Value, found: &mut Found) -> bool {
    match (subject, group) {
        (Subject::Office { .. }, name) if device_of(name).is_some() => {
            typed(value, group, found, |name: &String, f| text("", name, MAX_LINE, f));
        }
        (Subject::Number { .. }, MAIN) => typed(value, group, found, numbered),
        (Subject::Calendar { .. }, MAIN) => typed(value, group, found, worktime::check),
        (Subject::StepRun { .. }, STATE) => typed(value, group, found, procedure::check),
        (Subject::StepRun { .. }, RECEIPT) => typed(value, group, found, receipt),
        (Subject::StepRun { .. }, PAPER) => paper::check(value, found),
        (Subject::StepRun { .. }, name) if name.strip_prefix(CORRECTION).is_some_and(is_uuid) => {
            typed(value, group, found, correction::check);
        }
        (Subject::Budget { .. }, MAIN) => typed(value, group, found, budget),
        (Subject::CycleForm { .. }, FORM) => typed::<Form>(value, group, found, crate::config::check_form),
        (Subject::UnitForm { .. }, name) if name.starts_with(READ) => {
            typed(value, group, found, |r: &FormRead, f| text("remarks", &r.remarks, Note::MAX_CHARS, f));
        }
        (Subject::StepRun { .. }, name) if procedure::list::is_line(name) => {
            procedure::list::check(name, value, found);
        }
        (Subject::Cycle { .. }, name) if is_basis(name) => typed(value, group, found, basis),
        (Subject::Figure { period, .. }, name) if restating(name).is_some_and(|later| later > *period) => {
            typed(value, group, found, restated);
        }
        _ => return false,
    }
    true
}

fn is_uuid(text: &str) -> bool {
    uuid::Uuid::parse_str(text).is_ok()
}

fn numbered(numbered: &Numbered, found: &mut Found) {
    line("number", &numbered.number, found);
    line("about", &numbered.about, found);
    date("date", Some(&numbered.date), found);
}

fn receipt(receipt: &Receipt, found: &mut Found) {
    line("by", &receipt.by, found);
    date("date", Some(&receipt.date), found);
    text("remarks", &receipt.remarks, Note::MAX_CHARS, found);
}

fn budget(value: &Budget, found: &mut Found) {
    number("actual", Some(value.actual), found);
    if value.actual.is_sign_negative() && !value.actual.is_zero() {
        found.push(Issue::hard("number.negative", "actual"));
    }
    date("until", Some(&value.until), found);
    line("source", &value.source, found);
    if value.confirmed.len() > 32 {
        found.push(Issue::hard("entry.too_many", ""));
    }
}

fn basis(basis: &Basis, found: &mut Found) {
    text("reason", &basis.reason, Note::MAX_CHARS, found);
    references(&basis.evidence, found);
}

fn restated(restated: &Restated, found: &mut Found) {
    number("before", restated.before, found);
    number("after", Some(restated.after), found);
    text("reason", &restated.reason, Note::MAX_CHARS, found);
    if restated.reason.trim().is_empty() {
        found.push(Issue::hard("value.reason_missing", "reason"));
    }
    if restated.before == Some(restated.after) {
        found.push(Issue::hard("restated.same", "after"));
    }
}
