//! Released versions against today's server: a client that is too old to pull
//! may still push, and its exported file is taken.

use serde::Deserialize;
use serde_json::json;
use takar_domain::record::{DeviceId, RecordId};
use takar_server::http::Site;
use takar_server::service::clock::now_ms;
use takar_server::service::secret::{token, token_digest};
use takar_server::store::Store;
use takar_server::store::session::Session;
use takar_sync::codec::{bytes, from_cbor};
use takar_sync::parcel::MEDIA;
use takar_sync::verdict::Outcome;
use takar_sync::wire::{Delta, Entry, Push, PushAnswer};

use crate::app::{TestApp, expect_problem, read, run};

const STORE: &str = include_str!("../../../app/sync/tests/golden/0.1/store-2.hex");
const PUSH: &str = include_str!("../../../app/sync/tests/golden/0.1/push.hex");
const OUTBOX: &str = include_str!("../../../app/sync/tests/golden/0.1/outbox.hex");
const SECRET: &str = include_str!("../../../app/sync/tests/golden/0.1/secret.hex");

#[derive(Deserialize)]
struct Row {
    table: String,
    #[serde(with = "bytes")]
    value: Vec<u8>,
}

#[derive(Deserialize)]
struct Secret(#[serde(with = "bytes")] Vec<u8>);

fn golden(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}

/// A server with the office of the release's device, and that device's browser.
struct Old {
    app: TestApp,
    push: Push,
    cookie: String,
    person: RecordId,
}

impl Old {
    async fn open() -> Self {
        let push: Push = from_cbor(&golden(PUSH)).unwrap();
        let office = push.cursors[0].office;
        let store = Store::open("mem://").await.unwrap();
        store.put_secret(office, from_cbor::<Secret>(&golden(SECRET)).unwrap().0).await.unwrap();
        store.open_office(office, None).await.unwrap();
        let app = TestApp::on(store, Site::None, false).await;
        let rows: Vec<Row> = from_cbor(&golden(STORE)).unwrap();
        for row in rows.iter().filter(|row| row.table == "log") {
            let entry: Entry = from_cbor(&row.value).unwrap();
            let receipts = app.front.office().await.unwrap().receive(vec![entry.envelope.unwrap()]).await;
            assert!(receipts.unwrap()[0].verdict.is_applied());
        }
        let person = takar_sync::seal::open(&push.envelopes[0]).unwrap().author;
        let cookie = sign_in(&app, push.device, person).await;
        Self { app, push, cookie, person }
    }

    fn post(&self, path: &str, kind: &str) -> reqwest::RequestBuilder {
        let request = self.app.browser().post(path).header("cookie", &self.cookie);
        request.header("content-type", kind).header("x-takar-person", self.person.to_string())
    }
}

/// Nobody of that office has a password here: the session is made by hand.
async fn sign_in(app: &TestApp, device: DeviceId, person: RecordId) -> String {
    let (office, token) = (app.store.office().await.unwrap().unwrap(), token().unwrap());
    let session = Session { office, device, persons: vec![person], used: now_ms() };
    app.store.put_session(&token_digest(&token), &session).await.unwrap();
    format!("takar_session={token}")
}

#[test]
fn a_client_too_old_to_pull_may_still_push() {
    run(async {
        let old = Old::open().await;
        // A version of the pull that nobody serves any more, or not yet.
        expect_problem(
            old.post("/api/v0/pull", "application/json").body("{}").send().await.unwrap(),
            404,
            "request.unknown_version",
        )
        .await;
        // Its body as it was written then.
        let pushed: PushAnswer =
            read(old.post("/api/v1/push", "application/cbor").body(golden(PUSH)).send().await.unwrap()).await;
        assert_eq!(pushed.receipts.len(), 4);
        assert!(pushed.receipts.iter().all(|r| r.verdict.parts == [Outcome::Applied]), "{pushed:?}");
        // One that cannot read the log names no place in it and is spared its pages.
        let bare = json!({ "device": old.push.device, "envelopes": old.push.envelopes });
        let answer =
            old.post("/api/v1/push", "application/json").body(bare.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let again: PushAnswer = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(again.receipts, pushed.receipts, "the stored verdicts");
        assert!(matches!(again.delta, Delta::Withheld { .. }), "{:?}", again.delta);
    });
}

#[test]
fn a_file_that_a_released_version_exported_is_taken() {
    run(async {
        let old = Old::open().await;
        let answer = old.post("/api/v1/import", MEDIA).header("accept", "application/json");
        let answer: serde_json::Value =
            answer.body(golden(OUTBOX)).send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["detail"], "4 isian: 4 diterima. 1 berkas bukti: 1 diterima.", "{answer}");
    });
}
