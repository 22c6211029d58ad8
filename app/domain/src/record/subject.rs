//! What records are about.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;
use uuid::Uuid;

use super::RecordId;
use super::name::id_of;
use crate::blank;
use crate::period::Period;

/// What a record is about, and thereby its id.
///
/// A subject with a natural key has the same id on every device, so that two
/// offline creates are one record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "Flat")]
pub enum Subject {
    Office {
        id: RecordId,
    },
    Unit {
        id: RecordId,
    },
    Person {
        id: RecordId,
    },
    Holding {
        id: RecordId,
    },
    Nagari {
        id: RecordId,
    },
    Node {
        id: RecordId,
    },
    Indicator {
        id: RecordId,
    },
    Policy {
        id: RecordId,
    },
    Sop {
        id: RecordId,
    },
    Cycle {
        id: RecordId,
    },
    /// What a cycle measures, by when and with which evidence (SOP step 2).
    CycleForm {
        cycle: RecordId,
    },
    /// The office's working hours and holidays.
    Calendar {
        id: RecordId,
    },
    /// One place in a year's sequence of letter numbers.
    Number {
        id: RecordId,
        year: u16,
        seq: u32,
    },
    /// One step of a cycle's SOP; `unit` where each unit does it for itself.
    StepRun {
        cycle: RecordId,
        step: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<RecordId>,
    },
    /// One unit's form in one cycle: carries the stage and the lock.
    UnitForm {
        cycle: RecordId,
        unit: RecordId,
    },
    /// Realisasi anggaran of one node of the plan in one period.
    Budget {
        node: RecordId,
        period: Period,
    },
    /// One indicator in one period; `unit` only if it is measured per unit.
    Figure {
        indicator: RecordId,
        period: Period,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<RecordId>,
    },
}

/// A [`Subject`] as it is read, `{"kind": "unit", "id": …}`: serde's own tagged
/// enums keep every field aside until the tag is known, and the code for that
/// is large.
#[derive(Readable)]
struct Flat {
    kind: Kind,
    id: Option<RecordId>,
    cycle: Option<RecordId>,
    indicator: Option<RecordId>,
    period: Option<Period>,
    unit: Option<RecordId>,
    step: Option<u16>,
    node: Option<RecordId>,
    year: Option<u16>,
    seq: Option<u32>,
}

/// What tells one [`Subject`] from the others.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Office,
    Unit,
    Person,
    Holding,
    Nagari,
    Node,
    Indicator,
    Policy,
    Sop,
    Cycle,
    CycleForm,
    Calendar,
    Number,
    StepRun,
    UnitForm,
    Budget,
    Figure,
}

blank! { Kind = Self::Office; }

impl TryFrom<Flat> for Subject {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        const LACKS: &str = "a subject lacks a field";
        let Flat { kind, id, cycle, indicator, period, unit, step, node, year, seq } = flat;
        let own = || id.ok_or(LACKS);
        let cycle = || cycle.ok_or(LACKS);
        let period = || period.ok_or(LACKS);
        Ok(match kind {
            Kind::Office => Self::Office { id: own()? },
            Kind::Unit => Self::Unit { id: own()? },
            Kind::Person => Self::Person { id: own()? },
            Kind::Holding => Self::Holding { id: own()? },
            Kind::Nagari => Self::Nagari { id: own()? },
            Kind::Node => Self::Node { id: own()? },
            Kind::Indicator => Self::Indicator { id: own()? },
            Kind::Policy => Self::Policy { id: own()? },
            Kind::Sop => Self::Sop { id: own()? },
            Kind::Cycle => Self::Cycle { id: own()? },
            Kind::CycleForm => Self::CycleForm { cycle: cycle()? },
            Kind::Calendar => Self::Calendar { id: own()? },
            Kind::Number => Self::Number { id: own()?, year: year.ok_or(LACKS)?, seq: seq.ok_or(LACKS)? },
            Kind::StepRun => Self::StepRun { cycle: cycle()?, step: step.ok_or(LACKS)?, unit },
            Kind::UnitForm => Self::UnitForm { cycle: cycle()?, unit: unit.ok_or(LACKS)? },
            Kind::Budget => Self::Budget { node: node.ok_or(LACKS)?, period: period()? },
            Kind::Figure => Self::Figure { indicator: indicator.ok_or(LACKS)?, period: period()?, unit },
        })
    }
}

impl Subject {
    /// The record's id: given for free subjects, UUIDv5 of the natural key else.
    #[must_use]
    pub fn record(&self) -> RecordId {
        match self {
            Self::Office { id }
            | Self::Unit { id }
            | Self::Person { id }
            | Self::Holding { id }
            | Self::Nagari { id }
            | Self::Node { id }
            | Self::Indicator { id }
            | Self::Policy { id }
            | Self::Sop { id }
            | Self::Cycle { id }
            | Self::Calendar { id } => *id,
            Self::CycleForm { cycle } => natural(cycle.0, "form"),
            Self::Number { id, year, seq } => natural(id.0, &format!("number/{year}/{seq}")),
            Self::StepRun { cycle, step, unit } => {
                let tail = unit.map(|u| format!("/{u}")).unwrap_or_default();
                natural(cycle.0, &format!("step/{step}{tail}"))
            }
            Self::UnitForm { cycle, unit } => natural(cycle.0, &format!("unit-form/{unit}")),
            Self::Budget { node, period } => natural(node.0, &format!("budget/{period}")),
            Self::Figure { indicator, period, unit } => {
                let tail = unit.map(|u| format!("/{u}")).unwrap_or_default();
                natural(indicator.0, &format!("figure/{period}{tail}"))
            }
        }
    }

    /// The kind's stable name, as on the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Office { .. } => "office",
            Self::Unit { .. } => "unit",
            Self::Person { .. } => "person",
            Self::Holding { .. } => "holding",
            Self::Nagari { .. } => "nagari",
            Self::Node { .. } => "node",
            Self::Indicator { .. } => "indicator",
            Self::Policy { .. } => "policy",
            Self::Sop { .. } => "sop",
            Self::Cycle { .. } => "cycle",
            Self::CycleForm { .. } => "cycle_form",
            Self::Calendar { .. } => "calendar",
            Self::Number { .. } => "number",
            Self::StepRun { .. } => "step_run",
            Self::UnitForm { .. } => "unit_form",
            Self::Budget { .. } => "budget",
            Self::Figure { .. } => "figure",
        }
    }

    /// Whether the record configures the office (kept in memory everywhere)
    /// rather than being a measured datum.
    #[must_use]
    pub const fn is_config(&self) -> bool {
        !matches!(
            self,
            Self::UnitForm { .. } | Self::Figure { .. } | Self::StepRun { .. } | Self::Budget { .. }
        )
    }
}

/// UUIDv5 of `name` inside `space`: the same on every device.
#[must_use]
pub fn natural(space: Uuid, name: &str) -> RecordId {
    RecordId(id_of(space, name))
}
