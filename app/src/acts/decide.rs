//! *Angka berbeda*: where values stand that contradict each other, and the
//! ordinary edit that settles one of them.

use takar_domain::codec::{from_value, to_value};
use takar_domain::config::{Config, MAIN, STAGE};
use takar_domain::date::{Date, date_of};
use takar_domain::figure::{NAGARI, NOTES, Row, VALIDATION, VALUE};
use takar_domain::permission::Permission;
use takar_domain::record::{Head, Record, RecordId, Subject, Value};
use takar_domain::sorted::{sort, sort_by_key};
use takar_domain::workflow::unit_of;
use takar_sync::made_at;
use takar_sync::operation::{Change, Part};

use super::{Can, Get, edit};

/// One field in which several values stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub subject: Subject,
    pub group: String,
    /// In order of arrival; calculations use the first until someone decides.
    pub sides: Vec<Head>,
}

impl Difference {
    /// The nagari's code, if one nagari's row differs.
    #[must_use]
    pub fn nagari(&self) -> Option<&str> {
        self.group.strip_prefix(NAGARI)
    }
}

/// Every difference in the office that this device knows, figures first.
#[must_use]
pub fn differences(config: &Config, get: Get<'_>) -> Vec<Difference> {
    let records = subjects(config).into_iter().filter_map(|s| get(s.record()));
    records.flat_map(|record| of(&record)).collect()
}

/// Days after which an undecided difference is put before who decides for the whole
/// office, the Sekretaris Tim.
pub const PASSES: i32 = 3;

/// Whether a difference is put before a person: who judges the unit is asked at once,
/// who may only decide in their stead after [`PASSES`] days. `on` is the date.
#[must_use]
#[inline(never)]
pub fn asked(config: &Config, difference: &Difference, can: Can<'_>, on: Date) -> bool {
    let unit = unit_of(&difference.subject, config);
    let newest = difference.sides.iter().map(|side| made_at(&side.by.made)).max();
    let passed = |at| date_of(at, config.zone()).add_days(PASSES) <= on;
    can(Permission::DecideDifference, unit)
        && (can(Permission::ValidateFigure, unit) || newest.is_none_or(passed))
}

/// The differences of one record.
#[must_use]
pub fn of(record: &Record) -> Vec<Difference> {
    let open = record.groups.iter().filter(|(name, group)| asks(name) && group.differs());
    open.map(|(name, group)| Difference {
        subject: record.subject.clone(),
        group: name.clone(),
        sides: distinct(&group.heads),
    })
    .collect()
}

/// Validations and stages move by transitions that judge what they saw, so a
/// person is asked only about what people entered.
fn asks(group: &str) -> bool {
    group != VALIDATION && group != STAGE
}

/// The first head of each value: equal values are one answer.
fn distinct(heads: &[Head]) -> Vec<Head> {
    let mut sides: Vec<Head> = Vec::new();
    for head in heads {
        if !sides.iter().any(|s| s.value == head.value) {
            sides.push(head.clone());
        }
    }
    sides
}

/// Every record that can hold a difference: the figures and forms of all
/// rounds, then the office's own settings.
fn subjects(config: &Config) -> Vec<Subject> {
    let mut found = Vec::new();
    let mut periods: Vec<_> = config.cycles.values().map(|c| c.period).collect();
    sort(&mut periods);
    periods.dedup();
    let mut indicators: Vec<_> = config.indicators.iter().collect();
    sort_by_key(&mut indicators, |(id, i)| (i.order, **id));
    for period in periods.into_iter().rev() {
        let figure = |id: RecordId| Subject::Figure { indicator: id, period, unit: None };
        let measured = indicators.iter().filter(|(id, _)| config.measured_in(period, **id));
        found.extend(measured.map(|(id, _)| figure(**id)));
    }
    found.extend(config.office.iter().map(|(id, _)| Subject::Office { id: *id }));
    found.extend(config.units.keys().map(|id| Subject::Unit { id: *id }));
    found.extend(config.people.keys().map(|id| Subject::Person { id: *id }));
    found.extend(config.holdings.keys().map(|id| Subject::Holding { id: *id }));
    found.extend(config.nagari.keys().map(|id| Subject::Nagari { id: *id }));
    found.extend(config.nodes.keys().map(|id| Subject::Node { id: *id }));
    found.extend(config.indicators.keys().map(|id| Subject::Indicator { id: *id }));
    found.extend(config.policies.keys().map(|id| Subject::Policy { id: *id }));
    found.extend(config.cycles.keys().map(|id| Subject::Cycle { id: *id }));
    found.extend(config.forms.keys().map(|id| Subject::CycleForm { cycle: *id }));
    found
}

/// The decision: an ordinary edit that saw every value standing now. `None`
/// when the record or the group is not there any more.
#[must_use]
pub fn decide(record: &Record, group: &str, value: Value) -> Option<Part> {
    let seen = record.groups.get(group).map(takar_domain::record::Group::seen)?;
    Some(edit(record.subject.clone(), vec![Change { group: group.into(), seen, value }]))
}

/// As near in time as the work of one outing, where nothing stood before: 12 hours.
const OUTING_MS: i64 = 12 * 60 * 60 * 1000;

/// Nagari codes whose rows came from the devices that now contradict each other
/// and yet merged by themselves, in the order of their codes.
///
/// `since` is the log place of the value that stood before the difference: what
/// was entered earlier is not news. Without one, rows of the same outing are.
/// This only tells a story; device clocks decide nothing.
#[must_use]
pub fn merged_alone(record: &Record, difference: &Difference, since: Option<u64>) -> Vec<String> {
    if difference.nagari().is_none() {
        return Vec::new();
    }
    let devices: Vec<_> = difference.sides.iter().map(|s| s.by.device).collect();
    let start = difference.sides.iter().map(|s| made_at(&s.by.made)).min().unwrap_or_default();
    let after = |head: &Head| match since {
        Some(since) => head.seq.is_none_or(|seq| seq > since),
        None => made_at(&head.by.made) > start.saturating_sub(OUTING_MS),
    };
    let news = |head: &Head| devices.contains(&head.by.device) && after(head);
    let rows = record.groups.iter().filter(|(name, group)| **name != difference.group && !group.differs());
    rows.filter_map(|(name, group)| {
        let code = name.strip_prefix(NAGARI)?;
        group.heads.first().filter(|h| news(h)).map(|_| code.to_owned())
    })
    .collect()
}

/// What kind of answer a field takes, so that "another value" can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A figure's entry.
    Entry,
    /// One nagari: sudah or belum, or a number.
    Row,
    /// Free words.
    Note,
    /// A whole settings record: one of the sides is chosen.
    Settings,
}

/// The kind of a group by its name.
#[must_use]
pub fn field(group: &str) -> Field {
    match group {
        VALUE => Field::Entry,
        MAIN => Field::Settings,
        g if NOTES.contains(&g) => Field::Note,
        g if g.starts_with(NAGARI) => Field::Row,
        _ => Field::Settings,
    }
}

/// A row with the other tick, everything else of it kept.
#[must_use]
pub fn row_with(side: &Value, done: bool) -> Value {
    let row = from_value::<Row>(side).unwrap_or_default();
    to_value(&Row { done: Some(done), ..row })
}
