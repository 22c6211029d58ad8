//! A seeded simulator of whole offices: devices with several tabs and people,
//! the real client engine in each, a bad network, and an office behind a
//! closure, so that the same runs go to [`SimOffice`] or to a real server.
//!
//! ```
//! use takar_sync::sim::{Plan, run, simulated};
//! let report = run(7, &Plan::hard(), &mut simulated(&Plan::hard())).unwrap();
//! assert!(report.saved > 0);
//! ```

mod check;
mod fault;
mod network;
mod office;
mod people;
mod plan;
mod random;
mod run;
mod setup;
mod store;
mod tab;
mod world;

pub use check::Report;
pub use office::SimOffice;
pub use plan::Plan;
pub use random::Random;
pub use run::{run, serve, simulated};
pub use setup::{NAGARI, PERIOD, START, Setup, edit, figure, main, person_value};
pub use store::Store;
pub use world::{Ask, Reply};
