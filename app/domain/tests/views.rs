//! What the entry sheet, the recap and the printed form show.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

mod figures;

use figures::{Q3, dec, figure, id, office};
use takar_domain::achievement::Reason;
use takar_domain::config::{Indicator, Level, RowRule};
use takar_domain::figure::{Decision, Entry, EntryState, Row, VALIDATION, Validation};
use takar_domain::number::round;
use takar_domain::period::Period;
use takar_domain::policy::Policy;
use takar_domain::status::{FigureStatus, data_heads};
use takar_domain::text;
use takar_domain::variables::Origin;
use takar_domain::view::blank_form::blank_form;
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet, entry_sheet};
use takar_domain::view::explanation::explain;
use takar_domain::view::measurement_form::{COLUMNS, RowKind, measurement_form};
use takar_domain::view::recap::{Recap, recap};

fn sheet(world: &figures::World) -> EntrySheet {
    entry_sheet(&world.config, &world.get(), id("cycle"), id("pemerintahan")).unwrap()
}

fn row<'a>(sheet: &'a EntrySheet, indicator: &str) -> &'a EntryRow {
    sheet.rows.iter().find(|r| r.indicator == id(indicator)).unwrap()
}

fn recap_of(world: &figures::World, period: Period) -> Recap {
    recap(&world.config, &world.get(), 2026, period)
}

#[test]
fn sheet_lists_the_units_active_indicators_in_the_order_of_the_cascade() {
    let sheet = sheet(&office());
    let names: Vec<_> = sheet.rows.iter().map(|r| (r.node_code.as_str(), r.name.as_str())).collect();
    assert_eq!(
        names,
        [
            ("7.01.06", "Pembinaan nagari"),
            ("7.01.06.2.01", "Keluhan"),
            ("7.01.06.2.01.0001", "Keluhan"),
            ("7.01.06.2.01.0001", "Tertib"),
            ("7.01.06.2.01.0001", "Pemilihan wali nagari"),
            ("7.01.06.2.01.0001", "IKM"),
        ]
    );
    assert_eq!(sheet.period, Q3);
}

#[test]
fn sheet_counts_only_what_is_expected_and_each_measurement_once() {
    let mut world = office();
    let counts = sheet(&world).counts;
    // pembinaan, keluhan and tertib are expected; pilwana has no target, IKM is not measured.
    assert_eq!((counts.expected, counts.filled, counts.excused, counts.no_target), (3, 0, 2, 1));
    world.number("pembinaan", Q3, "98.5");
    world.number("keluhan", Q3, "0");
    world.send();
    let counts = sheet(&world).counts;
    assert_eq!((counts.expected, counts.filled, counts.sent), (3, 2, 2), "zero is a value");
}

#[test]
fn sheet_shows_target_last_period_capaian_and_kriteria() {
    let mut world = office();
    world.number("pembinaan", Period::quarter(2026, 2), "97.2");
    world.number("pembinaan", Q3, "98.5");
    let sheet = sheet(&world);
    let r = row(&sheet, "pembinaan");
    assert_eq!((r.target, r.last), (Some(dec("100")), Some(dec("97.2"))));
    assert_eq!(r.achievement.bounded_text().as_deref(), Some("98,50%"));
    assert_eq!(r.achievement.rating.as_deref(), Some("Sangat Tinggi"));
    assert_eq!(r.status, FigureStatus::Saved);
}

#[test]
fn sheet_counts_active_nagari_rows_and_names_the_one_that_differs() {
    let mut world = office();
    world.tick("tertib", "p", true);
    world.tick("tertib", "q", false);
    world.tick("tertib", "s", true); // no longer in the office
    world.tick("tertib", "r", false);
    world.tick("tertib", "r", true); // arrived later: stands beside the first
    let sheet = sheet(&world);
    let r = row(&sheet, "tertib");
    assert_eq!(r.actual.number, Some(dec("1")), "what arrived first counts");
    assert_eq!(r.actual.from, Origin::Rows { done: 1, filled: 3, total: 3 });
    assert_eq!(r.differing, ["nagari/r"]);
    assert_eq!(r.status, FigureStatus::Differs);
    let shown: Vec<_> = r.nagari.iter().map(|n| (n.code.as_str(), n.row.done, n.differs)).collect();
    assert_eq!(shown, [("p", Some(true), false), ("q", Some(false), false), ("r", Some(false), true)]);
}

