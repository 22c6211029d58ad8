//! *Anggaran*: from what is typed in its sheet to the parts of one operation.

use takar_domain::budget::{Budget, questions};
use takar_domain::config::MAIN;
use takar_domain::date::Date;
use takar_domain::decimal::Decimal;
use takar_domain::issue::Issue;
use takar_domain::number::{self, Parsed};
use takar_domain::record::RecordId;
use takar_domain::view::budget_sheet::{BudgetRow, BudgetSheet};
use takar_sync::operation::Part;

use super::{Get, change, edit};

/// What stands above the rows, for all that is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// ISO.
    pub until: String,
    pub source: String,
    /// What was not typed is the same up to that day.
    pub keep: bool,
}

/// A finding about the sheet, or about the row of a node.
pub type Found = (Option<RecordId>, Issue);

/// A realisasi as it is typed: rupiah have no thousandths, so `1.234` is one number.
///
/// # Errors
/// What is wrong with it.
pub fn amount(text: &str) -> Result<Option<Decimal>, Issue> {
    Ok(match number::parse(text)? {
        Parsed::Empty => None,
        Parsed::Number(n) => Some(n),
        Parsed::Ambiguous { as_thousands, .. } => Some(as_thousands),
    })
}

/// The parts that save the sheet; `typed` has the texts of rows that were typed in.
///
/// # Errors
/// What cannot be saved; else what should be asked, unless `asked` has it already:
/// then the person has confirmed it by pressing again.
pub fn save(
    get: Get<'_>,
    sheet: &BudgetSheet,
    told: &Told,
    today: Date,
    typed: &[(RecordId, String)],
    asked: &[Found],
) -> Result<Vec<Part>, Vec<Found>> {
    let mut wrong = Vec::new();
    let until = told.until.parse::<Date>();
    match until {
        Err(_) => wrong.push((None, Issue::hard("date.wrong", "until"))),
        Ok(day) if day > today => wrong.push((None, Issue::hard("budget.future", "until"))),
        Ok(day) if day.year() != i32::from(sheet.period.year) => {
            wrong.push((None, Issue::hard("budget.year", "until")));
        }
        Ok(_) => {}
    }
    if told.source.trim().is_empty() {
        wrong.push((None, Issue::hard("text.empty", "source")));
    }
    let (mut parts, mut questionable) = (Vec::new(), Vec::new());
    for row in &sheet.rows {
        let actual = match typed.iter().find(|(node, _)| *node == row.node) {
            Some((_, text)) => amount(text),
            None if told.keep && !row.complete => {
                Ok(row.budget.as_ref().or(row.before.as_ref()).map(|known| known.actual))
            }
            None => continue,
        };
        let actual = match actual {
            Ok(Some(actual)) => actual,
            Ok(None) => continue,
            Err(issue) => {
                wrong.push((Some(row.node), issue));
                continue;
            }
        };
        if actual.is_sign_negative() && !actual.is_zero() {
            wrong.push((Some(row.node), Issue::hard("number.negative", "actual")));
            continue;
        }
        let (new, open) = confirmed(row, told, actual, asked);
        questionable.extend(open.into_iter().map(|issue| (Some(row.node), issue)));
        parts.push(edit(row.subject.clone(), vec![change(get(row.subject.record()).as_ref(), MAIN, &new)]));
    }
    if wrong.is_empty() {
        wrong = questionable;
    }
    if wrong.is_empty() && parts.is_empty() {
        wrong.push((None, Issue::hard("budget.nothing", "")));
    }
    if wrong.is_empty() { Ok(parts) } else { Err(wrong) }
}

/// A row's new value with what was asked about it before, and what is still to be asked.
fn confirmed(row: &BudgetRow, told: &Told, actual: Decimal, asked: &[Found]) -> (Budget, Vec<Issue>) {
    let (until, source) = (told.until.clone(), told.source.trim().to_owned());
    let mut new = Budget { actual, until, source, confirmed: Vec::new() };
    let last = row.budget.as_ref().or(row.before.as_ref());
    let all = questions(&new, last, row.pagu);
    let known = |issue: &Issue| asked.iter().any(|(node, before)| *node == Some(row.node) && before == issue);
    let (seen, open): (Vec<_>, Vec<_>) = all.into_iter().partition(known);
    new.confirmed = seen.into_iter().map(|issue| issue.code).collect();
    (new, open)
}
