//! Every route, and the layers around them.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use super::document::GZIP;
use super::guard::{Secure, panicked, surround};
use super::package::ZIP;
use super::pages::Pages;
use super::site::{self, Site};
use super::{exchange, functions};
use crate::problem::Problem;
use crate::service::front::Front;

/// What handlers share.
#[derive(Clone, Debug)]
pub struct State {
    pub front: Arc<Front>,
    pub pages: Arc<Pages>,
    /// Whether this server itself speaks TLS: cookies are then marked secure.
    pub tls: bool,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

/// The whole server as a router.
pub fn router(state: State, site: Site) -> Router {
    functions::register();
    // A document is packed already, and a part of a file is a part of its bytes.
    let unpacked = DefaultPredicate::new()
        .and(NotForContentType::const_new(GZIP))
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new(ZIP))
        .and(NotForContentType::const_new("application/vnd."))
        .and(NotForContentType::const_new("text/csv"));
    let secure = Secure(state.tls);
    // Not nested: the functions are found by their whole path.
    Router::new()
        .nest("/api/v1", exchange::router())
        .route("/api/fn/{name}", any(functions::call))
        .route("/api", any(unknown))
        .route("/api/{*rest}", any(unknown))
        .with_state(state)
        .fallback(any(site::serve).with_state(site))
        .layer(CompressionLayer::new().compress_when(unpacked))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(secure, surround))
}

/// `/api/v2/…` is a newer app's; anything else under `/api` never existed.
async fn unknown(uri: axum::http::Uri) -> Problem {
    let version =
        uri.path().strip_prefix("/api/v").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let newer = version != "1" && version.starts_with(|c: char| c.is_ascii_digit());
    if newer { Problem::UnknownVersion } else { Problem::NotFound }
}
