//! Budget realisation (domain.md §3): a sheet of its own per sub kegiatan,
//! cumulative from January to a date, entered by the bendahara after the units
//! have handed over and open until the document is submitted (SOP step 10).

use serde::Serialize;
use takar_derive::Readable;

use crate::config::{Config, Level, MAIN};
use crate::date::Date;
use crate::decimal::Decimal;
use crate::issue::Issue;
use crate::number;
use crate::period::Period;
use crate::record::{Record, RecordId, Subject};

/// Group [`MAIN`] of a node's budget in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Budget {
    /// Realisasi in rupiah, cumulative from 1 January.
    pub actual: Decimal,
    /// Up to this day, ISO.
    pub until: String,
    /// Where it was read: SP2D, laporan realisasi.
    pub source: String,
    /// Codes of soft issues that the person confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<String>,
}

/// The budget of a node in a period.
#[must_use]
pub const fn subject(node: RecordId, period: Period) -> Subject {
    Subject::Budget { node, period }
}

/// What is known of a node's realisasi.
#[must_use]
pub fn read(get: &dyn Fn(RecordId) -> Option<Record>, node: RecordId, period: Period) -> Option<Budget> {
    get(subject(node, period).record())?.read(MAIN)
}

/// The sub kegiatan that have a pagu in the year of a period, with it, in the
/// plan's order. Without a pagu nothing can be spent, so nothing is asked.
#[must_use]
pub fn funded(config: &Config, period: Period) -> Vec<(RecordId, Decimal)> {
    let mut found: Vec<_> = config
        .nodes
        .iter()
        .filter(|(_, node)| node.level == Level::SubKegiatan)
        .filter_map(|(id, node)| {
            let pagu = *config.pagu.get(id)?.get(&period.year)?;
            (!pagu.is_zero()).then_some((&node.code, node.order, *id, pagu))
        })
        .collect();
    crate::sorted::sort(&mut found);
    found.into_iter().map(|(_, _, id, pagu)| (id, pagu)).collect()
}

/// How many of them have no realisasi up to the period's last day.
#[must_use]
pub fn missing(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, period: Period) -> usize {
    let last = period.last_day();
    let funded = funded(config, period);
    funded.iter().filter(|(node, _)| !is_complete(read(get, *node, period).as_ref(), last)).count()
}

/// Whether a realisasi reaches the last day of its period.
#[must_use]
pub fn is_complete(budget: Option<&Budget>, last: Option<Date>) -> bool {
    let until = budget.and_then(|budget| budget.until.parse::<Date>().ok());
    until.is_some_and(|until| last.is_some_and(|last| until >= last))
}

/// Realisasi of a node: its own, or for what stands above the sub kegiatan the sum
/// of theirs; `None` as long as one of them is not known.
#[must_use]
#[inline(never)]
pub fn spent(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    node: RecordId,
    period: Period,
) -> Option<Decimal> {
    let below = |mut of: RecordId| {
        // The plan is data: a loop in it must not hang the office.
        for _ in 0..8 {
            match config.nodes.get(&of).and_then(|found| found.parent) {
                _ if of == node => return true,
                Some(parent) => of = parent,
                None => return false,
            }
        }
        false
    };
    let mut parts = funded(config, period).into_iter().filter(|(id, _)| below(*id)).peekable();
    parts.peek()?;
    parts.try_fold(Decimal::from(0), |sum, (id, _)| sum.checked_add(read(get, id, period)?.actual))
}

/// Serapan: realisasi / pagu × 100; `None` without a pagu.
#[must_use]
pub fn share(spent: Decimal, pagu: Decimal) -> Option<Decimal> {
    spent.checked_mul(Decimal::from(100))?.checked_div(pagu)
}

/// How well money was turned into results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Efficiency {
    Efficient,
    /// Within the margin.
    Fair,
    Inefficient,
}

/// Capaian less serapan, in percent points, against the policy's margin.
#[must_use]
#[inline(never)]
pub fn efficiency(achievement: Decimal, share: Decimal, margin: Decimal) -> Option<Efficiency> {
    let more = achievement.checked_sub(share)?;
    Some(match () {
        () if more > margin => Efficiency::Efficient,
        () if more.abs() <= margin => Efficiency::Fair,
        () => Efficiency::Inefficient,
    })
}

/// What should be asked about a realisasi: `last` is what was known before, of the
/// same year. What the person confirmed is not asked again.
#[must_use]
pub fn questions(new: &Budget, last: Option<&Budget>, pagu: Decimal) -> Vec<Issue> {
    let mut found = Vec::new();
    if let Some(last) = last.filter(|last| last.actual > new.actual) {
        let issue = Issue::soft("budget.fell", "actual").with("last", number::format_rupiah(last.actual));
        found.push(issue.with("value", number::format_rupiah(new.actual)));
    }
    if new.actual > pagu {
        let issue = Issue::soft("budget.over", "actual").with("pagu", number::format_rupiah(pagu));
        found.push(issue.with("value", number::format_rupiah(new.actual)));
    }
    found.retain(|issue| !new.confirmed.contains(&issue.code));
    found
}

/// What is known of a node before a period: the newest of the same year.
#[must_use]
pub fn before(get: &dyn Fn(RecordId) -> Option<Record>, node: RecordId, period: Period) -> Option<Budget> {
    let mut earlier = period.previous();
    while earlier.year == period.year && earlier.span != crate::period::Span::Year {
        if let Some(found) = read(get, node, earlier) {
            return Some(found);
        }
        earlier = earlier.previous();
    }
    None
}
