//! What configures an office: units, people, posts, nagari, plan, policy, cycles.
//!
//! Each struct is the value of the record's one group [`MAIN`] (nodes and
//! indicators have yearly groups beside it). All of it is data in the log.

mod cycle;
mod form;
mod office;
mod people;
mod plan;
pub mod round;

use crate::decimal::Decimal;

pub use self::cycle::{Cycle, FormRead, READ, STAGE, Stage};
pub(crate) use self::form::check as check_form;
pub use self::form::{FORM, Form};
pub use self::office::{Nagari, Office, Unit, UnitKind, Zone};
pub use self::people::{Holding, Person, Post, Tenure};
pub use self::plan::{
    Accumulation, Direction, Indicator, Level, Node, PAGU, RowRule, TARGET, Target, ValueType, Variable,
};
pub use self::round::{BASIS, Basis, DEVICE};
use crate::letter::Numbered;
use crate::period::Period;
use crate::policy::Policy;
use crate::record::{DeviceId, Record, RecordId, Subject};
use crate::sop::Sop;
use crate::sorted::Map;
use crate::worktime::Calendar;

/// The group that holds a config record's own fields.
pub const MAIN: &str = "main";

const fn yes() -> bool {
    true
}

/// The whole configuration of an office, typed, indexed by record id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    pub office: Option<(RecordId, Office)>,
    /// What people call their devices; most have no name.
    pub devices: Map<DeviceId, String>,
    pub units: Map<RecordId, Unit>,
    pub people: Map<RecordId, Person>,
    pub holdings: Map<RecordId, Holding>,
    pub nagari: Map<RecordId, Nagari>,
    pub nodes: Map<RecordId, Node>,
    /// Yearly pagu in rupiah by node.
    pub pagu: Map<RecordId, Map<u16, Decimal>>,
    pub indicators: Map<RecordId, Indicator>,
    /// Yearly targets by indicator.
    pub targets: Map<RecordId, Map<u16, Target>>,
    pub policies: Map<RecordId, Policy>,
    pub sops: Map<RecordId, Sop>,
    pub cycles: Map<RecordId, Cycle>,
    /// What each cycle measures, by cycle; one without measures the plan.
    pub forms: Map<RecordId, Form>,
    pub calendars: Map<RecordId, Calendar>,
    /// Letter numbers that were given out, by year and place.
    pub numbers: Map<(u16, u32), Numbered>,
}

impl Config {
    /// Takes in a record's newest state. Records that are not configuration, or
    /// whose value has an unknown shape, change nothing.
    pub fn apply(&mut self, record: &Record) {
        let id = record.subject.record();
        match record.subject {
            Subject::Office { .. } => {
                if let Some(office) = record.read(MAIN) {
                    self.office = Some((id, office));
                }
                self.devices = round::devices(record);
            }
            Subject::Unit { .. } => put(&mut self.units, id, record),
            Subject::Person { .. } => put(&mut self.people, id, record),
            Subject::Holding { .. } => put(&mut self.holdings, id, record),
            Subject::Nagari { .. } => put(&mut self.nagari, id, record),
            Subject::Node { .. } => {
                put(&mut self.nodes, id, record);
                self.pagu.insert(id, yearly(record, PAGU));
            }
            Subject::Indicator { .. } => {
                put(&mut self.indicators, id, record);
                self.targets.insert(id, yearly(record, TARGET));
            }
            Subject::Policy { .. } => put(&mut self.policies, id, record),
            Subject::Sop { .. } => put(&mut self.sops, id, record),
            Subject::Cycle { .. } => put(&mut self.cycles, id, record),
            Subject::UnitForm { .. } | Subject::Figure { .. } => {}
            _ => round::apply(self, record),
        }
    }

    /// The unit that answers for an indicator: its own, else the nearest node's.
    #[must_use]
    pub fn unit_of(&self, indicator: RecordId) -> Option<RecordId> {
        let indicator = self.indicators.get(&indicator)?;
        if indicator.unit.is_some() {
            return indicator.unit;
        }
        let mut next = Some(indicator.node);
        // The plan is data: a loop in it must not hang the office.
        for _ in 0..16 {
            let node = self.nodes.get(&next?)?;
            if node.unit.is_some() {
                return node.unit;
            }
            next = node.parent;
        }
        None
    }

    /// The office's working hours and holidays, the usual ones if it set none.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.calendars.values().next().cloned().unwrap_or_default()
    }

    /// The office's time zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default()
    }

    /// The open cycle of a period, the lowest id if someone opened two.
    #[must_use]
    pub fn cycle_of(&self, period: Period) -> Option<RecordId> {
        self.cycles.iter().find(|(_, c)| c.period == period && c.open).map(|(id, _)| *id)
    }
}

fn put<T: serde::de::DeserializeOwned>(map: &mut Map<RecordId, T>, id: RecordId, record: &Record) {
    if let Some(value) = record.read(MAIN) {
        map.insert(id, value);
    }
}

fn yearly<T: serde::de::DeserializeOwned>(record: &Record, prefix: &str) -> Map<u16, T> {
    record
        .groups
        .keys()
        .filter_map(|name| {
            let year = name.strip_prefix(prefix)?.parse().ok()?;
            Some((year, record.read(name)?))
        })
        .collect()
}
