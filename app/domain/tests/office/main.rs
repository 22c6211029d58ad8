//! An office of the rules: who may do what, what becomes of it, the plan that is
//! imported, the demo that is played.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod budget;
mod correction;
#[cfg(feature = "demo")]
mod demo;
mod form;
mod permissions;
#[cfg(feature = "demo")]
mod plan_import;
mod procedure;
mod restated;
mod rounds;
mod rules;
mod signing;
#[cfg(feature = "demo")]
mod sop;
mod world;
