//! localStorage: the newest keystrokes, and a few small flags.
//!
//! Written at once and flushed by browsers seconds late, so it is only the
//! tail of the drafts, never their store. gloo-storage panics when storage is
//! blocked: nothing here is called before [`available`] said yes.

use gloo_storage::{LocalStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use takar_domain::codec::{from_json, to_json};
use takar_domain::sorted::Map;

const DRAFT: &str = "takar.draft/";
const FLAG: &str = "takar.";

/// Whether localStorage can be read and written.
#[must_use]
pub fn available() -> bool {
    let storage = web_sys::window().and_then(|w| w.local_storage().ok().flatten());
    storage.is_some_and(|s| s.set_item("takar.probe", "1").is_ok() && s.remove_item("takar.probe").is_ok())
}

/// Keeps a draft's newest text. `false`: localStorage is full; IndexedDB follows.
pub fn keep<T: Serialize>(name: &str, draft: &T) -> bool {
    set(&[DRAFT, name].concat(), &to_json(draft))
}

/// Forgets a draft's tail.
pub fn forget(name: &str) {
    LocalStorage::delete([DRAFT, name].concat());
}

/// Every draft in the tail, by name. Unreadable ones are left where they are.
#[must_use]
pub fn drafts<T: DeserializeOwned>() -> Map<String, T> {
    let storage = LocalStorage::raw();
    let keys = (0..LocalStorage::length()).filter_map(|at| storage.key(at).ok().flatten());
    let ours = keys.filter_map(|key| {
        let name = key.strip_prefix(DRAFT)?;
        Some((name.to_owned(), get(&key)?))
    });
    ours.collect()
}

/// A small flag of this device.
#[must_use]
pub fn flag<T: DeserializeOwned>(name: &str) -> Option<T> {
    get(&[FLAG, name].concat())
}

/// Sets a flag; `None` takes it away.
pub fn set_flag<T: Serialize>(name: &str, value: Option<T>) {
    let key = [FLAG, name].concat();
    match value {
        // Full storage costs a flag, never data.
        Some(value) => drop(set(&key, &to_json(&value))),
        None => LocalStorage::delete(key),
    }
}

fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    let json = LocalStorage::raw().get_item(key).ok().flatten()?;
    from_json(json.as_bytes()).ok()
}

fn set(key: &str, json: &str) -> bool {
    LocalStorage::raw().set_item(key, json).is_ok()
}

/// Takes everything of this app away.
pub fn clear() {
    let storage = LocalStorage::raw();
    let keys: Vec<_> = (0..LocalStorage::length()).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(FLAG)) {
        LocalStorage::delete(key);
    }
}
