//! The browser's own AES-GCM. web-sys' types for it would cost more than these
//! calls.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::request::member;

const AES: &str = "AES-GCM";

/// A key that seals.
pub struct Cipher {
    subtle: JsValue,
    key: JsValue,
}

impl Cipher {
    /// A key of 32 bytes; `None` where the browser has no cipher: it has one in
    /// secure contexts only.
    pub async fn new(key: &[u8]) -> Option<Self> {
        let subtle = member(&member(&js_sys::global(), "crypto")?, "subtle")?;
        let uses = Array::of1(&"encrypt".into());
        let key = Uint8Array::from(key);
        let arguments = Array::of5(&"raw".into(), &key, &AES.into(), &JsValue::FALSE, &uses);
        let key = call(&subtle, "importKey", &arguments).await?;
        Some(Self { subtle, key })
    }

    /// The sealed bytes; no nonce twice.
    pub async fn seal(&self, nonce: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let how = Object::new();
        Reflect::set(&how, &"name".into(), &AES.into()).ok()?;
        Reflect::set(&how, &"iv".into(), &Uint8Array::from(nonce)).ok()?;
        let arguments = Array::of3(&how, &self.key, &Uint8Array::from(plain));
        Some(Uint8Array::new(&call(&self.subtle, "encrypt", &arguments).await?).to_vec())
    }
}

async fn call(of: &JsValue, method: &str, arguments: &Array) -> Option<JsValue> {
    let method: Function = member(of, method)?.dyn_into().ok()?;
    let promise: Promise = method.apply(of, arguments).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
