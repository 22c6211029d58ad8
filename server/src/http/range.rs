//! Parts of what never changes, as RFC 9110 has them.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::body::text;
use crate::problem::Problem;

const FOREVER: &str = "private, max-age=31536000, immutable";

/// What a request asks of `size` bytes with this tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    /// From the first byte up to the one that is not in it any more.
    Part(u64, u64),
    /// A range that begins behind the end.
    Nothing,
    /// The reader has it.
    Unchanged,
}

/// Reads it. Ranges that are none, several at once, and those of another
/// document (`If-Range`) give the whole.
pub(super) fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Wanted {
    if text(headers, header::IF_NONE_MATCH).is_some_and(|tags| names(tags, tag)) {
        return Wanted::Unchanged;
    }
    let other = text(headers, header::IF_RANGE).is_some_and(|t| t != tag);
    let range = text(headers, header::RANGE).and_then(|r| r.strip_prefix("bytes=")).filter(|_| !other);
    let Some((first, last)) = range.and_then(|r| r.trim().split_once('-')) else { return Wanted::Whole };
    let part = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.saturating_add(1).min(size)),
        (Ok(first), Err(_)) if last.is_empty() => (first, size),
        (Err(_), Ok(last)) if first.is_empty() => (size - last.min(size), size),
        _ => return Wanted::Whole,
    };
    if part.0 < part.1 { Wanted::Part(part.0, part.1) } else { Wanted::Nothing }
}

/// Whether a list of tags, or `*`, names this one.
fn names(tags: &str, tag: &str) -> bool {
    tags.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == tag || t == "*")
}

/// What every answer about it carries.
pub(super) fn always(tag: &str) -> [(HeaderName, HeaderValue); 3] {
    [
        (header::ETAG, value(tag)),
        (header::CACHE_CONTROL, HeaderValue::from_static(FOREVER)),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
    ]
}

/// `Content-Range` of a part.
pub(super) fn content_range(from: u64, to: u64, size: u64) -> (HeaderName, HeaderValue) {
    (header::CONTENT_RANGE, value(&format!("bytes {from}-{}/{size}", to.saturating_sub(1))))
}

/// 416 with the size.
pub(super) fn nothing(size: u64) -> Response {
    ([(header::CONTENT_RANGE, value(&format!("bytes */{size}")))], Problem::Range).into_response()
}

/// 304.
pub(super) fn unchanged(tag: &str) -> Response {
    (StatusCode::NOT_MODIFIED, always(tag)).into_response()
}

pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
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
