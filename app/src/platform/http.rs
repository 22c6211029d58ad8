//! Calls to the office, and whether an answer is the office's at all.
//!
//! A captive portal answers 200 with its own page, a proxy with its own error:
//! only the header `x-takar` makes an answer ours.

use std::pin::Pin;

use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use takar_domain::codec::from_json;
use takar_domain::record::Value;
use takar_sync::parcel::MEDIA;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, Headers, RequestCredentials, RequestInit, Response};

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
const UPLOADS: &str = "/api/v1/uploads";
const PART: &str = "application/offset+octet-stream";
const CBOR: &str = "application/cbor";
const IMPORT: &str = "/api/v1/import";
/// A light call that takes longer is no call.
pub const LIGHT_MS: u32 = 5_000;
/// Photos of a week over a slow line.
const LONG_MS: u32 = 1_800_000;

/// One call.
struct Ask<'a> {
    method: &'static str,
    path: &'a str,
    /// What the body is, and what the answer should be.
    kind: &'static str,
    body: Option<JsValue>,
    /// Headers of this call alone.
    more: Vec<(&'static str, String)>,
    person: Option<String>,
    /// Covers the whole call, also the reading of a long answer.
    timeout_ms: u32,
}

/// An answer that is the office's, whatever its status.
pub struct Answer {
    pub status: u16,
    pub bytes: Vec<u8>,
    /// How far an upload came, in bytes.
    offset: Option<u64>,
    retry_after_ms: Option<u64>,
}

