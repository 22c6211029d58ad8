//! The SOP's data file and the first state of a new office.

use crate::world::{World, id};
use takar_domain::config::{MAIN, Office, UnitKind, Zone};
use takar_domain::date::Date;
use takar_domain::rules::Judgement;
use takar_domain::setup::{NewOffice, found};
use takar_domain::sop::{file, printed};
use takar_domain::view::sop_sheet::sop_sheet;

#[test]
fn printed_text_keeps_its_slips_and_the_standards_sum_to_795_minutes() {
    let sop = printed().unwrap();
    let printed: Vec<u16> = sop.steps.iter().filter(|s| !s.extra).map(|s| s.number).collect();
    assert_eq!(printed, (1..=14).collect::<Vec<_>>());
    assert_eq!(sop.steps.iter().map(|s| s.minutes).sum::<u32>(), 795);
    let per_unit: u32 = sop.steps.iter().filter(|s| s.per_unit).map(|s| s.minutes).sum();
    assert_eq!(795 + 5 * per_unit, 2195, "person-minutes with six units");
    assert_eq!(sop.number, "00.8.3.3/17/SOP/C.IV.J-2023");
    assert_eq!(sop.standard_heads[2], "Ouput");
    let step = |n: u16| sop.steps.iter().find(|s| s.number == n).unwrap();
    assert_eq!(step(9).text, "Camat mengoreksi Dokumen Pengukuran Kinerja Dinas Pertanian");
    assert!(!step(9).on_screen().contains("Dinas Pertanian"));
    assert!(step(3).text.contains("masing-masing bidang dan sekretariat"));
    assert_eq!(step(1).output, "disposisi Pimpinan");
    assert!(sop.steps.iter().all(|s| s.printed_column.is_none()), "the office sets the lanes");
}

#[test]
fn steps_follow_earlier_ones_and_entry_does_not_wait_for_six() {
    let sop = printed().unwrap();
    let place = |number: u16| sop.steps.iter().position(|s| s.number == number).unwrap();
    for (at, step) in sop.steps.iter().enumerate() {
        assert!(step.after.iter().all(|before| place(*before) < at));
        assert!(!step.actors.is_empty() && !step.screen_title.is_empty());
    }
    assert!(!sop.step(7).unwrap().after.contains(&6));
    // What the Sekretaris reviews is ours, has no standard, and gates step 9.
    let extra: Vec<_> = sop.steps.iter().filter(|s| s.extra).collect();
    assert_eq!((extra.len(), extra[0].minutes), (1, 0));
    assert_eq!(sop.step(9).unwrap().after, [extra[0].number]);
}

#[test]
fn the_sop_goes_out_and_comes_back_unchanged() {
    let sop = printed().unwrap();
    assert_eq!(file::read(&file::write(&sop).unwrap()).unwrap(), sop);
}

#[test]
fn a_file_that_is_wrong_is_told_line_by_line() {
    let good = file::write(&printed().unwrap()).unwrap();
    let told = |change: &dyn Fn(&str) -> String| file::read(&change(&good)).unwrap_err();
    let line = |needle: &str| good.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let said = told(&|text| text.replace("minutes = 120", "minutes = \"120\""));
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with(&format!("Baris {}: isinya bukan", line("minutes = 120"))), "{said:?}");
    let said = told(&|text| text.replacen("number = 4\n", "", 1));
    assert!(said[0].contains("number belum ada"), "{said:?}");
    let said = told(&|text| text.replace("\"anggota_tim\"", "\"anggota\""));
    assert!(said[0].contains("\"anggota\" tidak dikenal"), "{said:?}");
    let said = told(&|text| format!("judul = [\n{text}"));
    assert!(said[0].contains("tidak terbaca sebagai TOML"), "{said:?}");
    // Two things wrong with the steps: both are told, each with its line.
    let said =
        told(&|text| text.replace("after = [3]", "after = [14]").replace("after = [12]", "after = [77]"));
    let starts = |n: usize, number: u16| {
        said[n]
            .starts_with(&format!("Baris {}: Tahap {number} menunggu", line(&format!("number = {number}"))))
    };
    assert!(said.len() == 2 && starts(0, 4) && starts(1, 13), "{said:?}");
    assert_eq!(file::read(&"a".repeat(file::MAX_FILE + 1)).unwrap_err(), ["Berkas lebih besar dari 256 KB."]);
}

#[test]
fn a_new_office_finds_its_units_and_an_admin_and_nothing_of_the_demo() {
    let new = NewOffice {
        name: "Kecamatan Baru".into(),
        regency: "Kabupaten Baru".into(),
        zone: Zone::Wita,
        admin_name: "Admin".into(),
        username: "admin".into(),
    };
    let setup = found(id("office"), &new, Date::new(2026, 10, 7).unwrap()).unwrap();
    let mut world = World::default();
    for (subject, changes) in &setup.parts {
        for (group, value) in changes {
            let act = world.edit(subject.clone(), group, value);
            assert_eq!(world.judge_at(setup.admin, "2026-10-07", "2026-10-07", &act), Judgement::Apply);
            world.write(setup.admin, &act);
        }
    }
    let (_, office): &(_, Office) = world.config.office.as_ref().unwrap();
    assert!(!office.demo && office.zone == Zone::Wita);
    let kinds = |kind| world.config.units.values().filter(|u| u.kind == kind).count();
    assert_eq!(
        (kinds(UnitKind::Secretariat), kinds(UnitKind::SubSection), kinds(UnitKind::Section)),
        (1, 2, 5)
    );
    let sop = world.config.sops.values().next().unwrap();
    assert_eq!(sop.institution, ["PEMERINTAH KABUPATEN BARU", "KECAMATAN BARU"]);
    assert!(!serde_json::to_string(sop).unwrap().contains("Pesisir Selatan"));
    let admin = world.edit(takar_domain::record::Subject::Office { id: id("office") }, MAIN, office);
    assert_eq!(world.judge_at(setup.admin, "2026-10-07", "2026-10-07", &admin), Judgement::Apply);
}

#[test]
fn the_sheet_prints_every_word_as_it_stands_and_says_where_it_slips() {
    let sop = printed().unwrap();
    let sheet = sop_sheet(&sop);
    let numbers: Vec<_> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=14).collect::<Vec<_>>(), "what Takar adds is not printed");
    for row in &sheet.rows {
        assert_eq!(row.text, sop.step(row.number).unwrap().text);
        assert_eq!(row.marks, [false; 4], "lanes stay empty until the office sets them");
    }
    let noted: Vec<_> = sheet.rows.iter().filter_map(|r| Some((r.number, r.footnote?))).collect();
    assert_eq!(noted, [(3, 1), (9, 2)]);
    assert!(sheet.footnotes[0].contains("bidang") && sheet.footnotes[1].contains("Dinas Pertanian"));
    assert_eq!((sheet.heads[2].as_str(), sheet.footnotes.len()), ("Ouput", 3));
    assert_eq!(sheet.lists[0].1.len(), 6);
    let mut set = sop;
    set.steps[0].printed_column = Some(0);
    assert_eq!(sop_sheet(&set).rows[0].marks, [true, false, false, false]);
    // An office that signed no sheet yet has nothing to excuse.
    assert!(sop_sheet(&printed().unwrap().as_template()).footnotes.is_empty());
}
