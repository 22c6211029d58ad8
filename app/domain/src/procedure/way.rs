//! Who may move a step, which records that depends on, and what stands in the way.

use super::correction::{self, Standing, corrections, hand_over};
use super::state::{PAPER, Phase, STATE, StepState};
use super::turn::follows;
use super::{Seal, document, lock, paper, seal, sign};
use crate::budget;
use crate::codec::from_value;
use crate::config::{Config, Cycle, UnitKind};
use crate::evidence::Reference;
use crate::issue::Issue;
use crate::period::Period;
use crate::permission::posts;
use crate::record::{Record, RecordId, Subject, Value};
use crate::rules::PartView;
use crate::sop::{Kind, Sop, Step};
use crate::sorted::sort;
use crate::status::{FigureStatus, figure_status};
use crate::workflow::Action;

/// So many periods back a figure may be restated.
pub const RESTATES: usize = 4;

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

/// The SOP that a cycle is carried out by; `None` for one without steps.
#[must_use]
pub fn sop_of(config: &Config, cycle: RecordId) -> Option<&Sop> {
    let cycle = config.cycles.get(&cycle).filter(|c| c.stepwise)?;
    config.sops.get(&cycle.sop?)
}

/// For whom a step is carried out: once (`None`), or by each unit that answers
/// for indicators, in the office's order. A unit whose indicators a cycle's form all
/// leaves out still says so: it hands over nothing.
///
/// A sub bagian is part of its secretariat here: the Sekretaris hands over for
/// it (SOP step 8).
#[must_use]
pub fn runs_for(config: &Config, step: &Step) -> Vec<Option<RecordId>> {
    if !step.per_unit {
        return vec![None];
    }
    let mut units: Vec<(u16, RecordId)> = Vec::new();
    for (id, indicator) in config.indicators.iter() {
        let unit = config.unit_of(*id).and_then(|unit| lock::handing_over(config, unit));
        let Some(unit) = unit.filter(|_| indicator.active) else { continue };
        let order = config.units.get(&unit).filter(|u| u.active).map(|u| (u.order, unit));
        units.extend(order.filter(|unit| !units.contains(unit)));
    }
    sort(&mut units);
    units.into_iter().map(|(_, unit)| Some(unit)).collect()
}

/// Every run of a cycle's steps, in the SOP's order.
#[must_use]
pub fn runs_of(config: &Config, cycle: RecordId) -> Vec<Subject> {
    let steps = sop_of(config, cycle).map(|sop| sop.steps.as_slice()).unwrap_or_default();
    let all = runs(config, steps.iter(), None);
    all.map(|(step, unit)| Subject::StepRun { cycle, step, unit }).collect()
}

/// Whether a person's posts on a date (ISO) make a step his: the posts that the
/// SOP names, in the unit if units do it apart.
#[must_use]
#[inline(never)]
pub fn acts(config: &Config, person: RecordId, step: &Step, unit: Option<RecordId>, date: &str) -> bool {
    let mine = |held: Option<RecordId>| match unit {
        None => true,
        // A post of the whole office heads the secretariat.
        Some(unit) => match held {
            Some(held) => held == unit,
            None => config.units.get(&unit).is_some_and(|u| u.kind == UnitKind::Secretariat),
        },
    };
    posts(config, person, date).any(|h| step.actors.contains(&h.post) && mine(h.unit))
}

/// The cycle, the SOP and the step that a run's subject names, if they exist.
fn found<'a>(config: &'a Config, subject: &Subject) -> Option<(&'a Cycle, &'a Sop, &'a Step)> {
    let Subject::StepRun { cycle, step, unit } = subject else { return None };
    let sop = sop_of(config, *cycle)?;
    let step = sop.step(*step)?;
    runs_for(config, step).contains(unit).then_some(())?;
    Some((config.cycles.get(cycle)?, sop, step))
}

/// The step that a run's subject names; `None` if its SOP has no such step, or
/// the unit no part in it.
#[must_use]
#[inline(never)]
pub fn needed<'a>(config: &'a Config, subject: &Subject) -> Option<&'a Step> {
    found(config, subject).map(|(_, _, step)| step)
}

