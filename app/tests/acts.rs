//! What the buttons of *Periksa & kirim*, *Validasi*, *Angka berbeda* and
//! *Pengaturan* write, on a small office without a browser.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use serde_json::json;
use takar_app::acts::{board, decide, figures, home, notices, send, settings, validate};
use takar_domain::config::{
    Config, Cycle, Form, Holding, Indicator, Level, MAIN, Nagari, Node, Office, Person, Post, RowRule, STAGE,
    Unit, UnitKind,
};
use takar_domain::date::Date;
use takar_domain::figure::{Decision, VALIDATION, VALUE, Validation};
use takar_domain::period::Period;
use takar_domain::permission::Permission;
use takar_domain::procedure::lock::Lock;
use takar_domain::record::{
    Attribution, DeviceId, Group, Head, Made, OpId, Record, RecordId, Source, Subject, Value,
};
use takar_domain::sorted::Map;
use takar_domain::view::entry_sheet::{Counts, EntrySheet, entry_sheet};
use takar_domain::workflow::Action;
use uuid::Uuid;

const OFFICE: RecordId = id(1);
const CYCLE: RecordId = id(2);
const SECTION: RecordId = id(3);
const OTHER: RecordId = id(4);
const COUNT: RecordId = id(10);
const ROWS: RecordId = id(11);
const GAP: RecordId = id(12);
const ELSEWHERE: RecordId = id(13);
const PERIOD: Period = Period::quarter(2026, 3);
const LAPTOP: DeviceId = DeviceId(Uuid::from_u128(100));
const PHONE: DeviceId = DeviceId(Uuid::from_u128(101));
const IMPORT: DeviceId = DeviceId(Uuid::from_u128(102));

const fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

fn unit(name: &str) -> Unit {
    Unit { name: name.into(), kind: UnitKind::Section, parent: None, order: 0, active: true }
}

fn indicator(unit: RecordId, order: u32) -> Indicator {
    serde_json::from_value(json!({
        "node": id(5), "code": format!("i{order}"), "name": format!("Indikator {order}"),
        "measure": "nagari", "unit": unit, "order": order,
    }))
    .unwrap()
}

fn config() -> Config {
    let node = Node {
        level: Level::Program,
        code: "7.01".into(),
        title: "Program".into(),
        parent: None,
        unit: None,
        order: 0,
    };
    let rows = Indicator { rows: Some(RowRule::Count), ..indicator(SECTION, 2) };
    let office: Office =
        serde_json::from_value(json!({"name": "Kecamatan Contoh", "regency": "Kabupaten Contoh"})).unwrap();
    let cycle = Cycle {
        period: PERIOD,
        due: None,
        regency_due: None,
        open: true,
        policy: None,
        sop: None,
        stepwise: false,
        abandoned: None,
    };
    Config {
        office: Some((OFFICE, office)),
        units: Map::from([(SECTION, unit("Seksi Pemerintahan")), (OTHER, unit("Seksi Lain"))]),
        nodes: Map::from([(id(5), node)]),
        indicators: Map::from([
            (COUNT, indicator(SECTION, 1)),
            (ROWS, rows),
            (GAP, indicator(SECTION, 3)),
            (ELSEWHERE, indicator(OTHER, 4)),
        ]),
        cycles: Map::from([(CYCLE, cycle)]),
        ..Config::default()
    }
}

fn head(op: u128, device: DeviceId, seq: u64, value: Value) -> Head {
    let by = Attribution {
        author: id(50),
        acted_for: None,
        source: Source::Own,
        device,
        made: Made::default(),
        reason: None,
    };
    Head { op: OpId(Uuid::from_u128(op)), value, seq: Some(seq), by }
}

fn figure(indicator: RecordId) -> Subject {
    Subject::Figure { indicator, period: PERIOD, unit: None }
}

fn record(subject: Subject, groups: Vec<(&str, Vec<Head>)>) -> Record {
    let mut record = Record::new(subject);
    for (name, heads) in groups {
        record.groups.insert(name.into(), Group { heads, ..Group::default() });
    }
    record
}

fn typed(number: &str) -> Value {
    json!({"state": "value", "number": number})
}

fn tick(done: bool) -> Value {
    json!({ "done": done })
}

