//! Isi data: from texts as typed to values, questions and the parts of one save.
//!
//! A figure's fields are drafts until saved. [`Typed`] holds the raw texts,
//! [`compile`] makes values and issues of them, [`live`] what the row shows meanwhile, [`save`] the changes of an
//! operation, [`evidence`] the list of files, [`mend`] texts of a value again, [`paste`] reads a table from
//! Excel, [`standing`] says where one
//! value stands on its way to the office.

pub mod compile;
pub mod evidence;
pub mod live;
pub mod mend;
pub mod paste;
pub mod save;
pub mod standing;
pub mod typed;
pub mod workbook;

pub use compile::{Compiled, Figure};
pub use live::Live;
pub use save::Work;
pub use standing::Standing;
pub use typed::Typed;
