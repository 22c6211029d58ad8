//! The blank form per nagari: what a unit asks of each nagari, on paper for where there
//! is neither a device nor a signal (domain.md §3, *Rows*).

use crate::config::{Config, RowRule};
use crate::date::period_name;
use crate::record::RecordId;
use crate::sorted::sort_by_key;
use crate::view::indicator::indicators_in_order;
use crate::view::measurement_form::letterhead;

/// One sheet for each nagari.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankForm {
    /// Office, unit and period.
    pub heading: Vec<String>,
    /// Names of the nagari in the office's order.
    pub nagari: Vec<String>,
    /// The unit's indicators that are asked per nagari, in the plan's order.
    pub rows: Vec<BlankRow>,
}

/// What one line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankRow {
    pub name: String,
    /// Asks for a number in this measure; else for *sudah* or *belum*.
    pub measure: Option<String>,
}

/// The forms of a unit in a cycle; `None` if it asks nothing per nagari.
#[must_use]
pub fn blank_form(config: &Config, cycle: RecordId, unit: RecordId) -> Option<BlankForm> {
    let period = config.cycles.get(&cycle)?.period;
    let own = indicators_in_order(config, Some(cycle)).into_iter();
    let own = own.filter(|(id, i)| i.same_as.is_none() && config.unit_of(*id) == Some(unit));
    let rows = own.filter_map(|(_, i)| {
        let number = i.rows? == RowRule::Sum;
        Some(BlankRow { name: i.name.clone(), measure: number.then(|| i.measure.clone()) })
    });
    let rows: Vec<_> = rows.collect();
    let mut nagari: Vec<_> = config.nagari.values().filter(|n| n.active).collect();
    sort_by_key(&mut nagari, |n| (n.order, n.name.clone()));
    let nagari: Vec<_> = nagari.into_iter().map(|n| n.name.clone()).collect();
    let mut heading = letterhead(config, Some(unit));
    heading.push(period_name(period));
    (!rows.is_empty() && !nagari.is_empty()).then_some(BlankForm { heading, nagari, rows })
}