/// The office of demo.md's difference: both devices added nagari, X differs.
fn office() -> BTreeMap<RecordId, Record> {
    let rows = record(
        figure(ROWS),
        vec![
            ("nagari/a", vec![head(1, IMPORT, 1, tick(true))]),
            ("nagari/b", vec![head(2, LAPTOP, 2, tick(true))]),
            ("nagari/p", vec![head(3, LAPTOP, 11, tick(true))]),
            ("nagari/q", vec![head(4, LAPTOP, 11, tick(true))]),
            ("nagari/r", vec![head(5, PHONE, 12, tick(true))]),
            ("nagari/s", vec![head(6, PHONE, 12, tick(true))]),
            ("nagari/t", vec![head(7, PHONE, 12, tick(true))]),
            ("nagari/x", vec![head(8, LAPTOP, 11, tick(false)), head(9, PHONE, 12, tick(true))]),
        ],
    );
    let count = record(figure(COUNT), vec![(VALUE, vec![head(20, LAPTOP, 13, typed("98.5"))])]);
    let elsewhere = record(figure(ELSEWHERE), vec![(VALUE, vec![head(21, PHONE, 14, typed("3"))])]);
    let gap = record(figure(GAP), vec![(VALUE, vec![head(22, PHONE, 15, json!({"state": "not_filled"}))])]);
    [rows, count, elsewhere, gap].into_iter().map(|r| (r.subject.record(), r)).collect()
}

#[test]
fn sending_judges_every_filled_figure_of_the_unit_and_nothing_else() {
    let (config, office) = (config(), office());
    let parts = send::send(&config, &|id| office.get(&id).cloned(), CYCLE, SECTION);
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].action, Action::Send);
    assert_eq!(parts[0].subject, Subject::UnitForm { cycle: CYCLE, unit: SECTION });
    assert_eq!(parts[0].changes[0].group, STAGE);
    assert_eq!(parts[0].changes[0].value["sent"], json!(true));
    let mut judged: Vec<_> = parts[0].judged.iter().map(|j| j.record).collect();
    judged.dedup();
    let (count, rows) = (figure(COUNT).record(), figure(ROWS).record());
    assert_eq!(judged, vec![count, rows], "no gap, no other unit");
}

#[test]
fn one_press_of_both_marks_self_validation_and_leaves_the_difference_open() {
    let (config, office) = (config(), office());
    let parts = send::send_and_validate(&config, &|id| office.get(&id).cloned(), CYCLE, SECTION);
    let accepted: Vec<_> = parts.iter().filter(|p| p.action == Action::Accept).collect();
    assert_eq!(accepted.len(), 1, "nagari X waits for a decision");
    assert_eq!(accepted[0].subject, figure(COUNT));
    let decision: Validation = serde_json::from_value(accepted[0].changes[0].value.clone()).unwrap();
    assert!(decision.self_validated);
    assert_eq!(decision.heads[VALUE], vec![OpId(Uuid::from_u128(20))]);
}

#[test]
fn evidence_that_the_form_asks_for_is_a_gap_until_some_is_there() {
    let (mut config, mut office) = (config(), office());
    let today = "2026-10-08".parse().unwrap();
    let said = |config: &Config, office: &BTreeMap<RecordId, Record>, indicator| {
        let sheet = entry_sheet(config, &|id| office.get(&id).cloned(), CYCLE, SECTION).unwrap();
        let row = sheet.rows.iter().find(|row| row.indicator == indicator).unwrap();
        let issues = send::issues(row, PERIOD, today);
        let asked: Vec<_> = issues.iter().filter(|i| i.code == "evidence.asked").collect();
        let words = asked.first().map(|issue| takar_domain::text::issue(issue));
        (words, send::heading(row, false, &issues))
    };
    assert_eq!(said(&config, &office, COUNT).0, None, "nobody asked for any");
    let asked = |id| (id, "daftar hadir".to_owned());
    let nagari = Nagari { name: "Nagari A".into(), code: "a".into(), order: 0, active: true };
    config.nagari.insert(id(60), nagari);
    let form = Form { evidence: [COUNT, ROWS, GAP].into_iter().map(asked).collect(), ..Form::default() };
    config.forms.insert(CYCLE, form);
    let gap = Some("Bukti dukung yang diminta belum ada: daftar hadir.".to_owned());
    assert_eq!(said(&config, &office, COUNT), (gap.clone(), send::Heading::Asks));
    assert_eq!(said(&config, &office, ROWS).0, gap);
    assert_eq!(said(&config, &office, GAP).0, None, "the number comes first");
    let proof = json!([{"kind": "photo", "name": "hadir.jpg", "added_by": id(50),
        "file": {"sha256": "a".repeat(64), "size": 10, "media": "image/jpeg"}}]);
    for (indicator, group) in [(COUNT, VALUE), (ROWS, "nagari/a")] {
        let record = office.get_mut(&figure(indicator).record()).unwrap();
        record.groups.get_mut(group).unwrap().heads[0].value["evidence"] = proof.clone();
        assert_eq!(said(&config, &office, indicator).0, None, "{group}");
    }
}