#[test]
fn a_linked_indicator_shows_the_figure_that_is_entered_once() {
    let mut world = office();
    world.number("keluhan", Q3, "6");
    let sheet = sheet(&world);
    let linked = row(&sheet, "tautan");
    assert_eq!(linked.same_as.as_ref().map(|s| s.indicator), Some(id("keluhan")));
    assert_eq!(linked.figure, row(&sheet, "keluhan").figure);
    assert_eq!(linked.achievement.raw, Some(dec("125")));
    assert_eq!(linked.achievement.bounded, Some(dec("120")));
}

#[test]
fn recap_means_leave_out_what_is_not_measured_and_count_links_once() {
    let mut world = office();
    world.number("indeks", Q3, "80");
    world.number("pembinaan", Q3, "90");
    world.number("keluhan", Q3, "6");
    world.state("ikm", EntryState::NotPublished);
    let recap = recap_of(&world, Q3);
    let levels: Vec<_> = recap.groups.iter().map(|g| (g.level, g.rows.len())).collect();
    assert_eq!(levels, [(Level::Objective, 1), (Level::Program, 6)]);
    assert_eq!(recap.groups[0].own.period, Some(dec("80")));
    let program = &recap.groups[1];
    assert_eq!((program.own.period, program.own.counted, program.own.of), (Some(dec("90")), 1, 1));
    // (90 + 120) / 2: the linked indicator is the same measurement.
    assert_eq!((program.all.period, program.all.counted, program.all.of), (Some(dec("105")), 2, 5));
    assert_eq!(program.pagu, Some(dec("44840000")));
}

#[test]
fn the_blank_form_asks_each_nagari_what_its_unit_asks_per_nagari() {
    let mut world = office();
    let sum = world.config.indicators[&id("pembinaan")].clone();
    world.config.indicators.insert(id("pembinaan"), Indicator { rows: Some(RowRule::Sum), ..sum });
    let form = blank_form(&world.config, id("cycle"), id("pemerintahan")).unwrap();
    assert_eq!(form.nagari, ["Nagari p", "Nagari q", "Nagari r"], "one that left the office has no sheet");
    let rows: Vec<_> = form.rows.iter().map(|r| (r.name.as_str(), r.measure.as_deref())).collect();
    assert_eq!(rows, [("Pembinaan nagari", Some("%")), ("Tertib", None)]);
    assert_eq!(form.heading[2..], ["Seksi Pemerintahan", "Triwulan III 2026"]);
    assert_eq!(blank_form(&world.config, id("cycle"), id("sekretariat")), None);
}

#[test]
fn recap_is_complete_only_when_nothing_is_missing_returned_or_in_question() {
    let mut world = office();
    let said = |world: &figures::World| text::recap::standing(&recap_of(world, Q3).standing(), false);
    for (indicator, number) in [("indeks", "80"), ("keluhan", "6"), ("pembinaan", "90")] {
        world.number(indicator, Q3, number);
    }
    assert_eq!(said(&world), "sementara, 3 dari 4 data");
    world.tick("tertib", "p", true);
    assert_eq!(said(&world), "4 data kinerja lengkap");
    let subject = figure("pembinaan", Q3);
    let heads = data_heads(&world.get()(subject.record()).unwrap());
    let comment = "Lampirkan buktinya.".to_owned();
    world.put(
        subject,
        VALIDATION,
        Validation { decision: Decision::Return, comment, self_validated: false, heads },
    );
    world.tick("tertib", "p", false);
    assert_eq!(said(&world), "sementara, 4 dari 4 data · 1 dikembalikan · 1 angka berbeda");
}

#[test]
fn recap_shows_the_quarter_and_the_year() {
    let mut world = office();
    world.config.indicators.get_mut(&id("pembinaan")).unwrap().accumulation =
        takar_domain::config::Accumulation::Sum;
    world.number("pembinaan", Period::quarter(2026, 1), "10");
    world.number("pembinaan", Q3, "30");
    let third = recap_of(&world, Q3);
    let r = &third.groups[1].rows[0];
    assert_eq!(r.achievement.target, Some(dec("25")), "a quarter of the year's 100");
    assert_eq!(r.achievement.raw, Some(dec("120")));
    assert_eq!((r.year_actual, r.year_achievement.raw), (Some(dec("40")), Some(dec("40"))));
    assert!(r.parts[3].is_none(), "the fourth quarter is still to come");
    let year = recap_of(&world, Period::year(2026));
    assert_eq!(year.groups[1].rows[0].achievement.raw, Some(dec("40")));
}

