//! The hand-written table `data/permissions.csv`: action × post × unit × state.
//!
//! `unit`: `own` = where the post is held (posts of the whole office: Seksi
//! Pemerintahan), `sub` = a sub bagian of the secretariat, `other` = a seksi with
//! a head, `vacant` = a seksi without one. States are built in `in_state`.

#[path = "permissions_steps.rs"]
mod steps;

use crate::world::*;
use serde::Deserialize;
use takar_domain::budget::Budget;
use takar_domain::config::*;
use takar_domain::figure::*;
use takar_domain::policy::Policy;
use takar_domain::record::Subject;
use takar_domain::rules::{HeldWhy, Judgement};
use takar_domain::sop::Kind;
use takar_domain::status::data_heads;
use takar_domain::workflow::Action;

#[derive(Debug, Deserialize)]
pub struct Case {
    action: String,
    post: Post,
    unit: String,
    state: String,
    pub expected: String,
}

/// Every line of the table; the server's tests run it over HTTP.
pub fn cases() -> Vec<Case> {
    let mut reader = csv::Reader::from_reader(include_str!("../data/permissions.csv").as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn unit_of_post(post: Post) -> Option<&'static str> {
    match post {
        Post::Sekretaris => Some("sekretariat"),
        Post::Kasubbag | Post::Perencana | Post::Bendahara => Some("subbag"),
        Post::Kasi | Post::Pelaksana => Some("pemerintahan"),
        _ => None,
    }
}

fn unit(case: &Case) -> &'static str {
    match case.unit.as_str() {
        "own" => unit_of_post(case.post).unwrap_or("pemerintahan"),
        "sub" => "subbag",
        "vacant" => "trantibum",
        _ => "pelayanan",
    }
}

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

/// The figure that a case is about.
fn figure(case: &Case) -> Subject {
    let name = if case.action == "tick" { format!("{}/rows", unit(case)) } else { unit(case).into() };
    Subject::Figure { indicator: indicator_of(&name), period: PERIOD, unit: None }
}

fn validate(office: &mut World, subject: &Subject, decision: Decision) {
    let heads = data_heads(&office.get(subject.record()).unwrap());
    let validation = Validation { decision, comment: "Mohon dicek.".into(), self_validated: false, heads };
    office.put(subject.clone(), VALIDATION, &validation);
}

/// Me, with the post that the case is about.
fn employ(office: &mut World, case: &Case, ends: Option<&str>) {
    let me = id("me");
    office.put(Subject::Person { id: me }, MAIN, &person("saya", case.state != "inactive"));
    let post = holding(me, case.post, unit_of_post(case.post), "2026-01-01", ends);
    office.put(Subject::Holding { id: id("holding/me") }, MAIN, &post);
}

/// The office before the act, and the act as its author's device made it.
pub fn in_state(case: &Case) -> (World, Act, &'static str) {
    let mut office = office();
    if let Some((act, step)) = case.action.split_once(':') {
        return steps::in_state(office, case, act, step);
    }
    let ends = match case.state.as_str() {
        "ended" | "ended_before" | "actor_ended" => Some("2026-10-01"),
        _ => None,
    };
    let unit_held = unit_of_post(case.post);
    employ(&mut office, case, ends);
    // The author is the head where he holds a head's post.
    if let (Post::Sekretaris | Post::Kasubbag | Post::Kasi, Some(held)) = (case.post, unit_held) {
        let old =
            holding(id(&format!("head.{held}")), case.post, Some(held), "2020-01-01", Some("2020-12-31"));
        office.put(Subject::Holding { id: id(&format!("holding/head.{held}")) }, MAIN, &old);
    }
    if case.action.ends_with("budget") {
        office.put(Subject::Node { id: id("node") }, MAIN, &node(Level::SubKegiatan));
    }
    let subject = figure(case);
    if case.state != "empty" && case.state != "-" && case.action != "tick" {
        office.put(subject.clone(), VALUE, &entry(1));
    }
    if case.action == "decide" || case.state == "differs" {
        let mut blind = office.edit(subject.clone(), VALUE, &entry(2));
        blind.changes[0].1.clear();
        office.write(id("someone"), &blind);
    }
    match case.state.as_str() {
        "sent" => drop(office.put(form_of(unit(case)), STAGE, &Stage { sent: true })),
        "validated" => validate(&mut office, &subject, Decision::Accept),
        "returned" => validate(&mut office, &subject, Decision::Return),
        _ => {}
    }
    let act = act(case, &office);
    let before = ["ended", "inactive", "actor_ended"].contains(&case.state.as_str());
    let made = if before { "2026-09-30" } else { TODAY };
    meanwhile(case, &mut office);
    (office, act, made)
}

