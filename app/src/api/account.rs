//! Who works on this device: sign-in, sign-out, passwords.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use takar_domain::record::{DeviceId, RecordId};

use super::Problem;
use super::json::Json;
#[cfg(feature = "ssr")]
use super::office::office;

/// What a device needs to work for a person, also offline and after restarts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub person: RecordId,
    pub name: String,
    pub device: DeviceId,
    /// Names the key below: `1.<person>.<device>`.
    pub key_id: String,
    /// MAC key of this person on this device, 32 bytes.
    pub key: Vec<u8>,
    pub office: RecordId,
    /// Highest operation number of this person and device that the office has.
    pub last_number: u64,
    /// Office time, ms since 1970 UTC.
    pub time: i64,
}

/// What the office knows of this browser by its cookies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Device of the cookie. A cookie without its database means that the
    /// browser wiped the app's storage.
    pub device: Option<DeviceId>,
    /// People whose session is alive on this browser.
    pub persons: Vec<RecordId>,
    /// Set if a device is known by its cookie but `who` was called without it:
    /// unsent operations in that device's last report.
    pub wiped: Option<u64>,
}

/// Signs a person in on this browser, beside those who already are.
///
/// `device` is what the browser's database holds; `None` (new or wiped) makes
/// the office give a fresh one. Errors: `sign_in.wrong`, `sign_in.throttled`,
/// `sign_in.inactive`.
#[server(prefix = "/api/fn", endpoint = "sign_in", input = Json, output = Json)]
pub async fn sign_in(
    username: String,
    password: String,
    device: Option<DeviceId>,
) -> Result<SignedIn, Problem> {
    office()?.sign_in(username, password, device).await
}

/// Ends one person's session on this browser.
#[server(prefix = "/api/fn", endpoint = "sign_out", input = Json, output = Json)]
pub async fn sign_out(person: RecordId) -> Result<(), Problem> {
    office()?.sign_out(person).await
}

/// Who the office takes this browser for. `device` as in [`sign_in`].
#[server(AskWho, prefix = "/api/fn", endpoint = "who", input = Json, output = Json)]
pub async fn who(device: Option<DeviceId>) -> Result<Who, Problem> {
    office()?.who(device).await
}

/// Sets another person's password; `acting` must be in the session and may
/// manage people.
#[server(prefix = "/api/fn", endpoint = "set_password", input = Json, output = Json)]
pub async fn set_password(acting: RecordId, person: RecordId, new: String) -> Result<(), Problem> {
    office()?.set_password(acting, person, new).await
}

/// Changes the own password.
#[server(prefix = "/api/fn", endpoint = "change_password", input = Json, output = Json)]
pub async fn change_password(acting: RecordId, old: String, new: String) -> Result<(), Problem> {
    office()?.change_password(acting, old, new).await
}
