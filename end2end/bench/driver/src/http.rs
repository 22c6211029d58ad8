//! The engine's requests over HTTP, as the app makes them.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use takar_domain::record::RecordId;
use takar_sync::client::{Account, Answer, Call, Failure};
use takar_sync::codec::{from_cbor, to_cbor};

use crate::Failed;

const PART: &str = "application/offset+octet-stream";
const CBOR: &str = "application/cbor";

/// One browser: its cookies, and who works in it.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    url: String,
    person: Option<RecordId>,
}

impl Http {
    pub fn new(url: &str) -> Result<Self, Failed> {
        let client = Client::builder().cookie_store(true).build()?;
        Ok(Self { client, url: url.to_owned(), person: None })
    }

    pub fn working(self, person: RecordId) -> Self {
        Self { person: Some(person), ..self }
    }

    /// A server function.
    pub async fn function(&self, name: &str, args: &Value) -> Result<Value, Failed> {
        let answer = self.client.post(format!("{}/api/fn/{name}", self.url)).json(args).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            return Err(format!("{name}: {status} {text}").into());
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Account, Failed> {
        let args = json!({ "username": username, "password": password, "device": null });
        let mut account = self.function("sign_in", &args).await?;
        // The app takes the key as numbers, the engine as bytes.
        let key: Vec<u8> = serde_json::from_value(account["key"].take())?;
        account["key"] = serde_json::to_value(takar_sync::seal::Key(key))?;
        Ok(serde_json::from_value(account)?)
    }

    /// One request of the engine; `part` are the bytes of a part of a file.
    pub async fn call(&self, call: &Call, part: Option<Vec<u8>>) -> Result<Answer, Failure> {
        match call {
            Call::Push(push) => self.post("push", to_cbor(push)).await.map(Answer::Push),
            Call::Pull(pull) => self.post("pull", to_cbor(pull)).await.map(Answer::Pull),
            Call::Range { sha256, from, to } => self.range(sha256, *from, *to).await.map(Answer::Range),
            Call::Unpack(bytes) => {
                let mut plain = Vec::new();
                GzDecoder::new(&bytes[..]).read_to_end(&mut plain).map_err(|_| Failure::NotOurs)?;
                Ok(Answer::Unpacked(plain))
            }
            Call::Offer { sha256, size } => {
                let request = self.client.post(format!("{}/api/v1/uploads", self.url));
                let name = format!("sha256 {}", STANDARD.encode(sha256));
                self.stands(request.header("upload-length", *size).header("upload-metadata", name)).await
            }
            Call::Part { sha256, from, .. } => {
                let request = self.client.patch(format!("{}/api/v1/uploads/{sha256}", self.url));
                let part = part.ok_or(Failure::NotOurs)?;
                let request = request.header("upload-offset", *from).header("x-takar-repeats", "1");
                self.stands(request.header("content-type", PART).body(part)).await
            }
        }
    }

    /// The stream of pokes.
    pub async fn events(&self) -> Result<Response, Failure> {
        self.send(self.client.get(format!("{}/api/v1/events", self.url))).await
    }

    async fn post<T: serde::de::DeserializeOwned>(&self, path: &str, body: Vec<u8>) -> Result<T, Failure> {
        let request = self.client.post(format!("{}/api/v1/{path}", self.url));
        let answer =
            self.send(request.header("content-type", CBOR).header("accept", CBOR).body(body)).await?;
        let bytes = answer.bytes().await.map_err(|_| Failure::Offline)?;
        from_cbor(&bytes).map_err(|_| Failure::NotOurs)
    }

    async fn range(&self, sha256: &str, from: u64, to: u64) -> Result<Vec<u8>, Failure> {
        let request = self.client.get(format!("{}/api/v1/snapshot/{sha256}", self.url));
        let answer = self.send(request.header("range", format!("bytes={from}-{}", to - 1))).await?;
        Ok(answer.bytes().await.map_err(|_| Failure::Offline)?.to_vec())
    }

    /// How far an upload came.
    async fn stands(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let answer = self.send(request.header("tus-resumable", "1.0.0")).await?;
        let offset = answer.headers().get("upload-offset").and_then(|v| v.to_str().ok()?.parse().ok());
        offset.map(Answer::Stands).ok_or(Failure::NotOurs)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, Failure> {
        let request = match self.person {
            Some(person) => request.header("x-takar-person", person.to_string()),
            None => request,
        };
        let answer = request.send().await.map_err(|_| Failure::Offline)?;
        match answer.status().as_u16() {
            200 | 201 | 204 | 206 => Ok(answer),
            401 => Err(Failure::SignIn),
            413 => Err(Failure::TooLarge),
            429 | 503 | 507 => Err(Failure::Busy { retry_after_ms: None }),
            status => Err(Failure::Refused { code: status.to_string() }),
        }
    }
}

/// Milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|s| i64::try_from(s.as_millis()).ok()).unwrap_or(0)
}