#[test]
fn recap_follows_the_policy_that_is_in_force() {
    let mut world = office();
    world.number("keluhan", Q3, "6");
    let newer = Policy { version: "2026-1".into(), effective_year: 2026, cap: None, ..Policy::default() };
    let future = Policy { version: "2027-1".into(), effective_year: 2027, ..Policy::default() };
    world.config.policies.insert(id("p1"), newer);
    world.config.policies.insert(id("p2"), future);
    let recap = recap_of(&world, Q3);
    assert_eq!((recap.policy.as_str(), recap.cap), ("2026-1", None));
    let keluhan = recap.groups[1].rows.iter().find(|r| r.indicator == id("keluhan")).unwrap();
    assert_eq!(keluhan.achievement.bounded, Some(dec("125")));
}

#[test]
fn a_loop_in_the_plan_hangs_nothing() {
    let mut world = office();
    world.config.nodes.get_mut(&id("7.01.06.2.01")).unwrap().parent = Some(id("7.01.06.2.01.0001"));
    let recap = recap_of(&world, Q3);
    assert_eq!(recap.groups.iter().map(|g| g.rows.len()).sum::<usize>(), 7, "nothing is lost");
    let _ = sheet(&world);
}

#[test]
fn explanation_opens_every_capaian() {
    let mut world = office();
    world.number("keluhan", Q3, "6");
    let sheet = sheet(&world);
    let texts = |name: &str| -> Vec<String> {
        explain(&row(&sheet, name).achievement)
            .into_iter()
            .map(|l| format!("{}: {}", l.label, l.text))
            .collect()
    };
    let keluhan = texts("keluhan");
    for wanted in [
        "Target: 8",
        "Realisasi: 6",
        "Rumus: (2T − R) / T × 100 (N1)",
        "Perhitungan: (2 × 8 − 6) / 8 × 100",
        "Hasil rumus: 125,00%",
        "Capaian dipakai: 120,00%",
        "Kriteria: Sangat Tinggi",
        "Kebijakan pengukuran: bawaan",
    ] {
        assert!(keluhan.iter().any(|l| l == wanted), "{wanted:?} in {keluhan:#?}");
    }
    assert!(texts("pilwana").contains(&"Keterangan: tidak ada target tahun ini".to_string()));
}

#[test]
fn form_has_the_printed_columns_and_a_reason_beside_every_dash() {
    let mut world = office();
    world.number("pembinaan", Q3, "98.5");
    world.put(figure("pembinaan", Q3), "obstacle", "menunggu berita acara");
    let form = measurement_form(&world.config, &recap_of(&world, Q3), None);
    assert_eq!(form.heading, ["PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH", "Triwulan III 2026"]);
    let columns =
        |row: &[takar_domain::view::measurement_form::HeadCell]| row.iter().map(|c| c.columns).sum::<usize>();
    assert_eq!(columns(&form.head[0]), COLUMNS);
    assert_eq!(columns(&form.head[1]), 15, "below four quarters and the budget");
    assert!(form.rows.iter().all(|r| r.cells.len() == COLUMNS));
    let line = form.rows.iter().find(|r| r.cells[2] == "Pembinaan nagari").unwrap();
    assert_eq!(line.cells[1], "7.01.06 Uraian 7.01.06");
    assert_eq!(line.cells[3..5], ["%", "100"]);
    assert_eq!(line.cells[11..14], ["100", "98,5", "98,50"], "target, realisasi, capaian of TW III");
    assert_eq!(line.cells[14..17], ["", "", ""], "TW IV is still to come");
    assert_eq!(line.cells[18], "44.840.000");
    assert_eq!(line.cells[22], "menunggu berita acara");
    assert_eq!(line.cells[24], "Seksi Pemerintahan");
    let ikm = form.rows.iter().find(|r| r.cells[2] == "IKM").unwrap();
    assert_eq!(ikm.cells[11..14], ["90", "– tidak diukur periode ini", "–"]);
    let mean = form.rows.iter().find(|r| r.kind == RowKind::Mean && r.cells[2].ends_with("program")).unwrap();
    assert_eq!(mean.cells[13], "98,50");
}

#[test]
fn a_year_without_a_target_is_a_reason_on_the_form_and_nothing_missing() {
    let world = office();
    let form = measurement_form(&world.config, &recap_of(&world, Q3), None);
    let line = form.rows.iter().find(|r| r.cells[2] == "Pemilihan wali nagari").unwrap();
    assert_eq!(line.cells[11..14], ["–", "– tidak ada target tahun ini", "–"]);
}

