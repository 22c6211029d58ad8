//! Evidence on its way back: only to people of the office, and nothing in it runs.

use reqwest::{Method, Response};
use sha2::{Digest, Sha256};
use takar_domain::evidence::media::Media;
use takar_domain::record::Subject;
use takar_server::service::backup::checked::Checked;
use takar_server::service::evidence::{Evidence, broken};
use takar_server::service::secret::hex;

use crate::app::{Worker, expect_problem, run};
use crate::office;
use crate::program::{Folder, Program};
use crate::restored::{back_up, restored};
use crate::tus::{offer, offset, patch, pdf, proven, send, tus};

async fn get(worker: &Worker, sha256: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = worker.browser.get(&format!("/api/v1/files/{sha256}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[test]
fn a_file_is_given_whole_or_in_ranges_and_runs_nowhere() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let kasi = app.browser().sign_in("kasi").await;
        let png = [b"\x89PNG\r\n\x1a\n".to_vec(), vec![7; 3_000]].concat();
        let csv = b"nagari;jumlah\nSatu;1\n".repeat(200);
        let (pdf, _) = pdf(1, 3_000);
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "nagari").unwrap();
        let xlsx = workbook.save_to_buffer().unwrap();
        // Whatever a device calls it (all are offered as `a.pdf`), the content says what it is.
        for (bytes, kind, place, ending) in [
            (&png, "image/png", "inline", "png"),
            (&csv, "text/csv", "attachment", "csv"),
            (&pdf, "application/pdf", "attachment", "pdf"),
            (&xlsx, Media::Xlsx.name(), "attachment", "xlsx"),
        ] {
            let sha256 = hex(&Sha256::digest(bytes));
            send(&staf, bytes, &sha256).await;
            let whole = get(&kasi, &sha256, &[("accept-encoding", "gzip")]).await;
            assert_eq!(whole.status(), 200);
            for (name, value) in [
                ("content-type", kind),
                ("content-security-policy", "sandbox; default-src 'none'"),
                ("x-content-type-options", "nosniff"),
                ("cross-origin-resource-policy", "same-origin"),
                ("cache-control", "private, max-age=31536000, immutable"),
                ("content-disposition", &format!("{place}; filename=\"bukti-{}.{ending}\"", &sha256[..12])),
                ("etag", &format!("\"{sha256}\"")),
                ("content-length", &bytes.len().to_string()),
            ] {
                assert_eq!(whole.headers()[name], *value, "{name} of {kind}");
            }
            assert!(!whole.headers().contains_key("content-encoding"), "a range is one of these very bytes");
            assert_eq!(whole.bytes().await.unwrap(), *bytes);
            let part = get(&kasi, &sha256, &[("range", "bytes=1000-1999")]).await;
            assert_eq!(part.status(), 206);
            assert_eq!(part.headers()["content-range"], format!("bytes 1000-1999/{}", bytes.len()));
            assert_eq!(part.bytes().await.unwrap(), bytes[1_000..2_000]);
            let known = get(&kasi, &sha256, &[("if-none-match", &format!("\"{sha256}\""))]).await;
            assert_eq!(known.status(), 304);
            let beyond = get(&kasi, &sha256, &[("range", "bytes=99999999-")]).await;
            expect_problem(beyond, 416, "request.range").await;
        }
    });
}

/// One row per kind of caller: may offer, may send, may download.
#[test]
fn only_people_of_the_office_send_and_only_readers_download() {
    run(async {
        let (app, mut admin, furniture) = office::open().await;
        let (there, sha256) = pdf(1, 500);
        let staf = app.browser().sign_in("staf").await;
        send(&staf, &there, &sha256).await;
        for username in ["admin", "kasi", "staf", "lain", "camat"] {
            let worker = app.browser().sign_in(username).await;
            let (bytes, own) = pdf(username.len() as u8 + username.as_bytes()[0], 600);
            send(&worker, &bytes, &own).await;
            assert_eq!(get(&worker, &sha256, &[]).await.status(), 200, "{username}");
        }
        // Her posts ended: what she saved before still comes, and she reads nothing.
        let lain = app.browser().sign_in("lain").await;
        let office = app.front.office().await.unwrap();
        let post = takar_domain::record::natural(lain.account.office.0, "holding/lain");
        let mut holding = office.snapshot().config.holdings[&post].clone();
        holding.to = Some("2026-01-31".into());
        let seen = office.snapshot().records[&post].seen("main");
        admin.act(vec![office::edit(Subject::Holding { id: post }, "main", seen, &holding)]).await;
        let (bytes, own) = pdf(99, 700);
        send(&lain, &bytes, &own).await;
        expect_problem(get(&lain, &sha256, &[]).await, 403, "permission.denied").await;
        // She left the office: nothing any more.
        let seen = office.snapshot().records[&lain.person()].seen("main");
        let mut person = office.snapshot().config.people[&lain.person()].clone();
        person.active = false;
        admin.act(vec![office::edit(Subject::Person { id: lain.person() }, "main", seen, &person)]).await;
        expect_problem(offer(&lain, &pdf(98, 700).1, 700).await, 403, "sign_in.inactive").await;
        expect_problem(patch(&lain, &own, 0, b"x").await, 403, "sign_in.inactive").await;
        expect_problem(get(&lain, &sha256, &[]).await, 403, "sign_in.inactive").await;
        // Nobody signed in.
        let stranger = app.browser();
        for request in [
            stranger.get(&format!("/api/v1/files/{sha256}")),
            tus(&stranger, Method::POST, ""),
            tus(&stranger, Method::PATCH, &format!("/{sha256}")),
            tus(&stranger, Method::DELETE, &format!("/{sha256}")),
        ] {
            expect_problem(request.send().await.unwrap(), 401, "session.needed").await;
        }
        assert_eq!(tus(&stranger, Method::HEAD, &format!("/{sha256}")).send().await.unwrap().status(), 401);
        // Another office's people, whatever they know.
        let (other, _, _) = office::open().await;
        let foreign = other.browser().sign_in("staf").await;
        expect_problem(get(&foreign, &sha256, &[]).await, 404, "file.missing").await;
        assert_eq!(offset(&offer(&foreign, &sha256, 500).await), 0, "nor do they learn that it exists");
        let _ = furniture;
    });
}

