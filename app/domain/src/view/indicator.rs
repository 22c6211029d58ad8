//! What the sheet and the recap ask about one indicator: its place in the
//! plan, the policy in force, its figure and its capaian.

use crate::accumulate::quarter_target;
use crate::achievement::{Achievement, Reason, achieve, achieve_predicate};
use crate::config::{Config, Indicator, Target, ValueType};
use crate::figure::EntryState;
use crate::period::Period;
use crate::policy::Policy;
use crate::record::{RecordId, Subject};
use crate::sorted::sort_by;
use crate::variables::Actual;

/// The indicators that a cycle measures (`None`: the plan's) as the cascade is read:
/// a sasaran, its programme, a kegiatan, its sub kegiatan, the next kegiatan.
pub(crate) fn indicators_in_order(config: &Config, cycle: Option<RecordId>) -> Vec<(RecordId, &Indicator)> {
    let active = config.indicators.iter().filter(|(id, _)| config.measures(cycle, **id));
    let mut all: Vec<_> = active.map(|(id, i)| (path(config, i.node), i.order, *id, i)).collect();
    sort_by(&mut all, |a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
    all.into_iter().map(|(_, _, id, indicator)| (id, indicator)).collect()
}

/// A node's place in the cascade: the orders from the root down to it.
fn path(config: &Config, node: RecordId) -> Vec<u32> {
    let mut orders = Vec::with_capacity(5);
    let mut next = Some(node);
    // The plan is data: a loop in it must not hang the office.
    while let Some(node) = next.and_then(|id| config.nodes.get(&id)).filter(|_| orders.len() < 16) {
        orders.push(node.order);
        next = node.parent;
    }
    orders.reverse();
    orders
}

/// The policy of a cycle, else the newest that is effective in the year, else the default.
#[must_use]
pub fn policy_of(config: &Config, period: Period, cycle: Option<RecordId>) -> Policy {
    let cycle = cycle.or_else(|| config.cycle_of(period)).and_then(|id| config.cycles.get(&id));
    let chosen = cycle.and_then(|c| c.policy).and_then(|id| config.policies.get(&id));
    let effective = || {
        let past = config.policies.values().filter(|p| p.effective_year <= period.year);
        past.max_by(|a, b| (a.effective_year, &a.version).cmp(&(b.effective_year, &b.version)))
    };
    chosen.or_else(effective).cloned().unwrap_or_default()
}

/// The subject of an indicator's figure in a period.
#[must_use]
pub const fn figure(indicator: RecordId, period: Period) -> Subject {
    Subject::Figure { indicator, period, unit: None }
}

/// A blank figure in a period that the plan leaves out is not missing.
pub(crate) fn excused_by_plan(actual: Actual, left_out: bool) -> Actual {
    match actual.state {
        EntryState::NotFilled if left_out => Actual { state: EntryState::NotMeasured, ..actual },
        _ => actual,
    }
}

/// What is not filled in a document that is signed is awaited no more.
pub(crate) fn settle(achievement: &mut Achievement) {
    if achievement.reason == Some(Reason::NotFilled) {
        achievement.reason = Some(Reason::Unfilled);
    }
}

/// Capaian of an indicator in a period: the target's quarter, or the year.
#[must_use]
pub fn achievement(
    policy: &Policy,
    indicator: &Indicator,
    target: Option<&Target>,
    period: Period,
    actual: &Actual,
) -> Achievement {
    if indicator.value_type == ValueType::Predicate {
        let wanted = target.and_then(|t| t.predicate.as_deref());
        if let (None, EntryState::NotMeasured | EntryState::NotPublished) = (&actual.predicate, actual.state)
        {
            return achieve(policy, indicator.direction, None, actual.entry_number());
        }
        return achieve_predicate(policy, wanted, actual.predicate.as_deref());
    }
    let aim = target.and_then(|t| quarter_target(indicator, t, period));
    let mut result = achieve(policy, indicator.direction, aim, actual.entry_number());
    if result.reason == Some(Reason::NoTarget) && target.is_some_and(|t| t.year.is_some()) {
        result.reason = Some(Reason::NoQuarterTarget);
    }
    result
}
