//! Pure synchronisation: operations, heads, verdicts, the office's and the
//! client's engine, and the wire types. No clock, randomness, I/O or browser.

pub mod chain;
pub mod client;
pub mod codec;
mod judging;
pub mod lean;
pub mod merge;
pub mod office;
pub mod operation;
pub mod parcel;
pub mod replay;
pub mod seal;
#[cfg(feature = "sim")]
pub mod sim;
pub mod verdict;
pub mod wire;
pub mod written;

pub use judging::made_at;
