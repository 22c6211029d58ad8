//! What became of a file of unsent work at its office.

use serde::Serialize;
use takar_derive::Readable;

/// The office's answer to an import, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Imported {
    /// Operations in the file.
    pub operations: u64,
    /// Those that the office had already.
    pub known: u64,
    /// Those among the others whose verdict is not plainly applied.
    pub attention: u64,
    /// Files of evidence in it.
    pub files: u64,
    /// Those that the office had already.
    pub files_known: u64,
    /// Those that are no evidence, or were damaged on their device.
    pub files_refused: u64,
}
