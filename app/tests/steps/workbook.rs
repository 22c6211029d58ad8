//! A unit's form as a workbook: what goes out, and what coming back would change.

use serde_json::json;
use takar_app::acts::entry::workbook::bring;
use takar_domain::figure::{Entry, EntryState, NOTES, VALUE};
use takar_domain::text::workbook as words;
use takar_domain::view::entry_sheet::{EntrySheet, entry_sheet};
use takar_domain::view::workbook::{Book, Returned, ReturnedCell, book, strange};

use super::*;

/// Seksi A with an indicator of nagari rows beside its number, open for entry.
fn desk() -> Desk {
    let mut desk = ordered();
    for (n, code) in ["a", "b"].into_iter().enumerate() {
        let nagari = json!({"name": format!("Nagari {code}"), "code": code, "order": n});
        desk.put(Subject::Nagari { id: id(90 + n as u128) }, MAIN, &nagari);
    }
    let rows = json!({
        "node": id(5), "code": "r", "name": "Nagari tertib", "measure": "nagari", "unit": SECTION, "rows": "count",
        "order": 1,
    });
    desk.put(Subject::Indicator { id: id(22) }, MAIN, &rows);
    desk
}

fn sheet(desk: &Desk) -> EntrySheet {
    entry_sheet(&desk.config, &|id| desk.get(id), CYCLE, SECTION).unwrap()
}

fn out(desk: &Desk) -> Book {
    book((OFFICE, "Kecamatan Contoh"), "Seksi A", &sheet(desk), desk.config.form(CYCLE).version)
}

fn back(desk: &Desk, cells: &[(&str, &str, Option<&str>)]) -> Returned {
    let cell = |(n, (key, text, fault)): (usize, &(&str, &str, Option<&str>))| ReturnedCell {
        at: format!("E{}", n + 5),
        key: (*key).into(),
        text: (*text).into(),
        fault: fault.map(str::to_owned),
    };
    Returned { stamp: out(desk).stamp, cells: cells.iter().enumerate().map(cell).collect() }
}

#[test]
fn every_field_of_the_unit_is_a_line_and_nothing_of_another() {
    let desk = desk();
    let lines: Vec<_> =
        out(&desk).lines.into_iter().map(|l| (l.cells[0].clone(), l.cells[1].clone())).collect();
    let all = |name: &str, details: &[&str]| -> Vec<_> {
        details.iter().map(|detail| (name.to_owned(), (*detail).to_owned())).collect()
    };
    let mut wanted = all("Indikator", &["", "Faktor pendukung", "Kendala", "Tindak lanjut"]);
    wanted.extend(all(
        "Nagari tertib",
        &["Nagari a", "Nagari b", "Faktor pendukung", "Kendala", "Tindak lanjut"],
    ));
    assert_eq!(lines, wanted);
}

#[test]
fn what_comes_back_is_saved_as_if_it_had_been_typed_and_what_cannot_be_used_is_named() {
    let mut desk = desk();
    let (number, rows) = (id(20), id(22));
    let cells = [
        (format!("{number} value number"), "98,5", None),
        (format!("{number} obstacle text"), "Hujan", None),
        (format!("{rows} nagari/a done"), "Sudah", None),
        (format!("{rows} nagari/b done"), "mungkin", None),
        (format!("{} value number", id(21)), "4", None),
        (format!("{number} follow_up text"), "", Some("sheet.formula")),
    ];
    let cells: Vec<_> = cells.iter().map(|(key, text, fault)| (key.as_str(), *text, *fault)).collect();
    let today = TODAY.parse().unwrap();
    let brought = bring(&desk.config, &|id| desk.get(id), &sheet(&desk), &back(&desk, &cells), today);
    assert_eq!(
        brought.faults,
        [("E8", "sheet.tick"), ("E9", "sheet.place"), ("E10", "sheet.formula")]
            .map(|(at, code)| (at.to_owned(), words::issue(code)))
    );
    assert_eq!(brought.changes.len(), 3, "{:?}", brought.changes);
    assert_eq!(desk.press(HEAD, brought.parts), [Judgement::Apply, Judgement::Apply]);
    let figure = desk.get(figure(number).record()).unwrap();
    let entry: Entry = figure.read(VALUE).unwrap();
    assert_eq!((entry.state, entry.number), (EntryState::Value, Some("98.5".parse().unwrap())));
    assert_eq!(figure.read::<String>(NOTES[1]).as_deref(), Some("Hujan"));
    // Brought again, it changes nothing.
    let again = bring(&desk.config, &|id| desk.get(id), &sheet(&desk), &back(&desk, &cells[..3]), today);
    assert!(again.parts.is_empty(), "{:?}", again.changes);
}

#[test]
fn a_number_that_cannot_be_read_is_named_by_its_cell() {
    let desk = desk();
    let key = format!("{} value number", id(20));
    let today = TODAY.parse().unwrap();
    let wrong = back(&desk, &[(&key, "banyak", None)]);
    let brought = bring(&desk.config, &|id| desk.get(id), &sheet(&desk), &wrong, today);
    assert!(brought.parts.is_empty());
    assert_eq!(brought.faults, [("E5".to_owned(), "Isi dengan angka, misalnya 98,5.".to_owned())]);
}

#[test]
fn a_workbook_of_another_office_round_unit_or_version_says_so() {
    let stamp = out(&desk()).stamp;
    assert_eq!(strange(&stamp, &stamp), None);
    for (other, code) in [
        (takar_domain::view::workbook::Stamp { office: id(9), ..stamp }, "sheet.office"),
        (takar_domain::view::workbook::Stamp { cycle: id(9), ..stamp }, "sheet.cycle"),
        (takar_domain::view::workbook::Stamp { unit: OTHER, ..stamp }, "sheet.unit"),
        (takar_domain::view::workbook::Stamp { version: 9, ..stamp }, "sheet.version"),
    ] {
        assert_eq!(strange(&other, &stamp), Some(code));
        assert_ne!(words::issue(code), words::issue("sheet.unheard"), "{code}");
    }
}
