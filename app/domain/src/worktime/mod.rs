//! When the office works, and how long something took of that (sop.md, *Time*).
//!
//! Two figures that are never mixed: *waktu kerja*, minutes that a person says
//! were worked, and *lama proses*, the working minutes between two instants,
//! which this module counts.

mod calendar;
mod count;
pub mod written;

pub use calendar::{Calendar, Hours, Interval, MAX_HOLIDAYS, MAX_RANGES, check};
pub use count::{Lasted, instant, lasted, minutes_between, working_days};