/// The runs of `steps` that concern the run for `unit`: its own, or everybody's.
fn runs<'a>(
    config: &'a Config,
    steps: impl Iterator<Item = &'a Step> + 'a,
    unit: Option<RecordId>,
) -> impl Iterator<Item = (u16, Option<RecordId>)> + 'a {
    steps.flat_map(move |step| {
        let mut units = runs_for(config, step);
        if step.per_unit && unit.is_some() {
            units.retain(|u| *u == unit);
        }
        units.into_iter().map(|u| (step.number, u))
    })
}

/// Every record that [`issue`] asks for about a run.
#[inline(never)]
pub(crate) fn reads(config: &Config, subject: &Subject) -> Vec<RecordId> {
    let Some(((of, sop, step), Subject::StepRun { cycle, unit, .. })) =
        found(config, subject).map(|found| (found, subject))
    else {
        return Vec::new();
    };
    let around =
        sop.steps.iter().filter(|s| step.after.contains(&s.number) || s.after.contains(&step.number));
    let around = runs(config, around, *unit);
    let mut ids: Vec<_> =
        around.map(|(step, unit)| Subject::StepRun { cycle: *cycle, step, unit }.record()).collect();
    if let (Kind::Validate | Kind::HandOver, Some(unit)) = (step.kind, unit) {
        let figures = figures(config, *cycle, of, *unit);
        ids.extend(figures.iter().map(Subject::record));
        if step.kind == Kind::HandOver {
            ids.extend(earlier(&figures).iter().map(Subject::record));
        }
        ids.extend(forms(config, *cycle, *unit).map(|form| form.record()));
    }
    if matches!(step.kind, Kind::Correct | Kind::Submit) {
        let runs = correcting(sop, *cycle).map(|run| run.record());
        ids.extend(runs);
        if let Some(step) = hand_over(config, *cycle) {
            let units = runs_for(config, step).into_iter();
            ids.extend(
                units.map(|unit| Subject::StepRun { cycle: *cycle, step: step.number, unit }.record()),
            );
        }
    }
    if step.kind == Kind::Submit {
        let funded = budget::funded(config, of.period).into_iter();
        ids.extend(funded.map(|(node, _)| budget::subject(node, of.period).record()));
    }
    if step.kind == Kind::Sign {
        ids.extend(document::reads(config, *cycle));
    }
    ids
}

/// The runs in which corrections are made.
fn correcting(sop: &Sop, cycle: RecordId) -> impl Iterator<Item = Subject> + '_ {
    let steps = sop.steps.iter().filter(|step| step.kind == Kind::Correct);
    steps.map(move |step| Subject::StepRun { cycle, step: step.number, unit: None })
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

/// Every figure of a cycle, each measurement once.
pub(super) fn figures_of(config: &Config, cycle: RecordId) -> Vec<Subject> {
    let Some(period) = config.cycles.get(&cycle).map(|c| c.period) else { return Vec::new() };
    let measured = config.entered(cycle);
    measured.map(|(id, _)| Subject::Figure { indicator: id, period, unit: None }).collect()
}

/// What a run hands over, sealed as it stands; `None` if its step hands nothing over.
#[must_use]
pub fn handed_over(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    subject: &Subject,
) -> Option<Seal> {
    let Subject::StepRun { cycle, unit, .. } = subject else { return None };
    let (of, _, step) = found(config, subject)?;
    let unit = unit.filter(|_| step.kind == Kind::HandOver)?;
    let mut sealed = figures(config, *cycle, of, unit);
    sealed.extend(earlier(&sealed));
    Some(seal(&sealed, get))
}

/// The figures that a unit hands over, those of its sub bagian included.
fn figures(config: &Config, cycle: RecordId, of: &Cycle, unit: RecordId) -> Vec<Subject> {
    let own = |id| config.unit_of(id).and_then(|u| lock::handing_over(config, u)) == Some(unit);
    let measured = config.entered(cycle).filter(|(id, _)| own(*id));
    let period = of.period;
    measured.map(|(id, _)| Subject::Figure { indicator: id, period, unit: None }).collect()
}

