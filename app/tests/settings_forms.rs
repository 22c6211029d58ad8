//! The forms of *Pengaturan*: texts in fields become records and back.

use serde::Serialize;
use takar_app::acts::settings::ask::{Ask, Kind, filled, said};
use takar_app::acts::settings::choice;
use takar_app::acts::settings::read;
use takar_domain::codec::to_value;
use takar_domain::config::{Config, Office};
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Value};
use uuid::Uuid;

fn zones(config: &Config, id: RecordId) -> Vec<(String, String)> {
    choice::zones(config, id)
}

const ASKS: &[Ask] = &[
    Ask::new(Kind::Text, "name", "Nama"),
    Ask::new(Kind::Text, "address", "Alamat").optional(),
    Ask::new(Kind::Choice(zones), "zone", "Zona"),
    Ask::new(Kind::Number, "number", "Angka").optional(),
    Ask::new(Kind::Date, "day", "Hari").optional(),
    Ask::new(Kind::Tick, "active", "Dipakai"),
];

fn texts(texts: [&str; 6]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn record() -> Value {
    serde_json::json!({
        "name": "Kecamatan Contoh", "address": "Jalan Raya 1", "zone": "WIB", "number": "1250.5",
        "day": "2026-10-12", "newer": [1, 2],
    })
}

#[test]
fn a_form_shows_what_the_record_says_and_gives_it_back_unchanged() {
    let shown: Vec<_> = ASKS.iter().map(|ask| ask.shown(&record())).collect();
    assert_eq!(shown, texts(["Kecamatan Contoh", "Jalan Raya 1", "WIB", "1.250,5", "12 Oktober 2026", "1"]));
    let mut same = record();
    same["active"] = true.into();
    assert_eq!(filled(ASKS, &shown, &record()), Ok(same), "also the field of a newer app");
}

#[test]
fn what_is_wrong_names_its_field_where_there_are_several() {
    let late = Issue::hard("date.future", "day");
    assert_eq!(said(ASKS, &late), "Hari: Tanggal kejadian tidak boleh sesudah hari ini.");
    assert_eq!(said(ASKS, &Issue::hard("text.empty", "number")), "Angka wajib diisi.");
    let only = &ASKS[4..5];
    assert_eq!(said(only, &late), "Tanggal kejadian tidak boleh sesudah hari ini.");
}

#[test]
fn what_is_left_empty_is_taken_away_where_it_may_be() {
    let emptied = filled(ASKS, &texts(["  ", "", "", "", "", ""]), &record());
    let expected = serde_json::json!({ "name": "", "active": false, "newer": [1, 2] });
    assert_eq!(emptied, Ok(expected), "a name that must be filled is left to the rules");
}

#[test]
fn what_cannot_be_read_is_said_beside_its_field() {
    let issues = filled(ASKS, &texts(["A", "", "", "1.234", "bulan depan", "1"]), &record()).unwrap_err();
    let found: Vec<_> = issues.iter().map(|i| (i.path.as_str(), i.code.as_str())).collect();
    assert_eq!(found[0], ("number", "number.ambiguous"));
    assert_eq!(found[1].0, "day");
    assert_eq!(found.len(), 2);
}

#[test]
fn a_new_record_comes_out_of_nothing() {
    let made = filled(ASKS, &texts([" Kecamatan ", "", "WITA", "", "", "1"]), &Value::Null).unwrap();
    assert_eq!(made, serde_json::json!({ "name": "Kecamatan", "zone": "WITA", "active": true }));
    let refused = read::<Office>(&made).unwrap_err();
    assert_eq!(refused[0].code, "shape.wrong", "an office needs its regency");
}

/// The words in the tables are those that records have.
#[test]
fn every_choice_is_written_as_records_write_it() {
    fn same<T: Serialize + std::fmt::Debug>(list: &[(&str, T)]) {
        for (word, value) in list {
            assert_eq!(to_value(value), Value::from(*word), "{value:?}");
        }
    }
    same(&choice::ZONES);
    same(&choice::UNIT_KINDS);
    same(&choice::POSTS);
    same(&choice::TENURES);
    same(&choice::DIRECTIONS);
    same(&choice::ACCUMULATIONS);
    same(&choice::VALUE_TYPES);
    same(&choice::ROWS);
    let zones = choice::zones(&Config::default(), RecordId(Uuid::nil()));
    assert!(zones.iter().map(|(word, _)| word.as_str()).eq(choice::ZONES.map(|(word, _)| word)));
}
