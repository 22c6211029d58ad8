//! One operation that the database will not take never blocks the others.

use std::future::Future;

use serde_json::json;
use takar_domain::record::{DeviceId, Made, OpId, RecordId, Source};
use takar_sync::operation::{Envelope, Operation, SCHEMA};
use takar_sync::seal;
use takar_sync::sim::{Setup, edit, figure};
use takar_sync::verdict::Outcome;
use uuid::Uuid;

use crate::problem::Problem;
use crate::service::clock::now_ms;
use crate::service::office::Office;
use crate::store::Store;

pub fn run<F: Future<Output = ()> + Send + 'static>(test: F) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().thread_stack_size(16 << 20).enable_all().build();
    let runtime = runtime.unwrap();
    runtime.block_on(async { tokio::spawn(test).await }).unwrap();
}

pub async fn found() -> (Store, Office, Setup) {
    let store = Store::open("mem://").await.unwrap();
    let setup = Setup::new(9);
    store.put_secret(setup.office, setup.secret.clone()).await.unwrap();
    store.open_office(setup.office, None).await.unwrap();
    let office = Office::start(store.clone(), setup.office, true).await.unwrap();
    let receipts = office.receive(vec![setup.founding()]).await.unwrap();
    assert!(receipts[0].verdict.parts.iter().all(|part| *part == Outcome::Applied));
    (store, office, setup)
}

/// A value of one indicator, typed by a member of the team.
pub fn typed(setup: &Setup, indicator: RecordId, number: u64) -> Envelope {
    let device = DeviceId(Uuid::nil());
    let author = setup.team[0];
    let value = json!({ "state": "value", "number": number.to_string() });
    let operation = Operation {
        id: OpId(Uuid::now_v7()),
        office: setup.office,
        device,
        author,
        number,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made { wall: now_ms(), anchor: None },
        reason: None,
        names: None,
        parts: vec![edit(figure(indicator), "value", value)],
    };
    let key_id = seal::key_id(author, device);
    seal::seal(&operation, &seal::derive_key(&setup.secret, &key_id), &key_id)
}

#[test]
fn a_group_is_bisected_until_the_bad_one_has_its_verdict() {
    run(async {
        let (store, office, setup) = found().await;
        let bad = figure(setup.solo[4]).record();
        store.run_text(&format!("DEFINE FIELD record ON record TYPE string ASSERT $value != '{bad}'")).await;
        let batch: Vec<_> = (1..).zip(&setup.solo).map(|(number, id)| typed(&setup, *id, number)).collect();
        let receipts = office.receive(batch.clone()).await.unwrap();
        for (place, receipt) in receipts.iter().enumerate() {
            let refused = matches!(&receipt.verdict.parts[..],
                [Outcome::Rejected { issues }] if issues[0].code == "operation.unstorable");
            assert_eq!(refused, place == 4, "{place}: {:?}", receipt.verdict);
            assert_eq!(receipt.seq, Some(place as u64 + 2), "in the order of the push");
        }
        assert_eq!(office.receive(batch).await.unwrap(), receipts);
        let entries: Vec<_> =
            store.entries(office.id, 0, 100).await.unwrap().into_iter().map(|(e, _)| e).collect();
        assert!(takar_sync::chain::verify(&takar_sync::chain::origin(office.id), &entries).is_some());
    });
}

#[test]
fn a_database_that_fails_altogether_loses_nothing() {
    run(async {
        let (store, office, setup) = found().await;
        store.run_text("DEFINE FIELD seq ON counter TYPE int ASSERT $value < 2").await;
        let batch: Vec<_> = (1..).zip(&setup.solo).map(|(number, id)| typed(&setup, *id, number)).collect();
        let problem = office.receive(batch.clone()).await.unwrap_err();
        assert!(matches!(problem, Problem::Unavailable), "{problem:?}");
        assert_eq!(store.tip(office.id).await.unwrap().cursor.seq, 1);
        store.run_text("REMOVE FIELD seq ON counter").await;
        let receipts = office.receive(batch).await.unwrap();
        assert!(receipts.iter().all(|r| r.verdict.parts == [Outcome::Applied]), "{receipts:?}");
    });
}
