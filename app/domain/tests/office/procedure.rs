//! The SOP carried out: order of the steps, who may, what opens and what shuts.

use crate::world::*;
use takar_domain::config::*;
use takar_domain::figure::*;
use takar_domain::procedure::lock::{Lock, standing};
use takar_domain::procedure::{
    PAPER, Phase, STATE, Told, Way, finish, handed_over, in_the_way, progress, reopen, start,
};
use takar_domain::record::{RecordId, Subject};
use takar_domain::rules::Judgement;
use takar_domain::sop::{Kind, Sop};
use takar_domain::status::data_heads;
use takar_domain::workflow::Action;

const UNIT: &str = "pemerintahan";

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

/// An office with people for the whole office, whose cycle runs step by step.
fn stepwise() -> World {
    let mut world = office();
    for (name, post) in [
        ("camat", Post::Camat),
        ("perencana", Post::Perencana),
        ("anggota", Post::AnggotaTim),
        ("sekretaris_tim", Post::SekretarisTim),
    ] {
        world.put(Subject::Person { id: id(name) }, MAIN, &person(name, true));
        let post = holding(id(name), post, None, "2026-01-01", None);
        world.put(Subject::Holding { id: id(&format!("holding/{name}")) }, MAIN, &post);
    }
    world.stepwise();
    world
}

pub fn press(world: &World, subject: &Subject, action: Action) -> Act {
    if action == Action::Finish && *subject == run(6, None) {
        return world.sealing(subject, world.signature());
    }
    let record = world.get(subject.record());
    let state = match action {
        Action::Start => start(record.as_ref()),
        Action::Finish => {
            let seal = handed_over(&world.config, &|id| world.get(id), subject);
            finish(record.as_ref(), Told { minutes: Some(20), seal, ..Told::default() })
        }
        _ => reopen(record.as_ref(), "Angka belum lengkap."),
    };
    Act { action, ..world.edit(subject.clone(), STATE, &state.unwrap_or_default()) }
}

pub fn go(world: &mut World, who: &str, action: Action, subject: &Subject) {
    let act = press(world, subject, action);
    assert_eq!(world.judge(id(who), &act), Judgement::Apply, "{who} {action:?} {subject:?}");
    world.write(id(who), &act);
}

pub fn codes(judgement: &Judgement) -> Vec<String> {
    match judgement {
        Judgement::Reject(issues) => issues.iter().map(|i| i.code.clone()).collect(),
        other => vec![format!("{other:?}")],
    }
}

fn refused(world: &World, who: &str, action: Action, subject: &Subject) -> Vec<String> {
    codes(&world.judge(id(who), &press(world, subject, action)))
}

/// Every unit that answers for indicators, with who heads it.
const HEADS: [(&str, &str); 4] = [
    ("sekretariat", "head.sekretariat"),
    ("pemerintahan", "head.pemerintahan"),
    ("pelayanan", "head.pelayanan"),
    // Nobody heads it: the Sekretaris acts.
    ("trantibum", "head.sekretariat"),
];

fn accept(world: &mut World, subject: &Subject, who: &str) {
    let heads = data_heads(&world.get(subject.record()).unwrap());
    let judged = heads.iter().map(|(group, heads)| Judged {
        record: subject.record(),
        group: group.clone(),
        heads: heads.clone(),
    });
    let judged = judged.collect();
    let validation =
        Validation { decision: Decision::Accept, comment: String::new(), self_validated: false, heads };
    let act = Act { action: Action::Accept, judged, ..world.edit(subject.clone(), VALIDATION, &validation) };
    assert_eq!(world.judge(id(who), &act), Judgement::Apply);
    world.write(id(who), &act);
}

