//! *Waktu pelaksanaan SOP*: every carrying out of a step against its waktu baku.

use takar_domain::config::Config;
use takar_domain::procedure::{Progress, UnitProgress};
use takar_domain::text::{common, procedure as words};

use crate::acts::words::unit_name;

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// As [`takar_domain::sop::Step::numbered`] names it.
    pub step: String,
    /// Empty for a step that is carried out once.
    pub unit: String,
    /// Minutes; 0 for what the SOP sets none.
    pub standard: u32,
    /// Waktu kerja over all rounds, in minutes; 0 if nobody said.
    pub worked: u32,
    /// `135 menit (perkiraan)`; empty until it ended.
    pub lasted: String,
    /// `lewat 4 menit, dalam toleransi`, and the reason of a larger overrun.
    pub note: String,
    /// More than waktu baku lets pass.
    pub overrun: bool,
}

/// The report of a cycle, a line per step and, where units do it apart, per unit.
#[must_use]
pub fn times(config: &Config, all: &[Progress]) -> Vec<Time> {
    let of = |step: &Progress| step.runs.iter().map(|run| time(config, step, run)).collect::<Vec<_>>();
    all.iter().flat_map(of).collect()
}

fn time(config: &Config, step: &Progress, run: &UnitProgress) -> Time {
    let sop = &step.step;
    let overrun = step.is_overrun(run.minutes);
    let over = run.minutes.saturating_sub(sop.minutes);
    let mut note = Vec::new();
    if over > 0 && sop.minutes > 0 {
        let within = if overrun { String::new() } else { [", ", words::WITHIN].concat() };
        note.push(["lewat ", &words::minutes(over), &within].concat());
    }
    note.extend(run.state.as_ref().and_then(|state| state.round.reason.clone()));
    Time {
        step: sop.numbered(),
        unit: run.unit.map(|unit| unit_name(config, unit).to_owned()).unwrap_or_default(),
        standard: sop.minutes,
        worked: run.minutes,
        lasted: run.lasted.map(|l| lasted(l.minutes, l.exact)).unwrap_or_default(),
        note: note.join(" · "),
        overrun,
    }
}

/// `135 menit`, `135 menit (perkiraan)`.
#[must_use]
pub fn lasted(minutes: u32, exact: bool) -> String {
    let words = words::minutes(minutes);
    if exact { words } else { [&words, " (", words::ESTIMATE, ")"].concat() }
}

/// The report as lines of a table, its head first.
#[must_use]
pub fn sheet(title: &str, times: &[Time]) -> Vec<Vec<String>> {
    let head = [words::STEP, common::UNIT, words::STANDARD, words::WORKED, words::LASTED, words::REMARKS];
    let mut lines = vec![vec![title.to_owned()], head.map(str::to_owned).into()];
    lines.extend(times.iter().map(|time| {
        let plain = |n: u32| if n == 0 { String::new() } else { n.to_string() };
        let Time { step, unit, lasted, note, .. } = time.clone();
        vec![step, unit, plain(time.standard), plain(time.worked), lasted, note]
    }));
    lines
}
