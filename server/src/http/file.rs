//! `GET /api/v1/files/{sha256}`: evidence, for people of the office. Whatever
//! somebody attached, no browser runs it: its type is what its content was found
//! to be, only pictures are shown in place, and nothing in it may load or act.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use takar_domain::evidence::media::Media;
use takar_domain::evidence::{Kind, is_sha256};

use super::caller::worker;
use super::named::Named;
use super::range::{Wanted, always, content_range, nothing, unchanged, value, wanted};
use super::router::State as App;
use crate::blob::FilesError;
use crate::problem::Problem;

/// Nothing in a file may do anything.
const POLICY: &str = "sandbox; default-src 'none'";

/// Gives a file, or the part of it that a range names.
pub(super) async fn file(
    State(app): State<App>,
    Named(sha256): Named,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let headers = request.headers();
    let office = worker(&app.front, headers, request.extensions()).await?.office;
    if !is_sha256(&sha256) {
        return Err(Problem::NotFound);
    }
    let file = app.front.store.file(office.id, &sha256).await?.ok_or(Problem::FileMissing)?;
    let tag = format!("\"{sha256}\"");
    let (from, to) = match wanted(headers, &tag, file.size) {
        Wanted::Unchanged => return Ok(unchanged(&tag)),
        Wanted::Nothing => return Ok(nothing(file.size)),
        Wanted::Whole => (0, file.size),
        Wanted::Part(from, to) => (from, to),
    };
    let flow = match app.front.files.flow(office.id, &sha256, from..to).await {
        Err(FilesError::Missing) => {
            tracing::error!(file = %sha256, "a file has a row and no bytes");
            return Err(Problem::FileMissing);
        }
        flow => flow?,
    };
    let whole = to - from == file.size;
    let status = if whole { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
    let length = [(header::CONTENT_LENGTH, HeaderValue::from(to - from))];
    let mut answer =
        (status, always(&tag), safe(&sha256, &file.media), length, Body::from_stream(flow)).into_response();
    if !whole {
        answer.headers_mut().extend([content_range(from, to, file.size)]);
    }
    Ok(answer)
}

/// Type, name and policy. The name says nothing that anybody typed.
fn safe(sha256: &str, media: &str) -> [(header::HeaderName, HeaderValue); 3] {
    let media = Media::named(media);
    let place = if media.is_some_and(|m| m.kind() == Kind::Photo) { "inline" } else { "attachment" };
    let short = sha256.get(..12).unwrap_or_default();
    let ending = media.map_or("bin", Media::extension);
    [
        (header::CONTENT_TYPE, value(media.map_or("application/octet-stream", Media::name))),
        (header::CONTENT_DISPOSITION, value(&format!("{place}; filename=\"bukti-{short}.{ending}\""))),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ]
}
