//! Evidence on its way to the office: offered, cut, resumed, checked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use sha2::{Digest, Sha256};
use takar_server::service::clock::now_ms;
use takar_server::service::secret::hex;
use takar_server::service::sweep::{KEPT, Swept, UNFINISHED};
use takar_sync::operation::Part;
use takar_sync::verdict::Verdict;

use crate::app::{Worker, expect_problem, run};
use crate::office::{self, edit};
use crate::tus::{head, offer, offset, part, patch, pdf, proven, send, tus};

const DAY: i64 = 24 * 3_600_000;
async fn verdict(worker: &mut Worker, part: Part) -> Verdict {
    let envelope = worker.sealed(vec![part]);
    worker.push(vec![envelope]).await.receipts.remove(0).verdict
}
#[test]
fn a_file_comes_in_parts_and_is_there_once_its_hash_was_checked() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(1, 700_000);
        let part = proven(furniture.indicator, staf.person(), 5, &sha256, bytes.len());
        assert_eq!(
            verdict(&mut staf, part.clone()).await.needs,
            std::slice::from_ref(&sha256),
            "the office lacks it"
        );
        let offered = offer(&staf, &sha256, bytes.len() as u64).await;
        assert_eq!(offered.status(), 201);
        assert_eq!(offered.headers()["location"], format!("/api/v1/uploads/{sha256}"));
        assert!(offered.headers()["upload-expires"].to_str().unwrap().ends_with(" GMT"));
        let mut at = 0;
        for chunk in bytes.chunks(256 << 10) {
            assert_eq!(
                app.store.file(staf.account.office, &sha256).await.unwrap(),
                None,
                "not before its end"
            );
            at = offset(&patch(&staf, &sha256, at, chunk).await);
            assert_eq!(offset(&head(&staf, &sha256).await), at);
        }
        let file = app.store.file(staf.account.office, &sha256).await.unwrap().unwrap();
        assert_eq!((file.size, file.media.as_str()), (700_000, "application/pdf"));
        assert_eq!(app.files.read(staf.account.office, &sha256).await.unwrap(), bytes);
        let again = offer(&staf, &sha256, bytes.len() as u64).await;
        assert_eq!(offset(&again), 700_000, "what is there is not sent again");
        let kasi = app.browser().sign_in("kasi").await;
        assert_eq!(offset(&offer(&kasi, &sha256, bytes.len() as u64).await), 700_000, "by nobody");
        assert_eq!(verdict(&mut staf, part).await.needs, Vec::<String>::new());
        assert_eq!(std::fs::read_dir(app.spool.0.join(staf.account.office.to_string())).unwrap().count(), 1);
        assert_eq!(app.files.spool.open(staf.account.office, staf.account.device), (0, 0), "nothing is left");
    });
}

#[test]
fn an_upload_goes_on_where_it_was_cut() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(2, 50_000);
        assert_eq!(offset(&offer(&staf, &sha256, 50_000).await), 0);
        let mut at = 0u64;
        // Cut after every few thousand bytes: the body ends before what it promised.
        while at < 50_000 {
            let rest = bytes[usize::try_from(at).unwrap()..].to_vec();
            let sent = rest.len().min(7_000);
            let last = sent == rest.len();
            let body = tokio_stream::iter([Ok(rest[..sent].to_vec()), Err(std::io::Error::other("cut"))]);
            let body = tokio_stream::StreamExt::take(body, if last { 1 } else { 2 });
            let request = part(&staf, &sha256, at).body(reqwest::Body::wrap_stream(body));
            assert_eq!(request.send().await.is_ok(), last);
            let stands = offset(&offer(&staf, &sha256, 50_000).await);
            assert!(stands >= at && stands <= at + sent as u64, "{stands} after {at} + {sent}");
            if stands == at && !last {
                // The cut came before the server read anything: that is progress for nobody.
                at = offset(&patch(&staf, &sha256, at, &rest[..sent]).await);
            } else {
                at = stands;
            }
        }
        assert_eq!(app.files.read(staf.account.office, &sha256).await.unwrap(), bytes);
    });
}

