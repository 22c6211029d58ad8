//! Measuring rounds, and where each unit stands in one.

use serde::Serialize;
use takar_derive::Readable;

use super::yes;
use crate::period::Period;
use crate::record::RecordId;

/// Tahapan pengukuran: one measuring round of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
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
    /// Carried out step by step: entry opens and closes with the SOP's steps.
    /// Without it entry is open as long as the cycle is.
    #[serde(default)]
    pub stepwise: bool,
    /// Why it was given up; `None` for one that ran to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abandoned: Option<String>,
}

/// Group `stage` of a unit form: where the unit's form stands. Whether it may
/// still be changed follows from the steps, see [`crate::procedure::lock`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Stage {
    /// The unit pressed *Periksa & kirim*.
    #[serde(default)]
    pub sent: bool,
}

/// The unit form's group.
pub const STAGE: &str = "stage";

/// Prefix of the unit form's groups that say who has read the cycle's form, one per
/// person: `read/<person>` (SOP step 3).
pub const READ: &str = "read/";

/// A person of the unit has read the form. Who and when is the operation's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct FormRead {
    /// The version that was read.
    pub version: u32,
    /// Draf masukan dan arahan; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}