/// What changed at the office after the device looked.
fn meanwhile(case: &Case, office: &mut World) {
    let cycle = |open| Cycle {
        period: PERIOD,
        due: None,
        regency_due: None,
        open,
        policy: None,
        sop: None,
        stepwise: false,
        abandoned: None,
    };
    let name = unit(case);
    match case.state.as_str() {
        "changed" => drop(office.put(figure(case), VALUE, &entry(9))),
        "locked" => office.handed_over(name),
        "actor" | "actor_ended" => names_for_letter(office, case.post, Kind::Letter),
        "other_actor" => names_for_letter(office, Post::Bendahara, Kind::Letter),
        "other_step" => names_for_letter(office, case.post, Kind::Copy),
        "taken" => drop(office.put(
            Subject::Number { id: id("office"), year: 2026, seq: 1 },
            MAIN,
            &serde_json::json!({"number": "1", "date": TODAY, "cycle": id("cycle"), "step": 6, "about": "Dokumen"}),
        )),
        "removed" => {
            let unit = office.config.units[&id(name)].clone();
            office.put(Subject::Unit { id: id(name) }, MAIN, &Unit { active: false, ..unit });
        }
        "closed" => drop(office.put(Subject::Cycle { id: id("cycle") }, MAIN, &cycle(false))),
        "history" => office.config.cycles = takar_domain::sorted::Map::new(),
        "nagari_left" => {
            let gone = Nagari { name: "Nagari A".into(), code: "a".into(), order: 0, active: false };
            office.put(Subject::Nagari { id: id("nagari/a") }, MAIN, &gone);
        }
        _ => {}
    }
}

/// The procedure whose sixth step is of this kind, and is carried out by this post.
fn names_for_letter(office: &mut World, post: Post, kind: Kind) {
    office.stepwise();
    let mut sop = sop();
    (sop.steps[5].kind, sop.steps[5].actors) = (kind, vec![post]);
    office.put(Subject::Sop { id: id("sop") }, MAIN, &sop);
}

/// The sub kegiatan with a pagu that budgets are about.
fn subject_of_budget() -> Subject {
    takar_domain::budget::subject(id("node"), PERIOD)
}

fn budget() -> Budget {
    let (until, source) = ("2026-09-30".into(), "SP2D".into());
    Budget { actual: 1_000_000.into(), until, source, confirmed: Vec::new() }
}

fn act(case: &Case, office: &World) -> Act {
    let subject = figure(case);
    let record = office.get(subject.record());
    let heads = record.as_ref().map(data_heads).unwrap_or_default();
    let judged: Vec<Judged> = heads
        .iter()
        .map(|(group, heads)| Judged { record: subject.record(), group: group.clone(), heads: heads.clone() })
        .collect();
    let decide = |action, decision| {
        let validation = Validation {
            decision,
            comment: "Mohon dicek.".into(),
            self_validated: false,
            heads: heads.clone(),
        };
        let edit = office.edit(subject.clone(), VALIDATION, &validation);
        Act { action, judged: judged.clone(), ..edit }
    };
    match case.action.as_str() {
        "number" => numbering(case, office),
        "edit" if case.state == "differs" => {
            // Saw one of the two heads: its own change, not a decision.
            let mut edit = office.edit(subject, VALUE, &entry(3));
            edit.changes[0].1.truncate(1);
            edit
        }
        "edit" | "decide" => office.edit(subject, VALUE, &entry(3)),
        "adopt" => Act { action: Action::Adopt, ..office.edit(subject, VALUE, &entry(3)) },
        "discard" => {
            Act { subject, action: Action::Discard, changes: vec![], judged: vec![], by_office: false }
        }
        "budget" => office.edit(subject_of_budget(), MAIN, &budget()),
        "adopt_budget" => Act { action: Action::Adopt, ..office.edit(subject_of_budget(), MAIN, &budget()) },
        "restate" => {
            let restated =
                Restated { before: Some(14.into()), after: 12.into(), reason: "Salah hitung.".into() };
            let Subject::Figure { indicator, unit, .. } = subject else { panic!("{subject:?}") };
            let earlier = Subject::Figure { indicator, period: PERIOD.previous(), unit };
            office.edit(earlier, &format!("{RESTATED}{PERIOD}"), &restated)
        }
        "note" => office.edit(subject, NOTES[0], &Note("Lancar.".into())),
        "tick" => {
            let code = if case.state == "nagari_unknown" { "zz" } else { "a" };
            office.edit(subject, &format!("{NAGARI}{code}"), &Row { done: Some(true), ..Row::default() })
        }
        "send" => {
            let edit = office.edit(form_of(unit(case)), STAGE, &Stage { sent: true });
            Act { action: Action::Send, judged, ..edit }
        }
        "read_form" => office.edit(
            form_of(unit(case)),
            &format!("{READ}{}", id("me")),
            &FormRead { version: 1, remarks: "Sudah jelas.".into() },
        ),
        "edit_form" => {
            let left_out = [indicator_of(unit(case))].into();
            let form = Form { version: 2, left_out, ..Form::default() };
            office.edit(Subject::CycleForm { cycle: id("cycle") }, FORM, &form)
        }
        "accept" => decide(Action::Accept, Decision::Accept),
        "return" => decide(Action::Return, Decision::Return),
        config => configure(config, office),
    }
}