/// The figures of the year before that these may restate.
fn earlier(figures: &[Subject]) -> Vec<Subject> {
    let before = |figure: &Subject| {
        let Subject::Figure { indicator, period, unit } = *figure else { return Vec::new() };
        let periods = std::iter::successors(Some(period.previous()), |period| Some(period.previous()));
        periods.take(RESTATES).map(|period| Subject::Figure { indicator, period, unit }).collect()
    };
    figures.iter().flat_map(before).collect()
}

fn forms(config: &Config, cycle: RecordId, unit: RecordId) -> impl Iterator<Item = Subject> + '_ {
    let units = config.units.keys().filter(move |u| lock::handing_over(config, **u) == Some(unit));
    units.map(move |unit| Subject::UnitForm { cycle, unit: *unit })
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

/// What must hold for moving a step, once what it judged was found unchanged.
#[inline(never)]
pub(crate) fn issue(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    record: Option<&Record>,
    part: &PartView,
) -> Option<Issue> {
    let step = needed(config, part.subject)?;
    if matches!(part.action, Action::Edit | Action::Adopt) {
        return correction::issue(step, record, part);
    }
    let after: StepState = part.changes.first().and_then(|(.., value)| from_value(value).ok())?;
    if !follows(record, &after, part.action) {
        return Some(Issue::hard("step.wrong_state", STATE));
    }
    if part.action == Action::Reopen && after.returned.is_empty() {
        return Some(Issue::hard("step.reason", "state.returned"));
    }
    if let Some(way) = in_the_way(config, get, part.subject, part.action) {
        return Some(hindrance(config, part.subject, &way));
    }
    if part.action != Action::Finish {
        return None;
    }
    if after.round.seal != handed_over(config, get, part.subject) {
        return Some(Issue::hard("step.seal", STATE));
    }
    if record.is_some_and(|r| r.groups.get(PAPER).is_some_and(crate::record::Group::differs)) {
        return Some(Issue::hard("step.paper_differs", PAPER));
    }
    let written = record.and_then(|r| r.groups.get(PAPER)).and_then(crate::record::Group::value);
    if let Some(issue) = signed(config, get, part, step, &after, written) {
        return Some(issue);
    }
    if let (Kind::Letter, Subject::StepRun { cycle, .. }) = (step.kind, part.subject)
        && crate::letter::of_run(config, *cycle, step.number).is_none()
    {
        return Some(Issue::hard("letter.no_number", PAPER));
    }
    paper::missing(step.kind, record)
        .map(|field| Issue::hard("step.missing", field).with("name", paper::label(field)))
}

/// What keeps a step from ending as signed: a document is signed by the office's own
/// hand and with what stands now, and nothing else is.
fn signed(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    part: &PartView,
    step: &Step,
    after: &StepState,
    paper: Option<&Value>,
) -> Option<Issue> {
    let Subject::StepRun { cycle, .. } = part.subject else { return None };
    match (step.kind, &after.round.signature) {
        (Kind::Sign, Some(signature)) if part.by_office => {
            let listed = paper.and_then(|paper| paper.get(paper::EVIDENCE));
            let files: Option<Vec<Reference>> = listed.and_then(|listed| from_value(listed).ok());
            sign::issue(config, get, *cycle, signature, &files.unwrap_or_default())
        }
        (Kind::Sign, _) => Some(Issue::hard("sign.office_only", "")),
        (_, Some(_)) => Some(Issue::hard("step.wrong_state", STATE)),
        (_, None) => None,
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
            let until = found.map(crate::date::Date::format_long).unwrap_or_default();
            Issue::hard("step.budget", STATE).with("count", count.to_string()).with("until", until)
        }
        Way::Mending { unit, .. } => {
            let unit = config.units.get(unit).map(|u| u.name.clone());
            Issue::hard("step.mending", STATE).with("unit", unit.unwrap_or_default())
        }
    }
}
