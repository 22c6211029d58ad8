//! Where every step of a cycle stands: what the list, the flow chart and the
//! report of times share.

use super::runs::{runs_for, sop_of};
use super::state::{Phase, STATE, StepState};
use super::way::{Way, in_the_way};
use crate::config::Config;
use crate::date::Date;
use crate::record::{Attribution, Record, RecordId, Subject};
use crate::sop::{Kind, Step};
use crate::workflow::Action;
use crate::worktime::{Calendar, Lasted, instant, lasted, working_days};

/// One step of a cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub step: Step,
    /// Percent over waktu baku that passes without a reason, by the cycle's SOP.
    pub tolerance: u32,
    /// By when it should be done; `None` without batas kirim or without a plan for it.
    pub due: Option<Date>,
    /// One for a step that is carried out once.
    pub runs: Vec<UnitProgress>,
}

/// One carrying out of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitProgress {
    pub subject: Subject,
    /// `None` for a step that is carried out once.
    pub unit: Option<RecordId>,
    pub state: Option<StepState>,
    /// Who moved it last, when and for whom.
    pub by: Option<Attribution>,
    /// Several people moved it at once without knowing of each other.
    pub differs: bool,
    /// What must be done before it can begin, or be finished.
    pub way: Option<Way>,
    /// Start and end of the round in hand or the last one, milliseconds UTC.
    pub started: Option<i64>,
    pub finished: Option<i64>,
    /// Lama proses of the last round, once it ended and had a start.
    pub lasted: Option<Lasted>,
    /// Waktu kerja over all rounds, in minutes; 0 if nobody said.
    pub minutes: u32,
}

impl Progress {
    /// So many of its runs are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.runs.iter().filter(|run| run.phase() == Some(Phase::Done)).count()
    }

    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done() == self.runs.len()
    }

    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.is_done() && self.runs.iter().any(|run| run.state.is_some())
    }

    /// Whether so many minutes of one run are more than waktu baku lets pass: a small
    /// overrun is a quiet note, a larger one asks for a reason.
    #[must_use]
    pub const fn is_overrun(&self, minutes: u32) -> bool {
        let bound = self.step.minutes.saturating_mul(100_u32.saturating_add(self.tolerance)) / 100;
        self.step.minutes > 0 && minutes > bound
    }

    /// Waktu kerja of all its runs, in minutes.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.runs.iter().map(|run| run.minutes).sum()
    }

    /// Waktu baku of all its runs together, in minutes: what [`Self::minutes`] is
    /// compared with. Of one run it is [`Step::minutes`].
    #[must_use]
    pub fn standard(&self) -> u32 {
        let runs = u32::try_from(self.runs.len()).unwrap_or(u32::MAX);
        self.step.minutes.saturating_mul(runs)
    }
}

impl UnitProgress {
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        self.state.as_ref().map(|state| state.phase)
    }
}

/// Every step of a cycle in the SOP's order; empty for a cycle without steps.
#[must_use]
#[inline(never)]
pub fn progress(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, cycle: RecordId) -> Vec<Progress> {
    let Some(sop) = sop_of(config, cycle) else { return Vec::new() };
    let calendar = config.calendar();
    let last: Option<Date> = config.cycles.get(&cycle).and_then(|c| c.regency_due.as_ref()?.parse().ok());
    let one = |step: &Step| {
        let run = |unit| {
            let subject = Subject::StepRun { cycle, step: step.number, unit };
            run(config, get, &calendar, subject, unit)
        };
        Progress {
            step: step.clone(),
            tolerance: sop.tolerance,
            due: last.and_then(|last| due(&calendar, step, last)),
            runs: runs_for(config, step).into_iter().map(run).collect(),
        }
    };
    sop.steps.iter().map(one).collect()
}

/// Whether a cycle ran to its end: its archive is made, and nothing was opened since.
#[must_use]
pub fn archived(all: &[Progress]) -> bool {
    all.iter().any(|step| step.step.kind == Kind::Archive && step.is_done())
}

/// The day by which a step should be done, counted back from batas kirim ke
/// kabupaten; `None` for a step that the SOP plans no day for.
#[must_use]
pub fn due(calendar: &Calendar, step: &Step, last: Date) -> Option<Date> {
    Some(working_days(calendar, last, -i32::from(step.days_before?)))
}

fn run(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    calendar: &Calendar,
    subject: Subject,
    unit: Option<RecordId>,
) -> UnitProgress {
    let record = get(subject.record());
    let group = record.as_ref().and_then(|r| r.groups.get(STATE));
    let state: Option<StepState> = record.as_ref().and_then(|r| r.read(STATE));
    let by = group.and_then(|g| g.heads.first()).map(|h| h.by.clone());
    let action = state.as_ref().map_or(Action::Start, |_| Action::Finish);
    let running = state.as_ref().is_some_and(|s| s.phase == Phase::Running);
    let done = state.as_ref().is_some_and(|s| s.phase == Phase::Done);
    let made = by.as_ref().map(|by| by.made);
    let started = if running { made } else { state.as_ref().and_then(|s| s.round.started) };
    let finished = made.filter(|_| done);
    let rounds = state.iter().flat_map(|s| s.past.iter().chain([&s.round]));
    let minutes = rounds.filter_map(|round| round.minutes).sum();
    UnitProgress {
        way: if done { None } else { in_the_way(config, get, &subject, action) },
        differs: group.is_some_and(crate::record::Group::differs),
        started: started.map(instant),
        finished: finished.map(instant),
        lasted: started.zip(finished).map(|(from, to)| lasted(calendar, config.zone(), from, to)),
        subject,
        unit,
        state,
        by,
        minutes,
    }
}
