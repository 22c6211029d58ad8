//! What the presses of *Tahapan* write, on a small office without a browser, and
//! what the office's judge says to it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "steps/lists.rs"]
mod lists;
#[path = "steps/people.rs"]
mod people;
#[path = "steps/workbook.rs"]
mod workbook;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use takar_app::acts::steps::chart::chart;
use takar_app::acts::steps::correct;
use takar_app::acts::steps::{FINISH, Time, finish, paper_asks, sheet, times};
use takar_app::acts::steps::{
    acted_for, actors, give_back, given_back, lead, lines, may_choose, may_move, may_reopen, may_sign,
    minutes, next_step, open_unit, overtaken, paper, proposed, proposed_signer, reopen, signing, start,
    todos, told,
};
use takar_app::acts::{change, csv, edit};
use takar_domain::config::{Config, MAIN};
use takar_domain::date::Date;
use takar_domain::figure::{Decision, VALIDATION, VALUE, Validation};
use takar_domain::procedure::correction::{Decided, Standing};
use takar_domain::procedure::paper::fields;
use takar_domain::procedure::{Phase, Progress, STATE, StepState, Told, progress};
use takar_domain::record::{DeviceId, Made, OpId, Record, RecordId, Source, Subject};
use takar_domain::rules::{Judgement, PartView, judge};
use takar_domain::sop::Kind;
use takar_domain::status::data_heads;
use takar_domain::workflow::Action;
use takar_sync::merge::apply_part;
use takar_sync::operation::{Operation, Part};
use uuid::Uuid;

const TODAY: &str = "2026-10-08";
/// 8 October 2026, 09.00 WIB.
const NINE: i64 = 1_791_424_800_000;
const MINUTE: i64 = 60_000;

const OFFICE: RecordId = id(1);
const CYCLE: RecordId = id(2);
const SOP: RecordId = id(3);
const SECRETARIAT: RecordId = id(10);
const SECTION: RecordId = id(11);
const OTHER: RecordId = id(12);
const CAMAT: RecordId = id(50);
const SECRETARY: RecordId = id(51);
const HEAD: RecordId = id(52);
const MEMBER: RecordId = id(53);
const PLANNER: RecordId = id(54);

const fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

const fn run(step: u16, unit: Option<RecordId>) -> Subject {
    Subject::StepRun { cycle: CYCLE, step, unit }
}

const fn figure(indicator: RecordId) -> Subject {
    let period = takar_domain::period::Period::quarter(2026, 3);
    Subject::Figure { indicator, period, unit: None }
}

/// Records and configuration, moved by operations that the office's judge sees.
#[derive(Default)]
struct Desk {
    config: Config,
    records: BTreeMap<RecordId, Record>,
    now: i64,
    ops: u128,
}

impl Desk {
    fn get(&self, id: RecordId) -> Option<Record> {
        self.records.get(&id).cloned()
    }

    /// Judges and applies part by part, as the office does.
    fn press(&mut self, who: RecordId, parts: Vec<Part>) -> Vec<Judgement> {
        self.ops += 1;
        let operation = Operation {
            id: OpId(Uuid::from_u128(self.ops)),
            office: OFFICE,
            device: DeviceId(Uuid::nil()),
            author: who,
            number: 1,
            acted_for: None,
            source: Source::Own,
            schema: 1,
            made: Made { wall: self.now, anchor: None },
            reason: None,
            names: None,
            parts,
        };
        let one = |part: &Part| {
            let changes: Vec<_> =
                part.changes.iter().map(|c| (c.group.as_str(), c.seen.as_slice(), &c.value)).collect();
            let view = PartView {
                subject: &part.subject,
                action: part.action,
                changes: &changes,
                judged: &part.judged,
                by_office: false,
            };
            let said = judge(&self.config, &|id| self.records.get(&id).cloned(), who, TODAY, TODAY, &view);
            if said == Judgement::Apply {
                let new = || Record::new(part.subject.clone());
                let record = self.records.entry(part.subject.record()).or_insert_with(new);
                apply_part(record, &operation, part, Some(1));
                if part.subject.is_config() {
                    self.config.apply(record);
                }
            }
            said
        };
        operation.parts.iter().map(one).collect()
    }