#[test]
fn a_newcomer_takes_over_from_a_dead_connection() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(3, 10_000);
        offer(&staf, &sha256, 10_000).await;
        // A body that begins and never ends.
        let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Vec<u8>, std::io::Error>>(1);
        let body = reqwest::Body::wrap_stream(tokio_stream::wrappers::ReceiverStream::new(receiver));
        let silent = tokio::spawn(part(&staf, &sha256, 0).body(body).send());
        sender.send(Ok(bytes[..4_000].to_vec())).await.unwrap();
        let began = || {
            app.files
                .spool
                .offset(&app.files.spool.find(staf.account.office, staf.account.device, &sha256).unwrap())
        };
        while began().unwrap() == 0 {
            tokio::task::yield_now().await;
        }
        let stands = offset(&offer(&staf, &sha256, 10_000).await);
        assert!(stands > 0 && stands <= 4_000, "what came stays: {stands}");
        expect_problem(silent.await.unwrap().unwrap(), 423, "upload.taken_over").await;
        let rest = &bytes[usize::try_from(stands).unwrap()..];
        assert_eq!(offset(&patch(&staf, &sha256, stands, rest).await), 10_000);
        drop(sender);
    });
}

#[test]
fn what_is_not_what_it_says_is_refused() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(4, 5_000);
        offer(&staf, &sha256, 5_000).await;
        let answer = patch(&staf, &sha256, 100, &bytes[100..]).await;
        assert_eq!(answer.headers()["upload-offset"], "0", "where it stands");
        expect_problem(answer, 409, "upload.offset").await;
        // One wrong byte: all of it goes, and it may begin again.
        let mut wrong = bytes.clone();
        wrong[2_000] ^= 1;
        expect_problem(patch(&staf, &sha256, 0, &wrong).await, 460, "upload.checksum").await;
        expect_problem(patch(&staf, &sha256, 0, &bytes).await, 404, "upload.none").await;
        assert_eq!(head(&staf, &sha256).await.status(), 404);
        // A part with a promised hash is taken whole or not at all.
        offer(&staf, &sha256, 5_000).await;
        let promise = |bytes: &[u8]| format!("sha256 {}", STANDARD.encode(Sha256::digest(bytes)));
        let answer = part(&staf, &sha256, 0).header("upload-checksum", promise(&bytes[..999]));
        expect_problem(answer.body(wrong[..3_000].to_vec()).send().await.unwrap(), 460, "upload.checksum")
            .await;
        assert_eq!(offset(&head(&staf, &sha256).await), 0);
        let answer = part(&staf, &sha256, 0).header("upload-checksum", promise(&bytes[..3_000]));
        assert_eq!(offset(&answer.body(bytes[..3_000].to_vec()).send().await.unwrap()), 3_000);
        // More than was said.
        expect_problem(patch(&staf, &sha256, 3_000, &bytes).await, 413, "request.too_large").await;
        assert_eq!(offset(&head(&staf, &sha256).await), 3_000);
        assert_eq!(offset(&patch(&staf, &sha256, 3_000, &bytes[3_000..]).await), 5_000);
        // Content decides, not the name.
        for (content, status, code) in [
            (&b"<html><script>alert(1)</script>"[..], 415, "file.unknown"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", 415, "file.heic"),
            (b"MZ\x90\0program", 415, "file.unknown"),
        ] {
            let sha256 = hex(&Sha256::digest(content));
            offer(&staf, &sha256, content.len() as u64).await;
            expect_problem(patch(&staf, &sha256, 0, content).await, status, code).await;
            assert_eq!(app.store.file(staf.account.office, &sha256).await.unwrap(), None);
        }
    });
}

#[test]
fn an_upload_can_be_ended_and_is_told_what_the_server_can() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let told = tus(&staf.browser, Method::OPTIONS, "").send().await.unwrap();
        assert_eq!(told.status(), 204);
        assert_eq!(told.headers()["tus-version"], "1.0.0");
        assert_eq!(told.headers()["tus-max-size"], (20u64 << 20).to_string());
        let (bytes, sha256) = pdf(5, 1_000);
        offer(&staf, &sha256, 1_000).await;
        patch(&staf, &sha256, 0, &bytes[..500]).await;
        let ended = tus(&staf.browser, Method::DELETE, &format!("/{sha256}")).send().await.unwrap();
        assert_eq!(ended.status(), 204);
        assert_eq!(head(&staf, &sha256).await.status(), 404);
    });
}

