//! How the judge looks at a move of a step: what it reads, and what must hold.

use super::correction::{self, hand_over};
use super::runs::{correcting, found, needed, runs, runs_for};
use super::sealing::{earlier, figures, forms, handed_over};
use super::state::{PAPER, STATE, StepState};
use super::turn::follows;
use super::way::{hindrance, in_the_way};
use super::{document, paper, sign};
use crate::budget;
use crate::codec::from_value;
use crate::config::Config;
use crate::evidence::Reference;
use crate::issue::Issue;
use crate::record::{Group, Record, RecordId, Subject, Value};
use crate::rules::PartView;
use crate::sop::{Kind, Step};
use crate::workflow::Action;

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
    if record.is_some_and(|r| r.groups.get(PAPER).is_some_and(Group::differs)) {
        return Some(Issue::hard("step.paper_differs", PAPER));
    }
    let written = record.and_then(|r| r.groups.get(PAPER)).and_then(Group::value);
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
