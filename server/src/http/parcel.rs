//! `/api/v1/import`: somebody's unsent work as one file, brought by anybody who
//! is signed in. The session carries it; the MACs in it prove who made what.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Serialize;
use takar_domain::imported::Imported;
use takar_domain::text::parcel::imported;
use takar_sync::parcel::{MEDIA, MOST};
use tokio_stream::StreamExt;
use uuid::Uuid;

use super::body::{Format, text};
use super::caller::{Worker, carrier};
use super::router::State as App;
use crate::blob::spool::Scratch;
use crate::problem::Problem;
use crate::service::clock::now_ms;
use crate::service::office::Office;
use crate::service::upload::SILENCE;
use crate::store::access::RESERVE;

/// What an import did, counted and in words.
#[derive(Serialize)]
struct Told {
    operations: u64,
    known: u64,
    attention: u64,
    files: u64,
    files_known: u64,
    files_refused: u64,
    detail: String,
}

impl Told {
    fn of(done: &Imported) -> Self {
        let Imported { operations, known, attention, files, files_known, files_refused } = *done;
        let detail = imported(done);
        Self { operations, known, attention, files, files_known, files_refused, detail }
    }
}

/// Takes the file in whole, or says why not.
pub(super) async fn import(State(app): State<App>, request: Request<Body>) -> Result<Response, Problem> {
    let Worker { office, .. } = carrier(&app.front, request.headers(), request.extensions()).await?;
    let format = format(request.headers())?;
    let scratch = keep(&app, &office, request).await?;
    let done = office.import(&app.front.files, &scratch.path, now_ms()).await?;
    Ok(format.write(&Told::of(&done)))
}

fn format(headers: &HeaderMap) -> Result<Format, Problem> {
    if text(headers, header::CONTENT_TYPE) != Some(MEDIA) {
        return Err(Problem::MediaType);
    }
    Format::accepted(headers, Format::Cbor)
}

/// Writes the body aside: nothing of it counts before all of it was seen.
async fn keep(app: &App, office: &Office, request: Request<Body>) -> Result<Scratch, Problem> {
    let spool = &app.front.files.spool;
    let length = text(request.headers(), header::CONTENT_LENGTH).and_then(|n| n.parse::<u64>().ok());
    let room = spool.free()?.saturating_sub(RESERVE);
    // Its files are written once more, where evidence is.
    if length.is_some_and(|length| length.saturating_mul(2) > room) {
        return Err(Problem::Full);
    }
    if length.is_some_and(|length| length > MOST) {
        return Err(Problem::TooLarge);
    }
    let mut scratch = spool.scratch(office.id, &Uuid::now_v7().to_string())?;
    let mut body = request.into_body().into_data_stream();
    loop {
        let next = tokio::time::timeout(SILENCE, body.next()).await.map_err(|_| Problem::ParcelDamaged)?;
        let Some(bytes) = next else { return Ok(scratch) };
        let bytes = bytes.map_err(|_| Problem::ParcelDamaged)?;
        let comes = scratch.writer.at.saturating_add(bytes.len() as u64);
        if comes > MOST {
            return Err(Problem::TooLarge);
        }
        if comes > room {
            return Err(Problem::Full);
        }
        scratch.writer.write(&bytes)?;
    }
}
