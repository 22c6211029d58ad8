//! *Tahapan*: what the presses of a step write, who may press, and what the
//! screens say about it.

pub mod chart;
pub mod correct;
mod form;
mod invitation;
pub mod lists;
mod people;
mod press;
mod said;
mod sign;
mod times;
mod todo;
mod who;

pub use form::{FINISH, GIVE_BACK, REOPEN, answer_asks, list_asks, paper_asks};
pub use invitation::{calendar, plain};
pub use people::{Worked, worked};
pub use press::{finish, give_back, given_back, paper, proposed, reopen, start, told};
pub use said::{actors, by, lead, lines, minutes, overtaken};
pub use sign::{NUMBER, RECEIPT_ASKS, manners, may_sign, proposed_signer, receipt, signing};
pub use times::{Time, lasted, sheet, times};
pub use todo::{Todo, next_step, open_unit, todos};
pub use who::{acted_for, may_choose, may_move, may_reopen};
