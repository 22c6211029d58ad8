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