#[test]
fn the_office_sets_the_limit() {
    run(async {
        let (app, mut admin, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (_, sha256) = pdf(6, 100);
        expect_problem(offer(&staf, &sha256, (20 << 20) + 1).await, 413, "file.too_large").await;
        let (id, mut about) = app.front.office().await.unwrap().snapshot().config.office.clone().unwrap();
        about.file_limit = 2 << 20;
        let subject = takar_domain::record::Subject::Office { id };
        let standing = app.front.office().await.unwrap().snapshot().records[&id].seen("main");
        admin.act(vec![edit(subject, "main", standing, &about)]).await;
        let refused = expect_problem(offer(&staf, &sha256, (2 << 20) + 1).await, 413, "file.too_large").await;
        assert!(refused["detail"].as_str().unwrap().contains("2 MB"), "{refused}");
        assert_eq!(offer(&staf, &sha256, 2 << 20).await.status(), 201);
    });
}

#[test]
fn the_sweep_removes_only_what_no_operation_names() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let id = staf.account.office;
        let office = app.front.office().await.unwrap();
        let [(named, a), (refused, b), (lonely, c), (offered, d), (half, e)] =
            [11, 12, 13, 14, 15].map(|seed| pdf(seed, 3_000));
        for (bytes, sha256) in [(&named, &a), (&refused, &b), (&lonely, &c), (&offered, &d)] {
            send(&staf, bytes, sha256).await;
        }
        offer(&staf, &e, 3_000).await;
        patch(&staf, &e, 0, &half[..100]).await;
        let person = staf.person();
        verdict(&mut staf, proven(furniture.indicator, person, 5, &a, 3_000)).await;
        // Refused: another section's indicator. What it names stays all the same.
        let other = proven(furniture.other_indicator, staf.person(), 5, &b, 3_000);
        assert!(!verdict(&mut staf, other).await.is_applied());

        let now = now_ms();
        assert_eq!(office.sweep(&app.files, now + UNFINISHED - DAY).await.unwrap(), Swept::default());
        assert_eq!(offset(&head(&staf, &e).await), 100);
        let swept = office.sweep(&app.files, now + UNFINISHED + DAY).await.unwrap();
        assert_eq!(swept, Swept { files: 0, uploads: 1 }, "nobody went on with it");
        // An offer renews the age, as of now; the sweep looks at what is older.
        app.store.renew_file(id, &d, now + 10 * DAY).await.unwrap();
        let swept = office.sweep(&app.files, now + KEPT + DAY).await.unwrap();
        assert_eq!(swept, Swept { files: 1, uploads: 0 });
        for (sha256, stays) in [(&a, true), (&b, true), (&c, false), (&d, true)] {
            assert_eq!(app.store.file(id, sha256).await.unwrap().is_some(), stays, "{sha256}");
            assert_eq!(app.files.read(id, sha256).await.is_ok(), stays);
        }
        // Who offers it again may send it again.
        assert_eq!(offset(&offer(&staf, &c, 3_000).await), 0);
        offer(&staf, &d, 3_000).await;
        let at = app.store.file(id, &d).await.unwrap().unwrap().at;
        assert_eq!(at, now + 10 * DAY, "a clock that runs backwards makes nothing older");
    });
}

#[test]
fn a_file_whose_bytes_were_lost_is_asked_for_again() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(7, 2_000);
        send(&staf, &bytes, &sha256).await;
        app.files.remove(staf.account.office, &sha256).await.unwrap();
        send(&staf, &bytes, &sha256).await;
        assert_eq!(app.files.read(staf.account.office, &sha256).await.unwrap(), bytes);
    });
}

#[test]
fn two_devices_may_send_the_same_file_at_once() {
    run(async {
        let (app, _, _) = office::open().await;
        let (staf, kasi) = (app.browser().sign_in("staf").await, app.browser().sign_in("kasi").await);
        let (bytes, sha256) = pdf(8, 9_000);
        assert_eq!(offset(&offer(&staf, &sha256, 9_000).await), 0);
        assert_eq!(offset(&offer(&kasi, &sha256, 9_000).await), 0);
        assert_eq!(offset(&patch(&staf, &sha256, 0, &bytes[..5_000]).await), 5_000);
        // The other one spoils only her own.
        expect_problem(patch(&kasi, &sha256, 0, &[b'x'; 9_000]).await, 460, "upload.checksum").await;
        assert_eq!(offset(&patch(&staf, &sha256, 5_000, &bytes[5_000..]).await), 9_000);
        assert_eq!(offset(&head(&kasi, &sha256).await), 9_000);
    });
}
