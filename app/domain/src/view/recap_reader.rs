//! Reads the figures behind a recap, each once, and computes its rows.

use crate::decimal::Decimal;

use crate::accumulate::{in_place, of_quarters};
use crate::budget;
use crate::config::{Config, Indicator, Level};
use crate::figure::{Entry, EntryState, NOTES, RESTATED, Restated, VALUE, restating};
use crate::period::{Period, Span};
use crate::policy::Policy;
use crate::record::{Record, RecordId, Subject};
use crate::sorted::Map;
use crate::status::{FigureStatus, figure_status};
use crate::variables::{Actual, actual_from, nagari_codes, read_rows};
use crate::view::indicator::{achievement, excused_by_plan, figure, settle};
use crate::view::recap::{Part, RecapRow, pagu, parts};

/// What was read of one indicator's figures.
#[derive(Clone)]
struct Measured {
    quarters: [Option<Actual>; 4],
    /// Measured for a whole semester.
    semesters: [Option<Actual>; 2],
    /// Measured for the whole year.
    year: Option<Actual>,
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
    /// Periods whose document is signed.
    signed: &'a [Period],
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
        signed: &'a [Period],
    ) -> Self {
        let codes = nagari_codes(config);
        let (forms, measured) = (Map::new(), Map::new());
        let (_, through) = period.quarters();
        Self { config, get, year, period, through, signed, policy, codes, forms, measured }
    }

    pub(super) fn row(&mut self, id: RecordId, indicator: &Indicator) -> RecapRow {
        let config = self.config;
        let source = indicator.same_as.filter(|s| config.indicators.contains_key(s)).unwrap_or(id);
        let mut measured = self.measured(source, indicator);
        let target = config.targets.get(&id).and_then(|years| years.get(&self.year));
        let left_out = |period| target.is_some_and(|t| t.not_measured.contains_key(&period));
        for (quarter, slot) in (1..).zip(&mut measured.quarters) {
            let left_out = left_out(Period::quarter(self.year, quarter));
            *slot = slot.take().map(|actual| excused_by_plan(actual, left_out));
        }
        let numbers = numbers(indicator, &measured);
        let whole = Period::year(self.year);
        let part = |period: Period| {
            let (_, last) = period.quarters();
            let now = (period == whole || last <= self.through)
                .then(|| of(indicator, &measured, numbers, period))?;
            let actual = excused_by_plan(now, left_out(period));
            let mut achievement = achievement(self.policy, indicator, target, period, &actual);
            if [period, self.period].iter().any(|of| self.signed.contains(of)) {
                settle(&mut achievement);
            }
            Some(Part { actual, achievement })
        };
        let blank = || Part {
            actual: blank(indicator),
            achievement: achievement(self.policy, indicator, target, self.period, &blank(indicator)),
        };
        let year = part(whole).unwrap_or_else(blank);
        let now = match self.period.span {
            Span::Month(_) => part(Period::quarter(self.year, self.through)),
            _ => part(self.period),
        };
        let Part { actual, achievement } = now.unwrap_or_else(blank);
        let node = config.nodes.get(&indicator.node);
        RecapRow {
            indicator: id,
            node: indicator.node,
            subject: measured.subject.clone(),
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
            parts: parts(self.period).into_iter().map(part).collect(),
            actual,
            year_actual: year.actual.number,
            achievement,
            year_achievement: year.achievement,
            notes: measured.notes.clone(),
            evidence: measured.evidence,
            restated: measured.restated.clone(),
            status: measured.status.clone(),
        }
    }

    /// Of the period itself, else of the last quarter that it reaches into.
    fn spent(&self, node: RecordId) -> Option<Decimal> {
        let quarter = Period::quarter(self.year, self.through);
        let of = |period| budget::spent(self.config, self.get, node, period);
        of(self.period).or_else(|| if quarter == self.period { None } else { of(quarter) })
    }

    /// Reads an indicator's figures of the year up to the period, once.
    fn measured(&mut self, source: RecordId, fallback: &Indicator) -> Measured {
        if let Some(found) = self.measured.get(&source) {
            return found.clone();
        }
        let indicator = self.config.indicators.get(&source).unwrap_or(fallback);
        let mut found = Measured {
            quarters: [const { None }; 4],
            semesters: [const { None }; 2],
            year: None,
            subject: figure(source, self.period),
            notes: Default::default(),
            evidence: 0,
            restated: self.of_last_year(source),
            status: FigureStatus::NotFilled,
        };
        let last = Period::quarter(self.year, self.through);
        for quarter in 1..=self.through {
            let period = Period::quarter(self.year, quarter);
            let actual = self.actual(indicator, source, period, period == last, &mut found);
            if let Some(slot) = found.quarters.get_mut(usize::from(quarter) - 1) {
                *slot = actual.or_else(|| Some(blank(indicator)));
            }
        }
        for semester in 1..=self.through / 2 {
            let period = Period::semester(self.year, semester);
            let actual = self.actual(indicator, source, period, period == self.period, &mut found);
            if let Some(slot) = found.semesters.get_mut(usize::from(semester) - 1) {
                *slot = actual.filter(|a| a.state != EntryState::NotFilled);
            }
        }
        if self.period.span == Span::Year {
            let actual = self.actual(indicator, source, self.period, true, &mut found);
            found.year = actual.filter(|a| a.state != EntryState::NotFilled);
        }
        self.measured.insert(source, found.clone());
        found
    }

    /// One figure; `shown` is the one whose notes and status the row tells.
    fn actual(
        &mut self,
        indicator: &Indicator,
        source: RecordId,
        period: Period,
        shown: bool,
        found: &mut Measured,
    ) -> Option<Actual> {
        let subject = figure(source, period);
        // What the form of the period's cycle leaves out does not count.
        let measured = self.config.measured_in(period, source);
        let Some(record) = (self.get)(subject.record()).filter(|_| measured) else {
            return (!measured).then(|| excused_by_plan(blank(indicator), true));
        };
        let entry: Entry = record.read(VALUE).unwrap_or_default();
        let rows = if indicator.rows.is_some() { read_rows(&record) } else { Map::new() };
        if shown {
            found.evidence = entry.evidence.len();
            found.status = self.status(source, period, Some(&record));
            found.notes = NOTES.map(|n| record.read(n).unwrap_or_default());
            found.subject = subject;
        }
        let actual = actual_from(indicator, &entry, &rows, &self.codes);
        let Some((by, restated)) = newest(&record, self.upto()) else { return Some(actual) };
        let number = Some(restated.after);
        if by == self.upto() {
            found.restated.push((period, restated));
        }
        Some(Actual { number, state: EntryState::Value, ..actual })
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

/// The quarters' numbers, a semester's own in the place of its quarters.
fn numbers(indicator: &Indicator, measured: &Measured) -> [Option<Decimal>; 4] {
    let mut found = [0, 1, 2, 3].map(|i| measured.quarters.get(i).and_then(|q| q.as_ref()?.number));
    for (semester, own) in (1..).zip(&measured.semesters) {
        if let Some(own) = own.as_ref().and_then(|own| own.number) {
            in_place(indicator, semester, own, &mut found);
        }
    }
    found
}

/// The realisasi of a period: what was measured for it, else what its quarters give.
fn of(indicator: &Indicator, measured: &Measured, numbers: [Option<Decimal>; 4], period: Period) -> Actual {
    let at = |n: u8| usize::from(n).saturating_sub(1);
    let (first, last) = period.quarters();
    let own = match period.span {
        Span::Year => measured.year.as_ref(),
        Span::Semester(s) => measured.semesters.get(at(s)).and_then(Option::as_ref),
        Span::Quarter(q) | Span::Month(q) => measured.quarters.get(at(q)).and_then(Option::as_ref),
    };
    if let Some(own) = own {
        return own.clone();
    }
    let within = measured.quarters.get(at(first)..usize::from(last)).unwrap_or_default();
    let stated = measured.semesters.iter().flatten().filter(|_| period.span == Span::Year);
    let all = || stated.clone().chain(within.iter().flatten());
    let with_value =
        within.iter().flatten().rev().chain(stated.clone()).find(|a| a.state == EntryState::Value);
    match with_value {
        Some(value) => Actual { number: of_quarters(indicator, period, numbers), ..value.clone() },
        // The newest state of a quarter that was reached.
        None => all().last().cloned().unwrap_or_else(|| blank(indicator)),
    }
}

fn blank(indicator: &Indicator) -> Actual {
    actual_from(indicator, &Entry::default(), &Map::new(), &[])
}
