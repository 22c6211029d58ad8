//! Realisasi anggaran: what it asks, what it sums up to, and what waits for it.

use crate::world::*;
use takar_domain::budget::{
    Budget, Efficiency, efficiency, funded, missing, questions, share, spent, subject,
};
use takar_domain::config::*;
use takar_domain::decimal::Decimal;
use takar_domain::period::Period;
use takar_domain::procedure::{STATE, Told, Way, ahead, finish, in_the_way};
use takar_domain::record::Subject;
use takar_domain::rules::Judgement;
use takar_domain::sop::Kind;
use takar_domain::view::budget_sheet::budget_sheet;
use takar_domain::view::measurement_form::measurement_form;
use takar_domain::view::recap::recap;
use takar_domain::workflow::Action;

const PAGU_2026: &str = "pagu/2026";

fn node(level: Level, code: &str, parent: Option<&str>) -> Node {
    Node { level, code: code.into(), title: code.into(), parent: parent.map(id), unit: None, order: 0 }
}

fn budget(actual: i64, until: &str) -> Budget {
    Budget { actual: actual.into(), until: until.into(), source: "SP2D".into(), confirmed: Vec::new() }
}

/// A programme with two sub kegiatan of 100 and 50 million and one without a pagu;
/// the fifth step submits.
fn world() -> World {
    let mut world = office();
    world.stepwise();
    let mut sop = sop();
    sop.steps[4].kind = Kind::Submit;
    sop.steps[4].actors = vec![Post::Sekretaris];
    world.put(Subject::Sop { id: id("sop") }, MAIN, &sop);
    world.put(Subject::Person { id: id("bendahara") }, MAIN, &person("bendahara", true));
    let post = holding(id("bendahara"), Post::Bendahara, Some("subbag"), "2026-01-01", None);
    world.put(Subject::Holding { id: id("holding/bendahara") }, MAIN, &post);
    world.put(Subject::Node { id: id("program") }, MAIN, &node(Level::Program, "7.01", None));
    for (name, pagu) in [("node", Some(100_000_000)), ("second", Some(50_000_000)), ("free", None)] {
        let subject = Subject::Node { id: id(name) };
        world.put(subject.clone(), MAIN, &node(Level::SubKegiatan, name, Some("program")));
        if let Some(pagu) = pagu {
            world.put(subject, PAGU_2026, &Decimal::from(pagu));
        }
    }
    world.put(Subject::Node { id: id("program") }, PAGU_2026, &Decimal::from(150_000_000));
    for step in [1, 4] {
        world.done(step, None);
    }
    for unit in ["sekretariat", "pemerintahan", "pelayanan", "trantibum"] {
        world.done(2, Some(unit));
        world.done(3, Some(unit));
    }
    world
}

fn enter(world: &mut World, name: &str, value: &Budget) {
    let act = world.edit(subject(id(name), PERIOD), MAIN, value);
    assert_eq!(world.judge(id("bendahara"), &act), Judgement::Apply, "{name}");
    world.write(id("bendahara"), &act);
}

#[test]
fn the_document_waits_until_every_sub_kegiatan_with_a_pagu_is_known_to_the_end() {
    let mut world = world();
    let submit = run(5, None);
    let way = |world: &World| in_the_way(&world.config, &|id| world.get(id), &submit, Action::Finish);
    assert_eq!(way(&world), Some(Way::Budget(2)));
    let said = |world: &World, step| ahead(&world.config, &|id| world.get(id), &run(step, None));
    assert_eq!([1, 4, 5].map(|step| said(&world, step)), [None, Some(Way::Budget(2)), Some(Way::Budget(2))]);
    enter(&mut world, "node", &budget(60_000_000, "2026-09-30"));
    enter(&mut world, "second", &budget(10_000_000, "2026-08-31"));
    assert_eq!(way(&world), Some(Way::Budget(1)), "the last month is awaited");
    let state = finish(world.get(submit.record()).as_ref(), Told::default()).unwrap();
    let end = Act { action: Action::Finish, ..world.edit(submit.clone(), STATE, &state) };
    match world.judge(id("head.sekretariat"), &end) {
        Judgement::Reject(issues) => {
            let words = takar_domain::text::issue(&issues[0]);
            assert!(words.contains("1 sub kegiatan") && words.contains("30 September 2026"), "{words}");
        }
        other => panic!("{other:?}"),
    }
    enter(&mut world, "second", &budget(10_000_000, "2026-09-30"));
    assert_eq!((way(&world), said(&world, 4)), (None, None));
    assert_eq!(missing(&world.config, &|id| world.get(id), PERIOD), 0);
    assert_eq!(world.judge(id("head.sekretariat"), &end), Judgement::Apply);
    world.write(id("head.sekretariat"), &end);
    // What was submitted stands.
    let late = world.edit(subject(id("node"), PERIOD), MAIN, &budget(1, "2026-09-30"));
    assert_eq!(world.judge(id("bendahara"), &late), Judgement::Late { parent: submit.record() });
}

