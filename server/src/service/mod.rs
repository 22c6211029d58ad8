//! What the office does, apart from HTTP and from SurrealQL.
//!
//! - [`front`]: the office served now, and the server's own hand in its log
//! - [`office`]: receives operations, answers with verdicts and pages
//! - [`first_load`]: the log as one document for new devices
//! - `writer`, `placing`: the one way into the log
//! - [`snapshot`]: the configuration in memory
//! - [`account`], [`session`]: sign-in, passwords, who is working
//! - [`device`]: what devices hold, and what never arrived from them
//! - [`founding`], [`demo`], [`import`]: the server's own operations

pub mod account;
pub mod clock;
pub mod demo;
pub mod device;
pub mod first_load;
pub mod founding;
pub mod front;
pub mod import;
pub mod office;
pub mod password;
mod placing;
pub mod secret;
pub mod session;
pub mod snapshot;
pub mod throttle;
mod writer;
