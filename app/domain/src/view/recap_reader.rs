//! Reads the figures behind a recap, each once, and computes its rows.

use crate::decimal::Decimal;

use crate::accumulate::year_to_date;
use crate::budget;
use crate::config::{Config, Indicator, Level, Target};
use crate::figure::{Entry, EntryState, NOTES, RESTATED, Restated, VALUE, restating};
use crate::period::{Period, Span};
use crate::policy::Policy;
use crate::record::{Record, RecordId, Subject};
use crate::sorted::Map;
use crate::status::{FigureStatus, figure_status};
use crate::variables::{Actual, actual_from, nagari_codes, read_rows};
use crate::view::indicator::{achievement, excused_by_plan, figure};
use crate::view::recap::{Quarter, RecapRow, pagu};

/// What was read of one indicator's figures.
#[derive(Clone)]
struct Measured {
    actuals: [Option<Actual>; 4],
    subject: Subject,
    notes: [String; 3],
    evidence: usize,
    restated: Vec<(Period, Restated)>,
    status: FigureStatus,
}

pub(super) struct Reader<'a> {
    config: &'a Config,
    get: &'a dyn Fn(RecordId) -> Option<Record>,
    year: u16,
    period: Period,
    through: u8,
    policy: &'a Policy,
    codes: Vec<&'a str>,
    forms: Map<RecordId, Option<Record>>,
    measured: Map<RecordId, Measured>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        config: &'a Config,
        get: &'a dyn Fn(RecordId) -> Option<Record>,
        policy: &'a Policy,
        year: u16,
        period: Period,
    ) -> Self {
        let codes = nagari_codes(config);
        let (forms, measured) = (Map::new(), Map::new());
        Self { config, get, year, period, through: through(period), policy, codes, forms, measured }
    }

    pub(super) fn row(&mut self, id: RecordId, indicator: &Indicator) -> RecapRow {
        let config = self.config;
        let source = indicator.same_as.filter(|s| config.indicators.contains_key(s)).unwrap_or(id);
        let measured = self.measured(source, indicator);
        let target = config.targets.get(&id).and_then(|years| years.get(&self.year));
        let quarters = self.quarters(indicator, target, measured.actuals);
        let last = usize::from(self.through).saturating_sub(1);
        let reached = quarters.get(last).cloned().flatten();
        let year_actual = year_to_date(indicator, actuals(&quarters));
        let actual = reached.as_ref().map_or_else(|| blank(indicator), |q| q.actual.clone());
        let year_figure = year_figure(&quarters, year_actual, &actual);
        let whole = Period::year(self.year);
        let year_achievement = achievement(self.policy, indicator, target, whole, &year_figure);
        let quarterly = matches!(self.period.span, Span::Quarter(_) | Span::Month(_));
        let achievement = reached.filter(|_| quarterly).map(|q| q.achievement);
        let node = config.nodes.get(&indicator.node);
        RecapRow {
            indicator: id,
            node: indicator.node,
            subject: measured.subject,
            level: node.map_or(Level::SubKegiatan, |n| n.level),
            node_code: node.map(|n| n.code.clone()).unwrap_or_default(),
            node_title: node.map(|n| n.title.clone()).unwrap_or_default(),
            name: indicator.name.clone(),
            measure: indicator.measure.clone(),
            unit: config.unit_of(id),
            linked: source != id,
            pagu: pagu(config, indicator.node, self.year),
            spent: self.spent(indicator.node),
            year_target: target.and_then(|t| t.year),
            target_predicate: target.and_then(|t| t.predicate.clone()),
            quarters,
            actual: if quarterly { actual } else { year_figure },
            year_actual,
            achievement: achievement.unwrap_or_else(|| year_achievement.clone()),
            year_achievement,
            notes: measured.notes,
            evidence: measured.evidence,
            restated: measured.restated,
            status: measured.status,
        }
    }

    /// Of the period itself, else of the last quarter that it reaches into.
    fn spent(&self, node: RecordId) -> Option<Decimal> {
        let quarter = Period::quarter(self.year, self.through);
        let of = |period| budget::spent(self.config, self.get, node, period);
        of(self.period).or_else(|| if quarter == self.period { None } else { of(quarter) })
    }

    fn quarters(
        &self,
        indicator: &Indicator,
        target: Option<&Target>,
        actuals: [Option<Actual>; 4],
    ) -> [Option<Quarter>; 4] {
        let mut number = 0;
        actuals.map(|actual| {
            number += 1;
            let period = Period::quarter(self.year, number);
            let left_out = target.is_some_and(|t| t.not_measured.contains_key(&period));
            let actual = excused_by_plan(actual?, left_out);
            let achievement = achievement(self.policy, indicator, target, period, &actual);
            Some(Quarter { actual, achievement })
        })
    }

    /// Reads an indicator's figures of the year, once.
    fn measured(&mut self, source: RecordId, fallback: &Indicator) -> Measured {
        if let Some(found) = self.measured.get(&source) {
            return found.clone();
        }
        let indicator = self.config.indicators.get(&source).unwrap_or(fallback);
        let mut actuals = [const { None }; 4];
        let last = Period::quarter(self.year, self.through);
        let mut found = Measured {
            actuals: [const { None }; 4],
            subject: figure(source, last),
            notes: Default::default(),
            evidence: 0,
            restated: self.of_last_year(source),
            status: FigureStatus::NotFilled,
        };
        for (slot, quarter) in actuals.iter_mut().zip(1..=self.through) {
            let period = Period::quarter(self.year, quarter);
            let measured = self.config.measured_in(period, source);
            let record = (self.get)(figure(source, period).record()).filter(|_| measured);
            let entry: Entry = record.as_ref().and_then(|r| r.read(VALUE)).unwrap_or_default();
            let mut actual = match (&record, indicator.rows) {
                (Some(r), Some(_)) => actual_from(indicator, &entry, &read_rows(r), &self.codes),
                _ => actual_from(indicator, &entry, &Map::new(), &self.codes),
            };
            if let Some((by, restated)) = record.as_ref().and_then(|r| newest(r, self.upto())) {
                actual = Actual { number: Some(restated.after), state: EntryState::Value, ..actual };
                if by == self.upto() {
                    found.restated.push((period, restated));
                }
            }
            *slot = Some(excused_by_plan(actual, !measured));
            if quarter == self.through {
                found.evidence = entry.evidence.len();
                found.status = self.status(source, period, record.as_ref());
                if let Some(r) = &record {
                    found.notes = NOTES.map(|n| r.read(n).unwrap_or_default());
                }
            }
        }
        found.actuals = actuals;
        self.measured.insert(source, found.clone());
        found
    }

    /// The period whose round, and all before it, may have restated a figure.
    const fn upto(&self) -> Period {
        match self.period.span {
            Span::Quarter(_) => self.period,
            _ => Period::quarter(self.year, self.through),
        }
    }

    /// What the year's first quarter restates of the last one before it.
    fn of_last_year(&self, source: RecordId) -> Vec<(Period, Restated)> {
        let period = self.upto().previous();
        if period.year == self.year {
            return Vec::new();
        }
        let record = (self.get)(figure(source, period).record());
        let found = record.and_then(|record| newest(&record, self.upto()));
        found
            .filter(|(by, _)| *by == self.upto())
            .map(|(_, restated)| (period, restated))
            .into_iter()
            .collect()
    }

    fn status(&mut self, indicator: RecordId, period: Period, record: Option<&Record>) -> FigureStatus {
        let unit = self.config.unit_of(indicator);
        let form = unit.and_then(|unit| {
            let load = || {
                let cycle = self.config.cycle_of(period)?;
                (self.get)(Subject::UnitForm { cycle, unit }.record())
            };
            self.forms.entry(unit).or_insert_with(load).as_ref()
        });
        figure_status(record, form)
    }
}

