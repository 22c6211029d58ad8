//! The office lost its last hour: devices bring it back.

use serde_json::json;
use takar_domain::record::Subject;
use takar_sync::client::{Event, Failure, State, Trigger};
use takar_sync::sim::{PERIOD, main};

use crate::bench::{Bench, Network, entry};

#[test]
fn a_restored_backup_gets_back_what_this_device_had_confirmed() {
    let mut bench = Bench::new();
    bench.type_number("1");
    bench.office.back_up();
    bench.type_number("2");
    assert!(bench.office.restore());
    assert_eq!(bench.at_office(), [entry("1")]);

    bench.wake();
    assert_eq!(bench.at_office(), [entry("2")]);
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
    assert_eq!(bench.client.outbox().count(), 0);
}

#[test]
fn it_brings_back_other_peoples_work_too() {
    let mut bench = Bench::new();
    bench.office.back_up();
    let part = bench.number("7");
    bench.elsewhere(part);
    bench.wake();
    assert!(bench.office.restore());
    assert!(bench.at_office().is_empty());

    bench.wake();
    assert_eq!(bench.at_office(), [entry("7")]);
    let head = &bench.office.records()[&bench.figure()].groups["value"].heads[0];
    assert_eq!(head.by.author, bench.setup.planner, "in the author's name");
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
}

#[test]
fn an_office_that_went_another_way_since_gets_both() {
    let mut bench = Bench::new();
    bench.type_number("1");
    bench.office.back_up();
    bench.type_number("2");
    assert!(bench.office.restore());
    let part = bench.number("9");
    bench.elsewhere(part);
    bench.wake();
    let mut stand = bench.at_office();
    stand.sort_by_key(ToString::to_string);
    assert_eq!(stand, [entry("2"), entry("9")], "a difference, and nothing lost");
}

#[test]
fn what_is_brought_back_keeps_the_line_from_being_green() {
    let mut bench = Bench::new();
    bench.office.back_up();
    bench.type_number("2");
    assert!(bench.office.restore());
    bench.slow_store = true;
    bench.commits.clear();
    bench.wake();
    let rollback = bench.commits.pop().unwrap();
    assert!(bench.store.run(&rollback).unwrap());
    bench.slow_store = false;
    // The tab dies right after the rollback: everything is in the outbox.
    bench.network = Network::Fails(Failure::Offline);
    bench.restart();
    assert_eq!(bench.waiting(), 1);
    bench.go_online();
    assert_eq!(bench.at_office(), [entry("2")]);
}

#[test]
fn an_answer_of_before_the_rollback_leads_nowhere() {
    let mut bench = Bench::new();
    bench.office.back_up();
    bench.type_number("2");
    bench.network = Network::Held;
    bench.sent.clear();
    bench.wake();
    let (request, call) = bench.sent.pop().unwrap();
    assert!(bench.office.restore());
    let diverged = bench.answer(&call);
    bench.network = Network::Up;
    bench.hear(Event::Answer { request, result: Ok(diverged.clone()) });
    bench.hear(Event::Answer { request, result: Ok(diverged) });
    assert_eq!(bench.at_office(), [entry("2")]);
}

#[test]
fn what_was_acknowledged_and_lost_before_its_entry_came_is_sent_again() {
    let mut bench = Bench::paged(1);
    for number in ["7", "8"] {
        let part = bench.number(number);
        bench.elsewhere(part);
    }
    bench.office.back_up();
    bench.network = Network::Held;
    bench.type_number("2");
    let (request, call) = bench.sent.pop().unwrap();
    let answer = bench.answer(&call);
    assert!(bench.office.restore());

    // The receipt has a place; its entry would have come two pages later.
    bench.network = Network::Up;
    bench.hear(Event::Answer { request, result: Ok(answer) });
    assert_eq!(bench.waiting(), 1, "not forgotten");
    bench.now += 60_000;
    bench.hear(Event::Wake(Trigger::Timer));
    assert_eq!(bench.waiting(), 0);
    assert!(bench.at_office().contains(&entry("2")));
}

#[test]
fn what_waits_again_is_not_settled_by_what_once_settled_it() {
    let mut bench = Bench::paged(1);
    bench.office.back_up();
    bench.go_offline();
    let late = bench.type_number("2");
    let cycle = Subject::Cycle { id: bench.setup.cycle };
    let state = |open: bool| main(cycle.clone(), json!({"period": PERIOD.to_string(), "open": open}));
    bench.elsewhere(state(false));
    bench.go_online();
    assert_eq!(bench.client.status().attention, 1);
    let open = bench.elsewhere(state(true));
    let part = bench.number("3");
    let adopted = bench.elsewhere_naming(part, Some(late));

    // The backup has none of it; the other device is the first to bring back.
    assert!(bench.office.restore());
    bench.push(vec![open, adopted]);
    bench.wake();
    assert_eq!(bench.waiting(), 0);
    let ops: Vec<_> = bench.office.log().iter().map(|e| e.op).collect();
    assert!(ops.contains(&late), "it has its verdict from the new log");
}