#[test]
fn a_form_asks_to_be_sent_only_while_that_changes_something() {
    let (config, mut office) = (config(), office());
    let done = |office: &BTreeMap<RecordId, Record>, head| {
        let sheet = entry_sheet(&config, &|id| office.get(&id).cloned(), CYCLE, SECTION).unwrap();
        send::is_done(&sheet, head)
    };
    assert!(!done(&office, false), "nobody sent it");
    let form = Subject::UnitForm { cycle: CYCLE, unit: SECTION };
    let sent = record(form, vec![(STAGE, vec![head(30, PHONE, 20, json!({"sent": true}))])]);
    office.insert(sent.subject.record(), sent);
    assert!(done(&office, false), "the officer has nothing more to send");
    assert!(!done(&office, true), "his head could still validate with the same press");
    let count = office.get_mut(&figure(COUNT).record()).unwrap();
    let part = validate::give_back(count, "Hitung ulang.").unwrap();
    let value = part.changes[0].value.clone();
    count
        .groups
        .insert(VALIDATION.into(), Group { heads: vec![head(31, LAPTOP, 21, value)], ..Group::default() });
    assert!(!done(&office, false), "what was returned wants to be mended and sent again");
}

#[test]
fn a_sub_bagian_counts_with_the_secretariat_that_hands_over_for_it() {
    let (mut config, office) = (config(), office());
    let (secretariat, sub) = (id(40), id(41));
    config.units.insert(secretariat, Unit { kind: UnitKind::Secretariat, ..unit("Sekretariat") });
    let below = Unit { kind: UnitKind::SubSection, parent: Some(secretariat), ..unit("Sub Bagian") };
    config.units.insert(sub, below);
    let sheet = entry_sheet(&config, &|id| office.get(&id).cloned(), CYCLE, SECTION).unwrap();
    let of = |unit, filled, returned| {
        let counts = Counts { expected: 5, filled, returned, ..Counts::default() };
        EntrySheet { unit, counts, ..sheet.clone() }
    };
    let all = home::by_unit(&config, &[of(secretariat, 5, 0), of(sub, 3, 1), of(OTHER, 4, 0)]);
    let said: Vec<_> = all.iter().map(|(unit, c)| (*unit, c.filled, c.expected, c.returned)).collect();
    assert_eq!(said, [(secretariat, 8, 10, 1), (OTHER, 4, 5, 0)]);
}

#[test]
fn what_was_accepted_already_is_not_marked_as_validated_by_its_sender() {
    let (config, mut office) = (config(), office());
    let id = figure(COUNT).record();
    let accepted = validate::accept(&office[&id], false).changes[0].value.clone();
    let group = Group { heads: vec![head(40, LAPTOP, 30, accepted)], ..Group::default() };
    office.get_mut(&id).unwrap().groups.insert(VALIDATION.into(), group);
    let parts = send::send_and_validate(&config, &|id| office.get(&id).cloned(), CYCLE, SECTION);
    assert!(parts.iter().all(|p| p.action == Action::Send));
}

