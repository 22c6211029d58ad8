//! The visible page: focus, width, and where focus goes.

use crate::signal::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};

/// Widest window, in CSS pixels, that gets the phone's layout.
const PHONE: &str = "(max-width: 720px)";

/// Moves focus to the element with this id. `false` if there is none.
pub fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|e| e.focus().is_ok())
}

/// The same, and selects the text of an input, as a spreadsheet does.
pub fn focus_cell(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else { return false };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    }
    element.dyn_into::<HtmlElement>().is_ok_and(|e| e.focus().is_ok())
}

/// Whether focus moves within the element that listens, so that nothing is left.
#[must_use]
pub fn stays_inside(event: &FocusEvent) -> bool {
    let here = event.current_target().and_then(|t| t.dyn_into::<Node>().ok());
    let next = event.related_target().and_then(|t| t.dyn_into::<Node>().ok());
    here.zip(next).is_some_and(|(here, next)| here.contains(Some(&next)))
}

/// Whether the window is as narrow as a phone; follows turning and resizing.
#[must_use]
pub fn narrow() -> Signal<bool> {
    let now = || window().match_media(PHONE).ok().flatten().is_some_and(|m| m.matches());
    let narrow = RwSignal::new(now());
    let handle = window_event_listener(leptos::ev::resize, move |_| {
        if narrow.get_untracked() != now() {
            narrow.set(now());
        }
    });
    on_cleanup(move || handle.remove());
    narrow.into()
}

/// Closes an open `<details>` that holds the element of this id.
pub fn close_details(id: &str) {
    if let Some(details) = document().get_element_by_id(id) {
        // An absent attribute is what closing means.
        drop(details.remove_attribute("open"));
    }
}

/// Caret of the input that an event comes from: from, to, length of the text.
#[must_use]
pub fn caret(event: &web_sys::Event) -> Option<(u32, u32, u32)> {
    let input = event.target()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let (from, to) = (input.selection_start().ok()??, input.selection_end().ok()??);
    let length = u32::try_from(input.value().encode_utf16().count()).ok()?;
    Some((from, to, length))
}

/// Opens the browser's print window.
pub fn print() {
    // Where printing is forbidden the browser itself says so.
    drop(window().print());
}
