//! The form of a round, and the lists of disposisi, undangan and rapat.

use serde_json::{Value, json};
use takar_app::acts::form::{because, is_read, next_version, parts, read, save, words};
use takar_app::acts::steps::lists::{answer, copy_invited, write};
use takar_app::acts::steps::{answer_asks, calendar, list_asks, plain};
use takar_domain::config::{FORM, Form, MAIN};
use takar_domain::procedure::list::{DECISIONS, HOPS, INVITEES, LISTS, PRESENCE, TASKS, lines};
use takar_domain::procedure::{PAPER, Seat};
use takar_domain::record::{OpId, RecordId, Subject};
use takar_domain::rules::Judgement;
use uuid::Uuid;

use super::*;

const GOT: [Judgement; 1] = [Judgement::Apply];

fn seat(post: &str, unit: Option<RecordId>) -> String {
    Seat { post: serde_json::from_value(json!(post)).unwrap(), unit }.to_string()
}

/// The office by a procedure of an order, a form, its delivery, an invitation and a meeting.
fn meeting() -> Desk {
    let mut desk = office();
    let mut sop: Value = serde_json::to_value(desk.config.sops.get(&SOP).unwrap()).unwrap();
    sop["year"] = json!(2027);
    sop["steps"] = json!([
        step(1, "Perintah", "order", &["camat"], &[], 15),
        step(2, "Penyusunan form", "form", &["perencana"], &[1], 60),
        step(3, "Penyampaian form", "deliver", &["anggota_tim"], &[2], 25),
        step(4, "Undangan", "invite", &["sekretaris"], &[3], 30),
        step(5, "Rapat", "meeting", &["sekretaris"], &[4], 120),
    ]);
    desk.put(Subject::Sop { id: id(4) }, MAIN, &sop);
    let cycle =
        json!({"period": "2026-q3", "sop": id(4), "stepwise": true, "open": true, "due": "2026-10-09"});
    // A round keeps the SOP that it was opened with: this one is opened anew.
    desk.records.remove(&CYCLE);
    desk.config.cycles.remove(&CYCLE);
    desk.put(Subject::Cycle { id: CYCLE }, MAIN, &cycle);
    desk
}

impl Desk {
    fn line(
        &mut self,
        who: RecordId,
        of: &Subject,
        list: &'static takar_domain::procedure::list::List,
        name: &str,
        value: &Value,
    ) {
        let part = write(&|id| self.get(id), of, list, name, value);
        assert_eq!(self.press(who, vec![part]), GOT, "{value}");
    }

    fn says(
        &mut self,
        who: RecordId,
        of: &Subject,
        list: &'static takar_domain::procedure::list::List,
        name: &str,
        value: &Value,
    ) -> Vec<Judgement> {
        let part = answer(&|id| self.get(id), of, list, name, value).unwrap();
        self.press(who, vec![part])
    }

    fn form(&mut self, who: RecordId, form: &Form) -> Vec<Judgement> {
        let record = self.get(Subject::CycleForm { cycle: CYCLE }.record());
        let mut seen = record.as_ref().map(|r| r.seen(FORM)).unwrap_or_default();
        if seen.is_empty() {
            seen.push(OpId(Uuid::nil()));
        }
        let form = Form { version: next_version(record.as_ref()), ..form.clone() };
        self.press(who, vec![save(CYCLE, seen, &form)])
    }
}

#[test]
fn who_makes_the_form_by_the_sop_changes_it_and_it_says_what_it_holds() {
    let mut desk = meeting();
    let units: Vec<_> = parts(&desk.config).into_iter().map(|p| (p.name, p.lines.len())).collect();
    assert_eq!(units, [("Seksi A".into(), 1), ("Seksi B".into(), 1)]);
    assert_eq!(words(&desk.config, &desk.config.form(CYCLE)), "versi 1 · 2 indikator diukur");
    let form = Form { left_out: [id(21)].into(), because: "Usul Seksi B".into(), ..Form::default() };
    assert_eq!(desk.form(PLANNER, &form), GOT);
    let said = "versi 2 · 1 indikator diukur, 1 tidak diukur · Usul Seksi B";
    assert_eq!(words(&desk.config, &desk.config.form(CYCLE)), said);
    assert_ne!(desk.form(HEAD, &Form::default()), GOT);
    assert_eq!(desk.form(PLANNER, &Form::default()), GOT);
    assert_eq!(desk.config.form(CYCLE).version, 3);
}

#[test]
fn a_unit_reads_the_form_as_a_task_until_somebody_of_it_has_and_again_when_it_changes() {
    let mut desk = meeting();
    for (step, who) in [(1, CAMAT), (2, PLANNER)] {
        if step == 1 {
            desk.put(run(1, None), PAPER, &json!({"instruction": "Mohon disusun."}));
        }
        desk.carry_out(who, &run(step, None), 10);
    }
    assert!(!desk.titles(HEAD).contains(&"Baca form Seksi A".to_owned()), "it was not delivered yet");
    desk.carry_out(MEMBER, &run(3, None), 10);
    assert!(desk.titles(HEAD).contains(&"Baca form Seksi A".to_owned()));
    let part = read(&desk.config, &|id| desk.get(id), (CYCLE, SECTION), HEAD, " Mohon tambah satu. ");
    assert_eq!(desk.press(HEAD, vec![part]), GOT);
    assert!(is_read(&desk.config, &|id| desk.get(id), CYCLE, SECTION));
    assert!(!desk.titles(HEAD).contains(&"Baca form Seksi A".to_owned()));
    assert_eq!(desk.form(PLANNER, &Form::default()), GOT);
    assert!(desk.titles(HEAD).contains(&"Baca form Seksi A".to_owned()));
}

