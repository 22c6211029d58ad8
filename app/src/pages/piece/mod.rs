//! Pieces that several pages show: who wrote what, one figure, a reason.

pub mod aside;
pub mod attach;
pub mod attribution;
pub mod choice;
pub mod evidence;
pub mod figure;
pub mod input;
pub mod kept;
pub mod moved;
pub mod operation;
pub mod outcome;
pub mod printed;
pub mod saving;
pub mod share;
pub mod signer;
pub mod stack;

pub use aside::{Aside, may_settle};
pub use attach::attach;
pub use attribution::{head_line, history, origin};
pub use choice::Select;
pub use evidence::{file, files};
pub use figure::{capaian, notes, status_tag};
pub use input::{Input, input};
pub use kept::Kept;
pub use moved::Refusals;
pub use saving::{beside, fault, saved};
pub use share::sharing;
pub use signer::signer;
pub use stack::cell;
