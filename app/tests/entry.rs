//! Isi data: what a person types, and what is saved of it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::json;
use takar_app::acts::entry::mend::texts;
use takar_app::acts::entry::save::work;
use takar_app::acts::entry::typed::{
    CONFIRMED, DONE, EVENT_DATE, EVIDENCE, EXPECTED, NOTE, NUMBER, STATE, TEXT, variable,
};
use takar_app::acts::entry::{Figure, Typed, evidence};
use takar_domain::check::Context;
use takar_domain::config::Indicator;
use takar_domain::date::Date;
use takar_domain::evidence::Reference;
use takar_domain::figure::EntryState;
use takar_domain::period::Period;
use takar_domain::record::{
    Attribution, DeviceId, Group, Head, Made, OpId, Record, RecordId, Source, Subject, Value,
};
use takar_domain::sorted::Map;
use uuid::Uuid;

fn indicator(more: Value) -> Indicator {
    let node = RecordId(Uuid::from_u128(1)).to_string();
    let mut fields =
        json!({"node": node, "code": "1", "name": "Pembinaan", "measure": "%", "value_type": "percent"});
    if let (Value::Object(fields), Value::Object(more)) = (&mut fields, more) {
        fields.extend(more);
    }
    serde_json::from_value(fields).unwrap()
}

fn around() -> Context {
    Context {
        period: Period::quarter(2026, 3),
        target: Some(100.into()),
        last: Some(97.into()),
        today: Date::new(2026, 10, 7).unwrap(),
    }
}

fn typed(texts: &[(&str, &str, &str)]) -> Typed {
    let text = |(group, field, text): &(&str, &str, &str)| {
        (((*group).to_owned(), (*field).to_owned()), (*text).to_owned())
    };
    Typed(texts.iter().map(text).collect())
}

fn record(group: &str, values: &[Value]) -> Record {
    let subject = Subject::Figure {
        indicator: RecordId(Uuid::from_u128(2)),
        period: Period::quarter(2026, 3),
        unit: None,
    };
    let head = |(n, value): (usize, &Value)| Head {
        op: OpId(Uuid::from_u128(100 + n as u128)),
        value: value.clone(),
        seq: Some(n as u64 + 1),
        by: Attribution {
            author: RecordId(Uuid::from_u128(3)),
            acted_for: None,
            source: Source::Own,
            device: DeviceId(Uuid::from_u128(4)),
            made: Made::default(),
            reason: None,
        },
    };
    let heads = values.iter().enumerate().map(head).collect();
    let groups = Map::from([(group.to_owned(), Group { heads, ..Group::default() })]);
    Record { subject, groups }
}

#[test]
fn a_typed_number_becomes_a_value_and_its_drafts_go() {
    let indicator = indicator(json!({}));
    let typed = typed(&[("value", NUMBER, "98,5"), ("obstacle", TEXT, " hujan ")]);
    let work = work(&Figure { indicator: &indicator, record: None, typed: &typed, around: around() }, None);
    let saved: Vec<_> = work.changes.iter().map(|c| (c.group.as_str(), c.value.clone())).collect();
    assert_eq!(saved, [("obstacle", json!("hujan")), ("value", json!({"state": "value", "number": "98.5"}))]);
    assert_eq!(work.drops.len(), 2);
    assert!(work.blocked.is_empty());
}

#[test]
fn an_ambiguous_number_stays_a_draft_and_the_note_beside_it_is_saved() {
    let indicator = indicator(json!({}));
    let typed = typed(&[("value", NUMBER, "1.234"), ("obstacle", TEXT, "hujan")]);
    let work = work(&Figure { indicator: &indicator, record: None, typed: &typed, around: around() }, None);
    assert_eq!(work.changes.iter().map(|c| c.group.as_str()).collect::<Vec<_>>(), ["obstacle"]);
    assert_eq!(work.blocked.iter().map(|(_, i)| i.code.as_str()).collect::<Vec<_>>(), ["number.ambiguous"]);
}