#[test]
fn returning_needs_a_comment() {
    let office = office();
    let figure = &office[&figure(COUNT).record()];
    assert!(validate::give_back(figure, "  ").is_none());
    let part = validate::give_back(figure, " Bukti belum ada ").unwrap();
    assert_eq!(part.action, Action::Return);
    assert_eq!(part.changes[0].group, VALIDATION);
    let decision: Validation = serde_json::from_value(part.changes[0].value.clone()).unwrap();
    assert_eq!((decision.decision, decision.comment.as_str()), (Decision::Return, "Bukti belum ada"));
}

#[test]
fn a_judgement_says_what_moved_since() {
    let mut office = office();
    let figure = figure(COUNT).record();
    let judged = figures::judged(&office[&figure]);
    assert!(validate::moved(&judged, &|id| office.get(&id).cloned()).is_empty());

    let record = office.get_mut(&figure).unwrap();
    record.groups.get_mut(VALUE).unwrap().heads = vec![head(30, PHONE, 20, typed("97"))];
    let row = Group { heads: vec![head(31, PHONE, 21, tick(true))], ..Group::default() };
    record.groups.insert("nagari/a".into(), row);
    let moved = validate::moved(&judged, &|id| office.get(&id).cloned());
    assert_eq!(moved.len(), 2);
    assert_eq!(moved[0].gone, vec![OpId(Uuid::from_u128(20))]);
    assert_eq!(moved[0].new, vec![OpId(Uuid::from_u128(30))]);
    assert_eq!((moved[1].group.as_str(), moved[1].gone.len()), ("nagari/a", 0), "a row that nobody had seen");
}

#[test]
fn only_the_contradicting_nagari_is_asked_and_the_merged_ones_are_told() {
    let (config, office) = (config(), office());
    let open = decide::differences(&config, &|id| office.get(&id).cloned());
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].nagari(), Some("x"));
    assert_eq!(open[0].sides.len(), 2);
    let rows = &office[&figure(ROWS).record()];
    let merged = decide::merged_alone(rows, &open[0], Some(2));
    assert_eq!(merged, ["p", "q", "r", "s", "t"], "what stood before is no news");
}

#[test]
fn what_is_not_decided_passes_to_who_may_decide_for_the_whole_office_after_three_days() {
    let (config, office) = (config(), office());
    let mut open = decide::differences(&config, &|id| office.get(&id).cloned());
    let day = |day| Date::new(2026, 10, day).unwrap();
    // The second side was made at noon of 1 October.
    open[0].sides[1].by.made.wall = 1_790_830_800_000;
    let asked = |can: &dyn Fn(Permission, Option<RecordId>) -> bool, on| {
        decide::asked(&config, &open[0], can, day(on))
    };
    let head = |right, unit| {
        matches!(right, Permission::DecideDifference | Permission::ValidateFigure) && unit == Some(SECTION)
    };
    let team = |right, _| right == Permission::DecideDifference;
    assert!(asked(&head, 1), "who judges the unit's data is asked at once");
    assert!(!asked(&team, 1) && !asked(&team, 3));
    assert!(asked(&team, 4));
    assert!(!asked(&|_, _| false, 31));
}

#[test]
fn a_decision_is_an_ordinary_edit_that_saw_all_values() {
    let office = office();
    let rows = &office[&figure(ROWS).record()];
    let part = decide::decide(rows, "nagari/x", tick(true)).unwrap();
    assert_eq!(part.action, Action::Edit);
    assert_eq!(part.changes[0].seen, vec![OpId(Uuid::from_u128(8)), OpId(Uuid::from_u128(9))]);
    assert!(decide::decide(rows, "nagari/none", tick(true)).is_none());
}

#[test]
fn a_pasted_list_of_nagari_takes_any_office_habit_and_twice_is_harmless() {
    let mut config = config();
    let none = |_| None;
    let text = "1. Nagari Contoh A\n2)\tNagari  Contoh B\t120 KK\n\n• Nagari Contoh A\n123\nNagari Contoh C";
    let paste = settings::paste_nagari(&config, &none, text);
    assert_eq!(paste.added, ["Nagari Contoh A", "Nagari Contoh B", "Nagari Contoh C"]);
    assert_eq!(paste.known, ["Nagari Contoh A"]);

    let again = settings::paste_nagari(&config, &none, text);
    assert_eq!(again.parts, paste.parts, "two devices make the same records");
    for part in &paste.parts {
        let nagari: Nagari = serde_json::from_value(part.changes[0].value.clone()).unwrap();
        config.nagari.insert(part.subject.record(), nagari);
    }
    assert!(settings::paste_nagari(&config, &none, text).parts.is_empty());
}

