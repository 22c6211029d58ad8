//! Posts that ended while their holder was in the field.

use takar_domain::config::{Holding, MAIN, Post, Tenure, Zone};
use takar_domain::date::date_of;
use takar_domain::record::{OpId, RecordId, Subject, natural};
use takar_server::service::clock::now_ms;
use takar_sync::operation::Part;
use takar_sync::verdict::{Outcome, Why};
use takar_sync::wire::{Delta, Pull, PushAnswer};

use crate::app::{Worker, expect_problem, read, run};
use crate::office::{self, edit, figure, number};

const DAY_MS: i64 = 86_400_000;

/// The only post of `staf` ended five days ago.
fn ended(office: RecordId, section: RecordId, staf: RecordId, seen: Vec<OpId>) -> Part {
    let last = date_of(now_ms() - 5 * DAY_MS, Zone::Wib);
    let holding = Holding {
        person: staf,
        post: Post::Pelaksana,
        unit: Some(section),
        tenure: Tenure::Definitive,
        from: "2020-01-01".into(),
        to: Some(last.to_string()),
        letter: String::new(),
    };
    let post = Subject::Holding { id: natural(office.0, "holding/staf") };
    edit(post, MAIN, seen, &holding)
}

/// The operations that stand in the holding of `staf`.
async fn standing(admin: &Worker) -> Vec<OpId> {
    let Delta::Page(page) = admin.pull(vec![]).await else { panic!("a page") };
    let post = natural(admin.account.office.0, "holding/staf");
    let of = |e: &takar_sync::wire::Entry| {
        let op = takar_sync::seal::open(e.envelope.as_ref().unwrap()).unwrap();
        op.parts.iter().any(|p| p.subject.record() == post).then_some(e.op)
    };
    page.entries.iter().filter_map(of).collect()
}

#[test]
fn work_of_an_ended_post_gets_its_verdict_and_no_entry_of_the_log() {
    run(async {
        let (app, mut admin, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let mut before = staf.operation(vec![number(furniture.indicator, 42, vec![])]);
        before.made.wall -= 10 * DAY_MS;
        let before = staf.seal(&before);
        let seen = standing(&admin).await;
        let part = ended(staf.account.office, furniture.section, staf.person(), seen);
        assert_eq!(admin.act(vec![part]).await, [Outcome::Applied]);

        let push = staf.push_body(vec![before.clone()]);
        let answer: PushAnswer = read(staf.request("/api/v1/push", &push).send().await.unwrap()).await;
        assert!(matches!(answer.delta, Delta::Withheld { .. }), "{:?}", answer.delta);
        assert_eq!(answer.receipts[0].verdict.parts, [Outcome::Held { why: Why::RightsChanged }]);
        let log = app.log().await;
        assert_eq!(log.last().unwrap().envelope.as_ref(), Some(&before), "it reached the office");
        let bytes = app.store.record_bytes(staf.account.office, figure(furniture.indicator).record()).await;
        assert_eq!(bytes.unwrap(), None, "and changed nothing");

        let pull =
            Pull { device: staf.account.device, cursors: vec![], depth: 0, snapshot: false, room: None };
        let answer = staf.request("/api/v1/pull", &pull).send().await.unwrap();
        expect_problem(answer, 403, "permission.denied").await;
        let answer = staf.browser.get("/api/v1/snapshot/00").send().await.unwrap();
        expect_problem(answer, 403, "permission.denied").await;
        let answer = staf.browser.get("/api/v1/events").send().await.unwrap();
        expect_problem(answer, 403, "permission.denied").await;
    });
}
