//! The browser's own unpacking of gzip.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Response;

use super::http::bytes_of;

/// The bytes packed in `packed`; `None` if it is no gzip, or the browser is too
/// old to unpack it.
pub async fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    bytes_of(&unpacking(packed).ok()?).await.ok()
}

/// `new Response(new Response(packed).body.pipeThrough(new DecompressionStream("gzip")))`,
/// of which web-sys lacks too much.
fn unpacking(packed: &[u8]) -> Result<Response, JsValue> {
    let unpacker = make("DecompressionStream", &"gzip".into())?;
    let body = Reflect::get(&make("Response", &Uint8Array::from(packed))?, &"body".into())?;
    let pipe: Function = Reflect::get(&body, &"pipeThrough".into())?.dyn_into()?;
    make("Response", &pipe.call1(&body, &unpacker)?)?.dyn_into()
}

fn make(class: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &class.into())?.dyn_into()?;
    Reflect::construct(&class, &Array::of1(argument))
}
