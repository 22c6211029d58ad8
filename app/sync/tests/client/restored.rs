//! The office lost its last hour: devices bring it back.

use takar_sync::client::{Event, Failure, State};

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
