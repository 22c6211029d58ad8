//! One server under test, and browsers that talk to it.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use takar_app::api::account::SignedIn;
use takar_domain::record::{DeviceId, Made, OpId, RecordId, Source};
use takar_server::app::Application;
use takar_server::blob::Files;
use takar_server::blob::place::Place;
use takar_server::http::Site;
use takar_server::service::front::Front;
use takar_server::settings::{Database, FilesAt, Settings, Tls};
use takar_server::store::Store;
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::operation::{Envelope, Operation, Part, SCHEMA};
use takar_sync::seal;
use takar_sync::verdict::Outcome;
use takar_sync::wire::{Cursor, Delta, Entry, Pull, Push, PushAnswer};
use tokio::sync::watch;
use uuid::Uuid;

use crate::program::Folder;

pub const PASSWORD: &str = "rahasia-sekali";

/// Runs a test on threads with the deep stacks that the database wants.
pub fn run<F: Future<Output = ()> + Send + 'static>(test: F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(16 << 20)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async { tokio::spawn(test).await }).unwrap();
}

/// Files of a server that never starts.
pub fn no_files() -> FilesAt {
    FilesAt::Place { place: Place::Memory, spool: Folder::new("spool").0.clone() }
}

pub struct TestApp {
    pub url: String,
    pub front: Arc<Front>,
    pub store: Store,
    pub files: Files,
    pub spool: Arc<Folder>,
    stop: watch::Sender<bool>,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

impl TestApp {
    /// An empty office server in memory.
    pub async fn start() -> Self {
        let store = Store::open("mem://").await.unwrap();
        Self::on(store, Site::None, false).await
    }

    /// A server on an open database.
    pub async fn on(store: Store, site: Site, demo: bool) -> Self {
        Self::with(store, site, demo, None).await
    }

    /// A server on an open database, with a certificate.
    pub async fn with(store: Store, site: Site, demo: bool, tls: Option<Tls>) -> Self {
        let spool = Arc::new(Folder::new("spool"));
        let files = Files::open(&Place::Memory, &spool.0).unwrap();
        Self::of(store, (files, spool), site, demo, tls).await
    }

    /// One more server on the same database and the same files.
    pub async fn beside(&self) -> Self {
        let files = (self.files.clone(), Arc::clone(&self.spool));
        Self::of(self.store.apart(), files, Site::None, false, None).await
    }

    async fn of(
        store: Store,
        (files, spool): (Files, Arc<Folder>),
        site: Site,
        demo: bool,
        tls: Option<Tls>,
    ) -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let database = Database::Open(store.clone());
        let at = FilesAt::Open(files.clone());
        let settings = Settings { listen, demo, database, files: at, tls, site, nightly: None };
        let app = Application::build(settings).await.unwrap();
        let url = format!("http://127.0.0.1:{}", app.port());
        let (front, stop) = (app.front(), app.stopper());
        tokio::spawn(app.run_until_stopped());
        Self { url, front, store, files, spool, stop }
    }

    /// A browser with its own cookies.
    pub fn browser(&self) -> Browser {
        Browser::at(self.url.clone())
    }

    /// Founds the office with the person `admin`.
    pub async fn found(&self) {
        let founding = json!({ "founding": {
            "code": self.front.first_run_code(), "office": "Kecamatan Uji", "regency": "Kabupaten Uji",
            "zone": "WIB", "admin": "Admin Uji", "username": "admin", "password": PASSWORD,
        }});
        let answer = self.browser().call("first_run", &founding).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }

    /// The whole log, checked to be one unbroken chain.
    pub async fn log(&self) -> Vec<Entry> {
        let office = self.store.office().await.unwrap().unwrap();
        let rows = self.store.entries(office, 0, 1_000_000).await.unwrap();
        let entries: Vec<Entry> = rows.into_iter().map(|(entry, _)| entry).collect();
        let origin = takar_sync::chain::origin(office);
        let tip = takar_sync::chain::verify(&origin, &entries).expect("the chain is whole and without holes");
        assert_eq!(tip, self.store.tip(office).await.unwrap().cursor);
        entries
    }
}

/// A browser: cookies and nothing else.
#[derive(Clone)]
pub struct Browser {
    pub http: reqwest::Client,
    pub url: String,
}

