//! What nobody should send: every refusal is problem+json with its own status,
//! and nothing changes.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, ORIGIN};
use serde_json::json;
use takar_domain::record::{OpId, RecordId, Subject};
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Envelope, Operation, Part};
use takar_sync::verdict::Outcome;
use takar_sync::wire::{Cursor, Pull, PushAnswer};
use uuid::Uuid;

use crate::app::{TestApp, Worker, expect_problem, read, run};
use crate::office::{self, Furniture, number};

const FUNCTIONS: [&str; 9] = [
    "sign_in",
    "sign_out",
    "who",
    "set_password",
    "change_password",
    "devices",
    "first_run_state",
    "first_run",
    "reset_demo",
];
/// Functions whose arguments may all be absent.
const WITHOUT_ARGUMENTS: [&str; 3] = ["first_run_state", "reset_demo", "who"];
const EXCHANGES: [&str; 3] = ["push", "pull", "report"];

/// What must not change: the log, and who may sign in.
async fn state(app: &TestApp) -> Vec<u8> {
    app.log().await.last().unwrap().hash.clone()
}

#[test]
fn malformed_bodies_are_refused_everywhere() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        for name in FUNCTIONS {
            let path = format!("/api/fn/{name}");
            let mut bodies = vec!["", "{", "[1,2", "5", "\u{0}\u{ff}"];
            if !WITHOUT_ARGUMENTS.contains(&name) {
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
        for name in FUNCTIONS {
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
        let body =
            Pull { device: staf.account.device, cursors: vec![cursor; 1_000], depth: 0, snapshot: false };
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
        let pull = Pull { device: staf.account.device, cursors: vec![], depth: 0, snapshot: false };
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
        let person = staf.person();
        for (name, args) in [
            (
                "set_password",
                json!({ "acting": admin.person(), "person": person, "new": "kata-sandi-jahat" }),
            ),
            ("devices", json!({ "acting": admin.person() })),
            ("change_password", json!({ "acting": person, "old": "x", "new": "kata-sandi-jahat" })),
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
        let paths = FUNCTIONS.iter().map(|name| format!("/api/fn/{name}"));
        for path in paths.chain(EXCHANGES.iter().map(|name| format!("/api/v1/{name}"))) {
            let answer = staf.browser.post(&path).json(&json!({})).header(ORIGIN, "https://jahat.example");
            expect_problem(answer.send().await.unwrap(), 403, "request.cross_site").await;
            let answer = staf.browser.post(&path).json(&json!({})).header("sec-fetch-site", "cross-site");
            expect_problem(answer.send().await.unwrap(), 403, "request.cross_site").await;
        }
        assert_eq!(state(&app).await, before);
    });
}

/// Seeded, so that a failure can be repeated; the seed is printed.
fn runner() -> TestRunner {
    let seed: u64 = std::env::var("TAKAR_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or_else(rand_seed);
    println!("TAKAR_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

fn rand_seed() -> u64 {
    u64::try_from(Uuid::now_v7().as_u128() & u128::from(u64::MAX)).unwrap()
}

#[test]
fn random_bytes_never_break_push() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let before = state(&app).await;
        let mut runner = runner();
        let bytes = proptest::collection::vec(any::<u8>(), 0..400);
        for _ in 0..300 {
            let body = bytes.new_tree(&mut runner).unwrap().current();
            for kind in ["application/cbor", "application/json"] {
                let answer = staf.browser.post("/api/v1/push").header(CONTENT_TYPE, kind).body(body.clone());
                expect_problem(answer.send().await.unwrap(), 400, "request.malformed").await;
            }
            // The same bytes as an operation: refused one by one, the push goes on.
            let envelope = Envelope { key: "1.x.y".into(), body: body.clone(), mac: body };
            let receipt = staf.push(vec![envelope]).await.receipts.remove(0);
            assert!(receipt.seq.is_none());
        }
        assert_eq!(state(&app).await, before);
    });
}

#[test]
fn random_operations_never_break_push() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let mut admin = app.browser().sign_in("admin").await;
        for (step, parts) in any_acts(&furniture).into_iter().enumerate() {
            let worker = if step % 2 == 0 { &mut staf } else { &mut admin };
            let operation = worker.operation(parts);
            // Twice: the verdict is stored whatever it is.
            let first = worker.push(vec![worker.seal(&operation)]).await.receipts;
            assert_eq!(first, worker.push(vec![worker.seal(&operation)]).await.receipts);
        }
        app.log().await;
        still_works(&app, &mut staf, &furniture).await;
    });
}

