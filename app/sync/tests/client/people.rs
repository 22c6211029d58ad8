//! Several people on one device, sessions that end, another office.

use serde_json::json;
use takar_domain::figure::Judged;
use takar_domain::record::RecordId;
use takar_domain::workflow::Action;
use takar_sync::client::{Event, Failure, State};
use takar_sync::sim::{edit, figure};
use uuid::Uuid;

use crate::bench::{Bench, Network, entry};

#[test]
fn a_session_that_ends_in_the_field_pauses_and_loses_nothing() {
    let mut bench = Bench::new();
    bench.network = Network::Fails(Failure::SignIn);
    bench.type_number("12");
    assert_eq!(bench.client.status().state, State::SignInNeeded);
    let sent = bench.sent.len();
    bench.type_number("13");
    bench.wake();
    assert_eq!(bench.sent.len(), sent, "nothing is tried without a session");

    // Somebody else signs in: the session carries, the author stays.
    bench.network = Network::Up;
    bench.sign_in(bench.setup.planner);
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.at_office(), [entry("13")]);
    let head = &bench.office.records()[&bench.figure()].groups["value"].heads[0];
    assert_eq!(head.by.author, bench.setup.team[0]);
}

#[test]
fn each_person_has_own_numbers_and_all_go_in_the_order_of_saving() {
    let mut bench = Bench::new();
    bench.sign_in(bench.setup.officers[0]);
    bench.go_offline();
    bench.type_number("1");
    bench.hear(Event::Use(bench.setup.team[0]));
    bench.type_number("2");
    bench.hear(Event::Use(bench.setup.officers[0]));
    bench.type_number("3");
    let saved: Vec<_> = bench.client.outbox().filter_map(|o| o.operation.clone()).collect();
    let (officer, member) = (bench.setup.officers[0], bench.setup.team[0]);
    let wanted = [(officer, 1), (member, 1), (officer, 2)];
    assert_eq!(saved.iter().map(|o| (o.author, o.number)).collect::<Vec<_>>(), wanted);
    bench.go_online();
    assert_eq!(bench.at_office(), [entry("3")], "each had seen the one before");
}

#[test]
fn a_validation_goes_after_what_it_judged_although_the_clock_ran_backwards() {
    let mut bench = Bench::new();
    let head = bench.setup.heads[0];
    bench.sign_in(head);
    bench.go_offline();
    bench.hear(Event::Use(bench.setup.team[0]));
    let typed = bench.type_number("12");
    bench.skew = -400 * 86_400_000;
    bench.hear(Event::Use(head));
    let heads = json!({"value": [typed]});
    let subject = figure(bench.setup.shared[0]);
    let mut part = edit(subject, "validation", json!({"decision": "accept", "heads": heads}));
    part.action = Action::Accept;
    part.judged = vec![Judged { record: bench.figure(), group: "value".into(), heads: vec![typed] }];
    let accepted = bench.save(vec![part]).unwrap().unwrap();
    assert!(accepted < typed, "by its id it would go first");
    bench.go_online();
    assert_eq!(bench.client.outbox().count(), 0, "both are applied");
}

#[test]
fn what_a_person_left_behind_goes_with_the_next_session() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.type_number("12");
    bench.hear(Event::SignedOut(bench.setup.team[0]));
    assert_eq!(bench.waiting(), 1);
    bench.network = Network::Up;
    bench.sign_in(bench.setup.planner);
    assert_eq!(bench.at_office(), [entry("12")]);
}

#[test]
fn numbers_go_on_after_the_browser_wiped_the_site() {
    let mut bench = Bench::new();
    bench.type_number("1");
    bench.type_number("2");
    let mut wiped = Bench::offline(bench.setup.clone(), bench.office.clone(), 0);
    wiped.sign_in(wiped.setup.team[0]);
    wiped.go_offline();
    wiped.type_number("3");
    assert_eq!(wiped.client.outbox().next().unwrap().operation.as_ref().unwrap().number, 3);
}

#[test]
fn unsent_work_of_one_office_never_goes_to_another() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.type_number("12");
    let mut account =
        bench.setup.account(bench.setup.team[0], bench.setup.devices[0], 0, takar_sync::sim::START);
    account.office = RecordId(Uuid::from_u128(77));
    bench.hear(Event::SignedIn(account.clone()));
    assert_eq!(bench.client.status().state, State::OtherOffice);
    assert_eq!(bench.waiting(), 1, "nothing is lost");

    let mut idle = Bench::new();
    idle.network = Network::Held;
    idle.hear(Event::SignedIn(account));
    assert_eq!(idle.client.cursor().unwrap().office, RecordId(Uuid::from_u128(77)));
    assert!(idle.client.record_ids().is_empty(), "an empty outbox lets the device move");
}

#[test]
fn a_server_of_another_office_stops_the_exchange() {
    let mut bench = Bench::new();
    let code = takar_sync::client::OTHER_OFFICE.to_owned();
    bench.network = Network::Fails(Failure::Refused { code });
    bench.type_number("12");
    assert_eq!(bench.client.status().state, State::OtherOffice);
    assert_eq!(bench.waiting(), 1);
}
