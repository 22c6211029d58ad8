//! `/api/v1/uploads`: resumable uploads as tus 1.0 has them, addressed by the
//! SHA-256 of what comes. Creation is an offer: the answer says at once how far
//! this device's upload came, or that the file is there. Extensions: creation,
//! expiration, checksum (sha256), termination.

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, options};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use takar_domain::evidence::is_sha256;
use time::OffsetDateTime;
use tokio_stream::StreamExt;

use super::body::text;
use super::caller::{Worker, carrier};
use super::named::Named;
use super::range::value;
use super::router::State as App;
use crate::problem::Problem;
use crate::service::clock::now_ms;
use crate::service::sweep::UNFINISHED;
use crate::service::upload::{Checksum, Part, SILENCE, Stand};

const VERSION: &str = "1.0.0";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
/// Not of tus, which asks for a refusal: this part may begin with what came before.
const REPEATS: HeaderName = HeaderName::from_static("x-takar-repeats");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const PART: &str = "application/offset+octet-stream";
/// Most bytes of a refused part that are still read.
const LONGEST_REFUSED: usize = 4 << 20;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/uploads", options(abilities).fallback(uploads))
        .route("/uploads/{sha256}", any(upload))
}

/// What this server can do.
async fn abilities(State(app): State<App>) -> Result<Response, Problem> {
    let limit = app.front.office().await?.file_limit();
    let told = [
        (RESUMABLE, HeaderValue::from_static(VERSION)),
        (HeaderName::from_static("tus-version"), HeaderValue::from_static(VERSION)),
        (
            HeaderName::from_static("tus-extension"),
            HeaderValue::from_static("creation,expiration,checksum,termination"),
        ),
        (HeaderName::from_static("tus-checksum-algorithm"), HeaderValue::from_static("sha256")),
        (HeaderName::from_static("tus-max-size"), HeaderValue::from(limit)),
    ];
    Ok((StatusCode::NO_CONTENT, told).into_response())
}

/// An offer.
async fn uploads(State(app): State<App>, request: Request<Body>) -> Response {
    answered(offer(&app, &request.into_parts().0).await)
}

