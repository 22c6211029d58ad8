//! What screens, print and papers show of the same records, computed once.
//!
//! Plain data without words of a screen: a page lays it out, and the printed
//! form, the PDF and the spreadsheet read the same rows.

pub mod blank_form;
pub mod budget_sheet;
pub mod cover_letter;
pub mod entry_sheet;
pub mod explanation;
mod indicator;
pub mod measurement_form;
pub mod recap;
mod recap_reader;

pub mod signature;
pub mod sop_sheet;
pub mod workbook;