    fn put(&mut self, subject: Subject, group: &str, value: &Value) {
        let record = self.get(subject.record());
        let part = edit(subject, vec![change(record.as_ref(), group, value)]);
        let said = self.press(SECRETARY, vec![part]);
        assert_eq!(said, [Judgement::Apply], "{value}");
    }

    /// Begins and ends a step, so many minutes after each other.
    fn carry_out(&mut self, who: RecordId, run: &Subject, minutes: u32) {
        let part = start(&|id| self.get(id), run).unwrap();
        assert_eq!(self.press(who, vec![part]), [Judgement::Apply], "{run:?}");
        self.now += i64::from(minutes) * MINUTE;
        let told = Told { minutes: Some(minutes), ..Told::default() };
        let part = finish(&self.config, &|id| self.get(id), run, told).unwrap();
        assert_eq!(self.press(who, vec![part]), [Judgement::Apply], "{run:?}");
    }

    fn all(&self) -> Vec<Progress> {
        progress(&self.config, &|id| self.get(id), CYCLE)
    }

    fn phase(&self, run: &Subject) -> Option<Phase> {
        Some(self.get(run.record())?.read::<StepState>(STATE)?.phase)
    }

    fn titles(&self, who: RecordId) -> Vec<String> {
        let todos = todos(&self.config, &|id| self.get(id), &self.all(), who, TODAY);
        todos.into_iter().map(|todo| todo.title).collect()
    }

    /// Where *Validasi* of a unit leads a person on.
    fn onward(&self, who: RecordId, unit: RecordId) -> Option<String> {
        let todo = next_step(&self.config, &|id| self.get(id), &self.all(), who, unit, TODAY);
        todo.map(|todo| format!("{} {}", todo.title, todo.href))
    }

    fn open_unit(&self) -> Option<RecordId> {
        open_unit(&self.config, &|id| self.get(id), CYCLE, SECTION)
    }
}

fn step(number: u16, title: &str, kind: &str, actors: &[&str], after: &[u16], minutes: u32) -> Value {
    json!({
        "number": number, "text": title, "screen_title": title, "actors": actors, "after": after,
        "per_unit": matches!(kind, "validate" | "hand_over"), "requires": "", "minutes": minutes,
        "output": "", "kind": kind, "extra": number > 100, "days_before": 3,
    })
}

/// Perintah, validation and hand-over by two units, compiling, correcting, signing.
fn office() -> Desk {
    let mut desk = Desk { now: NINE, ..Desk::default() };
    for (unit, name, kind) in [
        (SECRETARIAT, "Sekretariat", "secretariat"),
        (SECTION, "Seksi A", "section"),
        (OTHER, "Seksi B", "section"),
    ] {
        desk.put(Subject::Unit { id: unit }, MAIN, &json!({"name": name, "kind": kind}));
    }
    let office = json!({"name": "Kecamatan Contoh", "regency": "Kabupaten Contoh"});
    desk.put(Subject::Office { id: OFFICE }, MAIN, &office);
    for (n, name) in ["Camat", "Sekretaris", "Kasi A", "Anggota Tim", "Perencana"].into_iter().enumerate() {
        let person = json!({"name": name, "username": format!("orang.{n}")});
        desk.put(Subject::Person { id: id(50 + n as u128) }, MAIN, &person);
    }
    for (indicator, unit) in [(id(20), SECTION), (id(21), OTHER)] {
        let value =
            json!({"node": id(5), "code": "i", "name": "Indikator", "measure": "nagari", "unit": unit});
        desk.put(Subject::Indicator { id: indicator }, MAIN, &value);
    }
    let sop = json!({
        "title": "Pengukuran", "chart_title": "", "institution": [], "year": 2026, "number": "", "created": "",
        "revised": "", "effective": "", "approved_by_post": "", "legal_bases": [], "qualifications": [],
        "related": [], "equipment": [], "warning": "", "recording": [], "printed_columns": [],
        "standard_heads": [],
        "steps": [
            step(1, "Perintah", "order", &["camat"], &[], 15),
            step(2, "Validasi", "validate", &["kasi", "sekretaris"], &[1], 240),
            step(3, "Penyampaian", "hand_over", &["kasi", "sekretaris"], &[2], 40),
            step(101, "Kompilasi", "compile", &["sekretaris", "perencana"], &[3], 0),
            step(4, "Koreksi Camat", "correct", &["camat", "sekretaris"], &[101], 60),
            step(5, "Penandatanganan", "sign", &["camat"], &[4], 10),
        ],
    });
    desk.put(Subject::Sop { id: SOP }, MAIN, &sop);
    let cycle =
        json!({"period": "2026-q3", "regency_due": "2026-10-15", "sop": SOP, "stepwise": true, "open": true});
    desk.put(Subject::Cycle { id: CYCLE }, MAIN, &cycle);
    // Who manages people comes first: before, everybody may found the office.
    let posts = [
        (SECRETARY, "sekretaris", Some(SECRETARIAT)),
        (CAMAT, "camat", None),
        (HEAD, "kasi", Some(SECTION)),
        (MEMBER, "anggota_tim", None),
        (PLANNER, "perencana", None),
    ];
    for (n, (person, post, unit)) in posts.into_iter().enumerate() {
        let holding = json!({"person": person, "post": post, "unit": unit, "from": "2026-01-01"});
        desk.put(Subject::Holding { id: id(70 + n as u128) }, MAIN, &holding);
    }
    desk
}

