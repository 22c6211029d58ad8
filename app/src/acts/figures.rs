//! Which figures a unit answers for in one measuring round, and the heads
//! that a transition over them judges.

use takar_domain::config::Config;
use takar_domain::figure::Judged;
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::sorted::sort_by_key;
use takar_domain::status::{data_heads, is_filled};

use super::Get;

/// The subjects of a unit's figures in a cycle's period, in the plan's order.
/// Indicators that repeat another one are entered there and left out here.
#[must_use]
pub fn subjects(config: &Config, cycle: RecordId, unit: RecordId) -> Vec<Subject> {
    let Some(period) = config.cycles.get(&cycle).map(|c| c.period) else { return Vec::new() };
    let own = config.entered(cycle).filter(|(id, _)| config.unit_of(*id) == Some(unit));
    let mut found: Vec<_> = own.collect();
    sort_by_key(&mut found, |(id, i)| (i.order, *id));
    found.into_iter().map(|(id, _)| Subject::Figure { indicator: id, period, unit: None }).collect()
}

/// What a transition over this figure looked at.
#[must_use]
pub fn judged(figure: &Record) -> Vec<Judged> {
    let id = figure.subject.record();
    data_heads(figure).into_iter().map(|(group, heads)| Judged { record: id, group, heads }).collect()
}

/// The filled figures of a unit, as this device sees them.
#[must_use]
pub fn filled(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId) -> Vec<Record> {
    let records = subjects(config, cycle, unit).into_iter().filter_map(|s| get(s.record()));
    records.filter(is_filled).collect()
}
