//! Tugas saya: what waits for a person now, by date, overdue first.
//!
//! One list from small sources: [`SOURCES`] is where another kind of work joins.

use takar_domain::config::{Config, Cycle};
use takar_domain::date::{Date, period_name};
use takar_domain::permission::Permission;
use takar_domain::procedure::Progress;
use takar_domain::procedure::lock::{Lock, handing_over};
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by_key;
use takar_domain::status::FigureStatus;
use takar_domain::text::{common, home as words};
use takar_domain::view::entry_sheet::{Counts, EntryRow, EntrySheet};

use super::decide::{asked, of};
use super::steps::todos;
use super::words::unit_name;
use super::{Can, Get};

/// What stands in the square at the start of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A step by its number; `None` for what the SOP does not number.
    Step(Option<u16>),
    Job(Kind),
}

/// One thing that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub mark: Mark,
    pub title: String,
    pub detail: String,
    /// By when; `None` comes last.
    pub due: Option<Date>,
    pub href: String,
    /// The word on the press.
    pub press: &'static str,
    /// The round that must be in view where the press leads to.
    pub cycle: Option<RecordId>,
}

/// An open round as the sources see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: RecordId,
    pub cycle: Cycle,
    pub sheets: Vec<EntrySheet>,
    pub steps: Vec<Progress>,
}

/// What the sources know.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub config: &'a Config,
    pub get: Get<'a>,
    pub person: RecordId,
    pub today: Date,
    pub can: Can<'a>,
    /// The open rounds, the one in view first.
    pub rounds: &'a [&'a Round],
}

/// Where tasks come from; equal dates keep this order.
pub const SOURCES: [fn(&Desk<'_>, &mut Vec<Waiting>); 3] = [prepare, figures, steps];

/// What waits for a person: overdue first, then by date, then what has none.
#[must_use]
pub fn waiting(desk: &Desk<'_>) -> Vec<Waiting> {
    let mut all = Vec::new();
    for source in SOURCES {
        source(desk, &mut all);
    }
    sort_by_key(&mut all, |task| (task.due.is_none(), task.due));
    all
}

/// The office has no units, plan or round yet.
fn prepare(desk: &Desk<'_>, all: &mut Vec<Waiting>) {
    let prepared = !desk.rounds.is_empty() && !desk.config.indicators.is_empty();
    let asked = !prepared && (desk.can)(Permission::ManageOffice, None);
    if !asked {
        return;
    }
    all.push(Waiting {
        mark: Mark::Job(Kind::Prepare),
        title: words::START.into(),
        detail: words::START_LEAD.into(),
        due: None,
        href: "/pengaturan".into(),
        press: common::OPEN,
        cycle: None,
    });
}

/// The figures of the units that a person answers for.
fn figures(desk: &Desk<'_>, all: &mut Vec<Waiting>) {
    for round in desk.rounds {
        let mut jobs = Vec::new();
        for sheet in &round.sheets {
            of_unit(desk, sheet, &mut jobs);
        }
        sort_by_key(&mut jobs, |job| job.kind);
        for job in &jobs {
            all.push(task(desk, round, job));
        }
    }
}

fn task(desk: &Desk<'_>, round: &Round, job: &Job) -> Waiting {
    let (title, base, press, detail) = match job.kind {
        Kind::Mend => (words::MEND, "/isi", words::CONTINUE, words::returned(job.count)),
        Kind::Fill => (words::FILL, "/isi", words::CONTINUE, words::missing(job.count, job.of)),
        Kind::Send => (words::SEND, "/kirim", words::CHECK, words::ready_to_send(job.count)),
        Kind::Validate => (words::VALIDATE, "/validasi", words::CHECK, words::to_check(job.count)),
        Kind::Decide => (words::DECIDE, "/beda", words::DECIDE_PRESS, words::differing(job.count)),
        Kind::Prepare => (words::START, "/pengaturan", common::OPEN, String::new()),
    };
    let unit = if job.kind == Kind::Decide { String::new() } else { ["/", &job.unit.to_string()].concat() };
    Waiting {
        mark: Mark::Job(job.kind),
        title: [title, " ", unit_name(desk.config, job.unit)].concat(),
        detail: about(desk, round, detail),
        due: desk.config.due_of(round.id, job.unit).and_then(|iso| iso.parse().ok()),
        href: [base, &unit].concat(),
        press,
        cycle: Some(round.id),
    }
}

/// The steps that the SOP gives to a person.
#[inline(never)]
fn steps(desk: &Desk<'_>, all: &mut Vec<Waiting>) {
    let today = desk.today.to_string();
    for round in desk.rounds {
        for todo in todos(desk.config, desk.get, &round.steps, desk.person, &today) {
            all.push(Waiting {
                mark: Mark::Step(todo.number),
                title: todo.title,
                detail: about(desk, round, todo.detail),
                due: todo.due,
                href: todo.href,
                press: common::OPEN,
                cycle: Some(round.id),
            });
        }
    }
}

/// The small words of a task, with its round where several are open.
fn about(desk: &Desk<'_>, round: &Round, detail: String) -> String {
    match desk.rounds.len() {
        0 | 1 => detail,
        _ => [&detail, " · ", &period_name(round.cycle.period)].concat(),
    }
}

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

/// Work on a unit's figures.
struct Job {
    kind: Kind,
    unit: RecordId,
    count: usize,
    /// Out of so many.
    of: usize,
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

/// Whether a difference of a figure is put before the person.
pub(super) fn is_asked(desk: &Desk<'_>, row: &EntryRow) -> bool {
    let record = (row.status == FigureStatus::Differs).then(|| (desk.get)(row.figure)).flatten();
    record.is_some_and(|record| of(&record).iter().any(|d| asked(desk.config, d, desk.can, desk.today)))
}

fn of_unit(desk: &Desk<'_>, sheet: &EntrySheet, jobs: &mut Vec<Job>) {
    // Nothing that is signed can be changed.
    if sheet.lock == Some(Lock::Signed) {
        return;
    }
    let (unit, counts, can) = (sheet.unit, sheet.counts, desk.can);
    let mut put = |kind, count| jobs.push(Job { kind, unit, count, of: counts.expected });
    // Those who type for the whole office help; the unit's own people are asked.
    let own = can(Permission::SendForm, Some(unit));
    if own && counts.returned > 0 {
        put(Kind::Mend, counts.returned);
    }
    if own && counts.filled < counts.expected {
        put(Kind::Fill, counts.expected - counts.filled);
    }
    if own && counts.saved > 0 && counts.filled == counts.expected {
        put(Kind::Send, counts.saved);
    }
    if counts.sent > 0 && can(Permission::ValidateFigure, Some(unit)) {
        put(Kind::Validate, counts.sent);
    }
    let differing = sheet.rows.iter().filter(|row| row.same_as.is_none() && is_asked(desk, row)).count();
    if differing > 0 {
        put(Kind::Decide, differing);
    }
}
