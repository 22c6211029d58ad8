//! IndexedDB requests and promises as futures.

use js_sys::{Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbRequest, IdbTransaction};

/// Waits for a request. Resumes inside the success event's microtasks, so the
/// transaction is still active.
///
/// # Errors
/// The request's exception.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let of = request.clone();
        let success = Closure::once_into_js(move || {
            let result = of.result().unwrap_or(JsValue::UNDEFINED);
            let _ = resolve.call1(&JsValue::NULL, &result);
        });
        let of = request.clone();
        let error = Closure::once_into_js(move |event: web_sys::Event| {
            // Handled here: it must not also surface as an error of the page.
            event.prevent_default();
            let why = member(&of, "error").unwrap_or(JsValue::UNDEFINED);
            let _ = reject.call1(&JsValue::NULL, &why);
        });
        request.set_onsuccess(Some(success.unchecked_ref()));
        request.set_onerror(Some(error.unchecked_ref()));
    });
    JsFuture::from(promise).await
}

/// A promise of a transaction's end; made before its requests are awaited.
pub fn end_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        let of = transaction.clone();
        let abort = Closure::once_into_js(move || {
            let why = member(&of, "error").unwrap_or(JsValue::UNDEFINED);
            let _ = reject.call1(&JsValue::NULL, &why);
        });
        transaction.set_onabort(Some(abort.unchecked_ref()));
    })
}

/// The name of a DOM exception: `QuotaExceededError`.
#[must_use]
pub fn name_of(exception: &JsValue) -> String {
    text(exception, "name")
}

/// A text property, empty if there is none.
#[must_use]
pub fn text(object: &JsValue, property: &str) -> String {
    if object.is_undefined() || object.is_null() {
        return String::new();
    }
    Reflect::get(object, &property.into()).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

/// A property that is a function or object; `None` if the browser has none.
#[must_use]
pub fn member(object: &JsValue, property: &str) -> Option<JsValue> {
    if object.is_undefined() || object.is_null() {
        return None;
    }
    let value = Reflect::get(object, &property.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