#[test]
fn a_disposisi_and_a_task_are_asked_of_the_jabatan_until_it_has_answered() {
    let mut desk = meeting();
    let order = run(1, None);
    let to = json!({"who": seat("kasi", Some(SECTION)), "instruction": "Siapkan data.", "due": "2026-10-09"});
    desk.line(SECRETARY, &order, &HOPS, "1", &to);
    let title = "Terima disposisi: Siapkan data.".to_owned();
    assert!(desk.titles(HEAD).contains(&title));
    assert!(!desk.titles(MEMBER).contains(&title));
    assert_ne!(desk.says(MEMBER, &order, &HOPS, "1", &json!({})), GOT);
    assert_eq!(desk.says(HEAD, &order, &HOPS, "1", &json!({})), GOT);
    assert!(!desk.titles(HEAD).contains(&title));
    let task = json!({"text": "Cocokkan data", "who": seat("anggota_tim", None), "due": "2026-10-12"});
    desk.line(SECRETARY, &run(5, None), &TASKS, "1", &task);
    assert!(desk.titles(MEMBER).contains(&"Cocokkan data".to_owned()));
    assert_eq!(desk.says(MEMBER, &run(5, None), &TASKS, "1", &json!({"note": "Sudah."})), GOT);
    assert!(!desk.titles(MEMBER).contains(&"Cocokkan data".to_owned()));
}

/// Two are invited; one sends somebody, one cannot come.
fn invited() -> Desk {
    let mut desk = meeting();
    let invite = run(4, None);
    let paper = json!({
        "date": "2026-10-12", "time": "09.00–11.30 WIB", "place": "Ruang rapat, lantai 2", "agenda": "Form; data",
    });
    desk.put(invite.clone(), PAPER, &paper);
    desk.line(SECRETARY, &invite, &INVITEES, "1", &json!({"who": seat("kasi", Some(SECTION))}));
    desk.line(SECRETARY, &invite, &INVITEES, "2", &json!({"who": seat("anggota_tim", None)}));
    desk
}

#[test]
fn those_invited_answer_and_the_list_of_the_meeting_begins_with_what_they_said() {
    let mut desk = invited();
    let invite = run(4, None);
    assert!(!desk.titles(HEAD).iter().any(|t| t.starts_with("Jawab undangan")), "it is not out yet");
    let said = desk.says(HEAD, &invite, &INVITEES, "1", &json!({"answer": "Diwakili", "note": "Staf A"}));
    assert_eq!(said, GOT);
    assert_eq!(desk.says(MEMBER, &invite, &INVITEES, "2", &json!({"answer": "Berhalangan"})), GOT);
    let copied = copy_invited(&desk.config, &|id| desk.get(id), &run(5, None));
    assert_eq!(desk.press(SECRETARY, copied), GOT);
    let present = lines(&PRESENCE, desk.get(run(5, None).record()).as_ref());
    let came: Vec<_> = present.iter().map(|line| (line.text("came"), line.text("note"))).collect();
    assert_eq!(came, [("Diwakili", "Staf A"), ("Tidak hadir", "")]);
    assert!(copy_invited(&desk.config, &|id| desk.get(id), &run(5, None)).is_empty(), "nobody twice");
}

#[test]
fn an_invitation_goes_to_calendars_and_chats() {
    let desk = invited();
    let run = desk.get(run(4, None).record()).unwrap();
    let file = calendar(&desk.config, &run, NINE).unwrap();
    for line in [
        "BEGIN:VEVENT",
        "DTSTAMP:20261008T020000Z",
        "DTSTART:20261012T020000Z",
        "DTEND:20261012T043000Z",
        "LOCATION:Ruang rapat\\, lantai 2",
        "DESCRIPTION:Form\\; data",
    ] {
        assert!(file.contains(&format!("{line}\r\n")), "{line}\n{file}");
    }
    assert!(file.lines().all(|line| line.len() <= 75), "{file}");
    let text = plain(&desk.config, &run, TODAY);
    assert!(text.contains("Hari dan tanggal rapat: 12 Oktober 2026"), "{text}");
    assert!(text.ends_with("- Kepala Seksi · Seksi A, Kasi A\n- Anggota Tim SAKIP, Anggota Tim"), "{text}");
}

#[test]
fn the_forms_of_lists_ask_for_every_field_and_reasons_fit() {
    for list in LISTS {
        let asked: Vec<_> = list_asks(list).iter().map(|ask| (ask.path, !ask.optional)).collect();
        let wanted: Vec<_> = list.fields.iter().map(|f| (f.name, f.needed)).collect();
        assert_eq!(asked, wanted, "{}", list.title);
        let Some(answer) = &list.answer else { continue };
        let asked: Vec<_> = answer_asks(list).iter().map(|ask| ask.path).collect();
        assert_eq!(asked, answer.fields.iter().map(|f| f.name).collect::<Vec<_>>(), "{}", list.title);
    }
    assert_eq!(because(" Putusan\nrapat "), "Putusan rapat");
    assert_eq!(because(&"kata ".repeat(200)).chars().count(), 500);
    assert_eq!(DECISIONS.fields[0].name, "text");
}