#[test]
fn a_backup_holds_evidence_copies_it_once_and_brings_it_back() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let id = staf.account.office;
        let [(first, a), (second, b), (third, c)] = [21, 22, 23].map(|seed| pdf(seed, 4_000));
        send(&staf, &first, &a).await;
        staf.act(vec![proven(furniture.indicator, staf.person(), 5, &a, 4_000)]).await;
        let folder = Folder::new("evidence");
        let one = back_up(&app, &folder).await;
        send(&staf, &second, &b).await;
        let two = back_up(&app, &folder).await;
        assert_eq!(two.manifest.files["evidence.cbor"].rows, 2);
        let place = |made: &takar_server::service::backup::Made, sha256: &str| {
            made.folder.join("evidence").join(&sha256[..2]).join(sha256)
        };
        linked(&place(&one, &a), &place(&two, &a));

        let back = restored(&two).await;
        assert_eq!(back.files.read(id, &a).await.unwrap(), first);
        assert_eq!(back.files.read(id, &b).await.unwrap(), second);
        let counted = Evidence::count(&back.store, id).await.unwrap();
        assert_eq!((counted.files, counted.bytes, counted.awaited), (2, 8_000, 0));
        assert!(back.store.named_files(id).await.unwrap().contains(&a), "the sweep knows what is named");
        assert_eq!(broken(&back.store, &back.files, id).await.unwrap(), Vec::<String>::new());
        let kasi = back.browser().sign_in("kasi").await;
        assert_eq!(get(&kasi, &a, &[]).await.bytes().await.unwrap(), first);

        // A file that is lost is told and does not end the backups.
        send(&staf, &third, &c).await;
        app.files.remove(id, &c).await.unwrap();
        assert_eq!(broken(&app.store, &app.files, id).await.unwrap(), [c]);
        let three = back_up(&app, &folder).await;
        assert_eq!((three.manifest.lost, three.manifest.files["evidence.cbor"].rows), (1, 2));

        // One that changed is no backup any more, and is not linked again.
        let spoiled = place(&three, &a);
        let mut bytes = std::fs::read(&spoiled).unwrap();
        bytes[50] ^= 1;
        std::fs::remove_file(&spoiled).unwrap();
        std::fs::write(&spoiled, &bytes).unwrap();
        let words = Checked::read(&three.folder).unwrap_err().to_string();
        assert!(words.contains(&a) && words.contains("berubah"), "{words}");
        let four = back_up(&app, &folder).await;
        assert_eq!(std::fs::read(place(&four, &a)).unwrap(), first);
        std::fs::remove_file(place(&four, &b)).unwrap();
        assert!(Checked::read(&four.folder).unwrap_err().to_string().contains("tidak ada"));
    });
}

#[cfg(unix)]
fn linked(one: &std::path::Path, two: &std::path::Path) {
    use std::os::unix::fs::MetadataExt;
    let place = |path| std::fs::metadata(path).map(|meta| (meta.dev(), meta.ino())).unwrap();
    assert_eq!(place(one), place(two), "copied once");
}

#[cfg(not(unix))]
fn linked(_: &std::path::Path, _: &std::path::Path) {}

#[test]
fn half_an_upload_survives_kill_nine() {
    let folder = Folder::new("half");
    run(async move {
        let mut program = Program::start(&folder);
        program.found().await;
        let (bytes, sha256) = pdf(31, 300_000);
        let mut at = 0u64;
        for round in 0..4u64 {
            let worker = program.browser().sign_in_on("admin", device(&folder)).await;
            std::fs::write(folder.0.join("device"), worker.account.device.to_string()).unwrap();
            let stands = offset(&offer(&worker, &sha256, 300_000).await);
            assert_eq!(stands, at, "round {round}: what was acknowledged is there");
            let from = usize::try_from(at).unwrap();
            let part = &bytes[from..(from + 80_000).min(300_000)];
            at = offset(&patch(&worker, &sha256, at, part).await);
            assert_eq!(at, (from + part.len()) as u64);
            program.kill();
            program = Program::start(&folder);
        }
        let worker = program.browser().sign_in("admin").await;
        assert_eq!(offset(&offer(&worker, &sha256, 300_000).await), 300_000, "and so is the whole");
        let given = worker.browser.get(&format!("/api/v1/files/{sha256}")).send().await.unwrap();
        assert_eq!(given.bytes().await.unwrap(), bytes);
        program.kill();
        drop(folder);
    });
}

/// The device of the round before: a browser keeps its own.
fn device(folder: &Folder) -> Option<takar_domain::record::DeviceId> {
    let text = std::fs::read_to_string(folder.0.join("device")).ok()?;
    Some(takar_domain::record::DeviceId(text.parse().unwrap()))
}
