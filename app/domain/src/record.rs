//! The shape of what is stored: records made of field groups, groups made of heads.
//!
//! Stable: these types are stored in browsers and in the office's log.
//! Changes are additive only.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codec;
use crate::period::Period;
use crate::sorted::{Map, Set};

/// Plain data inside a field group. Decimals are strings, never floats.
pub type Value = serde_json::Value;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}
id!(
    /// A record. Natural keys give UUIDv5, everything else is UUIDv7.
    RecordId
);
id!(
    /// An operation, UUIDv7, made on the device.
    OpId
);
id!(
    /// A browser profile or other writer of operations.
    DeviceId
);

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
    /// One unit's form in one cycle: carries the stage and the lock.
    UnitForm {
        cycle: RecordId,
        unit: RecordId,
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
#[derive(Deserialize)]
struct Flat {
    kind: String,
    id: Option<RecordId>,
    cycle: Option<RecordId>,
    indicator: Option<RecordId>,
    period: Option<Period>,
    unit: Option<RecordId>,
}

impl TryFrom<Flat> for Subject {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let Flat { kind, id, cycle, indicator, period, unit } = flat;
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
            "unit_form" => Self::UnitForm { cycle: field(cycle)?, unit: field(unit)? },
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
            | Self::Cycle { id } => *id,
            Self::UnitForm { cycle, unit } => natural(cycle.0, &format!("unit-form/{unit}")),
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
            Self::UnitForm { .. } => "unit_form",
            Self::Figure { .. } => "figure",
        }
    }

    /// Whether the record configures the office (kept in memory everywhere)
    /// rather than being a measured datum.
    #[must_use]
    pub const fn is_config(&self) -> bool {
        !matches!(self, Self::UnitForm { .. } | Self::Figure { .. })
    }
}

/// UUIDv5 of `name` inside `space`: the same on every device.
#[must_use]
pub fn natural(space: Uuid, name: &str) -> RecordId {
    RecordId(Uuid::new_v5(&space, name.as_bytes()))
}

/// When an operation was made, by a clock that nobody trusts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Device wall clock, milliseconds since 1970 UTC. Never decides anything.
    pub wall: i64,
    /// The last office time this device learned, in the same start of the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
}

/// Office time plus a monotonic distance: exact if the start (boot) is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Office time in milliseconds since 1970 UTC.
    pub office: i64,
    /// Monotonic milliseconds since that office time was learned.
    pub since: u64,
    /// One value per start of the app.
    pub boot: Uuid,
}

/// How an entry reached the keyboard (domain.md §3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    #[default]
    Own,
    Paper,
    WhatsApp,
    Telephone,
}

/// Who, for whom, how, where and when: fixed when the operation is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    pub author: RecordId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acted_for: Option<RecordId>,
    #[serde(default)]
    pub source: Source,
    pub device: DeviceId,
    pub made: Made,
    /// Reason given with the operation (a decision, a correction).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One value of a field group that no known operation has superseded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub op: OpId,
    pub value: Value,
    /// Place in the office's log; `None` while the operation waits on this device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    pub by: Attribution,
}

/// The unit of merging. One head is clean; several that differ are a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// In order of arrival, each value once: calculations use the first one.
    pub heads: Vec<Head>,
    /// Heads whose value equals one of `heads`: it was saved more than once by
    /// people who had not seen each other. One stands up again if the head it
    /// equals is superseded by someone who did not see this one, so that the
    /// open values do not depend on the order of arrival.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Head>,
    /// Operations named in some `seen`, so superseded, even before they arrive.
    #[serde(default, skip_serializing_if = "Set::is_empty")]
    pub superseded: Set<OpId>,
}

impl Group {
    /// The value that calculations use: the head that arrived first.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.heads.first().map(|h| &h.value)
    }

    /// Whether heads with different values stand, so that a person must choose.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.heads.windows(2).any(|w| w[0].value != w[1].value)
    }

    /// Ids of the heads, equal ones included, sorted: what an edit saw, what a
    /// transition judged.
    #[must_use]
    pub fn seen(&self) -> Vec<OpId> {
        let mut ids: Vec<_> = self.heads.iter().chain(&self.same).map(|h| h.op).collect();
        ids.sort_unstable();
        ids
    }
}

/// A record as the office knows it, or as a device sees it with its own waiting work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub subject: Subject,
    pub groups: Map<String, Group>,
}

impl Record {
    #[must_use]
    pub const fn new(subject: Subject) -> Self {
        Self { subject, groups: Map::new() }
    }

    /// The current value of a group, typed. `None` if absent or of another shape.
    #[must_use]
    pub fn read<T: serde::de::DeserializeOwned>(&self, group: &str) -> Option<T> {
        codec::from_value(self.groups.get(group)?.value()?).ok()
    }

    /// What an edit of this group has seen.
    #[must_use]
    pub fn seen(&self, group: &str) -> Vec<OpId> {
        self.groups.get(group).map(Group::seen).unwrap_or_default()
    }
}
