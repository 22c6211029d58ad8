//! From the outbox to the office, over a bad line.

use takar_sync::client::{Call, Event, Failure, State, Trigger};
use takar_sync::sim::{edit, figure};

use crate::bench::{Bench, Network, entry};

#[test]
fn a_value_saved_online_arrives_at_once_and_the_line_turns_green() {
    let mut bench = Bench::new();
    bench.type_number("12");
    assert_eq!(bench.at_office(), [entry("12")]);
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
    assert_eq!(bench.client.outbox().count(), 0);
}

#[test]
fn a_lost_answer_leads_to_a_repeat_and_to_one_record() {
    let mut bench = Bench::new();
    bench.network = Network::AnswersLost;
    bench.type_number("12");
    assert_eq!(bench.at_office(), [entry("12")], "the office has it");
    assert_eq!(bench.waiting(), 1, "the device does not know");
    assert!(!matches!(bench.client.status().state, State::UpToDate { .. }));

    let before = bench.office.log().len();
    bench.go_online();
    assert_eq!(bench.office.log().len(), before, "nothing came twice");
    assert_eq!(bench.waiting(), 0);
}

#[test]
fn a_receipt_without_the_log_entry_empties_nothing() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.type_number("12");
    let (request, call) = bench.sent.pop().unwrap();
    let takar_sync::client::Answer::Push(mut answer) = bench.answer(&call) else { panic!("a push") };
    let takar_sync::wire::Delta::Page(page) = &mut answer.delta else { panic!("a page") };
    page.entries.clear();
    bench.hear(Event::Answer { request, result: Ok(takar_sync::client::Answer::Push(answer)) });
    assert_eq!(bench.waiting(), 1);
    bench.go_online();
    assert_eq!(bench.waiting(), 0);
}

#[test]
fn offline_work_goes_by_itself_when_the_timer_finds_the_office_again() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.type_number("12");
    assert_eq!(bench.client.status().state, State::Offline);
    bench.network = Network::Up;
    bench.now += bench.timers.last().unwrap();
    bench.hear(Event::Wake(Trigger::Timer));
    assert_eq!(bench.waiting(), 0);
}

#[test]
fn back_off_grows_to_a_minute_and_not_beyond_and_a_poke_cuts_it_short() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.timers.clear();
    for _ in 0..40 {
        bench.now += 60_000;
        bench.hear(Event::Wake(Trigger::Timer));
    }
    assert!(bench.timers.iter().all(|ms| (1..=60_001).contains(ms)), "{:?}", bench.timers);
    assert!(bench.timers.iter().any(|ms| *ms > 20_000));
    assert!(bench.timers.iter().any(|ms| *ms < 20_000), "full jitter");

    let sent = bench.sent.len();
    bench.hear(Event::Wake(Trigger::Timer));
    assert_eq!(bench.sent.len(), sent, "a timer that comes too early waits");
    bench.network = Network::Up;
    bench.hear(Event::Wake(Trigger::Poke(0)));
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
}

#[test]
fn a_poke_brings_what_somebody_else_saved() {
    let mut bench = Bench::new();
    let part = bench.number("7");
    bench.elsewhere(part);
    let newest = bench.office.log().len() as u64;
    bench.hear(Event::Wake(Trigger::Poke(newest)));
    assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("7")));
}

#[test]
fn an_office_without_room_is_named_and_asked_again() {
    let mut bench = Bench::new();
    bench.network = Network::Fails(Failure::Full { retry_after_ms: Some(30_000) });
    bench.type_number("12");
    assert_eq!(bench.client.status().state, State::OfficeFull);
    assert_eq!(bench.waiting(), 1);
    bench.network = Network::Up;
    let after = *bench.timers.last().unwrap();
    assert!(after >= 30_000, "not before the office asked for it: {after}");
    bench.now += after;
    bench.hear(Event::Wake(Trigger::Timer));
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.at_office(), [entry("12")]);
}

#[test]
fn a_captive_portal_is_offline_whatever_it_says() {
    let mut bench = Bench::new();
    bench.network = Network::Fails(Failure::NotOurs);
    bench.type_number("12");
    assert_eq!(bench.client.status().state, State::Offline);
    assert_eq!(bench.waiting(), 1);
    bench.go_online();
    assert_eq!(bench.at_office(), [entry("12")]);
}

#[test]
fn many_operations_go_in_bounded_batches() {
    let mut bench = Bench::new();
    bench.go_offline();
    for n in 0..450 {
        bench.type_number(&n.to_string());
    }
    bench.sent.clear();
    bench.go_online();
    let push = |call: &Call| match call {
        Call::Push(push) => Some((push.envelopes.len(), push.depth)),
        _ => None,
    };
    let sizes: Vec<_> = bench.sent.iter().filter_map(|(_, call)| push(call)).collect();
    assert_eq!(sizes[0], (200, 250));
    assert!(sizes.iter().all(|(size, _)| *size <= 200));
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.at_office(), [entry("449")]);
}

#[test]
fn one_operation_that_the_office_refuses_to_look_at_does_not_stop_the_others() {
    let mut bench = Bench::new();
    bench.go_offline();
    for _ in 0..3 {
        bench.type_number("1");
    }
    let bad = bench.type_number("2");
    let note = edit(figure(bench.setup.shared[1]), "obstacle", "jalan rusak".into());
    bench.save(vec![note]).unwrap().unwrap();

    // The way refuses every push in which the bad one is.
    bench.network = Network::Held;
    bench.wake();
    for _ in 0..40 {
        let Some((request, call)) = bench.sent.pop() else { break };
        let spoilt = bench.client.is_sending(bad);
        let result = if spoilt { Err(Failure::TooLarge) } else { Ok(bench.answer(&call)) };
        bench.sent.clear();
        bench.hear(Event::Answer { request, result });
        bench.wake();
    }
    assert_eq!(bench.waiting(), 1, "only the bad one is left");
    assert_eq!(bench.client.outbox().next().unwrap().op, bad);
    assert_eq!(bench.office.log().len(), 5);
    assert!(matches!(bench.client.status().state, State::Attention { count: 1 }));
}

#[test]
fn green_needs_every_draft_and_every_persons_outbox_to_be_empty() {
    let mut bench = Bench::new();
    bench.hear(Event::Drafts(1));
    assert_eq!(bench.client.status().state, State::Waiting);
    bench.hear(Event::Drafts(0));
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
    bench.network = Network::Held;
    bench.hear(Event::Wake(Trigger::Poke(99)));
    assert!(bench.client.status().heard.is_some());
}

#[test]
fn a_poke_with_more_than_the_answer_knows_asks_again() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.wake();
    let (request, call) = bench.sent.pop().unwrap();
    let early = bench.answer(&call);
    let part = bench.number("7");
    bench.elsewhere(part);
    bench.hear(Event::Wake(Trigger::Poke(bench.office.log().len() as u64)));
    bench.network = Network::Up;
    bench.hear(Event::Answer { request, result: Ok(early) });
    assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("7")));
}