#[test]
fn a_round_opened_twice_offline_is_one_round_and_a_new_one_after_closing_is_another() {
    let mut config = config();
    config.cycles = Map::new();
    let none = |_| None;
    let opening = |due: &str| settings::Opening {
        period: PERIOD,
        due: Some(due.into()),
        regency_due: Some("2026-10-15".into()),
        sop: None,
        stepwise: false,
    };
    let open = |config: &Config| settings::open_cycle(config, &none, opening("2026-10-12"));
    let first = open(&config).unwrap();
    assert_eq!(first, open(&config).unwrap());

    let cycle: Cycle = serde_json::from_value(first[0].changes[0].value.clone()).unwrap();
    config.cycles.insert(first[0].subject.record(), cycle.clone());
    assert_eq!(open(&config).unwrap_err()[0].code, "cycle.already_open");
    config.cycles.insert(first[0].subject.record(), Cycle { open: false, ..cycle });
    assert_ne!(open(&config).unwrap()[0].subject, first[0].subject);

    let late = settings::open_cycle(&config, &none, opening("2026-10-16"));
    assert_eq!(late.unwrap_err()[0].code, "cycle.due_after_regency");
    let steps = settings::Opening { stepwise: true, ..opening("2026-10-12") };
    assert_eq!(
        settings::open_cycle(&Config { cycles: Map::new(), ..config }, &none, steps).unwrap_err()[0].code,
        "cycle.no_sop"
    );
}

#[test]
fn a_semester_is_opened_its_days_count_back_and_it_is_given_up_with_a_reason() {
    let mut config = config();
    let none = |_| None;
    let step = json!({
        "number": 1, "text": "", "screen_title": "Penyampaian", "actors": ["kasi"], "after": [],
        "per_unit": true, "requires": "", "minutes": 40, "output": "", "kind": "hand_over", "days_before": 3,
    });
    let sop = json!({
        "title": "Pengukuran", "chart_title": "", "institution": [], "year": 2026, "number": "", "created": "",
        "revised": "", "effective": "", "approved_by_post": "", "legal_bases": [], "qualifications": [],
        "related": [], "equipment": ["PK", "Renstra", "LKj", "LHE"], "warning": "", "recording": [],
        "printed_columns": [], "standard_heads": [], "steps": [step],
    });
    config.sops.insert(id(70), serde_json::from_value(sop).unwrap());
    let semester = Period::semester(2026, 2);
    let opening = settings::Opening {
        period: semester,
        due: None,
        regency_due: Some("2027-01-15".into()),
        sop: Some(id(70)),
        stepwise: true,
    };
    let days = settings::counted_back(&config, Some(id(70)), "2027-01-15");
    assert_eq!(days.len(), 1);
    assert_eq!(days[0].1.to_string(), "2027-01-12", "three working days before a Friday");
    let parts = settings::open_cycle(&config, &none, opening).unwrap();
    let cycle: Cycle = serde_json::from_value(parts[0].changes[0].value.clone()).unwrap();
    assert_eq!(cycle.due.as_deref(), Some("2027-01-12"), "units are asked when they hand over");
    let round = parts[0].subject.record();
    config.cycles.insert(round, cycle);

    let dates = |due: Option<&str>, regency: &str| {
        let dates = [due, Some(regency)].map(|date| date.map(str::to_owned));
        let [due, regency] = dates;
        settings::change_dates(&config, &none, round, due, regency)
    };
    let moved = dates(Some("2027-01-13"), "2027-01-18").unwrap();
    let cycle: Cycle = serde_json::from_value(moved[0].changes[0].value.clone()).unwrap();
    assert_eq!((cycle.due.as_deref(), cycle.period), (Some("2027-01-13"), semester));
    assert_eq!(dates(Some("2027-01-19"), "2027-01-18").unwrap_err()[0].code, "cycle.due_after_regency");
    assert_eq!(dates(None, "2027-01-18").unwrap_err()[0].code, "text.empty");

    let silent = settings::abandon_cycle(&config, &none, round, " ").unwrap_err();
    assert_eq!(silent[0].code, "cycle.reason");
    let parts = settings::abandon_cycle(&config, &none, round, "Diganti triwulan").unwrap();
    let gone: Cycle = serde_json::from_value(parts[0].changes[0].value.clone()).unwrap();
    assert_eq!((gone.open, gone.abandoned.as_deref()), (false, Some("Diganti triwulan")));

    let four = settings::bases(&config, &none, round);
    assert_eq!(four.len(), 4);
    assert!(four.iter().all(|(_, basis)| basis.is_missing()));
}

