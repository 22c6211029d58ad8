//! What is typed after the units handed over: the budget sheet, and a figure of an
//! earlier period that was wrong.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use takar_app::acts::budget::{Found, Told, amount, save};
use takar_app::acts::restate::{restate, stood};
use takar_domain::budget::Budget;
use takar_domain::config::{Config, MAIN};
use takar_domain::date::Date;
use takar_domain::figure::{Restated, VALUE};
use takar_domain::period::Period;
use takar_domain::record::{
    Attribution, DeviceId, Group, Head, Made, OpId, Record, RecordId, Source, Subject,
};
use takar_domain::view::budget_sheet::{BudgetSheet, budget_sheet};
use takar_sync::operation::Part;
use uuid::Uuid;

const Q2: Period = Period::quarter(2026, 2);
const Q3: Period = Period::quarter(2026, 3);
const CYCLE: RecordId = id(2);
const FIRST: RecordId = id(5);
const SECOND: RecordId = id(6);
const INDICATOR: RecordId = id(20);

const fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

#[derive(Default)]
struct Desk {
    config: Config,
    records: BTreeMap<RecordId, Record>,
    ops: u128,
}

impl Desk {
    fn get(&self, id: RecordId) -> Option<Record> {
        self.records.get(&id).cloned()
    }

    fn put(&mut self, subject: Subject, group: &str, value: Value) {
        self.ops += 1;
        let by = Attribution {
            author: id(50),
            acted_for: None,
            source: Source::Own,
            device: DeviceId(Uuid::nil()),
            made: Made::default(),
            reason: None,
        };
        let head = Head { op: OpId(Uuid::from_u128(self.ops)), value, seq: Some(1), by };
        let record = self.records.entry(subject.record()).or_insert_with(|| Record::new(subject));
        record.groups.insert(group.into(), Group { heads: vec![head], ..Group::default() });
        self.config.apply(record);
    }

    fn take(&mut self, parts: &[Part]) {
        for part in parts {
            let change = &part.changes[0];
            self.put(part.subject.clone(), &change.group, change.value.clone());
        }
    }

    fn sheet(&self) -> BudgetSheet {
        budget_sheet(&self.config, &|id| self.get(id), CYCLE).unwrap()
    }

    fn save(
        &self,
        told: &Told,
        typed: &[(RecordId, &str)],
        asked: &[Found],
    ) -> Result<Vec<Part>, Vec<Found>> {
        let typed: Vec<_> = typed.iter().map(|(node, text)| (*node, (*text).to_owned())).collect();
        let today: Date = "2026-10-08".parse().unwrap();
        save(&|id| self.get(id), &self.sheet(), told, today, &typed, asked)
    }
}

/// Two sub kegiatan, of one of which the second quarter is known.
fn office() -> Desk {
    let mut desk = Desk::default();
    desk.put(Subject::Cycle { id: CYCLE }, MAIN, json!({"period": "2026-q3", "open": true}));
    for (node, pagu) in [(FIRST, "100000000"), (SECOND, "50000000")] {
        let subject = Subject::Node { id: node };
        let code = node.to_string();
        let value = json!({"level": "sub_kegiatan", "code": code, "title": "Sub kegiatan"});
        desk.put(subject.clone(), MAIN, value);
        desk.put(subject, "pagu/2026", json!(pagu));
    }
    let known = json!({"actual": "40000000", "until": "2026-06-30", "source": "SP2D"});
    desk.put(takar_domain::budget::subject(FIRST, Q2), MAIN, known);
    desk
}

fn told(until: &str, keep: bool) -> Told {
    Told { until: until.into(), source: "SP2D".into(), keep }
}

fn codes(found: Result<Vec<Part>, Vec<Found>>) -> Vec<(Option<RecordId>, String)> {
    found.unwrap_err().into_iter().map(|(node, issue)| (node, issue.code)).collect()
}

#[test]
fn rupiah_are_read_as_people_write_them() {
    for text in ["1.234", "Rp 1.234", "1234", "Rp1.234,-"] {
        assert_eq!(amount(text), Ok(Some(1234.into())), "{text}");
    }
    assert_eq!(amount("60.000.000"), Ok(Some(60_000_000.into())));
    assert_eq!(amount(" "), Ok(None));
    assert!(amount("enam puluh juta").is_err());
}

