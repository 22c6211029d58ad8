//! The plan's CSV: the example file with every oddity of a real export, and
//! small files for what goes wrong.

use std::collections::BTreeSet;

use crate::world::{World, id, json};
use takar_domain::config::*;
use takar_domain::decimal::Decimal;
use takar_domain::plan_csv;
use takar_domain::plan_import::{Import, plan_import};
use takar_domain::record::{RecordId, Subject};

const PLAN: &str = include_str!("../../data/plan-contoh.csv");

fn import(world: &World, text: &str) -> Import {
    plan_import(id("office"), &plan_csv::read(text.as_bytes()).unwrap().rows, &world.config)
}

fn take_in(world: &mut World, import: &Import) {
    for (subject, changes) in &import.parts {
        for (group, value) in changes {
            world.put(subject.clone(), group, value);
        }
    }
}

fn imported(text: &str) -> (World, Import) {
    let mut world = World::default();
    let import = import(&world, text);
    take_in(&mut world, &import);
    (world, import)
}

fn node<'a>(world: &'a World, code: &str) -> (&'a RecordId, &'a Node) {
    world.config.nodes.iter().find(|(_, n)| n.code == code).unwrap()
}

fn indicators<'a>(world: &'a World, code: &str) -> Vec<(&'a RecordId, &'a Indicator)> {
    let (node, _) = node(world, code);
    let mut all: Vec<_> = world.config.indicators.iter().filter(|(_, i)| i.node == *node).collect();
    all.sort_by_key(|(_, i)| i.order);
    all
}

fn text(issues: &[takar_domain::plan_import::Line]) -> String {
    issues.iter().map(|l| format!("{} {} {}\n", l.line, l.code, l.text)).collect()
}

#[test]
fn the_whole_cascade_is_taken() {
    let (world, import) = imported(PLAN);
    let counts: Vec<_> = import.nodes.values().copied().collect();
    assert_eq!(counts, [1, 3, 5, 14, 48]);
    assert_eq!(import.taken.len(), 106);
    assert!(import.skipped.is_empty(), "{:?}", import.skipped);
    assert_eq!(world.config.nodes.len(), 71);
    assert_eq!(world.config.indicators.len(), 106);
    let lines: Vec<u64> = import.taken.iter().map(|l| l.line).collect();
    assert_eq!(lines, (2..=107).collect::<Vec<_>>(), "one line of the report per line of the file");
}

#[test]
fn a_repeated_indicator_is_entered_once_at_the_lower_node() {
    let (world, import) = imported(PLAN);
    let linked: Vec<_> = world.config.indicators.values().filter(|i| i.same_as.is_some()).collect();
    let level = |i: &&&Indicator, level| world.config.nodes[&i.node].level == level;
    assert_eq!(linked.iter().filter(|i| level(i, Level::Kegiatan)).count(), 48);
    // Nilai SAKIP stands at the sasaran and at its programme.
    assert_eq!(linked.iter().filter(|i| level(i, Level::Objective)).count(), 1);
    assert_eq!((linked.len(), import.linked), (49, 49));
    for indicator in linked {
        let below = &world.config.indicators[&indicator.same_as.unwrap()];
        assert_eq!(below.same_as, None);
        assert_eq!(world.config.nodes[&below.node].parent, Some(indicator.node));
        assert_eq!(below.baseline, indicator.baseline);
    }
}

#[test]
fn budgets_are_summed_over_the_rows_of_a_kegiatan_and_add_up() {
    let (world, _) = imported(PLAN);
    let pagu = |code: &str, year: u16| world.config.pagu[node(&world, code).0].get(&year).copied();
    assert_eq!(pagu("7.01.01.2.06", 2026), Some(Decimal::from(151_596_500)));
    assert_eq!(pagu("T1", 2026), None, "a tujuan has no budget, which is not zero");
    let totals =
        [2_945_020_620_u64, 2_921_505_315, 2_799_112_751, 3_031_260_764, 3_183_911_379].map(Decimal::from);
    for (year, total) in (2026..).zip(totals) {
        for level in [Level::Program, Level::Kegiatan, Level::SubKegiatan] {
            let nodes = world.config.nodes.iter().filter(|(_, n)| n.level == level);
            let sum: Decimal = nodes.filter_map(|(id, _)| world.config.pagu[id].get(&year)).sum();
            assert_eq!(sum, total, "{level:?} {year}");
        }
    }
}

