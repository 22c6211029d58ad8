//! Koreksi and Pengajuan over HTTP: back to one unit while the other stays locked, two
//! who decide at once, who recorded for whom, and what the budget keeps waiting.

use serde_json::json;
use std::collections::BTreeMap;
use takar_domain::budget::{Budget, subject as budget_of};
use takar_domain::config::MAIN;
use takar_domain::figure::VALUE;
use takar_domain::procedure::correction::{Correction, Decided, returned};
use takar_domain::procedure::{STATE, StepState, reopen};
use takar_domain::record::{RecordId, Subject, natural};
use takar_domain::text;
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;

use crate::app::{TestApp, Worker, run};
use crate::office::{self, Furniture, PERIOD};
use crate::procedure::{NINE, accept, code, press, record, stepwise};

const ONE: &str = "correction/01990000-0000-7000-8000-000000000001";

type People = BTreeMap<&'static str, Worker>;

struct Office {
    app: TestApp,
    admin: Worker,
    furniture: Furniture,
    people: People,
    units: [RecordId; 2],
}

impl Office {
    fn run(&self, step: u16, unit: Option<RecordId>) -> Subject {
        Subject::StepRun { cycle: self.furniture.cycle, step, unit }
    }

    async fn press(&mut self, who: &str, step: u16, unit: Option<RecordId>, action: Action) -> Outcome {
        let run = self.run(step, unit);
        press(&self.app, self.people.get_mut(who).unwrap(), &run, action).await
    }

    async fn act(&mut self, who: &str, parts: Vec<Part>) -> Vec<Outcome> {
        self.people.get_mut(who).unwrap().act(parts).await
    }

    /// An edit of one group by somebody who has just looked at it.
    async fn edit(&self, subject: Subject, group: &str, value: &impl serde::Serialize) -> Part {
        let seen = record(&self.app, &subject).await.map(|r| r.seen(group)).unwrap_or_default();
        office::edit(subject, group, seen, value)
    }

    async fn reopens(&self, run: Subject) -> Part {
        let stands = record(&self.app, &run).await.unwrap();
        let value = serde_json::to_value(reopen(Some(&stands), "Dikoreksi Camat.").unwrap()).unwrap();
        let changes = vec![Change { group: STATE.into(), seen: stands.seen(STATE), value }];
        Part { subject: run, action: Action::Reopen, changes, judged: vec![] }
    }

    async fn state(&self, step: u16, unit: Option<RecordId>) -> StepState {
        record(&self.app, &self.run(step, unit)).await.unwrap().read(STATE).unwrap()
    }
}

/// Both units handed over; step 5 is where the Camat corrects.
async fn handed_over() -> Office {
    let sop = NINE.replace("kind = \"compile\"", "kind = \"correct\"");
    let sop = sop.replace("actors = [\"bendahara\"]", "actors = [\"camat\", \"sekretaris\"]");
    let (app, admin, furniture) = stepwise(&sop).await;
    let mut people = People::new();
    for name in ["camat", "perencana", "bendahara", "sekretaris", "kasi", "staf", "lain"] {
        people.insert(name, app.browser().sign_in(name).await);
    }
    let snapshot = app.front.office().await.unwrap().snapshot();
    let unit = |name: &str| *snapshot.config.units.iter().find(|(_, u)| u.name == name).unwrap().0;
    let units = [unit("Seksi Pemerintahan"), unit("Seksi Pelayanan")];
    let mut office = Office { app, admin, furniture, people, units };
    let order = office.edit(office.run(1, None), "paper", &json!({"instruction": "Ukur."})).await;
    assert_eq!(office.act("camat", vec![order]).await, [Outcome::Applied]);
    assert_eq!(office.press("camat", 1, None, Action::Finish).await, Outcome::Applied);
    assert_eq!(office.press("perencana", 2, None, Action::Finish).await, Outcome::Applied);
    let typed = office::number(office.furniture.indicator, 14, vec![]);
    assert_eq!(office.act("staf", vec![typed]).await, [Outcome::Applied]);
    hands_over(&mut office, "kasi", 0).await;
    hands_over(&mut office, "sekretaris", 1).await;
    office
}

/// A unit's head validates what is there and hands it over.
async fn hands_over(office: &mut Office, head: &str, unit: usize) {
    if unit == 0 {
        let figure = office::figure(office.furniture.indicator);
        accept(&office.app, office.people.get_mut(head).unwrap(), &figure).await;
    }
    for step in [3, 4] {
        let of = Some(office.units[unit]);
        assert_eq!(office.press(head, step, of, Action::Finish).await, Outcome::Applied, "{head} {step}");
    }
}

async fn pinned(office: &Office) -> Correction {
    let figure = record(&office.app, &office::figure(office.furniture.indicator)).await.unwrap();
    Correction {
        text: "Hitung ulang.".into(),
        indicator: Some(office.furniture.indicator),
        group: VALUE.into(),
        before: figure.groups.get(VALUE).and_then(|group| group.value()).cloned(),
        seen: figure.seen(VALUE),
        ..Correction::default()
    }
}

