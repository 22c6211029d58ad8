//! The office's devices: what each still holds, and what never arrived from it.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::record::{DeviceId, RecordId};

/// A device as the office knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct DeviceReport {
    pub device: DeviceId,
    /// Unsent operations at its last report.
    pub depth: u64,
    /// Time of that report, ms since 1970 UTC; `None` if it never made one.
    #[serde(default)]
    pub reported: Option<i64>,
    /// When its browser came back without its storage, ms since 1970 UTC.
    #[serde(default)]
    pub wiped: Option<i64>,
    /// Operations that were numbered there and never arrived, while later ones did.
    #[serde(default)]
    pub missing: Vec<Missing>,
    /// Who ever sent from it.
    #[serde(default)]
    pub people: Vec<RecordId>,
}

/// Numbers that never arrived, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Missing {
    /// Who made them.
    pub person: RecordId,
    pub from: u64,
    pub to: u64,
}

functions! {
    /// The devices that still hold unsent work, as far as they said; `acting` must be
    /// in the session and work at the office.
    ListUnsent at "unsent": unsent(acting: RecordId) -> Vec<DeviceReport>;
    /// Every device of the office; `acting` must be in the session and may manage
    /// people.
    ListDevices at "devices": devices(acting: RecordId) -> Vec<DeviceReport>;
}