#[test]
fn form_of_one_unit_holds_only_its_indicators() {
    let world = office();
    let form = measurement_form(&world.config, &recap_of(&world, Q3), Some(id("sekretariat")));
    let names: Vec<_> = form.rows.iter().map(|r| r.cells[2].as_str()).collect();
    assert_eq!(names, ["Indeks"]);
    assert!(form.heading.contains(&"Sekretariat".to_string()));
}

#[test]
fn no_quarter_target_is_not_no_target() {
    let mut world = office();
    let indicator = world.config.indicators.get_mut(&id("keluhan")).unwrap();
    indicator.accumulation = takar_domain::config::Accumulation::Sum;
    world.config.targets.get_mut(&id("keluhan")).unwrap().get_mut(&2026).unwrap().year = Some(dec("1"));
    world.number("keluhan", Q3, "1");
    let sheet = sheet(&world);
    let r = row(&sheet, "keluhan");
    assert_eq!((r.target, r.achievement.reason), (None, Some(Reason::NoQuarterTarget)));
    let recap = recap_of(&world, Q3);
    let r = recap.groups[1].rows.iter().find(|r| r.indicator == id("keluhan")).unwrap();
    assert_eq!(r.year_achievement.raw.map(|n| round(n, 2)), Some(dec("100")));
}

#[test]
fn a_blank_row_of_a_sheet_is_missing_not_zero() {
    let mut world = office();
    world.put(
        figure("tertib", Q3),
        "nagari/p",
        Row { note: Some("belum dikunjungi".into()), ..Row::default() },
    );
    world.put(figure("keluhan", Q3), "value", Entry::default());
    let sheet = sheet(&world);
    for name in ["tertib", "keluhan", "pembinaan"] {
        let r = row(&sheet, name);
        assert_eq!((r.actual.state, r.actual.number), (EntryState::NotFilled, None), "{name}");
        assert_eq!(r.achievement.bounded, None);
    }
}

#[test]
fn a_semester_and_a_year_add_up_from_quarters_unless_they_were_measured_themselves() {
    use takar_domain::config::Accumulation;
    let first = Period::semester(2026, 1);
    let second = Period::semester(2026, 2);
    let whole = Period::year(2026);
    // (accumulation, own S1, S1, S2, year): quarters are 10, 20, 30, 40.
    for (accumulation, own, s1, s2, year) in [
        (Accumulation::Sum, None, "30", "70", "100"),
        (Accumulation::Last, None, "20", "40", "40"),
        (Accumulation::Average, None, "15", "35", "25"),
        (Accumulation::Sum, Some("32"), "32", "70", "102"),
        (Accumulation::Last, Some("21"), "21", "40", "40"),
        // 16 counts for two quarters: (16 + 16 + 30 + 40) / 4.
        (Accumulation::Average, Some("16"), "16", "35", "25.5"),
    ] {
        let mut world = office();
        world.config.indicators.get_mut(&id("pembinaan")).unwrap().accumulation = accumulation;
        for (quarter, number) in (1..).zip(["10", "20", "30", "40"]) {
            world.number("pembinaan", Period::quarter(2026, quarter), number);
        }
        if let Some(own) = own {
            world.number("pembinaan", first, own);
        }
        for (period, expected) in [(first, s1), (second, s2), (whole, year)] {
            let recap = recap_of(&world, period);
            let row = &recap.groups[1].rows[0];
            assert_eq!(row.actual.number, Some(dec(expected)), "{accumulation:?} {own:?} {period}");
        }
    }
}

#[test]
fn a_round_of_a_semester_has_targets_and_says_what_its_quarters_give() {
    let mut world = office();
    let second = Period::semester(2026, 2);
    let pembinaan = world.config.indicators.get_mut(&id("pembinaan")).unwrap();
    pembinaan.accumulation = takar_domain::config::Accumulation::Sum;
    world.config.cycles.get_mut(&id("cycle")).unwrap().period = second;
    world.number("pembinaan", Q3, "30");
    let before = sheet(&world);
    let r = row(&before, "pembinaan");
    assert_eq!((r.target, r.of_quarters), (Some(dec("50")), Some(dec("30"))));
    assert_eq!(r.actual.state, EntryState::NotFilled, "nobody has measured the semester");
    world.number("pembinaan", second, "45");
    let after = sheet(&world);
    assert_eq!(row(&after, "pembinaan").achievement.raw, Some(dec("90")));
    let form = measurement_form(&world.config, &recap_of(&world, second), None);
    let line = form.rows.iter().find(|r| r.cells[2] == "Pembinaan nagari").unwrap();
    assert_eq!(
        line.cells[8..12],
        ["50", "45", "90,00", "45,00"],
        "target, realisasi, capaian, capaian of the year"
    );
}