/// The same with a paper for the first step, and that step done.
fn ordered() -> Desk {
    let mut desk = office();
    let order = paper(&run(1, None), Vec::new(), json!({"instruction": "Mohon disusun."}));
    assert_eq!(desk.press(SECRETARY, vec![order]), [Judgement::Apply]);
    desk.carry_out(CAMAT, &run(1, None), 12);
    desk
}

/// Up to the correction, which the Camat finished too.
fn corrected() -> Desk {
    let mut desk = ordered();
    for (unit, head) in [(SECTION, HEAD), (OTHER, SECRETARY)] {
        desk.carry_out(head, &run(2, Some(unit)), 60);
        desk.carry_out(head, &run(3, Some(unit)), 8);
    }
    desk.carry_out(PLANNER, &run(101, None), 30);
    desk.carry_out(CAMAT, &run(4, None), 34);
    desk
}

#[test]
fn who_records_a_step_for_its_actor_does_so_in_his_name() {
    let desk = office();
    let name = |person, step, unit| acted_for(&desk.config, person, &run(step, unit), TODAY);
    assert_eq!(name(CAMAT, 1, None), None);
    assert_eq!(name(SECRETARY, 1, None), Some(CAMAT));
    assert_eq!(name(SECRETARY, 2, Some(SECTION)), Some(HEAD));
    // Nobody heads the other section, and who acts by the SOP acts for himself.
    assert_eq!(name(SECRETARY, 2, Some(OTHER)), None);
    // Who corrects and is not the Camat records for him, unless she says otherwise.
    assert_eq!(name(SECRETARY, 4, None), Some(CAMAT));
    assert!(may_choose(&desk.config, SECRETARY, &run(4, None), TODAY));
    assert!(!may_choose(&desk.config, CAMAT, &run(4, None), TODAY));
    assert!(!may_choose(&desk.config, SECRETARY, &run(1, None), TODAY));
    assert_eq!(name(PLANNER, 101, None), None);
}

#[test]
fn the_sops_actors_and_the_recorders_may_move_a_step_and_the_camat_too_opens_it_again() {
    let desk = office();
    let may = |person, step, unit| {
        let run = run(step, unit);
        (may_move(&desk.config, person, &run, TODAY), may_reopen(&desk.config, person, &run, TODAY))
    };
    assert_eq!(may(HEAD, 2, Some(SECTION)), (true, false));
    assert_eq!(may(HEAD, 2, Some(OTHER)), (false, false));
    assert_eq!(may(CAMAT, 4, None), (true, true));
    assert_eq!(may(CAMAT, 2, Some(SECTION)), (false, true));
    assert_eq!(may(SECRETARY, 1, None), (true, true));
    assert_eq!(may(MEMBER, 1, None), (false, false));
}

