//! The one transition table: which action moves what, and who may.

use serde::{Deserialize, Serialize};

use crate::config::{Config, MAIN, STAGE};
use crate::figure::VALIDATION;
use crate::permission::Permission;
use crate::procedure::{STATE, needed};
use crate::record::{RecordId, Subject};
use crate::sop::Kind;

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
    /// Begins a step of the SOP.
    Start,
    /// Finishes a step.
    Finish,
    /// Opens a finished step again, with a reason.
    Reopen,
}

/// What a row of the table lets an action write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// Every group of the record that only transitions may not claim.
    Data,
    /// Exactly this group.
    Only(&'static str),
    /// Nothing: the act itself is the record.
    Nothing,
}

/// The kinds of record that the table tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Config,
    UnitForm,
    Figure,
    StepRun,
    Budget,
    Number,
}

/// Later parts add rows, not code. Configuration asks for the right of its kind.
const TABLE: [(Action, On, Writes, Permission); 21] = [
    (Action::Edit, On::Figure, Writes::Data, Permission::EnterFigure),
    // That the form was read, by whoever sends it later.
    (Action::Edit, On::UnitForm, Writes::Data, Permission::SendForm),
    (Action::Send, On::UnitForm, Writes::Only(STAGE), Permission::SendForm),
    (Action::Accept, On::Figure, Writes::Only(VALIDATION), Permission::ValidateFigure),
    (Action::Return, On::Figure, Writes::Only(VALIDATION), Permission::ValidateFigure),
    (Action::Adopt, On::Figure, Writes::Data, Permission::ResolveHeld),
    // Laying aside changes nothing and the log keeps the operation, so whoever
    // may type there may also clear away what did not arrive.
    (Action::Discard, On::Figure, Writes::Nothing, Permission::EnterFigure),
    (Action::Discard, On::UnitForm, Writes::Nothing, Permission::EnterFigure),
    (Action::Edit, On::StepRun, Writes::Data, Permission::RunSteps),
    (Action::Start, On::StepRun, Writes::Only(STATE), Permission::RunSteps),
    (Action::Finish, On::StepRun, Writes::Only(STATE), Permission::RunSteps),
    (Action::Reopen, On::StepRun, Writes::Only(STATE), Permission::ReopenSteps),
    // What came after a step ended, by the Sekretaris or whoever carries the step out.
    (Action::Adopt, On::StepRun, Writes::Data, Permission::ResolveHeld),
    (Action::Discard, On::StepRun, Writes::Nothing, Permission::ResolveHeld),
    (Action::Edit, On::Budget, Writes::Data, Permission::EnterBudget),
    (Action::Adopt, On::Budget, Writes::Data, Permission::EnterBudget),
    (Action::Discard, On::Budget, Writes::Nothing, Permission::EnterBudget),
    (Action::Edit, On::Number, Writes::Only(MAIN), Permission::RunSteps),
    (Action::Edit, On::Config, Writes::Data, Permission::ManageOffice),
    (Action::Adopt, On::Config, Writes::Data, Permission::ManageOffice),
    (Action::Discard, On::Config, Writes::Nothing, Permission::ManageOffice),
];

/// What an action may write on a subject; `None` if it does not exist there.
#[must_use]
pub fn writes(subject: &Subject, action: Action) -> Option<Writes> {
    row(subject, action).map(|(writes, _)| writes)
}

/// The right that an action needs on a subject, and over which unit.
/// `None` if the action does not exist there.
///
/// Figures of a period without an open cycle are history: the plan's right.
#[must_use]
pub fn needs(subject: &Subject, action: Action, config: &Config) -> Option<(Permission, Option<RecordId>)> {
    let (_, right) = row(subject, action)?;
    Some(match subject {
        Subject::Figure { period, .. } | Subject::Budget { period, .. }
            if config.cycle_of(*period).is_none() =>
        {
            (Permission::ManagePlan, None)
        }
        Subject::Figure { .. } | Subject::UnitForm { .. } => (right, unit_of(subject, config)),
        Subject::StepRun { unit, .. } => {
            let signs = needed(config, subject).is_some_and(|step| step.kind == Kind::Sign);
            (if signs && action == Action::Finish { Permission::Sign } else { right }, *unit)
        }
        Subject::Budget { .. } | Subject::Number { .. } => (right, None),
        Subject::Person { .. } | Subject::Holding { .. } => (Permission::ManagePeople, None),
        Subject::Node { .. } | Subject::Indicator { .. } => (Permission::ManagePlan, None),
        Subject::Cycle { .. } => (Permission::ManageCycle, None),
        Subject::CycleForm { .. } => (Permission::RunSteps, None),
        Subject::Office { .. }
        | Subject::Unit { .. }
        | Subject::Nagari { .. }
        | Subject::Policy { .. }
        | Subject::Calendar { .. }
        | Subject::Sop { .. } => (Permission::ManageOffice, None),
    })
}

/// The unit that answers for a form or a figure.
#[must_use]
pub fn unit_of(subject: &Subject, config: &Config) -> Option<RecordId> {
    match subject {
        Subject::UnitForm { unit, .. } => Some(*unit),
        Subject::Figure { indicator, unit, .. } => unit.or_else(|| config.unit_of(*indicator)),
        _ => None,
    }
}

fn row(subject: &Subject, action: Action) -> Option<(Writes, Permission)> {
    let on = match subject {
        Subject::Figure { .. } => On::Figure,
        Subject::UnitForm { .. } => On::UnitForm,
        Subject::StepRun { .. } => On::StepRun,
        Subject::Budget { .. } => On::Budget,
        Subject::Number { .. } => On::Number,
        _ => On::Config,
    };
    let found = TABLE.iter().find(|(a, o, ..)| *a == action && *o == on);
    found.map(|(_, _, writes, right)| (*writes, *right))
}
