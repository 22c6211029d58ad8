//! Rekap capaian: per sasaran and programme, quarter and year, live.

use std::sync::Arc;

use crate::decimal::Decimal;

use crate::achievement::{Achievement, mean_bounded};
use crate::budget;
use crate::config::{Config, Level};
use crate::figure::{EntryState, Restated};
use crate::period::{Period, Span};
use crate::procedure::lock::is_signed;
use crate::record::{Record, RecordId, Subject};
use crate::sorted::Map;
use crate::status::FigureStatus;
use crate::variables::Actual;
use crate::view::indicator::{figure, indicators_in_order, policy_of};
use crate::view::recap_reader::Reader;

/// The recap of a year up to a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recap {
    pub year: u16,
    pub period: Period,
    /// The document of the period is signed: what is not filled stays so.
    pub signed: bool,
    /// Version of the policy behind every capaian here.
    pub policy: String,
    /// Upper bound of every bounded value; `None` = no cap.
    pub cap: Option<Decimal>,
    /// Decimals to show.
    pub places: u32,
    /// Percent points between capaian and serapan that still are *cukup efisien*.
    pub margin: Decimal,
    /// Tujuan, sasaran and programmes in the plan's order.
    pub groups: Vec<RecapGroup>,
}

/// A tujuan or sasaran with its indicators, or a programme with everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecapGroup {
    pub node: RecordId,
    pub level: Level,
    pub code: String,
    pub title: String,
    pub parent: Option<RecordId>,
    pub pagu: Option<Decimal>,
    /// Of the node's own indicators: the capaian of the sasaran or programme.
    pub own: Mean,
    /// Of everything below too, each measurement once.
    pub all: Mean,
    /// Shared with whoever shows one of them.
    pub rows: Vec<Arc<RecapRow>>,
}

/// Means of bounded capaian, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    pub period: Option<Decimal>,
    pub year: Option<Decimal>,
    /// How many indicators entered the period's mean, of how many.
    pub counted: usize,
    pub of: usize,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecapRow {
    pub indicator: RecordId,
    pub node: RecordId,
    /// The figure behind the period's value.
    pub subject: Subject,
    pub level: Level,
    pub node_code: String,
    pub node_title: String,
    pub name: String,
    pub measure: String,
    pub unit: Option<RecordId>,
    /// Entered at another indicator.
    pub linked: bool,
    pub pagu: Option<Decimal>,
    /// Realisasi anggaran of the node so far; `None` as long as it is not known.
    pub spent: Option<Decimal>,
    pub year_target: Option<Decimal>,
    pub target_predicate: Option<String>,
    /// The periods side by side that [`parts`] names; those still to come are `None`.
    pub parts: Vec<Option<Part>>,
    /// Realisasi of the period.
    pub actual: Actual,
    pub year_actual: Option<Decimal>,
    /// Against the period's target.
    pub achievement: Achievement,
    /// Year to date against the year's target.
    pub year_achievement: Achievement,
    /// In the order of [`crate::figure::NOTES`].
    pub notes: [String; 3],
    pub evidence: usize,
    /// Figures of earlier periods that this period's round restates.
    pub restated: Vec<(Period, Restated)>,
    pub status: FigureStatus,
}

/// One period of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub actual: Actual,
    /// Against the period's target, which it holds.
    pub achievement: Achievement,
}

/// How far a recap's figures of its period are, each measurement once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub filled: usize,
    /// What should be filled; more than `filled` as long as the recap is tentative.
    pub expected: usize,
    pub returned: usize,
    /// Values that stand side by side.
    pub differing: usize,
}

impl Recap {
    /// Complete is only what is filled and neither returned nor in question.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let mut all = Standing::default();
        for row in self.groups.iter().flat_map(|g| &g.rows).filter(|r| !r.linked) {
            let filled = row.achievement.bounded.is_some();
            all.filled += usize::from(filled);
            all.expected += usize::from(filled || row.achievement.state == EntryState::NotFilled);
            all.returned += usize::from(matches!(row.status, FigureStatus::Returned { .. }));
            all.differing += usize::from(row.status == FigureStatus::Differs);
        }
        all
    }
}

/// The periods that stand side by side in a recap: the quarters of the year, for a
/// semester both of them, for a year the quarters and the year itself.
#[must_use]
pub fn parts(period: Period) -> Vec<Period> {
    let year = period.year;
    let quarters = (1..=4).map(|q| Period::quarter(year, q));
    match period.span {
        Span::Quarter(_) | Span::Month(_) => quarters.collect(),
        Span::Semester(_) => (1..=2).map(|s| Period::semester(year, s)).collect(),
        Span::Year => quarters.chain([Period::year(year)]).collect(),
    }
}

/// The recap of `year` up to `period`: a quarter, a semester, or the year itself.
/// What the form of a period's cycle leaves out is not in it.
///
/// What was measured for a semester or the year wins over what its quarters add
/// up to.
/// Each figure is read once, however many indicators share it.
#[must_use]
pub fn recap(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, year: u16, period: Period) -> Recap {
    let mut shut = parts(period);
    shut.push(period);
    recap_signed(config, get, (year, period), shut)
}

