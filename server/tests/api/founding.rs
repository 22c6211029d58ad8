//! How an office comes to be: first run, plan import, the demo.

use serde_json::{Value, json};
use takar_server::http::Site;
use takar_server::store::Store;
use takar_sync::verdict::Outcome;

use crate::app::{PASSWORD, TestApp, expect_problem, run};

fn founding(code: &str) -> Value {
    json!({ "founding": {
        "code": code, "office": "Kecamatan Uji", "regency": "Kabupaten Uji",
        "admin": "Admin", "username": "admin", "password": PASSWORD,
    }})
}

#[test]
fn the_first_run_needs_the_code_from_the_console_and_happens_once() {
    run(async {
        let app = TestApp::start().await;
        let browser = app.browser();
        let state: Value = browser.call("first_run_state", &json!({})).await.json().await.unwrap();
        assert_eq!(state["needed"], true);
        expect_problem(browser.call("first_run", &founding("AAAA-AAAA")).await, 403, "first_run.code").await;
        assert!(app.store.office().await.unwrap().is_none());

        let mut short = founding(app.front.first_run_code());
        short["founding"]["password"] = json!("pendek");
        expect_problem(browser.call("first_run", &short).await, 422, "password.weak").await;
        short["founding"]["office"] = json!(" ");
        expect_problem(browser.call("first_run", &short).await, 422, "form.invalid").await;

        let code = app.front.first_run_code().to_lowercase();
        assert_eq!(browser.call("first_run", &founding(&code)).await.status(), 200);
        expect_problem(browser.call("first_run", &founding(&code)).await, 409, "first_run.done").await;
        let state: Value = browser.call("first_run_state", &json!({})).await.json().await.unwrap();
        assert_eq!((&state["needed"], &state["people"]), (&json!(false), &json!([])));
        assert_eq!(app.log().await.len(), 1);
        browser.sign_in("admin").await;
        expect_problem(browser.call("reset_demo", &json!({})).await, 403, "demo.only").await;
    });
}

const PLAN: &str = "\
level,kode,induk_kode,uraian,indikator,satuan,kondisi_awal,target_2026,anggaran_2026
tujuan,T1,,Meningkatnya kinerja,Nilai kinerja,Nilai,89.1,89.85,
program,7.01.02,T1,Program pemberdayaan,Persentase nagari tertib,%,80,85.5,1500000.00
program,7.01.03,TIDAK-ADA,Program lain,Persentase,%,abc,85.5,0.00
";

#[test]
fn importing_a_plan_twice_changes_nothing() {
    run(async {
        let app = TestApp::start().await;
        app.found().await;
        let first = app.front.import_plan(PLAN.as_bytes()).await.unwrap();
        assert!(first.receipt.is_some());
        assert_eq!(first.refused, 0, "{:?}", first.receipt);
        assert!(first.import.taken.len() >= 2);
        let before = app.log().await.len();
        let second = app.front.import_plan(PLAN.as_bytes()).await.unwrap();
        assert!(second.import.parts.is_empty(), "{:?}", second.import.parts);
        assert_eq!(app.log().await.len(), before);
        let words = app.front.import_plan(b"\xff\xfe").await.unwrap_err().to_string();
        assert!(words.contains("UTF-8"), "{words}");
    });
}

#[test]
fn the_demo_plays_through_the_log_and_opens_afresh() {
    run(async {
        let store = Store::open("mem://").await.unwrap();
        let app = TestApp::on(store.clone(), Site::None, true).await;
        let log = app.log().await;
        assert!(log.len() > 10, "{}", log.len());
        assert!(log.iter().flat_map(|e| &e.verdict.parts).all(|part| *part == Outcome::Applied));
        let browser = app.browser();
        let state: Value = browser.call("first_run_state", &json!({})).await.json().await.unwrap();
        let people = state["people"].as_array().unwrap();
        assert!(people.len() >= 9);
        for person in people {
            let (name, password) =
                (person["username"].as_str().unwrap(), person["password"].as_str().unwrap());
            assert_eq!(app.browser().try_sign_in(name, password, None).await.status(), 200, "{name}");
        }
        // A second start on the same data finds it.
        drop(app);
        let app = TestApp::on(store.clone(), Site::None, true).await;
        assert_eq!(app.log().await, log);
        let old = store.office().await.unwrap().unwrap();
        assert_eq!(browser_reset(&app).await, 200);
        let new = store.office().await.unwrap().unwrap();
        assert_ne!(old, new);
        assert_eq!(store.tip(old).await.unwrap().cursor.seq, log.len() as u64, "the old log stays");
        assert_eq!(app.log().await.len(), log.len());
    });
}

async fn browser_reset(app: &TestApp) -> u16 {
    app.browser().call("reset_demo", &json!({})).await.status().as_u16()
}

#[test]
fn the_demo_stays_off_real_data_and_off_the_network() {
    run(async {
        let app = TestApp::start().await;
        app.found().await;
        let mut settings = takar_server::settings::Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            demo: true,
            database: takar_server::settings::Database::Open(app.store.clone()),
            files: crate::app::no_files(),
            tls: None,
            site: Site::None,
            nightly: None,
        };
        let words = takar_server::app::Application::build(settings.clone()).await.unwrap_err().to_string();
        assert!(words.starts_with("--demo:"), "{words}");
        settings.listen = "0.0.0.0:0".parse().unwrap();
        let words = takar_server::app::Application::build(settings.clone()).await.unwrap_err().to_string();
        assert!(words.contains("--listen 127.0.0.1"), "{words}");
    });
}
