//! The figures of a cycle, and what a unit hands over of them.

use super::runs::found;
use super::{Seal, lock, seal};
use crate::config::{Config, Cycle};
use crate::record::{Record, RecordId, Subject};
use crate::sop::Kind;

/// So many periods back a figure may be restated.
pub const RESTATES: usize = 4;

/// Every figure of a cycle, each measurement once.
pub(super) fn figures_of(config: &Config, cycle: RecordId) -> Vec<Subject> {
    let Some(period) = config.cycles.get(&cycle).map(|c| c.period) else { return Vec::new() };
    let measured = config.entered(cycle);
    measured.map(|(id, _)| Subject::Figure { indicator: id, period, unit: None }).collect()
}

/// What a run hands over, sealed as it stands; `None` if its step hands nothing over.
#[must_use]
pub fn handed_over(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    subject: &Subject,
) -> Option<Seal> {
    let Subject::StepRun { cycle, unit, .. } = subject else { return None };
    let (of, _, step) = found(config, subject)?;
    let unit = unit.filter(|_| step.kind == Kind::HandOver)?;
    let mut sealed = figures(config, *cycle, of, unit);
    sealed.extend(earlier(&sealed));
    Some(seal(&sealed, get))
}

/// The figures that a unit hands over, those of its sub bagian included.
pub(super) fn figures(config: &Config, cycle: RecordId, of: &Cycle, unit: RecordId) -> Vec<Subject> {
    let own = |id| config.unit_of(id).and_then(|u| lock::handing_over(config, u)) == Some(unit);
    let measured = config.entered(cycle).filter(|(id, _)| own(*id));
    let period = of.period;
    measured.map(|(id, _)| Subject::Figure { indicator: id, period, unit: None }).collect()
}

/// The figures of the year before that these may restate.
pub(super) fn earlier(figures: &[Subject]) -> Vec<Subject> {
    let before = |figure: &Subject| {
        let Subject::Figure { indicator, period, unit } = *figure else { return Vec::new() };
        let periods = std::iter::successors(Some(period.previous()), |period| Some(period.previous()));
        periods.take(RESTATES).map(|period| Subject::Figure { indicator, period, unit }).collect()
    };
    figures.iter().flat_map(before).collect()
}

pub(super) fn forms(config: &Config, cycle: RecordId, unit: RecordId) -> impl Iterator<Item = Subject> + '_ {
    let units = config.units.keys().filter(move |u| lock::handing_over(config, **u) == Some(unit));
    units.map(move |unit| Subject::UnitForm { cycle, unit: *unit })
}
