//! What surrounds every request: an id, the headers of every answer, the
//! refusal of other sites' posts, and panics as problems.

use std::any::Any;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;
use uuid::Uuid;

use super::body::text;
use crate::problem::Problem;
use crate::service::clock::now_ms;

/// Marks an answer as ours: a captive portal does not send it.
pub(super) const OURS: HeaderName = HeaderName::from_static("x-takar");
/// Office time of the answer in ms since 1970 UTC.
const TIME: HeaderName = HeaderName::from_static("x-takar-time");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// WebAssembly is compiled, nothing else is evaluated; nothing comes from
/// elsewhere, and nobody frames the app.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // `no-referrer` would hide the origin of our own posts from ourselves.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=()"),
];

/// Whether the server itself speaks TLS.
#[derive(Clone, Copy, Debug)]
pub(super) struct Secure(pub bool);

/// Outermost layer.
pub(super) async fn surround(State(Secure(tls)): State<Secure>, request: Request, next: Next) -> Response {
    let id = Uuid::now_v7();
    let method = request.method().clone();
    // Whatever is logged while answering names the request.
    let span = tracing::error_span!("request", request.id = %id, http.method = %method, http.path = request.uri().path());
    let mut response = if crosses_sites(&method, request.uri(), request.headers()) {
        Problem::CrossSite.into_response()
    } else {
        next.run(request).instrument(span.clone()).await
    };
    span.in_scope(|| tracing::debug!(http.status = response.status().as_u16(), "answered"));
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A file's own policy is stricter.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.insert(OURS, HeaderValue::from_static("1"));
    headers.insert(TIME, HeaderValue::from(now_ms()));
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

/// Whether a request that may change something comes from another site. The
/// cookie is `SameSite=Strict` already; this holds for browsers that lie less
/// about where a request comes from than about cookies.
fn crosses_sites(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return false;
    }
    if let Some(site) = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok())
        && !matches!(site, "same-origin" | "none")
    {
        return true;
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let origin = origin.to_str().unwrap_or_default();
    // HTTP/2 has no Host header but an authority.
    let host =
        text(headers, header::HOST).or_else(|| uri.authority().map(|a| a.as_str())).unwrap_or_default();
    origin.split_once("://").is_none_or(|(_, origin)| origin != host)
}

/// A panic is our mistake, never the caller's; the message goes to the log.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panic");
    Problem::Internal(format!("panic: {words}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn posts_of_other_sites_are_recognised() {
        let cases: &[(&[(&'static str, &'static str)], bool)] = &[
            (&[("host", "takar.local:3000"), ("origin", "http://takar.local:3000")], false),
            (&[("host", "takar.local:3000"), ("origin", "http://evil.example")], true),
            (&[("host", "takar.local:3000"), ("origin", "null")], true),
            (&[("host", "takar.local:3000"), ("sec-fetch-site", "cross-site")], true),
            (&[("host", "takar.local:3000"), ("sec-fetch-site", "same-site")], true),
            (&[("host", "takar.local:3000"), ("sec-fetch-site", "same-origin")], false),
            // Programs without a browser send neither.
            (&[("host", "takar.local:3000")], false),
        ];
        let plain = Uri::from_static("/api/v1/push");
        for (pairs, expected) in cases {
            assert_eq!(crosses_sites(&Method::POST, &plain, &headers(pairs)), *expected, "{pairs:?}");
            assert!(!crosses_sites(&Method::GET, &plain, &headers(pairs)));
        }
        let http2 = Uri::from_static("https://takar.local/api/v1/push");
        for (origin, expected) in [("https://takar.local", false), ("https://evil.example", true)] {
            assert_eq!(crosses_sites(&Method::POST, &http2, &headers(&[("origin", origin)])), expected);
        }
    }
}
