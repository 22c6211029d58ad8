//! What bad connections cost: bytes of bodies, before gzip, at 30 % lost answers.

use std::collections::VecDeque;

use takar_domain::record::Source;
use takar_sync::client::{Call, Client, Effect, Event, Failure, Now, SaveRequest, Trigger};
use takar_sync::codec::to_cbor;
use takar_sync::sim::{Happening, Plan, Random, START, Setup, SimOffice, Store, Traffic, edit, figure, play};

/// Requests and answers of many runs of a plan.
fn bytes(plan: &Plan) -> Traffic {
    let founded = SimOffice::found(plan);
    let mut all = Traffic::default();
    for seed in 1..=300 {
        let report = play(seed, plan, &founded).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        all.up += report.traffic.up;
        all.down += report.traffic.down;
    }
    all
}

#[test]
fn a_day_with_a_third_of_the_answers_lost_costs_half_as_much_again_at_most() {
    let good = Plan { counts_bytes: true, snapshots: false, page: 500, tabs: 1, ..Plan::calm() };
    let bad = good.clone().with(Happening::DropAnswer, 30);
    let (good, bad) = (bytes(&good), bytes(&bad));
    println!("all answers: {good:?}; 30 % lost: {bad:?}");
    assert!((bad.up + bad.down) * 10 <= (good.up + good.down) * 16, "{bad:?} against {good:?}");
}

/// Bytes of all pushes of a device that reconnects with 50 edits, and bytes of
/// the sealed edits themselves.
fn reconnect(seed: u64) -> (u64, u64) {
    let setup = Setup::new(1);
    let (mut client, mut store) = (Client::new(), Store::default());
    let mut office = SimOffice::new(&setup, 500, START);
    let mut random = Random::new(seed);
    let account = setup.account(setup.team[0], setup.devices[0], 0, START);
    let mut events = VecDeque::from([
        Event::Loaded(store.stored()),
        Event::Leader(true),
        Event::SignedIn(account),
        Event::Leader(false),
    ]);
    for save in 0..50 {
        let value = serde_json::json!({"state": "value", "number": save.to_string()});
        events.push_back(Event::Save(SaveRequest {
            save,
            parts: vec![edit(figure(setup.solo[0]), "value", value)],
            source: Source::Own,
            acted_for: None,
            reason: None,
            names: None,
            drop_drafts: Vec::new(),
        }));
    }
    events.push_back(Event::Leader(true));
    let (mut pushed, mut payload, mut time) = (0, 0, 0);
    while let Some(event) = events.pop_front() {
        time += 1;
        let now = Now { wall_ms: START, mono_ms: time, boot: uuid::Uuid::nil() };
        for effect in client.handle(now, random.next(), event) {
            match effect {
                Effect::Commit(txn) => {
                    assert!(store.run(&txn).unwrap());
                    events.push_front(Event::Committed { txn: txn.id });
                }
                Effect::Send { request, call } => {
                    if let Call::Push(push) = &call {
                        pushed += to_cbor(push).len() as u64;
                        if payload == 0 {
                            assert_eq!(push.envelopes.len(), 50, "one push takes them all");
                            payload = push.envelopes.iter().map(|e| to_cbor(e).len() as u64).sum();
                        }
                    }
                    let answer = office.answer(&call, START);
                    let lost = payload > 0 && random.chance(30);
                    let result = if lost { Err(Failure::Offline) } else { Ok(answer) };
                    // What follows comes before the next thing that a person does.
                    events.push_front(Event::Answer { request, result });
                }
                Effect::Schedule { after_ms } if client.outbox().count() > 0 => {
                    time += after_ms;
                    events.push_back(Event::Wake(Trigger::Timer));
                }
                _ => {}
            }
        }
    }
    assert_eq!((client.outbox().count(), office.log().len()), (0, 51), "seed {seed}");
    (pushed, payload)
}

#[test]
fn a_reconnect_with_a_third_of_the_answers_lost_sends_little_twice() {
    let (pushed, payload) = (1..=200).map(reconnect).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("{pushed} bytes pushed for {payload} bytes of edits");
    assert!(pushed * 10 <= payload * 16, "{pushed} bytes pushed for {payload} bytes of edits");
}