async fn still_works(app: &TestApp, staf: &mut Worker, furniture: &Furniture) {
    let seen =
        match app.store.record_bytes(staf.account.office, office::figure(furniture.indicator).record()).await
        {
            Ok(Some(bytes)) => {
                takar_sync::codec::from_cbor::<takar_domain::record::Record>(&bytes).unwrap().seen("value")
            }
            _ => Vec::new(),
        };
    let outcome = staf.act(vec![number(furniture.indicator, 7, seen)]).await;
    assert!(
        matches!(outcome[0], Outcome::Applied | Outcome::Late { .. } | Outcome::Held { .. }),
        "{outcome:?}"
    );
}

fn any_acts(furniture: &Furniture) -> Vec<Vec<Part>> {
    let mut runner = runner();
    let parts = proptest::collection::vec(any_part(furniture), 0..4);
    (0..400).map(|_| parts.new_tree(&mut runner).unwrap().current()).collect()
}

fn any_part(furniture: &Furniture) -> impl Strategy<Value = Part> + use<> {
    let ids = vec![
        furniture.section,
        furniture.cycle,
        furniture.indicator,
        furniture.other_indicator,
        RecordId(Uuid::nil()),
    ];
    let id = proptest::sample::select(ids);
    let subject = (id.clone(), id, 0..12u8).prop_map(|(id, other, kind)| match kind {
        0 => Subject::Office { id },
        1 => Subject::Unit { id },
        2 => Subject::Person { id },
        3 => Subject::Holding { id },
        4 => Subject::Nagari { id },
        5 => Subject::Node { id },
        6 => Subject::Indicator { id },
        7 => Subject::Policy { id },
        8 => Subject::Cycle { id },
        9 => Subject::UnitForm { cycle: id, unit: other },
        _ => Subject::Figure { indicator: id, period: office::PERIOD, unit: None },
    });
    let action = proptest::sample::select(vec![
        Action::Edit,
        Action::Edit,
        Action::Send,
        Action::Accept,
        Action::Return,
        Action::Adopt,
        Action::Discard,
    ]);
    (subject, action, proptest::collection::vec(any_change(), 0..4))
        .prop_map(|(subject, action, changes)| Part { subject, action, changes, judged: Vec::new() })
}

fn any_change() -> impl Strategy<Value = Change> {
    let group = prop_oneof![
        proptest::sample::select(vec![
            "value",
            "main",
            "validation",
            "stage",
            "supporting",
            "nagari/a",
            "target/2026"
        ])
        .prop_map(str::to_owned),
        ".{0,40}",
    ];
    let text = prop_oneof!["[0-9.,-]{0,40}", ".{0,200}"];
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<i64>().prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        text.clone().prop_map(|t| json!(t)),
        text.prop_map(|t| json!({ "state": "value", "number": t })),
        any::<i64>().prop_map(|n| json!({ "state": "value", "number": n.to_string() })),
        Just(json!({ "sent": true, "locked": true })),
        Just(json!({ "decision": "accept", "heads": {} })),
        Just(json!({ "name": "x", "kind": "section", "parent": null })),
    ];
    let value =
        leaf.prop_recursive(4, 16, 4, |inner| proptest::collection::vec(inner, 0..4).prop_map(|v| json!(v)));
    let seen = proptest::collection::vec(any::<u128>().prop_map(|n| OpId(Uuid::from_u128(n))), 0..3);
    (group, seen, value).prop_map(|(group, seen, value)| Change { group, seen, value })
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
