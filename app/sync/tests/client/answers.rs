//! What the office answers, and what stays on the device because of it.

use serde_json::json;
use takar_domain::record::OpId;
use takar_domain::record::Subject;
use takar_sync::chain;
use takar_sync::client::{Answer, Event, Failure, State, Trigger};
use takar_sync::codec::to_cbor;
use takar_sync::operation::Envelope;
use takar_sync::sim::{PERIOD, main};
use takar_sync::verdict::{Outcome, Verdict};
use takar_sync::wire::{Delta, Entry, Page};
use takar_sync::written::Written;

use crate::bench::{Bench, Network, entry};

/// The planner closes the cycle while the device is away.
fn close_cycle(bench: &mut Bench) {
    let cycle = Subject::Cycle { id: bench.setup.cycle };
    let closed = main(cycle, json!({"period": PERIOD.to_string(), "open": false}));
    bench.elsewhere(closed);
}

/// A value typed offline after the cycle was closed elsewhere: data susulan.
fn late() -> Bench {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.type_number("12");
    close_cycle(&mut bench);
    bench.go_online();
    bench
}

#[test]
fn what_was_not_taken_stays_with_its_verdict_until_a_person_acts() {
    let mut bench = late();
    let op = bench.client.outbox().next().unwrap().op;
    assert!(matches!(bench.client.outbox().next().unwrap().outcomes(), [Outcome::Late { .. }]));
    assert_eq!(bench.client.status().state, State::Attention { count: 1 });
    assert_eq!(bench.shown(), None, "it is not shown as the figure's value");

    bench.restart();
    bench.wake();
    assert_eq!(bench.client.status().state, State::Attention { count: 1 }, "nor forgotten");

    bench.hear(Event::Dismiss { op, reason: String::new() });
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
    let trail = bench.client.history(bench.figure(), "value");
    assert_eq!(trail.len(), 1, "the log keeps it");
}

#[test]
fn what_waits_cannot_be_laid_aside() {
    let mut bench = Bench::new();
    bench.go_offline();
    let op = bench.type_number("12");
    bench.hear(Event::Dismiss { op, reason: String::new() });
    assert_eq!(bench.waiting(), 1);
}

#[test]
fn an_operation_that_names_it_settles_it() {
    let mut bench = late();
    let op = bench.client.outbox().next().unwrap().op;
    let cycle = Subject::Cycle { id: bench.setup.cycle };
    let open = main(cycle, json!({"period": PERIOD.to_string(), "open": true}));
    bench.elsewhere(open);
    bench.wake();
    let open: Vec<OpId> = bench.client.unresolved().iter().map(|u| u.operation.id).collect();
    assert_eq!(open, [op], "the office asks for a decision");

    bench.go_offline();
    let part = bench.number("12");
    bench.save_as(vec![part], |r| r.names = Some(op)).unwrap().unwrap();
    assert_eq!(bench.client.status().attention, 0, "it is being settled");
    assert_eq!(bench.client.unresolved(), [], "nobody is asked twice");
    assert_eq!(bench.client.outbox().count(), 2, "but not gone before the office took the other");
    bench.go_online();
    assert_eq!(bench.client.outbox().count(), 0);
    assert_eq!(bench.client.unresolved(), []);
    assert_eq!(bench.at_office(), [entry("12")]);
}

#[test]
fn the_view_is_confirmed_values_with_waiting_ones_on_top() {
    let mut bench = Bench::new();
    bench.type_number("10");
    bench.go_offline();
    bench.type_number("11");
    let value = |bench: &Bench| bench.shown().unwrap().groups["value"].value().cloned();
    assert_eq!(value(&bench), Some(entry("11")));
    let confirmed = bench.client.confirmed(bench.figure()).unwrap();
    assert_eq!(confirmed.groups["value"].value(), Some(&entry("10")));
    bench.restart();
    assert_eq!(value(&bench), Some(entry("11")), "after a restart too");
}

#[test]
fn history_works_offline_and_tells_what_waits() {
    let mut bench = Bench::new();
    let first = bench.type_number("10");
    bench.go_offline();
    bench.type_number("11");
    let trail = bench.client.history(bench.figure(), "value");
    assert_eq!(trail[0].outcome, Some(Outcome::Applied));
    assert_eq!((trail[1].seq, &trail[1].outcome, &trail[1].seen), (None, &None, &vec![first]));
    assert_eq!(trail[1].by.author, bench.setup.team[0]);
}

/// An answer with one more entry of a kind that this software does not know.
fn future_page(bench: &Bench) -> Page {
    let from = bench.client.cursor().unwrap();
    let body = to_cbor(&json!({"id": bench.setup.admin, "parts": [{"subject": {"kind": "meeting"}}]}));
    let envelope = Envelope { key: "9.x".into(), body, mac: vec![1] };
    let digest = chain::digest(&envelope);
    let verdict = Written::from(Verdict { parts: vec![Outcome::Applied], needs: Vec::new() });
    let seq = from.seq + 1;
    let hash = chain::next_hash(&from.hash, seq, &digest, 5, verdict.bytes());
    let op = takar_domain::record::OpId(bench.setup.admin.0);
    let entry = Entry { seq, op, envelope: Some(envelope), digest, at: 5, verdict, hash };
    Page { from: from.seq, entries: vec![entry], newest: seq, now: 5 }
}

