//! What every answer carries, and the shell.

use std::path::Path;

use takar_server::http::Site;
use takar_server::store::Store;

use crate::app::{TestApp, expect_problem, run};

/// A built app in a folder of its own, removed with the test.
struct Built(std::path::PathBuf);

impl Built {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("takar-{name}-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(folder.join("pkg")).unwrap();
        let built = Self(folder);
        built.put("index.html", "<!doctype html><title>Takar</title>");
        built.put("sw.js", "// pekerja");
        built.put("pkg/takar-0a1b2c3d4e5f.wasm", "\0asm");
        built.put("pkg/takar-0a1b2c3d4e5f.wasm.br", "br");
        built
    }

    fn put(&self, path: &str, text: &str) {
        std::fs::write(self.0.join(path), text).unwrap();
    }

    fn site(&self) -> Site {
        Site::Folder(self.0.clone())
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(Path::new(&self.0));
    }
}

#[test]
fn every_answer_is_marked_and_guarded() {
    run(async {
        let built = Built::new("headers");
        let store = Store::open("mem://").await.unwrap();
        let app = TestApp::on(store, built.site(), false).await;
        let browser = app.browser();
        for path in ["/", "/api/v1/health", "/api/none", "/pkg/none.js", "/sw.js", "/isi/x"] {
            let answer = browser.get(path).header("accept", "text/html").send().await.unwrap();
            let header =
                |name: &str| answer.headers().get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
            let policy = header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{path}"
            );
            assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("x-takar"), "1");
            assert!(header("x-takar-time").parse::<i64>().unwrap() > 1_700_000_000_000);
            assert_eq!(header("strict-transport-security"), "", "only under TLS");
            assert_eq!(header("x-request-id").len(), 36);
        }
    });
}

#[test]
fn the_shell_is_for_pages_only() {
    run(async {
        let built = Built::new("shell");
        let store = Store::open("mem://").await.unwrap();
        let app = TestApp::on(store, built.site(), false).await;
        let browser = app.browser();
        for path in ["/", "/isi/0190abcd/q3", "/rekap/cetak"] {
            let answer = browser.get(path).header("accept", "text/html,*/*;q=0.8").send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            assert_eq!(answer.headers()["cache-control"], "no-cache");
            assert!(answer.text().await.unwrap().contains("<title>Takar"));
        }
        for path in
            ["/pkg/gone.wasm", "/pkg/", "/api/v1/none", "/api/fn/none", "/gone.js", "/..%2fCargo.toml"]
        {
            let accept = if path.starts_with("/gone") { "*/*" } else { "text/html" };
            let answer = browser.get(path).header("accept", accept).send().await.unwrap();
            let code = if path.starts_with("/api/fn") { (405, "request.method") } else { (404, "not_found") };
            expect_problem(answer, code.0, code.1).await;
        }
        let answer = browser.post("/isi/x").send().await.unwrap();
        expect_problem(answer, 405, "request.method").await;
    });
}

#[test]
fn hashed_files_are_kept_and_sent_compressed() {
    run(async {
        let built = Built::new("files");
        let store = Store::open("mem://").await.unwrap();
        let app = TestApp::on(store, built.site(), false).await;
        let browser = app.browser();
        let wasm = "/pkg/takar-0a1b2c3d4e5f.wasm";
        let answer = browser.get(wasm).header("accept-encoding", "gzip, br").send().await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], "br");
        assert_eq!(answer.headers()["content-type"], "application/wasm");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        let plain = browser.get(wasm).header("accept-encoding", "identity").send().await.unwrap();
        assert!(!plain.headers().contains_key("content-encoding"));
        let worker = browser.get("/sw.js").send().await.unwrap();
        assert_eq!(worker.headers()["cache-control"], "no-cache");
        let tag = worker.headers()["etag"].clone();
        let again = browser.get("/sw.js").header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), 304);
    });
}

#[test]
fn a_fresh_server_answers_at_once() {
    run(async {
        let app = TestApp::start().await;
        let answer = app.browser().get("/api/v1/health").send().await.unwrap();
        let health: serde_json::Value = answer.json().await.unwrap();
        assert_eq!((&health["status"], &health["office"]), (&"up".into(), &false.into()));
    });
}
