//! What the office says of its devices: what they hold, what never arrived.

use serde_json::json;
use takar_app::api::device::{DeviceReport, Missing};
use takar_sync::operation::Envelope;
use takar_sync::verdict::Outcome;

use crate::app::{Worker, expect_problem, run};
use crate::office::{self, number};

async fn missing(admin: &Worker, of: &Worker) -> Vec<Missing> {
    let answer = admin.browser.call("devices", &json!({ "acting": admin.person() })).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    let reports: Vec<DeviceReport> = answer.json().await.unwrap();
    assert!(reports.iter().all(|r| r.device == of.account.device || r.missing.is_empty()), "{reports:?}");
    reports.into_iter().find(|r| r.device == of.account.device).unwrap().missing
}

#[test]
fn numbers_that_never_arrived_are_reported_and_nobody_waits_for_them() {
    run(async {
        let (app, admin, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let envelopes: Vec<Envelope> =
            (0..5).map(|n| staf.sealed(vec![number(furniture.indicator, n, vec![])])).collect();
        let gap = |from, to| Missing { person: staf.person(), from, to };

        staf.push(vec![envelopes[0].clone()]).await;
        assert_eq!(missing(&admin, &staf).await, []);
        let fifth = staf.push(vec![envelopes[4].clone()]).await.receipts.remove(0);
        assert_eq!(fifth.verdict.parts, [Outcome::Applied], "it is judged at once");
        assert_eq!(missing(&admin, &staf).await, [gap(2, 4)]);
        staf.push(vec![envelopes[4].clone(), envelopes[2].clone()]).await;
        assert_eq!(missing(&admin, &staf).await, [gap(2, 2), gap(4, 4)]);
        staf.push(vec![envelopes[3].clone(), envelopes[1].clone()]).await;
        assert_eq!(missing(&admin, &staf).await, [], "what comes late closes the gap");
    });
}

#[test]
fn a_number_under_somebody_elses_name_reports_nothing() {
    run(async {
        let (app, admin, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let mut forged = staf.operation(vec![number(furniture.indicator, 1, vec![])]);
        forged.author = admin.person();
        forged.number = 99;
        staf.push(vec![staf.seal(&forged)]).await;
        assert_eq!(missing(&admin, &staf).await, []);
    });
}

#[test]
fn only_who_manages_people_sees_the_devices() {
    run(async {
        let (app, admin, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let answer = staf.browser.call("devices", &json!({ "acting": staf.person() })).await;
        expect_problem(answer, 403, "permission.denied").await;
        let answer = staf.browser.call("devices", &json!({ "acting": admin.person() })).await;
        expect_problem(answer, 401, "session.needed").await;
    });
}

#[test]
fn who_locks_figures_may_ask_which_devices_still_hold_work() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let kasi = app.browser().sign_in("kasi").await;
        let unsent = async |who: &Worker| -> Vec<DeviceReport> {
            let answer = who.browser.call("unsent", &json!({ "acting": who.person() })).await;
            assert_eq!(answer.status(), 200);
            answer.json().await.unwrap()
        };
        assert_eq!(unsent(&kasi).await, []);
        let envelope = staf.sealed(vec![number(furniture.indicator, 1, vec![])]);
        let push = takar_sync::wire::Push { depth: 3, ..staf.push_body(vec![envelope]) };
        assert_eq!(staf.request("/api/v1/push", &push).send().await.unwrap().status(), 200);
        let reports = unsent(&kasi).await;
        let [report] = &reports[..] else { panic!("{reports:?}") };
        assert_eq!((report.device, report.depth), (staf.account.device, 3));
        assert_eq!(report.people, [staf.person()]);
        staf.push(vec![]).await;
        assert_eq!(unsent(&kasi).await, [], "it has sent all since");
        let answer = staf.browser.call("unsent", &json!({ "acting": kasi.person() })).await;
        expect_problem(answer, 401, "session.needed").await;
    });
}
