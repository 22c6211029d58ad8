//! Invariant 12: whoever writes in an office, it is an operation in the log.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use takar_domain::record::{Record, RecordId};
use takar_server::http::Site;
use takar_server::store::Store;
use takar_sync::codec::from_cbor;
use takar_sync::merge::apply_part;
use takar_sync::operation::Operation;
use takar_sync::verdict::Outcome;
use takar_sync::wire::Entry;

use crate::app::{PASSWORD, TestApp, run};

const PLAN: &str = "\
level,kode,induk_kode,uraian,indikator,satuan,kondisi_awal,target_2026,anggaran_2026
tujuan,T1,,Meningkatnya kinerja,Nilai kinerja,Nilai,89.1,89.85,
program,7.01.99,T1,Program uji,Persentase nagari tertib,%,80,85.5,1500000.00
";

/// What the log alone says the office's records are.
fn folded(log: &[Entry]) -> BTreeMap<RecordId, Record> {
    let mut records = BTreeMap::new();
    for entry in log {
        let Some(envelope) = &entry.envelope else { continue };
        let Ok(operation) = from_cbor::<Operation>(&envelope.body) else { continue };
        let parts = operation.parts.iter().zip(&entry.verdict.parts);
        for (part, _) in parts.filter(|(_, outcome)| **outcome == Outcome::Applied) {
            let new = || Record::new(part.subject.clone());
            let record = records.entry(part.subject.record()).or_insert_with(new);
            apply_part(record, &operation, part, Some(entry.seq));
        }
    }
    records
}

/// The stored records, and that they are what the log says: no more, no less.
async fn expect_folded(app: &TestApp) -> usize {
    let office = app.store.office().await.unwrap().unwrap();
    let said = folded(&app.log().await);
    let mut stored = app.store.config_records(office).await.unwrap();
    let data: BTreeSet<_> = said.iter().filter(|(_, r)| !r.subject.is_config()).map(|(id, _)| *id).collect();
    stored.extend(app.store.data_records(office, &data).await.unwrap());
    assert_eq!(stored.keys().collect::<Vec<_>>(), said.keys().collect::<Vec<_>>());
    for (id, record) in &stored {
        assert_eq!(Some(record), said.get(id), "{:?}", record.subject);
    }
    stored.len()
}

#[test]
fn every_record_of_an_office_is_what_its_log_says() {
    run(async {
        let app = TestApp::start().await;
        app.found().await;
        let founded = expect_folded(&app).await;
        app.front.import_plan(PLAN.as_bytes()).await.unwrap();
        assert!(expect_folded(&app).await > founded, "the import made records");

        let admin = app.browser().sign_in("admin").await;
        let acting = admin.account.person;
        let before = app.log().await.len();
        let password = json!({ "acting": acting, "old": PASSWORD, "new": "rahasia-yang-lain" });
        let answer = admin.browser.call("change_password", &password).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        assert_eq!(app.log().await.len(), before, "a password is no fact of the office");
        expect_folded(&app).await;
    });
}

#[test]
fn the_demo_comes_and_begins_afresh_through_the_log_too() {
    run(async {
        let app = TestApp::on(Store::open("mem://").await.unwrap(), Site::None, true).await;
        assert!(expect_folded(&app).await > 100);
        let browser = app.browser();
        assert_eq!(browser.call("reset_demo", &json!({})).await.status(), 200);
        assert!(expect_folded(&app).await > 100);
    });
}
