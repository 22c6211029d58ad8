//! Push and pull: stored verdicts, exactly once, pages, pokes.

use std::collections::BTreeSet;

use takar_domain::figure::VALUE;
use takar_domain::record::OpId;
use takar_server::http::Site;
use takar_sync::verdict::{Outcome, Why};
use takar_sync::wire::{Cursor, Delta, Entry, Page, Push, PushAnswer};
use tokio_stream::StreamExt;

use crate::app::{TestApp, Worker, expect_problem, read, run};
use crate::office::{self, figure, number};

async fn pages(worker: &Worker) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let cursors = entries.last().map(|e| Cursor {
            office: worker.account.office,
            seq: e.seq,
            hash: e.hash.clone(),
        });
        let Delta::Page(Page { entries: more, newest, .. }) =
            worker.pull(cursors.into_iter().collect()).await
        else {
            panic!("diverged");
        };
        entries.extend(more);
        if entries.len() as u64 == newest {
            return entries;
        }
    }
}

#[test]
fn what_one_pushes_another_pulls_with_the_same_verdict() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let kasi = app.browser().sign_in("kasi").await;
        let envelope = staf.sealed(vec![number(furniture.indicator, 42, vec![])]);
        let from = vec![takar_sync::chain::origin(staf.account.office)];
        let push = Push { cursors: from, ..staf.push_body(vec![envelope.clone()]) };
        let answer: PushAnswer = read(staf.request("/api/v1/push", &push).send().await.unwrap()).await;
        assert_eq!(answer.receipts[0].verdict.parts, [Outcome::Applied]);
        let Delta::Page(page) = answer.delta else { panic!("diverged") };
        assert_eq!(page.newest, answer.receipts[0].seq.unwrap());
        let log = pages(&kasi).await;
        assert_eq!(log, app.log().await);
        assert_eq!(log.last().unwrap().envelope.as_ref(), Some(&envelope));
    });
}

#[test]
fn a_repeat_gets_the_stored_verdict_and_nothing_twice() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let good = staf.sealed(vec![number(furniture.indicator, 42, vec![])]);
        let refused = staf.sealed(vec![number(furniture.other_indicator, 1, vec![])]);
        let first = staf.push(vec![good.clone(), refused.clone()]).await.receipts;
        assert!(matches!(first[1].verdict.parts[0], Outcome::Rejected { .. }));
        let length = app.log().await.len();
        // The answer was lost; the device sends all of it again, in one request twice.
        let again = staf.push(vec![refused.clone(), good.clone(), good.clone()]).await.receipts;
        assert_eq!(again, [first[1].clone(), first[0].clone(), first[0].clone()]);
        // Two copies of a new operation in one push are one.
        let new = staf.sealed(vec![number(furniture.indicator, 43, vec![])]);
        let twice = staf.push(vec![new.clone(), new]).await.receipts;
        assert_eq!(twice[0], twice[1]);
        assert_eq!(app.log().await.len(), length + 1);
    });
}

#[test]
fn other_bytes_under_a_known_id_are_refused() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let mut operation = staf.operation(vec![number(furniture.indicator, 42, vec![])]);
        staf.push(vec![staf.seal(&operation)]).await;
        let before =
            app.store.record_bytes(operation.office, figure(furniture.indicator).record()).await.unwrap();
        operation.parts = vec![number(furniture.indicator, 7, vec![])];
        let receipt = staf.push(vec![staf.seal(&operation)]).await.receipts.remove(0);
        assert_eq!(receipt.seq, None);
        assert!(
            matches!(&receipt.verdict.parts[0], Outcome::Rejected { issues } if issues[0].code == "operation.id_reused")
        );
        let after =
            app.store.record_bytes(operation.office, figure(furniture.indicator).record()).await.unwrap();
        assert_eq!(before, after);
    });
}

