//! Tugas saya: what waits for a person, derived from rights and data.

use takar_domain::config::Config;
use takar_domain::date::Date;
use takar_domain::permission::Permission;
use takar_domain::procedure::lock::handing_over;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by_key;
use takar_domain::view::entry_sheet::{Counts, EntrySheet};

/// What kind of work waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Values came back with a comment.
    Mend,
    /// Two values stand side by side.
    Decide,
    Fill,
    Send,
    Validate,
    /// The office has no units, plan or cycle yet.
    Prepare,
}

impl Kind {
    /// Whether the cycle's deadline is this work's deadline.
    #[must_use]
    pub const fn has_deadline(self) -> bool {
        matches!(self, Self::Mend | Self::Fill | Self::Send | Self::Validate)
    }
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub kind: Kind,
    /// `None` for work on the whole office.
    pub unit: Option<RecordId>,
    pub count: usize,
    /// Out of so many, for *Lengkapi isi data*.
    pub of: usize,
}

/// What waits for a person, the most urgent first.
#[must_use]
pub fn jobs(
    config: &Config,
    sheets: &[EntrySheet],
    can: &dyn Fn(Permission, Option<RecordId>) -> bool,
) -> Vec<Job> {
    let mut jobs = Vec::new();
    let prepared = config.cycles.values().any(|c| c.open) && !config.indicators.is_empty();
    if !prepared && can(Permission::ManageOffice, None) {
        jobs.push(Job { kind: Kind::Prepare, unit: None, count: 0, of: 0 });
    }
    for sheet in sheets {
        of_unit(sheet, can, &mut jobs);
    }
    sort_by_key(&mut jobs, |j| j.kind);
    jobs
}

/// How far each unit is that hands over, its sub bagian with it, in the sheets' order.
#[must_use]
pub fn by_unit(config: &Config, sheets: &[EntrySheet]) -> Vec<(RecordId, Counts)> {
    let mut found: Vec<(RecordId, Counts)> = Vec::new();
    for sheet in sheets {
        let (unit, own) = (handing_over(config, sheet.unit).unwrap_or(sheet.unit), sheet.counts);
        let Some((_, all)) = found.iter_mut().find(|(id, _)| *id == unit) else {
            found.push((unit, own));
            continue;
        };
        all.expected += own.expected;
        all.filled += own.filled;
        all.returned += own.returned;
        all.differing += own.differing;
    }
    found
}

/// Working days (Monday to Friday) from the day after `due` to `today`.
#[must_use]
pub fn working_days_late(due: Date, today: Date) -> usize {
    // A cycle that nobody closed must not make this loop long.
    let days = due.days_until(today).clamp(0, 366);
    (1..=days).filter(|n| !due.add_days(*n).is_weekend()).count()
}

fn of_unit(sheet: &EntrySheet, can: &dyn Fn(Permission, Option<RecordId>) -> bool, jobs: &mut Vec<Job>) {
    let unit = Some(sheet.unit);
    let counts = sheet.counts;
    let mut put = |kind, count, of| jobs.push(Job { kind, unit, count, of });
    // Those who type for the whole office help; the unit's own people are asked.
    let own = can(Permission::SendForm, unit);
    if own && counts.returned > 0 {
        put(Kind::Mend, counts.returned, counts.expected);
    }
    if own && counts.filled < counts.expected {
        put(Kind::Fill, counts.expected - counts.filled, counts.expected);
    }
    if own && counts.saved > 0 && counts.filled == counts.expected {
        put(Kind::Send, counts.saved, counts.expected);
    }
    if counts.sent > 0 && can(Permission::ValidateFigure, unit) {
        put(Kind::Validate, counts.sent, counts.expected);
    }
    if counts.differing > 0 && can(Permission::DecideDifference, unit) {
        put(Kind::Decide, counts.differing, counts.expected);
    }
}