#[test]
fn a_slipped_comma_is_asked_and_a_confirmation_holds_for_that_number_only() {
    let indicator = indicator(json!({}));
    let codes = |texts: &[(&str, &str, &str)], record: Option<&Record>| {
        let typed = typed(texts);
        let entry = Figure { indicator: &indicator, record, typed: &typed, around: around() }.entry();
        entry.issues.into_iter().map(|i| i.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[("value", NUMBER, "985")], None), ["number.jump"]);
    assert!(codes(&[("value", NUMBER, "985"), ("value", CONFIRMED, "number.jump")], None).is_empty());
    let stored = record("value", &[json!({"state": "value", "number": "985", "confirmed": ["number.jump"]})]);
    assert!(codes(&[], Some(&stored)).is_empty());
    assert_eq!(codes(&[("value", NUMBER, "986")], Some(&stored)), ["number.jump"]);
}

#[test]
fn taking_the_number_away_is_not_filled_and_never_zero() {
    let indicator = indicator(json!({}));
    let stored = record("value", &[json!({"state": "value", "number": "7"})]);
    let typed = typed(&[("value", NUMBER, "")]);
    let entry = Figure { indicator: &indicator, record: Some(&stored), typed: &typed, around: around() }
        .entry()
        .value;
    assert_eq!((entry.state, entry.number), (EntryState::NotFilled, None));
}

#[test]
fn a_state_without_a_number_drops_it_and_keeps_its_date() {
    let indicator = indicator(json!({}));
    let stored = record("value", &[json!({"state": "value", "number": "7"})]);
    let typed = typed(&[("value", STATE, "not_published"), ("value", EXPECTED, "5 Februari 2027")]);
    let entry = Figure { indicator: &indicator, record: Some(&stored), typed: &typed, around: around() }
        .entry()
        .value;
    assert_eq!(entry.number, None);
    assert_eq!((entry.state, entry.expected.as_deref()), (EntryState::NotPublished, Some("2027-02-05")));
}

#[test]
fn one_of_two_variables_waits_for_the_other() {
    let indicator = indicator(json!({"variables": [{"name": "Selesai"}, {"name": "Semua"}]}));
    let first = ("value", &*variable(0), "18");
    let one = typed(&[first]);
    let work_of =
        |typed: &Typed| work(&Figure { indicator: &indicator, record: None, typed, around: around() }, None);
    assert_eq!(work_of(&one).blocked.first().unwrap().1.code, "variables.missing");
    let second = variable(1);
    let both = typed(&[first, ("value", &second, "20")]);
    assert_eq!(
        work_of(&both).changes.first().unwrap().value,
        json!({"state": "value", "variables": {"Selesai": "18", "Semua": "20"}})
    );
}

#[test]
fn ticked_nagari_are_one_change_each() {
    let indicator = indicator(json!({"rows": "count", "value_type": "count", "measure": "nagari"}));
    let typed =
        typed(&[("nagari/p", DONE, "1"), ("nagari/p", EVENT_DATE, "2026-10-06"), ("nagari/x", DONE, "0")]);
    let work = work(&Figure { indicator: &indicator, record: None, typed: &typed, around: around() }, None);
    let saved: Vec<_> = work.changes.iter().map(|c| (c.group.as_str(), c.value.clone())).collect();
    assert_eq!(
        saved,
        [
            ("nagari/p", json!({"done": true, "event_date": "2026-10-06"})),
            ("nagari/x", json!({"done": false}))
        ]
    );
}

#[test]
fn typing_what_stands_already_writes_nothing_unless_two_values_stand() {
    let indicator = indicator(json!({}));
    let typed = typed(&[("value", NUMBER, "7")]);
    let seven = json!({"state": "value", "number": "7"});
    let one = record("value", std::slice::from_ref(&seven));
    let work_of = |record: &Record| {
        work(&Figure { indicator: &indicator, record: Some(record), typed: &typed, around: around() }, None)
    };
    assert!(work_of(&one).changes.is_empty());
    assert_eq!(work_of(&one).drops.len(), 1);
    let two = record("value", &[seven, json!({"state": "value", "number": "8"})]);
    assert_eq!(work_of(&two).changes.len(), 1);
}

