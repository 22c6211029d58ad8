//! Measuring rounds, and where each unit stands in one.

use serde::{Deserialize, Serialize};

use super::yes;
use crate::period::Period;
use crate::record::RecordId;

/// Tahapan pengukuran: one measuring round of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    pub period: Period,
    /// ISO date by which units send (batas isi data).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Batas kirim ke kabupaten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regency_due: Option<String>,
    /// Running or closed; history has no cycle at all.
    #[serde(default = "yes")]
    pub open: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<RecordId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sop: Option<RecordId>,
}

/// Group `stage` of a unit form: where the unit's form stands, and the lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The unit pressed *Periksa & kirim*.
    #[serde(default)]
    pub sent: bool,
    /// Handed over (step 8, part 3): edits become data susulan.
    #[serde(default)]
    pub locked: bool,
}

/// The unit form's group.
pub const STAGE: &str = "stage";
