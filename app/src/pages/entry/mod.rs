//! Isi data, the most important screen: a keyboard grid on a laptop, one card
//! per indicator on a phone.
//!
//! - [`line`]: one indicator while it is entered, shared by both
//! - [`grid`], [`cell`], [`value_cell`], [`pasting`], [`detail`]: the laptop
//! - [`list`], [`card`]: the phone
//! - [`linked`], [`form`], [`blank`], [`amounts`], [`nagari`], [`evidence`], [`notes`], [`answer`],
//!   [`standing`]: what both show
//!
//! What texts mean is decided in [`crate::acts::entry`], natively tested.

pub mod amounts;
pub mod answer;
pub mod blank;
pub mod card;
pub mod cell;
pub mod detail;
pub mod evidence;
pub mod form;
pub mod grid;
pub mod line;
pub mod linked;
pub mod list;
pub mod nagari;
pub mod notes;
pub mod page;
pub mod pasting;
pub mod standing;
pub mod value_cell;
mod workbook;

pub use page::EntryPage;