#[test]
fn a_forged_author_is_held_and_changes_nothing() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let kasi = app.browser().sign_in("kasi").await;
        let mut staf = app.browser().sign_in("staf").await;
        let mut operation = staf.operation(vec![number(furniture.indicator, 42, vec![])]);
        operation.author = kasi.person();
        let forged = staf.seal(&operation);
        let mut renamed = forged.clone();
        renamed.key = takar_sync::seal::key_id(kasi.person(), staf.account.device);
        operation.id = OpId(uuid::Uuid::now_v7());
        for envelope in [forged, renamed] {
            let receipt = staf.push(vec![envelope]).await.receipts.remove(0);
            // The second has the id of the first and other bytes.
            if receipt.seq.is_some() {
                assert_eq!(receipt.verdict.parts, [Outcome::Held { why: Why::Unauthenticated }]);
            }
        }
        let bytes =
            app.store.record_bytes(operation.office, figure(furniture.indicator).record()).await.unwrap();
        assert_eq!(bytes, None);
        app.log().await;
    });
}

#[test]
fn a_colleagues_session_carries_ones_work() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let browser = app.browser();
        let mut staf = browser.sign_in("staf").await;
        let kasi = browser.sign_in_on("kasi", Some(staf.account.device)).await;
        let envelope = staf.sealed(vec![number(furniture.indicator, 42, vec![])]);
        browser.call("sign_out", &serde_json::json!({ "person": staf.person() })).await;
        let receipts = kasi.push(vec![envelope]).await.receipts;
        assert_eq!(receipts[0].verdict.parts, [Outcome::Applied]);
        let log = app.log().await;
        let operation = takar_sync::seal::open(log.last().unwrap().envelope.as_ref().unwrap()).unwrap();
        assert_eq!(operation.author, staf.person());
    });
}

#[test]
fn eight_writers_at_once_leave_one_whole_log() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let before = app.log().await.len();
        write_at_once(&[&app], furniture.indicator, 8, 25).await;
        let log = app.log().await;
        assert_eq!(log.len(), before + 8 * 25);
        let ids: BTreeSet<OpId> = log.iter().map(|e| e.op).collect();
        assert_eq!(ids.len(), log.len());
    });
}

#[test]
fn two_servers_on_one_database_are_one_office() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let second = TestApp::on(app.store.clone(), Site::None, false).await;
        let before = app.log().await.len();
        write_at_once(&[&app, &second], furniture.indicator, 8, 25).await;
        let log = app.log().await;
        assert_eq!(log.len(), before + 8 * 25);
        // Each server answers with the whole log, and knows the other's repeats.
        let staf = second.browser().sign_in("staf").await;
        assert_eq!(pages(&staf).await, log);
        let last = log.last().unwrap();
        let receipt = staf.push(vec![last.envelope.clone().unwrap()]).await.receipts.remove(0);
        assert_eq!((receipt.seq, &receipt.verdict), (Some(last.seq), &*last.verdict));
    });
}

/// Each writer pushes `count` operations one by one and sends each twice, as
/// after a lost answer; then all heads of the figure must stand.
async fn write_at_once(
    apps: &[&TestApp],
    indicator: takar_domain::record::RecordId,
    writers: usize,
    count: i64,
) {
    let mut tasks = Vec::new();
    for place in 0..writers {
        let app = apps[place % apps.len()];
        let mut staf = app.browser().sign_in("staf").await;
        tasks.push(tokio::spawn(async move {
            let mut mine = Vec::new();
            for step in 0..count {
                let value = i64::try_from(place).unwrap() * 1_000 + step;
                let envelope = staf.sealed(vec![number(indicator, value, mine.clone())]);
                let first = staf.push(vec![envelope.clone()]).await.receipts.remove(0);
                assert_eq!(first.verdict.parts, [Outcome::Applied]);
                let second = staf.push(vec![envelope]).await.receipts.remove(0);
                assert_eq!(first, second);
                mine = vec![first.op];
            }
            mine[0]
        }));
    }
    let mut last = BTreeSet::new();
    for task in tasks {
        last.insert(task.await.unwrap());
    }
    let office = apps[0].store.office().await.unwrap().unwrap();
    let bytes = apps[0].store.record_bytes(office, figure(indicator).record()).await.unwrap().unwrap();
    let record: takar_domain::record::Record = takar_sync::codec::from_cbor(&bytes).unwrap();
    let heads: BTreeSet<OpId> = record.groups[VALUE].heads.iter().map(|h| h.op).collect();
    assert_eq!(heads, last, "every writer's last value stands, all their earlier ones are superseded");
}

