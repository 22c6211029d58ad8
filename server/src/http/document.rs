//! The log as one document: named by its content, it never changes, so a load
//! that was cut goes on with a range.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::body::text;
use super::caller::worker;
use super::router::State as App;
use crate::problem::Problem;

/// What the document is packed with.
pub(super) const GZIP: &str = "application/gzip";
const FOREVER: &str = "private, max-age=31536000, immutable";

/// Gives the document, or the part of it that a range names.
pub(super) async fn document(
    State(app): State<App>,
    Path(sha256): Path<String>,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let headers = request.headers();
    let worker = worker(&app.front, headers, request.extensions()).await?;
    let document = worker.office.document(&sha256).await?;
    let tag = format!("\"{}\"", document.sha256);
    let same = [(header::ETAG, value(&tag)), (header::CACHE_CONTROL, HeaderValue::from_static(FOREVER))];
    if text(headers, header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &tag)) {
        return Ok((StatusCode::NOT_MODIFIED, same).into_response());
    }
    let size = document.bytes.len();
    let always = [
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::CONTENT_TYPE, HeaderValue::from_static(GZIP)),
    ];
    match wanted(headers, &tag, size) {
        Wanted::Whole => Ok((same, always, document.bytes.clone()).into_response()),
        Wanted::Part(from, to) => {
            let range = [(header::CONTENT_RANGE, value(&format!("bytes {from}-{}/{size}", to - 1)))];
            let part = document.bytes.get(from..to).unwrap_or_default().to_vec();
            Ok((StatusCode::PARTIAL_CONTENT, same, always, range, part).into_response())
        }
        Wanted::Nothing => {
            let range = [(header::CONTENT_RANGE, value(&format!("bytes */{size}")))];
            Ok((range, Problem::Range).into_response())
        }
    }
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether a list of tags, or `*`, names this one.
fn names(tags: &str, tag: &str) -> bool {
    tags.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == tag || t == "*")
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    /// From the first byte up to the one that is not in it any more.
    Part(usize, usize),
    /// A range that begins behind the end.
    Nothing,
}

/// What a request asks for. Ranges that are none, several at once, and those of
/// another document (`If-Range`) give the whole, as RFC 9110 has it.
fn wanted(headers: &HeaderMap, tag: &str, size: usize) -> Wanted {
    let other = text(headers, header::IF_RANGE).is_some_and(|t| t != tag);
    let range = text(headers, header::RANGE).and_then(|r| r.strip_prefix("bytes=")).filter(|_| !other);
    let Some((first, last)) = range.and_then(|r| r.trim().split_once('-')) else { return Wanted::Whole };
    let part = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.saturating_add(1).min(size)),
        (Ok(first), Err(_)) if last.is_empty() => (first, size),
        (Err(_), Ok(last)) if first.is_empty() => (size - last.min(size), size),
        _ => return Wanted::Whole,
    };
    if part.0 < part.1 { Wanted::Part(part.0, part.1) } else { Wanted::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        let cases = [
            ("bytes=0-9", Wanted::Part(0, 10)),
            ("bytes=5-", Wanted::Part(5, 100)),
            ("bytes=-5", Wanted::Part(95, 100)),
            ("bytes=90-500", Wanted::Part(90, 100)),
            ("bytes=-500", Wanted::Part(0, 100)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=9-5", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=x", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes=0-18446744073709551615", Wanted::Part(0, 100)),
        ];
        for (range, expected) in cases {
            let mut headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
            assert_eq!(wanted(&headers, "\"a\"", 100), expected, "{range}");
            headers.insert(header::IF_RANGE, HeaderValue::from_static("\"b\""));
            assert_eq!(wanted(&headers, "\"a\"", 100), Wanted::Whole, "{range} of another document");
        }
    }
}
