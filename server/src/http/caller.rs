//! Who is calling: cookies in, cookies out, the working person's header.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use takar_domain::record::{DeviceId, RecordId};

use crate::problem::Problem;
use crate::service::front::Front;
use crate::service::office::Office;
use crate::service::session::{Visitor, may_read};
use crate::store::session::Session;

const SESSION: &str = "takar_session";
const DEVICE: &str = "takar_device";
/// Names the person who works, among those of the session.
const PERSON: &str = "x-takar-person";
/// The longest that browsers keep a cookie; each sign-in renews it.
const COOKIE_SECONDS: u64 = 400 * 24 * 3600;

/// A browser as its request shows it.
pub(super) fn visitor(headers: &HeaderMap, extensions: &Extensions) -> Visitor {
    let address = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    Visitor {
        token: cookie(headers, SESSION).map(str::to_owned),
        device: cookie(headers, DEVICE).and_then(|id| id.parse().ok()).map(DeviceId),
        address,
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// A session cookie; an empty token ends it.
pub(super) fn session_cookie(token: &str, tls: bool) -> Option<HeaderValue> {
    let age = if token.is_empty() { 0 } else { COOKIE_SECONDS };
    set_cookie(SESSION, token, age, tls)
}

/// The device cookie: outlives the browser's database, and so tells when that
/// was wiped.
pub(super) fn device_cookie(device: DeviceId, tls: bool) -> Option<HeaderValue> {
    set_cookie(DEVICE, &device.to_string(), COOKIE_SECONDS, tls)
}

fn set_cookie(name: &str, value: &str, age: u64, tls: bool) -> Option<HeaderValue> {
    let secure = if tls { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// The office for somebody signed in.
pub(super) struct Worker {
    pub office: Arc<Office>,
    pub session: Session,
    pub person: RecordId,
}

impl Worker {
    /// Whether that person may read now.
    pub(super) fn reads(&self) -> bool {
        may_read(&self.office.snapshot(), self.person)
    }
}

/// Lets a request of a signed-in person through, active and with the right to read.
pub(super) async fn worker(
    front: &Front,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Worker, Problem> {
    let worker = carrier(front, headers, extensions).await?;
    if worker.reads() { Ok(worker) } else { Err(Problem::PermissionDenied) }
}

/// Lets a request of a signed-in person through who is active, with or without
/// a post.
pub(super) async fn carrier(
    front: &Front,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Worker, Problem> {
    let session = front.session(&visitor(headers, extensions)).await?;
    let office = front.office().await?;
    let named = match headers.get(PERSON) {
        None => None,
        Some(id) => {
            let id = id.to_str().ok().and_then(|id| id.parse().ok());
            Some(RecordId(id.ok_or(Problem::Malformed)?))
        }
    };
    let person = front.carrier(&office.snapshot(), &session, named)?;
    Ok(Worker { office, session, person })
}