#[test]
fn what_was_typed_is_saved_and_what_did_not_change_goes_on() {
    let mut desk = office();
    let parts = desk.save(&told("2026-08-31", false), &[(SECOND, "10.000.000")], &[]).unwrap();
    assert_eq!(parts.len(), 1);
    desk.take(&parts);
    assert!(desk.sheet().rows.iter().all(|row| !row.complete));
    // A month without spending: both are the same, the first since the second quarter.
    let parts = desk.save(&told("2026-09-30", true), &[], &[]).unwrap();
    desk.take(&parts);
    let known: Vec<_> =
        desk.sheet().rows.into_iter().map(|row| (row.budget.unwrap().actual, row.complete)).collect();
    assert_eq!(known, [(40_000_000.into(), true), (10_000_000.into(), true)]);
    let nothing = desk.save(&told("2026-09-30", true), &[], &[]);
    assert_eq!(codes(nothing), [(None, "budget.nothing".into())]);
}

#[test]
fn what_looks_wrong_is_asked_once_and_confirmed_by_pressing_again() {
    let desk = office();
    let typed = [(FIRST, "39.000.000"), (SECOND, "51.000.000")];
    let told = told("2026-09-30", false);
    let asked = desk.save(&told, &typed, &[]).unwrap_err();
    let said: Vec<_> = asked.iter().map(|(node, issue)| (*node, issue.code.as_str())).collect();
    assert_eq!(said, [(Some(FIRST), "budget.fell"), (Some(SECOND), "budget.over")]);
    let parts = desk.save(&told, &typed, &asked).unwrap();
    let saved: Budget = takar_domain::codec::from_value(&parts[0].changes[0].value).unwrap();
    assert_eq!(saved.confirmed, ["budget.fell"]);
    // Another number is another question.
    let other = desk.save(&told, &[(FIRST, "38.000.000")], &asked);
    assert_eq!(codes(other), [(Some(FIRST), "budget.fell".into())]);
}

#[test]
fn what_cannot_be_saved_is_told_where_it_is() {
    let desk = office();
    let wrong = Told { until: "2026-10-09".into(), source: " ".into(), keep: false };
    let found = desk.save(&wrong, &[(FIRST, "abc"), (SECOND, "-5")], &[]);
    let expected = [
        (None, "budget.future".to_owned()),
        (None, "text.empty".into()),
        (Some(FIRST), "number.shape".into()),
        (Some(SECOND), "number.negative".into()),
    ];
    assert_eq!(codes(found), expected);
    let found = desk.save(&told("2025-12-31", false), &[(FIRST, "1")], &[]);
    assert_eq!(codes(found), [(None, "budget.year".into())]);
}

#[test]
fn an_earlier_figure_is_restated_from_what_stood() {
    let mut desk = office();
    let about = json!({"node": FIRST, "code": "i", "name": "Indikator", "measure": "nagari"});
    desk.put(Subject::Indicator { id: INDICATOR }, MAIN, about);
    let figure = Subject::Figure { indicator: INDICATOR, period: Q2, unit: None };
    desk.put(figure.clone(), VALUE, json!({"state": "value", "number": "14"}));
    let restate = |desk: &Desk, by: Period, typed: Value| {
        restate(&desk.config, &|id| desk.get(id), INDICATOR, by, &typed)
    };
    let typed = json!({"period": "2026-q2", "after": "12", "reason": "Terhitung dua kali."});
    let part = restate(&desk, Q3, typed).unwrap();
    assert_eq!((&part.subject, part.changes[0].group.as_str()), (&figure, "restated/2026-q3"));
    let value: Restated = takar_domain::codec::from_value(&part.changes[0].value).unwrap();
    assert_eq!((value.before, value.after), (Some(14.into()), 12.into()));
    desk.take(&[part]);
    // The year's last round restates what this one said.
    let fourth = Period::quarter(2026, 4);
    assert_eq!(stood(&desk.config, &|id| desk.get(id), INDICATOR, Q2, fourth), Some(12.into()));
    let code = |typed: Value| restate(&desk, Q3, typed).unwrap_err()[0].code.clone();
    assert_eq!(code(json!({"period": "2026-q2", "after": "14", "reason": "x"})), "restated.same");
    assert_eq!(code(json!({"period": "2026-q2", "after": "12"})), "value.reason_missing");
    assert_eq!(code(json!({"after": "12", "reason": "x"})), "text.empty");
}
