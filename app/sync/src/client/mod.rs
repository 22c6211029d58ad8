//! The client engine, pure and whole: an event in, effects out. Time and
//! randomness are arguments, storage and network are wishes as plain data.
//!
//! Read `event` for what goes in and out, `save` for a value's way into the
//! outbox, `push`, `net` and `talk` for its way to the office, `apply` for what
//! the office answers, `upload` for files, `load` for a device that has nothing yet, `rollback` for a restored backup, `status` for what the
//! sync line may claim. `job` turns each of these into one transaction that
//! relies on nothing having been stored since it was planned: so two tabs on
//! one database can never undo each other's work.

mod account;
mod apply;
mod aside;
mod engine;
mod event;
mod fold;
mod history;
mod job;
mod load;
mod net;
mod outgoing;
mod parcel;
mod push;
mod replica;
mod rollback;
mod room;
mod save;
mod status;
mod table;
mod talk;
mod unresolved;
mod upload;
mod view;

pub use aside::Aside;
pub use engine::Client;
pub use event::{
    Account, Answer, Call, Changes, Effect, Event, Failure, Now, SaveFailure, SaveRequest, Trigger,
};
pub use history::Trail;
pub use net::OTHER_OFFICE;
pub use outgoing::{Item, Outgoing};
pub use status::{State, Status};
pub use table::{Expect, Key, Stored, Table, Transaction};
pub use unresolved::Unresolved;
pub use upload::{CHUNK, FILE_GONE, Gate, LARGEST, Progress, SMALLEST, Transfer, sha256};