#[test]
fn the_whole_procedure_runs_in_its_order_and_no_step_is_left_out() {
    let mut world = stepwise();
    let (one, four, five, six) = (run(1, None), run(4, None), run(5, None), run(6, None));
    assert_eq!(refused(&world, "camat", Action::Finish, &five), ["step.waits"]);
    go(&mut world, "anggota", Action::Start, &one);
    go(&mut world, "anggota", Action::Finish, &one);
    for (unit, head) in HEADS {
        go(&mut world, head, Action::Start, &run(2, Some(unit)));
        assert_eq!(refused(&world, head, Action::Finish, &run(3, Some(unit))), ["step.waits"]);
        go(&mut world, head, Action::Finish, &run(2, Some(unit)));
        assert_eq!(refused(&world, "perencana", Action::Finish, &four), ["step.waits"]);
        go(&mut world, head, Action::Finish, &run(3, Some(unit)));
    }
    go(&mut world, "perencana", Action::Finish, &four);
    // The order of the Camat needs its words.
    assert_eq!(refused(&world, "camat", Action::Finish, &five), ["step.missing"]);
    let words = serde_json::json!({"instruction": "Mohon ditindaklanjuti."});
    let paper = world.edit(five.clone(), PAPER, &words);
    assert_eq!(world.judge(id("camat"), &paper), Judgement::Apply);
    world.write(id("camat"), &paper);
    go(&mut world, "camat", Action::Finish, &five);
    go(&mut world, "camat", Action::Finish, &six);
    let all = progress(&world.config, &|id| world.get(id), id("cycle"));
    assert_eq!(all.len(), 6);
    assert!(all.iter().all(|step| step.is_done() && step.runs.iter().all(|r| r.way.is_none())));
    assert_eq!((all[1].runs.len(), all[1].minutes(), all[1].standard()), (4, 80, 120));
    // A finished paper stands.
    assert!(
        matches!(world.judge(id("camat"), &paper), Judgement::Late { parent } if parent == five.record())
    );
}

#[test]
fn entry_opens_with_the_form_and_shuts_with_the_hand_over() {
    let mut world = stepwise();
    let lock = |world: &World| standing(&world.config, &|id| world.get(id), &figure_of(UNIT)).map(|(l, _)| l);
    let judge =
        |world: &World| world.judge(id("head.pemerintahan"), &world.edit(figure_of(UNIT), VALUE, &entry(3)));
    assert_eq!(lock(&world), Some(Lock::NotYet));
    assert!(matches!(judge(&world), Judgement::Late { .. }));
    world.done(1, None);
    assert_eq!((lock(&world), judge(&world)), (None, Judgement::Apply));
    world.done(2, Some(UNIT));
    world.done(3, Some(UNIT));
    assert_eq!(lock(&world), Some(Lock::HandedOver));
    assert!(matches!(judge(&world), Judgement::Late { .. }));
    // The others go on.
    let other = figure_of("pelayanan");
    let act = world.edit(other, VALUE, &entry(3));
    assert_eq!(world.judge(id("head.pelayanan"), &act), Judgement::Apply);
    world.done(6, None);
    assert_eq!(lock(&world), Some(Lock::Signed));
    assert!(matches!(world.judge(id("head.pelayanan"), &act), Judgement::Late { .. }));
    // A cycle without steps has no locks of theirs.
    assert_eq!(lock(&office()), None);
}

#[test]
fn a_unit_is_not_done_with_validating_while_something_is_open() {
    let mut world = stepwise();
    world.done(1, None);
    let validate = run(2, Some(UNIT));
    let figure = figure_of(UNIT);
    world.put(figure.clone(), VALUE, &entry(3));
    assert_eq!(refused(&world, "head.pemerintahan", Action::Finish, &validate), ["step.unvalidated"]);
    let mut blind = world.edit(figure.clone(), VALUE, &entry(4));
    blind.changes[0].1.clear();
    world.write(id("someone"), &blind);
    assert_eq!(refused(&world, "head.pemerintahan", Action::Finish, &validate), ["step.differs"]);
    world.put(figure.clone(), VALUE, &entry(4));
    accept(&mut world, &figure, "head.pemerintahan");
    go(&mut world, "head.pemerintahan", Action::Finish, &validate);
}

