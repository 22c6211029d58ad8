//! Two servers on one database are one office: people on both, one log, one
//! set of sessions and brakes, and news of one reaches the other.

use std::collections::BTreeSet;
use std::time::Duration;

use takar_domain::record::OpId;
use takar_server::http::Site;
use takar_server::service::audit::audit_store;
use takar_server::store::mishap::Mishap;
use takar_sync::client::{State, Trigger};
use tokio::sync::oneshot;
use tokio_stream::StreamExt;

use crate::app::{PASSWORD, TestApp, Worker, expect_problem, run};
use crate::office::{self, Furniture, number};
use crate::tab::Tab;

async fn two() -> (TestApp, TestApp, Furniture) {
    let (first, _, furniture) = office::open().await;
    let second = TestApp::on(first.store.clone(), Site::None, false).await;
    (first, second, furniture)
}

/// The one that writes little is always first: what the other one has to
/// write goes in smaller and smaller commits, until one of them fits.
#[test]
fn a_server_with_much_to_write_is_not_starved_by_one_with_little() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut kasi = app.browser().sign_in("kasi").await;
        let much: Vec<_> =
            (0..40).map(|n| kasi.sealed(vec![number(furniture.indicator, n, vec![])])).collect();
        app.store.mishaps.plant(Some(Mishap::Crowded(3)));
        let receipts = kasi.push(much).await.receipts;
        assert_eq!(receipts.len(), 40);
        let first = receipts[0].seq.unwrap();
        let places: Vec<_> = receipts.iter().map(|receipt| receipt.seq.unwrap()).collect();
        assert_eq!(places, (first..first + 40).collect::<Vec<_>>(), "in the order they were sent");
    });
}

/// Whenever one has computed a commit the other one writes, unless it waits.
#[test]
fn a_server_that_always_comes_second_is_let_go_first() {
    run(async {
        let (first, _, furniture) = office::open().await;
        let second = TestApp::on(first.store.apart(), Site::None, false).await;
        let mut quick = first.browser().sign_in("staf").await;
        let mut late = second.browser().sign_in("kasi").await;
        let hold = || {
            let (reached, arrived) = oneshot::channel();
            let (go, go_on) = oneshot::channel();
            second.store.mishaps.plant(Some(Mishap::Hold { reached, go_on }));
            (arrived, go)
        };
        let (mut arrived, mut go) = hold();
        let part = number(furniture.indicator, 7, vec![]);
        let pushing = tokio::spawn(async move { late.act(vec![part]).await });
        let writes: Vec<_> =
            (0..6).map(|n| quick.sealed(vec![number(furniture.indicator, n, vec![])])).collect();
        let mut waits = None;
        for write in writes {
            arrived.await.unwrap();
            let next = hold();
            let mut writing = Box::pin(quick.push(vec![write]));
            if tokio::time::timeout(Duration::from_millis(400), &mut writing).await.is_err() {
                waits = Some(writing);
                second.store.mishaps.plant(None);
                go.send(()).unwrap();
                break;
            }
            go.send(()).unwrap();
            (arrived, go) = next;
        }
        let waits = waits.expect("one writes and writes, the other one never comes to it");
        assert_eq!(pushing.await.unwrap().len(), 1);
        assert!(waits.await.receipts[0].seq.is_some(), "and then the other one again");
        first.log().await;
    });
}