fn receive(bench: &mut Bench, page: Page) {
    bench.network = Network::Held;
    bench.sent.clear();
    bench.wake();
    let (request, _) = bench.sent.pop().unwrap();
    bench.hear(Event::Answer { request, result: Ok(Answer::Pull(Delta::Page(page))) });
}

#[test]
fn kinds_of_the_future_are_kept_and_skipped() {
    let mut bench = Bench::new();
    let page = future_page(&bench);
    let seq = page.newest;
    receive(&mut bench, page);
    assert_eq!(bench.client.cursor().unwrap().seq, seq);
    bench.restart();
    assert_eq!(bench.client.cursor().unwrap().seq, seq);
    assert!(bench.client.config().office.is_some());
}

#[test]
fn a_page_that_does_not_continue_the_chain_is_not_taken() {
    let mut bench = Bench::new();
    let mut page = future_page(&bench);
    page.entries[0].at += 1;
    let before = bench.store.rows.clone();
    receive(&mut bench, page);
    assert_eq!(bench.store.rows, before);
    assert_eq!(bench.client.status().state, State::Offline);
}

#[test]
fn late_and_repeated_answers_are_harmless() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.type_number("12");
    let (request, call) = bench.sent.pop().unwrap();
    let answer = bench.answer(&call);
    for _ in 0..3 {
        bench.hear(Event::Answer { request, result: Ok(answer.clone()) });
    }
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.shown().unwrap().groups["value"].heads.len(), 1);
}

#[test]
fn a_reading_that_comes_late_does_not_take_anything_back() {
    let mut bench = Bench::new();
    let old = bench.store.stored();
    bench.type_number("12");
    bench.hear(Event::Loaded(old));
    assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("12")));
}

#[test]
fn a_reading_that_overtakes_the_stores_answer_is_not_written_over() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.slow_store = true;
    bench.commits.clear();
    let part = bench.number("11");
    bench.save(vec![part]);
    let mine = bench.commits.pop().unwrap();
    assert!(bench.store.run(&mine).unwrap());

    // Before this tab hears of it, the other one has sent it and stored the answer.
    let mut other = Bench::offline(bench.setup.clone(), bench.office.clone(), 0);
    other.store = bench.store.clone();
    other.restart();
    bench.store = other.store.clone();
    bench.hear(Event::Loaded(other.store.stored()));
    bench.hear(Event::Committed { txn: mine.id });
    assert_eq!(bench.waiting(), 0, "it is not waiting again");
    assert!(matches!(bench.done[..], [(1, Ok(_))]));
}

#[test]
fn two_tabs_taking_in_the_same_answer_write_it_once() {
    let mut bench = Bench::new();
    let part = bench.number("7");
    bench.elsewhere(part);
    bench.slow_store = true;
    bench.commits.clear();
    bench.hear(Event::Wake(Trigger::Manual));
    let mine = bench.commits.pop().unwrap();

    let mut other = Bench::offline(bench.setup.clone(), bench.office.clone(), 0);
    other.store = bench.store.clone();
    other.restart();
    other.wake();
    bench.store = other.store.clone();
    let rows = bench.store.rows.clone();
    bench.slow_store = false;
    bench.run(mine);
    assert_eq!(bench.store.rows, rows);
    assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("7")));
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
}

#[test]
fn what_is_laid_aside_with_a_reason_can_be_read_afterwards() {
    let mut bench = late();
    let outgoing = bench.client.outbox().next().unwrap().clone();
    bench.hear(Event::Dismiss { op: outgoing.op, reason: "salah ketik".into() });
    bench.restart();
    let aside = bench.client.laid_aside();
    assert_eq!(aside.len(), 1);
    assert_eq!((aside[0].reason.as_str(), aside[0].by), ("salah ketik", Some(bench.setup.team[0])));
    assert_eq!(aside[0].operation(), outgoing.operation, "as it was sealed");
    assert_eq!(bench.client.outbox().count(), 0);
}

#[test]
fn what_the_office_refuses_to_look_at_can_be_tried_again_or_laid_aside() {
    let mut bench = Bench::new();
    bench.network = Network::Fails(Failure::Refused { code: "request.malformed".into() });
    let op = bench.type_number("12");
    assert_eq!(bench.client.refusal(op), Some("request.malformed"));
    bench.hear(Event::Dismiss { op, reason: String::new() });
    assert_eq!(bench.waiting(), 1, "never without a reason");

    bench.hear(Event::Retry(op));
    assert_eq!(bench.client.refusal(op), Some("request.malformed"), "asked again, refused again");
    bench.hear(Event::Dismiss { op, reason: "dihitung ulang".into() });
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.client.laid_aside().len(), 1);
    assert_eq!(bench.client.status().attention, 0);

    let op = bench.type_number("13");
    bench.network = Network::Up;
    bench.hear(Event::Retry(op));
    assert_eq!(bench.client.refusal(op), None);
    bench.wake();
    assert_eq!(bench.at_office(), [entry("13")]);
}

#[test]
fn a_line_of_the_outbox_knows_what_stood_before() {
    let mut bench = Bench::new();
    bench.type_number("12");
    bench.go_offline();
    for (typed, before) in [("13", "12"), ("14", "13")] {
        let op = bench.type_number(typed);
        let operation = bench.client.outbox().find(|o| o.op == op).unwrap().operation.clone().unwrap();
        let change = &operation.parts[0].changes[0];
        assert_eq!(bench.client.before(bench.figure(), change), Some(entry(before)));
    }
}
