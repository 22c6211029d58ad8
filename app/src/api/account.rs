//! Who works on this device: sign-in, sign-out, passwords.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::record::{DeviceId, RecordId};

/// What a device needs to work for a person, also offline and after restarts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
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

functions! {
    /// Signs a person in on this browser, beside those who already are.
    ///
    /// `device` is what the browser's database holds; `None` (new or wiped) makes
    /// the office give a fresh one. Errors: `sign_in.wrong`, `sign_in.throttled`,
    /// `sign_in.inactive`.
    SignIn at "sign_in": sign_in(username: String, password: String, device: Option<DeviceId>) -> SignedIn;

    /// Ends one person's session on this browser.
    SignOut at "sign_out": sign_out(person: RecordId) -> ();

    /// Who the office takes this browser for. `device` as in [`sign_in`].
    AskWho at "who": who(device: Option<DeviceId>) -> Who;

    /// Sets another person's password; `acting` must be in the session and may
    /// manage people.
    SetPassword at "set_password": set_password(acting: RecordId, person: RecordId, new: String) -> ();

    /// Changes the own password.
    ChangePassword at "change_password": change_password(acting: RecordId, old: String, new: String) -> ();
}
