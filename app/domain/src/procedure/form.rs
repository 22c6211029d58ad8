//! What must hold for a new version of a cycle's form (SOP step 2), whoever asks
//! for it: the plan, a unit's remark or a decision of the meeting.

use super::lock::{self, Lock, handing_over, standing};
use crate::codec::from_value;
use crate::config::{Config, FORM, Form};
use crate::issue::Issue;
use crate::record::{Record, RecordId, Subject};
use crate::rules::PartView;
use crate::sop::{Kind, Step};
use crate::sorted::Set;

use super::runs::sop_of;

/// The step that makes the form of a cycle; `None` if its SOP has none.
pub(crate) fn step(config: &Config, cycle: RecordId) -> Option<&Step> {
    sop_of(config, cycle)?.steps.iter().find(|step| step.kind == Kind::Form)
}

fn unit_forms(config: &Config, cycle: RecordId) -> impl Iterator<Item = Subject> + '_ {
    config.units.keys().map(move |unit| Subject::UnitForm { cycle, unit: *unit })
}

/// The records that [`issue`] asks for.
#[inline(never)]
pub(crate) fn reads(config: &Config, cycle: RecordId) -> Vec<RecordId> {
    let forms = unit_forms(config, cycle);
    forms.flat_map(|form| lock::reads(config, &form).collect::<Vec<_>>()).collect()
}

/// Why a version may not follow the one that its author saw.
///
/// What a unit handed over stays as it was handed over: none of its indicators may
/// come or go until that step is opened again. Nothing moves once it is signed.
#[inline(never)]
pub(crate) fn issue(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    record: Option<&Record>,
    part: &PartView,
) -> Option<Issue> {
    let Subject::CycleForm { cycle } = part.subject else { return None };
    let (_, seen, value) = part.changes.first()?;
    let after: Form = from_value(value).ok()?;
    if !config.cycles.get(cycle).is_some_and(|c| c.open) {
        return Some(Issue::hard("form.closed", FORM));
    }
    let group = record.and_then(|r| r.groups.get(FORM));
    let heads = group.into_iter().flat_map(|g| g.heads.iter().chain(&g.same));
    let versions = heads.filter(|h| seen.contains(&h.op)).filter_map(|h| from_value::<Form>(&h.value).ok());
    if after.version != versions.map(|f| f.version).max().unwrap_or(1).saturating_add(1) {
        return Some(Issue::hard("form.version", FORM));
    }
    let before = config.form(*cycle);
    let moved = |id: &&RecordId| before.left_out.contains(*id) != after.left_out.contains(*id);
    let touched = before.left_out.iter().chain(after.left_out.iter()).filter(moved);
    let units: Set<_> = touched.filter_map(|id| handing_over(config, config.unit_of(*id)?)).collect();
    for unit in config.units.keys() {
        let lock = standing(config, get, &Subject::UnitForm { cycle: *cycle, unit: *unit });
        match lock {
            Some((Lock::Signed, _)) => return Some(Issue::hard("form.signed", FORM)),
            Some((Lock::HandedOver, _)) if units.contains(unit) => {
                let name = config.units.get(unit).map(|u| u.name.clone()).unwrap_or_default();
                return Some(Issue::hard("form.handed_over", FORM).with("unit", name));
            }
            _ => {}
        }
    }
    None
}
