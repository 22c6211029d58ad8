//! *Ubah SOP*: what the form shows of a version, and the version that it makes.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use takar_app::acts::settings::ask::{Ask, filled};
use takar_app::acts::settings::sop::{
    IDENTITY, STEP, asked, identity, lower_step, put_step, remove_step, whole,
};
use takar_app::acts::settings::{choice, save_sop};
use takar_domain::codec::from_value;
use takar_domain::config::{Config, Post};
use takar_domain::record::{RecordId, Subject};
use takar_domain::sop::{Kind, Sop, Step, newest};
use takar_domain::text::sop as words;
use uuid::Uuid;

const OFFICE: RecordId = RecordId(Uuid::from_u128(1));

/// The order, two steps that wait for it, what Takar adds, and the end.
fn sop() -> Sop {
    let step = |number: u16, title: &str, kind: &str, after: &[u16]| {
        json!({"number": number, "text": title, "screen_title": title, "actors": ["camat"], "per_unit": false,
            "after": after, "requires": "Surat", "minutes": 1200, "output": "", "kind": kind})
    };
    let mut extra = step(101, "Telaah", "compile", &[2, 3]);
    extra["extra"] = true.into();
    let mut marked = step(3, "Rapat", "meeting", &[1]);
    marked["printed_column"] = 1.into();
    marked["screen_note"] = "Naskah asli salah tulis.".into();
    let steps = [
        step(1, "Perintah", "order", &[]),
        step(2, "Form", "form", &[1]),
        marked,
        extra,
        step(4, "Arsip", "archive", &[101]),
    ];
    let mut value = json!({"title": "SOP", "year": 2026, "number": "17/SOP", "steps": steps});
    for text in ["chart_title", "created", "revised", "effective", "approved_by_post", "warning"] {
        value[text] = "".into();
    }
    for list in ["institution", "legal_bases", "qualifications", "related", "equipment", "recording"] {
        value[list] = json!(["satu", "dua"]);
    }
    value["printed_columns"] = json!(["Camat", "Sekretaris"]);
    value["standard_heads"] = json!(["Kelengkapan", "Waktu", "Ouput"]);
    from_value(&value).unwrap()
}

/// The record after somebody typed into some fields of its form.
fn typed(asks: &[Ask], record: &Value, texts: &[(&str, &str)]) -> Value {
    let shown = asks.iter().map(|ask| {
        let typed = texts.iter().find(|(path, _)| *path == ask.path);
        typed.map_or_else(|| ask.shown(record), |(_, text)| (*text).to_owned())
    });
    filled(asks, &shown.collect::<Vec<_>>(), record).unwrap()
}

/// `number title<after`, in their order.
fn chain(steps: &[Step]) -> Vec<String> {
    steps.iter().map(|step| format!("{} {}<{:?}", step.number, step.screen_title, step.after)).collect()
}

fn paths(issues: Vec<takar_domain::issue::Issue>) -> Vec<(String, String)> {
    issues.into_iter().map(|issue| (issue.path, issue.code)).collect()
}

#[test]
fn a_version_whose_form_nobody_touched_is_the_same_word_for_word() {
    let sop = sop();
    let mut steps = sop.steps.clone();
    for at in 0..steps.len() {
        let record = asked(steps.get(at));
        put_step(&mut steps, at, &typed(STEP, &record, &[])).unwrap();
    }
    let record = typed(IDENTITY, &identity(&sop), &[]);
    assert_eq!(whole(&record, steps), Ok(sop));
}

#[test]
fn what_is_typed_into_identity_and_steps_is_in_the_new_version() {
    let sop = sop();
    let mut steps = sop.steps.clone();
    let texts = [
        ("minutes", "45"),
        ("actors", "sekretaris\nkasi"),
        ("printed_column", ""),
        ("screen_note", ""),
        ("days_before", "3"),
        ("after", "1, 2"),
    ];
    let record = typed(STEP, &asked(steps.get(2)), &texts);
    put_step(&mut steps, 2, &record).unwrap();
    let step = &steps[2];
    assert_eq!((step.minutes, step.days_before, step.printed_column), (45, Some(3), None));
    assert_eq!((&step.screen_note, &step.after[..]), (&None, &[1, 2][..]));
    assert_eq!(step.actors, [Post::Sekretaris, Post::Kasi]);
    let texts = [("legal_bases", " Perbup 1\n\nPerbup 2 "), ("year", "2027"), ("revised", "2 Januari 2027")];
    let next = whole(&typed(IDENTITY, &identity(&sop), &texts), steps).unwrap();
    assert_eq!(next.legal_bases, ["Perbup 1", "Perbup 2"]);
    assert_eq!((next.year, next.revised.as_str()), (2027, "2 Januari 2027"));
}

#[test]
fn a_step_is_added_with_its_number_and_what_keeps_it_is_told_by_field() {
    let mut steps = sop().steps;
    let nothing = typed(STEP, &asked(None), &[("after", "9")]);
    let wrong = paths(put_step(&mut steps, 5, &nothing).unwrap_err());
    let empty = ["screen_title", "text", "actors", "minutes"];
    let mut all: Vec<_> = empty.map(|path| (path.to_owned(), "text.empty".to_owned())).to_vec();
    all.push(("after".into(), "sop.before".into()));
    assert_eq!(wrong, all);
    assert_eq!(steps.len(), 5);
    let whole = filled(&STEP[7..8], &["satu jam".into()], &Value::Null).unwrap_err();
    assert_eq!(paths(whole), [("minutes".to_owned(), "number.whole".to_owned())]);
    let texts = [
        ("screen_title", "Lapor"),
        ("text", "Melapor"),
        ("actors", "kasi"),
        ("minutes", "5"),
        ("after", "4"),
    ];
    put_step(&mut steps, 5, &typed(STEP, &asked(None), &texts)).unwrap();
    assert_eq!(chain(&steps)[5], "5 Lapor<[4]");
    assert_eq!((steps[5].kind, steps[5].extra, steps[5].per_unit), (Kind::Plain, false, false));
    // It does not wait for what comes later.
    let late = typed(STEP, &asked(steps.first()), &[("after", "2")]);
    assert_eq!(paths(put_step(&mut steps, 0, &late).unwrap_err()), [("after".into(), "sop.before".into())]);
}

