//! For whom the steps of a cycle are carried out, and who does it.

use super::lock;
use crate::config::{Config, Cycle, UnitKind};
use crate::permission::posts;
use crate::record::{RecordId, Subject};
use crate::sop::{Kind, Sop, Step};
use crate::sorted::sort;

/// The SOP that a cycle is carried out by; `None` for one without steps.
#[must_use]
pub fn sop_of(config: &Config, cycle: RecordId) -> Option<&Sop> {
    let cycle = config.cycles.get(&cycle).filter(|c| c.stepwise)?;
    config.sops.get(&cycle.sop?)
}

/// For whom a step is carried out: once (`None`), or by each unit that answers
/// for indicators, in the office's order. A unit whose indicators a cycle's form all
/// leaves out still says so: it hands over nothing.
///
/// A sub bagian is part of its secretariat here: the Sekretaris hands over for
/// it (SOP step 8).
#[must_use]
pub fn runs_for(config: &Config, step: &Step) -> Vec<Option<RecordId>> {
    if !step.per_unit {
        return vec![None];
    }
    let mut units: Vec<(u16, RecordId)> = Vec::new();
    for (id, indicator) in config.indicators.iter() {
        let unit = config.unit_of(*id).and_then(|unit| lock::handing_over(config, unit));
        let Some(unit) = unit.filter(|_| indicator.active) else { continue };
        let order = config.units.get(&unit).filter(|u| u.active).map(|u| (u.order, unit));
        units.extend(order.filter(|unit| !units.contains(unit)));
    }
    sort(&mut units);
    units.into_iter().map(|(_, unit)| Some(unit)).collect()
}

/// Every run of a cycle's steps, in the SOP's order.
#[must_use]
pub fn runs_of(config: &Config, cycle: RecordId) -> Vec<Subject> {
    let steps = sop_of(config, cycle).map(|sop| sop.steps.as_slice()).unwrap_or_default();
    let all = runs(config, steps.iter(), None);
    all.map(|(step, unit)| Subject::StepRun { cycle, step, unit }).collect()
}

/// Whether a person's posts on a date (ISO) make a step his: the posts that the
/// SOP names, in the unit if units do it apart.
#[must_use]
#[inline(never)]
pub fn acts(config: &Config, person: RecordId, step: &Step, unit: Option<RecordId>, date: &str) -> bool {
    let mine = |held: Option<RecordId>| match unit {
        None => true,
        // A post of the whole office heads the secretariat.
        Some(unit) => match held {
            Some(held) => held == unit,
            None => config.units.get(&unit).is_some_and(|u| u.kind == UnitKind::Secretariat),
        },
    };
    posts(config, person, date).any(|h| step.actors.contains(&h.post) && mine(h.unit))
}

/// The cycle, the SOP and the step that a run's subject names, if they exist.
pub(super) fn found<'a>(config: &'a Config, subject: &Subject) -> Option<(&'a Cycle, &'a Sop, &'a Step)> {
    let Subject::StepRun { cycle, step, unit } = subject else { return None };
    let sop = sop_of(config, *cycle)?;
    let step = sop.step(*step)?;
    runs_for(config, step).contains(unit).then_some(())?;
    Some((config.cycles.get(cycle)?, sop, step))
}

/// The step that a run's subject names; `None` if its SOP has no such step, or
/// the unit no part in it.
#[must_use]
#[inline(never)]
pub fn needed<'a>(config: &'a Config, subject: &Subject) -> Option<&'a Step> {
    found(config, subject).map(|(_, _, step)| step)
}

/// The runs of `steps` that concern the run for `unit`: its own, or everybody's.
pub(super) fn runs<'a>(
    config: &'a Config,
    steps: impl Iterator<Item = &'a Step> + 'a,
    unit: Option<RecordId>,
) -> impl Iterator<Item = (u16, Option<RecordId>)> + 'a {
    steps.flat_map(move |step| {
        let mut units = runs_for(config, step);
        if step.per_unit && unit.is_some() {
            units.retain(|u| *u == unit);
        }
        units.into_iter().map(|u| (step.number, u))
    })
}

/// The runs in which corrections are made.
pub(super) fn correcting(sop: &Sop, cycle: RecordId) -> impl Iterator<Item = Subject> + '_ {
    let steps = sop.steps.iter().filter(|step| step.kind == Kind::Correct);
    steps.map(move |step| Subject::StepRun { cycle, step: step.number, unit: None })
}
