//! `GET /api/v1/packages/{cycle}`: everything of a signed cycle as one ZIP.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use tokio::io::AsyncReadExt;
use tokio_stream::StreamExt;
use uuid::Uuid;

use super::caller::worker;
use super::named::Named;
use super::range::value;
use super::router::State as App;
use crate::problem::Problem;
use takar_domain::record::RecordId;

/// Bytes sent at once.
const PIECE: usize = 1 << 16;

/// Makes the package and sends it as it lies on the disk.
pub(super) async fn package(
    State(app): State<App>,
    Named(cycle): Named,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let office = worker(&app.front, request.headers(), request.extensions()).await?.office;
    let cycle: Uuid = cycle.parse().map_err(|_| Problem::NotFound)?;
    let package = app.front.package(&office, RecordId(cycle)).await?;
    let file = tokio::fs::File::open(&package.scratch.path).await;
    let mut file = file.map_err(|error| Problem::Internal(error.to_string()))?;
    let (pieces, sent) = tokio::sync::mpsc::channel(2);
    let (size, name) = (package.size, package.name);
    tokio::spawn(async move {
        // Goes from the disk when everything was sent, or the reader went away.
        let _scratch = package.scratch;
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece).await;
            let more = read.as_ref().is_ok_and(|n| *n > 0);
            let next = read.map(|n| axum::body::Bytes::copy_from_slice(piece.get(..n).unwrap_or_default()));
            if pieces.send(next).await.is_err() || !more {
                return;
            }
        }
    });
    let body = tokio_stream::wrappers::ReceiverStream::new(sent)
        .filter(|piece| !matches!(piece, Ok(p) if p.is_empty()));
    let heads = [
        (header::CONTENT_TYPE, HeaderValue::from_static(ZIP)),
        (header::CONTENT_DISPOSITION, value(&format!("attachment; filename=\"{name}\""))),
        (header::CONTENT_LENGTH, HeaderValue::from(size)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((heads, Body::from_stream(body)).into_response())
}

/// A package is a part of nothing and packed by itself.
pub(super) const ZIP: &str = "application/zip";
