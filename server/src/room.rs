//! What says that a disk has no room: one list for the database and for files.

use std::io::{Error, ErrorKind};

/// The operating system's words end with its number: a file that may not grow
/// (27), a full disk (28), a full quota (122).
const FULL: [&str; 3] = ["(os error 27)", "(os error 28)", "(os error 122)"];

/// Whether what failed had no room, by the words of whatever library told it.
#[must_use]
pub fn is_lacking(told: &str) -> bool {
    FULL.iter().any(|full| told.contains(full))
}

/// Whether the operating system had no room.
#[must_use]
pub fn was_lacking(error: &Error) -> bool {
    let kinds = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
    kinds.contains(&error.kind()) || is_lacking(&error.to_string())
}