#[test]
fn two_who_finish_a_step_offline_leave_one_end_and_the_second_is_told() {
    let mut world = stepwise();
    let one = run(1, None);
    go(&mut world, "anggota", Action::Start, &one);
    let (first, second) = (press(&world, &one, Action::Finish), press(&world, &one, Action::Finish));
    world.write(id("anggota"), &first);
    let Judgement::Conflict(now) = world.judge(id("sekretaris_tim"), &second) else { panic!("conflict") };
    assert_eq!((now.len(), now[0].record, now[0].group.as_str()), (1, one.record(), STATE));
    let record = world.get(one.record()).unwrap();
    assert_eq!(record.groups[STATE].heads.len(), 1);
}

#[test]
fn a_step_belongs_to_the_posts_that_the_sop_names() {
    let mut world = stepwise();
    let one = run(1, None);
    for stranger in ["camat", "perencana", "head.pelayanan"] {
        assert_eq!(refused(&world, stranger, Action::Start, &one), ["permission.denied"], "{stranger}");
    }
    // The team's secretary and the Sekretaris may record any step for others.
    for recorder in ["anggota", "sekretaris_tim", "head.sekretariat"] {
        assert_eq!(world.judge(id(recorder), &press(&world, &one, Action::Start)), Judgement::Apply);
    }
    world.done(1, None);
    let other = run(2, Some("pelayanan"));
    assert_eq!(refused(&world, "head.pemerintahan", Action::Start, &other), ["permission.denied"]);
    // A sub bagian hands over with its secretariat, and has no run of its own.
    let sub = run(2, Some("subbag"));
    assert_eq!(refused(&world, "head.subbag", Action::Start, &sub), ["subject.unknown"]);
    let whole = run(2, Some("sekretariat"));
    assert_eq!(refused(&world, "head.subbag", Action::Start, &whole), ["permission.denied"]);
    go(&mut world, "head.sekretariat", Action::Start, &whole);
}

#[test]
fn who_acts_for_the_camat_carries_out_the_camats_steps() {
    let mut world = stepwise();
    for (step, unit) in [(1, None), (4, None), (5, None)] {
        world.done(step, unit);
    }
    for (unit, _) in HEADS {
        world.done(2, Some(unit));
        world.done(3, Some(unit));
    }
    let six = run(6, None);
    assert_eq!(refused(&world, "head.pelayanan", Action::Finish, &six), ["permission.denied"]);
    let plt = Holding {
        tenure: Tenure::Plt,
        ..holding(id("head.pelayanan"), Post::Camat, None, "2026-10-07", Some("2026-10-31"))
    };
    world.put(Subject::Holding { id: id("holding/plt") }, MAIN, &plt);
    go(&mut world, "head.pelayanan", Action::Finish, &six);
}

#[test]
fn a_return_opens_one_unit_again_and_the_others_stay_shut() {
    let mut world = stepwise();
    world.done(1, None);
    for (unit, _) in HEADS {
        world.done(2, Some(unit));
        world.done(3, Some(unit));
    }
    world.done(4, None);
    let (handed, compiled) = (run(3, Some(UNIT)), run(4, None));
    // Who compiled it must take that back first, and only recorders open steps again.
    assert_eq!(refused(&world, "head.sekretariat", Action::Reopen, &handed), ["step.followed"]);
    assert_eq!(refused(&world, "perencana", Action::Reopen, &compiled), ["permission.denied"]);
    let silent = Act {
        action: Action::Reopen,
        ..world.edit(compiled.clone(), STATE, &reopen(world.get(compiled.record()).as_ref(), " ").unwrap())
    };
    assert_eq!(codes(&world.judge(id("head.sekretariat"), &silent)), ["step.reason"]);
    for subject in [&compiled, &handed, &run(2, Some(UNIT))] {
        go(&mut world, "head.sekretariat", Action::Reopen, subject);
    }
    let lock = |unit| standing(&world.config, &|id| world.get(id), &figure_of(unit)).map(|(l, _)| l);
    assert_eq!((lock(UNIT), lock("pelayanan")), (None, Some(Lock::HandedOver)));
    let all = progress(&world.config, &|id| world.get(id), id("cycle"));
    let again = all[2].runs.iter().find(|r| r.unit == Some(id(UNIT))).unwrap();
    let state = again.state.as_ref().unwrap();
    assert_eq!(
        (state.phase, state.past.len(), state.returned.as_str()),
        (Phase::Running, 1, "Angka belum lengkap.")
    );
    assert!(state.past[0].finished.is_some());
    // The document waits for exactly that unit.
    let way = in_the_way(&world.config, &|id| world.get(id), &compiled, Action::Finish);
    assert_eq!(way, Some(Way::Waits { step: 3, unit: Some(id(UNIT)) }));
}

