//! Lean pages: nothing comes that the reader can compute or has just sent.

use std::pin::pin;
use std::time::Duration;

use takar_domain::record::OpId;
use takar_server::http::Site;
use takar_server::store::mishap::Mishap;
use takar_sync::operation::Envelope;
use takar_sync::wire::{Cursor, Delta, Page, Pull, Push, PushAnswer};
use takar_sync::{chain, lean};
use tokio::sync::oneshot;

use crate::app::{TestApp, Worker, read, run};
use crate::office::{self, number};

/// The pages after `cursor`, each with room for so many bytes, to the end.
async fn pull(worker: &Worker, mut cursor: Cursor, room: u64) -> Vec<Page> {
    let mut pages = Vec::new();
    loop {
        let pull = Pull {
            device: worker.account.device,
            cursors: vec![cursor.clone()],
            depth: 0,
            snapshot: false,
            room: Some(room),
        };
        let Delta::Page(page) = read(worker.request("/api/v1/pull", &pull).send().await.unwrap()).await
        else {
            panic!("a page was asked for")
        };
        let (_, to) = lean::complete(&cursor, &page.entries, |_| None).expect("the page proves itself");
        assert!(to.seq > cursor.seq, "a page brings something, however little room there is");
        cursor = to;
        let newest = page.newest;
        pages.push(page);
        if cursor.seq == newest {
            return pages;
        }
    }
}

#[test]
fn a_lean_page_is_the_log_without_what_its_reader_can_make() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let kept: Vec<Envelope> =
            (0..200).map(|n| staf.sealed(vec![number(furniture.indicator, n, vec![])])).collect();
        let log = app.log().await;
        let from = Cursor {
            office: staf.account.office,
            seq: log.len() as u64,
            hash: log.last().unwrap().hash.clone(),
        };
        let (device, cursors) = (staf.account.device, vec![from.clone()]);
        let push = Push { device, envelopes: kept.clone(), cursors, depth: 0, room: Some(1 << 20) };
        let answer: PushAnswer = read(staf.request("/api/v1/push", &push).send().await.unwrap()).await;
        let Delta::Page(page) = answer.delta else { panic!("a page was asked for") };
        assert!(page.entries.iter().all(|e| e.envelope.is_none()), "what was sent does not come back");
        let by_id = |op: OpId| kept.iter().find(|e| takar_sync::seal::peek(e) == Some(op)).cloned();
        let (whole, to) = lean::complete(&from, &page.entries, |op| Some(by_id(op))).unwrap();
        let log = app.log().await;
        assert_eq!(whole, log[log.len() - 200..], "and nothing is missing");
        assert_eq!(to.hash, log.last().unwrap().hash);
        // Who has forgotten what it sent cannot use the answer.
        assert_eq!(lean::complete(&from, &page.entries, |_| Some(None)), None);
        // A repeat is left out as well: it has the place that its receipt names.
        let again: PushAnswer = read(staf.request("/api/v1/push", &push).send().await.unwrap()).await;
        assert_eq!(again.receipts, answer.receipts);

        // Somebody else gets every operation, and one hash a page.
        let kasi = app.browser().sign_in("kasi").await;
        let origin = chain::origin(staf.account.office);
        let one = pull(&kasi, origin.clone(), 8 << 20).await;
        assert_eq!(one.len(), 1);
        let hashes = one[0].entries.iter().filter(|e| !e.hash.is_empty()).count();
        assert_eq!((one[0].entries.len(), hashes), (log.len(), 1));
        assert!(one[0].entries.iter().all(|e| e.envelope.is_some() && e.digest.is_empty()));
        let (whole, _) = lean::complete(&origin, &one[0].entries, |_| None).unwrap();
        assert_eq!(whole, log);
        let mut forged = one[0].clone();
        forged.entries[3].at += 1;
        assert_eq!(lean::complete(&origin, &forged.entries, |_| None), None, "the last hash proves all");
        forged = one[0].clone();
        forged.entries.last_mut().unwrap().hash.clear();
        assert_eq!(lean::complete(&origin, &forged.entries, |_| None), None, "and must be there");
        staf.act(vec![number(furniture.indicator, 7, vec![])]).await;
        assert!(pull(&kasi, origin, 0).await.len() > 1, "with little room, page by page");
    });
}

#[test]
fn who_lacks_much_gets_receipts_first_and_then_the_page_that_all_get() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut one = app.browser().sign_in("staf").await;
        let mut other = app.browser().sign_in("staf").await;
        let log = app.log().await;
        let seq = log.len() as u64;
        let from = Cursor { office: one.account.office, seq, hash: log.last().unwrap().hash.clone() };
        let many: Vec<Envelope> =
            (0..300).map(|n| one.sealed(vec![number(furniture.indicator, n, vec![])])).collect();
        let push = |worker: &Worker, envelopes: Vec<Envelope>| Push {
            device: worker.account.device,
            envelopes,
            cursors: vec![from.clone()],
            depth: 0,
            room: Some(8 << 20),
        };
        let body = push(&one, many);
        let answer: PushAnswer = read(one.request("/api/v1/push", &body).send().await.unwrap()).await;
        let Delta::Page(page) = answer.delta else { panic!("a page was asked for") };
        assert_eq!(page.entries.len(), 300, "it lacks nothing of others");
        let mine = vec![other.sealed(vec![number(furniture.indicator, 7, vec![])])];
        let body = push(&other, mine);
        let answer: PushAnswer = read(other.request("/api/v1/push", &body).send().await.unwrap()).await;
        let Delta::Page(page) = answer.delta else { panic!("a page was asked for") };
        assert_eq!((page.entries.len(), page.newest), (0, seq + 301));
        assert_eq!(answer.receipts[0].seq, Some(seq + 301));

        let first = pull(&other, from.clone(), 8 << 20).await;
        let second = pull(&one, from.clone(), 8 << 20).await;
        assert_eq!((first.len(), first[0].entries.len()), (1, 301));
        assert_eq!(first[0].entries, second[0].entries);
        one.act(vec![number(furniture.indicator, 8, vec![])]).await;
        let third = pull(&other, from, 8 << 20).await;
        assert_eq!(third[0].entries.len(), 302, "and never told when there is more");
    });
}

#[test]
fn a_page_that_the_database_does_not_give_holds_up_no_other_page() {
    run(async {
        let (app, _, _) = office::open().await;
        // Started anew, it has nothing of the log in memory.
        let app = TestApp::on(app.store.clone(), Site::None, false).await;
        let kasi = app.browser().sign_in("kasi").await;
        let log = app.log().await;
        let origin = chain::origin(kasi.account.office);
        let later = Cursor { office: origin.office, seq: 1, hash: log[0].hash.clone() };
        let (reached, arrived) = oneshot::channel();
        let (go, go_on) = oneshot::channel();
        app.store.mishaps.plant(Some(Mishap::HoldReading { reached, go_on }));
        let whole = async |from: Cursor| pull(&kasi, from, 8 << 20).await[0].entries.len();
        let (held, twin) = (pin!(whole(origin.clone())), pin!(whole(origin)));
        let other = async {
            arrived.await.unwrap();
            let other = tokio::time::timeout(Duration::from_secs(20), whole(later)).await;
            go.send(()).unwrap();
            other.expect("it waits for a page that somebody else asked for")
        };
        let (held, twin, other) = tokio::join!(held, twin, other);
        assert_eq!((held, twin, other), (log.len(), log.len(), log.len() - 1));
    });
}
