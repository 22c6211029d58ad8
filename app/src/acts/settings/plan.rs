//! What the plan leaves open: responsible units, assumed directions, nagari
//! rows and quarter targets.

use takar_domain::config::{Config, Indicator, Node, TARGET, Target};
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Subject};
use takar_sync::operation::Part;

use super::{Settled, main_part, required, settled};
use crate::acts::{Get, change, edit};

/// A changed indicator.
///
/// # Errors
/// Name and unit of measure must not be empty.
pub fn save_indicator(get: Get<'_>, id: RecordId, indicator: &Indicator) -> Settled {
    let mut issues = Vec::new();
    required(&indicator.name, "name", &mut issues);
    required(&indicator.measure, "measure", &mut issues);
    if let Some(blank) = indicator.variables.iter().find(|v| v.name.trim().is_empty()) {
        required(&blank.name, "variables", &mut issues);
    }
    settled(issues, vec![main_part(get, Subject::Indicator { id }, indicator)])
}

/// Makes a unit answer for a node of the plan and for everything below it that
/// names no unit of its own. `None` takes it away.
///
/// # Errors
/// There must be such a node.
pub fn assign_node(config: &Config, get: Get<'_>, id: RecordId, unit: Option<RecordId>) -> Settled {
    let Some(node) = config.nodes.get(&id) else {
        return Err(vec![Issue::hard("settings.gone", "node")]);
    };
    let assigned = Node { unit, ..node.clone() };
    Ok(vec![main_part(get, Subject::Node { id }, &assigned)])
}

/// Confirms the direction that the import assumed, for each named indicator
/// that still waits: one operation, since one person looks at one list.
#[must_use]
pub fn confirm_directions(config: &Config, get: Get<'_>, ids: &[RecordId]) -> Vec<Part> {
    let waiting = ids.iter().filter_map(|id| Some((*id, config.indicators.get(id)?)));
    waiting
        .filter(|(_, i)| i.direction_assumed)
        .map(|(id, i)| {
            let sure = Indicator { direction_assumed: false, ..i.clone() };
            main_part(get, Subject::Indicator { id }, &sure)
        })
        .collect()
}

/// The targets of one year. What the form does not show (periods without
/// measurement, a predicate) must be carried over by the caller.
#[must_use]
pub fn save_target(get: Get<'_>, id: RecordId, year: u16, target: &Target) -> Vec<Part> {
    let subject = Subject::Indicator { id };
    let record = get(id);
    let group = format!("{TARGET}{year}");
    let change = change(record.as_ref(), &group, target);
    vec![edit(subject, vec![change])]
}

/// What is odd about a target: negative numbers cannot be aimed at.
#[must_use]
pub fn target_faults(target: &Target) -> Vec<Issue> {
    let names = ["q1", "q2", "q3", "q4"];
    let quarters = target.quarters.iter().zip(names).filter_map(|(t, name)| Some((t.as_ref()?, name)));
    let year = target.year.as_ref().map(|t| (t, "year"));
    year.into_iter()
        .chain(quarters)
        .filter(|(t, _)| t.is_sign_negative() && !t.is_zero())
        .map(|(_, name)| Issue::hard("number.negative", name))
        .collect()
}
