//! What nobody should send: every refusal is problem+json with its own status,
//! and nothing changes.

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, ORIGIN};
use serde_json::json;
use takar_domain::record::RecordId;
use takar_sync::operation::Operation;
use takar_sync::verdict::Outcome;
use takar_sync::wire::{Cursor, Pull, PushAnswer};
use uuid::Uuid;

use crate::app::{TestApp, expect_problem, read, run};
use crate::office::{self, number};

/// Functions whose arguments may all be absent.
const WITHOUT_ARGUMENTS: [&str; 3] = ["first_run_state", "reset_demo", "who"];
const EXCHANGES: [&str; 3] = ["push", "pull", "report"];
/// The other routes that take a post.
const POSTS: [&str; 3] = ["import", "workbook", "workbook/read"];

/// Every server function, as the running server knows them, so that none is forgotten.
fn functions() -> Vec<String> {
    let paths = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
    let names: BTreeSet<_> =
        paths.filter_map(|path| Some(path.strip_prefix("/api/fn/")?.to_owned())).collect();
    for name in ["sign_in", "sign_document", "give_number", "unsent", "write_sop"] {
        assert!(names.contains(name), "{name} is unknown to the server");
    }
    names.into_iter().collect()
}

/// What must not change: the log, and who may sign in.
pub async fn state(app: &TestApp) -> Vec<u8> {
    app.log().await.last().unwrap().hash.clone()
}

#[test]
fn malformed_bodies_are_refused_everywhere() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        for name in functions() {
            let path = format!("/api/fn/{name}");
            let mut bodies = vec!["", "{", "[1,2", "5", "\u{0}\u{ff}"];
            if !WITHOUT_ARGUMENTS.contains(&name.as_str()) {
                bodies.push("{\"username\": 5}");
            }
            for body in bodies {
                let answer = staf.browser.post(&path).header(CONTENT_TYPE, "application/json").body(body);
                let answer = answer.send().await.unwrap();
                expect_problem(answer, 400, "request.malformed").await;
            }
            let answer = staf.browser.post(&path).body("username=a").send().await.unwrap();
            expect_problem(answer, 415, "request.media_type").await;
        }
        for name in EXCHANGES {
            let path = format!("/api/v1/{name}");
            for (kind, body) in [
                ("application/cbor", &b"\xff\xff\xff"[..]),
                ("application/cbor", b""),
                ("application/cbor", &[0x9f; 100_000]),
                ("application/json", b"{\"device\":"),
                ("application/json", b"{}"),
            ] {
                let answer = staf.browser.post(&path).header(CONTENT_TYPE, kind).body(body.to_vec());
                expect_problem(answer.send().await.unwrap(), 400, "request.malformed").await;
            }
            let answer = staf.browser.post(&path).header(CONTENT_TYPE, "text/plain").body("x");
            expect_problem(answer.send().await.unwrap(), 415, "request.media_type").await;
            let answer = staf.browser.post(&path).json(&json!({})).header("accept", "image/png");
            expect_problem(answer.send().await.unwrap(), 406, "request.not_acceptable").await;
            let answer = staf.browser.get(&path).send().await.unwrap();
            expect_problem(answer, 405, "request.method").await;
        }
        assert_eq!(state(&app).await, before);
    });
}

