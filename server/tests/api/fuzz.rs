//! Random bytes and random operations: whatever comes, the office goes on.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use takar_domain::figure::Judged;
use takar_domain::record::{OpId, RecordId, Subject};
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Envelope, Part};
use takar_sync::verdict::Outcome;
use uuid::Uuid;

use crate::app::{TestApp, Worker, expect_problem, run};
use crate::hostile::state;
use crate::office::{self, Furniture, number};

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
    let judged = judged(id.clone());
    let subject = (id.clone(), id, 0..19u8).prop_map(|(id, other, kind)| match kind {
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
        10 => Subject::Sop { id },
        11 => Subject::CycleForm { cycle: id },
        12 => Subject::Calendar { id },
        13 => Subject::Number { id, year: 2026, seq: 1 },
        14 => Subject::StepRun { cycle: id, step: 7, unit: Some(other) },
        15 => Subject::StepRun { cycle: id, step: 1, unit: None },
        16 => Subject::Budget { node: id, period: office::PERIOD },
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
        Action::Start,
        Action::Finish,
        Action::Reopen,
    ]);
    (subject, action, proptest::collection::vec(any_change(), 0..4), judged)
        .prop_map(|(subject, action, changes, judged)| Part { subject, action, changes, judged })
}

/// What a transition says that its maker looked at: true by chance only.
fn judged(record: impl Strategy<Value = RecordId>) -> impl Strategy<Value = Vec<Judged>> {
    let group = prop_oneof![Just("value".to_owned()), Just("nagari/a".to_owned()), ".{0,20}"];
    let heads = proptest::collection::vec(any::<u128>().prop_map(|n| OpId(Uuid::from_u128(n))), 0..3);
    let one = (record, group, heads).prop_map(|(record, group, heads)| Judged { record, group, heads });
    proptest::collection::vec(one, 0..3)
}

fn any_change() -> impl Strategy<Value = Change> {
    let group = prop_oneof![
        proptest::sample::select(vec![
            "value",
            "main",
            "validation",
            "stage",
            "state",
            "paper",
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
