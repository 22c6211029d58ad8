//! Opening a measuring round, changing its dates, closing it and giving it up.

use takar_domain::config::{BASIS, Basis, Config, Cycle, round};
use takar_domain::date::Date;
use takar_domain::issue::Issue;
use takar_domain::period::Period;
use takar_domain::procedure;
use takar_domain::record::{RecordId, Subject, natural};
use takar_domain::sop::Kind;
use takar_sync::operation::Part;

use super::{Settled, main_part, settled};
use crate::acts::{Get, change, edit};

/// The id of a period's first round: two people who open it offline open one.
/// A round that was given up and begun anew gets the next number.
#[must_use]
pub fn cycle_id(config: &Config, office: RecordId, period: Period) -> RecordId {
    let name = |round: usize| match round {
        1 => natural(office.0, &format!("cycle/{period}")),
        _ => natural(office.0, &format!("cycle/{period}/{round}")),
    };
    let taken = |id: &RecordId| config.cycles.get(id).is_some_and(|c| !c.open);
    let mut ids = (1_usize..=config.cycles.len().saturating_add(1)).map(name);
    ids.find(|id| !taken(id)).unwrap_or_else(|| name(1))
}

/// A round as it is opened. Dates are ISO.
#[derive(Clone, Debug)]
pub struct Opening {
    pub period: Period,
    /// Batas isi data; `None` for the day on which units hand over by the SOP.
    pub due: Option<String>,
    /// Batas kirim ke kabupaten.
    pub regency_due: Option<String>,
    /// The version of the SOP that it keeps to its end.
    pub sop: Option<RecordId>,
    /// Carried out step by step.
    pub stepwise: bool,
}

/// By when each step of an SOP should be done, counted back from batas kirim ke
/// kabupaten (ISO); empty without one.
#[must_use]
pub fn counted_back(config: &Config, sop: Option<RecordId>, regency_due: &str) -> Vec<(String, Date)> {
    dues(config, sop, regency_due).into_iter().map(|(_, title, day)| (title, day)).collect()
}

fn dues(config: &Config, sop: Option<RecordId>, regency_due: &str) -> Vec<(Kind, String, Date)> {
    let Some(sop) = sop.and_then(|id| config.sops.get(&id)) else { return Vec::new() };
    let Ok(last) = regency_due.parse() else { return Vec::new() };
    let calendar = config.calendar();
    let day = |step: &takar_domain::sop::Step| {
        Some((step.kind, step.screen_title.clone(), procedure::due(&calendar, step, last)?))
    };
    sop.steps.iter().filter_map(day).collect()
}

/// Opens a round for a quarter, a semester or a year under the newest policy that
/// applies to its year.
///
/// # Errors
/// The period must have no open round, units must be asked for their data no later
/// than the office owes it to the regency, and steps need an SOP to be carried out by.
pub fn open_cycle(config: &Config, get: Get<'_>, opening: Opening) -> Settled {
    let Opening { period, due, regency_due, sop, stepwise } = opening;
    let mut issues = Vec::new();
    let back = || dues(config, sop, regency_due.as_deref()?).into_iter().find(|(k, ..)| *k == Kind::HandOver);
    let due = due.or_else(|| back().map(|(.., day)| day.to_string()));
    if due.is_none() {
        issues.push(Issue::hard("text.empty", "due"));
    }
    if stepwise && sop.is_none() {
        issues.push(Issue::hard("cycle.no_sop", "sop"));
    }
    let Some((office, _)) = config.office else { return Err(issues) };
    let policies = config.policies.iter().filter(|(_, p)| p.effective_year <= period.year);
    let policy = policies.max_by_key(|(id, p)| (p.effective_year, **id)).map(|(id, _)| *id);
    let cycle = Cycle { period, due, regency_due, open: true, policy, sop, stepwise, abandoned: None };
    let id = cycle_id(config, office, period);
    // One of this period that is open already is written by nobody's opening.
    if config.cycle_of(period).is_some() {
        issues.push(Issue::hard("cycle.already_open", "period"));
    }
    written(config, get, id, None, &cycle, issues)
}

/// Changes batas isi data and batas kirim ke kabupaten (ISO) of an open round.
///
/// # Errors
/// There must be such a round, and units come before the regency.
#[inline(never)]
pub fn change_dates(
    config: &Config,
    get: Get<'_>,
    id: RecordId,
    due: Option<String>,
    regency_due: Option<String>,
) -> Settled {
    let (standing, mut issues) = (standing(config, id)?, Vec::new());
    if due.is_none() {
        issues.push(Issue::hard("text.empty", "due"));
    }
    let cycle = Cycle { due, regency_due, ..standing.clone() };
    written(config, get, id, Some(standing), &cycle, issues)
}

/// Closes a round: its figures stay, entry ends.
///
/// # Errors
/// There must be such a round.
pub fn close_cycle(config: &Config, get: Get<'_>, id: RecordId) -> Settled {
    let standing = standing(config, id)?;
    written(config, get, id, Some(standing), &Cycle { open: false, ..standing.clone() }, Vec::new())
}

/// Gives a round up, with the reason: its figures and its history stay, and the
/// period may be opened anew.
///
/// # Errors
/// There must be such a round, and a reason.
#[inline(never)]
pub fn abandon_cycle(config: &Config, get: Get<'_>, id: RecordId, reason: &str) -> Settled {
    let standing = standing(config, id)?;
    let cycle = Cycle { open: false, abandoned: Some(reason.trim().to_owned()), ..standing.clone() };
    written(config, get, id, Some(standing), &cycle, Vec::new())
}

fn standing(config: &Config, id: RecordId) -> Result<&Cycle, Vec<Issue>> {
    config.cycles.get(&id).ok_or_else(|| vec![Issue::hard("settings.gone", "cycle")])
}

fn written(
    config: &Config,
    get: Get<'_>,
    id: RecordId,
    standing: Option<&Cycle>,
    next: &Cycle,
    mut issues: Vec<Issue>,
) -> Settled {
    if issues.is_empty() {
        issues.extend(round::issue(config, id, standing, next));
    }
    settled(issues, vec![main_part(get, Subject::Cycle { id }, next)])
}

/// Each *berkas acuan* of a round: its name by the SOP and what is there. Empty
/// without an SOP.
#[must_use]
pub fn bases(config: &Config, get: Get<'_>, id: RecordId) -> Vec<(String, Basis)> {
    let sop = config.cycles.get(&id).and_then(|cycle| config.sops.get(&cycle.sop?));
    let record = get(id);
    let read = |group: &str| record.as_ref().and_then(|r| r.read(group)).unwrap_or_default();
    let names = sop.map(|sop| sop.equipment.as_slice()).unwrap_or_default().iter();
    names.zip(1_usize..).map(|(name, place)| (name.clone(), read(&basis_group(place)))).collect()
}

/// The part that sets the *berkas acuan* at a place, from 1.
#[must_use]
pub fn save_basis(get: Get<'_>, id: RecordId, place: usize, basis: &Basis) -> Part {
    edit(Subject::Cycle { id }, vec![change(get(id).as_ref(), &basis_group(place), basis)])
}

/// The group of the *berkas acuan* at a place, from 1.
#[must_use]
pub fn basis_group(place: usize) -> String {
    [BASIS, &place.to_string()].concat()
}
