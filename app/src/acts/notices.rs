//! *Pemberitahuan*: what others did that concerns a person, derived from the
//! records as they stand. Nothing is stored but what was read.

use takar_domain::config::{Cycle, MAIN, STAGE};
use takar_domain::date::period_name;
use takar_domain::figure::VALIDATION;
use takar_domain::permission::Permission;
use takar_domain::procedure::{Phase, Progress, UnitProgress};
use takar_domain::record::{Group, Head, RecordId, Subject};
use takar_domain::sorted::{Set, sort_by_key};
use takar_domain::status::{FigureStatus, newest};
use takar_domain::text::notices as words;
use takar_domain::view::entry_sheet::EntrySheet;
use takar_sync::made_at;

use super::home::{Desk, Round, is_asked};
use super::words::{round_detail, step_page, unit_name};

/// Most notices that are listed; older ones are in the histories.
const MOST: usize = 60;

/// One thing that somebody else did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The operation: one act is one notice, however many records it moved.
    pub key: String,
    /// When it was made, milliseconds UTC.
    pub when: i64,
    /// By whom.
    pub who: String,
    pub title: String,
    /// Why, or what about it; empty for nothing.
    pub detail: String,
    pub href: String,
    /// The round that must be in view where it leads to.
    pub cycle: Option<RecordId>,
}

/// Where notices come from; of one act the first source's counts.
pub const SOURCES: [fn(&Desk<'_>) -> Vec<Notice>; 3] = [figures, steps, rounds];

/// What others did, the newest first, each act once, nothing of one's own.
#[must_use]
pub fn notices(desk: &Desk<'_>) -> Vec<Notice> {
    let mut known: Set<String> = Set::default();
    let mut all: Vec<_> = SOURCES.iter().flat_map(|source| source(desk)).collect();
    all.retain(|notice| known.insert(notice.key.clone()));
    sort_by_key(&mut all, |notice| std::cmp::Reverse(notice.when));
    all.truncate(MOST);
    all
}

/// A notice of a standing value; `None` of what the person did herself.
fn of(
    desk: &Desk<'_>,
    head: &Head,
    title: String,
    detail: String,
    href: String,
    cycle: RecordId,
) -> Option<Notice> {
    let by = &head.by;
    (by.author != desk.person).then(|| Notice {
        key: head.op.to_string(),
        when: made_at(&by.made),
        who: super::steps::by(desk.config, by),
        title,
        detail,
        href,
        cycle: Some(cycle),
    })
}

fn first(group: Option<&Group>) -> Option<&Head> {
    group?.heads.first()
}

/// Rounds that were opened, changed, closed or given up.
fn rounds(desk: &Desk<'_>) -> Vec<Notice> {
    let one = |(id, cycle): (&RecordId, &Cycle)| {
        let record = (desk.get)(*id)?;
        let group = record.groups.get(MAIN)?;
        let name = period_name(cycle.period);
        let what = match (cycle.open, &cycle.abandoned) {
            (false, Some(_)) => words::ABANDONED,
            (false, None) => words::CLOSED,
            (true, _) if group.superseded.is_empty() => words::OPENED,
            (true, _) => words::CHANGED,
        };
        let detail = cycle.abandoned.clone().unwrap_or_else(|| round_detail(cycle));
        of(
            desk,
            first(Some(group))?,
            words::round(&name, what),
            detail,
            ["/tahapan/", &id.to_string()].concat(),
            *id,
        )
    };
    desk.config.cycles.iter().filter_map(one).collect()
}

/// Steps that ended or came back: of the office to everybody, of a unit to its head.
fn steps(desk: &Desk<'_>) -> Vec<Notice> {
    let run = |round: &Round, step: &Progress, run: &UnitProgress| {
        let mine = run.unit.is_none_or(|unit| (desk.can)(Permission::ValidateFigure, Some(unit)));
        let returned =
            run.state.as_ref().map(|state| state.returned.clone()).filter(|reason| !reason.is_empty());
        let unit = run.unit.map(|unit| [" ", unit_name(desk.config, unit)].concat()).unwrap_or_default();
        let title = [&step.step.screen_title, unit.as_str()].concat();
        let (title, detail) = match (run.phase()?, returned) {
            (Phase::Done, _) => (words::step(&title, words::FINISHED), String::new()),
            (Phase::Running, Some(reason)) => (words::step(&title, words::REOPENED), reason),
            (Phase::Running, None) => return None,
        };
        let record = (desk.get)(run.subject.record()).filter(|_| mine)?;
        let head = first(record.groups.get(takar_domain::procedure::STATE))?;
        of(desk, head, title, detail, step_page(&run.subject), round.id)
    };
    let all = desk.rounds.iter().flat_map(|round| round.steps.iter().map(move |step| (round, step)));
    let run = &run;
    all.flat_map(|(round, step)| step.runs.iter().filter_map(move |r| run(round, step, r))).collect()
}

/// Figures that came back or differ, and forms that were sent.
fn figures(desk: &Desk<'_>) -> Vec<Notice> {
    let sheets = desk.rounds.iter().flat_map(|round| round.sheets.iter());
    sheets.flat_map(|sheet| of_sheet(desk, sheet)).collect()
}

fn of_sheet(desk: &Desk<'_>, sheet: &EntrySheet) -> Vec<Notice> {
    let (unit, cycle) = (sheet.unit, sheet.cycle);
    let can = |right| (desk.can)(right, Some(unit));
    let fills = can(Permission::SendForm);
    let one = |row: &takar_domain::view::entry_sheet::EntryRow| {
        let record = (desk.get)(row.figure)?;
        match &row.status {
            FigureStatus::Returned { comment } if fills => {
                let head = first(record.groups.get(VALIDATION))?;
                let href = ["/isi/", &unit.to_string(), "/", &row.indicator.to_string()].concat();
                of(desk, head, words::returned(&row.name), comment.clone(), href, cycle)
            }
            FigureStatus::Differs if is_asked(desk, row) => {
                let href = ["/beda/", &row.figure.to_string()].concat();
                of(desk, newest(&record)?, words::differs(&row.name), String::new(), href, cycle)
            }
            _ => None,
        }
    };
    let mut found: Vec<_> =
        sheet.rows.iter().filter(|row| row.same_as.is_none()).filter_map(|row| one(row)).collect();
    let form = (desk.get)(Subject::UnitForm { cycle, unit }.record());
    if can(Permission::ValidateFigure)
        && let Some(head) = form.as_ref().and_then(|form| first(form.groups.get(STAGE)))
    {
        let title = words::sent(unit_name(desk.config, unit));
        found.extend(of(desk, head, title, String::new(), ["/validasi/", &unit.to_string()].concat(), cycle));
    }
    found
}

/// The notices as a text to share: title, who and why, a line each.
#[must_use]
pub fn shared(desk: &Desk<'_>, all: &[Notice]) -> String {
    let office = desk.config.office.as_ref().map(|(_, office)| office.name.clone()).unwrap_or_default();
    let line = |notice: &Notice| {
        let parts = [&notice.title, &notice.detail, &notice.who].into_iter().filter(|part| !part.is_empty());
        ["- ", &parts.cloned().collect::<Vec<_>>().join(" · ")].concat()
    };
    let lines = all.iter().map(line);
    [words::TITLE.to_owned(), office]
        .into_iter()
        .filter(|l| !l.is_empty())
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}
