//! Koreksi Camat: pinned, given back to one unit or settled, and what waits for it.

use crate::procedure::{codes, go, press};
use crate::world::*;
use takar_domain::codec::to_value;
use takar_domain::config::*;
use takar_domain::figure::*;
use takar_domain::procedure::correction::{
    CORRECTION, Correction, Decided, Standing, corrections, returned, standing,
};
use takar_domain::procedure::lock::{Lock, standing as locked};
use takar_domain::procedure::{Way, handed_over, in_the_way};
use takar_domain::record::Subject;
use takar_domain::rules::Judgement;
use takar_domain::sop::Kind;
use takar_domain::workflow::Action;

const ONE: &str = "correction/01990000-0000-7000-8000-000000000001";
const TWO: &str = "correction/01990000-0000-7000-8000-000000000002";
const UNIT: &str = "pemerintahan";
const HEAD: &str = "head.pemerintahan";

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

fn correct() -> Subject {
    run(5, None)
}

/// Every unit handed over and was compiled; the Camat has begun to correct, and the
/// Sekretaris may record for him.
fn world() -> World {
    let mut world = office();
    for (name, post) in [("camat", Post::Camat), ("perencana", Post::Perencana)] {
        world.put(Subject::Person { id: id(name) }, MAIN, &person(name, true));
        let post = holding(id(name), post, None, "2026-01-01", None);
        world.put(Subject::Holding { id: id(&format!("holding/{name}")) }, MAIN, &post);
    }
    world.stepwise();
    let mut sop = sop();
    sop.steps[4].kind = Kind::Correct;
    sop.steps[4].actors = vec![Post::Camat, Post::Sekretaris];
    world.put(Subject::Sop { id: id("sop") }, MAIN, &sop);
    world.put(figure_of(UNIT), VALUE, &entry(14));
    world.done(1, None);
    for unit in ["sekretariat", UNIT, "pelayanan", "trantibum"] {
        world.done(2, Some(unit));
        world.done(3, Some(unit));
    }
    world.done(4, None);
    go(&mut world, "camat", Action::Start, &correct());
    world
}

fn refused(world: &World, who: &str, act: &Act) -> Vec<String> {
    codes(&world.judge(id(who), act))
}

fn pinned(world: &World) -> Correction {
    let figure = world.get(figure_of(UNIT).record()).unwrap();
    Correction {
        text: "Cocokkan dengan daftar hadir.".into(),
        indicator: Some(indicator_of(UNIT)),
        group: VALUE.into(),
        before: figure.groups.get(VALUE).and_then(|g| g.value()).cloned(),
        seen: figure.seen(VALUE),
        ..Correction::default()
    }
}

fn write(world: &mut World, who: &str, group: &str, correction: &Correction) {
    let act = world.edit(correct(), group, correction);
    assert_eq!(world.judge(id(who), &act), Judgement::Apply);
    world.write(id(who), &act);
}

fn stands(world: &World, group: &str) -> Option<Standing> {
    let record = world.get(correct().record())?;
    standing(&world.config, &|id| world.get(id), id("cycle"), record.groups.get(group)?)
}

fn way(world: &World) -> Option<Way> {
    in_the_way(&world.config, &|id| world.get(id), &correct(), Action::Finish)
}

fn lock(world: &World, unit: &str) -> Option<Lock> {
    locked(&world.config, &|id| world.get(id), &figure_of(unit)).map(|(lock, _)| lock)
}

/// Gives a correction back: opens what was done since the unit's validation.
fn give_back(world: &mut World, who: &str, group: &str, pinned: &Correction) {
    let back = returned(&world.config, &|id| world.get(id), id("cycle"), id(UNIT), pinned).unwrap();
    for step in [run(4, None), run(3, Some(UNIT)), run(2, Some(UNIT))] {
        go(world, who, Action::Reopen, &step);
    }
    write(world, who, group, &back);
}

