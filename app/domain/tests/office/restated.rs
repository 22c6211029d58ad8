//! A wrong figure that was signed is restated in the next round, and stays signed.

use crate::world::*;
use takar_domain::config::*;
use takar_domain::figure::*;
use takar_domain::period::Period;
use takar_domain::procedure::handed_over;
use takar_domain::record::Subject;
use takar_domain::rules::Judgement;
use takar_domain::view::measurement_form::measurement_form;
use takar_domain::view::recap::{Recap, recap};

const UNIT: &str = "pemerintahan";
const HEAD: &str = "head.pemerintahan";
const BEFORE: Period = Period::quarter(2026, 2);

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

fn earlier() -> Subject {
    Subject::Figure { indicator: indicator_of(UNIT), period: BEFORE, unit: None }
}

fn restated() -> Restated {
    Restated { before: Some(14.into()), after: 12.into(), reason: "Satu nagari terhitung dua kali.".into() }
}

/// Triwulan II is over with 14, Triwulan III is filled in.
fn world() -> World {
    let mut world = office();
    world.stepwise();
    world.done(1, None);
    let node = Node {
        level: Level::Objective,
        code: "1".into(),
        title: "Sasaran".into(),
        parent: None,
        unit: None,
        order: 0,
    };
    world.put(Subject::Node { id: id("node") }, MAIN, &node);
    world.put(earlier(), VALUE, &entry(14));
    world.put(figure_of(UNIT), VALUE, &entry(20));
    world
}

fn seen(world: &World, period: Period) -> Recap {
    recap(&world.config, &|id| world.get(id), 2026, period)
}

/// Realisasi of the second quarter, and what is restated.
fn second(recap: &Recap) -> (Option<String>, usize) {
    let row = recap.groups[0].rows.iter().find(|row| row.indicator == indicator_of(UNIT)).unwrap();
    let quarter = row.parts[1].as_ref().unwrap();
    (quarter.actual.number.map(|n| n.to_string()), row.restated.len())
}

#[test]
fn the_next_round_says_it_and_what_was_signed_stays() {
    let mut world = world();
    let seal = |world: &World| handed_over(&world.config, &|id| world.get(id), &run(3, Some(UNIT)));
    let (before, sealed) = (seen(&world, BEFORE), seal(&world));
    let act = world.edit(earlier(), "restated/2026-q3", &restated());
    assert_eq!(world.judge(id(HEAD), &act), Judgement::Apply);
    world.write(id(HEAD), &act);

    assert_eq!(seen(&world, BEFORE), before, "the document of Triwulan II reads as it was signed");
    assert_eq!(second(&seen(&world, PERIOD)), (Some("12".into()), 1));
    let form = measurement_form(&world.config, &seen(&world, PERIOD), None);
    let said = form.footnotes.iter().any(|note| {
        note.contains("Triwulan II 2026: semula 14, menjadi 12. Satu nagari terhitung dua kali.")
    });
    assert!(said, "{:?}", form.footnotes);
    // The year's last quarter goes on with it, and need not say it again.
    let fourth = second(&seen(&world, Period::quarter(2026, 4)));
    assert_eq!(fourth, (Some("12".into()), 0));
    assert_ne!(seal(&world), sealed, "what the unit hands over has it");
    assert_eq!(seal(&world).unwrap().count, sealed.unwrap().count);
}

#[test]
fn it_is_bound_by_the_round_that_restates() {
    let mut world = world();
    let act = world.edit(earlier(), "restated/2026-q3", &restated());
    world.done(2, Some(UNIT));
    world.done(3, Some(UNIT));
    let parent = run(3, Some(UNIT)).record();
    assert_eq!(world.judge(id(HEAD), &act), Judgement::Late { parent });
    let code =
        |group: &str, value: &Restated| match world.judge(id(HEAD), &world.edit(earlier(), group, value)) {
            Judgement::Reject(issues) => issues[0].code.clone(),
            other => format!("{other:?}"),
        };
    assert_eq!(code("restated/2026-q2", &restated()), "group.unknown", "only a later round does");
    assert_eq!(code("restated/2026-q1", &restated()), "group.unknown");
    assert_eq!(code("restated/2026-q3", &Restated { after: 14.into(), ..restated() }), "restated.same");
    let silent = Restated { reason: " ".into(), ..restated() };
    assert_eq!(code("restated/2026-q3", &silent), "value.reason_missing");
}
