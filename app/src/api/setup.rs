//! The first run of an office, and the demo's fresh start.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::config::Zone;
use takar_domain::record::RecordId;

/// Whether this office still has to be founded, and who the demo's people are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct FirstRunState {
    /// No office yet: the one-time code on the server's console opens one.
    pub needed: bool,
    pub demo: bool,
    /// People of the demo, one press each; empty in production.
    pub people: Vec<DemoPerson>,
}

/// One person of the demo's sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct DemoPerson {
    pub person: RecordId,
    pub username: String,
    pub password: String,
    /// The role, as the button says it.
    pub label: String,
    /// The line "lihat ini".
    pub look_at: String,
    /// Behind *orang lain*.
    #[serde(default)]
    pub more: bool,
}

/// The new office and its first person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Founding {
    /// One-time code from the server's console.
    pub code: String,
    pub office: String,
    pub regency: String,
    #[serde(default)]
    pub zone: Zone,
    pub admin: String,
    pub username: String,
    pub password: String,
}

functions! {
    /// What the sign-in page shows; needs no session.
    AskFirstRunState at "first_run_state": first_run_state() -> FirstRunState;

    /// Founds the office. The new person then signs in as everybody does.
    FirstRun at "first_run": first_run(founding: Founding) -> ();

    /// Opens a fresh demo office; only with `--demo`. The old log stays untouched.
    ResetDemo at "reset_demo": reset_demo() -> ();
}
