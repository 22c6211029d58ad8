//! A seeded simulator of whole offices: devices with several tabs and people,
//! the real client engine in each, a bad network, and an office of one or two
//! servers behind a closure, so that the same runs go to [`SimOffice`] or to a
//! real server.
//!
//! Read `happening` for everything that can happen and how often, `plan` for
//! the shape of a run, `world` for its clock; `people` act, `fault` breaks
//! things, `network` carries requests, `check` says what must hold.
//!
//! ```
//! use takar_sync::sim::{Plan, run, simulated};
//! let report = run(7, &Plan::hard(), &mut simulated(&Plan::hard())).unwrap();
//! assert!(report.saved > 0);
//! ```

mod ask;
mod carried;
mod check;
mod evidence;
mod fault;
mod happening;
mod ledger;
mod network;
mod office;
mod people;
mod plan;
mod random;
mod run;
mod session;
mod setup;
mod soon;
mod store;
mod sweep;
mod tab;
mod trace;
mod traffic;
mod wipe;
mod world;
mod writer;

pub use ask::{Arrival, Ask, Reply, Trouble};
pub use check::Report;
pub use evidence::paper;
pub use happening::{Happening, Of};
pub use office::SimOffice;
pub use plan::Plan;
pub use random::Random;
pub use run::{run, simulated};
pub use setup::{NAGARI, PERIOD, START, Setup, edit, figure, main, person_value};
pub use store::Store;
pub use sweep::{Progress, Sweep, play};
pub use trace::{Row, Traced, digest};
pub use traffic::Traffic;
