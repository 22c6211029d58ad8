//! Values, answers and the saved form, as a reader meets them.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use takar_app::acts::{csv, settle, words};
use takar_domain::config::{Config, Nagari};
use takar_domain::period::Period;
use takar_domain::record::{RecordId, Subject};
use takar_domain::view::measurement_form::{FormRow, HeadCell, MeasurementForm, RowKind};
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::{Outcome, Why};
use uuid::Uuid;

const fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

const FIGURE: Subject = Subject::Figure { indicator: id(1), period: Period::quarter(2026, 3), unit: None };

fn config(measure: &str) -> Config {
    let indicator =
        json!({"node": id(9), "code": "i", "name": "Nagari tertib administrasi", "measure": measure});
    let nagari = Nagari { name: "Nagari Contoh X".into(), code: "x".into(), order: 1, active: true };
    let mut config = Config::default();
    config.indicators.insert(id(1), serde_json::from_value(indicator).unwrap());
    config.nagari.insert(id(2), nagari);
    config
}

#[test]
fn values_are_said_as_the_office_says_them() {
    let cases: [(&str, &str, Value, &str); 10] = [
        ("value", "%", json!({"state": "value", "number": "98.5"}), "98,5%"),
        ("value", "nagari", json!({"state": "value", "number": "1234"}), "1.234 nagari"),
        ("value", "", json!({"state": "value", "predicate": "WTP"}), "WTP"),
        ("value", "%", json!({"state": "not_published"}), "belum terbit"),
        ("value", "%", json!({"state": "not_measured"}), "tidak diukur periode ini"),
        ("nagari/x", "nagari", json!({"done": true}), "sudah"),
        ("nagari/x", "nagari", json!({"done": false}), "belum"),
        ("nagari/x", "nagari", json!({"number": "2.5"}), "2,5"),
        ("obstacle", "", json!("menunggu berita acara"), "menunggu berita acara"),
        ("value", "", json!(["from", "another", "version"]), "isian dari versi lain"),
    ];
    for (group, measure, value, expected) in cases {
        assert_eq!(words::value(&config(measure), &FIGURE, group, &value), expected, "{group} {value}");
    }
    assert_eq!(words::subject(&config(""), &FIGURE), "Nagari tertib administrasi · Triwulan III 2026");
    assert_eq!(words::group(&config(""), "nagari/x"), "Nagari Contoh X");
    assert_eq!(words::group(&config(""), "obstacle"), "Kendala");
}

fn part(action: Action) -> Part {
    let change = Change {
        group: "value".into(),
        seen: vec![takar_domain::record::OpId(Uuid::from_u128(3))],
        value: json!({}),
    };
    Part { subject: FIGURE, action, changes: vec![change], judged: Vec::new() }
}

#[test]
fn taking_over_sees_what_stands_now_and_takes_only_what_waits() {
    let parts = [part(Action::Edit), part(Action::Edit), part(Action::Accept)];
    let held = Outcome::Held { why: Why::RightsChanged };
    let mut config = config("");
    let taken = settle::adopt(&config, &parts, &[held.clone(), Outcome::Applied, held]);
    assert_eq!(taken.len(), 1, "not what was applied, and no decision of somebody else");
    assert_eq!(taken[0].action, Action::Adopt);
    assert!(taken[0].changes[0].seen.is_empty(), "filled with what stands when it is saved");

    let removed = [Outcome::Held { why: Why::Removed }];
    assert_eq!(settle::adopt(&config, &parts[..1], &removed).len(), 1, "measured again meanwhile");
    config.indicators.get_mut(&id(1)).unwrap().active = false;
    assert!(settle::adopt(&config, &parts[..1], &removed).is_empty());
}

#[test]
fn laying_aside_names_each_record_once_and_changes_nothing() {
    let aside = settle::discard(&[part(Action::Edit), part(Action::Edit)]);
    assert_eq!(aside.len(), 1);
    assert_eq!((aside[0].action, aside[0].changes.len()), (Action::Discard, 0));
}

#[test]
fn the_form_as_csv_opens_in_an_indonesian_spreadsheet() {
    let head = |text: &str, columns, rows| HeadCell { text: text.into(), columns, rows };
    let cells = ["1", "Layanan \"prima\"; cepat", "98,5", "=1+1"].map(str::to_owned).to_vec();
    let form = MeasurementForm {
        title: "FORM PENGUKURAN KINERJA",
        heading: vec!["KECAMATAN CONTOH".into()],
        head: [
            vec![head("No.", 1, 2), head("Indikator", 1, 2), head("TW I", 2, 1)],
            vec![head("T", 1, 1), head("R", 1, 1)],
        ],
        rows: vec![FormRow { kind: RowKind::Indicator, cells }],
        footnotes: Vec::new(),
    };
    let text = csv::text(&form);
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[2], r#""No.";"Indikator";"TW I T";"TW I R""#);
    assert_eq!(lines[3], r#""1";"Layanan ""prima""; cepat";"98,5";"'=1+1""#);
    assert!(csv::address(&text).starts_with("data:text/csv;charset=utf-8,%EF%BB%BF%22FORM%20PENGUKURAN"));
}
