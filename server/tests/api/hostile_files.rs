//! What nobody should send to the routes of evidence: every refusal is
//! problem+json, and nothing is stored, told or written outside its folder.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder};

use crate::app::{TestApp, Worker, expect_problem, run};
use crate::hostile::state;
use crate::office;
use crate::tus::{offer, offset, patch, pdf, send, tus};

/// Everything that must not change: the log, the files, the spool.
async fn all(app: &TestApp) -> (Vec<u8>, usize, Vec<String>) {
    let office = app.store.office().await.unwrap().unwrap();
    let mut names = Vec::new();
    let mut folders = vec![app.spool.0.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                names.push(entry.path().display().to_string());
            }
        }
    }
    (state(app).await, app.store.files(office).await.unwrap().len(), names)
}

fn create(worker: &Worker, length: &str, metadata: &str) -> RequestBuilder {
    let request = tus(&worker.browser, Method::POST, "");
    request.header("upload-length", length).header("upload-metadata", metadata)
}

fn named(sha256: &str) -> String {
    format!("sha256 {}", STANDARD.encode(sha256))
}

#[test]
fn malformed_offers_are_refused() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let before = all(&app).await;
        let good = "ab".repeat(32);
        for (length, metadata) in [
            ("", named(&good)),
            ("-1", named(&good)),
            ("1e3", named(&good)),
            ("99999999999999999999999", named(&good)),
            ("10", String::new()),
            ("10", "sha256".into()),
            ("10", "sha256 ***".into()),
            ("10", named("")),
            ("10", named("../../../../etc/passwd")),
            ("10", named(&format!("{}/..", &good[..61]))),
            ("10", named(&good.to_uppercase())),
            ("10", named(&good[..63])),
            ("10", named(&format!("{good}0"))),
            ("10", format!("sha256 {}", STANDARD.encode([0xff; 64]))),
            ("10", format!("filename {}", STANDARD.encode(&good))),
        ] {
            expect_problem(create(&staf, length, &metadata).send().await.unwrap(), 400, "request.malformed")
                .await;
        }
        let without = tus(&staf.browser, Method::POST, "").header("upload-metadata", named(&good));
        let deferred = without.header("upload-defer-length", "1").send().await.unwrap();
        expect_problem(deferred, 400, "request.malformed").await;
        expect_problem(create(&staf, "0", &named(&good)).send().await.unwrap(), 415, "file.empty").await;
        for length in [(20u64 << 20) + 1, 1 << 40, u64::MAX] {
            let refused = expect_problem(offer(&staf, &good, length).await, 413, "file.too_large").await;
            assert!(refused["detail"].as_str().unwrap().contains("20 MB"));
        }
        // Another version of the protocol, or none.
        for version in [None, Some("0.2.2"), Some("2.0.0")] {
            let mut request = staf.browser.post("/api/v1/uploads").header("upload-length", "10");
            request = request.header("upload-metadata", named(&good));
            if let Some(version) = version {
                request = request.header("tus-resumable", version);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.headers()["tus-version"], "1.0.0");
            expect_problem(answer, 412, "upload.version").await;
        }
        for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = tus(&staf.browser, method, "").send().await.unwrap();
            expect_problem(answer, 405, "request.method").await;
        }
        assert_eq!(all(&app).await, before);
    });
}