impl Browser {
    /// A new one, at a server's address.
    pub fn at(url: String) -> Self {
        Self { http: reqwest::Client::builder().cookie_store(true).build().unwrap(), url }
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.url))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.url))
    }

    /// A server function.
    pub async fn call(&self, name: &str, args: &Value) -> Response {
        self.post(&format!("/api/fn/{name}")).json(args).send().await.unwrap()
    }

    pub async fn try_sign_in(&self, username: &str, password: &str, device: Option<DeviceId>) -> Response {
        let args = json!({ "username": username, "password": password, "device": device });
        self.call("sign_in", &args).await
    }

    pub async fn sign_in(&self, username: &str) -> Worker {
        self.sign_in_on(username, None).await
    }

    pub async fn sign_in_on(&self, username: &str, device: Option<DeviceId>) -> Worker {
        let answer = self.try_sign_in(username, PASSWORD, device).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        let account: SignedIn = answer.json().await.unwrap();
        Worker { browser: self.clone(), number: account.last_number, account }
    }
}

/// A signed-in person who seals operations.
#[derive(Clone)]
pub struct Worker {
    pub browser: Browser,
    pub account: SignedIn,
    number: u64,
}

impl Worker {
    pub fn operation(&mut self, parts: Vec<Part>) -> Operation {
        self.number += 1;
        Operation {
            id: OpId(Uuid::now_v7()),
            office: self.account.office,
            device: self.account.device,
            author: self.account.person,
            number: self.number,
            acted_for: None,
            source: Source::Own,
            schema: SCHEMA,
            made: Made { wall: takar_server::service::clock::now_ms(), anchor: None },
            reason: None,
            names: None,
            parts,
        }
    }

    pub fn seal(&self, operation: &Operation) -> Envelope {
        seal::seal(operation, &seal::Key(self.account.key.clone()), &self.account.key_id)
    }

    pub fn sealed(&mut self, parts: Vec<Part>) -> Envelope {
        let operation = self.operation(parts);
        self.seal(&operation)
    }

    /// A request in this person's name, with a CBOR body.
    pub fn request<T: Serialize>(&self, path: &str, body: &T) -> RequestBuilder {
        self.browser
            .post(path)
            .header("content-type", "application/cbor")
            .header("x-takar-person", self.account.person.to_string())
            .body(to_cbor(body))
    }

    pub fn push_body(&self, envelopes: Vec<Envelope>) -> Push {
        Push { device: self.account.device, envelopes, cursors: Vec::new(), depth: 0, room: None }
    }

    pub async fn push(&self, envelopes: Vec<Envelope>) -> PushAnswer {
        read(self.request("/api/v1/push", &self.push_body(envelopes)).send().await.unwrap()).await
    }

    /// Pushes one operation and gives the outcomes of its parts.
    pub async fn act(&mut self, parts: Vec<Part>) -> Vec<Outcome> {
        let envelope = self.sealed(parts);
        self.push(vec![envelope]).await.receipts.remove(0).verdict.parts
    }

    pub async fn pull(&self, cursors: Vec<Cursor>) -> Delta {
        let pull = Pull { device: self.account.device, cursors, depth: 0, snapshot: false, room: None };
        read(self.request("/api/v1/pull", &pull).send().await.unwrap()).await
    }

    pub fn person(&self) -> RecordId {
        self.account.person
    }
}

/// Reads a CBOR answer that must be a success and ours.
pub async fn read<T: DeserializeOwned>(answer: Response) -> T {
    let (status, ours) = (answer.status(), answer.headers().contains_key("x-takar"));
    let body = answer.bytes().await.unwrap();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    assert!(ours);
    from_cbor(&body).unwrap()
}

/// Checks that an answer is a problem of ours with this status and code.
pub async fn expect_problem(answer: Response, status: u16, code: &str) -> Value {
    assert_eq!(answer.headers().get("x-takar").unwrap(), "1");
    assert_eq!(answer.headers().get("content-type").unwrap(), "application/problem+json");
    let found = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(found, StatusCode::from_u16(status).unwrap(), "{body}");
    assert_eq!(body["status"], status);
    assert_eq!(body["code"], code, "{body}");
    assert!(body["detail"].as_str().is_some_and(|words| words.len() > 10), "{body}");
    body
}
