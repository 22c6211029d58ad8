//! Server functions: commands that only make sense online, such as signing in.
//!
//! Every function has a fixed path under `/api/fn/`, since a cached app of an
//! older version goes on calling it. Measured data never travels here: that is
//! the outbox's way (`/api/v1/push`).
//!
//! - [`account`]: who works on this device
//! - [`device`]: what each device still holds, and what never arrived from it
//! - [`setup`]: the first run of an office, and the demo's fresh start
//! - [`json`]: how they and their answers travel
//! - [`problem`]: the one error, as RFC 9457 problem+json
//! - [`office`]: what the server implements behind the functions

pub mod account;
pub mod device;
pub mod json;
pub mod office;
pub mod problem;
pub mod setup;

pub use problem::Problem;
