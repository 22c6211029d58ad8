//! Evidence as a device sends it: tus over HTTP.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;
use sha2::{Digest, Sha256};
use takar_domain::record::RecordId;
use takar_server::service::secret::hex;
use takar_sync::operation::Part;

use crate::app::{Browser, Worker};
use crate::office::{edit, figure};

/// A PDF of so many bytes, and its hash.
pub fn pdf(seed: u8, size: usize) -> (Vec<u8>, String) {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let noise = (0..).map(|n: usize| u8::try_from((n * 31 + usize::from(seed) * 7) % 251).unwrap());
    bytes.extend(noise.take(size - bytes.len()));
    let sha256 = hex(&Sha256::digest(&bytes));
    (bytes, sha256)
}

pub fn tus(browser: &Browser, method: Method, path: &str) -> RequestBuilder {
    browser
        .http
        .request(method, format!("{}/api/v1/uploads{path}", browser.url))
        .header("tus-resumable", "1.0.0")
}

pub async fn offer(worker: &Worker, sha256: &str, length: u64) -> Response {
    let metadata = format!("sha256 {},filename {}", STANDARD.encode(sha256), STANDARD.encode("a.pdf"));
    let request = tus(&worker.browser, Method::POST, "").header("upload-metadata", metadata);
    request.header("upload-length", length).send().await.unwrap()
}

pub async fn patch(worker: &Worker, sha256: &str, offset: u64, bytes: &[u8]) -> Response {
    part(worker, sha256, offset).body(bytes.to_vec()).send().await.unwrap()
}

pub fn part(worker: &Worker, sha256: &str, offset: u64) -> RequestBuilder {
    tus(&worker.browser, Method::PATCH, &format!("/{sha256}"))
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", offset)
}

pub async fn head(worker: &Worker, sha256: &str) -> Response {
    tus(&worker.browser, Method::HEAD, &format!("/{sha256}")).send().await.unwrap()
}

/// How far an answer says that the upload came.
pub fn offset(answer: &Response) -> u64 {
    assert!(answer.status().is_success(), "{answer:?}");
    assert_eq!(answer.headers()["tus-resumable"], "1.0.0");
    answer.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
}

/// Offers and sends a file whole.
pub async fn send(worker: &Worker, bytes: &[u8], sha256: &str) {
    assert_eq!(offset(&offer(worker, sha256, bytes.len() as u64).await), 0);
    assert_eq!(offset(&patch(worker, sha256, 0, bytes).await), bytes.len() as u64);
}

/// A number with evidence.
pub fn proven(indicator: RecordId, by: RecordId, number: i64, sha256: &str, size: usize) -> Part {
    let file = json!({ "sha256": sha256, "size": size, "media": "application/pdf" });
    let evidence = json!([{ "kind": "pdf", "name": "berita acara.pdf", "added_by": by, "file": file }]);
    let value = json!({ "state": "value", "number": number.to_string(), "evidence": evidence });
    edit(figure(indicator), "value", vec![], &value)
}
