//! What the office does, apart from HTTP and from SurrealQL.
//!
//! - [`front`]: the office served now, and the server's own hand in its log
//! - [`office`]: receives operations, answers with verdicts and pages
//! - [`first_load`]: the log as one document for new devices
//! - [`evidence`]: how much there is, and whether it is whole
//! - `parcel`: unsent work that comes as one file
//! - [`workbook`]: a unit's form as XLSX, out and back
//! - [`upload`], [`sweep`]: evidence that comes, and goes if nobody names it
//! - `writer`, `placing`: the one way into the log; `turns`: taken with other servers
//! - [`reading`]: what a reader is given, and when
//! - [`snapshot`], `recent`: the configuration and the newest of the log in memory
//! - [`account`], [`session`]: sign-in, passwords, who is working
//! - [`device`]: what devices hold, and what never arrived from them
//! - [`backup`], [`audit`]: a copy of the office and its way back; the log checked
//! - [`control`], [`errand`], [`doctor`], [`certificate`]: what the command line asks
//! - [`sign`], `signing_key`: signatures and letter numbers, the office's own hand
//! - [`package`]: everything of a signed cycle as one ZIP
//! - [`founding`], [`demo`], [`import`], [`sop`]: the server's own operations

pub mod account;
pub mod audit;
pub mod backup;
pub mod certificate;
pub mod clock;
pub mod control;
pub mod demo;
pub mod device;
pub mod doctor;
pub mod errand;
pub mod evidence;
pub mod first_load;
pub mod founding;
pub mod front;
pub mod import;
pub mod office;
pub mod package;
mod parcel;
pub mod password;
mod placing;
pub mod reading;
mod recent;
pub mod secret;
pub mod session;
pub mod sign;
pub mod signing_key;
pub mod snapshot;
pub mod sop;
pub mod sweep;
pub mod throttle;
mod turns;
pub mod upload;
pub mod workbook;
mod writer;
