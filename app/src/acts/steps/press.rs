//! The parts that the presses of a step write.

use takar_domain::config::Config;
use takar_domain::date::{Date, date_of};
use takar_domain::issue::Issue;
use takar_domain::procedure::{
    self, PAPER, Phase, Progress, STATE, StepState, Told, UnitProgress, runs_for, sop_of,
};
use takar_domain::record::{OpId, Record, RecordId, Subject, Value};
use takar_domain::sop::{Kind, Step};
use takar_domain::workflow::Action;
use takar_domain::worktime::minutes_between;
use takar_sync::operation::{Change, Part};

use crate::acts::settings::ask::text;
use crate::acts::{Get, change, edit};

/// A whole day's work: a step that runs longer was not worked on all the time.
const DAY: u32 = 480;

/// The part of *Mulai*; `None` if the step has begun.
#[must_use]
pub fn start(get: Get<'_>, run: &Subject) -> Option<Part> {
    let record = get(run.record());
    moved(run, record.as_ref(), Action::Start, procedure::start(record.as_ref())?)
}

/// The part of *Selesai*, with the seal of what it hands over; `None` if the step
/// is done.
#[must_use]
pub fn finish(config: &Config, get: Get<'_>, run: &Subject, told: Told) -> Option<Part> {
    let record = get(run.record());
    let told = Told { seal: procedure::handed_over(config, get, run), ..told };
    moved(run, record.as_ref(), Action::Finish, procedure::finish(record.as_ref(), told)?)
}

/// The part of *Buka kembali*; `None` if the step is not done.
#[must_use]
pub fn reopen(get: Get<'_>, run: &Subject, reason: &str) -> Option<Part> {
    let record = get(run.record());
    moved(run, record.as_ref(), Action::Reopen, procedure::reopen(record.as_ref(), reason)?)
}

fn moved(run: &Subject, record: Option<&Record>, action: Action, state: StepState) -> Option<Part> {
    let changes = vec![change(record, STATE, &state)];
    Some(Part { subject: run.clone(), action, changes, judged: Vec::new() })
}

/// The step's paper as it is typed, by somebody who saw these heads of it.
#[must_use]
pub fn paper(run: &Subject, seen: Vec<OpId>, value: Value) -> Part {
    edit(run.clone(), vec![Change { group: PAPER.into(), seen, value }])
}

/// What the form of *Selesai* says.
///
/// # Errors
/// Minutes that are missing where there is a standard, a day that is still to come,
/// and no reason for a step that took longer or came later than it should.
pub fn told(of: &Progress, today: Date, typed: &Value) -> Result<Told, Vec<Issue>> {
    let given = |path| Some(text(typed, path)).filter(|text| !text.is_empty());
    let (step, due) = (&of.step, of.due);
    let mut issues = Vec::new();
    let minutes = match given("minutes").map(str::parse::<u32>) {
        Some(Ok(minutes)) => Some(minutes),
        Some(Err(_)) => {
            issues.push(Issue::hard("number.whole", "minutes"));
            None
        }
        None => {
            if step.minutes > 0 {
                issues.push(Issue::hard("text.empty", "minutes"));
            }
            None
        }
    };
    let day = given("event_date").and_then(|iso| iso.parse().ok()).unwrap_or(today);
    if day > today {
        issues.push(Issue::hard("date.future", "event_date"));
    }
    let reason = given("reason");
    if reason.is_none() {
        if minutes.is_some_and(|minutes| of.is_overrun(minutes)) {
            issues.push(Issue::hard("step.over", "reason"));
        } else if due.is_some_and(|due| day > due) {
            issues.push(Issue::hard("step.overdue", "reason"));
        }
    }
    let event_date = given("event_date").map(str::to_owned).filter(|_| day != today);
    let told = Told { minutes, reason: reason.map(str::to_owned), event_date, ..Told::default() };
    if issues.is_empty() { Ok(told) } else { Err(issues) }
}

/// Waktu kerja as the time since the start proposes it; `None` for a step that
/// was begun on another day, where only the person knows.
#[must_use]
pub fn proposed(config: &Config, run: &UnitProgress, now: i64) -> Option<u32> {
    let (started, zone) = (run.started?, config.zone());
    let today = date_of(started, zone) == date_of(now, zone);
    let minutes = minutes_between(&config.calendar(), zone, started, now).max(1);
    (today && minutes <= DAY).then_some(minutes)
}

/// One operation that gives a unit its data back: opens its validation again and,
/// before that, whatever was done since, the latest first. Empty if the unit has
/// validated nothing, or the document is signed.
#[must_use]
pub fn give_back(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId, reason: &str) -> Vec<Part> {
    let Some(steps) = sop_of(config, cycle).map(|sop| sop.steps.as_slice()) else { return Vec::new() };
    let Some(first) = steps.iter().find(|s| s.kind == Kind::Validate && s.per_unit) else {
        return Vec::new();
    };
    let mut runs: Vec<(&Step, Option<RecordId>)> = vec![(first, Some(unit))];
    // Steps stand behind those that they wait for, so one pass finds all that follow.
    for step in steps {
        let units = runs_for(config, step);
        let follows = |of: Option<RecordId>| {
            runs.iter().any(|(earlier, unit)| {
                step.after.contains(&earlier.number) && (of.is_none() || unit.is_none() || of == *unit)
            })
        };
        let more: Vec<_> = units.into_iter().filter(|of| follows(*of)).map(|of| (step, of)).collect();
        runs.extend(more);
    }
    let subject =
        |(step, unit): &(&Step, Option<RecordId>)| Subject::StepRun { cycle, step: step.number, unit: *unit };
    let done = |run: &&(&Step, _)| phase(get, &subject(run)) == Some(Phase::Done);
    if runs.iter().filter(done).any(|(step, _)| step.kind == Kind::Sign) {
        return Vec::new();
    }
    runs.iter().rev().filter_map(|run| reopen(get, &subject(run), reason)).collect()
}

/// Whether [`give_back`] would do anything for a unit.
#[must_use]
pub fn given_back(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId) -> bool {
    !give_back(config, get, cycle, unit, "").is_empty()
}

fn phase(get: Get<'_>, run: &Subject) -> Option<Phase> {
    Some(get(run.record())?.read::<StepState>(STATE)?.phase)
}