#[test]
fn a_unit_gets_its_data_back_in_one_operation_and_the_other_stays_as_it_was() {
    let mut desk = corrected();
    let parts = give_back(&desk.config, &|id| desk.get(id), CYCLE, SECTION, "Angka belum lengkap.");
    let order: Vec<_> = parts.iter().map(|part| part.subject.clone()).collect();
    assert_eq!(order, [run(4, None), run(101, None), run(3, Some(SECTION)), run(2, Some(SECTION))]);
    assert!(parts.iter().all(|part| part.action == Action::Reopen));
    assert_eq!(desk.press(SECRETARY, parts), vec![Judgement::Apply; 4]);
    for opened in &order {
        assert_eq!(desk.phase(opened), Some(Phase::Running), "{opened:?}");
    }
    assert_eq!(desk.phase(&run(3, Some(OTHER))), Some(Phase::Done));
    let state: StepState = desk.get(run(2, Some(SECTION)).record()).unwrap().read(STATE).unwrap();
    assert_eq!((state.returned.as_str(), state.past.len()), ("Angka belum lengkap.", 1));
    // What is open needs no opening.
    assert!(!given_back(&desk.config, &|id| desk.get(id), CYCLE, SECTION));
    assert!(given_back(&desk.config, &|id| desk.get(id), CYCLE, OTHER));
}

/// The step of signing, done.
fn signed() -> Record {
    let mut record = Record::new(run(5, None));
    let part = edit(
        run(5, None),
        vec![change(None, STATE, &StepState { phase: Phase::Done, ..StepState::default() })],
    );
    let operation = Operation {
        id: OpId(Uuid::from_u128(1)),
        office: OFFICE,
        device: DeviceId(Uuid::nil()),
        author: CAMAT,
        number: 1,
        acted_for: None,
        source: Source::Own,
        schema: 1,
        made: Made { wall: NINE, anchor: None },
        reason: None,
        names: None,
        parts: vec![part.clone()],
    };
    apply_part(&mut record, &operation, &part, Some(1));
    record
}

#[test]
fn what_is_signed_is_not_given_back() {
    let mut desk = corrected();
    // The office signs; here it only has.
    desk.records.insert(run(5, None).record(), signed());
    assert!(give_back(&desk.config, &|id| desk.get(id), CYCLE, SECTION, "x").is_empty());
}

#[test]
fn of_two_who_finish_a_step_offline_the_second_learns_who_was_first() {
    let mut desk = ordered();
    let compile = run(2, Some(SECTION));
    let end = |minutes| {
        finish(&desk.config, &|id| desk.get(id), &compile, Told { minutes: Some(minutes), ..Told::default() })
    };
    let (first, second) = (end(50).unwrap(), end(70).unwrap());
    assert_eq!(desk.press(HEAD, vec![first]), [Judgement::Apply]);
    assert!(matches!(desk.press(SECRETARY, vec![second])[..], [Judgement::Conflict(_)]));
    let record = desk.get(compile.record()).unwrap();
    let words = overtaken(&desk.config, &record).unwrap();
    assert_eq!(
        words,
        "Tahap Validasi · Seksi A sudah diselesaikan oleh Kasi A, 8 Oktober 2026 pukul 09.12. \
         Catatan Anda tidak dipakai."
    );
}

#[test]
fn who_ends_and_opens_a_step_again_without_a_connection_is_believed() {
    let mut desk = ordered();
    let compile = run(2, Some(SECTION));
    let before = desk.get(compile.record());
    desk.carry_out(SECRETARY, &compile, 20);
    let mut again = reopen(&|id| desk.get(id), &compile, "Keliru menekan.").unwrap();
    // The device names what its own waiting acts had seen too.
    let started = OpId(Uuid::from_u128(desk.ops - 1));
    again.changes[0].seen.push(started);
    assert_eq!(before, None);
    assert_eq!(desk.press(SECRETARY, vec![again]), [Judgement::Apply]);
    assert_eq!(desk.phase(&compile), Some(Phase::Running));
}