impl Answer {
    /// Whether the office did what it was asked.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Whether the office answers, and nobody else in its place.
pub async fn reaches_office() -> bool {
    let ask = Ask {
        method: "GET",
        path: HEALTH,
        kind: CBOR,
        body: None,
        more: Vec::new(),
        person: None,
        timeout_ms: LIGHT_MS,
    };
    exchange(ask).await.is_ok()
}

/// Posts CBOR and gives the answer's bytes.
///
/// `person` is the one working: one session may hold several people.
///
/// # Errors
/// See [`HttpFailure`].
pub async fn post(
    path: &str,
    body: &[u8],
    person: Option<String>,
    timeout_ms: u32,
) -> Result<Vec<u8>, HttpFailure> {
    let ask = Ask {
        method: "POST",
        path,
        kind: CBOR,
        body: Some(Uint8Array::from(body).into()),
        more: Vec::new(),
        person,
        timeout_ms,
    };
    success(exchange(ask).await?)
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
    let more = vec![("range", format!("bytes={from}-{}", to.saturating_sub(1)))];
    success(exchange(Ask { method: "GET", path, kind: CBOR, body: None, more, person, timeout_ms }).await?)
}

/// Says that a file is here; tells how far it came at the office.
///
/// # Errors
/// See [`HttpFailure`].
pub async fn offer(
    sha256: &str,
    size: u64,
    person: Option<String>,
    timeout_ms: u32,
) -> Result<u64, HttpFailure> {
    let name = web_sys::window().and_then(|window| window.btoa(sha256).ok()).unwrap_or_default();
    let more =
        vec![tus(), ("upload-length", size.to_string()), ("upload-metadata", ["sha256 ", &name].concat())];
    upload(Ask { method: "POST", path: UPLOADS, kind: CBOR, body: None, more, person, timeout_ms }).await
}

/// Sends a part of a file; tells how far it came at the office.
///
/// # Errors
/// See [`HttpFailure`].
pub async fn part(
    sha256: &str,
    from: u64,
    part: &Blob,
    person: Option<String>,
    timeout_ms: u32,
) -> Result<u64, HttpFailure> {
    let path = [UPLOADS, "/", sha256].concat();
    // A browser repeats a part by itself if its connection died.
    let more = vec![tus(), ("upload-offset", from.to_string()), ("x-takar-repeats", "1".into())];
    let body = Some(part.into());
    upload(Ask { method: "PATCH", path: &path, kind: PART, body, more, person, timeout_ms }).await
}

/// Version of the protocol of uploads.
fn tus() -> (&'static str, String) {
    ("tus-resumable", "1.0.0".into())
}

async fn upload(ask: Ask<'_>) -> Result<u64, HttpFailure> {
    let answer = exchange(ask).await?;
    let offset = answer.offset;
    success(answer)?;
    offset.ok_or(HttpFailure::NotOurs)
}

fn success(answer: Answer) -> Result<Vec<u8>, HttpFailure> {
    if answer.is_ok() {
        return Ok(answer.bytes);
    }
    let Answer { status, bytes, retry_after_ms, .. } = answer;
    Err(HttpFailure::Problem { status, code: code_of(&bytes), retry_after_ms })
}

/// Posts a file of unsent work and gives the answer, also one that says no.
///
/// # Errors
/// See [`HttpFailure`].
pub async fn post_parcel(file: &Blob, person: Option<String>) -> Result<Answer, HttpFailure> {
    exchange(Ask {
        method: "POST",
        path: IMPORT,
        kind: MEDIA,
        body: Some(file.into()),
        more: vec![("accept", "application/json".into())],
        person,
        timeout_ms: LONG_MS,
    })
    .await
}

/// Posts JSON and gives the answer, also one that says no.
///
/// # Errors
/// See [`HttpFailure`].
pub async fn post_json(path: &str, body: &str, timeout_ms: u32) -> Result<Answer, HttpFailure> {
    let body = Some(body.into());
    exchange(Ask {
        method: "POST",
        path,
        kind: "application/json",
        body,
        more: Vec::new(),
        person: None,
        timeout_ms,
    })
    .await
}

/// Makes a call and aborts it when its time is over.
fn exchange(ask: Ask<'_>) -> Pin<Box<dyn Future<Output = Result<Answer, HttpFailure>> + '_>> {
    Box::pin(async move {
        let abort = AbortController::new().map_err(|_| HttpFailure::Offline)?;
        let stop = abort.clone();
        // Dropped, and thereby cancelled, when the call ends first.
        let _timer = Timeout::new(ask.timeout_ms, move || stop.abort());
        let init = request(&ask, &abort).map_err(|_| HttpFailure::Offline)?;
        let window = web_sys::window().ok_or(HttpFailure::Offline)?;
        let promise = window.fetch_with_str_and_init(ask.path, &init);
        let answer = JsFuture::from(promise).await.map_err(|_| HttpFailure::Offline)?;
        let answer: Response = answer.dyn_into().map_err(|_| HttpFailure::Offline)?;
        if header(&answer, "x-takar").is_none() {
            return Err(HttpFailure::NotOurs);
        }
        let bytes = bytes_of(&answer).await?;
        let number = |name| header(&answer, name).and_then(|s| s.trim().parse::<u64>().ok());
        let retry_after_ms = number("retry-after").map(|s| s.saturating_mul(1000));
        Ok(Answer { status: answer.status(), bytes, offset: number("upload-offset"), retry_after_ms })
    })
}

fn header(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).ok().flatten()
}

fn request(ask: &Ask<'_>, abort: &AbortController) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", ask.kind)?;
    if let Some(person) = &ask.person {
        headers.set("x-takar-person", person)?;
    }
    for (name, value) in &ask.more {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    if let Some(body) = &ask.body {
        headers.set("content-type", ask.kind)?;
        init.set_body(body);
    }
    init.set_method(ask.method);
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    // web-sys gates these two behind more features than they are worth. A
    // portal's redirect is an answer of somebody else, not one to follow.
    Reflect::set(&init, &"redirect".into(), &"manual".into())?;
    Reflect::set(&init, &"cache".into(), &"no-store".into())?;
    Ok(init)
}

/// All bytes of an answer.
pub(super) async fn bytes_of(answer: &Response) -> Result<Vec<u8>, HttpFailure> {
    let promise = answer.array_buffer().map_err(|_| HttpFailure::Offline)?;
    // The connection may end in the middle of an answer.
    let buffer = JsFuture::from(promise).await.map_err(|_| HttpFailure::Offline)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The code of a problem+json body.
fn code_of(body: &[u8]) -> String {
    let problem: Value = from_json(body).unwrap_or_default();
    problem["code"].as_str().unwrap_or_default().to_owned()
}