#[test]
fn a_correction_goes_back_to_its_unit_while_the_others_stay_locked() {
    let mut world = world();
    let first = handed_over(&world.config, &|id| world.get(id), &run(3, Some(UNIT)));
    let pinned = pinned(&world);
    write(&mut world, "camat", ONE, &pinned);
    assert_eq!((stands(&world, ONE), way(&world)), (Some(Standing::Open), Some(Way::Corrections(1))));
    assert_eq!(lock(&world, UNIT), Some(Lock::HandedOver));

    // The Camat himself may give it back.
    give_back(&mut world, "camat", ONE, &pinned);
    assert_eq!(stands(&world, ONE), Some(Standing::Waits { step: 3, unit: id(UNIT) }));
    assert_eq!(way(&world), Some(Way::Mending { step: 3, unit: id(UNIT) }));
    let end = press(&world, &correct(), Action::Finish);
    assert_eq!(refused(&world, "camat", &end), ["step.mending"]);
    assert_eq!((lock(&world, UNIT), lock(&world, "pelayanan")), (None, Some(Lock::HandedOver)));

    let edit = world.edit(figure_of(UNIT), VALUE, &entry(12));
    assert_eq!(world.judge(id(HEAD), &edit), Judgement::Apply);
    world.write(id(HEAD), &edit);
    world.done(2, Some(UNIT));
    go(&mut world, HEAD, Action::Finish, &run(3, Some(UNIT)));
    assert_eq!(stands(&world, ONE), Some(Standing::Answered));
    let before: Entry = takar_domain::codec::from_value(&pinned.before.unwrap()).unwrap();
    let now: Entry = world.get(figure_of(UNIT).record()).unwrap().read(VALUE).unwrap();
    assert_eq!((before, now), (entry(14), entry(12)));
    let second = handed_over(&world.config, &|id| world.get(id), &run(3, Some(UNIT)));
    assert_ne!(first, second, "what was corrected stands in the seal");

    // What comes before the corrections was opened with the unit.
    assert_eq!(way(&world), Some(Way::Waits { step: 4, unit: None }));
    go(&mut world, "perencana", Action::Finish, &run(4, None));
    go(&mut world, "head.sekretariat", Action::Finish, &correct());
}

#[test]
fn of_several_corrections_each_waits_for_its_own_decision() {
    let mut world = world();
    let one = pinned(&world);
    let two = Correction { text: "Perbaiki bab pertama.".into(), ..Correction::default() };
    write(&mut world, "camat", ONE, &one);
    write(&mut world, "head.sekretariat", TWO, &two);
    assert_eq!(way(&world), Some(Way::Corrections(2)));
    let record = world.get(correct().record()).unwrap();
    let ids: Vec<_> = corrections(&record).map(|(id, _)| [CORRECTION, id].concat()).collect();
    assert_eq!(ids, [ONE, TWO]);

    let silent = Correction { decided: Decided::Settled, ..two.clone() };
    let act = world.edit(correct(), TWO, &silent);
    assert_eq!(refused(&world, "head.sekretariat", &act), ["correction.word"]);
    let settled = Correction { decided: Decided::Settled, word: "Diganti.".into(), ..two };
    write(&mut world, "head.sekretariat", TWO, &settled);
    assert_eq!((stands(&world, TWO), way(&world)), (Some(Standing::Settled), Some(Way::Corrections(1))));
    let gone = Correction { decided: Decided::Withdrawn, ..one.clone() };
    write(&mut world, "camat", ONE, &gone);
    assert_eq!(way(&world), None);
    go(&mut world, "camat", Action::Finish, &correct());
    // What comes after the end waits until the step is opened again: 10 → 9 → 10.
    let late = world.edit(correct(), ONE, &one);
    assert!(matches!(world.judge(id("camat"), &late), Judgement::Late { .. }));
    go(&mut world, "camat", Action::Reopen, &correct());
    write(&mut world, "camat", ONE, &one);
    assert_eq!(way(&world), Some(Way::Corrections(1)));
}

