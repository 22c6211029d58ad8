//! Isi data of one unit in one cycle: everything a row, card or grid line shows.

use std::sync::Arc;

use crate::decimal::Decimal;

use crate::accumulate::{of_quarters, quarter_target};
use crate::achievement::Achievement;
use crate::config::{Config, Indicator, STAGE, Stage};
use crate::figure::{Entry, EntryState, NAGARI, NOTES, Row, VALUE};
use crate::period::Period;
use crate::policy::Policy;
use crate::procedure::lock::{Lock, standing};
use crate::record::{Record, RecordId, Subject};
use crate::sorted::{Map, sort_by};
use crate::status::{FigureStatus, figure_status};
use crate::variables::{Actual, actual_from, actual_of, nagari_codes, read_rows};
use crate::view::indicator::{excused_by_plan, indicators_in_order, settle};

pub use crate::view::indicator::{achievement, figure, policy_of};

/// The whole sheet, rows in the plan's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrySheet {
    pub cycle: RecordId,
    pub unit: RecordId,
    pub period: Period,
    /// The unit's form: subject of *Periksa & kirim*.
    pub form: Subject,
    pub stage: Stage,
    /// Why nothing of it may be changed.
    pub lock: Option<Lock>,
    /// Shared with whoever shows one of them.
    pub rows: Vec<Arc<EntryRow>>,
    pub counts: Counts,
}

/// One indicator of the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    pub indicator: RecordId,
    /// The figure to write to: its record id, and the subject that gives it.
    pub figure: RecordId,
    pub subject: Subject,
    pub node_code: String,
    pub node_title: String,
    pub name: String,
    pub measure: String,
    /// How the field looks and computes.
    pub shape: Indicator,
    /// Target of the period; absent when there is none that year or quarter.
    pub target: Option<Decimal>,
    pub year_target: Option<Decimal>,
    pub target_predicate: Option<String>,
    /// Bukti dukung that the form asks for; empty for none in particular.
    pub asked: String,
    /// The plan says that this period is not measured, and why.
    pub not_measured: Option<String>,
    /// Realisasi of the period before.
    pub last: Option<Decimal>,
    /// What the period's quarters add up to; `None` in a round of a quarter.
    pub of_quarters: Option<Decimal>,
    pub entry: Entry,
    /// In the order of [`NOTES`].
    pub notes: [String; 3],
    /// One per active nagari in the office's order; empty without rows.
    pub nagari: Vec<NagariRow>,
    pub actual: Actual,
    /// Against the target of the period.
    pub achievement: Achievement,
    pub status: FigureStatus,
    /// Groups whose values stand side by side.
    pub differing: Vec<String>,
    /// Entered once, at this other indicator: the row is read-only.
    pub same_as: Option<SameAs>,
}

/// Where a linked measurement is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameAs {
    pub indicator: RecordId,
    pub node_code: String,
    pub unit: Option<RecordId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NagariRow {
    pub code: String,
    pub name: String,
    pub row: Row,
    pub differs: bool,
}

/// Completeness of the sheet. Linked rows are counted where they are entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that are expected to be filled.
    pub expected: usize,
    /// Of those: filled.
    pub filled: usize,
    /// Not expected: not measured, not published, no target.
    pub excused: usize,
    pub no_target: usize,
    pub saved: usize,
    pub sent: usize,
    pub returned: usize,
    pub validated: usize,
    pub differing: usize,
}

/// The sheet of a unit; `None` if the cycle is unknown. Reads each figure once.
#[must_use]
pub fn entry_sheet(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
    unit: RecordId,
) -> Option<EntrySheet> {
    let period = config.cycles.get(&cycle)?.period;
    let form = Subject::UnitForm { cycle, unit };
    let form_record = get(form.record());
    let stage = form_record.as_ref().and_then(|f| f.read(STAGE)).unwrap_or_default();
    let lock = standing(config, get, &form).map(|(lock, _)| lock);
    let reader = Reader {
        config,
        get,
        period,
        policy: policy_of(config, period, Some(cycle)),
        codes: nagari_codes(config),
        form: form_record,
        asked: config.form(cycle).evidence,
    };
    let mut ids = indicators_in_order(config, Some(cycle));
    ids.retain(|(id, _)| config.unit_of(*id) == Some(unit));
    let row = |(id, indicator)| {
        let mut row = reader.row(id, indicator);
        if lock == Some(Lock::Signed) {
            settle(&mut row.achievement);
        }
        Arc::new(row)
    };
    let rows: Vec<_> = ids.into_iter().map(row).collect();
    let counts = count(&rows);
    Some(EntrySheet { cycle, unit, period, form, stage, lock, rows, counts })
}

struct Reader<'a> {
    config: &'a Config,
    get: &'a dyn Fn(RecordId) -> Option<Record>,
    period: Period,
    policy: Policy,
    codes: Vec<&'a str>,
    form: Option<Record>,
    /// Evidence that the cycle's form asks for, by indicator.
    asked: Map<RecordId, String>,
}