#[test]
fn pages_end_where_commits_ended() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        for _ in 0..3 {
            let batch = (0..300).map(|n| staf.sealed(vec![number(furniture.indicator, n, vec![])])).collect();
            staf.push(batch).await;
        }
        let log = pages(&staf).await;
        assert_eq!(log, app.log().await);
        let Delta::Page(first) = staf.pull(vec![]).await else { panic!("diverged") };
        let rows = app.store.entries(staf.account.office, 0, 10_000).await.unwrap();
        let (last, end) = &rows[first.entries.len() - 1];
        assert_eq!(last.seq, *end);
        assert!(first.entries.len() < log.len());
    });
}

#[test]
fn a_log_from_elsewhere_leads_back_to_the_common_point() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let log = app.log().await;
        let at = |seq: usize| Cursor {
            office: staf.account.office,
            seq: seq as u64,
            hash: log[seq - 1].hash.clone(),
        };
        let wrong = |seq: u64| Cursor { office: staf.account.office, seq, hash: vec![9; 32] };
        let newest = log.len() as u64;
        for (cursors, expected) in
            [(vec![wrong(newest + 5), wrong(newest), at(3), at(1)], 3), (vec![wrong(newest)], 0)]
        {
            let Delta::Diverged { common, newest: found, .. } = staf.pull(cursors).await else {
                panic!("page")
            };
            assert_eq!((common, found), (expected, newest));
        }
        let foreign = Cursor { office: furniture_of_another_office(), ..wrong(1) };
        let body = takar_sync::wire::Pull {
            device: staf.account.device,
            cursors: vec![foreign],
            depth: 0,
            snapshot: false,
            room: None,
        };
        let answer = staf.request("/api/v1/pull", &body).send().await.unwrap();
        expect_problem(answer, 409, "office.replaced").await;
    });
}

fn furniture_of_another_office() -> takar_domain::record::RecordId {
    takar_domain::record::RecordId(uuid::Uuid::now_v7())
}

#[test]
fn an_open_app_is_poked() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let kasi = app.browser().sign_in("kasi").await;
        let answer = kasi.browser.get("/api/v1/events").send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut stream = Box::pin(answer.bytes_stream());
        let mut text = String::new();
        let before = app.log().await.len();
        while !text.contains(&format!("\"seq\":{before}}}")) {
            text.push_str(std::str::from_utf8(&stream.next().await.unwrap().unwrap()).unwrap());
        }
        staf.act(vec![number(furniture.indicator, 5, vec![])]).await;
        while !text.contains(&format!("\"seq\":{}}}", before + 1)) {
            text.push_str(std::str::from_utf8(&stream.next().await.unwrap().unwrap()).unwrap());
        }
        assert!(text.contains("event: poke"));
        let answer = app.browser().get("/api/v1/events").send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
    });
}

#[test]
fn others_may_speak_json() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let envelope = staf.sealed(vec![number(furniture.indicator, 42, vec![])]);
        let push = staf.push_body(vec![envelope]);
        let answer = staf.browser.post("/api/v1/push").json(&push).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/json");
        let json: takar_sync::wire::PushAnswer = answer.json().await.unwrap();
        let cbor =
            staf.request("/api/v1/push", &push).header("accept", "application/cbor").send().await.unwrap();
        let cbor: takar_sync::wire::PushAnswer = read(cbor).await;
        assert_eq!(json.receipts, cbor.receipts);
    });
}
