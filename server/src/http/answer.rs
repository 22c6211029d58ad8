//! Problems as RFC 9457 answers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

pub(super) const PROBLEM_JSON: &str = "application/problem+json";

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Some(cause) = self.cause() {
            tracing::error!(error.cause = cause, "request failed");
        }
        let mut response = problem_json(self.status(), self.code(), &self.words());
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The body every error has.
pub(super) fn problem_json(status: StatusCode, code: &str, words: &str) -> Response {
    let body = serde_json::json!({
        "type": format!("urn:takar:problem:{code}"),
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "code": code,
        "detail": words,
    });
    let headers = [(header::CONTENT_TYPE, PROBLEM_JSON), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