impl Reader<'_> {
    fn row(&self, id: RecordId, indicator: &Indicator) -> EntryRow {
        let config = self.config;
        let source = indicator.same_as.filter(|s| config.indicators.contains_key(s)).unwrap_or(id);
        let measured = config.indicators.get(&source).unwrap_or(indicator);
        let subject = figure(source, self.period);
        let record = (self.get)(subject.record());
        let none = Record::new(subject.clone());
        let stored = record.as_ref().unwrap_or(&none);
        let entry: Entry = stored.read(VALUE).unwrap_or_default();
        let rows = if measured.rows.is_some() { read_rows(stored) } else { Map::new() };
        let actual = actual_from(measured, &entry, &rows, &self.codes);
        let target = config.targets.get(&id).and_then(|years| years.get(&self.period.year));
        let not_measured = target.and_then(|t| t.not_measured.get(&self.period)).cloned();
        let actual = excused_by_plan(actual, not_measured.is_some());
        let node = config.nodes.get(&indicator.node);
        EntryRow {
            indicator: id,
            figure: subject.record(),
            node_code: node.map(|n| n.code.clone()).unwrap_or_default(),
            node_title: node.map(|n| n.title.clone()).unwrap_or_default(),
            name: indicator.name.clone(),
            measure: indicator.measure.clone(),
            target: target.and_then(|t| quarter_target(indicator, t, self.period)),
            year_target: target.and_then(|t| t.year),
            target_predicate: target.and_then(|t| t.predicate.clone()),
            asked: self.asked.get(&source).cloned().unwrap_or_default(),
            not_measured,
            last: self.last(source, measured),
            of_quarters: self.of_quarters(source, measured),
            notes: NOTES.map(|n| stored.read(n).unwrap_or_default()),
            nagari: self.nagari(measured, stored, rows),
            achievement: achievement(&self.policy, indicator, target, self.period, &actual),
            actual,
            entry,
            status: figure_status(record.as_ref(), self.form.as_ref()),
            differing: stored.groups.iter().filter(|(_, g)| g.differs()).map(|(n, _)| n.clone()).collect(),
            same_as: self.same_as(id, source),
            shape: measured.clone(),
            subject,
        }
    }

    fn same_as(&self, id: RecordId, source: RecordId) -> Option<SameAs> {
        let other = self.config.indicators.get(&source).filter(|_| source != id)?;
        let node_code = self.config.nodes.get(&other.node).map(|n| n.code.clone()).unwrap_or_default();
        Some(SameAs { indicator: source, node_code, unit: self.config.unit_of(source) })
    }

    fn last(&self, source: RecordId, indicator: &Indicator) -> Option<Decimal> {
        let before = self.period.previous();
        self.number(source, indicator, before).or_else(|| self.added(source, indicator, before))
    }

    fn of_quarters(&self, source: RecordId, indicator: &Indicator) -> Option<Decimal> {
        self.added(source, indicator, self.period)
    }

    fn number(&self, source: RecordId, indicator: &Indicator, period: Period) -> Option<Decimal> {
        let measured = self.config.measured_in(period, source);
        let record = (self.get)(figure(source, period).record()).filter(|_| measured)?;
        actual_of(indicator, &record, &self.codes).number
    }

    /// What the quarters of a longer period add up to.
    fn added(&self, source: RecordId, indicator: &Indicator, period: Period) -> Option<Decimal> {
        period.has_quarters().then_some(())?;
        let number = |quarter| self.number(source, indicator, Period::quarter(period.year, quarter));
        of_quarters(indicator, period, [1, 2, 3, 4].map(number))
    }

    fn nagari(&self, indicator: &Indicator, stored: &Record, mut rows: Map<&str, Row>) -> Vec<NagariRow> {
        if indicator.rows.is_none() {
            return Vec::new();
        }
        let mut active: Vec<_> = self.config.nagari.values().filter(|n| n.active).collect();
        sort_by(&mut active, |a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        let row = |n: &&crate::config::Nagari| {
            let group = stored.groups.get(&[NAGARI, &n.code].concat());
            NagariRow {
                code: n.code.clone(),
                name: n.name.clone(),
                row: rows.remove(n.code.as_str()).unwrap_or_default(),
                differs: group.is_some_and(crate::record::Group::differs),
            }
        };
        active.iter().map(row).collect()
    }
}

fn count(rows: &[Arc<EntryRow>]) -> Counts {
    let mut counts = Counts::default();
    for row in rows.iter().filter(|r| r.same_as.is_none()) {
        match (row.actual.state, row.achievement.state) {
            (EntryState::NotMeasured | EntryState::NotPublished, _) => counts.excused += 1,
            (EntryState::NotFilled, EntryState::NoTarget) => {
                counts.excused += 1;
                counts.no_target += 1;
            }
            (state, _) => {
                counts.expected += 1;
                counts.filled += usize::from(state != EntryState::NotFilled);
            }
        }
        match row.status {
            FigureStatus::NotFilled => {}
            FigureStatus::Saved => counts.saved += 1,
            FigureStatus::Sent => counts.sent += 1,
            FigureStatus::Returned { .. } => counts.returned += 1,
            FigureStatus::Validated => counts.validated += 1,
            FigureStatus::Differs => counts.differing += 1,
        }
    }
    counts
}
