//! The order in which the judge asks, and the guards of transitions.

use crate::world::*;
use takar_domain::config::*;
use takar_domain::figure::*;
use takar_domain::record::{RecordId, Subject};
use takar_domain::rules::{HeldWhy, Judgement};
use takar_domain::status::{FigureStatus, data_heads, figure_status};
use takar_domain::workflow::Action;

const UNIT: &str = "pemerintahan";

fn kasi() -> RecordId {
    id("head.pemerintahan")
}

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

fn codes(judgement: &Judgement) -> Vec<&str> {
    match judgement {
        Judgement::Reject(issues) => issues.iter().map(|i| i.code.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn lock(world: &mut World) {
    world.handed_over(UNIT);
}

fn retire(world: &mut World) {
    let gone = Indicator { active: false, ..indicator(UNIT) };
    world.put(Subject::Indicator { id: indicator_of(UNIT) }, MAIN, &gone);
}

fn decide(world: &World, action: Action, comment: &str) -> Act {
    let subject = figure_of(UNIT);
    let heads = world.get(subject.record()).map(|r| data_heads(&r)).unwrap_or_default();
    let judged = heads
        .iter()
        .map(|(group, heads)| Judged { record: subject.record(), group: group.clone(), heads: heads.clone() })
        .collect();
    let decision = if action == Action::Accept { Decision::Accept } else { Decision::Return };
    let validation = Validation { decision, comment: comment.into(), self_validated: false, heads };
    Act { action, judged, ..world.edit(subject, VALIDATION, &validation) }
}

fn status(world: &World) -> FigureStatus {
    let form = world.get(form_of(UNIT).record());
    figure_status(world.get(figure_of(UNIT).record()).as_ref(), form.as_ref())
}

fn send(world: &mut World) {
    let stage = Stage { sent: true };
    let heads = data_heads(&world.get(figure_of(UNIT).record()).unwrap());
    let judged = heads
        .into_iter()
        .map(|(group, heads)| Judged { record: figure_of(UNIT).record(), group, heads })
        .collect();
    let act = Act { action: Action::Send, judged, ..world.edit(form_of(UNIT), STAGE, &stage) };
    assert_eq!(world.judge(kasi(), &act), Judgement::Apply);
    world.write(kasi(), &act);
}

#[test]
fn shape_comes_before_right_before_removed_before_locked() {
    let mut world = office();
    lock(&mut world);
    let stranger = id("head.pelayanan");
    let mut act = world.edit(figure_of(UNIT), VALUE, &entry(-1));
    assert_eq!(codes(&world.judge(stranger, &act)), ["number.negative"]);
    act = world.edit(figure_of(UNIT), VALUE, &entry(1));
    assert_eq!(codes(&world.judge(stranger, &act)), ["permission.denied"]);
    let Judgement::Late { parent } = world.judge(kasi(), &act) else { panic!("late") };
    assert_eq!(parent, run(3, Some(UNIT)).record());
    retire(&mut world);
    assert_eq!(world.judge(kasi(), &act), Judgement::Held(HeldWhy::Removed));
}

#[test]
fn the_secretariats_lock_binds_its_sub_bagian() {
    let mut world = office();
    let act = world.edit(figure_of("subbag"), VALUE, &entry(1));
    assert_eq!(world.judge(id("head.subbag"), &act), Judgement::Apply);
    world.handed_over("sekretariat");
    assert!(matches!(world.judge(id("head.subbag"), &act), Judgement::Late { .. }));
}

#[test]
fn values_of_a_wrong_shape_are_refused_by_code() {
    let world = office();
    let subject = figure_of(UNIT);
    let over = Entry { number: Some("1000000000000001".parse().unwrap()), ..entry(0) };
    let fine = Entry { number: Some("0.1234567".parse().unwrap()), ..entry(0) };
    let derived = Entry { state: EntryState::NoTarget, ..Entry::default() };
    let blank = Entry { state: EntryState::Value, ..Entry::default() };
    let both = Entry { state: EntryState::NotMeasured, ..entry(3) };
    let date = Entry { event_date: Some("2026-02-30".into()), ..entry(1) };
    for (value, code) in [
        (json(&over), "number.too_large"),
        (json(&fine), "number.too_many_places"),
        (json(&derived), "entry.derived_state"),
        (json(&blank), "entry.empty"),
        (json(&both), "entry.state_with_number"),
        (json(&date), "date.wrong"),
        (serde_json::json!({"state": "value", "number": 1.5}), "shape.wrong"),
        (serde_json::json!([]), "shape.wrong"),
        (serde_json::json!(null), "shape.wrong"),
    ] {
        let found = world.judge(kasi(), &world.edit(subject.clone(), VALUE, &value));
        assert!(codes(&found).contains(&code), "{value} gave {found:?}");
    }
    let long = Note("a".repeat(Note::MAX_CHARS + 1));
    assert_eq!(codes(&world.judge(kasi(), &world.edit(subject.clone(), NOTES[1], &long))), ["text.too_long"]);
    assert_eq!(codes(&world.judge(kasi(), &world.edit(subject, "apa", &1))), ["group.unknown"]);
}

#[test]
fn what_only_transitions_write_cannot_be_edited() {
    let mut world = office();
    world.put(figure_of(UNIT), VALUE, &entry(1));
    let forged = Act { action: Action::Edit, ..decide(&world, Action::Accept, "") };
    assert_eq!(codes(&world.judge(kasi(), &forged)), ["action.wrong_groups"]);
    let stage = world.edit(form_of(UNIT), STAGE, &Stage { sent: false });
    assert_eq!(codes(&world.judge(kasi(), &stage)), ["action.wrong_groups"]);
    let unsent = Act { action: Action::Send, ..stage };
    assert_eq!(codes(&world.judge(kasi(), &unsent)), ["send.wrong_stage"]);
}

#[test]
fn a_return_needs_words_and_a_decision_names_what_it_judged() {
    let mut world = office();
    world.put(figure_of(UNIT), VALUE, &entry(1));
    assert_eq!(codes(&world.judge(kasi(), &decide(&world, Action::Return, "  "))), ["return.comment"]);
    let mut act = decide(&world, Action::Accept, "");
    act.judged.clear();
    assert!(matches!(world.judge(kasi(), &act), Judgement::Conflict(now) if now.len() == 1));
    let mut act = decide(&world, Action::Accept, "");
    let hollow = Validation {
        decision: Decision::Accept,
        comment: String::new(),
        self_validated: false,
        heads: Default::default(),
    };
    act.changes[0].2 = json(&hollow);
    assert_eq!(codes(&world.judge(kasi(), &act)), ["validation.inconsistent"]);
}

#[test]
fn a_validation_of_a_value_that_changed_is_a_conflict_that_tells_what_stands() {
    let mut world = office();
    world.put(figure_of(UNIT), VALUE, &entry(1));
    let act = decide(&world, Action::Accept, "");
    let newer = world.put(figure_of(UNIT), VALUE, &entry(2));
    let Judgement::Conflict(now) = world.judge(kasi(), &act) else { panic!("conflict") };
    assert_eq!(now, [Judged { record: figure_of(UNIT).record(), group: VALUE.into(), heads: vec![newer] }]);
}

#[test]
fn status_follows_the_heads() {
    let mut world = office();
    assert_eq!(status(&world), FigureStatus::NotFilled);
    world.put(figure_of(UNIT), VALUE, &entry(1));
    assert_eq!(status(&world), FigureStatus::Saved);
    send(&mut world);
    assert_eq!(status(&world), FigureStatus::Sent);
    world.write(kasi(), &decide(&world, Action::Accept, ""));
    assert_eq!(status(&world), FigureStatus::Validated);
    world.put(figure_of(UNIT), NOTES[0], &Note("Lancar".into()));
    assert_eq!(status(&world), FigureStatus::Validated, "a note is not what was judged");
    world.put(figure_of(UNIT), VALUE, &entry(2));
    assert_eq!(status(&world), FigureStatus::Sent, "a later edit falls back to dikirim");
    world.write(kasi(), &decide(&world, Action::Return, "Mohon dicek."));
    assert_eq!(status(&world), FigureStatus::Returned { comment: "Mohon dicek.".into() });
    world.put(figure_of(UNIT), VALUE, &entry(3));
    assert_eq!(status(&world), FigureStatus::Saved, "mended, not sent again");
    send(&mut world);
    assert_eq!(status(&world), FigureStatus::Sent);
    let mut blind = world.edit(figure_of(UNIT), VALUE, &entry(4));
    blind.changes[0].1.clear();
    world.write(kasi(), &blind);
    assert_eq!(status(&world), FigureStatus::Differs);
}

#[test]
fn zero_and_a_stated_reason_are_filled_blank_is_not() {
    let mut world = office();
    world.put(figure_of(UNIT), VALUE, &Entry::default());
    assert_eq!(status(&world), FigureStatus::NotFilled);
    world.put(figure_of(UNIT), VALUE, &entry(0));
    assert_eq!(status(&world), FigureStatus::Saved);
    let waits = Entry { state: EntryState::NotPublished, ..Entry::default() };
    world.put(figure_of(UNIT), VALUE, &waits);
    assert_eq!(status(&world), FigureStatus::Saved);
}

#[test]
fn one_persons_second_offline_edit_settles_nothing() {
    let mut world = office();
    let officer = id("officer");
    world.put(Subject::Person { id: officer }, MAIN, &person("petugas", true));
    let post = holding(officer, Post::Pelaksana, Some(UNIT), "2026-01-01", None);
    world.put(Subject::Holding { id: id("holding/officer") }, MAIN, &post);
    let first = world.edit(figure_of(UNIT), VALUE, &entry(1));
    let op = world.write(officer, &first);
    let mut second = world.edit(figure_of(UNIT), VALUE, &entry(2));
    second.changes[0].1 = vec![op];
    // Meanwhile someone else's value arrived beside it.
    let mut other = world.edit(figure_of(UNIT), VALUE, &entry(9));
    other.changes[0].1.clear();
    world.write(kasi(), &other);
    assert_eq!(world.judge(officer, &second), Judgement::Apply);
}

#[test]
fn only_an_office_without_posts_can_be_founded_by_anybody() {
    let mut world = World::default();
    let unit = Unit { name: "Seksi".into(), kind: UnitKind::Section, parent: None, order: 0, active: true };
    let act = world.edit(Subject::Unit { id: id("u") }, MAIN, &unit);
    assert_eq!(world.judge(id("anybody"), &act), Judgement::Apply);
    let first = holding(id("admin"), Post::Admin, None, "2026-01-01", None);
    world.put(Subject::Holding { id: id("h") }, MAIN, &first);
    assert_eq!(codes(&world.judge(id("anybody"), &act)), ["permission.denied"]);
}