#[test]
fn a_username_is_usable_and_nobody_elses() {
    let mut config = config();
    let none = |_| None;
    let person =
        |username: &str| Person { name: "Staf".into(), username: username.into(), nip: None, active: true };
    let codes = |config: &Config, username: &str| {
        settings::save_person(config, &none, id(60), &person(username)).err().map(|i| i[0].code.clone())
    };
    assert_eq!(codes(&config, "staf.1"), None);
    assert_eq!(codes(&config, "Staf Satu").as_deref(), Some("username.wrong"));
    config.people.insert(id(61), person("staf.1"));
    assert_eq!(codes(&config, "staf.1").as_deref(), Some("settings.taken"));
}

#[test]
fn a_post_ends_and_its_history_stays() {
    let mut config = config();
    let none = |_| None;
    let holding = Holding {
        person: id(61),
        post: Post::Kasi,
        unit: Some(SECTION),
        tenure: takar_domain::config::Tenure::Definitive,
        from: "2026-01-01".into(),
        to: None,
        letter: "821/1".into(),
    };
    config
        .people
        .insert(id(61), Person { name: "Kasi".into(), username: "kasi".into(), nip: None, active: true });
    config.holdings.insert(id(70), holding);
    let parts = settings::end_holding(&config, &none, id(70), "2026-09-30").unwrap();
    assert_eq!(parts[0].changes[0].group, MAIN);
    assert_eq!(parts[0].changes[0].value["from"], json!("2026-01-01"));
    assert_eq!(parts[0].changes[0].value["to"], json!("2026-09-30"));
    let wrong = settings::end_holding(&config, &none, id(70), "2025-12-31").unwrap_err();
    assert_eq!(wrong[0].code, "date.order");
}

#[test]
fn a_calendar_is_saved_once_per_office_and_its_lines_are_checked() {
    let config = config();
    let none = |_| None;
    let id = settings::calendar_id(&config).unwrap();
    let hours = "Biasa\nSenin-Jumat 08.00-12.00 13.00-16.00";
    let parts = settings::save_calendar(&none, id, hours, "1 Januari 2027 Tahun Baru").unwrap();
    assert_eq!((parts.len(), parts[0].subject.record()), (1, id));
    let codes = |hours: &str, holidays: &str| {
        let found = settings::save_calendar(&none, id, hours, holidays).unwrap_err();
        found.into_iter().map(|issue| (issue.code, issue.path)).collect::<Vec<_>>()
    };
    assert_eq!(codes("", ""), [("text.empty".into(), "hours".into())]);
    assert_eq!(codes("Biasa\nSenin 12.00-08.00", ""), [("calendar.interval".into(), "hours".into())]);
    let both = codes("Biasa\nSenin pagi", "besok libur");
    assert_eq!(both.iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>(), ["hours", "holidays"]);
}

/// The office of the difference with its nagari listed, one of them silent.
fn gathered() -> (Config, BTreeMap<RecordId, Record>) {
    let mut config = config();
    for (order, code) in (0_u16..).zip(["a", "b", "p", "q", "r", "s", "t", "x", "z"]) {
        let nagari = Nagari { name: format!("Nagari {code}"), code: code.into(), order, active: true };
        config.nagari.insert(id(200 + u128::from(order)), nagari);
    }
    for indicator in [COUNT, ROWS, GAP, ELSEWHERE] {
        let target = serde_json::from_value(json!({"year": "100"})).unwrap();
        config.targets.insert(indicator, Map::from([(2026, target)]));
    }
    config.cycles.get_mut(&CYCLE).unwrap().due = Some("2026-10-06".into());
    for (number, name) in [(50, "Staf"), (51, "Kasi")] {
        let person = Person { name: name.into(), username: name.to_lowercase(), nip: None, active: true };
        config.people.insert(id(number), person);
    }
    (config, office())
}

