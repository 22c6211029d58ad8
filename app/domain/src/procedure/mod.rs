//! The SOP carried out: where each step of a cycle stands, who may move it, what
//! stands in the way, and what follows from it (sop.md).
//!
//! One record per cycle, step and, for steps that each unit does for itself,
//! unit. Its group [`STATE`] is written by transitions only; [`PAPER`] holds
//! what the step produces.
//!
//! Invariant: nothing here knows a step by its number. What a step opens, closes
//! and asks for follows from its [`Kind`](crate::sop::Kind), which is data.

pub mod correction;
pub mod document;
mod form;
pub mod list;
pub mod lock;
mod moves;
pub mod paper;
mod progress;
mod runs;
mod seal;
mod sealing;
mod seat;
pub mod sign;
mod state;
mod turn;
mod way;

pub(crate) use form::{issue as form_issue, reads as form_reads, step as form_step};
pub(crate) use moves::{issue, reads};
pub use progress::{Progress, UnitProgress, archived, due, progress};
pub use runs::{acts, needed, runs_for, runs_of, sop_of};
pub use seal::{Seal, seal};
pub use sealing::{RESTATES, handed_over};
pub use seat::Seat;
pub(crate) use state::check;
pub use state::{PAPER, Phase, RECEIPT, Receipt, Round, STATE, StepState};
pub use turn::{Told, finish, reopen, start};
pub use way::{Way, ahead, hindrance, in_the_way};
