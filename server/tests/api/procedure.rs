//! The SOP as a file, and a procedure that no code knows of, carried out over HTTP.

use serde_json::{Value, json};
use takar_domain::config::{Cycle, Post};
use takar_domain::figure::VALIDATION;
use takar_domain::procedure::{
    PAPER, Phase, STATE, Seal, StepState, Told, finish, handed_over, reopen, start,
};
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::sop::{Sop, file, version_id};
use takar_domain::status::data_heads;
use takar_domain::workflow::Action;
use takar_sync::codec::from_cbor;
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;

use crate::app::{TestApp, Worker, expect_problem, run};
use crate::office::{self, Furniture, PERIOD};

pub const NINE: &str = include_str!("../../../app/domain/tests/data/sop-sembilan.toml");

pub async fn record(app: &TestApp, of: &Subject) -> Option<Record> {
    let office = app.front.office().await.unwrap().id;
    let bytes = app.store.record_bytes(office, of.record()).await.unwrap()?;
    Some(from_cbor(&bytes).unwrap())
}

/// Moves a step as its person's app would, having looked at it just now.
pub async fn press(app: &TestApp, worker: &mut Worker, subject: &Subject, action: Action) -> Outcome {
    let stands = record(app, subject).await;
    let next = match action {
        Action::Start => start(stands.as_ref()),
        Action::Finish => {
            let seal = sealed(app, subject).await;
            finish(stands.as_ref(), Told { minutes: Some(12), seal, ..Told::default() })
        }
        _ => reopen(stands.as_ref(), "Perlu diperbaiki."),
    };
    let value = serde_json::to_value(next.unwrap_or_default()).unwrap();
    let seen = stands.map(|r| r.seen(STATE)).unwrap_or_default();
    let changes = vec![Change { group: STATE.into(), seen, value }];
    worker.act(vec![Part { subject: subject.clone(), action, changes, judged: vec![] }]).await.remove(0)
}

/// What the run hands over, as the office has it now.
async fn sealed(app: &TestApp, subject: &Subject) -> Option<Seal> {
    let snapshot = app.front.office().await.unwrap().snapshot();
    let mut records = std::collections::BTreeMap::new();
    for indicator in snapshot.config.indicators.keys() {
        let figure = office::figure(*indicator);
        records.insert(figure.record(), record(app, &figure).await);
    }
    handed_over(&snapshot.config, &|id| records.get(&id).cloned().flatten(), subject)
}

pub fn code(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Rejected { issues } => issues[0].code.clone(),
        other => format!("{other:?}"),
    }
}

/// An office whose cycle runs by an SOP of the nine steps, with the people that they
/// name.
pub async fn stepwise(sop: &str) -> (TestApp, Worker, Furniture) {
    let (app, mut admin, furniture) = office::open().await;
    let args = json!({ "acting": admin.person(), "text": sop });
    let answer: Value = admin.browser.call("read_sop", &args).await.json().await.unwrap();
    assert_eq!(answer["faults"], json!([]));
    let sop: Sop = serde_json::from_value(answer["sop"].clone()).unwrap();
    let id = version_id(admin.account.office, &sop);
    assert_eq!(admin.act(vec![office::main(Subject::Sop { id }, &sop)]).await, [Outcome::Applied]);
    let here = admin.account.office;
    for (name, post) in
        [("perencana", Post::Perencana), ("bendahara", Post::Bendahara), ("sekretaris", Post::Sekretaris)]
    {
        for part in office::person(here, name, post, None) {
            assert_eq!(admin.act(vec![part]).await, [Outcome::Applied]);
        }
        office::set_password(&admin, office::person_id(here, name)).await;
    }
    let cycle = Subject::Cycle { id: furniture.cycle };
    let seen = record(&app, &cycle).await.unwrap().seen("main");
    let value = Cycle {
        period: PERIOD,
        due: None,
        regency_due: Some("2026-10-30".into()),
        open: true,
        policy: None,
        sop: Some(id),
        stepwise: true,
        abandoned: None,
    };
    assert_eq!(admin.act(vec![office::edit(cycle, "main", seen, &value)]).await, [Outcome::Applied]);
    (app, admin, furniture)
}