#[test]
fn ending_asks_for_minutes_and_for_one_reason_where_it_took_longer_or_came_late() {
    let desk = ordered();
    let step = desk.all()[0].clone();
    let today: Date = TODAY.parse().unwrap();
    let codes = |due: &str, typed: Value| match told(
        &Progress { due: Some(due.parse().unwrap()), ..step.clone() },
        today,
        &typed,
    ) {
        Ok(told) => vec![format!("{told:?}")],
        Err(issues) => issues.into_iter().map(|issue| format!("{} {}", issue.code, issue.path)).collect(),
    };
    let ok = |minutes: u32, reason: Option<&str>, event_date: Option<&str>| {
        let own = |text: Option<&str>| text.map(str::to_owned);
        vec![format!(
            "{:?}",
            Told {
                minutes: Some(minutes),
                reason: own(reason),
                event_date: own(event_date),
                ..Told::default()
            }
        )]
    };
    assert_eq!(codes("2026-10-09", json!({})), ["text.empty minutes"]);
    assert_eq!(codes("2026-10-09", json!({"minutes": "1.5"})), ["number.whole minutes"]);
    // 25 % over fifteen minutes is a quiet note; more asks why.
    assert_eq!(codes("2026-10-09", json!({"minutes": "18"})), ok(18, None, None));
    assert_eq!(codes("2026-10-09", json!({"minutes": "19"})), ["step.over reason"]);
    assert_eq!(
        codes("2026-10-09", json!({"minutes": "19", "reason": "Camat dinas luar."})),
        ok(19, Some("Camat dinas luar."), None)
    );
    assert_eq!(codes("2026-10-07", json!({"minutes": "10"})), ["step.overdue reason"]);
    // It happened in time and is only recorded later.
    assert_eq!(
        codes("2026-10-07", json!({"minutes": "10", "event_date": "2026-10-06"})),
        ok(10, None, Some("2026-10-06"))
    );
    assert_eq!(codes("2026-10-09", json!({"minutes": "10", "event_date": TODAY})), ok(10, None, None));
    assert_eq!(
        codes("2026-10-09", json!({"minutes": "10", "event_date": "2026-10-09"})),
        ["date.future event_date"]
    );
    // What the SOP measures not needs no minutes.
    let extra = &desk.all()[3];
    assert!(told(extra, today, &json!({})).is_ok());
    // The tolerance is the SOP's: with none of it the sixteenth minute asks why.
    let strict = Progress { tolerance: 0, ..step.clone() };
    assert_eq!(told(&strict, today, &json!({"minutes": "16"})).unwrap_err()[0].code, "step.over");
}

#[test]
fn minutes_are_proposed_from_the_start_of_the_same_day() {
    let mut desk = ordered();
    let part = start(&|id| desk.get(id), &run(2, Some(SECTION))).unwrap();
    assert_eq!(desk.press(HEAD, vec![part]), [Judgement::Apply]);
    let all = desk.all();
    let run = all[1].runs.iter().find(|run| run.unit == Some(SECTION)).unwrap();
    assert_eq!(proposed(&desk.config, run, desk.now + 45 * MINUTE), Some(45));
    // The lunch break is not work, another day's minutes are anybody's guess.
    assert_eq!(proposed(&desk.config, run, NINE + 270 * MINUTE), Some(168 + 30));
    assert_eq!(proposed(&desk.config, run, NINE + 24 * 60 * MINUTE), None);
}

#[test]
fn the_list_says_who_what_it_waits_for_and_how_long_it_took() {
    let desk = corrected();
    let all = desk.all();
    let said: Vec<_> = all.iter().map(|step| (lines(&desk.config, step, (0, 0)), minutes(step))).collect();
    let said: Vec<_> = said.iter().map(|(line, minutes)| (line.as_str(), minutes.as_str())).collect();
    assert_eq!(said[0], ("Camat", "12 dari 15 menit"));
    assert_eq!(said[1], ("Kepala unit · 2 dari 2 unit", "120 dari 2 × 240 menit"));
    assert_eq!(said[3], ("Perencana", "30 menit"));
    assert_eq!(said[5], ("Camat", "waktu baku 10 menit"));
    assert_eq!(
        lead(&all, Some("2026-10-15")),
        "Tahap 1–4 selesai, 182 dari 635 menit waktu baku · batas kirim ke kabupaten 15 Oktober 2026"
    );
    let fresh = office();
    let all = fresh.all();
    assert_eq!(lines(&fresh.config, &all[4], (0, 0)), "Camat atau Sekretaris · menunggu Kompilasi");
    assert_eq!(minutes(&all[1]), "waktu baku 2 × 240 menit");
    assert_eq!(lead(&all, None), "Belum ada tahap yang selesai");
    assert_eq!(actors(&all[1].step), "Kepala Seksi atau Sekretaris");
}

