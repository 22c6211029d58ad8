//! Text to another app of the device, or where there is no such way, to the clipboard.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::signal::*;

/// Where a text went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The person chose an app, or closed the choice.
    Given,
    Copied,
}

/// Offers a text to the apps of the device (Web Share), else copies it. `None` if the
/// browser allows neither.
pub async fn share(text: &str) -> Option<Shared> {
    let navigator: JsValue = window().navigator().into();
    if let Some(share) = function(&navigator, "share") {
        let data = Object::new();
        Reflect::set(&data, &"text".into(), &text.into()).ok()?;
        let asked = share.call1(&navigator, &data).ok()?.dyn_into::<Promise>().ok()?;
        // Closing the choice rejects: that was the person's answer.
        drop(JsFuture::from(asked).await);
        return Some(Shared::Given);
    }
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write = function(&clipboard, "writeText")?;
    let written = write.call1(&clipboard, &text.into()).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(written).await.ok()?;
    Some(Shared::Copied)
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