#[test]
fn oversized_bodies_are_refused_everywhere() {
    run(async {
        let (app, _, _) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        for name in functions() {
            let body = format!("{{\"username\":\"{}\"}}", "a".repeat(100_000));
            let answer =
                staf.browser.post(&format!("/api/fn/{name}")).header(CONTENT_TYPE, "application/json");
            expect_problem(answer.body(body).send().await.unwrap(), 413, "request.too_large").await;
        }
        // A bomb: a few kilobytes that unpack to many megabytes.
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        bomb.write_all(&vec![0; 64 << 20]).unwrap();
        let bomb = bomb.finish().unwrap();
        for name in EXCHANGES {
            let path = format!("/api/v1/{name}");
            let plain =
                staf.browser.post(&path).header(CONTENT_TYPE, "application/cbor").body(vec![0; 3 << 20]);
            expect_problem(plain.send().await.unwrap(), 413, "request.too_large").await;
            let packed = staf.browser.post(&path).header(CONTENT_TYPE, "application/cbor");
            let packed = packed.header(CONTENT_ENCODING, "gzip").body(bomb.clone());
            expect_problem(packed.send().await.unwrap(), 413, "request.too_large").await;
            let strange = staf.browser.post(&path).header(CONTENT_TYPE, "application/cbor");
            let strange = strange.header(CONTENT_ENCODING, "zstd").body(vec![1]);
            expect_problem(strange.send().await.unwrap(), 415, "request.media_type").await;
        }
        let many = (0..1_001).map(|n| staf.sealed(vec![number(RecordId(Uuid::nil()), n, vec![])])).collect();
        let answer = staf.request("/api/v1/push", &staf.push_body(many)).send().await.unwrap();
        expect_problem(answer, 413, "request.too_large").await;
        let cursor = Cursor { office: staf.account.office, seq: 1, hash: vec![] };
        let body = Pull {
            device: staf.account.device,
            cursors: vec![cursor; 1_000],
            depth: 0,
            snapshot: false,
            room: None,
        };
        let answer = staf.request("/api/v1/pull", &body).send().await.unwrap();
        expect_problem(answer, 413, "request.too_large").await;
        assert_eq!(state(&app).await, before);
    });
}

#[test]
fn gzip_is_understood() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let envelope = staf.sealed(vec![number(furniture.indicator, 42, vec![])]);
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&takar_sync::codec::to_cbor(&staf.push_body(vec![envelope]))).unwrap();
        let answer =
            staf.request("/api/v1/push", &()).header(CONTENT_ENCODING, "gzip").body(packed.finish().unwrap());
        let answer: PushAnswer = read(answer.send().await.unwrap()).await;
        assert_eq!(answer.receipts[0].verdict.parts, [Outcome::Applied]);
    });
}

#[test]
fn unknown_versions_are_named() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        for path in ["/api/v2/push", "/api/v99/pull", "/api/v0/events"] {
            expect_problem(staf.browser.post(path).send().await.unwrap(), 404, "request.unknown_version")
                .await;
        }
        expect_problem(
            staf.browser.post("/api/fn/sign_in_2").json(&json!({})).send().await.unwrap(),
            404,
            "not_found",
        )
        .await;
        let mut operation = staf.operation(vec![number(furniture.indicator, 42, vec![])]);
        operation.schema = 99;
        let receipts = staf.push(vec![staf.seal(&operation)]).await.receipts;
        assert!(
            matches!(&receipts[0].verdict.parts[0], Outcome::Rejected { issues } if issues[0].code == "operation.newer_software")
        );
        let bytes =
            app.store.record_bytes(operation.office, office::figure(furniture.indicator).record()).await;
        assert_eq!(bytes.unwrap(), None);
    });
}