#[test]
fn a_step_is_a_task_of_its_actor_as_soon_as_nothing_is_in_the_way() {
    let mut desk = office();
    assert_eq!(desk.titles(CAMAT), ["Mulai Perintah"]);
    // Who could record it is not asked as long as somebody holds the post.
    assert!(desk.titles(SECRETARY).is_empty());
    let order = paper(&run(1, None), Vec::new(), json!({"instruction": "Mohon disusun."}));
    desk.press(SECRETARY, vec![order]);
    desk.carry_out(CAMAT, &run(1, None), 12);
    assert!(desk.titles(CAMAT).is_empty());
    // Its figures are tasks of their own until they are decided.
    assert!(desk.titles(HEAD).is_empty());
    let value = change(None, VALUE, &json!({"state": "value", "number": "3"}));
    assert_eq!(desk.press(HEAD, vec![edit(figure(id(20)), vec![value])]), [Judgement::Apply]);
    assert!(desk.titles(HEAD).is_empty());
    assert_eq!((desk.onward(HEAD, SECTION), desk.open_unit()), (None, Some(SECTION)));
    let record = desk.get(figure(id(20)).record()).unwrap();
    assert_eq!(desk.press(HEAD, vec![accept(&record)]), [Judgement::Apply]);
    assert_eq!(desk.titles(HEAD), ["Selesaikan validasi Seksi A"]);
    let page = |step| format!("/tahapan/{CYCLE}/{step}/{SECTION}");
    assert_eq!(desk.onward(HEAD, SECTION), Some(format!("Selesaikan validasi Seksi A {}", page(2))));
    assert_eq!((desk.onward(MEMBER, SECTION), desk.open_unit()), (None, None));
    desk.carry_out(HEAD, &run(2, Some(SECTION)), 60);
    assert_eq!(desk.titles(HEAD), ["Sampaikan data Seksi A ke Sekretaris"]);
    assert_eq!(desk.onward(HEAD, SECTION), Some(format!("Sampaikan data Seksi A ke Sekretaris {}", page(3))));
    desk.carry_out(HEAD, &run(3, Some(SECTION)), 8);
    assert!(desk.titles(HEAD).is_empty());
    assert_eq!(desk.onward(HEAD, SECTION), None);
}

#[test]
fn a_form_asks_for_every_field_of_its_paper() {
    for kind in
        [Kind::Order, Kind::Invite, Kind::Meeting, Kind::Letter, Kind::Copy, Kind::Archive, Kind::Collect]
    {
        let asked: Vec<_> = paper_asks(kind).iter().map(|ask| (ask.path, ask.label, !ask.optional)).collect();
        let wanted: Vec<_> = fields(kind).iter().map(|f| (f.name, f.label, f.needed)).collect();
        assert_eq!(asked, wanted, "{kind:?}");
    }
    assert_eq!(FINISH.len(), 3);
}

#[test]
fn the_drawing_has_a_lane_per_actor_and_a_line_per_predecessor() {
    let desk = ordered();
    let chart = chart(&desk.all());
    let lanes: Vec<_> = chart.lanes.iter().map(|(first, second)| format!("{first} {second}")).collect();
    assert_eq!(lanes, ["Camat ", "Kepala unit", "Sekretaris "]);
    let boxes: Vec<_> = chart.boxes.iter().map(|b| (b.sign.as_str(), b.class)).collect();
    assert_eq!(boxes, [("1", "done"), ("2", ""), ("3", ""), ("+", ""), ("4", ""), ("5", "")]);
    assert_eq!(chart.lines.len(), 5);
    assert_eq!(chart.lines[0], "34,71 34,80 102,80 102,89");
}

