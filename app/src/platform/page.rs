//! The page itself: visibility, connection events, what the context allows,
//! and signs for tests.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget, VisibilityState};

use super::request::member;

/// Whether the browser grants what it keeps for secure contexts: the service
/// worker, locks and persistent storage.
#[must_use]
pub fn is_secure() -> bool {
    web_sys::window().is_some_and(|w| w.is_secure_context())
}

/// Whether this tab is in front.
#[must_use]
pub fn is_visible() -> bool {
    document().is_some_and(|d| d.visibility_state() == VisibilityState::Visible)
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Calls `act` for as long as the page lives whenever this tab comes to the
/// front (`true`) or leaves it, is frozen, or is left (`false`).
pub fn on_visibility(act: impl Fn(bool) + Clone + 'static) {
    let Some((document, window)) = document().zip(web_sys::window()) else { return };
    let seen = act.clone();
    listen(&document, "visibilitychange", move || seen(is_visible()));
    let frozen = act.clone();
    listen(&document, "freeze", move || frozen(false));
    let resumed = act.clone();
    listen(&document, "resume", move || resumed(is_visible()));
    let left = act.clone();
    listen(&window, "pagehide", move || left(false));
    // At a normal start nothing was frozen: only a return from the cache counts.
    listen_to(&window, "pageshow", move |event| {
        if member(&event, "persisted").is_some_and(|kept| kept.is_truthy()) {
            act(is_visible());
        }
    });
}

/// Calls `act` whenever the browser believes to be connected again (`true`) or
/// knows that it is not (`false`). A hint only: the office's answers decide.
pub fn on_connection(act: impl Fn(bool) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let lost = act.clone();
    listen(&window, "online", move || act(true));
    listen(&window, "offline", move || lost(false));
}

/// Listens until the page ends.
pub(super) fn listen(target: &EventTarget, name: &str, act: impl Fn() + 'static) {
    listen_to(target, name, move |_| act());
}

fn listen_to(target: &EventTarget, name: &str, act: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(act);
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Asks the browser not to delete this site's data when space is short.
/// A refusal changes nothing: the outbox's age is watched anyway.
pub async fn persist() {
    ask_storage("persist").await;
}

/// What the browser says about this site's storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// It deletes nothing by itself.
    pub persists: bool,
    /// Megabytes in use, and those that it grants.
    pub used_mb: u64,
    pub quota_mb: u64,
}

/// Looks at this site's storage; `None` if the browser does not tell.
pub async fn storage() -> Option<Storage> {
    let persists = ask_storage("persisted").await?.is_truthy();
    let estimate = ask_storage("estimate").await?;
    // Counts of bytes, far below 2^53.
    let mb = |name| member(&estimate, name).and_then(|n| n.as_f64()).map_or(0, |n| (n / 1e6).ceil() as u64);
    Some(Storage { persists, used_mb: mb("usage"), quota_mb: mb("quota") })
}

async fn ask_storage(question: &str) -> Option<JsValue> {
    let storage = member(&web_sys::window()?.navigator(), "storage")?;
    let method: Function = member(&storage, question)?.dyn_into().ok()?;
    let promise: Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// Whether this is a browser of an iPhone or iPad, and not the installed app:
/// such browsers delete a site's data after seven days without a visit.
#[must_use]
#[inline(never)]
pub fn is_ios_browser() -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Only they have the member at all: it says whether the app was installed.
    let installed = Reflect::get(&window.navigator(), &"standalone".into()).unwrap_or_default();
    installed.as_bool() == Some(false)
}

/// Tells tests that a writing transaction is done, with the durability the browser
/// reports for it: event `takar-stored` on the window, `detail` = `strict`.
pub(super) fn announce_stored(durability: &str) {
    let Some((window, event)) = web_sys::window().zip(Event::new("takar-stored").ok()) else { return };
    let _ = Reflect::set(&event, &"detail".into(), &durability.into());
    let _ = window.dispatch_event(&event);
}

/// Loads the app anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Takes away what the shell shows until the app runs.
pub fn remove_boot() {
    if let Some(boot) = document().and_then(|d| d.get_element_by_id("boot")) {
        boot.remove();
    }
}
