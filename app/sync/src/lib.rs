//! Pure synchronisation: operations, heads, verdicts, the office's and the
//! client's engine, and the wire types. No clock, randomness, I/O or browser.

pub mod operation;
pub mod verdict;
pub mod wire;
