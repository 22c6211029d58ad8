//! The form of a cycle: what is removed from it is gone from every list, who has
//! read it, and the lists of the papers around it.

use crate::world::*;
use serde_json::json;
use takar_domain::config::*;
use takar_domain::figure::*;
use takar_domain::procedure::list::{HOPS, lines};
use takar_domain::procedure::{
    PAPER, STATE, Seat, Told, Way, finish, handed_over, in_the_way, progress, start,
};
use takar_domain::record::{RecordId, Subject};
use takar_domain::rules::{HeldWhy, Judgement};
use takar_domain::sop::{Kind, Sop};
use takar_domain::view::entry_sheet::entry_sheet;
use takar_domain::view::recap::recap;
use takar_domain::workflow::Action;

const UNIT: &str = "pemerintahan";
const FORM_OF: fn() -> Subject = || Subject::CycleForm { cycle: id("cycle") };

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

/// The office's steps, with people who may change the form and carry them out.
fn stepwise() -> World {
    let mut world = office();
    world.put(Subject::Node { id: id("node") }, MAIN, &node());
    for (name, post) in [("sekretaris_tim", Post::SekretarisTim), ("camat", Post::Camat)] {
        world.put(Subject::Person { id: id(name) }, MAIN, &person(name, true));
        let post = holding(id(name), post, None, "2026-01-01", None);
        world.put(Subject::Holding { id: id(&format!("holding/{name}")) }, MAIN, &post);
    }
    world.stepwise();
    world
}

fn node() -> Node {
    Node {
        level: Level::Program,
        code: "7.01".into(),
        title: "Program".into(),
        parent: None,
        unit: None,
        order: 0,
    }
}

fn form(version: u32, left_out: &[RecordId]) -> Form {
    Form { version, left_out: left_out.iter().copied().collect(), ..Form::default() }
}

fn change(world: &mut World, form: &Form) -> Judgement {
    let act = world.edit(FORM_OF(), FORM, form);
    let said = world.judge(id("sekretaris_tim"), &act);
    if said == Judgement::Apply {
        world.write(id("sekretaris_tim"), &act);
    }
    said
}

fn code(judgement: Judgement) -> String {
    match judgement {
        Judgement::Reject(issues) => issues[0].code.clone(),
        other => format!("{other:?}"),
    }
}

fn rows(world: &World, unit: &str) -> Vec<RecordId> {
    let sheet = entry_sheet(&world.config, &|id| world.get(id), id("cycle"), id(unit)).unwrap();
    sheet.rows.iter().map(|row| row.indicator).collect()
}

fn recapped(world: &World, indicator: RecordId) -> Option<(bool, usize)> {
    let recap = recap(&world.config, &|id| world.get(id), PERIOD.year, PERIOD);
    let group = recap.groups.iter().find(|g| g.rows.iter().any(|row| row.indicator == indicator))?;
    let row = group.rows.iter().find(|row| row.indicator == indicator)?;
    Some((row.actual.number.is_some(), group.all.of))
}

#[test]
fn what_the_form_leaves_out_is_gone_from_every_list_and_comes_back_with_it() {
    let mut world = stepwise();
    world.done(1, None);
    let (gone, kept) = (indicator_of(UNIT), indicator_of(&format!("{UNIT}/rows")));
    world.put(figure_of(UNIT), VALUE, &entry(3));
    let validate = run(2, Some(UNIT));
    let open = |world: &World| in_the_way(&world.config, &|id| world.get(id), &validate, Action::Finish);
    let sealed = |world: &World| handed_over(&world.config, &|id| world.get(id), &run(3, Some(UNIT)));
    assert_eq!(rows(&world, UNIT).len(), 2);
    assert_eq!((open(&world), recapped(&world, gone)), (Some(Way::Unvalidated(1)), Some((true, 10))));
    assert_eq!(sealed(&world).unwrap().count, 1);
    let late = world.edit(figure_of(UNIT), VALUE, &entry(4));

    assert_eq!(change(&mut world, &form(2, &[gone])), Judgement::Apply);
    assert_eq!(rows(&world, UNIT), [kept]);
    assert_eq!((open(&world), recapped(&world, gone)), (None, None));
    assert_eq!(recapped(&world, kept), Some((false, 9)));
    assert_eq!(sealed(&world).unwrap().count, 0);
    // What was typed for it meanwhile waits for somebody; other work goes on.
    let held = Judgement::Held(HeldWhy::Removed);
    assert_eq!(world.judge(id("head.pemerintahan"), &late), held);
    let tick = world.edit(
        Subject::Figure { indicator: kept, period: PERIOD, unit: None },
        "nagari/a",
        &Row { done: Some(true), ..Row::default() },
    );
    assert_eq!(world.judge(id("head.pemerintahan"), &tick), Judgement::Apply);
    // Another quarter measures it as the plan says.
    let before =
        recap(&world.config, &|id| world.get(id), 2026, takar_domain::period::Period::quarter(2026, 2));
    assert!(before.groups.iter().flat_map(|g| &g.rows).any(|row| row.indicator == gone));

    assert_eq!(change(&mut world, &form(3, &[])), Judgement::Apply);
    assert_eq!(rows(&world, UNIT).len(), 2);
    assert_eq!(world.judge(id("head.pemerintahan"), &late), Judgement::Apply);
    assert_eq!(recapped(&world, gone), Some((true, 10)));
}