/// The recap as a period's own document reads it: whether those before are signed is no
/// part of it.
#[must_use]
pub(crate) fn own_recap(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, period: Period) -> Recap {
    recap_signed(config, get, (period.year, period), vec![period])
}

/// `signed`: the periods of which is asked whether they are.
fn recap_signed(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    (year, period): (u16, Period),
    mut signed: Vec<Period>,
) -> Recap {
    let policy = policy_of(config, period, None);
    signed.retain(|of| is_signed(config, get, *of));
    let mut reader = Reader::new(config, get, &policy, year, period, &signed);
    let mut groups: Vec<RecapGroup> = Vec::new();
    let mut place: Map<RecordId, usize> = Map::new();
    for (id, indicator) in indicators_in_order(config, config.form_cycle(period)) {
        let Some(head) = group_of(config, indicator.node) else { continue };
        let row = Arc::new(reader.row(id, indicator));
        let index = *place.entry(head).or_insert(groups.len());
        if index == groups.len() {
            groups.extend(new_group(config, head, year));
        }
        if let Some(group) = groups.get_mut(index) {
            group.rows.push(row);
        }
    }
    for group in &mut groups {
        let node = group.node;
        let rows = |all: bool| -> Vec<_> {
            group.rows.iter().filter(|r| r.node == node || all && !r.linked).collect()
        };
        (group.own, group.all) = (mean(&rows(false)), mean(&rows(true)));
    }
    let margin = policy.efficiency;
    let signed = signed.contains(&period);
    Recap {
        year,
        period,
        signed,
        cap: policy.cap,
        places: policy.places,
        margin,
        policy: policy.version,
        groups,
    }
}

/// The records that [`own_recap`] asks for, beside those that say whether it is signed.
#[must_use]
pub(crate) fn recap_reads(config: &Config, year: u16, period: Period) -> Vec<RecordId> {
    let active = config.indicators.iter().filter(|(_, i)| i.active);
    let sources =
        active.map(|(id, i)| i.same_as.filter(|s| config.indicators.contains_key(s)).unwrap_or(*id));
    let (_, last) = period.quarters();
    let quarters = (1..=last).map(|q| Period::quarter(year, q));
    let semesters = (1..=last / 2).map(|s| Period::semester(year, s));
    let whole = (period.span == Span::Year).then_some(period);
    // The first quarter may restate the last one before it.
    let before = Period::quarter(year, 1).previous();
    let periods: Vec<_> = quarters.chain(semesters).chain(whole).chain([before]).collect();
    let figures = sources.flat_map(|id| periods.iter().map(move |p| figure(id, *p)));
    let cycles = periods.iter().filter_map(|p| config.cycle_of(*p));
    let forms = cycles.flat_map(|cycle| config.units.keys().map(move |unit| (cycle, *unit)));
    let forms = forms.map(|(cycle, unit)| Subject::UnitForm { cycle, unit });
    let spent = [period, Period::quarter(year, last)];
    let spent = spent.iter().flat_map(|of| {
        let funded = budget::funded(config, *of).into_iter();
        funded.map(move |(node, _)| budget::subject(node, *of))
    });
    figures.chain(forms).chain(spent).map(|subject| subject.record()).collect()
}

/// The node under whose head an indicator is listed: its programme, else its own node.
fn group_of(config: &Config, node: RecordId) -> Option<RecordId> {
    let mut next = Some(node);
    // The plan is data: a loop in it must not hang the office.
    for _ in 0..16 {
        let Some((id, found)) = next.and_then(|id| config.nodes.get_key_value(&id)) else { break };
        match found.level {
            Level::Program => return Some(*id),
            Level::Goal | Level::Objective => break,
            Level::Kegiatan | Level::SubKegiatan => next = found.parent,
        }
    }
    config.nodes.contains_key(&node).then_some(node)
}

fn new_group(config: &Config, id: RecordId, year: u16) -> Option<RecapGroup> {
    let node = config.nodes.get(&id)?;
    Some(RecapGroup {
        node: id,
        level: node.level,
        code: node.code.clone(),
        title: node.title.clone(),
        parent: node.parent,
        pagu: pagu(config, id, year),
        own: Mean::default(),
        all: Mean::default(),
        rows: Vec::new(),
    })
}

pub(super) fn pagu(config: &Config, node: RecordId, year: u16) -> Option<Decimal> {
    config.pagu.get(&node)?.get(&year).copied()
}

fn mean(rows: &[&Arc<RecapRow>]) -> Mean {
    let of = |which: fn(&RecapRow) -> &Achievement| mean_bounded(rows.iter().map(|row| which(row)));
    Mean {
        period: of(|row| &row.achievement),
        year: of(|row| &row.year_achievement),
        counted: rows.iter().filter(|r| r.achievement.bounded.is_some()).count(),
        of: rows.len(),
    }
}