fn sheets(config: &Config, office: &BTreeMap<RecordId, Record>) -> Vec<EntrySheet> {
    let sheet = |unit| entry_sheet(config, &|id| office.get(&id).cloned(), CYCLE, unit);
    [SECTION, OTHER].into_iter().filter_map(sheet).collect()
}

#[test]
fn the_board_names_what_is_missing_which_nagari_are_silent_and_how_late_it_is() {
    let (config, mut office) = gathered();
    let gap = office.get_mut(&figure(GAP).record()).unwrap();
    let why = Group { heads: vec![head(60, PHONE, 16, json!("Menunggu wali nagari."))], ..Group::default() };
    gap.groups.insert("obstacle".into(), why);
    let today = "2026-10-08".parse().unwrap();
    let get = |id: RecordId| office.get(&id).cloned();
    let units = board::board(&config, &get, &sheets(&config, &office), "2026-10-06".parse().ok(), today);
    let [section, other] = units.as_slice() else { unreachable!() };
    assert_eq!((section.filled, section.expected, section.late), (2, 3, 2));
    assert_eq!((other.missing(), other.late), (0, 0), "nothing is missing, so nothing is late");
    let gap = section.lines.iter().find(|line| line.indicator == GAP).unwrap();
    assert_eq!(
        (gap.missing, gap.why.as_str(), gap.value.as_str()),
        (true, "Menunggu wali nagari.", "belum diisi")
    );
    let rows = section.lines.iter().find(|line| line.indicator == ROWS).unwrap();
    assert_eq!(rows.silent, ["Nagari z"]);
    assert_eq!(board::gaps(&units), ["Seksi Pemerintahan: Indikator 3"]);
    let text = board::reminder(&config, CYCLE, &units);
    assert_eq!(
        text,
        "Pengingat data kinerja Triwulan III 2026\nBatas isi data: 6 Oktober 2026.\n\n\
         Seksi Pemerintahan: 1 dari 3 data belum diisi\n\
         - Indikator 2: nagari belum menyampaikan Nagari z\n- Indikator 3\n\n\
         Mohon dilengkapi. Terima kasih.\nKecamatan Contoh"
    );
}

#[test]
fn the_checklist_is_derived_from_the_data_and_ticks_itself() {
    let (config, office) = gathered();
    let open = |sheets: &[EntrySheet], at: usize| {
        validate::checklist(&sheets[at]).map(|check| (check.open, check.of))
    };
    let before = sheets(&config, &office);
    // Filled, nagari, evidence, sent, differences, validated.
    assert_eq!(open(&before, 0), [(1, 3), (1, 9), (2, 2), (1, 2), (1, 2), (2, 2)]);
    assert_eq!(open(&before, 1), [(0, 1), (0, 0), (1, 1), (1, 1), (0, 1), (1, 1)]);
}