/// What a figure was last restated to by the rounds up to a period.
fn newest(record: &Record, upto: Period) -> Option<(Period, Restated)> {
    let by = record.groups.keys().filter_map(|name| restating(name)).filter(|by| *by <= upto).max()?;
    Some((by, record.read(&[RESTATED, &by.to_string()].concat())?))
}

/// The last quarter that a period reaches into.
pub(super) const fn through(period: Period) -> u8 {
    match period.span {
        Span::Quarter(q) => q,
        Span::Semester(s) => s * 2,
        Span::Month(m) => m.div_ceil(3),
        Span::Year => 4,
    }
}

fn actuals(quarters: &[Option<Quarter>; 4]) -> [Option<Decimal>; 4] {
    [0, 1, 2, 3].map(|i| quarters.get(i).and_then(|q| q.as_ref()?.actual.number))
}

fn blank(indicator: &Indicator) -> Actual {
    actual_from(indicator, &Entry::default(), &Map::new(), &[])
}

/// The year so far: the accumulated number, else the newest predicate, else the
/// state of the period.
fn year_figure(quarters: &[Option<Quarter>; 4], number: Option<Decimal>, now: &Actual) -> Actual {
    let with_value = quarters.iter().flatten().rev().find(|q| q.actual.state == EntryState::Value);
    match (with_value, number) {
        (Some(quarter), number) => Actual { number, ..quarter.actual.clone() },
        (None, _) => now.clone(),
    }
}