#[test]
fn malformed_parts_are_refused_and_change_nothing() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(1, 2_000);
        offer(&staf, &sha256, 2_000).await;
        patch(&staf, &sha256, 0, &bytes[..1_000]).await;
        let before = all(&app).await;
        let part = |kind: &str, offset: &str| {
            let request = tus(&staf.browser, Method::PATCH, &format!("/{sha256}"));
            request
                .header("content-type", kind.to_owned())
                .header("upload-offset", offset.to_owned())
                .body(vec![b'x'; 10])
        };
        const KIND: &str = "application/offset+octet-stream";
        expect_problem(part("text/plain", "1000").send().await.unwrap(), 415, "request.media_type").await;
        for wrong in ["", "-1", "x", "1000.0", "99999999999999999999999"] {
            expect_problem(part(KIND, wrong).send().await.unwrap(), 400, "request.malformed").await;
        }
        for wrong in ["0", "999", "1001", "2000", "18446744073709551615"] {
            let answer = part(KIND, wrong).send().await.unwrap();
            assert_eq!(answer.headers()["upload-offset"], "1000");
            expect_problem(answer, 409, "upload.offset").await;
        }
        for wrong in ["sha256", "sha256 ", "sha256 AAAA", "md5 AAAA", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="] {
            let answer = part(KIND, "1000").header("upload-checksum", wrong).send().await.unwrap();
            expect_problem(answer, 400, "request.malformed").await;
        }
        // A replayed part stands at the wrong place.
        expect_problem(patch(&staf, &sha256, 0, &bytes[..1_000]).await, 409, "upload.offset").await;
        // Far more than was said: what of it came is cut off again.
        let flood = vec![b'x'; 3 << 20];
        expect_problem(patch(&staf, &sha256, 1_000, &flood).await, 413, "request.too_large").await;
        assert_eq!(all(&app).await, before);
        assert_eq!(offset(&patch(&staf, &sha256, 1_000, &bytes[1_000..]).await), 2_000);
        // Replayed once it is whole.
        assert_eq!(offset(&patch(&staf, &sha256, 2_000, b"").await), 2_000);
        expect_problem(patch(&staf, &sha256, 1_000, &bytes[1_000..]).await, 409, "upload.offset").await;
    });
}

#[test]
fn no_name_leads_out_of_the_folder() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(1, 500);
        send(&staf, &bytes, &sha256).await;
        let before = all(&app).await;
        for name in [
            "..%2f..%2f..%2fetc%2fpasswd",
            "%2e%2e%2f%2e%2e%2ftakar.db",
            "..%5c..%5cwindows",
            "%00",
            &sha256.to_uppercase(),
            &sha256[..63],
            &format!("{sha256}%00"),
            &format!("{sha256}.500"),
            &format!("{sha256}%2f"),
        ] {
            let file = staf.browser.get(&format!("/api/v1/files/{name}")).send().await.unwrap();
            expect_problem(file, 404, "not_found").await;
            for method in [Method::PATCH, Method::DELETE] {
                let answer = tus(&staf.browser, method, &format!("/{name}"));
                let answer = answer
                    .header("content-type", "application/offset+octet-stream")
                    .header("upload-offset", "0");
                expect_problem(answer.body("x").send().await.unwrap(), 404, "not_found").await;
            }
            assert_eq!(
                tus(&staf.browser, Method::HEAD, &format!("/{name}")).send().await.unwrap().status(),
                404
            );
        }
        for path in ["/api/v1/files", "/api/v1/files/", "/api/v1/files/a/b", "/api/v1/uploads/a/b"] {
            expect_problem(staf.browser.get(path).send().await.unwrap(), 404, "not_found").await;
        }
        expect_problem(
            staf.browser.post(&format!("/api/v1/files/{sha256}")).send().await.unwrap(),
            405,
            "request.method",
        )
        .await;
        let unknown = staf.browser.get(&format!("/api/v1/files/{}", "0".repeat(64))).send().await.unwrap();
        expect_problem(unknown, 404, "file.missing").await;
        assert_eq!(all(&app).await, before);
    });
}

#[test]
fn other_sites_cannot_send_or_end_files() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (_, sha256) = pdf(1, 500);
        offer(&staf, &sha256, 500).await;
        let before = all(&app).await;
        for (method, path) in [
            (Method::POST, String::new()),
            (Method::PATCH, format!("/{sha256}")),
            (Method::DELETE, format!("/{sha256}")),
        ] {
            let answer = tus(&staf.browser, method, &path).header("origin", "https://jahat.example");
            expect_problem(answer.send().await.unwrap(), 403, "request.cross_site").await;
        }
        assert_eq!(all(&app).await, before);
    });
}

#[test]
fn a_device_cannot_begin_uploads_without_end() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let name = |n: u32| format!("{n:064x}");
        for n in 0..200 {
            assert_eq!(offer(&staf, &name(n), 100).await.status(), 201);
        }
        let answer = offer(&staf, &name(200), 100).await;
        assert_eq!(answer.headers()["retry-after"], "60");
        expect_problem(answer, 429, "upload.too_many").await;
        assert_eq!(offset(&offer(&staf, &name(7), 100).await), 0, "what began goes on");
        let kasi = app.browser().sign_in("kasi").await;
        assert_eq!(offer(&kasi, &name(200), 100).await.status(), 201, "nobody else waits for it");
    });
}