#[test]
fn what_was_recorded_about_a_step_cannot_be_rewritten() {
    let mut world = stepwise();
    let one = run(1, None);
    go(&mut world, "anggota", Action::Start, &one);
    go(&mut world, "anggota", Action::Finish, &one);
    let honest = press(&world, &one, Action::Reopen);
    for (path, value) in [
        ("/past", serde_json::json!([])),
        ("/past/0/minutes", serde_json::json!(1)),
        ("/past/0/started", serde_json::json!(null)),
        ("/phase", serde_json::json!("done")),
    ] {
        let mut act = honest.clone();
        *act.changes[0].2.pointer_mut(path).unwrap() = value;
        assert_eq!(codes(&world.judge(id("sekretaris_tim"), &act)), ["step.wrong_state"], "{path}");
    }
    let edit = Act { action: Action::Edit, ..honest };
    assert_eq!(codes(&world.judge(id("sekretaris_tim"), &edit)), ["action.wrong_groups"]);
}

#[test]
fn a_paper_takes_what_its_fields_take_and_a_difference_in_it_blocks_the_end() {
    let mut world = stepwise();
    let five = run(5, None);
    let judge = |world: &World, value: serde_json::Value| {
        codes(&world.judge(id("camat"), &world.edit(five.clone(), PAPER, &value)))
    };
    for (value, code) in [
        (serde_json::json!([]), "shape.wrong"),
        (serde_json::json!({"hal": "x"}), "shape.wrong"),
        (serde_json::json!({"subject": 5}), "shape.wrong"),
        (serde_json::json!({"deadline": "besok"}), "date.wrong"),
        (serde_json::json!({"nature": "Santai"}), "choice.unknown"),
        (serde_json::json!({"subject": "a".repeat(501)}), "text.too_long"),
        (serde_json::json!({"evidence": "foto"}), "shape.wrong"),
    ] {
        assert_eq!(judge(&world, value.clone()), [code], "{value}");
    }
    for (step, unit) in [(1, None), (4, None)] {
        world.done(step, unit);
    }
    world.put(five.clone(), PAPER, &serde_json::json!({"instruction": "Satu"}));
    let mut blind = world.edit(five.clone(), PAPER, &serde_json::json!({"instruction": "Dua"}));
    blind.changes[0].1.clear();
    world.write(id("someone"), &blind);
    assert_eq!(refused(&world, "camat", Action::Finish, &five), ["step.paper_differs"]);
}

#[test]
fn units_without_indicators_take_no_part_and_a_closed_cycle_moves_no_more() {
    let mut world = stepwise();
    for name in ["pelayanan", "pelayanan/rows"] {
        let gone = Indicator { active: false, ..indicator("pelayanan") };
        world.put(Subject::Indicator { id: indicator_of(name) }, MAIN, &gone);
    }
    let all = progress(&world.config, &|id| world.get(id), id("cycle"));
    let units: Vec<_> = all[1].runs.iter().map(|r| r.unit).collect();
    assert_eq!(units.len(), 3);
    assert!(!units.contains(&Some(id("pelayanan"))));
    let cycle = world.config.cycles[&id("cycle")].clone();
    let given_up = Cycle { open: false, abandoned: Some("Diganti semester".into()), ..cycle };
    world.put(Subject::Cycle { id: id("cycle") }, MAIN, &given_up);
    let act = press(&world, &run(1, None), Action::Start);
    assert!(matches!(world.judge(id("anggota"), &act), Judgement::Late { .. }));
}

