//! A unit's form as XLSX: out, filled elsewhere, back; and whatever else people bring.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Formula, Workbook};
use serde_json::Value;
use takar_domain::record::RecordId;
use takar_domain::view::workbook::{Book, BookLine, Returned, ReturnedCell, Stamp};
use uuid::Uuid;

use crate::app::{TestApp, Worker, expect_problem, run};
use crate::office;

const OUT: &str = "/api/v1/workbook";
const BACK: &str = "/api/v1/workbook/read";

fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

fn stamp(unit: RecordId) -> Stamp {
    Stamp { office: id(1), cycle: id(2), unit, version: 4 }
}

/// An office with somebody who fills in for the section, which is given too.
async fn open() -> (TestApp, Worker, RecordId) {
    let (app, _, furniture) = office::open().await;
    let worker = app.browser().sign_in("staf").await;
    (app, worker, furniture.section)
}

fn book(unit: RecordId) -> Book {
    let line = |key: &str, now: &str, number| BookLine {
        key: key.into(),
        cells: ["Jumlah dokumen".into(), "Nagari A".into(), "Dokumen".into(), "7".into()],
        now: now.into(),
        number,
    };
    Book {
        stamp: stamp(unit),
        title: vec!["Isi data Seksi A".into()],
        lines: vec![
            line("a value number", "1.234,5", true),
            line("a obstacle text", "=Hujan", false),
            line("b value number", "", true),
        ],
    }
}

async fn post(worker: &Worker, path: &str, body: Vec<u8>, json: bool) -> reqwest::Response {
    let kind = if json { "application/json" } else { "application/octet-stream" };
    let request = worker.browser.post(path).header("content-type", kind).header("accept", "application/json");
    request.body(body).send().await.unwrap()
}

async fn written(worker: &Worker, unit: RecordId) -> Vec<u8> {
    let answer = post(worker, OUT, serde_json::to_vec(&book(unit)).unwrap(), true).await;
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.bytes().await.unwrap().to_vec()
}

async fn read(worker: &Worker, bytes: Vec<u8>) -> Returned {
    let answer = post(worker, BACK, bytes, false).await;
    let status = answer.status();
    let bytes = answer.bytes().await.unwrap();
    assert!(status.is_success(), "{status} {}", String::from_utf8_lossy(&bytes));
    serde_json::from_slice(&bytes).unwrap()
}