#[test]
fn what_was_pinned_cannot_be_rewritten() {
    let mut world = world();
    let pinned = pinned(&world);
    write(&mut world, "camat", ONE, &pinned);
    for other in [
        Correction { text: "Lain.".into(), ..pinned.clone() },
        Correction { before: Some(to_value(&entry(99))), ..pinned.clone() },
        Correction { indicator: Some(indicator_of("pelayanan")), ..pinned.clone() },
    ] {
        let act = world.edit(correct(), ONE, &other);
        assert_eq!(refused(&world, "head.sekretariat", &act), ["correction.changed"]);
    }
    let empty = world.edit(correct(), TWO, &Correction::default());
    assert_eq!(refused(&world, "camat", &empty), ["correction.empty"]);
    // A section's head corrects nothing for the Camat.
    let act = world.edit(correct(), TWO, &pinned);
    assert_eq!(refused(&world, HEAD, &act), ["permission.denied"]);
}

#[test]
fn two_who_settle_one_at_once_are_both_shown_and_one_is_chosen() {
    let mut world = world();
    let pinned = pinned(&world);
    write(&mut world, "camat", ONE, &pinned);
    let settled = |word: &str| Correction { decided: Decided::Settled, word: word.into(), ..pinned.clone() };
    // Both saw only the open one.
    let (one, other) = (settled("Sudah benar."), settled("Diubah pada naskah."));
    let (first, second) = (world.edit(correct(), ONE, &one), world.edit(correct(), ONE, &other));
    for (who, act) in [("camat", &first), ("head.sekretariat", &second)] {
        assert_eq!(world.judge(id(who), act), Judgement::Apply);
        world.write(id(who), act);
    }
    assert_eq!((stands(&world, ONE), way(&world)), (Some(Standing::Differs), Some(Way::Corrections(1))));
    let end = press(&world, &correct(), Action::Finish);
    assert_eq!(refused(&world, "camat", &end), ["step.corrections"]);
    write(&mut world, "head.sekretariat", ONE, &one);
    assert_eq!((stands(&world, ONE), way(&world)), (Some(Standing::Settled), None));
}

#[test]
fn a_correction_that_came_late_is_adopted_once_the_step_is_open_again() {
    let mut world = world();
    let pinned = pinned(&world);
    // The Camat wrote it without a signal, while the step was ended elsewhere.
    let late = world.edit(correct(), ONE, &pinned);
    go(&mut world, "head.sekretariat", Action::Finish, &correct());
    assert!(matches!(world.judge(id("camat"), &late), Judgement::Late { .. }));
    let adopt = |world: &World, pinned: &Correction| Act {
        action: Action::Adopt,
        ..world.edit(correct(), ONE, pinned)
    };
    let tried = adopt(&world, &pinned);
    assert!(matches!(world.judge(id("head.sekretariat"), &tried), Judgement::Late { .. }), "still shut");
    go(&mut world, "head.sekretariat", Action::Reopen, &correct());
    let adopted = adopt(&world, &pinned);
    assert_eq!(world.judge(id("head.sekretariat"), &adopted), Judgement::Apply);
    assert_eq!(refused(&world, HEAD, &adopted), ["permission.denied"]);
    world.write(id("head.sekretariat"), &adopted);
    assert_eq!((stands(&world, ONE), way(&world)), (Some(Standing::Open), Some(Way::Corrections(1))));
    // Adopting is no way around what was pinned, nor into another step.
    let other = Correction { text: "Lain.".into(), ..pinned.clone() };
    assert_eq!(refused(&world, "head.sekretariat", &adopt(&world, &other)), ["correction.changed"]);
    let strange = Act { action: Action::Adopt, ..world.edit(run(6, None), TWO, &pinned) };
    assert_eq!(refused(&world, "head.sekretariat", &strange), ["group.unknown"]);
}