#[test]
fn an_empty_target_is_no_target() {
    let (world, _) = imported(PLAN);
    let subs = world
        .config
        .indicators
        .iter()
        .filter(|(_, i)| world.config.nodes[&i.node].level == Level::SubKegiatan);
    let without = subs.filter(|(id, _)| !world.config.targets[*id].contains_key(&2026)).count();
    assert_eq!(without, 10, "of the 48 sub kegiatan in 2026");
    let mebel = indicators(&world, "7.01.01.2.07.0005")[0];
    let years: Vec<_> = world.config.targets[mebel.0].keys().copied().collect();
    assert_eq!(years, [2026, 2027, 2029, 2030], "the gap of 2028 stays a gap");
}

#[test]
fn what_is_odd_is_said_with_its_line() {
    let (_, import) = imported(PLAN);
    let odd = text(&import.odd);
    for part in [
        "7.01.01.2.06 2026: anggaran 151596500, tetapi target kosong",
        "7.01.01.2.07.0005 2028: target kosong di antara",
        "7.01.01.2.07.0005 indikator menyebut \"paket\", satuannya \"Unit\"",
        "7.01.01.2.08.0001 kondisi awal 72 jauh di atas target 12",
        "7.01.06.2.01.0018 anggaran semua tahun sama dengan 7.01.06.2.01.0003",
        "7.01.04 anggaran berubah tajam: 2029 19500000, 2030 70000000",
        "7.01.01.2.09.0009 anggaran 2028 nol di antara",
        "49 indikator sama dengan indikator di bawahnya",
        "57 indikator belum punya unit",
    ] {
        assert!(odd.contains(part), "missing {part:?} in\n{odd}");
    }
    assert!(!odd.contains("jumlah di bawahnya"), "the budgets of this file add up");
}

#[test]
fn importing_twice_changes_nothing_and_keeps_what_the_office_set() {
    let (mut world, _) = imported(PLAN);
    assert!(import(&world, PLAN).parts.is_empty());
    let (sub, indicator) = indicators(&world, "7.01.06.2.01.0002")[0];
    let (sub, indicator) = (*sub, indicator.clone());
    let set = Indicator {
        direction: Direction::Lower,
        rows: Some(RowRule::Count),
        unit: Some(id("unit")),
        ..indicator
    };
    world.put(Subject::Indicator { id: sub }, MAIN, &set);
    // `arah` stands in the file, so the file wins; the rest is the office's.
    let again = import(&world, PLAN);
    assert_eq!(again.parts.len(), 1);
    take_in(&mut world, &again);
    let now = &world.config.indicators[&sub];
    assert_eq!(
        (now.direction, now.rows, now.unit),
        (Direction::Higher, Some(RowRule::Count), Some(id("unit")))
    );
    assert!(import(&world, PLAN).parts.is_empty());
}

#[test]
fn a_changed_cell_changes_one_group() {
    let (world, _) = imported(PLAN);
    let changed = PLAN.replace(",100,100,100,100,100,100,44840000,", ",100,95,100,100,100,100,44840000,");
    assert_ne!(changed, PLAN);
    let again = import(&world, &changed);
    let groups: Vec<_> = again.parts.iter().flat_map(|(_, c)| c.iter().map(|(g, _)| g.as_str())).collect();
    assert_eq!(groups, ["target/2026"]);
}

const HEAD: &str = "level,kode,induk_kode,uraian,indikator,satuan,kondisi_awal,target_2026,anggaran_2026\n";

