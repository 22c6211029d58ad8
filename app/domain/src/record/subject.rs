//! What records are about.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;
use uuid::Uuid;

use super::RecordId;
use super::name::id_of;
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
    kind: String,
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

impl TryFrom<Flat> for Subject {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let Flat { kind, id, cycle, indicator, period, unit, step, node, year, seq } = flat;
        let field = |id: Option<RecordId>| id.ok_or("subject without an id");
        Ok(match kind.as_str() {
            "office" => Self::Office { id: field(id)? },
            "unit" => Self::Unit { id: field(id)? },
            "person" => Self::Person { id: field(id)? },
            "holding" => Self::Holding { id: field(id)? },
            "nagari" => Self::Nagari { id: field(id)? },
            "node" => Self::Node { id: field(id)? },
            "indicator" => Self::Indicator { id: field(id)? },
            "policy" => Self::Policy { id: field(id)? },
            "sop" => Self::Sop { id: field(id)? },
            "cycle" => Self::Cycle { id: field(id)? },
            "cycle_form" => Self::CycleForm { cycle: field(cycle)? },
            "calendar" => Self::Calendar { id: field(id)? },
            "number" => {
                let (year, seq) = year.zip(seq).ok_or("number without a place")?;
                Self::Number { id: field(id)?, year, seq }
            }
            "step_run" => {
                let step = step.ok_or("run of no step")?;
                Self::StepRun { cycle: field(cycle)?, step, unit }
            }
            "unit_form" => Self::UnitForm { cycle: field(cycle)?, unit: field(unit)? },
            "budget" => {
                let period = period.ok_or("budget without a period")?;
                Self::Budget { node: field(node)?, period }
            }
            "figure" => {
                let period = period.ok_or("figure without a period")?;
                Self::Figure { indicator: field(indicator)?, period, unit }
            }
            _ => return Err("unknown kind of subject"),
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
