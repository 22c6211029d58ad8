//! What a press of a button means: from the office's records to the parts of
//! one operation. No browser and no signals here, so the tests run natively.
//!
//! Invariant: nothing in this folder reads a clock, saves or sends. The pages
//! show what these functions return and hand the parts to the app's `save`.

pub mod board;
pub mod budget;
pub mod csv;
pub mod decide;
pub mod entry;
pub mod figures;
pub mod form;
pub mod home;
pub mod notices;
pub mod restate;
pub mod send;
pub mod settings;
pub mod settle;
pub mod steps;
pub mod validate;
pub mod words;

use serde::Serialize;
use takar_domain::codec::to_value;
use takar_domain::permission::Permission;
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Part};

/// Looks up a record as this device sees it: what the office confirmed, with
/// the device's own waiting work on top.
pub type Get<'a> = &'a dyn Fn(RecordId) -> Option<Record>;

/// What the person who works may do today, over a unit or the whole office.
pub type Can<'a> = &'a dyn Fn(Permission, Option<RecordId>) -> bool;

/// A change of `group` that has seen every value standing there now.
#[must_use]
pub fn change(record: Option<&Record>, group: &str, value: &impl Serialize) -> Change {
    Change {
        group: group.into(),
        seen: record.map(|r| r.seen(group)).unwrap_or_default(),
        // The values are plain structs of strings, numbers and maps: they always have a JSON shape.
        value: to_value(value),
    }
}

/// A plain edit of one record.
#[must_use]
pub fn edit(subject: Subject, changes: Vec<Change>) -> Part {
    Part { subject, action: Action::Edit, changes, judged: Vec::new() }
}