#[test]
fn bad_rows_are_skipped_by_line_and_never_stop_the_others() {
    let file = [
        HEAD,
        "tujuan,T1,,Tujuan,Nilai,Nilai,1,2,\n",
        "sasaran,S1,T1,Sasaran,Indeks,Nilai,1,\"2,5\",\n",
        "program,P1,S1,Program,Persen,%,1,90,1000\n",
        "bidang,B1,T1,Bidang,Apa,%,1,90,\n",
        "program,P2,S9,Yatim,Persen,%,1,90,\n",
        "kegiatan,K1,P2,Anak yatim,Persen,%,1,90,\n",
        "program,P1,S1,Program,PERSEN,%,1,90,500\n",
        "program,P3,S1,Program tiga,Lain,%,1,90,-5\n",
        "program,P4,S1\n",
        "program,P5,S1,Program lima,Baik,%,,,\n",
    ]
    .concat();
    let read = plan_csv::read(file.as_bytes()).unwrap();
    assert_eq!(read.unreadable.iter().map(|l| l.line).collect::<Vec<_>>(), [10]);
    let import = plan_import(id("office"), &read.rows, &Config::default());
    let skipped = text(&import.skipped);
    for part in [
        "3 S1 target 2026 \"2,5\" tidak terbaca",
        "5 B1 level \"bidang\" tidak dikenal",
        "6 P2 induk S9 tidak ada",
        "7 K1 induk P2 tidak ada",
        "8 P1 indikator sudah ada pada baris 4",
        "9 P3 anggaran 2026 di bawah nol",
    ] {
        assert!(skipped.contains(part), "missing {part:?} in\n{skipped}");
    }
    assert_eq!(import.taken.iter().map(|l| l.line).collect::<Vec<_>>(), [2, 4, 11]);
    let pagu: Vec<_> =
        import.parts.iter().flat_map(|(_, c)| c).filter(|(g, _)| g.starts_with(PAGU)).collect();
    assert!(pagu.is_empty(), "a budget that would be summed short is not taken: {pagu:?}");
}

#[test]
fn optional_columns_say_unit_direction_accumulation_rows_and_quarters() {
    let mut world = crate::world::office();
    let unit =
        Unit { name: "Seksi Umum".into(), kind: UnitKind::Section, parent: None, order: 9, active: true };
    world.put(Subject::Unit { id: id("umum") }, MAIN, &unit);
    let file = "kode;level;induk_kode;uraian;indikator;satuan;arah;akumulasi;rincian;unit;target_2026;target_2026_tw1;target_2026_tw3\n\
                T9;Tujuan;;Tujuan;Keluhan;Kasus;turun;jumlah;hitung;umum;8;2;6\n";
    let import = import(&world, file);
    take_in(&mut world, &import);
    let (id_, indicator) = indicators(&world, "T9")[0];
    assert_eq!(
        (indicator.direction, indicator.accumulation, indicator.rows, indicator.unit),
        (Direction::Lower, Accumulation::Sum, Some(RowRule::Count), Some(id("umum")))
    );
    assert!(!indicator.direction_assumed);
    let quarters = world.config.targets[id_][&2026].quarters;
    assert_eq!(quarters, [Some(2.into()), None, Some(6.into()), None]);
}

#[test]
fn a_file_that_is_no_plan_says_what_is_missing() {
    assert!(plan_csv::read(b"a,b\n1,2\n").unwrap_err().contains("\"level\""));
    assert!(plan_csv::read(&[0xff, 0xfe]).unwrap_err().contains("UTF-8"));
    assert!(plan_csv::read(b"").unwrap_err().contains("level"));
}

#[test]
fn line_breaks_and_double_spaces_inside_names_are_the_same_name() {
    let file = [
        HEAD,
        "tujuan,T1,,Tujuan,Nilai,Nilai,1,2,\n",
        "sasaran,S1,T1,Sasaran,\"Dokumen RKA-\nSKPD  yang ada\",Dokumen,1,2,\n",
        "program,P1,S1,Program,Dokumen RKA- SKPD yang ada,Dokumen,1,2,\n",
    ]
    .concat();
    let (world, import) = imported(&file);
    assert_eq!(import.linked, 1);
    assert_eq!(indicators(&world, "S1")[0].1.name, "Dokumen RKA- SKPD yang ada");
}

#[test]
fn every_part_has_the_shape_that_the_office_takes() {
    let import = import(&World::default(), PLAN);
    let mut seen = BTreeSet::new();
    for (subject, changes) in &import.parts {
        for (group, value) in changes {
            assert_eq!(takar_domain::shape::check(subject, group, &json(value)), []);
            assert!(seen.insert((subject.record(), group.clone())), "{group} twice");
        }
    }
}
