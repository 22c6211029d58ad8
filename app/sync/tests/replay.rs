//! An office's log read again from its beginning.

use serde_json::json;
use takar_domain::record::{Made, OpId, Source};
use takar_sync::client::Call;
use takar_sync::operation::{Operation, SCHEMA};
use takar_sync::replay::{Fault, Replay};
use takar_sync::sim::{START, Setup, SimOffice, edit, figure};
use takar_sync::verdict::{Outcome, Verdict};
use takar_sync::wire::{Entry, Push};
use takar_sync::written::Written;
use takar_sync::{chain, seal};
use uuid::Uuid;

/// An office where two people filled one figure, and its log.
fn office() -> (Setup, SimOffice, Vec<Entry>) {
    let setup = Setup::new(1);
    let mut office = SimOffice::new(&setup, 10, START);
    for (id, number) in [(1u8, "12"), (2, "15")] {
        let file = json!({"sha256": "ab".repeat(32), "size": 5, "media": "image/jpeg"});
        let evidence = json!([{"kind": "photo", "name": "a.jpg", "added_by": setup.admin, "file": file}]);
        let value = json!({"state": "value", "number": number, "evidence": evidence});
        let operation = Operation {
            id: OpId(Uuid::from_u128(id.into())),
            office: setup.office,
            device: setup.devices[0],
            author: setup.team[0],
            number: id.into(),
            acted_for: None,
            source: Source::Own,
            schema: SCHEMA,
            made: Made { wall: START, anchor: None },
            reason: None,
            names: None,
            parts: vec![edit(figure(setup.shared[0]), "value", value)],
        };
        let account = setup.account(operation.author, operation.device, 0, START);
        let envelopes = vec![seal::seal(&operation, &account.key, &account.key_id)];
        let push = Push { device: setup.devices[0], envelopes, cursors: Vec::new(), depth: 0, room: None };
        let _ = office.answer(&Call::Push(push), START);
    }
    let log = office.log().to_vec();
    (setup, office, log)
}

/// Reads a log; where it stops, and why.
fn read(setup: &Setup, log: &[Entry]) -> (Replay, Option<(u64, Fault)>) {
    let mut replay = Replay::new(setup.office);
    for entry in log {
        if let Err(fault) = replay.step(entry, &setup.secret).map(drop) {
            return (replay, Some((entry.seq, fault)));
        }
    }
    (replay, None)
}

/// The entry as a forger would chain it behind another one.
fn chained(before: &Entry, mut entry: Entry) -> Entry {
    entry.seq = before.seq + 1;
    entry.hash = chain::next_hash(&before.hash, entry.seq, &entry.digest, entry.at, entry.verdict.bytes());
    entry
}

#[test]
fn it_gives_every_record_again() {
    let (setup, office, log) = office();
    let (replay, fault) = read(&setup, &log);
    assert_eq!(fault, None);
    assert_eq!(replay.records(), office.records());
    assert_eq!(replay.tip().hash, log.last().unwrap().hash);
}

#[test]
fn what_does_not_follow_is_named_and_not_taken_in() {
    let (setup, _, log) = office();
    let without = [&log[..1], &log[2..]].concat();
    assert_eq!(read(&setup, &without).1, Some((3, Fault::Gap { expected: 2 })));
    let mut other = log.clone();
    other[1].op = log[2].op;
    assert_eq!(read(&setup, &other).1, Some((2, Fault::OtherOperation)));
    let mut bare = log.clone();
    bare[1].envelope = None;
    let (replay, fault) = read(&setup, &bare);
    assert_eq!((fault, replay.tip().seq), (Some((2, Fault::Digest)), 1));
    let last = log.last().unwrap();
    let twice = [&log[..], &[chained(last, log[1].clone())]].concat();
    assert_eq!(read(&setup, &twice).1, Some((last.seq + 1, Fault::Twice)));
}

#[test]
fn states_follow_the_stored_verdict_and_the_difference_is_told() {
    let (setup, _, log) = office();
    let last = log.len() - 1;
    let mut held = log[last].clone();
    let why = takar_sync::verdict::Why::RightsChanged;
    held.verdict = Written::from(Verdict { parts: vec![Outcome::Held { why }], needs: Vec::new() });
    let held = chained(&log[last - 1], held);
    let mut replay = Replay::new(setup.office);
    for entry in &log[..last] {
        assert!(replay.step(entry, &setup.secret).unwrap().agrees);
    }
    let before = replay.records().clone();
    assert!(!replay.step(&held, &setup.secret).unwrap().agrees);
    assert_eq!(*replay.records(), before, "what was held changes nothing");
}

#[test]
fn an_office_may_have_lacked_any_named_file_and_no_other() {
    let (setup, _, log) = office();
    let last = log.len() - 1;
    let agrees = |needs: Vec<String>| {
        let mut replay = Replay::new(setup.office);
        for entry in &log[..last] {
            assert!(replay.step(entry, &setup.secret).unwrap().agrees);
        }
        let mut entry = log[last].clone();
        entry.verdict = Written::from(Verdict { parts: entry.verdict.parts.clone(), needs });
        replay.step(&chained(&log[last - 1], entry), &setup.secret).unwrap().agrees
    };
    let named = "ab".repeat(32);
    assert_eq!(log[last].verdict.needs, std::slice::from_ref(&named));
    assert!(agrees(vec![named.clone()]) && agrees(Vec::new()), "it had come meanwhile, or not");
    assert!(!agrees(vec!["cd".repeat(32)]) && !agrees(vec![named.clone(), named]));
}
