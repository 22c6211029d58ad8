//! Giving a text to another program: the browser's own sharing, or its clipboard.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::request::member;

/// Whether this browser can hand a text to other programs.
#[must_use]
pub fn can_share() -> bool {
    method("share").is_some()
}

/// Opens the browser's sharing with a text. Whoever closes it has not shared, and
/// nothing is wrong.
pub async fn share(text: &str) {
    let data = Object::new();
    // A fresh object takes any property.
    let _ = Reflect::set(&data, &"text".into(), &text.into());
    call(method("share"), &data).await;
}

/// Puts a text on the clipboard; `false` where the browser does not let it.
pub async fn copy(text: &str) -> bool {
    let clipboard = navigator().and_then(|navigator| member(&navigator, "clipboard"));
    let write = clipboard.and_then(|board| Some((member(&board, "writeText")?.dyn_into().ok()?, board)));
    call(write, &text.into()).await
}

fn navigator() -> Option<JsValue> {
    Some(web_sys::window()?.navigator().into())
}

/// A method of the navigator with what it is called on.
fn method(name: &str) -> Option<(Function, JsValue)> {
    let navigator = navigator()?;
    Some((member(&navigator, name)?.dyn_into().ok()?, navigator))
}

async fn call(method: Option<(Function, JsValue)>, argument: &JsValue) -> bool {
    let Some((method, on)) = method else { return false };
    let Some(promise) = method.call1(&on, argument).ok().and_then(|p| p.dyn_into::<Promise>().ok()) else {
        return false;
    };
    JsFuture::from(promise).await.is_ok()
}
