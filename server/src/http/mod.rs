//! HTTP: turns requests into calls of the service and problems into answers.
//!
//! - [`router`]: every route and the layers around them
//! - `exchange`: `/api/v1/*`, what devices exchange with the office
//! - `pages`: one answer for all who ask for the same
//! - `document`: the log as one document, with ranges
//! - `upload`, `file`: evidence in and out
//! - `parcel`: unsent work as one file
//! - `workbook`: a unit's form as XLSX, out and back
//! - `range`: parts of what never changes
//! - `functions`: `/api/fn/*`, the server functions of the app
//! - `site`: the built app
//! - `caller`: cookies, and who is calling
//! - `body`: bounded bodies, CBOR or JSON
//! - `guard`: headers of every answer, refusal of other sites
//! - `answer`: problems as answers

mod answer;
mod body;
mod caller;
mod document;
mod exchange;
mod file;
mod functions;
mod guard;
mod named;
mod package;
mod pages;
mod parcel;
mod range;
pub mod router;
mod site;
mod upload;
mod workbook;

pub use site::Site;
