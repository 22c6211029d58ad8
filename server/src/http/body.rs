//! Bounded bodies: CBOR or JSON by their media type, gzip with a bound on what
//! comes out of it.

use std::io::Read;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use takar_sync::codec::{from_cbor, to_cbor};

use crate::problem::Problem;

/// Largest body as it travels. The app sends at most half a megabyte at once,
/// a single operation is at most one.
pub(super) const MAX_WIRE: usize = 2 << 20;
/// Largest body after decompression.
const MAX_PLAIN: u64 = 8 << 20;
/// Largest body of a server function: they carry names and passwords.
pub(super) const MAX_FUNCTION: usize = 64 << 10;

const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Cbor,
    Json,
}

impl Format {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Cbor => CBOR,
            Self::Json => JSON,
        }
    }

    /// The answer's format: what is accepted, else the request's own.
    pub(super) fn accepted(headers: &HeaderMap, own: Self) -> Result<Self, Problem> {
        let Some(accept) = text(headers, header::ACCEPT) else { return Ok(own) };
        let names = |wanted: &str| accept.split(',').any(|part| media_type(part) == wanted);
        if names(own.media_type()) || names("*/*") || names("application/*") {
            Ok(own)
        } else if names(CBOR) {
            Ok(Self::Cbor)
        } else if names(JSON) {
            Ok(Self::Json)
        } else {
            Err(Problem::NotAcceptable)
        }
    }

    /// Writes an answer.
    pub(super) fn write<T: Serialize>(self, value: &T) -> Response {
        match self.bytes(value) {
            Ok(bytes) => self.carry(bytes.into()),
            Err(problem) => problem.into_response(),
        }
    }

    /// The body of an answer.
    pub(super) fn bytes<T: Serialize>(self, value: &T) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Cbor => Ok(to_cbor(value)),
            Self::Json => serde_json::to_vec(value).map_err(|error| Problem::Internal(error.to_string())),
        }
    }

    /// An answer with this body.
    pub(super) fn carry(self, bytes: Bytes) -> Response {
        let headers = [(header::CONTENT_TYPE, self.media_type()), (header::CACHE_CONTROL, "no-store")];
        (StatusCode::OK, headers, bytes).into_response()
    }
}

/// Reads a body and says how the answer is to be written.
pub(super) async fn read<T: DeserializeOwned>(request: Request<Body>) -> Result<(T, Format), Problem> {
    let headers = request.headers();
    let own = match text(headers, header::CONTENT_TYPE).map(media_type) {
        Some(CBOR) => Format::Cbor,
        Some(JSON) => Format::Json,
        _ => return Err(Problem::MediaType),
    };
    let format = Format::accepted(headers, own)?;
    let gzip = is_gzip(headers)?;
    let bytes = bounded(request.into_body(), MAX_WIRE).await?;
    let bytes = if gzip { unpack(&bytes)?.into() } else { bytes };
    let value = match own {
        Format::Cbor => from_cbor(&bytes).map_err(|_| Problem::Malformed)?,
        Format::Json => serde_json::from_slice(&bytes).map_err(|_| Problem::Malformed)?,
    };
    Ok((value, format))
}

/// Reads a body of at most `limit` bytes.
pub(super) async fn bounded(body: Body, limit: usize) -> Result<Bytes, Problem> {
    to_bytes(body, limit).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(|source| source.to_string().contains("length limit exceeded"));
        if too_large { Problem::TooLarge } else { Problem::Malformed }
    })
}

fn is_gzip(headers: &HeaderMap) -> Result<bool, Problem> {
    match text(headers, header::CONTENT_ENCODING) {
        None | Some("identity" | "") => Ok(false),
        Some("gzip") => Ok(true),
        Some(_) => Err(Problem::MediaType),
    }
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).take(MAX_PLAIN + 1).read_to_end(&mut plain).map_err(|_| Problem::Malformed)?;
    if plain.len() as u64 > MAX_PLAIN { Err(Problem::TooLarge) } else { Ok(plain) }
}

fn media_type(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}

/// A header's text, if it is plain.
pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