#[test]
fn the_report_compares_every_run_with_its_standard_and_says_what_took_longer() {
    let mut desk = ordered();
    desk.carry_out(HEAD, &run(2, Some(SECTION)), 250);
    desk.carry_out(SECRETARY, &run(2, Some(OTHER)), 320);
    let report = times(&desk.config, &desk.all());
    let first = Time {
        step: "2. Validasi".into(),
        unit: "Seksi A".into(),
        standard: 240,
        worked: 250,
        // 09.12 to 12.00 and 13.00 to 13.22, by a device that knew no office time.
        lasted: "190 menit (perkiraan)".into(),
        note: "lewat 10 menit, dalam toleransi".into(),
        overrun: false,
    };
    assert_eq!(report[1], first);
    assert_eq!((report[2].note.as_str(), report[2].overrun), ("lewat 80 menit", true));
    let lines = sheet("Waktu", &report);
    assert_eq!(lines[1], ["Tahap", "Unit kerja", "Waktu baku", "Waktu kerja", "Lama proses", "Catatan"]);
    assert_eq!(lines[3][..4], ["2. Validasi", "Seksi A", "240", "250"]);
    // What is tambahan has no number and no standard.
    assert_eq!(lines[7], ["Kompilasi", "", "", "", "", ""]);
    let text = csv::lines(&lines);
    assert!(text.starts_with("\u{feff}\"Waktu\"\r\n\"Tahap\";\"Unit kerja\""), "{text}");
}

const PINNED: &str = "correction/01990000-0000-7000-8000-000000000001";

/// The head's word that a figure is right.
fn accept(record: &Record) -> Part {
    let validation = Validation {
        decision: Decision::Accept,
        comment: String::new(),
        self_validated: false,
        heads: data_heads(record),
    };
    Part {
        action: Action::Accept,
        judged: takar_app::acts::figures::judged(record),
        ..edit(record.subject.clone(), vec![change(Some(record), VALIDATION, &validation)])
    }
}

/// Up to the hand-overs and the compiling; the Camat has pinned a figure of 14.
fn pinned() -> Desk {
    let mut desk = ordered();
    let value = change(None, VALUE, &json!({"state": "value", "number": "14"}));
    assert_eq!(desk.press(HEAD, vec![edit(figure(id(20)), vec![value])]), [Judgement::Apply]);
    let record = desk.get(figure(id(20)).record()).unwrap();
    assert_eq!(desk.press(HEAD, vec![accept(&record)]), [Judgement::Apply]);
    for (unit, head) in [(SECTION, HEAD), (OTHER, SECRETARY)] {
        desk.carry_out(head, &run(2, Some(unit)), 60);
        desk.carry_out(head, &run(3, Some(unit)), 8);
    }
    desk.carry_out(PLANNER, &run(101, None), 30);
    let typed = json!({"at": VALUE, "text": "Cocokkan dengan daftar hadir."});
    let part =
        correct::pin(&desk.config, &|id| desk.get(id), &run(4, None), (PINNED, Some(id(20))), &typed, vec![]);
    assert_eq!(desk.press(CAMAT, vec![part.unwrap()]), [Judgement::Apply]);
    desk
}

fn decide(desk: &Desk, decided: Decided, typed: &Value) -> Vec<Part> {
    correct::decide(&desk.config, &|id| desk.get(id), &run(4, None), PINNED, decided, typed).unwrap()
}

