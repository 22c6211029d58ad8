//! *Anggaran* of one round: pagu, realisasi and serapan per sub kegiatan.

use crate::budget::{self, Budget, before, funded, is_complete};
use crate::config::{Config, MAIN};
use crate::date::Date;
use crate::decimal::Decimal;
use crate::period::Period;
use crate::procedure::lock::{Lock, standing};
use crate::record::{Record, RecordId, Subject};

/// The sheet, rows in the plan's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetSheet {
    pub period: Period,
    /// The day up to which realisasi must be known.
    pub last: Option<Date>,
    /// Why nothing of it may be changed.
    pub lock: Option<Lock>,
    pub rows: Vec<BudgetRow>,
}

/// One sub kegiatan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetRow {
    pub node: RecordId,
    pub subject: Subject,
    pub code: String,
    pub title: String,
    pub pagu: Decimal,
    pub budget: Option<Budget>,
    /// What was known in an earlier period of the year.
    pub before: Option<Budget>,
    /// Serapan in percent.
    pub share: Option<Decimal>,
    /// Known up to the period's last day.
    pub complete: bool,
    /// Two people entered it at once.
    pub differs: bool,
}

/// The budget of a round; `None` if the round is unknown.
#[must_use]
pub fn budget_sheet(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
) -> Option<BudgetSheet> {
    let period = config.cycles.get(&cycle)?.period;
    let last = period.last_day();
    let row = |(node, pagu): (RecordId, Decimal)| {
        let found = config.nodes.get(&node)?;
        let subject = budget::subject(node, period);
        let record = get(subject.record());
        let budget: Option<Budget> = record.as_ref().and_then(|record| record.read(MAIN));
        Some(BudgetRow {
            node,
            code: found.code.clone(),
            title: found.title.clone(),
            pagu,
            before: before(get, node, period),
            share: budget.as_ref().and_then(|budget| budget::share(budget.actual, pagu)),
            complete: is_complete(budget.as_ref(), last),
            differs: record.is_some_and(|r| r.groups.get(MAIN).is_some_and(crate::record::Group::differs)),
            budget,
            subject,
        })
    };
    let rows: Vec<_> = funded(config, period).into_iter().filter_map(row).collect();
    let lock = rows.first().and_then(|row| standing(config, get, &row.subject)).map(|(lock, _)| lock);
    Some(BudgetSheet { period, last, lock, rows })
}
