//! From the outbox to the office, over a bad line.

use takar_sync::chain;
use takar_sync::client::{Answer, Call, Event, Failure, State, Trigger};
use takar_sync::codec::from_cbor;
use takar_sync::sim::{edit, figure};
use takar_sync::wire::{Delta, Entry, PushAnswer};

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
    // A busy office does this: the rest is asked for, and nothing goes twice.
    let (request, call) = bench.sent.pop().unwrap();
    assert!(matches!(call, Call::Pull(_)), "{call:?}");
    let answer = bench.answer(&call);
    bench.hear(Event::Answer { request, result: Ok(answer) });
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
    let soon: Vec<_> = bench.timers.iter().filter(|ms| **ms <= 101).collect();
    assert!(soon.len() < 5, "only the first try comes soon: {soon:?}");
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
fn a_connection_that_broke_once_is_tried_again_within_a_tenth_of_a_second() {
    let mut bench = Bench::new();
    bench.network = Network::Fails(Failure::Offline);
    bench.timers.clear();
    for number in ["1", "2", "3"] {
        bench.network = Network::Fails(Failure::Offline);
        bench.type_number(number);
        let after = *bench.timers.last().unwrap();
        assert!((1..=101).contains(&after), "each time that it had worked in between: {after}");
        bench.network = Network::Up;
        bench.now += after;
        bench.hear(Event::Wake(Trigger::Timer));
        assert_eq!(bench.at_office().last(), Some(&entry(number)));
    }
}

#[test]
fn a_busy_office_is_not_asked_again_in_a_hurry() {
    let mut bench = Bench::new();
    bench.network = Network::Fails(Failure::Busy { retry_after_ms: None });
    let mut waits = Vec::new();
    for nth in 0..20 {
        bench.type_number(&nth.to_string());
        waits.extend(bench.timers.last().copied());
        bench.network = Network::Up;
        bench.now += 2_000;
        bench.hear(Event::Wake(Trigger::Timer));
        bench.network = Network::Fails(Failure::Busy { retry_after_ms: None });
    }
    assert!(waits.iter().filter(|ms| **ms > 101).count() > 10, "{waits:?}");
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
    for n in 0..1_100 {
        bench.type_number(&n.to_string());
    }
    bench.sent.clear();
    bench.go_online();
    let push = |call: &Call| match call {
        Call::Push(push) => Some((push.envelopes.len(), push.depth)),
        _ => None,
    };
    let sizes: Vec<_> = bench.sent.iter().filter_map(|(_, call)| push(call)).collect();
    // Each has seen all before it, so it is their bytes that bound them.
    assert!(sizes.len() > 3 && sizes.iter().all(|(size, _)| *size <= 500), "{sizes:?}");
    assert_eq!(sizes[0].0 as u64 + sizes[0].1, 1_100);
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.at_office(), [entry("1099")]);
}

#[test]
fn a_slow_connection_gets_less_at_once_and_a_good_one_more_again() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    for n in 0..200 {
        bench.type_number(&n.to_string());
    }
    bench.wake();
    let size = |call: &Call| match call {
        Call::Push(push) => (push.envelopes.len(), push.room.unwrap()),
        other => panic!("{other:?}"),
    };
    // Each one runs for a minute and breaks; the waiting ones are let off.
    let mut sizes = Vec::new();
    for _ in 0..5 {
        let (request, call) = bench.sent.pop().unwrap();
        sizes.push(size(&call));
        bench.now += 60_000;
        bench.hear(Event::Answer { request, result: Err(Failure::Offline) });
        bench.wake();
    }
    assert_eq!(sizes.iter().map(|s| s.0).collect::<Vec<_>>(), [1, 200, 100, 50, 25]);
    let rooms: Vec<_> = sizes.iter().map(|s| s.1 >> 10).collect();
    assert_eq!(rooms, [8192, 2048, 512, 128, 64]);
    // One that fails at once says nothing about its size.
    let (request, call) = bench.sent.pop().unwrap();
    assert_eq!(size(&call).0, 25);
    bench.hear(Event::Answer { request, result: Err(Failure::Offline) });
    bench.network = Network::Up;
    bench.sent.clear();
    bench.wake();
    let sizes: Vec<_> = bench.sent.iter().map(|(_, call)| size(call).0).collect();
    assert_eq!(sizes, [25, 25, 50, 100], "as soon as it works, more again");
    assert_eq!(bench.waiting(), 0);
}

#[test]
fn a_poke_under_way_asks_for_nothing_that_the_answer_brings() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.type_number("7");
    let (request, call) = bench.sent.pop().unwrap();
    let answer = bench.answer(&call);
    bench.sent.clear();
    bench.hear(Event::Wake(Trigger::Poke(bench.office.log().len() as u64)));
    bench.hear(Event::Answer { request, result: Ok(answer) });
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.sent, [], "all is here");
}

#[test]
fn what_was_pushed_does_not_come_back_and_is_kept_until_its_entry_is_here() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.type_number("7");
    let (request, call) = bench.sent.pop().unwrap();
    let mut answer = bench.answer(&call);
    {
        let Answer::Push(PushAnswer { delta: Delta::Page(page), .. }) = &mut answer else { panic!() };
        let entry = page.entries.last_mut().unwrap();
        assert_eq!((&entry.envelope, entry.digest.len(), entry.hash.len()), (&None, 32, 32));
        // A sound log, but of other bytes than those that wait here.
        entry.digest[0] ^= 1;
        let Call::Push(push) = &call else { panic!() };
        let before = &push.cursors[0].hash;
        entry.hash = chain::next_hash(before, entry.seq, &entry.digest, entry.at, entry.verdict.bytes());
    }
    bench.hear(Event::Answer { request, result: Ok(answer) });
    assert_eq!(bench.waiting(), 1, "an answer that does not fit is not taken in");
    bench.sent.clear();
    bench.network = Network::Up;
    bench.wake();
    let room = |(_, call): &(u64, Call)| match call {
        Call::Push(push) => push.room,
        Call::Pull(pull) => pull.room,
        other => panic!("{other:?}"),
    };
    assert_eq!(bench.sent.iter().map(room).next(), Some(None), "and a whole page is asked for");
    assert_eq!((bench.waiting(), bench.at_office()), (0, vec![entry("7")]));
    let log = bench.store.stored().log;
    let last: Entry = from_cbor(&log.last().unwrap().1).unwrap();
    assert_eq!(Some(&last), bench.office.log().last(), "the log here has every byte");
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
