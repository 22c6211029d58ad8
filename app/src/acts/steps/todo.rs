//! Steps as tasks of *Beranda*.

use takar_domain::budget;
use takar_domain::config::{Config, Post};
use takar_domain::date::Date;
use takar_domain::permission::posts;
use takar_domain::procedure::lock::handing_over;
use takar_domain::procedure::{Phase, Progress, UnitProgress, in_the_way};
use takar_domain::record::{RecordId, Subject};
use takar_domain::sop::Kind;
use takar_domain::sorted::sort_by_key;
use takar_domain::text::{budget as budget_words, procedure as words};
use takar_domain::view::entry_sheet::entry_sheet;
use takar_domain::workflow::Action;

use super::who::{acted_for, is_actor, may_move, records};
use crate::acts::figures::{filled, subjects};
use crate::acts::{Get, words as say};

/// A step that a person may move now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    /// The page of the step.
    pub href: String,
    pub number: Option<u16>,
    /// `Selesaikan Penghimpunan data`.
    pub title: String,
    /// Why it came back, else by when it should be done.
    pub detail: String,
    pub due: Option<Date>,
}

/// The steps that wait for a person, by their dates, those without one last.
///
/// Who records any step is asked only where nobody holds the step's post.
#[must_use]
#[inline(never)]
pub fn todos(config: &Config, get: Get<'_>, all: &[Progress], person: RecordId, today: &str) -> Vec<Todo> {
    let mut found = Vec::new();
    for step in all {
        for run in &step.runs {
            let mine = is_actor(config, person, &run.subject, today)
                || records(config, person, &run.subject, today)
                    && acted_for(config, person, &run.subject, today).is_none();
            if mine && waits(config, get, step, run) {
                found.push(todo(config, step, run));
            }
        }
    }
    found.extend(super::lists::calls(config, get, all, person, today));
    found.extend(budget_todo(config, get, all, person, today));
    sort_by_key(&mut found, |todo| (todo.due.is_none(), todo.due));
    found
}

/// The bendahara's sheet, once the period is over and as long as something is missing.
fn budget_todo(
    config: &Config,
    get: Get<'_>,
    all: &[Progress],
    person: RecordId,
    today: &str,
) -> Option<Todo> {
    posts(config, person, today).find(|held| held.post == Post::Bendahara)?;
    let submit = all.iter().find(|step| step.step.kind == Kind::Submit && !step.is_done())?;
    let Subject::StepRun { cycle, .. } = submit.runs.first()?.subject else { return None };
    let period = config.cycles.get(&cycle)?.period;
    let last = period.last_day().filter(|last| last.to_string().as_str() < today)?;
    let missing = budget::missing(config, get, period);
    (missing > 0).then(|| Todo {
        href: "/anggaran".into(),
        number: None,
        title: budget_words::TASK.to_owned(),
        detail: budget_words::task(missing, &last.format_long()),
        due: submit.due,
    })
}

/// Where a unit's head goes on once its figures are judged: the end of its validation,
/// then its hand-over. `None` while something is in the way, or if the step is not hers.
#[must_use]
pub fn next_step(
    config: &Config,
    get: Get<'_>,
    all: &[Progress],
    person: RecordId,
    unit: RecordId,
    today: &str,
) -> Option<Todo> {
    let of = handing_over(config, unit);
    let own = all.iter().filter(|step| matches!(step.step.kind, Kind::Validate | Kind::HandOver));
    let mut runs = own.flat_map(|step| step.runs.iter().map(move |run| (step, run)));
    let (step, run) = runs.find(|(_, run)| run.unit == of && run.phase() != Some(Phase::Done))?;
    let mine = may_move(config, person, &run.subject, today) && waits(config, get, step, run);
    mine.then(|| todo(config, step, run))
}

/// The unit whose figures keep the run of another from being validated: the unit
/// itself, or one of its sub bagian.
#[must_use]
pub fn open_unit(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId) -> Option<RecordId> {
    let mut own = config.units.keys().copied().filter(|id| handing_over(config, *id) == Some(unit));
    own.find(|id| {
        let counts = entry_sheet(config, get, cycle, *id).map(|sheet| sheet.counts).unwrap_or_default();
        counts.saved + counts.sent + counts.returned > 0
    })
}

/// Whether nothing is in the way. The figures of a unit are tasks of their own: its
/// validation is one once they are all decided.
fn waits(config: &Config, get: Get<'_>, step: &Progress, run: &UnitProgress) -> bool {
    let open = run.phase() != Some(Phase::Done) && run.way.is_none();
    let decided = || in_the_way(config, get, &run.subject, Action::Finish).is_none();
    open && (step.step.kind != Kind::Validate || decided() && has_matter(config, get, &run.subject))
}

/// Whether a unit has filled in anything of what it hands over, or is asked for nothing.
fn has_matter(config: &Config, get: Get<'_>, run: &Subject) -> bool {
    let Subject::StepRun { cycle, unit, .. } = run else { return false };
    let mut own = config.units.keys().filter(|id| handing_over(config, **id) == *unit);
    let asked = own.clone().any(|id| !subjects(config, *cycle, *id).is_empty());
    !asked || own.any(|id| !filled(config, get, *cycle, *id).is_empty())
}

fn todo(config: &Config, step: &Progress, run: &UnitProgress) -> Todo {
    let unit = run.unit.map(|unit| say::unit_name(config, unit)).unwrap_or_default();
    let plain = |press: &str| [press, " ", &step.step.screen_title, " ", unit].concat().trim_end().to_owned();
    let title = match (step.step.kind, &run.state) {
        (Kind::HandOver, _) => words::hand_over(unit),
        (Kind::Validate, _) => words::end_validation(unit),
        (_, None) => plain(words::TASK_START),
        (_, Some(_)) => plain(words::TASK_FINISH),
    };
    let returned = run.state.as_ref().map(|state| state.returned.as_str()).unwrap_or_default();
    let detail = match (returned, step.step.minutes) {
        ("", 0) => words::EXTRA_NOTE.to_owned(),
        ("", standard) => words::standard(standard, 1),
        (reason, _) => words::returned(reason),
    };
    let number = (!step.step.extra).then_some(step.step.number);
    Todo { href: say::step_page(&run.subject), number, title, detail, due: step.due }
}
