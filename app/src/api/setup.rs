//! The first run of an office, and the demo's fresh start.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use takar_domain::config::Zone;
use takar_domain::record::RecordId;

use super::Problem;
use super::json::Json;
#[cfg(feature = "ssr")]
use super::office::office;

/// Whether this office still has to be founded, and who the demo's people are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRunState {
    /// No office yet: the one-time code on the server's console opens one.
    pub needed: bool,
    pub demo: bool,
    /// People of the demo, one press each; empty in production.
    pub people: Vec<DemoPerson>,
}

/// One person of the demo's sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// What the sign-in page shows; needs no session.
#[server(AskFirstRunState, prefix = "/api/fn", endpoint = "first_run_state", input = Json, output = Json)]
pub async fn first_run_state() -> Result<FirstRunState, Problem> {
    office()?.first_run_state().await
}

/// Founds the office. The new person then signs in as everybody does.
#[server(prefix = "/api/fn", endpoint = "first_run", input = Json, output = Json)]
pub async fn first_run(founding: Founding) -> Result<(), Problem> {
    office()?.first_run(founding).await
}

/// Opens a fresh demo office; only with `--demo`. The old log stays untouched.
#[server(prefix = "/api/fn", endpoint = "reset_demo", input = Json, output = Json)]
pub async fn reset_demo() -> Result<(), Problem> {
    office()?.reset_demo().await
}
