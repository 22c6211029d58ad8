//! The one transition table: which action moves what, and who may.

use serde::{Deserialize, Serialize};

/// What an operation's part does: a plain edit or a transition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    #[default]
    Edit,
    /// A unit sends its form (*Periksa & kirim*).
    Send,
    /// The head of the unit accepts one figure.
    Accept,
    /// The head of the unit returns one figure with a comment.
    Return,
    /// Takes over a held or late operation in the adopter's own name.
    Adopt,
    /// Lays a held or late operation aside, with a reason.
    Discard,
}
