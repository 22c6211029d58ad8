//! Sign-in, brakes, sessions of several people, passwords.

use serde_json::{Value, json};
use takar_domain::record::DeviceId;
use takar_sync::wire::Pull;
use uuid::Uuid;

use crate::app::{PASSWORD, TestApp, expect_problem, run};
use crate::office;

#[test]
fn a_cookie_is_the_browsers_alone() {
    run(async {
        let app = TestApp::start().await;
        app.found().await;
        let answer = app.browser().try_sign_in("ADMIN ", PASSWORD, None).await;
        assert_eq!(answer.status(), 200);
        let cookies: Vec<_> =
            answer.headers().get_all("set-cookie").iter().map(|c| c.to_str().unwrap().to_owned()).collect();
        assert_eq!(cookies.len(), 2);
        for name in ["takar_session=", "takar_device="] {
            let cookie = cookies.iter().find(|c| c.starts_with(name)).unwrap();
            for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
                assert!(cookie.contains(flag), "{cookie}");
            }
            assert!(!cookie.contains("Secure"), "plain http on loopback: {cookie}");
        }
        let account: Value = answer.json().await.unwrap();
        assert_eq!(account["key"].as_array().unwrap().len(), 32);
        let stored = app.store.session(cookies[0].split(['=', ';']).nth(1).unwrap()).await.unwrap();
        assert!(stored.is_none(), "the token itself is not in the database");
    });
}

#[test]
fn a_wrong_password_and_an_unknown_name_answer_alike() {
    run(async {
        let app = TestApp::start().await;
        app.found().await;
        let browser = app.browser();
        let wrong = browser.try_sign_in("admin", "salah-sekali", None).await;
        let wrong = expect_problem(wrong, 401, "sign_in.wrong").await;
        let unknown = browser.try_sign_in("siapa", "salah-sekali", None).await;
        assert_eq!(wrong, expect_problem(unknown, 401, "sign_in.wrong").await);
    });
}

#[test]
fn guessing_blocks_the_account_and_nobody_else() {
    run(async {
        let (app, _, _) = office::open().await;
        let browser = app.browser();
        for _ in 0..5 {
            browser.try_sign_in("staf", "salah-sekali", None).await;
        }
        let blocked = browser.try_sign_in("staf", PASSWORD, None).await;
        assert!(blocked.headers().contains_key("retry-after"));
        expect_problem(blocked, 429, "sign_in.throttled").await;
        // The colleague behind the same router is not in the way.
        browser.sign_in("kasi").await;
    });
}

#[test]
fn several_people_share_a_browser_and_sign_out_one_by_one() {
    run(async {
        let (app, _, _) = office::open().await;
        let browser = app.browser();
        let staf = browser.sign_in("staf").await;
        let device = staf.account.device;
        let kasi = browser.sign_in_on("kasi", Some(device)).await;
        assert_eq!(kasi.account.device, device);
        assert_ne!(kasi.account.key, staf.account.key, "a key per person");
        staf.pull(vec![]).await;
        kasi.pull(vec![]).await;

        let who: Value = browser.call("who", &json!({ "device": device })).await.json().await.unwrap();
        assert_eq!(who["persons"].as_array().unwrap().len(), 2);
        assert_eq!(who["wiped"], Value::Null);

        browser.call("sign_out", &json!({ "person": staf.person() })).await;
        let body = Pull { device, cursors: vec![], depth: 0, snapshot: false, room: None };
        let answer = staf.request("/api/v1/pull", &body).send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
        kasi.pull(vec![]).await;
        browser.call("sign_out", &json!({ "person": kasi.person() })).await;
        let answer = kasi.request("/api/v1/pull", &body).send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
    });
}

#[test]
fn a_wiped_browser_is_told_what_it_held() {
    run(async {
        let (app, _, _) = office::open().await;
        let browser = app.browser();
        let staf = browser.sign_in("staf").await;
        let device = staf.account.device;
        let report = browser.post("/api/v1/report").json(&json!({ "device": device, "depth": 10 }));
        assert_eq!(report.send().await.unwrap().status(), 200);
        // The database of the browser is gone, the cookie is not.
        let who: Value = browser.call("who", &json!({ "device": null })).await.json().await.unwrap();
        assert_eq!(who["wiped"], 10);
        assert_eq!(who["device"], json!(device));
        let again = browser.sign_in("staf").await;
        assert_ne!(again.account.device, device, "numbers of the lost device are not used again");
        assert!(app.store.device(staf.account.office, device).await.unwrap().unwrap().wiped.is_some());
    });
}

#[test]
fn a_report_needs_the_devices_own_cookie_and_no_session() {
    run(async {
        let (app, _, _) = office::open().await;
        let browser = app.browser();
        let staf = browser.sign_in("staf").await;
        let device = staf.account.device;
        browser.call("sign_out", &json!({ "person": staf.person() })).await;
        let own = json!({ "device": device, "depth": 3 });
        assert_eq!(browser.post("/api/v1/report").json(&own).send().await.unwrap().status(), 200);
        let foreign = json!({ "device": DeviceId(Uuid::now_v7()), "depth": 3 });
        let answer = browser.post("/api/v1/report").json(&foreign).send().await.unwrap();
        expect_problem(answer, 403, "permission.denied").await;
        let answer = app.browser().post("/api/v1/report").json(&own).send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
    });
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    run(async {
        let (app, admin, _) = office::open().await;
        let here = app.browser().sign_in("staf").await;
        let there = app.browser().sign_in("staf").await;
        let change = |old: &str, new: &str| json!({ "acting": here.person(), "old": old, "new": new });
        let answer = here.browser.call("change_password", &change("salah-sekali", "kata-sandi-baru")).await;
        expect_problem(answer, 401, "sign_in.wrong").await;
        let answer = here.browser.call("change_password", &change(PASSWORD, "pendek")).await;
        expect_problem(answer, 422, "password.weak").await;
        let answer = here.browser.call("change_password", &change(PASSWORD, "kata-sandi-baru")).await;
        assert_eq!(answer.status(), 200);
        here.pull(vec![]).await;
        let body =
            Pull { device: there.account.device, cursors: vec![], depth: 0, snapshot: false, room: None };
        let answer = there.request("/api/v1/pull", &body).send().await.unwrap();
        expect_problem(answer, 401, "session.needed").await;
        assert_eq!(app.browser().try_sign_in("staf", PASSWORD, None).await.status(), 401);

        // The admin may set a password, the staff may not.
        let set = |acting, person| json!({ "acting": acting, "person": person, "new": PASSWORD });
        let answer = here.browser.call("set_password", &set(here.person(), admin.person())).await;
        expect_problem(answer, 403, "permission.denied").await;
        let answer = here.browser.call("set_password", &set(admin.person(), here.person())).await;
        expect_problem(answer, 401, "session.needed").await;
        office::set_password(&admin, here.person()).await;
        assert_eq!(app.browser().try_sign_in("staf", PASSWORD, None).await.status(), 200);
    });
}