#[test]
fn a_corrected_unit_mends_while_the_other_stays_locked_and_the_budget_is_awaited() {
    run(async {
        let mut office = handed_over().await;
        let [unit, other] = office.units;
        let sealed = office.state(4, Some(unit)).await.round.seal.unwrap();
        let pinned = pinned(&office).await;
        let pin = office.edit(office.run(5, None), ONE, &pinned).await;
        assert_eq!(office.act("camat", vec![pin]).await, [Outcome::Applied]);
        let end = office.press("camat", 5, None, Action::Finish).await;
        assert_eq!(code(&end), "step.corrections");

        // The Camat gives it back himself: one operation.
        let snapshot = office.app.front.office().await.unwrap().snapshot();
        let runs = [office.run(4, Some(unit)), office.run(3, Some(unit))];
        let stands = record(&office.app, &runs[0]).await;
        let cycle = office.furniture.cycle;
        let get = |id| stands.clone().filter(|r| r.subject.record() == id);
        let back = returned(&snapshot.config, &get, cycle, unit, &pinned).unwrap();
        let mut parts = Vec::new();
        for run in runs {
            parts.push(office.reopens(run).await);
        }
        parts.push(office.edit(office.run(5, None), ONE, &back).await);
        assert_eq!(office.act("camat", parts).await, [Outcome::Applied, Outcome::Applied, Outcome::Applied]);
        assert_eq!(code(&office.press("sekretaris", 5, None, Action::Finish).await), "step.mending");

        let seen =
            record(&office.app, &office::figure(office.furniture.indicator)).await.unwrap().seen(VALUE);
        let mended = office::number(office.furniture.indicator, 12, seen);
        assert_eq!(office.act("staf", vec![mended]).await, [Outcome::Applied]);
        let locked = office::number(office.furniture.other_indicator, 5, vec![]);
        assert!(matches!(office.act("lain", vec![locked]).await[0], Outcome::Late { .. }));
        assert_eq!(office.state(4, Some(other)).await.past.len(), 0, "the other unit was not opened");
        hands_over(&mut office, "kasi", 0).await;
        let again = office.state(4, Some(unit)).await.round.seal.unwrap();
        assert_ne!(again.digest, sealed.digest, "the hand-over has what was corrected");
        assert_eq!(office.press("sekretaris", 5, None, Action::Finish).await, Outcome::Applied);

        let node = natural(office.admin.account.office.0, "node");
        let pagu = office.edit(Subject::Node { id: node }, "pagu/2026", &"1000000").await;
        assert_eq!(office.admin.act(vec![pagu]).await, [Outcome::Applied]);
        let refused = office.press("perencana", 6, None, Action::Finish).await;
        let Outcome::Rejected { issues } = &refused else { panic!("{refused:?}") };
        assert_eq!(
            text::issue(&issues[0]),
            "Realisasi anggaran 1 sub kegiatan belum diisi sampai 30 September 2026. \
             Bendahara mengisinya di Anggaran."
        );
        let known = Budget {
            actual: 400_000.into(),
            until: "2026-09-30".into(),
            source: "SP2D".into(),
            confirmed: Vec::new(),
        };
        let entered = office.edit(budget_of(node, PERIOD), MAIN, &known).await;
        assert_eq!(code(&office.act("staf", vec![entered.clone()]).await[0]), "permission.denied");
        assert_eq!(office.act("bendahara", vec![entered]).await, [Outcome::Applied]);
        assert_eq!(office.press("perencana", 6, None, Action::Finish).await, Outcome::Applied);
        let late = office.edit(budget_of(node, PERIOD), MAIN, &known).await;
        assert!(matches!(office.act("bendahara", vec![late]).await[0], Outcome::Late { .. }));
        // 10 → 9 → 10.
        for step in [6, 5] {
            assert_eq!(office.press("sekretaris", step, None, Action::Reopen).await, Outcome::Applied);
        }
        for (who, step) in [("camat", 5), ("perencana", 6)] {
            assert_eq!(office.press(who, step, None, Action::Finish).await, Outcome::Applied);
        }
    });
}

#[test]
fn two_decisions_made_at_once_both_stand_and_keep_the_step_open() {
    run(async {
        let mut office = handed_over().await;
        let pinned = pinned(&office).await;
        let pin = office.edit(office.run(5, None), ONE, &pinned).await;
        assert_eq!(office.act("camat", vec![pin]).await, [Outcome::Applied]);
        let settled =
            |word: &str| Correction { decided: Decided::Settled, word: word.into(), ..pinned.clone() };
        let one = office.edit(office.run(5, None), ONE, &settled("Sudah benar.")).await;
        let other = office.edit(office.run(5, None), ONE, &settled("Diganti pada naskah.")).await;
        assert_eq!(office.act("camat", vec![one]).await, [Outcome::Applied]);
        assert_eq!(office.act("sekretaris", vec![other]).await, [Outcome::Applied]);
        let stands = record(&office.app, &office.run(5, None)).await.unwrap();
        assert_eq!(stands.groups.get(ONE).unwrap().heads.len(), 2);
        assert_eq!(code(&office.press("camat", 5, None, Action::Finish).await), "step.corrections");
        let chosen = office.edit(office.run(5, None), ONE, &settled("Sudah benar.")).await;
        assert_eq!(office.act("sekretaris", vec![chosen]).await, [Outcome::Applied]);
        assert_eq!(office.press("camat", 5, None, Action::Finish).await, Outcome::Applied);
    });
}

#[test]
fn what_the_sekretaris_records_for_the_camat_keeps_both_names() {
    run(async {
        let mut office = handed_over().await;
        let pin = office.edit(office.run(5, None), ONE, &pinned(&office).await).await;
        let camat = office.people["camat"].person();
        let sekretaris = office.people.get_mut("sekretaris").unwrap();
        let mut operation = sekretaris.operation(vec![pin]);
        operation.acted_for = Some(camat);
        let envelope = sekretaris.seal(&operation);
        let receipt = sekretaris.push(vec![envelope]).await.receipts.remove(0);
        assert_eq!(receipt.verdict.parts, [Outcome::Applied]);
        let author = sekretaris.person();
        let stands = record(&office.app, &office.run(5, None)).await.unwrap();
        let by = &stands.groups.get(ONE).unwrap().heads[0].by;
        assert_eq!((by.author, by.acted_for), (author, Some(camat)));
    });
}
