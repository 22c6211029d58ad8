//! Where this device is, asked only when a person agrees to tell it.

use js_sys::{Function, Number, Object, Promise, Reflect};
use takar_domain::evidence::Position;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::request::member;

/// Places behind the comma: about a metre.
const PLACES: u8 = 5;
const PATIENCE_MS: u32 = 20_000;

/// The position, once the browser has asked the person too; `None` if either
/// says no, or nothing can tell.
pub async fn position() -> Option<Position> {
    let source = member(&web_sys::window()?.navigator(), "geolocation")?;
    let ask: Function = member(&source, "getCurrentPosition")?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"timeout".into(), &PATIENCE_MS.into()).ok()?;
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = ask.call3(&source, &resolve, &reject, &options);
    });
    let found = JsFuture::from(promise).await.ok()?;
    let found = member(&found, "coords")?;
    // The browser writes the number: Rust's own printing of floats is large.
    let degrees = |name| {
        let number: Number = member(&found, name)?.dyn_into().ok()?;
        String::from(number.to_fixed(PLACES).ok()?).parse().ok()
    };
    Some(Position {
        latitude: degrees("latitude")?,
        longitude: degrees("longitude")?,
        accuracy: member(&found, "accuracy").and_then(|metres| metres.as_f64()).map(whole),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "metres, rounded; a cast saturates"
)]
fn whole(metres: f64) -> u32 {
    metres as u32
}