#[test]
fn what_is_entered_at_another_indicator_goes_with_it() {
    let mut world = stepwise();
    let (source, linked) = (indicator_of(UNIT), id("linked"));
    let repeats = Indicator { same_as: Some(source), ..indicator("pelayanan") };
    world.put(Subject::Indicator { id: linked }, MAIN, &repeats);
    assert!(rows(&world, "pelayanan").contains(&linked));
    change(&mut world, &form(2, &[source]));
    assert!(!rows(&world, "pelayanan").contains(&linked));
}

#[test]
fn a_unit_of_which_nothing_is_measured_still_ends_its_steps() {
    let mut world = stepwise();
    world.done(1, None);
    let all = [indicator_of(UNIT), indicator_of(&format!("{UNIT}/rows"))];
    assert_eq!(change(&mut world, &form(2, &all)), Judgement::Apply);
    assert!(rows(&world, UNIT).is_empty());
    for step in [2, 3] {
        let subject = run(step, Some(UNIT));
        let seal = handed_over(&world.config, &|id| world.get(id), &subject);
        let state = finish(None, Told { seal, ..Told::default() }).unwrap();
        let act = Act { action: Action::Finish, ..world.edit(subject, STATE, &state) };
        assert_eq!(world.judge(id("head.pemerintahan"), &act), Judgement::Apply, "step {step}");
        world.write(id("head.pemerintahan"), &act);
    }
    let all = progress(&world.config, &|id| world.get(id), id("cycle"));
    assert_eq!((all[2].done(), all[2].runs.len()), (1, 4));
}

#[test]
fn a_version_follows_the_one_that_its_author_saw_and_two_at_once_are_a_difference() {
    let mut world = stepwise();
    let one = indicator_of(UNIT);
    assert_eq!(code(change(&mut world, &form(1, &[one]))), "form.version");
    assert_eq!(code(change(&mut world, &form(3, &[one]))), "form.version");
    let blind = world.edit(FORM_OF(), FORM, &form(2, &[indicator_of("pelayanan")]));
    assert_eq!(change(&mut world, &form(2, &[one])), Judgement::Apply);
    assert_eq!(world.judge(id("head.sekretariat"), &blind), Judgement::Apply);
    world.write(id("head.sekretariat"), &blind);
    assert!(world.get(FORM_OF().record()).unwrap().groups[FORM].differs());
    // The first one counts until somebody who saw both decides.
    assert!(!world.config.measures(Some(id("cycle")), one));
    assert_eq!(change(&mut world, &form(3, &[])), Judgement::Apply);
    assert!(!world.get(FORM_OF().record()).unwrap().groups[FORM].differs());
    assert!(world.config.measures(Some(id("cycle")), one));
}

#[test]
fn what_is_handed_over_neither_comes_nor_goes_and_nothing_moves_once_it_is_signed() {
    let mut world = stepwise();
    world.handed_over(UNIT);
    assert_eq!(code(change(&mut world, &form(2, &[indicator_of(UNIT)]))), "form.handed_over");
    assert_eq!(change(&mut world, &form(2, &[indicator_of("pelayanan")])), Judgement::Apply);
    // A date may still be given.
    let dated = Form {
        dates: [(id("pelayanan"), "2026-10-12".into())].into(),
        ..form(3, &[indicator_of("pelayanan")])
    };
    assert_eq!(change(&mut world, &dated), Judgement::Apply);
    world.done(6, None);
    assert_eq!(code(change(&mut world, &form(4, &[]))), "form.signed");
}

#[test]
fn a_unit_has_its_own_date_where_the_form_gives_one() {
    let mut world = stepwise();
    let cycle = Cycle { due: Some("2026-10-09".into()), ..world.config.cycles[&id("cycle")].clone() };
    world.put(Subject::Cycle { id: id("cycle") }, MAIN, &cycle);
    let dates = [(id(UNIT), "2026-10-12".into())].into();
    assert_eq!(change(&mut world, &Form { dates, ..form(2, &[]) }), Judgement::Apply);
    assert_eq!(world.config.due_of(id("cycle"), id(UNIT)), Some("2026-10-12"));
    assert_eq!(world.config.due_of(id("cycle"), id("pelayanan")), Some("2026-10-09"));
    let wrong = [(id(UNIT), "12 Oktober".into())].into();
    assert_eq!(code(change(&mut world, &Form { dates: wrong, ..form(3, &[]) })), "date.wrong");
}