#[test]
fn people_on_two_servers_lose_nothing_to_each_other() {
    run(async {
        let (first, second, furniture) = two().await;
        let before: BTreeSet<OpId> = first.log().await.iter().map(|entry| entry.op).collect();
        let mut tasks = Vec::new();
        for place in 0..8_i64 {
            let app = if place % 2 == 0 { &first } else { &second };
            // Who may also decide between the answers that meet.
            let mut tab = Tab::open(app.browser().sign_in("kasi").await).await;
            // Half of them move to the other server in the middle of their work.
            let elsewhere = if place < 4 { second.url.clone() } else { first.url.clone() };
            let indicator = furniture.indicator;
            tasks.push(tokio::spawn(async move {
                for step in 0..20 {
                    if step == 10 {
                        tab.worker.browser.url.clone_from(&elsewhere);
                    }
                    tab.save(indicator, place * 100 + step).await;
                    tab.wake(Trigger::Manual).await;
                }
                tab.settle().await;
                tab
            }));
        }
        let (mut tabs, mut saved) = (Vec::new(), before);
        for task in tasks {
            let mut tab = task.await.unwrap();
            assert_eq!(tab.saved.len(), 20);
            saved.append(&mut tab.saved);
            tabs.push(tab);
        }
        let log = first.log().await;
        let ids: BTreeSet<OpId> = log.iter().map(|entry| entry.op).collect();
        assert_eq!(ids.len(), log.len(), "nothing is there twice");
        assert_eq!(ids, saved, "nothing is missing, nothing was invented");
        // Every device comes to the same place and the same open values.
        for tab in &mut tabs {
            tab.wake(Trigger::Poke(log.len() as u64)).await;
            assert!(matches!(tab.client.status().state, State::UpToDate { .. }), "{:?}", tab.client.status());
        }
        let expected = (tabs[0].client.cursor(), tabs[0].numbers(furniture.indicator));
        for tab in &tabs {
            assert_eq!((tab.client.cursor(), tab.numbers(furniture.indicator)), expected);
        }
        // Records, receipts and chain say the same when computed anew.
        let office = first.store.office().await.unwrap().unwrap();
        assert_eq!(audit_store(&first.store, office).await.unwrap().audit.disagreement, None);
    });
}

#[test]
fn news_of_one_server_pokes_the_apps_of_the_other() {
    run(async {
        let (first, second, furniture) = two().await;
        let kasi = second.browser().sign_in("kasi").await;
        let mut pokes = Box::pin(kasi.browser.get("/api/v1/events").send().await.unwrap().bytes_stream());
        let mut staf = first.browser().sign_in("staf").await;
        staf.act(vec![number(furniture.indicator, 5, vec![])]).await;
        let newest = format!("\"seq\":{}}}", first.log().await.len());
        let started = std::time::Instant::now();
        let mut text = String::new();
        while !text.contains(&newest) {
            text.push_str(std::str::from_utf8(&pokes.next().await.unwrap().unwrap()).unwrap());
        }
        println!("poked after {} ms", started.elapsed().as_millis());
    });
}

/// The same browser at another server.
fn at(app: &TestApp, worker: &Worker) -> Worker {
    let mut worker = worker.clone();
    worker.browser.url.clone_from(&app.url);
    worker
}

#[test]
fn a_session_is_valid_and_ends_on_both() {
    run(async {
        let (first, second, furniture) = two().await;
        let mut staf = at(&second, &first.browser().sign_in("staf").await);
        assert_eq!(staf.act(vec![number(furniture.indicator, 5, vec![])]).await.len(), 1);
        let args = serde_json::json!({ "person": staf.person() });
        assert_eq!(staf.browser.call("sign_out", &args).await.status(), 200);
        let push = staf.push_body(Vec::new());
        let answer = at(&first, &staf).request("/api/v1/push", &push).send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
        // A new password on one ends the sessions on the other.
        let lain = second.browser().sign_in("lain").await;
        let admin = first.browser().sign_in("admin").await;
        office::set_password(&admin, lain.person()).await;
        let answer = lain.request("/api/v1/push", &lain.push_body(Vec::new())).send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
    });
}

#[test]
fn guessing_on_two_servers_is_counted_together() {
    run(async {
        let (first, second, _) = two().await;
        for app in [&first, &second, &first, &second, &first] {
            let answer = app.browser().try_sign_in("staf", "salah-sekali", None).await;
            expect_problem(answer, 401, "sign_in.wrong").await;
        }
        for app in [&first, &second] {
            let answer = app.browser().try_sign_in("staf", PASSWORD, None).await;
            expect_problem(answer, 429, "sign_in.throttled").await;
        }
    });
}
