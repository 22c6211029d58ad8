//! The browser's way in: called once when the wasm module is loaded.

use leptos::mount::mount_to_body;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::shell::Shell;

/// Mounts the app; the shell takes away what the page shows until then.
#[wasm_bindgen(start)]
pub fn boot() {
    mount_to_body(|| Shell().show());
}
