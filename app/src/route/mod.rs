//! The address in view: which page it opens, and how to go to another.

mod address;

use crate::signal::*;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, MouseEvent, Url};

pub use address::{Address, segment};

/// The address in view. Everything below [`Route::provide`] finds it.
#[derive(Clone, Copy)]
pub struct Route(RwSignal<Address>);

/// Where going leads in the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new entry: *Back* returns here.
    Push,
    /// Instead of this entry.
    Replace,
}

/// The address in view. Only below [`Route::provide`].
#[must_use]
pub fn use_route() -> Route {
    match shared() {
        Some(known) => known,
        None => unreachable!("shared before a page is made"),
    }
}

impl Route {
    /// Follows the browser's address and takes clicks on the app's own links.
    pub fn provide() {
        let route = Self(RwSignal::new(current()));
        share(route);
        // For the whole life of the page: nothing ends these listeners.
        drop(window_event_listener(ev::popstate, move |_| route.0.set(current())));
        drop(window_event_listener(ev::click, move |event| route.clicked(&event)));
    }

    /// The path, `/isi/…`. Reactive.
    #[must_use]
    pub fn path(self) -> String {
        self.0.with(|address| address.path.clone())
    }

    /// Reads the path without copying it. Reactive.
    pub fn with_path<T>(self, read: impl FnOnce(&str) -> T) -> T {
        self.0.with(|address| read(&address.path))
    }

    /// The part of the path at a place, 0 being the page's name. Reactive.
    #[must_use]
    pub fn segment(self, place: usize) -> Option<String> {
        self.with_path(|path| segment(path, place).map(str::to_owned))
    }

    /// What stands behind `?name=`. Reactive.
    #[must_use]
    pub fn query(self, name: &str) -> Option<String> {
        self.0.with(|address| address.query(name))
    }

    /// Goes to a page of the app; `?…` stays on the page in view.
    pub fn go(self, to: &str, step: Step) {
        let Ok(history) = window().history() else { return };
        let gone = match step {
            Step::Push => history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(to)),
            Step::Replace => history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(to)),
        };
        if gone.is_err() {
            return;
        }
        let (before, now) = (self.0.with_untracked(|a| a.path.clone()), current());
        if before != now.path {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        self.0.set(now);
    }

    /// A plain click on a link to a page of the app opens it without loading anything.
    fn clicked(self, event: &MouseEvent) {
        let plain = event.button() == 0
            && !(event.meta_key() || event.ctrl_key() || event.alt_key() || event.shift_key())
            && !event.default_prevented();
        let Some(link) = plain.then(|| link_of(event)).flatten() else { return };
        if !link.target().is_empty() || link.has_attribute("download") {
            return;
        }
        let Ok(to) = Url::new(&link.href()) else { return };
        let here = window().location();
        let inside = here.origin().is_ok_and(|origin| origin == to.origin());
        let jump = !to.hash().is_empty() && here.pathname().is_ok_and(|path| path == to.pathname());
        if !inside || jump || address::is_outside(&to.pathname()) {
            return;
        }
        event.prevent_default();
        self.go(&[to.pathname(), to.search(), to.hash()].concat(), Step::Push);
    }
}

fn link_of(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest("a[href]").ok()??.dyn_into().ok()
}

fn current() -> Address {
    let here = window().location();
    Address { path: here.pathname().unwrap_or_default(), search: here.search().unwrap_or_default() }
}