#[test]
fn a_step_that_moves_takes_its_place_in_the_chain() {
    let mut steps = sop().steps;
    // Two that do not wait for each other change their numbers only.
    lower_step(&mut steps, 1);
    assert_eq!(
        chain(&steps),
        ["1 Perintah<[]", "2 Rapat<[1]", "3 Form<[1]", "101 Telaah<[3, 2]", "4 Arsip<[101]"]
    );
    // One that waits for the other goes before it, and the chain stays one.
    lower_step(&mut steps, 3);
    assert_eq!(
        chain(&steps),
        ["1 Perintah<[]", "2 Rapat<[1]", "3 Form<[1]", "4 Arsip<[3, 2]", "101 Telaah<[4]"]
    );
    lower_step(&mut steps, 3);
    lower_step(&mut steps, 1);
    assert_eq!(steps, sop().steps);
    lower_step(&mut steps, 4);
    assert_eq!(steps, sop().steps, "after the last there is nothing");
}

#[test]
fn what_waited_for_a_step_that_is_gone_waits_for_what_that_one_waited_for() {
    let mut steps = sop().steps;
    remove_step(&mut steps, 3);
    assert_eq!(chain(&steps), ["1 Perintah<[]", "2 Form<[1]", "3 Rapat<[1]", "4 Arsip<[2, 3]"]);
    remove_step(&mut steps, 0);
    assert_eq!(chain(&steps), ["1 Form<[]", "2 Rapat<[]", "3 Arsip<[1, 2]"]);
    remove_step(&mut steps, 7);
    assert_eq!(steps.len(), 3);
}

#[test]
fn the_sheet_keeps_its_three_heads_and_the_columns_that_steps_are_marked_in() {
    let sop = sop();
    let texts = [("title", ""), ("standard_heads", "Kelengkapan\nWaktu"), ("printed_columns", "Camat")];
    let record = typed(IDENTITY, &identity(&sop), &texts);
    let wrong = [("title", "text.empty"), ("standard_heads", "sop.heads"), ("printed_columns", "sop.column")];
    let wrong = wrong.map(|(path, code)| (path.to_owned(), code.to_owned()));
    assert_eq!(paths(whole(&record, sop.steps).unwrap_err()), wrong);
}

#[test]
fn each_version_replaces_the_newest_and_none_is_stored_twice() {
    let mut config = Config::default();
    let mut store = |sop: Sop| -> Result<RecordId, String> {
        let mut parts = save_sop(&config, &|_| None, OFFICE, sop).map_err(|issues| issues[0].code.clone())?;
        let part = parts.remove(0);
        let Subject::Sop { id } = part.subject else { return Err("no SOP".into()) };
        config.sops.insert(id, from_value(&part.changes[0].value).unwrap());
        assert_eq!(newest(&config), Some(id), "the next round runs by it");
        Ok(id)
    };
    let with = |minutes: u32| {
        let mut sop = sop();
        sop.steps[0].minutes = minutes;
        sop
    };
    let ids: Vec<_> = (1..=8).map(|minutes| store(with(minutes)).unwrap()).collect();
    assert_eq!(store(with(3)), Err("sop.known".into()));
    let mut nobody = with(9);
    nobody.steps[0].actors.clear();
    assert_eq!(store(nobody), Err("sop.nobody".into()));
    assert_eq!(config.sops.values().filter(|sop| sop.replaces == Some(ids[0])).count(), 1);
    let versions: Vec<_> = ids.iter().map(|id| config.sops[id].version(&config)).collect();
    assert_eq!(versions, [1, 2, 3, 4, 5, 6, 7, 8]);
    let options: BTreeSet<_> = choice::sops(&config, OFFICE).into_iter().map(|(_, words)| words).collect();
    assert_eq!(options.len(), 8, "each is told from the others where a round is opened: {options:?}");
}

#[test]
fn an_added_step_is_shown_without_a_number() {
    let sop = sop();
    let names: Vec<_> = sop.steps.iter().map(Step::numbered).collect();
    assert_eq!(names, ["1. Perintah", "2. Form", "3. Rapat", "Telaah", "4. Arsip"]);
    let said: Vec<_> = sop.steps[2..4].iter().map(words::moved).collect();
    assert_eq!(said, ["Rapat sekarang nomor 3.", "Telaah dipindahkan."]);
    assert_eq!(words::extra(101), "tambahan, kode 101", "another step waits for it by this code");
}

#[test]
fn versions_that_replace_each_other_hang_nothing() {
    let mut config = Config::default();
    for (own, other) in [(1, 2), (2, 1)] {
        let sop = Sop { replaces: Some(RecordId(Uuid::from_u128(other))), ..sop() };
        config.sops.insert(RecordId(Uuid::from_u128(own)), sop);
    }
    assert_eq!(config.sops[&RecordId(Uuid::from_u128(1))].version(&config), 2);
}
