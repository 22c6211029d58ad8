//! What the list of steps says of each.

use takar_domain::config::Config;
use takar_domain::date::{Date, date_clock, date_of};
use takar_domain::procedure::{Phase, Progress, STATE, StepState, UnitProgress, Way, archived, sop_of};
use takar_domain::record::{Attribution, Record, Subject};
use takar_domain::sop::{Kind, Step};
use takar_domain::text::{common, names, procedure as words};
use takar_sync::made_at;

use crate::acts::words as say;

/// Who carries a step out, by the SOP: `Camat atau Sekretaris`.
#[must_use]
pub fn actors(step: &Step) -> String {
    let all: Vec<_> = step.actors.iter().map(|post| names::post(*post)).collect();
    match all.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => [&rest.join(", "), " atau ", last].concat(),
        None => common::DASH.to_owned(),
    }
}

/// Who did it: `Camat, dicatat oleh Sekretaris`.
#[must_use]
pub fn by(config: &Config, by: &Attribution) -> String {
    let author = say::person(config, by.author);
    by.acted_for.map_or_else(|| author.to_owned(), |id| words::recorded(say::person(config, id), author))
}

/// The small line under a step's title. `filled` counts the cycle's figures, as
/// filled and expected.
#[must_use]
pub fn lines(config: &Config, step: &Progress, filled: (usize, usize)) -> String {
    let mut found = Vec::new();
    let zone = config.zone();
    match step.runs.as_slice() {
        [run] if run.unit.is_none() => {
            match (run.phase(), &run.by) {
                (Some(Phase::Done), Some(who)) => found.push(by(config, who)),
                _ => found.push(actors(&step.step)),
            }
            if let (Some(Phase::Running), Some(since)) = (run.phase(), run.started) {
                found.push(words::since(&date_of(since, zone).format_short()));
            }
        }
        runs => {
            found.push(words::UNIT_HEADS.to_owned());
            found.push(words::units(step.done(), runs.len()));
        }
    }
    if step.step.kind == Kind::Collect && step.is_running() {
        found.push(words::figures(filled.0, filled.1));
    }
    if let Some(Way::Waits { step: earlier, .. }) = waiting(step)
        && let Some(title) = title(config, step, *earlier)
    {
        found.push(words::waits(title));
    }
    found.join(" · ")
}

/// What a step that nobody has begun waits for.
fn waiting(step: &Progress) -> Option<&Way> {
    let begun = |run: &UnitProgress| run.state.is_some() || run.way.is_none();
    if step.runs.iter().any(begun) { None } else { step.runs.first()?.way.as_ref() }
}

fn title<'a>(config: &'a Config, of: &Progress, number: u16) -> Option<&'a str> {
    let Subject::StepRun { cycle, .. } = &of.runs.first()?.subject else { return None };
    Some(&sop_of(config, *cycle)?.step(number)?.screen_title)
}

/// Minutes of a step against its waktu baku; empty for what the SOP measures not.
#[must_use]
pub fn minutes(step: &Progress) -> String {
    match (step.step.minutes, step.minutes()) {
        (0, 0) => String::new(),
        (0, minutes) => words::minutes(minutes),
        (standard, 0) => words::standard(standard, step.runs.len()),
        (standard, minutes) => match step.runs.len() {
            0 | 1 => words::against(minutes, standard),
            runs => words::against_runs(minutes, standard, runs),
        },
    }
}

/// `Tahap 1–5 selesai, 232 dari 250 menit waktu baku · batas kirim ke kabupaten …`, or
/// that all of it is over.
#[must_use]
pub fn lead(all: &[Progress], regency_due: Option<&str>) -> String {
    let mut stretches: Vec<(u16, u16)> = Vec::new();
    let mut together = false;
    for step in all.iter().filter(|s| !s.step.extra) {
        let number = step.step.number;
        match stretches.last_mut() {
            _ if !step.is_done() => {}
            Some((_, last)) if together => *last = number,
            _ => stretches.push((number, number)),
        }
        together = step.is_done();
    }
    let done = all.iter().filter(|s| !s.step.extra && s.is_done());
    let (worked, standard) = done.fold((0_u32, 0_u32), |(worked, standard), step| {
        (worked.saturating_add(step.minutes()), standard.saturating_add(step.standard()))
    });
    let mut found = words::done(&stretches);
    if standard > 0 {
        found = [&found, ", ", &words::against_all(worked, standard)].concat();
    }
    if archived(all) {
        found = [&found, " · ", words::ARCHIVED].concat();
    } else if let Some(due) = regency_due.and_then(|iso| iso.parse::<Date>().ok()) {
        found = [&found, " · ", words::REGENCY_DUE, " ", &due.format_long()].concat();
    }
    found
}

/// What became of a step that somebody else moved first.
#[must_use]
#[inline(never)]
pub fn overtaken(config: &Config, run: &Record) -> Option<String> {
    let state: StepState = run.read(STATE)?;
    let head = run.groups.get(STATE)?.heads.first()?;
    let what = match (state.phase, state.past.is_empty()) {
        (Phase::Done, _) => words::Overtaken::Finished,
        (Phase::Running, true) => words::Overtaken::Started,
        (Phase::Running, false) => words::Overtaken::Reopened,
    };
    let step = say::subject(config, &run.subject);
    let when = date_clock(made_at(&head.by.made), config.zone());
    Some(words::overtaken(&step, what, &by(config, &head.by), &when))
}