#[test]
fn what_was_not_taken_is_typed_again_as_it_was() {
    let indicator = indicator(json!({"variables": [{"name": "Pembilang"}, {"name": "Penyebut"}]}));
    let said = |group: &str, value: serde_json::Value| {
        let texts = texts(&indicator, group, &value);
        texts.into_iter().map(|(field, text)| format!("{field}={text}")).collect::<Vec<_>>().join(" ")
    };
    let value = json!({"state": "value", "number": "98.5", "event_date": "2026-09-30", "reason": "survei"});
    assert_eq!(said("value", value), "number=98,5 event_date=2026-09-30 reason=survei");
    let value = json!({"state": "value", "variables": {"Pembilang": "18", "Penyebut": "1234"}});
    assert_eq!(said("value", value), "var0=18 var1=1.234");
    assert_eq!(
        said("value", json!({"state": "not_published", "expected": "2026-12-01"})),
        "state=not_published expected=2026-12-01"
    );
    assert_eq!(said("nagari/koto", json!({"done": false, "note": "banjir"})), "done=0 note=banjir");
    assert_eq!(said("obstacle", json!("jalan putus")), "text=jalan putus");
    assert_eq!(said("other", json!({"a": 1})), "");
    let value = json!({"state": "value", "number": "5", "evidence": [reference(1)]});
    assert_eq!(said("value", value), ["number=5 evidence=", &evidence::text(&[reference(1)])].concat());
}

fn reference(number: u8) -> Reference {
    let file = json!({"sha256": format!("{number:02x}").repeat(32), "size": 900, "media": "application/pdf"});
    let by = RecordId(Uuid::from_u128(3));
    serde_json::from_value(json!({"kind": "pdf", "name": "a.pdf", "added_by": by, "file": file})).unwrap()
}

#[test]
fn what_was_picked_is_saved_with_its_number_and_keeps_it() {
    let indicator = indicator(json!({}));
    let picked = evidence::text(&[reference(1)]);
    let both = typed(&[("value", NUMBER, "98,5"), ("value", EVIDENCE, &picked)]);
    let figure = Figure { indicator: &indicator, record: None, typed: &both, around: around() };
    let saved = work(&figure, None);
    assert_eq!(saved.changes.len(), 1, "one group, one decision");
    assert_eq!(saved.changes[0].value["number"], "98.5");
    assert_eq!(saved.changes[0].value["evidence"][0]["name"], "a.pdf");

    let record = record("value", &[saved.changes[0].value.clone()]);
    assert_eq!(evidence::stored(Some(&record), "value"), [reference(1)]);
    let emptied = typed(&[("value", EVIDENCE, "")]);
    let figure = Figure { indicator: &indicator, record: Some(&record), typed: &emptied, around: around() };
    let saved = work(&figure, None);
    assert_eq!(saved.changes[0].value, json!({"state": "value", "number": "98.5"}));
}

#[test]
fn a_list_that_newer_software_wrote_is_not_lost() {
    let indicator = indicator(json!({"rows": "count"}));
    let value = json!({"done": true, "evidence": [reference(1)]});
    let record = record("nagari/koto", std::slice::from_ref(&value));
    let texts = typed(&[("nagari/koto", NOTE, "lengkap"), ("nagari/koto", EVIDENCE, "{\"v\":2}")]);
    let figure = Figure { indicator: &indicator, record: Some(&record), typed: &texts, around: around() };
    let saved = work(&figure, None);
    assert_eq!(saved.changes[0].value["evidence"], value["evidence"]);
    assert_eq!(saved.changes[0].value["note"], "lengkap");
}

#[test]
fn the_same_file_is_listed_once_and_too_many_are_refused_when_picked() {
    let mut listed = Vec::new();
    for _ in 0..2 {
        evidence::add(&mut listed, reference(1)).unwrap();
    }
    assert_eq!(listed.len(), 1);
    for number in 2..=64 {
        evidence::add(&mut listed, reference(number)).unwrap();
    }
    let refused = evidence::add(&mut listed, reference(65)).unwrap_err();
    assert_eq!((refused.code.as_str(), listed.len()), ("entry.too_many", 64));
}

#[test]
fn a_file_says_its_size_and_when_and_whether_the_place_is_known() {
    let mut photo = reference(1);
    assert_eq!(evidence::about(&photo), "1 KB");
    photo.file.as_mut().unwrap().size = 1_300_000;
    photo.captured = Some("2026-10-06T14:03:22".into());
    photo.position = serde_json::from_value(json!({"latitude": "-0.3", "longitude": "100.4"})).ok();
    assert_eq!(evidence::about(&photo), "1,2 MB · diambil 6 Oktober 2026 14.03 · dengan lokasi");
}
