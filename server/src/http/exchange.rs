//! `/api/v1/*`: what devices exchange with the office.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use takar_domain::record::DeviceId;
use takar_sync::wire::{Delta, Poke, Pull, Push, PushAnswer};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::body::{Format, read};
use super::caller::{Worker, carrier, visitor, worker};
use super::document::document;
use super::file::file;
use super::package::package;
use super::router::State as App;
use super::{parcel, upload, workbook};
use crate::problem::Problem;
use crate::service::clock::now_ms;
use crate::service::office::Office;
use crate::service::reading::Asks;
use crate::store::session::Session;

/// Most operations and cursors of one request.
const MAX_OPERATIONS: usize = 1_000;
const MAX_CURSORS: usize = 128;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/push", post(push))
        .route("/pull", post(pull))
        .route("/report", post(report))
        .route("/events", get(events))
        .route("/snapshot/{sha256}", get(document))
        .route("/files/{sha256}", get(file))
        .route("/packages/{cycle}", get(package))
        .route("/import", post(parcel::import))
        .route("/workbook", post(workbook::out))
        .route("/workbook/read", post(workbook::back))
        .merge(upload::router())
        .route("/health", get(health))
        .method_not_allowed_fallback(async || Problem::Method)
        .fallback(async || Problem::NotFound)
}

/// Takes operations in; answers with their stored verdicts and what the device
/// lacks. Somebody whose posts ended, or who does not say where it stands, gets
/// the verdicts alone.
async fn push(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let worker = carrier(&app.front, request.headers(), request.extensions()).await?;
    let Worker { office, session, .. } = &worker;
    let (push, format): (Push, Format) = read(request).await?;
    if push.envelopes.len() > MAX_OPERATIONS || push.cursors.len() > MAX_CURSORS {
        return Err(Problem::TooLarge);
    }
    if push.cursors.iter().any(|cursor| cursor.office != office.id) {
        return Err(Problem::OfficeReplaced);
    }
    let receipts = office.receive(push.envelopes).await?;
    note_report(&app, office, session, push.device, push.depth).await;
    // Asked only now: what was pushed may have ended the post.
    let delta = if worker.reads() && !push.cursors.is_empty() {
        let asks = Asks { cursors: &push.cursors, room: push.room, pushed: &receipts, ..Asks::default() };
        office.delta(&asks).await?
    } else {
        Delta::Withheld { now: now_ms() }
    };
    Ok(format.write(&PushAnswer { receipts, delta }))
}

/// Answers with what the device lacks.
async fn pull(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let Worker { office, session, .. } = worker(&app.front, request.headers(), request.extensions()).await?;
    let (pull, format): (Pull, Format) = read(request).await?;
    if pull.cursors.len() > MAX_CURSORS {
        return Err(Problem::TooLarge);
    }
    let Pull { cursors, snapshot, room, .. } = &pull;
    let asks = Asks { cursors, snapshot: *snapshot, room: *room, ..Asks::default() };
    office.quiet().await;
    let answer = app.pages.answer(&office, &asks, format).await?;
    note_report(&app, &office, &session, pull.device, pull.depth).await;
    Ok(answer)
}

/// A report that fails costs a notice, never the exchange it came with.
async fn note_report(app: &App, office: &Office, session: &Session, device: DeviceId, depth: u64) {
    if device != session.device {
        return;
    }
    if let Err(error) = app.front.store.report_device(office.id, device, depth, now_ms()).await {
        tracing::warn!(%error, "a device's report was not stored");
    }
}

/// How much unsent work a device holds.
#[derive(Deserialize)]
struct Report {
    device: DeviceId,
    depth: u64,
}

#[derive(Serialize)]
struct Noted {
    now: i64,
}

/// Takes a device's report. The device cookie suffices: the report must get
/// through when the session is gone and pushes are blocked.
async fn report(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let device = visitor(request.headers(), request.extensions()).device.ok_or(Problem::SignInNeeded)?;
    let office = app.front.office().await?;
    let (report, format): (Report, Format) = read(request).await?;
    let known = app.front.store.device(office.id, device).await?.is_some();
    if report.device != device || !known {
        return Err(Problem::PermissionDenied);
    }
    app.front.store.report_device(office.id, device, report.depth, now_ms()).await?;
    Ok(format.write(&Noted { now: now_ms() }))
}

/// Pokes every open app when the log grows. The first poke comes at once.
async fn events(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let Worker { office, .. } = worker(&app.front, request.headers(), request.extensions()).await?;
    let id = office.id;
    let stopping = app.stopping.clone();
    let pokes = WatchStream::new(office.growth()).map(move |seq| {
        let poke = Poke { office: id, seq };
        let event = Event::default().event("poke").json_data(poke).unwrap_or_default();
        Ok::<_, Infallible>(event)
    });
    // A stopping server must not wait for streams that never end.
    let pokes = until_stop(pokes, stopping);
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Ok(Sse::new(pokes).keep_alive(alive).into_response())
}

/// Ends a stream when it has nothing more to tell, or the server stops.
fn until_stop<T: Send + 'static>(
    stream: impl tokio_stream::Stream<Item = T> + Send + 'static,
    stopping: tokio::sync::watch::Receiver<bool>,
) -> impl tokio_stream::Stream<Item = T> + Send + 'static {
    let stop = WatchStream::new(stopping).filter(|stop| *stop).map(|_| None);
    stream.map(Some).chain(tokio_stream::once(None)).merge(stop).map_while(|item| item)
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    /// Whether an office was founded.
    office: bool,
    now: i64,
}

/// Whether the server and its database answer.
async fn health(State(app): State<App>) -> Result<Response, Problem> {
    let asked = tokio::time::timeout(Duration::from_secs(2), app.front.store.office()).await;
    let office = asked.map_err(|_| Problem::Unavailable)??.is_some();
    let health = Health { status: "up", version: env!("CARGO_PKG_VERSION"), office, now: now_ms() };
    Ok(Format::Json.write(&health))
}