#[test]
fn nine_steps_with_other_posts_run_from_the_order_to_the_archive() {
    run(async {
        let (app, mut admin, furniture) = stepwise(NINE).await;
        let mut people = std::collections::BTreeMap::new();
        for name in ["camat", "perencana", "bendahara", "sekretaris", "kasi", "staf"] {
            people.insert(name, app.browser().sign_in(name).await);
        }
        let run_of = |step, unit| Subject::StepRun { cycle: furniture.cycle, step, unit };
        let snapshot = app.front.office().await.unwrap().snapshot();
        let unit = |name: &str| *snapshot.config.units.iter().find(|(_, u)| u.name == name).unwrap().0;
        let (government, service) = (unit("Seksi Pemerintahan"), unit("Seksi Pelayanan"));
        // Nothing is entered before the form is handed out.
        let typed = office::number(furniture.indicator, 14, vec![]);
        let staf = people.get_mut("staf").unwrap();
        assert!(matches!(staf.act(vec![typed.clone()]).await[0], Outcome::Late { .. }));

        let order = office::edit(
            run_of(1, None),
            PAPER,
            vec![],
            &json!({"instruction": "Ukur kinerja semester ini."}),
        );
        let camat = people.get_mut("camat").unwrap();
        assert_eq!(camat.act(vec![order]).await, [Outcome::Applied]);
        for (step, who) in [(1, "camat"), (2, "perencana")] {
            let worker = people.get_mut(who).unwrap();
            assert_eq!(press(&app, worker, &run_of(step, None), Action::Start).await, Outcome::Applied);
            assert_eq!(press(&app, worker, &run_of(step, None), Action::Finish).await, Outcome::Applied);
        }
        let staf = people.get_mut("staf").unwrap();
        assert_eq!(staf.act(vec![typed]).await, [Outcome::Applied]);
        assert_eq!(
            code(&press(&app, staf, &run_of(3, Some(government)), Action::Finish).await),
            "permission.denied"
        );

        // One value waits for its validation, then the unit is done; nobody heads the other.
        let kasi = people.get_mut("kasi").unwrap();
        let validate = run_of(3, Some(government));
        assert_eq!(code(&press(&app, kasi, &validate, Action::Finish).await), "step.unvalidated");
        accept(&app, kasi, &office::figure(furniture.indicator)).await;
        for step in [3, 4] {
            let kasi = people.get_mut("kasi").unwrap();
            assert_eq!(
                press(&app, kasi, &run_of(step, Some(government)), Action::Finish).await,
                Outcome::Applied
            );
        }
        let bendahara = people.get_mut("bendahara").unwrap();
        assert_eq!(code(&press(&app, bendahara, &run_of(5, None), Action::Finish).await), "step.waits");
        for step in [3, 4] {
            let sekretaris = people.get_mut("sekretaris").unwrap();
            assert_eq!(
                press(&app, sekretaris, &run_of(step, Some(service)), Action::Finish).await,
                Outcome::Applied
            );
        }
        let archive = json!({"classification": "000.8.6.3", "location": "Lemari 2, rak 1"});
        for (step, who) in [(5, "bendahara"), (6, "perencana"), (7, "camat"), (8, "staf"), (9, "staf")] {
            let worker = people.get_mut(who).unwrap();
            if step == 7 {
                assert_eq!(
                    code(&press(&app, worker, &run_of(7, None), Action::Finish).await),
                    "sign.office_only"
                );
                let signing = json!({"cycle": furniture.cycle, "step": 7, "manner": "seal",
                    "signer": worker.person(), "password": crate::app::PASSWORD, "minutes": 12});
                let args = json!({"acting": worker.person(), "signing": signing});
                let answer = worker.browser.call("sign_document", &args).await;
                assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
                continue;
            }
            if step == 9 {
                assert_eq!(
                    code(&press(&app, worker, &run_of(9, None), Action::Finish).await),
                    "step.missing"
                );
                let paper = office::edit(run_of(9, None), PAPER, vec![], &archive);
                assert_eq!(worker.act(vec![paper]).await, [Outcome::Applied]);
            }
            assert_eq!(
                press(&app, worker, &run_of(step, None), Action::Finish).await,
                Outcome::Applied,
                "step {step}"
            );
        }
        let last: StepState = record(&app, &run_of(9, None)).await.unwrap().read(STATE).unwrap();
        assert_eq!((last.phase, last.round.minutes), (Phase::Done, Some(12)));
        // Signed: what comes now is told so, and nothing under it opens again by itself.
        let staf = people.get_mut("staf").unwrap();
        let late = office::number(furniture.indicator, 15, vec![]);
        assert!(matches!(staf.act(vec![late]).await[0], Outcome::Late { .. }));
        let sekretaris = people.get_mut("sekretaris").unwrap();
        let opened = press(&app, sekretaris, &run_of(5, None), Action::Reopen).await;
        assert_eq!(code(&opened), "step.followed");
        // The version that the cycle runs by stays as it is.
        let id = record(&app, &Subject::Cycle { id: furniture.cycle })
            .await
            .unwrap()
            .read::<Cycle>("main")
            .unwrap()
            .sop
            .unwrap();
        let changed = Sop { title: "LAIN".into(), ..file::read(NINE).unwrap() };
        let seen = record(&app, &Subject::Sop { id }).await.unwrap().seen("main");
        let edited = admin.act(vec![office::edit(Subject::Sop { id }, "main", seen, &changed)]).await;
        assert_eq!(code(&edited[0]), "sop.version");
    });
}