fn one(desk: &Desk) -> correct::Shown {
    let mut all = correct::shown(&desk.config, &|id| desk.get(id), &run(4, None));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_correction_given_back_opens_its_unit_and_shows_the_value_before_and_now() {
    let mut desk = pinned();
    let shown = one(&desk);
    assert_eq!((shown.title.as_str(), shown.standing), ("Indikator · Realisasi", Standing::Open));
    assert_eq!(shown.values, Some(("14 nagari".into(), "14 nagari · belum berubah".into())));
    assert_eq!(shown.unit, Some(SECTION));
    let typed = json!({"to": SECTION.to_string(), "word": "Cocokkan dengan daftar hadir."});
    let parts = decide(&desk, Decided::Returned, &typed);
    let opened: Vec<_> = parts.iter().map(|part| (part.subject.clone(), part.action)).collect();
    let reopened = [run(101, None), run(3, Some(SECTION)), run(2, Some(SECTION))];
    assert_eq!(opened[..3], reopened.map(|run| (run, Action::Reopen)));
    assert_eq!(opened[3], (run(4, None), Action::Edit));
    assert_eq!(desk.press(CAMAT, parts), vec![Judgement::Apply; 4]);
    assert_eq!(one(&desk).standing, Standing::Waits { step: 3, unit: SECTION });
    // A second one for the same unit opens nothing twice.
    let again = decide(&desk, Decided::Returned, &typed);
    assert_eq!(again.len(), 1);

    let record = desk.get(figure(id(20)).record());
    let value = change(record.as_ref(), VALUE, &json!({"state": "value", "number": "12"}));
    assert_eq!(desk.press(HEAD, vec![edit(figure(id(20)), vec![value])]), [Judgement::Apply]);
    assert_eq!(one(&desk).values, Some(("14 nagari".into(), "12 nagari".into())));
    assert_eq!(desk.phase(&run(3, Some(OTHER))), Some(Phase::Done));
}

#[test]
fn a_section_is_corrected_in_words_and_settled_with_one() {
    let mut desk = pinned();
    let typed = json!({"at": OTHER.to_string(), "text": "Urutkan menurut sasaran."});
    let two = "correction/01990000-0000-7000-8000-000000000002";
    let part = correct::pin(&desk.config, &|id| desk.get(id), &run(4, None), (two, None), &typed, vec![]);
    assert_eq!(desk.press(SECRETARY, vec![part.unwrap()]), [Judgement::Apply]);
    let parts = decide(&desk, Decided::Settled, &json!({"word": "Sudah cocok."}));
    assert_eq!(desk.press(SECRETARY, parts), [Judgement::Apply]);
    let all = correct::shown(&desk.config, &|id| desk.get(id), &run(4, None));
    let said: Vec<_> = all.iter().map(|s| (s.title.as_str(), s.standing)).collect();
    // What waits for somebody comes first.
    assert_eq!(said, [("Seksi B", Standing::Open), ("Indikator · Realisasi", Standing::Settled)]);
    assert_eq!((all[0].unit, all[0].values.clone()), (Some(OTHER), None));
}

#[test]
fn who_seals_gives_a_password_and_who_records_a_scan_names_the_signer() {
    let desk = corrected();
    let all = desk.all();
    let sign = all.iter().find(|step| step.step.kind == Kind::Sign).unwrap();
    let today: Date = TODAY.parse().unwrap();
    let listed = may_sign(&desk.config, today);
    let names: Vec<_> = listed.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(names, ["CAMAT CONTOH: Camat", "a.n. CAMAT CONTOH, SEKRETARIS: Sekretaris"]);
    assert_eq!(proposed_signer(&desk.config, SECRETARY, today), SECRETARY.to_string());
    assert_eq!(proposed_signer(&desk.config, MEMBER, today), CAMAT.to_string());
    let asked = |manner: &str, signer: &str, password: &str| {
        let typed = json!({"manner": manner, "signer": signer, "password": password, "minutes": "5"});
        signing(sign, CYCLE, today, &typed)
    };
    let camat = CAMAT.to_string();
    assert_eq!(asked("seal", &camat, "").unwrap_err()[0].path, "password");
    assert_eq!(asked("scan", "", "").unwrap_err()[0].path, "signer");
    let scan = asked("scan", &camat, "").unwrap();
    assert_eq!((scan.signer, scan.step, scan.minutes, scan.shown), (CAMAT, 5, Some(5), None));
    let seen = json!({"manner": "scan", "signer": camat, "minutes": "5", "shown": "3f2a"});
    assert_eq!(signing(sign, CYCLE, today, &seen).unwrap().shown.as_deref(), Some("3f2a"));
}