#[test]
fn only_a_sub_kegiatan_has_a_budget_and_its_value_is_whole() {
    let world = world();
    let refused = |node: &str, value: &Budget| match world
        .judge(id("bendahara"), &world.edit(subject(id(node), PERIOD), MAIN, value))
    {
        Judgement::Reject(issues) => issues[0].code.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(refused("program", &budget(1, "2026-09-30")), "subject.unknown");
    assert_eq!(refused("nowhere", &budget(1, "2026-09-30")), "subject.unknown");
    assert_eq!(refused("node", &budget(-1, "2026-09-30")), "number.negative");
    assert_eq!(refused("node", &budget(1, "30 September")), "date.wrong");
    let silent = Budget { source: " ".into(), ..budget(1, "2026-09-30") };
    assert_eq!(refused("node", &silent), "text.empty");
}

#[test]
fn what_falls_or_exceeds_the_pagu_is_asked_until_it_is_confirmed() {
    let codes = |new: &Budget, last: Option<&Budget>| {
        let found = questions(new, last, 100.into());
        found.into_iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    let before = budget(60, "2026-06-30");
    assert!(codes(&budget(60, "2026-09-30"), Some(&before)).is_empty(), "a month without spending");
    assert_eq!(codes(&budget(59, "2026-09-30"), Some(&before)), ["budget.fell"]);
    assert_eq!(codes(&budget(101, "2026-09-30"), Some(&before)), ["budget.over"]);
    let confirmed = Budget { confirmed: vec!["budget.over".into()], ..budget(101, "2026-09-30") };
    assert!(codes(&confirmed, None).is_empty());
}

#[test]
fn serapan_and_efficiency_follow_the_policys_margin() {
    let five = Decimal::from(5);
    assert_eq!(share(60.into(), 80.into()), Some(75.into()));
    assert_eq!(share(60.into(), 0.into()), None);
    for (achievement, found) in [
        (81, Efficiency::Efficient),
        (80, Efficiency::Fair),
        (70, Efficiency::Fair),
        (69, Efficiency::Inefficient),
    ] {
        assert_eq!(efficiency(achievement.into(), 75.into(), five), Some(found), "{achievement}");
    }
}

#[test]
fn the_sheet_and_the_printed_form_show_what_is_known() {
    let mut world = world();
    world.put(subject(id("node"), Period::quarter(2026, 2)), MAIN, &budget(40_000_000, "2026-06-30"));
    enter(&mut world, "node", &budget(60_000_000, "2026-09-30"));
    let get = |id| world.get(id);
    let sheet = budget_sheet(&world.config, &get, id("cycle")).unwrap();
    assert_eq!(sheet.rows.len(), 2, "without a pagu nothing is asked");
    assert_eq!(funded(&world.config, PERIOD).len(), 2);
    let row = sheet.rows.iter().find(|row| row.node == id("node")).unwrap();
    assert_eq!((row.share, row.complete), (Some(60.into()), true));
    assert_eq!(row.before.as_ref().unwrap().actual, 40_000_000.into());
    // The programme is known once all below it are.
    let of = |world: &World, node: &str| spent(&world.config, &|id| world.get(id), id(node), PERIOD);
    assert_eq!((of(&world, "node"), of(&world, "program")), (Some(60_000_000.into()), None));
    let form = |world: &World| {
        let recap = recap(&world.config, &|id| world.get(id), 2026, PERIOD);
        measurement_form(&world.config, &recap, None)
    };
    let cells = form(&world).rows[0].cells.clone();
    assert_eq!(cells[18..21], ["100.000.000", "60.000.000", "60,00"]);
    enter(&mut world, "second", &budget(15_000_000, "2026-09-30"));
    assert_eq!(of(&world, "program"), Some(75_000_000.into()));
}