async fn offer(app: &App, request: &Parts) -> Result<Response, Problem> {
    if request.method != Method::POST {
        return Err(Problem::Method);
    }
    let Worker { office, session, .. } = begin(app, request).await?;
    let length = number(&request.headers, LENGTH)?;
    let sha256 = metadata(&request.headers, "sha256").filter(|text| is_sha256(text));
    let sha256 = sha256.ok_or(Problem::Malformed)?;
    let stand = office.offer(&app.front.files, session.device, &sha256, length, now_ms()).await?;
    let place = [(header::LOCATION, value(&format!("/api/v1/uploads/{sha256}")))];
    let mut answer = (StatusCode::CREATED, place, stands(stand)).into_response();
    // It broke before: on a new connection a browser does not repeat a part by itself.
    if stand.offset > 0 && stand.offset < stand.length && request.version == Version::HTTP_11 {
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(answer)
}

/// How far an upload came, more of it, or its end.
async fn upload(State(app): State<App>, Named(sha256): Named, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    answered(one(&app, &sha256, &parts, body).await)
}

async fn one(app: &App, sha256: &str, request: &Parts, body: Body) -> Result<Response, Problem> {
    let method = &request.method;
    if ![Method::HEAD, Method::PATCH, Method::DELETE].contains(method) {
        return Err(Problem::Method);
    }
    let Worker { office, session, .. } = begin(app, request).await?;
    if !is_sha256(sha256) {
        return Err(Problem::NotFound);
    }
    let (files, device) = (&app.front.files, session.device);
    if *method == Method::HEAD {
        let stand = office.stand(files, device, sha256, now_ms()).await?;
        return Ok((StatusCode::OK, stands(stand)).into_response());
    }
    if *method == Method::DELETE {
        office.abandon(files, device, sha256).await?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let headers = &request.headers;
    if text(headers, header::CONTENT_TYPE) != Some(PART) {
        return Err(Problem::MediaType);
    }
    let (offset, repeats) = (number(headers, OFFSET)?, headers.contains_key(REPEATS));
    let part = Part { sha256, offset, checksum: checksum(headers)?, repeats };
    let mut stream = body.into_data_stream();
    let stand = office.append(files, device, part, &mut stream, now_ms()).await;
    if stand.is_err() {
        drain(&mut stream).await;
    }
    Ok((StatusCode::NO_CONTENT, stands(stand?)).into_response())
}

/// Reads and forgets the rest of a refused part, as long as it is no larger
/// than parts are: whoever still writes when the connection ends never reads
/// why.
async fn drain(stream: &mut BodyDataStream) {
    let mut left = LONGEST_REFUSED;
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(SILENCE, stream.next()).await {
        match left.checked_sub(bytes.len()) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}

/// Somebody of the office, who speaks this version. As with numbers, what was
/// saved before a post ended still comes.
async fn begin(app: &App, request: &Parts) -> Result<Worker, Problem> {
    let headers = &request.headers;
    let worker = carrier(&app.front, headers, &request.extensions).await?;
    if text(headers, RESUMABLE) != Some(VERSION) {
        return Err(Problem::UploadVersion);
    }
    Ok(worker)
}

/// What every answer of this protocol carries, refusals too.
fn answered(result: Result<Response, Problem>) -> Response {
    let stands_at = match &result {
        Err(Problem::UploadOffset(at)) => Some(*at),
        _ => None,
    };
    let mut answer = result.into_response();
    let headers = answer.headers_mut();
    headers.insert(RESUMABLE, HeaderValue::from_static(VERSION));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(at) = stands_at {
        headers.insert(OFFSET, HeaderValue::from(at));
    }
    if answer.status() == StatusCode::PRECONDITION_FAILED {
        answer.headers_mut().insert("tus-version", HeaderValue::from_static(VERSION));
    }
    answer
}

fn stands(stand: Stand) -> [(HeaderName, HeaderValue); 3] {
    [
        (OFFSET, HeaderValue::from(stand.offset)),
        (LENGTH, HeaderValue::from(stand.length)),
        (EXPIRES, value(&http_date(now_ms().saturating_add(UNFINISHED)))),
    ]
}

/// A count of bytes. A length that is not known yet is none.
fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, Problem> {
    let digits = text(headers, name).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or(Problem::Malformed)
}

/// One value of `Upload-Metadata`: names with their values in base64.
fn metadata(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let pairs = text(headers, METADATA)?.split(',');
    let found = pairs.filter_map(|pair| pair.trim().split_once(' ')).find(|(name, _)| *name == wanted)?;
    String::from_utf8(STANDARD.decode(found.1.trim()).ok()?).ok()
}

/// The promised hash of a part, if there is one.
fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Problem> {
    let Some(promised) = headers.get(CHECKSUM) else { return Ok(None) };
    let hash = promised.to_str().ok().and_then(|text| text.strip_prefix("sha256 "));
    let hash = hash.and_then(|hash| STANDARD.decode(hash.trim()).ok()).filter(|hash| hash.len() == 32);
    hash.map(Some).ok_or(Problem::Malformed)
}

/// `Sun, 22 Nov 2026 20:32:22 GMT`.
fn http_date(ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (day, month) = (at.weekday().to_string(), at.month().to_string());
    let (day, month) = (day.get(..3).unwrap_or_default(), month.get(..3).unwrap_or_default());
    let (hour, minute, second) = at.to_hms();
    format!("{day}, {:02} {month} {} {hour:02}:{minute:02}:{second:02} GMT", at.day(), at.year())
}

#[cfg(test)]
mod tests {
    use super::http_date;

    #[test]
    fn dates_are_those_of_http() {
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