pub async fn accept(app: &TestApp, worker: &mut Worker, figure: &Subject) {
    let stands = record(app, figure).await.unwrap();
    let heads = data_heads(&stands);
    let judged = heads
        .iter()
        .map(|(group, heads)| takar_domain::figure::Judged {
            record: figure.record(),
            group: group.clone(),
            heads: heads.clone(),
        })
        .collect();
    let value = json!({"decision": "accept", "heads": heads});
    let changes = vec![Change { group: VALIDATION.into(), seen: stands.seen(VALIDATION), value }];
    let part = Part { subject: figure.clone(), action: Action::Accept, changes, judged };
    assert_eq!(worker.act(vec![part]).await, [Outcome::Applied]);
}

#[test]
fn a_file_is_read_for_those_who_manage_the_office_and_its_faults_are_told_by_line() {
    run(async {
        let (app, admin, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let args = |who: RecordId, text: &str| json!({ "acting": who, "text": text });
        let answer = staf.browser.call("read_sop", &args(staf.person(), NINE)).await;
        expect_problem(answer, 403, "permission.denied").await;
        expect_problem(
            app.browser().call("read_sop", &args(admin.person(), NINE)).await,
            401,
            "session.needed",
        )
        .await;
        let wrong = NINE.replace("after = [4]", "after = [9]");
        let answer: Value =
            admin.browser.call("read_sop", &args(admin.person(), &wrong)).await.json().await.unwrap();
        let line = NINE.lines().position(|l| l == "number = 5").unwrap() + 1;
        let said = format!("Baris {line}: Tahap 5 menunggu tahap 9, yang tidak ada sebelum tahap itu.");
        assert_eq!((answer["sop"].clone(), answer["faults"].clone()), (Value::Null, json!([said])));
    });
}

#[test]
fn a_version_goes_out_as_a_file_and_an_import_twice_is_one_version() {
    run(async {
        let (app, admin, _) = office::open().await;
        assert_eq!(app.front.import_sop(NINE).await, Ok(true));
        let entries = app.log().await.len();
        assert_eq!(app.front.import_sop(NINE).await, Ok(false));
        assert_eq!(app.log().await.len(), entries, "nothing was written the second time");
        let sop = file::read(NINE).unwrap();
        let id = version_id(admin.account.office, &sop);
        let staf = app.browser().sign_in("staf").await;
        let args = json!({ "acting": staf.person(), "sop": id });
        let text: String = staf.browser.call("write_sop", &args).await.json().await.unwrap();
        assert_eq!(file::read(&text).unwrap(), sop);
        let args = json!({ "acting": staf.person(), "sop": admin.person() });
        expect_problem(staf.browser.call("write_sop", &args).await, 404, "not_found").await;
    });
}
