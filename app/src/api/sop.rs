//! The SOP as a TOML file: read and written by the office, since the parser is
//! larger than the page that needs it.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::sop::Sop;

/// What a file says: an SOP, or sentences about its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct SopFile {
    /// To be saved as an operation of whoever read it; nothing is stored yet.
    #[serde(default)]
    pub sop: Option<Sop>,
    #[serde(default)]
    pub faults: Vec<String>,
}

functions! {
    /// Reads a file; `acting` must be in the session and may manage the office.
    ReadSop at "read_sop": read_sop(acting: takar_domain::record::RecordId, text: String) -> SopFile;

    /// Writes a stored version; `acting` must be in the session.
    WriteSop at "write_sop": write_sop(acting: takar_domain::record::RecordId, sop: takar_domain::record::RecordId) -> String;
}
