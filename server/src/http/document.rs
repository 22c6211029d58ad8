//! The log as one document: named by its content, it never changes, so a load
//! that was cut goes on with a range.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::caller::worker;
use super::named::Named;
use super::range::{Wanted, always, content_range, nothing, unchanged, wanted};
use super::router::State as App;
use crate::problem::Problem;

/// What the document is packed with.
pub(super) const GZIP: &str = "application/gzip";

/// Gives the document, or the part of it that a range names.
pub(super) async fn document(
    State(app): State<App>,
    Named(sha256): Named,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let headers = request.headers();
    let worker = worker(&app.front, headers, request.extensions()).await?;
    let document = worker.office.document(&sha256).await?;
    let tag = format!("\"{}\"", document.sha256);
    let size = document.bytes.len() as u64;
    let same = always(&tag);
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(GZIP))];
    Ok(match wanted(headers, &tag, size) {
        Wanted::Unchanged => unchanged(&tag),
        Wanted::Whole => (same, kind, document.bytes.clone()).into_response(),
        Wanted::Part(from, to) => {
            let part = usize::try_from(from).ok().zip(usize::try_from(to).ok());
            let part = part.and_then(|(from, to)| document.bytes.get(from..to)).unwrap_or_default().to_vec();
            (StatusCode::PARTIAL_CONTENT, same, kind, [content_range(from, to, size)], part).into_response()
        }
        Wanted::Nothing => nothing(size),
    })
}
