//! Evidence in a bucket: the program against a small service that speaks the
//! four requests of S3 that it needs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use takar_server::service::clock::now_ms;

use crate::app::{expect_problem, run};
use crate::program::{Folder, Program, takar};
use crate::tus::{offer, offset, patch, pdf, tus};

/// What is stored, by key; and whether anything is answered.
#[derive(Debug, Default)]
struct Bucket {
    objects: BTreeMap<String, Bytes>,
    away: bool,
}

type Shared = Arc<Mutex<Bucket>>;

/// Only requests that are signed with the keys of the environment.
fn is_signed(headers: &HeaderMap) -> bool {
    let signed = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    signed.is_some_and(|text| text.starts_with("AWS4-HMAC-SHA256 Credential=kunci/"))
}

async fn read(State(bucket): State<Shared>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let bucket = bucket.lock().unwrap();
    if bucket.away || !is_signed(&headers) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(bytes) = bucket.objects.get(&key) else { return StatusCode::NOT_FOUND.into_response() };
    let about = [(header::LAST_MODIFIED, "Sun, 22 Nov 2026 10:00:00 GMT"), (header::ETAG, "\"1\"")];
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some((from, to)) = range.and_then(|text| text.strip_prefix("bytes=")?.split_once('-')) else {
        return (about, bytes.clone()).into_response();
    };
    let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
    let place = format!("bytes {from}-{to}/{}", bytes.len());
    let part = bytes.slice(from..=to);
    (StatusCode::PARTIAL_CONTENT, about, [(header::CONTENT_RANGE, place)], part).into_response()
}

async fn write(
    State(bucket): State<Shared>,
    Path(key): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let mut bucket = bucket.lock().unwrap();
    if bucket.away || !is_signed(&headers) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    bucket.objects.insert(key, bytes);
    [(header::ETAG, "\"1\"")].into_response()
}

async fn serve(bucket: Shared) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/bukti/{*key}", get(read).put(write)).with_state(bucket);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[test]
fn a_bucket_keeps_evidence_and_a_bucket_that_is_away_loses_none() {
    run(async {
        let bucket = Shared::default();
        let endpoint = serve(Arc::clone(&bucket)).await;
        let folder = Folder::new("bucket");
        let mut command =
            takar(&["serve", "--listen", "127.0.0.1:0", "--files", "s3://bukti/kantor", "--data"]);
        command.arg(&folder.0).envs([
            ("AWS_ACCESS_KEY_ID", "kunci"),
            ("AWS_SECRET_ACCESS_KEY", "rahasia"),
            ("AWS_REGION", "id-1"),
            ("AWS_ENDPOINT", &endpoint),
            ("AWS_ALLOW_HTTP", "true"),
        ]);
        let program = tokio::task::block_in_place(|| Program::spawn(command));
        program.found().await;
        let admin = program.browser().sign_in("admin").await;

        let (bytes, sha256) = pdf(7, 300_000);
        let half = bytes.len() / 2;
        assert_eq!(offset(&offer(&admin, &sha256, bytes.len() as u64).await), 0);
        assert_eq!(offset(&patch(&admin, &sha256, 0, &bytes[..half]).await), half as u64);
        bucket.lock().unwrap().away = true;
        // The last part is here, but the whole cannot be stored: it does not count.
        let started = now_ms();
        let refused = patch(&admin, &sha256, half as u64, &bytes[half..]).await;
        expect_problem(refused, 503, "office.unavailable").await;
        assert!(now_ms() - started < 30_000, "whoever waits is told in time");
        bucket.lock().unwrap().away = false;

        // The device goes on where the office says that it stands.
        let at =
            offset(&tus(&admin.browser, reqwest::Method::HEAD, &format!("/{sha256}")).send().await.unwrap());
        let rest = &bytes[usize::try_from(at).unwrap()..];
        assert_eq!(offset(&patch(&admin, &sha256, at, rest).await), bytes.len() as u64);
        let keys: Vec<String> = bucket.lock().unwrap().objects.keys().cloned().collect();
        assert!(keys.len() == 1 && keys[0].starts_with("kantor/") && keys[0].ends_with(&sha256), "{keys:?}");

        let path = format!("/api/v1/files/{sha256}");
        let whole = admin.browser.get(&path).send().await.unwrap();
        assert_eq!(whole.bytes().await.unwrap(), bytes);
        let part = admin.browser.get(&path).header("range", "bytes=1000-1999").send().await.unwrap();
        assert_eq!(
            (part.status().as_u16(), part.bytes().await.unwrap()),
            (206, Bytes::from(bytes[1_000..2_000].to_vec()))
        );
    });
}
