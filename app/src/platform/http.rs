//! Calls to the office, and whether an answer is the office's at all.
//!
//! A captive portal answers 200 with its own page, a proxy with its own error:
//! only the header `x-takar` makes an answer ours.

use gloo_timers::callback::Timeout;
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use takar_domain::codec::from_json;
use takar_domain::record::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, Response};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpFailure {
    /// Nobody answered, or not in time.
    Offline,
    /// Somebody else answered.
    NotOurs,
    /// The office answered with an error.
    Problem { status: u16, code: String, retry_after_ms: Option<u64> },
}

/// Light as can be: asks nothing of the office but its header.
const HEALTH: &str = "/api/v1/health";
/// A light call that takes longer is no call.
pub const LIGHT_MS: u32 = 5_000;

/// Whether the office answers, and nobody else in its place.
pub async fn reaches_office() -> bool {
    let asked = timed(LIGHT_MS, async |abort| {
        let init = request(None, None, None, abort).map_err(|_| HttpFailure::Offline)?;
        fetch(HEALTH, &init).await
    });
    asked.await.is_ok()
}

/// Posts CBOR and gives the answer's bytes.
///
/// `person` is the one working: one session may hold several people. `timeout_ms`
/// covers the whole call, also the reading of a long answer.
///
/// # Errors
/// See [`HttpFailure`].
pub async fn post(
    path: &str,
    body: &[u8],
    person: Option<String>,
    timeout_ms: u32,
) -> Result<Vec<u8>, HttpFailure> {
    call(path, Some(body), None, person, timeout_ms).await
}

/// Gets the bytes `from..to` of what never changes; see [`post`].
///
/// # Errors
/// See [`HttpFailure`].
pub async fn range(
    path: &str,
    (from, to): (u64, u64),
    person: Option<String>,
    timeout_ms: u32,
) -> Result<Vec<u8>, HttpFailure> {
    let range = format!("bytes={from}-{}", to.saturating_sub(1));
    call(path, None, Some(range), person, timeout_ms).await
}

async fn call(
    path: &str,
    body: Option<&[u8]>,
    range: Option<String>,
    person: Option<String>,
    timeout_ms: u32,
) -> Result<Vec<u8>, HttpFailure> {
    timed(timeout_ms, async |abort| {
        let init = request(body, range, person, abort).map_err(|_| HttpFailure::Offline)?;
        let answer = fetch(path, &init).await?;
        let retry_after_ms = header(&answer, "retry-after")
            .and_then(|s| s.trim().parse::<u64>().ok())
            .map(|s| s.saturating_mul(1000));
        let bytes = bytes_of(&answer).await?;
        if answer.ok() {
            return Ok(bytes);
        }
        Err(HttpFailure::Problem { status: answer.status(), code: code_of(&bytes), retry_after_ms })
    })
    .await
}

/// Runs a call and aborts it when its time is over.
async fn timed<T>(
    timeout_ms: u32,
    call: impl AsyncFnOnce(&AbortController) -> Result<T, HttpFailure>,
) -> Result<T, HttpFailure> {
    let abort = AbortController::new().map_err(|_| HttpFailure::Offline)?;
    let stop = abort.clone();
    // Dropped, and thereby cancelled, when the call ends first.
    let _timer = Timeout::new(timeout_ms, move || stop.abort());
    call(&abort).await
}

/// An answer that is the office's, whatever its status.
async fn fetch(path: &str, init: &RequestInit) -> Result<Response, HttpFailure> {
    let window = web_sys::window().ok_or(HttpFailure::Offline)?;
    let promise = window.fetch_with_str_and_init(path, init);
    let answer = JsFuture::from(promise).await.map_err(|_| HttpFailure::Offline)?;
    let answer: Response = answer.dyn_into().map_err(|_| HttpFailure::Offline)?;
    if header(&answer, "x-takar").is_none() {
        return Err(HttpFailure::NotOurs);
    }
    Ok(answer)
}

fn header(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).ok().flatten()
}

/// A request with a body is a POST.
fn request(
    body: Option<&[u8]>,
    range: Option<String>,
    person: Option<String>,
    abort: &AbortController,
) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/cbor")?;
    if let Some(person) = person {
        headers.set("x-takar-person", &person)?;
    }
    if let Some(range) = range {
        headers.set("range", &range)?;
    }
    let init = RequestInit::new();
    if let Some(body) = body {
        headers.set("content-type", "application/cbor")?;
        init.set_body(&Uint8Array::from(body));
        init.set_method("POST");
    }
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    // web-sys gates these two behind more features than they are worth. A
    // portal's redirect is an answer of somebody else, not one to follow.
    Reflect::set(&init, &"redirect".into(), &"manual".into())?;
    Reflect::set(&init, &"cache".into(), &"no-store".into())?;
    Ok(init)
}

pub(super) async fn bytes_of(answer: &Response) -> Result<Vec<u8>, HttpFailure> {
    let promise = answer.array_buffer().map_err(|_| HttpFailure::Offline)?;
    // The connection may end in the middle of an answer.
    let buffer = JsFuture::from(promise).await.map_err(|_| HttpFailure::Offline)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| HttpFailure::Offline)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The code of a problem+json body.
fn code_of(body: &[u8]) -> String {
    let problem: Value = from_json(body).unwrap_or_default();
    problem["code"].as_str().unwrap_or_default().to_owned()
}
