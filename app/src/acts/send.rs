//! *Periksa & kirim*: one press hands a unit's figures to its head, and, where
//! the same person is the head, accepts them at once.

use takar_domain::check::{Context, check_entry};
use takar_domain::config::{Config, STAGE, Stage};
use takar_domain::date::Date;
use takar_domain::figure::{Decision, EntryState};
use takar_domain::issue::Issue;
use takar_domain::period::Period;
use takar_domain::procedure::paper::EVIDENCE;
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::status::{FigureStatus, differs, standing_validation};
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet};
use takar_domain::workflow::Action;
use takar_sync::operation::Part;

use super::{Get, change, figures, validate};

/// The parts of *Kirim*: the unit form is sent, having judged every filled figure.
#[must_use]
pub fn send(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId) -> Vec<Part> {
    let subject = Subject::UnitForm { cycle, unit };
    let form = get(subject.record());
    let stage = Stage { sent: true };
    let judged = figures::filled(config, get, cycle, unit).iter().flat_map(figures::judged).collect();
    vec![Part { subject, action: Action::Send, changes: vec![change(form.as_ref(), STAGE, &stage)], judged }]
}

/// The parts of *Kirim dan validasi*: as [`send`], then every figure that can
/// be accepted and is not yet, recorded as validated by its own sender. Figures
/// whose values differ stay behind for a decision.
#[must_use]
pub fn send_and_validate(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId) -> Vec<Part> {
    let mut parts = send(config, get, cycle, unit);
    let ready = figures::filled(config, get, cycle, unit);
    let open = ready.iter().filter(|r| !differs(r) && !is_accepted(r));
    parts.extend(open.map(|r| validate::accept(r, true)));
    parts
}

/// A figure that was accepted on its own merits is not accepted once more.
fn is_accepted(figure: &Record) -> bool {
    standing_validation(figure).is_some_and(|v| v.decision == Decision::Accept)
}

/// Under which heading an indicator stands in the check of answers, the most
/// urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Sent back and not mended yet.
    Returned,
    Differs,
    /// Something is typed and not saved.
    Draft,
    /// Belum diisi.
    Gap,
    /// Filled, and something about it asks.
    Asks,
    Answered,
    /// Not measured, not published, no target: nothing is missing.
    NotNeeded,
}

/// Sorts one row; `draft` says whether its typing is unsaved.
#[must_use]
pub fn heading(row: &EntryRow, draft: bool, issues: &[Issue]) -> Heading {
    match &row.status {
        FigureStatus::Returned { .. } => return Heading::Returned,
        FigureStatus::Differs => return Heading::Differs,
        _ if draft => return Heading::Draft,
        _ => {}
    }
    match (row.actual.state, row.achievement.state) {
        (EntryState::NotMeasured | EntryState::NotPublished, _) => Heading::NotNeeded,
        (EntryState::NotFilled, EntryState::NoTarget) => Heading::NotNeeded,
        (EntryState::NotFilled, _) => Heading::Gap,
        _ if !issues.is_empty() => Heading::Asks,
        _ => Heading::Answered,
    }
}

/// Whether sending would change nothing: the form is sent, no saved value waits, and,
/// for who is the head too, none is to be validated.
#[must_use]
pub fn is_done(sheet: &EntrySheet, head: bool) -> bool {
    let counts = sheet.counts;
    sheet.stage.sent && counts.saved + counts.returned == 0 && (!head || counts.sent == 0)
}

/// What is odd about a row's saved entry and was not confirmed, and the evidence that the
/// round's form asks for and the row has none of.
#[must_use]
pub fn issues(row: &EntryRow, period: Period, today: Date) -> Vec<Issue> {
    let around = Context { period, target: row.target, last: row.last, today };
    let mut found = check_entry(&row.shape, &around, &row.entry);
    if row.actual.state == EntryState::Value && !row.asked.is_empty() && is_unproved(row) {
        found.push(Issue::soft("evidence.asked", EVIDENCE).with("what", row.asked.clone()));
    }
    found
}

/// Whether neither the entry nor any nagari's row has evidence.
#[must_use]
pub fn is_unproved(row: &EntryRow) -> bool {
    row.entry.evidence.is_empty() && row.nagari.iter().all(|n| n.row.evidence.is_empty())
}