#[test]
fn an_sop_that_cannot_be_walked_is_refused() {
    let world = stepwise();
    let with = |change: fn(&mut Sop)| {
        let mut changed = sop();
        change(&mut changed);
        codes(
            &world.judge(id("head.sekretariat"), &world.edit(Subject::Sop { id: id("new") }, MAIN, &changed)),
        )
    };
    assert_eq!(with(|sop| sop.steps.clear()), ["sop.steps"]);
    assert_eq!(with(|sop| sop.steps[1].number = 1), ["sop.twice", "sop.after"]);
    assert_eq!(with(|sop| sop.steps[0].after = vec![6]), ["sop.after"]);
    assert_eq!(with(|sop| sop.steps[3].actors.clear()), ["sop.nobody"]);
    assert_eq!(with(|sop| sop.steps[3].kind = Kind::Sign), ["sop.kind_twice"]);
    assert_eq!(with(|_| {}), ["Apply"]);
}

#[test]
fn steps_of_cycles_or_units_that_do_not_exist_are_refused() {
    let world = stepwise();
    let nowhere: RecordId = id("nowhere");
    for subject in [
        Subject::StepRun { cycle: nowhere, step: 1, unit: None },
        Subject::StepRun { cycle: id("cycle"), step: 99, unit: None },
        Subject::StepRun { cycle: id("cycle"), step: 1, unit: Some(id(UNIT)) },
        Subject::StepRun { cycle: id("cycle"), step: 2, unit: None },
        Subject::StepRun { cycle: id("cycle"), step: 2, unit: Some(nowhere) },
    ] {
        assert_eq!(
            refused(&world, "sekretaris_tim", Action::Start, &subject),
            ["subject.unknown"],
            "{subject:?}"
        );
    }
    let plain = office();
    assert_eq!(refused(&plain, "head.sekretariat", Action::Start, &run(1, None)), ["subject.unknown"]);
}

#[test]
fn what_a_unit_hands_over_is_sealed_and_a_changed_value_breaks_the_seal() {
    let mut world = stepwise();
    world.done(1, None);
    world.put(figure_of(UNIT), VALUE, &entry(14));
    world.put(figure_of("pelayanan"), VALUE, &entry(3));
    let seal = |world: &World, unit: &str| {
        handed_over(&world.config, &|id| world.get(id), &run(3, Some(unit))).unwrap()
    };
    let before = seal(&world, UNIT);
    assert_eq!((before.count, before.digest.len()), (1, 64));
    assert!(
        json(&before).get("sha256").is_none(),
        "that would name a file, and the office would wait for it"
    );
    accept(&mut world, &figure_of(UNIT), "head.pemerintahan");
    assert_eq!(seal(&world, UNIT), before, "a decision about a value does not change it");
    go(&mut world, "head.pemerintahan", Action::Finish, &run(2, Some(UNIT)));
    let act = press(&world, &run(3, Some(UNIT)), Action::Finish);
    // Somebody mends a value on the way: what was looked at is not what is handed over.
    let mut meanwhile = world.clone();
    meanwhile.put(figure_of(UNIT), VALUE, &entry(12));
    assert_ne!(seal(&meanwhile, UNIT), before);
    assert_eq!(codes(&meanwhile.judge(id("head.pemerintahan"), &act)), ["step.seal"]);
    meanwhile.put(figure_of(UNIT), VALUE, &entry(14));
    assert_eq!(seal(&meanwhile, UNIT), before, "the same figures have the same seal");
    // Another unit's figures are not in it, notes are.
    world.put(figure_of("pelayanan"), VALUE, &entry(4));
    assert_eq!(seal(&world, UNIT), before);
    assert_eq!(world.judge(id("head.pemerintahan"), &act), Judgement::Apply);
    world.put(figure_of(UNIT), NOTES[0], &Note("Lancar.".into()));
    assert_ne!(seal(&world, UNIT), before);
    let unsealed = Act {
        action: Action::Finish,
        ..world.edit(run(3, Some(UNIT)), STATE, &finish(None, Told::default()).unwrap())
    };
    assert_eq!(codes(&world.judge(id("head.pemerintahan"), &unsealed)), ["step.seal"]);
}
