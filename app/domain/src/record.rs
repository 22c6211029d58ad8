//! The shape of what is stored: records made of field groups, groups made of heads.
//!
//! Stable: these types are stored in browsers and in the office's log.
//! Changes are additive only.

mod name;
mod subject;

use std::fmt;
use takar_derive::Readable;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::subject::{Subject, natural};
use crate::blank;
use crate::codec;
use crate::sorted::{Map, Set, sort};

/// Plain data inside a field group. Decimals are strings, never floats.
pub type Value = serde_json::Value;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        blank!($name = Self(Uuid::nil()););

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

/// When an operation was made, by a clock that nobody trusts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Made {
    /// Device wall clock, milliseconds since 1970 UTC. Never decides anything.
    pub wall: i64,
    /// The last office time this device learned, in the same start of the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
}

/// Office time plus a monotonic distance: exact if the start (boot) is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Readable)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Head {
    pub op: OpId,
    pub value: Value,
    /// Place in the office's log; `None` while the operation waits on this device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    pub by: Attribution,
}

/// The unit of merging. One head is clean; several that differ are a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
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
        sort(&mut ids);
        ids
    }
}

/// A record as the office knows it, or as a device sees it with its own waiting work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
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
