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

fn stamp() -> Stamp {
    Stamp { office: id(1), cycle: id(2), unit: id(3), version: 4 }
}

fn book() -> Book {
    let line = |key: &str, now: &str, number| BookLine {
        key: key.into(),
        cells: ["Jumlah dokumen".into(), "Nagari A".into(), "Dokumen".into(), "7".into()],
        now: now.into(),
        number,
    };
    Book {
        stamp: stamp(),
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

async fn written(worker: &Worker) -> Vec<u8> {
    let answer = post(worker, OUT, serde_json::to_vec(&book()).unwrap(), true).await;
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
fn made(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Isi data").unwrap();
    fill(sheet);
    let other = workbook.add_worksheet();
    other.set_name("takar").unwrap();
    let Stamp { office, cycle, unit, version } = stamp();
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
        let (_app, worker, _) = office::open().await;
        let back = read(&worker, written(&worker).await).await;
        assert_eq!(back.stamp, stamp());
        assert_eq!(back.cells, []);
    });
}

#[test]
fn what_was_filled_comes_back_by_its_cell_as_it_would_be_typed() {
    run(async {
        let (_app, worker, _) = office::open().await;
        let bytes = made(|sheet| {
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
        let (_app, worker, _) = office::open().await;
        let bytes = made(|sheet| {
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
        let (_app, worker, _) = office::open().await;
        let whole = written(&worker).await;
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
        assert_eq!(read(&worker, whole).await.stamp, stamp());
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