#[test]
fn nobody_says_that_another_person_has_read_the_form() {
    let world = stepwise();
    let said = |who: &str, of: &str| {
        let group = format!("{READ}{}", id(of));
        world.judge(
            id(who),
            &world.edit(form_of(UNIT), &group, &FormRead { version: 1, remarks: String::new() }),
        )
    };
    assert_eq!(said("head.pemerintahan", "head.pemerintahan"), Judgement::Apply);
    assert_eq!(code(said("head.pemerintahan", "camat")), "form.not_yours");
}

#[test]
fn a_disposisi_is_received_by_whom_it_names_also_after_its_step_and_goes_on_from_there() {
    let mut world = stepwise();
    let order = run(5, None);
    let seat = |post, unit: Option<&str>| Seat { post, unit: unit.map(id) }.to_string();
    let hop = |who: String| json!({"who": who, "instruction": "Mohon disiapkan."});
    let line = world.edit(order.clone(), "hop/1", &hop(seat(Post::Kasubbag, Some("subbag"))));
    assert_eq!(world.judge(id("camat"), &line), Judgement::Apply);
    world.write(id("camat"), &line);
    (1..=5).for_each(|step| match step {
        2 | 3 => ["sekretariat", "pemerintahan", "pelayanan", "trantibum"]
            .iter()
            .for_each(|unit| world.done(step, Some(unit))),
        _ => world.done(step, None),
    });
    let got = world.edit(order.clone(), "hop-got/1", &json!({}));
    assert_eq!(code(world.judge(id("head.pelayanan"), &got)), "permission.denied");
    assert_eq!(world.judge(id("head.subbag"), &got), Judgement::Apply);
    world.write(id("head.subbag"), &got);
    assert!(lines(&HOPS, world.get(order.record()).as_ref())[0].answer.is_some());
    // He passes it on; who has nothing to do with it does not.
    let on = world.edit(order.clone(), "hop/2", &hop(seat(Post::Kasi, Some("pelayanan"))));
    assert_eq!(world.judge(id("head.subbag"), &on), Judgement::Apply);
    assert_eq!(code(world.judge(id("head.pelayanan"), &on)), "permission.denied");
    // The rest of the paper stands.
    let paper = world.edit(order, PAPER, &json!({"instruction": "Lain."}));
    assert!(matches!(world.judge(id("camat"), &paper), Judgement::Late { .. }));
}

#[test]
fn a_line_says_what_its_list_asks_for_and_nothing_else() {
    let world = stepwise();
    let order = run(5, None);
    let said = |group: &str, value: serde_json::Value| {
        code(world.judge(id("camat"), &world.edit(order.clone(), group, &value)))
    };
    let camat = Seat { post: Post::Camat, unit: None }.to_string();
    assert_eq!(said("hop/1", json!({"who": camat, "instruction": "Mohon."})), "Apply");
    assert_eq!(said("hop/1", json!({})), "Apply", "taken off its list");
    assert_eq!(said("hop/1", json!({"who": camat})), "text.empty");
    assert_eq!(said("hop/1", json!({"who": "raja", "instruction": "Mohon."})), "choice.unknown");
    assert_eq!(said("hop/1", json!({"who": camat, "instruction": "M.", "due": "besok"})), "date.wrong");
    assert_eq!(said("hop/1", json!({"who": camat, "instruction": "M.", "other": "x"})), "shape.wrong");
    assert_eq!(said("hop/Not A Name", json!({"who": camat, "instruction": "M."})), "group.unknown");
    assert_eq!(said("invitee-says/1", json!({"answer": "Mungkin"})), "choice.unknown");
}

#[test]
fn a_meeting_ends_with_who_was_there_and_what_was_decided_however_it_is_written() {
    let mut world = stepwise();
    let sop = sop();
    let meeting = Sop {
        steps: sop
            .steps
            .iter()
            .map(|s| takar_domain::sop::Step {
                kind: if s.number == 1 { Kind::Meeting } else { s.kind },
                ..s.clone()
            })
            .collect(),
        ..sop
    };
    world.config.sops.insert(id("sop"), meeting);
    let one = run(1, None);
    let ends = |world: &World| {
        let state = finish(world.get(one.record()).as_ref(), Told::default()).unwrap();
        code(world.judge(
            id("sekretaris_tim"),
            &Act { action: Action::Finish, ..world.edit(one.clone(), STATE, &state) },
        ))
    };
    world.put(one.clone(), STATE, &start(None).unwrap());
    assert_eq!(ends(&world), "step.missing");
    world.put(one.clone(), PAPER, &json!({"date": "2026-10-05", "attendance": "Semua Kasi"}));
    assert_eq!(ends(&world), "step.missing", "nothing was decided");
    world.put(one.clone(), "decision/1", &json!({"text": "Form tetap."}));
    assert_eq!(ends(&world), "Apply");
    world.put(one.clone(), PAPER, &json!({"date": "2026-10-05"}));
    assert_eq!(ends(&world), "step.missing", "nobody was there");
    let kasi = Seat { post: Post::Kasi, unit: Some(id(UNIT)) }.to_string();
    world.put(one.clone(), "present/1", &json!({"who": kasi, "came": "Hadir"}));
    assert_eq!(ends(&world), "Apply");
}
