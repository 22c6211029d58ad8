//! How long the archived document is kept (SOP step 14): active, then inactive, then
//! its fate, by the office's own schedule (domain.md §5). Proposed; nothing is ever
//! deleted by it.

use crate::config::Config;
use crate::date::{Date, date_of};
use crate::issue::Issue;
use crate::procedure::{PAPER, Progress};
use crate::record::{Record, RecordId, Value};
use crate::sop::Kind;
use crate::text::procedure::FATES;

/// A line per class: `kode; tahun aktif; tahun inaktif; nasib akhir`. To be confirmed by
/// each office with the schedule of its regency.
pub const SCHEDULE: &str = "000.8.6.3; 2; 3; Dinilai kembali";
/// Most years that a schedule may ask for.
const MOST: u16 = 100;

/// One class of the schedule, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<'a> {
    pub class: &'a str,
    pub active: u16,
    pub inactive: u16,
    pub fate: &'static str,
}

/// What becomes of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub active_until: Date,
    pub inactive_until: Date,
    pub fate: &'static str,
}

/// Reads a schedule.
///
/// # Errors
/// `retention.line`: the first line that cannot be read.
#[inline(never)]
pub fn rules(text: &str) -> Result<Vec<Rule<'_>>, Issue> {
    let lines = (1_usize..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
    lines.map(|(place, line)| rule(line).ok_or_else(|| unreadable(place, line))).collect()
}

fn rule(line: &str) -> Option<Rule<'_>> {
    let mut cells = line.split(';').map(str::trim);
    let class = cells.next().filter(|class| !class.is_empty())?;
    let mut years = || cells.next()?.parse().ok().filter(|years| *years <= MOST);
    let (active, inactive) = (years()?, years()?);
    let fate = fate(cells.next()?)?;
    cells.next().is_none().then_some(Rule { class, active, inactive, fate })
}

fn fate(text: &str) -> Option<&'static str> {
    FATES.into_iter().find(|fate| fate.eq_ignore_ascii_case(text))
}

fn unreadable(place: usize, line: &str) -> Issue {
    let short: String = line.chars().take(40).collect();
    Issue::hard("retention.line", "retention").with("line", place.to_string()).with("text", short)
}

/// What the schedule says of the round's archive: counted from the day on which the step
/// ended, else from `today`. What somebody typed about it comes first. `None` if the SOP
/// archives nothing, or the schedule has no such class and it was not typed.
#[must_use]
#[inline(never)]
pub fn kept(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    all: &[Progress],
    today: Date,
) -> Option<Kept> {
    let run = all.iter().find(|step| step.step.kind == Kind::Archive)?.runs.first()?;
    let record = get(run.subject.record());
    let paper = record.as_ref().and_then(|run| run.groups.get(PAPER)?.value());
    let typed = |name: &str| paper.and_then(|paper| paper.get(name).and_then(Value::as_str));
    let told = run.state.as_ref().and_then(|state| state.round.event_date.as_deref()?.parse().ok());
    let ended = told.or_else(|| run.finished.map(|ms| date_of(ms, config.zone()))).unwrap_or(today);
    let schedule = config.office.as_ref().map_or("", |(_, office)| office.retention.as_str());
    let rules = rules(schedule).unwrap_or_default();
    let class = typed("classification").unwrap_or_default().trim();
    let fits = |rule: &&Rule| {
        let rest = class.strip_prefix(rule.class);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    // A class below it has its parent's years, unless it has a line of its own.
    let rule = rules.iter().filter(fits).max_by_key(|rule| rule.class.len());
    let date = |name: &str| typed(name).and_then(|iso| iso.parse().ok());
    let active = date("active_until").or_else(|| Some(years_after(ended, rule?.active)))?;
    let inactive = date("inactive_until").or_else(|| Some(years_after(active, rule?.inactive)))?;
    let fate = typed("fate").and_then(fate).or_else(|| Some(rule?.fate))?;
    Some(Kept { active_until: active, inactive_until: inactive, fate })
}

/// The same day so many years later; 29 February becomes the 28th.
fn years_after(date: Date, years: u16) -> Date {
    let year = date.year() + i32::from(years);
    let same = Date::new(year, date.month(), date.day());
    same.or_else(|| Date::new(year, date.month(), 28)).unwrap_or(date)
}
