//! *Tahapan*: what the presses of a step write, who may press, and what the
//! screens say about it.

pub mod chart;
pub mod correct;
mod form;
mod press;
mod said;
mod times;
mod todo;
mod who;

pub use form::{FINISH, GIVE_BACK, REOPEN, paper_asks};
pub use press::{finish, give_back, given_back, paper, proposed, reopen, start, told};
pub use said::{actors, by, lead, lines, minutes, overtaken};
pub use times::{Time, lasted, sheet, times};
pub use todo::{Todo, next_step, open_unit, todos};
pub use who::{acted_for, may_choose, may_move, may_reopen};
