//! What stands in the way of moving a step.

use super::correction::{self, Standing, corrections};
use super::lock;
use super::runs::{correcting, found, runs, sop_of};
use super::sealing::figures;
use super::state::{Phase, STATE, StepState};
use crate::budget;
use crate::config::{Config, Cycle};
use crate::date::Date;
use crate::issue::Issue;
use crate::period::Period;
use crate::record::{Record, RecordId, Subject};
use crate::sop::Kind;
use crate::status::{FigureStatus, figure_status};
use crate::workflow::Action;

/// What keeps a step from being moved on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// This earlier step is not done, for this unit where units do it apart.
    Waits { step: u16, unit: Option<RecordId> },
    /// A later step is done already and would have to be opened again first.
    Followed { step: u16, unit: Option<RecordId> },
    /// So many figures of the unit are not validated.
    Unvalidated(usize),
    /// Figures of the unit whose values stand side by side.
    Differs(usize),
    /// So many corrections that nobody has decided.
    Corrections(usize),
    /// So many sub kegiatan whose budget is not known to the period's end.
    Budget(usize),
    /// A correction that this unit has not answered by this step.
    Mending { step: u16, unit: RecordId },
}

/// The first correction that waits for somebody.
fn uncorrected(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
    runs: impl Iterator<Item = Subject>,
) -> Option<Way> {
    let (mut open, mut mending) = (0, None);
    for record in runs.filter_map(|run| get(run.record())) {
        for (_, group) in corrections(&record) {
            match correction::standing(config, get, cycle, group) {
                Some(Standing::Open | Standing::Differs) => open += 1,
                Some(Standing::Waits { step, unit }) => mending = Some(Way::Mending { step, unit }),
                Some(Standing::Answered | Standing::Settled | Standing::Withdrawn) | None => {}
            }
        }
    }
    if open > 0 { Some(Way::Corrections(open)) } else { mending }
}

/// The first thing in the way of moving a step; what it says is what is to be
/// done first. `None` if nothing is, or if there is no such step.
#[must_use]
pub fn in_the_way(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    subject: &Subject,
    action: Action,
) -> Option<Way> {
    let Subject::StepRun { cycle, unit, .. } = subject else { return None };
    let (of, sop, step) = found(config, subject)?;
    let phase = |step, unit| {
        let run = get(Subject::StepRun { cycle: *cycle, step, unit }.record());
        run.and_then(|r| r.read::<StepState>(STATE)).map(|state| state.phase)
    };
    if action == Action::Reopen {
        let later = sop.steps.iter().filter(|s| s.after.contains(&step.number));
        let mut later = runs(config, later, *unit);
        let done = later.find(|(step, unit)| phase(*step, *unit) == Some(Phase::Done));
        return done.map(|(step, unit)| Way::Followed { step, unit });
    }
    // Before what comes earlier: a unit that mends has opened that again.
    if (step.kind, action) == (Kind::Correct, Action::Finish)
        && let Some(way) = uncorrected(config, get, *cycle, std::iter::once(subject.clone()))
    {
        return Some(way);
    }
    let earlier = sop.steps.iter().filter(|s| step.after.contains(&s.number));
    let mut earlier = runs(config, earlier, *unit);
    if let Some((step, unit)) = earlier.find(|(step, unit)| phase(*step, *unit) != Some(Phase::Done)) {
        return Some(Way::Waits { step, unit });
    }
    match (step.kind, action, unit) {
        (Kind::Validate, Action::Finish, Some(unit)) => unvalidated(config, get, (*cycle, of), *unit),
        (Kind::Submit, Action::Finish, _) => uncorrected(config, get, *cycle, correcting(sop, *cycle))
            .or_else(|| unfunded(config, get, of.period)),
        _ => None,
    }
}

fn unfunded(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, period: Period) -> Option<Way> {
    let missing = budget::missing(config, get, period);
    (missing > 0).then_some(Way::Budget(missing))
}

/// What will keep the document from being submitted, from the compilation on: whoever
/// carries that out has time to ask for it.
#[must_use]
pub fn ahead(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, subject: &Subject) -> Option<Way> {
    let (of, sop, step) = found(config, subject)?;
    let early = matches!(step.kind, Kind::Compile | Kind::Correct | Kind::Submit);
    let submits = sop.steps.iter().any(|step| step.kind == Kind::Submit);
    if early && submits { unfunded(config, get, of.period) } else { None }
}

fn unvalidated(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    (cycle, of): (RecordId, &Cycle),
    unit: RecordId,
) -> Option<Way> {
    let (mut open, mut differing) = (0, 0);
    for subject in figures(config, cycle, of, unit) {
        let form = lock::form_of(config, cycle, &subject).and_then(|form| get(form.record()));
        match figure_status(get(subject.record()).as_ref(), form.as_ref()) {
            FigureStatus::NotFilled | FigureStatus::Validated => {}
            FigureStatus::Differs => differing += 1,
            FigureStatus::Saved | FigureStatus::Sent | FigureStatus::Returned { .. } => open += 1,
        }
    }
    match (differing, open) {
        (0, 0) => None,
        (0, open) => Some(Way::Unvalidated(open)),
        (differing, _) => Some(Way::Differs(differing)),
    }
}

/// What stands in the way of the step of `subject`, as the office's judge says it.
#[must_use]
pub fn hindrance(config: &Config, subject: &Subject, way: &Way) -> Issue {
    let title = |step: u16| {
        let Subject::StepRun { cycle, .. } = subject else { return String::new() };
        sop_of(config, *cycle)
            .and_then(|sop| sop.step(step))
            .map(|s| s.screen_title.clone())
            .unwrap_or_default()
    };
    let place = |step: u16, unit: &Option<RecordId>| {
        let unit = unit.and_then(|id| config.units.get(&id)).map(|u| [" (", &u.name, ")"].concat());
        [title(step), unit.unwrap_or_default()].concat()
    };
    match way {
        Way::Waits { step, unit } => Issue::hard("step.waits", STATE).with("step", place(*step, unit)),
        Way::Followed { step, unit } => Issue::hard("step.followed", STATE).with("step", place(*step, unit)),
        Way::Unvalidated(count) => Issue::hard("step.unvalidated", STATE).with("count", count.to_string()),
        Way::Differs(count) => Issue::hard("step.differs", STATE).with("count", count.to_string()),
        Way::Corrections(count) => Issue::hard("step.corrections", STATE).with("count", count.to_string()),
        Way::Budget(count) => {
            let found = found(config, subject).and_then(|(cycle, ..)| cycle.period.last_day());
            let until = found.map(Date::format_long).unwrap_or_default();
            Issue::hard("step.budget", STATE).with("count", count.to_string()).with("until", until)
        }
        Way::Mending { unit, .. } => {
            let unit = config.units.get(unit).map(|u| u.name.clone());
            Issue::hard("step.mending", STATE).with("unit", unit.unwrap_or_default())
        }
    }
}
