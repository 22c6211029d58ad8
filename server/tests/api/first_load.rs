//! The first load of a long log: one document, named by its content, in ranges.

use reqwest::Response;
use sha2::{Digest, Sha256};
use takar_server::http::Site;
use takar_server::service::first_load::THRESHOLD;
use takar_sync::client::State;
use takar_sync::codec::from_cbor;
use takar_sync::wire::{Delta, Pull, Snapshot};
use takar_sync::{chain, lean};

use crate::app::{TestApp, Worker, expect_problem, read, run};
use crate::office::{self, Furniture, number};
use crate::tab::Tab;

/// An office whose log is longer than the threshold.
async fn long() -> (TestApp, Worker, Furniture) {
    let (app, _, furniture) = office::open().await;
    let mut staf = app.browser().sign_in("staf").await;
    let mut seen = Vec::new();
    while (app.front.office().await.unwrap().snapshot().tip.cursor.seq) < THRESHOLD + 60 {
        let mut batch = Vec::new();
        for n in 0..250 {
            let operation = staf.operation(vec![number(furniture.indicator, n, seen)]);
            seen = vec![operation.id];
            batch.push(staf.seal(&operation));
        }
        staf.push(batch).await;
    }
    (app, staf, furniture)
}

async fn offer(worker: &Worker, snapshot: bool) -> Delta {
    let pull = Pull { device: worker.account.device, cursors: vec![], depth: 0, snapshot, room: Some(1) };
    read(worker.request("/api/v1/pull", &pull).send().await.unwrap()).await
}

async fn get(worker: &Worker, sha256: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = worker.browser.get(&format!("/api/v1/snapshot/{sha256}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[test]
fn a_new_device_begins_with_one_document_and_goes_on_with_pages() {
    run(async {
        let (app, staf, _) = long().await;
        let Delta::Snapshot { sha256, size, seq, newest, .. } = offer(&staf, true).await else {
            panic!("no offer")
        };
        assert!(seq >= THRESHOLD - 250 && newest > seq, "{seq} of {newest}");
        assert!(matches!(offer(&staf, false).await, Delta::Page(_)), "who cannot take it is not offered it");
        let whole = get(&staf, &sha256, &[]).await;
        assert_eq!(whole.status(), 200);
        for (name, value) in [
            ("accept-ranges", "bytes"),
            ("content-type", "application/gzip"),
            ("cache-control", "private, max-age=31536000, immutable"),
            ("etag", &format!("\"{sha256}\"")),
        ] {
            assert_eq!(whole.headers()[name], *value);
        }
        assert!(!whole.headers().contains_key("content-encoding"), "it is packed already");
        let whole = whole.bytes().await.unwrap();
        assert_eq!(whole.len() as u64, size);
        assert_eq!(format!("{:x}", Sha256::digest(&whole)), sha256);

        // The whole log up to a commit's end, as the office has it.
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&whole[..]), &mut plain).unwrap();
        assert!(plain.len() > 3 * whole.len(), "{} of {}", whole.len(), plain.len());
        let Snapshot { pages } = from_cbor(&plain).unwrap();
        let rows = app.store.entries(staf.account.office, 0, u32::try_from(newest).unwrap()).await.unwrap();
        let mut entries = Vec::new();
        let mut at = chain::origin(staf.account.office);
        for page in &pages {
            let (whole, to) = lean::complete(&at, &page.entries, |_| None).expect("each page proves itself");
            entries.extend(whole);
            at = to;
        }
        assert_eq!(entries, rows.iter().take(entries.len()).map(|r| r.0.clone()).collect::<Vec<_>>());
        let (last, end) = &rows[entries.len() - 1];
        assert_eq!((last.seq, last.seq), (seq, *end));

        // Another server on the same database names it the same.
        let second = TestApp::on(app.store.clone(), Site::None, false).await;
        let kasi = second.browser().sign_in("kasi").await;
        assert_eq!(get(&kasi, &sha256, &[]).await.status(), 200);

        // The app's own engine.
        let tab = Tab::open(app.browser().sign_in("kasi").await).await;
        assert!(matches!(tab.client.status().state, State::UpToDate { .. }), "{:?}", tab.client.status());
        assert_eq!(tab.client.cursor().unwrap().seq, newest);
        assert_eq!(tab.asked[..4], ["pull", "range", "unpack", "pull"], "one document, then what is new");
    });
}

#[test]
fn a_document_is_given_in_ranges_and_only_to_who_may_read() {
    run(async {
        let (app, staf, _) = long().await;
        let Delta::Snapshot { sha256, size, .. } = offer(&staf, true).await else { panic!("no offer") };
        let whole = get(&staf, &sha256, &[]).await.bytes().await.unwrap();
        let part = get(&staf, &sha256, &[("range", "bytes=1000-1999")]).await;
        assert_eq!(part.status(), 206);
        assert_eq!(part.headers()["content-range"], format!("bytes 1000-1999/{size}"));
        assert_eq!(part.bytes().await.unwrap(), whole[1000..2000]);
        let rest = get(&staf, &sha256, &[("range", "bytes=2000-"), ("accept-encoding", "gzip")]).await;
        assert_eq!((rest.status().as_u16(), rest.bytes().await.unwrap()), (206, whole.slice(2000..)));

        let beyond = get(&staf, &sha256, &[("range", &format!("bytes={size}-"))]).await;
        assert_eq!(beyond.headers()["content-range"], format!("bytes */{size}"));
        expect_problem(beyond, 416, "request.range").await;
        let tag = format!("\"{sha256}\"");
        let known = get(&staf, &sha256, &[("if-none-match", &tag)]).await;
        assert_eq!((known.status().as_u16(), known.headers()["etag"].to_str().unwrap()), (304, tag.as_str()));
        let other = get(&staf, &sha256, &[("range", "bytes=0-9"), ("if-range", "\"x\"")]).await;
        assert_eq!(other.status(), 200, "a part of another document would not fit");

        expect_problem(get(&staf, &"0".repeat(64), &[]).await, 404, "not_found").await;
        let stranger = app.browser().get(&format!("/api/v1/snapshot/{sha256}")).send().await.unwrap();
        expect_problem(stranger, 401, "session.needed").await;
    });
}

#[test]
fn a_short_log_is_given_in_pages() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        assert!(matches!(offer(&staf, true).await, Delta::Page(_)));
    });
}
