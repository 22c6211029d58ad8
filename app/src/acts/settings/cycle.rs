//! Opening and closing a measuring round.

use takar_domain::config::{Config, Cycle};
use takar_domain::issue::Issue;
use takar_domain::period::{Period, Span};
use takar_domain::record::{RecordId, Subject, natural};

use super::{Settled, main_part, settled};
use crate::acts::Get;

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
    /// Batas isi data.
    pub due: Option<String>,
    /// Batas kirim ke kabupaten.
    pub regency_due: Option<String>,
    /// The version of the SOP that it keeps to its end.
    pub sop: Option<RecordId>,
    /// Carried out step by step.
    pub stepwise: bool,
}

/// The SOP that a new round usually runs by: the newest year's.
#[must_use]
pub fn newest_sop(config: &Config) -> Option<RecordId> {
    config.sops.iter().max_by_key(|(id, s)| (s.year, **id)).map(|(id, _)| *id)
}

/// Opens a round for a quarter under the newest policy that applies to its year.
///
/// # Errors
/// The period must be a quarter without an open round, units must be asked for
/// their data no later than the office owes it to the regency, and steps need an
/// SOP to be carried out by.
pub fn open_cycle(config: &Config, get: Get<'_>, opening: Opening) -> Settled {
    let Opening { period, due, regency_due, sop, stepwise } = opening;
    let mut issues = Vec::new();
    if !matches!(period.span, Span::Quarter(_)) {
        issues.push(Issue::hard("cycle.not_a_quarter", "period"));
    }
    if config.cycle_of(period).is_some() {
        issues.push(Issue::hard("cycle.already_open", "period"));
    }
    if due.is_none() {
        issues.push(Issue::hard("text.empty", "due"));
    }
    // ISO dates compare as text.
    if due.as_ref().zip(regency_due.as_ref()).is_some_and(|(unit, regency)| unit > regency) {
        issues.push(Issue::hard("cycle.due_after_regency", "due"));
    }
    if stepwise && sop.is_none() {
        issues.push(Issue::hard("cycle.no_sop", "sop"));
    }
    let Some((office, _)) = config.office else { return Err(issues) };
    let policies = config.policies.iter().filter(|(_, p)| p.effective_year <= period.year);
    let policy = policies.max_by_key(|(id, p)| (p.effective_year, **id)).map(|(id, _)| *id);
    let cycle = Cycle { period, due, regency_due, open: true, policy, sop, stepwise, abandoned: None };
    let subject = Subject::Cycle { id: cycle_id(config, office, period) };
    settled(issues, vec![main_part(get, subject, &cycle)])
}

/// Closes a round: its figures stay, entry ends.
///
/// # Errors
/// There must be such a round.
pub fn close_cycle(config: &Config, get: Get<'_>, id: RecordId) -> Settled {
    let Some(cycle) = config.cycles.get(&id) else {
        return Err(vec![Issue::hard("settings.gone", "cycle")]);
    };
    let closed = Cycle { open: false, ..cycle.clone() };
    Ok(vec![main_part(get, Subject::Cycle { id }, &closed)])
}