/// A workbook as somebody else's program writes it: our stamp, then what `fill` adds.
fn made(unit: RecordId, fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Isi data").unwrap();
    fill(sheet);
    let other = workbook.add_worksheet();
    other.set_name("takar").unwrap();
    let Stamp { office, cycle, unit, version } = stamp(unit);
    let lines =
        ["takar-form-1".into(), office.to_string(), cycle.to_string(), unit.to_string(), version.to_string()];
    for (row, text) in (0..).zip(lines) {
        other.write_string(row, 0, &text).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_form_goes_out_and_what_nobody_touched_comes_back_as_nothing() {
    run(async {
        let (_app, worker, unit) = open().await;
        let back = read(&worker, written(&worker, unit).await).await;
        assert_eq!(back.stamp, stamp(unit));
        assert_eq!(back.cells, []);
    });
}

#[test]
fn what_was_filled_comes_back_by_its_cell_as_it_would_be_typed() {
    run(async {
        let (_app, worker, unit) = open().await;
        let bytes = made(unit, |sheet| {
            for (row, key) in (0..).zip(["k same", "k text", "k number", "k emptied"]) {
                sheet.write_string(row, 5, key).unwrap();
                sheet.write_string(row, 6, "Hujan").unwrap();
            }
            sheet.write_string(0, 4, " Hujan ").unwrap();
            sheet.write_string(1, 4, "=Banjir").unwrap();
            sheet.write_number(2, 4, 1234.5).unwrap();
        });
        let cell = |at: &str, key: &str, text: &str| ReturnedCell {
            at: at.into(),
            key: key.into(),
            text: text.into(),
            fault: None,
        };
        let all = [cell("E2", "k text", "=Banjir"), cell("E3", "k number", "1234,5")];
        assert_eq!(read(&worker, bytes).await.cells, all);
    });
}

#[test]
fn formulas_dates_and_cells_far_out_are_told_cell_by_cell() {
    run(async {
        let (_app, worker, unit) = open().await;
        let bytes = made(unit, |sheet| {
            for (row, key) in (0..).zip(["k formula", "k date", "k yes", "k number"]) {
                sheet.write_string(row, 5, key).unwrap();
            }
            sheet.write_formula(0, 4, Formula::new("=1+1").set_result("2")).unwrap();
            let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 10, 12).unwrap();
            let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
            sheet.write_datetime_with_format(1, 4, day, &format).unwrap();
            sheet.write_boolean(2, 4, true).unwrap();
            sheet.write_number(3, 4, 98.25).unwrap();
            sheet.write_string(1_048_575, 16_383, "far out").unwrap();
        });
        let faults: Vec<_> =
            read(&worker, bytes).await.cells.into_iter().map(|c| (c.at, c.fault.unwrap_or(c.text))).collect();
        let wanted = [("E1", "sheet.formula"), ("E2", "sheet.date"), ("E3", "sheet.kind"), ("E4", "98,25")];
        assert_eq!(faults, wanted.map(|(at, said)| (at.to_owned(), said.to_owned())));
    });
}

/// A zip whose one part unpacks to so many zeros.
fn bomb(size: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("xl/workbook.xml", options).unwrap();
    let piece = vec![0; 1 << 20];
    for _ in 0..size >> 20 {
        archive.write_all(&piece).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_form_of_ours_is_refused_in_words_whatever_it_is() {
    run(async {
        let (_app, worker, unit) = open().await;
        let whole = written(&worker, unit).await;
        let mut torn = whole.clone();
        torn.truncate(whole.len() / 2);
        let mut bent = whole.clone();
        bent.iter_mut().skip(40).step_by(97).for_each(|byte| *byte ^= 0x55);
        let mut foreign = Workbook::new();
        foreign.add_worksheet().write_string(0, 0, "Rekap").unwrap();
        let foreign = foreign.save_to_buffer().unwrap();
        for (what, bytes, code) in [
            ("nothing", Vec::new(), "sheet.damaged"),
            ("text", b"bukan excel".to_vec(), "sheet.damaged"),
            ("half a file", torn, "sheet.damaged"),
            ("changed bytes", bent, "sheet.damaged"),
            ("somebody's own workbook", foreign, "sheet.other"),
            ("a bomb", bomb(64 << 20), "sheet.large"),
            ("too many bytes", vec![0; 3 << 20], "sheet.large"),
        ] {
            let answer = post(&worker, BACK, bytes, false).await;
            assert_eq!(answer.status(), 422, "{what}");
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(problem["code"], code, "{what}");
            assert!(problem["detail"].as_str().is_some_and(|words| words.len() > 20), "{what}: {problem}");
        }
        // The office goes on.
        assert_eq!(read(&worker, whole).await.stamp, stamp(unit));
    });
}

/// Many cells that all show one long text, which the file has once.
fn echoes(unit: RecordId) -> Vec<u8> {
    let text = "a".repeat(30_000);
    made(unit, |sheet| {
        for row in 0..6_000 {
            sheet.write_string(row, 4, &text).unwrap();
        }
    })
}

#[test]
fn a_small_file_does_not_become_much_in_memory() {
    run(async {
        let (_app, worker, unit) = open().await;
        let bytes = echoes(unit);
        assert!(bytes.len() < 200_000, "{}", bytes.len());
        let answer = post(&worker, BACK, bytes, false).await;
        expect_problem(answer, 422, "sheet.large").await;
    });
}

#[test]
fn what_no_workbook_can_hold_is_not_written() {
    run(async {
        let (_app, worker, unit) = open().await;
        let line = book(unit).lines.remove(0);
        let many = Book { lines: vec![BookLine { key: String::new(), ..line.clone() }; 5_001], ..book(unit) };
        let long = BookLine { now: "a".repeat(40_000), number: false, ..line.clone() };
        let long = Book { lines: vec![long], ..book(unit) };
        for book in [many, long] {
            let answer = post(&worker, OUT, serde_json::to_vec(&book).unwrap(), true).await;
            expect_problem(answer, 422, "sheet.large").await;
        }
        let odd = BookLine { now: "inf".into(), number: true, ..line };
        let odd = Book { lines: vec![odd], ..book(unit) };
        let answer = post(&worker, OUT, serde_json::to_vec(&odd).unwrap(), true).await;
        let back = read(&worker, answer.bytes().await.unwrap().to_vec()).await;
        assert_eq!(back.cells, []);
        for (body, json, status) in [(b"{}".to_vec(), true, 400), (b"{}".to_vec(), false, 415)] {
            assert_eq!(post(&worker, OUT, body, json).await.status(), status);
        }
    });
}

#[test]
fn thirty_megabytes_are_refused_without_being_read() {
    run(async {
        let (_app, worker, unit) = open().await;
        for (path, json) in [(BACK, false), (OUT, true)] {
            // The office may hang up before all is sent: then there is no answer, and no harm.
            let request = worker.browser.post(path).header("accept", "application/json");
            let kind = if json { "application/json" } else { "application/octet-stream" };
            if let Ok(answer) = request.header("content-type", kind).body(vec![0; 30 << 20]).send().await {
                assert!([413, 422].contains(&answer.status().as_u16()), "{path}: {}", answer.status());
            }
        }
        assert_eq!(read(&worker, written(&worker, unit).await).await.stamp, stamp(unit));
    });
}

#[test]
fn only_who_fills_in_for_the_unit_has_its_workbook() {
    run(async {
        let (app, worker, unit) = open().await;
        let file = written(&worker, unit).await;
        for (name, may) in [("kasi", true), ("lain", false), ("camat", false), ("admin", false)] {
            let other = app.browser().sign_in(name).await;
            let out = post(&other, OUT, serde_json::to_vec(&book(unit)).unwrap(), true).await;
            let back = post(&other, BACK, file.clone(), false).await;
            if may {
                assert_eq!((out.status().as_u16(), back.status().as_u16()), (200, 200), "{name}");
            } else {
                expect_problem(out, 403, "permission.denied").await;
                expect_problem(back, 403, "permission.denied").await;
            }
        }
    });
}

#[test]
fn only_who_is_signed_in_has_workbooks_written_and_read() {
    run(async {
        let app = TestApp::start().await;
        app.found().await;
        for path in [OUT, BACK] {
            let answer = app.browser().post(path).body(Vec::new()).send().await.unwrap();
            expect_problem(answer, 401, "session.needed").await;
        }
    });
}
