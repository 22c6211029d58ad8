//! `/api/v1/workbook`: a unit's form as XLSX, and read again when it comes back.
//! Nothing is stored: what is read becomes ordinary edits of whoever brings it.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use takar_domain::issue::Issue;
use takar_domain::permission::{Permission, allows};
use takar_domain::record::RecordId;
use takar_domain::view::workbook::Book;

use super::body::{Format, bounded, read as body};
use super::caller::{Worker, worker};
use super::router::State as App;
use crate::problem::Problem;
use crate::service::clock::today;
use crate::service::workbook::{MOST, read, write};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes the book in the body, for who may fill in for its unit.
pub(super) async fn out(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let worker = worker(&app.front, request.headers(), request.extensions()).await?;
    let (book, _): (Book, _) = body(request).await?;
    may_enter(&worker, book.stamp.unit)?;
    let bytes = aside(move || write(&book)).await?.map_err(Problem::Workbook)?;
    Ok(([(header::CONTENT_TYPE, XLSX), (header::CACHE_CONTROL, "no-store")], bytes).into_response())
}

/// Reads the XLSX in the body, for who may fill in for the unit that it names.
pub(super) async fn back(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let worker = worker(&app.front, request.headers(), request.extensions()).await?;
    let format = Format::accepted(request.headers(), Format::Cbor)?;
    let bytes = bounded(request.into_body(), MOST).await.map_err(|problem| match problem {
        Problem::TooLarge => Problem::Workbook(Issue::hard("sheet.large", "")),
        other => other,
    })?;
    // A library that gives up on a strange file must not take anything else with it.
    let read = aside(move || read(&bytes)).await.unwrap_or_else(|_| Err(Issue::hard("sheet.damaged", "")));
    let read = read.map_err(Problem::Workbook)?;
    may_enter(&worker, read.stamp.unit)?;
    Ok(format.write(&read))
}

fn may_enter(worker: &Worker, unit: RecordId) -> Result<(), Problem> {
    let config = &worker.office.snapshot().config;
    let today = today(config).to_string();
    let may = allows(config, worker.person, Permission::EnterFigure, Some(unit), &today);
    if may { Ok(()) } else { Err(Problem::PermissionDenied) }
}

/// Runs what takes long beside everything else.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::Internal(error.to_string()))
}