fn node(level: Level) -> Node {
    Node { level, code: "7.01".into(), title: "Program".into(), parent: None, unit: None, order: 0 }
}

/// The next number of the year for a letter of 8 October 2026; `typed`: by a device.
fn numbering(case: &Case, office: &World) -> Act {
    let numbered = takar_domain::letter::Numbered {
        number: "1".into(),
        date: if case.state == "future" { "2099-01-01" } else { TODAY }.into(),
        cycle: id("cycle"),
        step: 6,
        about: "Dokumen".into(),
    };
    let subject = Subject::Number { id: id("office"), year: 2026, seq: 1 };
    Act { by_office: case.state != "typed", ..office.edit(subject, MAIN, &numbered) }
}

fn configure(action: &str, office: &World) -> Act {
    let new = id("new");
    match action {
        "edit_node" => office.edit(Subject::Node { id: new }, MAIN, &node(Level::Program)),
        "edit_indicator" => office.edit(Subject::Indicator { id: new }, MAIN, &indicator("pelayanan")),
        "edit_cycle" => {
            let cycle = Cycle {
                period: PERIOD.previous(),
                due: None,
                regency_due: None,
                open: true,
                policy: None,
                sop: None,
                stepwise: false,
                abandoned: None,
            };
            office.edit(Subject::Cycle { id: new }, MAIN, &cycle)
        }
        "edit_office" => {
            let value = Office {
                name: "Kecamatan Contoh".into(),
                regency: "Kabupaten Contoh".into(),
                address: String::new(),
                zone: Zone::Wib,
                village_word: "nagari".into(),
                demo: false,
                file_limit: takar_domain::evidence::LIMIT,
                number_pattern: takar_domain::letter::PATTERN.into(),
                letter_unit: String::new(),
                letter_class: takar_domain::letter::CLASS.into(),
                place: String::new(),
                retention: String::new(),
            };
            office.edit(Subject::Office { id: new }, MAIN, &value)
        }
        "edit_unit" => {
            let unit =
                Unit { name: "Seksi".into(), kind: UnitKind::Section, parent: None, order: 0, active: true };
            office.edit(Subject::Unit { id: new }, MAIN, &unit)
        }
        "edit_nagari" => {
            let nagari = Nagari { name: "Nagari B".into(), code: "b".into(), order: 1, active: true };
            office.edit(Subject::Nagari { id: new }, MAIN, &nagari)
        }
        "edit_policy" => office.edit(Subject::Policy { id: new }, MAIN, &Policy::default()),
        "edit_sop" => office.edit(Subject::Sop { id: new }, MAIN, &sop()),
        "edit_person" => office.edit(Subject::Person { id: new }, MAIN, &person("baru", true)),
        "edit_holding" => {
            let post = holding(id("me"), Post::Camat, None, "2026-01-01", None);
            office.edit(Subject::Holding { id: new }, MAIN, &post)
        }
        other => panic!("unknown action {other}"),
    }
}

fn words(judgement: &Judgement) -> String {
    match judgement {
        Judgement::Apply => "applied".into(),
        Judgement::Conflict(_) => "conflict".into(),
        Judgement::Late { .. } => "late".into(),
        Judgement::Held(HeldWhy::RightsChanged) => "held:rights_changed".into(),
        Judgement::Held(HeldWhy::Removed) => "held:removed".into(),
        Judgement::Reject(issues) => {
            format!("rejected:{}", issues.first().map_or("?", |issue| issue.code.as_str()))
        }
    }
}

#[test]
fn every_line_of_the_table_holds() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases() {
        let (office, act, made) = in_state(&case);
        let found = words(&office.judge_at(id("me"), made, TODAY, &act));
        count += 1;
        if found != case.expected {
            wrong.push(format!("{case:?}: found {found}"));
        }
    }
    assert!(count > 400, "the table was read: {count}");
    assert!(wrong.is_empty(), "{} of {count} lines\n{}", wrong.len(), wrong.join("\n"));
}