#[test]
fn without_a_session_nothing_is_told_or_taken() {
    run(async {
        let (app, admin, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        let stranger = app.browser();
        let push = staf.push_body(vec![staf.clone().sealed(vec![number(furniture.indicator, 42, vec![])])]);
        let pull =
            Pull { device: staf.account.device, cursors: vec![], depth: 0, snapshot: false, room: None };
        expect_problem(
            stranger.post("/api/v1/push").json(&push).send().await.unwrap(),
            401,
            "session.needed",
        )
        .await;
        expect_problem(
            stranger.post("/api/v1/pull").json(&pull).send().await.unwrap(),
            401,
            "session.needed",
        )
        .await;
        expect_problem(stranger.get("/api/v1/events").send().await.unwrap(), 401, "session.needed").await;
        let (person, cycle) = (staf.person(), furniture.cycle);
        let signing = json!({ "cycle": cycle, "step": 11, "manner": "seal", "signer": person });
        for (name, args) in [
            (
                "set_password",
                json!({ "acting": admin.person(), "person": person, "new": "kata-sandi-jahat" }),
            ),
            ("devices", json!({ "acting": admin.person() })),
            ("change_password", json!({ "acting": person, "old": "x", "new": "kata-sandi-jahat" })),
            ("unsent", json!({ "acting": person })),
            ("read_sop", json!({ "acting": person, "text": "" })),
            ("write_sop", json!({ "acting": person, "sop": Uuid::nil() })),
            ("give_number", json!({ "acting": person, "cycle": cycle, "step": 12, "date": "2026-10-01" })),
            ("sign_document", json!({ "acting": person, "signing": signing })),
        ] {
            expect_problem(stranger.call(name, &args).await, 401, "session.needed").await;
        }
        let forged = stranger.post("/api/v1/pull").json(&pull).header("cookie", "takar_session=AAAA");
        expect_problem(forged.send().await.unwrap(), 401, "session.needed").await;
        // Somebody else's name in the header is not one's own.
        let answer = staf
            .browser
            .post("/api/v1/pull")
            .json(&pull)
            .header("x-takar-person", admin.person().to_string());
        expect_problem(answer.send().await.unwrap(), 401, "session.needed").await;
        let answer = staf.browser.post("/api/v1/pull").json(&pull).header("x-takar-person", "siapa");
        expect_problem(answer.send().await.unwrap(), 400, "request.malformed").await;
        assert_eq!(state(&app).await, before);
        staf.act(vec![number(furniture.indicator, 1, vec![])]).await;
    });
}

#[test]
fn other_sites_cannot_post() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        let paths = functions().into_iter().map(|name| format!("/api/fn/{name}"));
        let posts = EXCHANGES.iter().chain(&POSTS).map(|name| format!("/api/v1/{name}"));
        for path in paths.chain(posts) {
            let answer = staf.browser.post(&path).json(&json!({})).header(ORIGIN, "https://jahat.example");
            expect_problem(answer.send().await.unwrap(), 403, "request.cross_site").await;
            let answer = staf.browser.post(&path).json(&json!({})).header("sec-fetch-site", "cross-site");
            expect_problem(answer.send().await.unwrap(), 403, "request.cross_site").await;
        }
        assert_eq!(state(&app).await, before);
    });
}

#[test]
fn a_name_in_a_path_that_names_nothing_is_not_found() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        let unsigned = furniture.cycle.to_string();
        let nobodys = Uuid::nil().to_string();
        for cycle in ["1", "%00", "..%2F..%2Fetc%2Fpasswd", "%ff%fe", "a".repeat(5_000).as_str(), &nobodys] {
            let answer = staf.browser.get(&format!("/api/v1/packages/{cycle}")).send().await.unwrap();
            expect_problem(answer, 404, "not_found").await;
        }
        for place in ["files", "snapshot", "uploads"] {
            let answer = staf.browser.http.head(format!("{}/api/v1/{place}/%ff%fe", staf.browser.url));
            assert_eq!(answer.send().await.unwrap().status(), 404, "{place}");
            let answer = staf.browser.get(&format!("/api/v1/{place}/%ff%fe")).send().await.unwrap();
            expect_problem(answer, 404, "not_found").await;
        }
        let path = format!("/api/v1/packages/{unsigned}");
        expect_problem(staf.browser.post(&path).send().await.unwrap(), 405, "request.method").await;
        expect_problem(app.browser().get(&path).send().await.unwrap(), 401, "session.needed").await;
        assert_eq!(state(&app).await, before);
    });
}

#[test]
fn an_operation_too_deep_or_too_large_is_refused_alone() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let mut deep = json!(1);
        for _ in 0..200 {
            deep = json!([deep]);
        }
        let deep =
            staf.operation(vec![office::edit(office::figure(furniture.indicator), "value", vec![], &deep)]);
        let long = staf.operation(vec![office::edit(
            office::figure(furniture.indicator),
            "supporting",
            vec![],
            &"a".repeat(1_100_000),
        )]);
        let good = staf.operation(vec![number(furniture.indicator, 42, vec![])]);
        let seal = |operation: &Operation| staf.seal(operation);
        let receipts = staf.push(vec![seal(&deep), seal(&long), seal(&good)]).await.receipts;
        assert!(matches!(receipts[0].verdict.parts[0], Outcome::Rejected { .. }));
        assert!(matches!(receipts[1].verdict.parts[0], Outcome::Rejected { .. }));
        assert_eq!(receipts[2].verdict.parts, [Outcome::Applied]);
    });
}