/// What waits for and is told to a person who may do all of it in the section.
fn with_desk<T>(
    config: &Config,
    office: &BTreeMap<RecordId, Record>,
    person: u128,
    read: impl FnOnce(&home::Desk<'_>) -> T,
) -> T {
    let get = |id: RecordId| office.get(&id).cloned();
    let can = |_, unit: Option<RecordId>| unit.is_none_or(|unit| unit == SECTION);
    let round = |id: &RecordId, sheets| home::Round {
        id: *id,
        cycle: config.cycles[id].clone(),
        sheets,
        steps: Vec::new(),
    };
    let rounds: Vec<_> = config
        .cycles
        .keys()
        .map(|id| {
            let sheet = |unit| entry_sheet(config, &get, *id, unit);
            round(id, [SECTION, OTHER].into_iter().filter_map(sheet).collect())
        })
        .collect();
    let rounds: Vec<_> = rounds.iter().collect();
    let today = "2026-10-08".parse().unwrap();
    read(&home::Desk { config, get: &get, person: id(person), today, can: &can, rounds: &rounds })
}

#[test]
fn what_is_overdue_comes_first_and_each_task_names_its_round_once_several_are_open() {
    let (mut config, office) = gathered();
    let lines = |config: &Config| {
        with_desk(config, &office, 50, |desk| {
            let all = home::waiting(desk).into_iter();
            all.map(|task| (task.title, task.detail, task.cycle)).collect::<Vec<_>>()
        })
    };
    let one = lines(&config);
    let titles: Vec<_> = one.iter().map(|(title, ..)| title.as_str()).collect();
    assert_eq!(
        titles,
        ["Putuskan angka berbeda Seksi Pemerintahan", "Lengkapi isi data Seksi Pemerintahan"],
        "the other unit is nobody's here"
    );
    assert_eq!(one[1].1, "1 dari 3 indikator belum diisi");

    let earlier = Cycle {
        period: Period::semester(2026, 1),
        due: Some("2026-09-01".into()),
        ..config.cycles[&CYCLE].clone()
    };
    config.cycles.insert(id(300), earlier);
    let two = lines(&config);
    assert_eq!(two[0].2, Some(id(300)), "the older date comes first");
    assert_eq!(two[0].1, "3 dari 3 indikator belum diisi · Semester I 2026");
    assert!(two.iter().skip(1).all(|(.., round)| *round == Some(CYCLE)));
}

#[test]
fn what_is_signed_is_nobodys_task_and_nothing_of_it_is_late() {
    let (config, office) = gathered();
    let mut sheets = sheets(&config, &office);
    sheets.iter_mut().for_each(|sheet| sheet.lock = Some(Lock::Signed));
    let get = |id: RecordId| office.get(&id).cloned();
    let today = "2026-10-08".parse().unwrap();
    let units = board::board(&config, &get, &sheets, "2026-10-06".parse().ok(), today);
    assert!(units[0].missing() > 0 && units.iter().all(|unit| unit.signed && unit.late == 0));
    let round = home::Round { id: CYCLE, cycle: config.cycles[&CYCLE].clone(), sheets, steps: Vec::new() };
    let (rounds, can) = ([&round], |_, _| true);
    let person = id(50);
    let desk = home::Desk { config: &config, get: &get, person, today, can: &can, rounds: &rounds };
    assert_eq!(home::waiting(&desk), []);
}

#[test]
fn others_acts_are_told_once_and_ones_own_never() {
    let (config, mut office) = gathered();
    let mut say = |subject: Subject, group: &str, author: u128, op: u128, value: Value| {
        let mut head = head(op, PHONE, 30, value);
        head.by.author = id(author);
        let record = office.entry(subject.record()).or_insert_with(|| Record::new(subject));
        record.groups.insert(group.into(), Group { heads: vec![head], ..Group::default() });
    };
    let cycle = serde_json::to_value(&config.cycles[&CYCLE]).unwrap();
    say(Subject::Cycle { id: CYCLE }, MAIN, 51, 70, cycle);
    // One press sends the form and returns a figure: one act, one notice.
    say(Subject::UnitForm { cycle: CYCLE, unit: SECTION }, STAGE, 51, 71, json!({"sent": true}));
    let back = json!({"decision": "return", "comment": "Hitung ulang.", "heads": {"value": [OpId(Uuid::from_u128(20))]}});
    say(figure(COUNT), VALIDATION, 51, 71, back);
    let titles = |person| {
        with_desk(&config, &office, person, |desk| {
            let all = notices::notices(desk);
            all.into_iter().map(|n| (n.title, n.detail, n.who)).collect::<Vec<_>>()
        })
    };
    let told = titles(50);
    let of = |title: &str| told.iter().find(|(t, ..)| t == title);
    assert_eq!(
        of("Dikembalikan: Indikator 1").map(|(_, why, who)| (why.as_str(), who.as_str())),
        Some(("Hitung ulang.", "Kasi"))
    );
    assert!(of("Seksi Pemerintahan mengirim data").is_none(), "the same act");
    assert!(of("Tahapan Triwulan III 2026 dibuka").is_some());
    // The difference was typed by 50: it is no news to him.
    assert!(told.iter().all(|(title, ..)| !title.starts_with("Angka berbeda")));
    let own = titles(51);
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].0, "Angka berbeda: Indikator 2");
}
