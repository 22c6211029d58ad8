//! Measuring rounds over HTTP: their dates change, what they measure does not, and
//! one that was given up is closed to everybody and opened anew.

use takar_domain::config::{Cycle, MAIN, Post};
use takar_domain::period::Period;
use takar_domain::record::{RecordId, Subject, natural};
use takar_sync::verdict::Outcome;

use crate::app::{TestApp, Worker, run};
use crate::office::{self, PERIOD};

fn codes(outcome: &Outcome) -> Vec<&str> {
    match outcome {
        Outcome::Rejected { issues } => issues.iter().map(|issue| issue.code.as_str()).collect(),
        _ => Vec::new(),
    }
}

async fn write(app: &TestApp, who: &mut Worker, id: RecordId, cycle: &Cycle) -> Outcome {
    let subject = Subject::Cycle { id };
    let here = app.front.office().await.unwrap().id;
    let bytes = app.store.record_bytes(here, id).await.unwrap();
    let record: Option<takar_domain::record::Record> =
        bytes.map(|bytes| takar_sync::codec::from_cbor(&bytes).unwrap());
    let seen = record.map(|r| r.seen(MAIN)).unwrap_or_default();
    who.act(vec![office::edit(subject, MAIN, seen, cycle)]).await.remove(0)
}

#[test]
fn a_round_moves_its_dates_and_is_given_up_once_and_for_all() {
    run(async {
        let (app, mut admin, furniture) = office::open().await;
        let here = admin.account.office;
        for part in office::person(here, "perencana", Post::Perencana, None) {
            assert_eq!(admin.act(vec![part]).await, [Outcome::Applied]);
        }
        office::set_password(&admin, office::person_id(here, "perencana")).await;
        let mut planner = app.browser().sign_in("perencana").await;
        let mut staff = app.browser().sign_in("staf").await;
        let round = Cycle {
            period: PERIOD,
            due: Some("2026-10-12".into()),
            regency_due: Some("2026-10-15".into()),
            open: true,
            policy: None,
            sop: None,
            stepwise: false,
            abandoned: None,
        };
        let id = furniture.cycle;
        assert_eq!(write(&app, &mut planner, id, &round).await, Outcome::Applied);
        let crossed = Cycle { due: Some("2026-10-16".into()), ..round.clone() };
        assert_eq!(codes(&write(&app, &mut planner, id, &crossed).await), ["cycle.due_after_regency"]);
        let other = Cycle { period: Period::year(2026), ..round.clone() };
        assert_eq!(codes(&write(&app, &mut planner, id, &other).await), ["cycle.fixed"]);
        assert_eq!(codes(&write(&app, &mut staff, id, &round).await), ["permission.denied"]);

        let typed = office::number(furniture.indicator, 14, vec![]);
        assert_eq!(staff.act(vec![typed]).await, [Outcome::Applied]);
        let silent = Cycle { open: false, abandoned: Some("  ".into()), ..round.clone() };
        assert_eq!(codes(&write(&app, &mut planner, id, &silent).await), ["cycle.reason"]);
        let gone = Cycle { open: false, abandoned: Some("Diganti semester".into()), ..round.clone() };
        assert_eq!(write(&app, &mut planner, id, &gone).await, Outcome::Applied);
        let late = staff.act(vec![office::number(furniture.indicator, 16, vec![])]).await;
        assert!(matches!(late[0], Outcome::Late { .. }), "{late:?}");
        assert_eq!(codes(&write(&app, &mut planner, id, &round).await), ["cycle.abandoned"]);

        // Anew: another record, the figures of the period are where they were.
        let again = natural(here.0, "cycle/again");
        assert_eq!(write(&app, &mut planner, again, &round).await, Outcome::Applied);
        assert_eq!(
            codes(&write(&app, &mut planner, natural(here.0, "cycle/third"), &round).await),
            ["cycle.already_open"]
        );
        let seen = {
            let figure = office::figure(furniture.indicator);
            let bytes = app.store.record_bytes(here, figure.record()).await.unwrap().unwrap();
            let record: takar_domain::record::Record = takar_sync::codec::from_cbor(&bytes).unwrap();
            record.seen("value")
        };
        assert_eq!(seen.len(), 1);
        let mended = staff.act(vec![office::number(furniture.indicator, 15, seen)]).await;
        assert_eq!(mended, [Outcome::Applied]);
    });
}
