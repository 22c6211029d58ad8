//! Bytes on the wire and in the log: readable for years, harmless when hostile.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use ciborium::Value as Cbor;
use proptest::prelude::*;
use serde_json::json;
use takar_domain::figure::Judged;
use takar_domain::issue::Issue;
use takar_domain::period::Period;
use takar_domain::record::{Anchor, DeviceId, Made, OpId, RecordId, Source, Subject};
use takar_domain::workflow::Action;
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::operation::{Change, Envelope, Operation, Part, SCHEMA};
use takar_sync::seal::{authentic, derive_key, key_id, open, peek, seal};
use takar_sync::verdict::{Outcome, Verdict, Why};
use takar_sync::wire::{Cursor, Delta, Entry, Page, Pull, Push, PushAnswer, Receipt};
use takar_sync::written::Written;
use takar_sync::{chain, office};
use uuid::Uuid;

const SECRET: &[u8] = b"a secret of the office";

fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

fn operation() -> Operation {
    let device = DeviceId(Uuid::from_u128(2));
    let figure = Subject::Figure { indicator: record(3), period: Period::quarter(2026, 3), unit: None };
    let change = Change {
        group: "value".into(),
        seen: vec![OpId(Uuid::from_u128(8))],
        value: json!({"state": "value", "number": "98.5", "order": 3, "list": [true, null, -1]}),
    };
    let judged = Judged { record: record(3), group: "value".into(), heads: vec![OpId(Uuid::from_u128(8))] };
    Operation {
        id: OpId(Uuid::from_u128(7)),
        office: record(1),
        device,
        author: record(4),
        number: 12,
        acted_for: Some(record(5)),
        source: Source::Paper,
        schema: SCHEMA,
        made: Made { wall: -5, anchor: Some(Anchor { office: 9, since: 3, boot: Uuid::from_u128(6) }) },
        reason: Some("hitung ulang".into()),
        names: None,
        parts: vec![Part {
            subject: figure,
            action: Action::Accept,
            changes: vec![change],
            judged: vec![judged],
        }],
    }
}

fn sealed() -> Envelope {
    let operation = operation();
    let id = key_id(operation.author, operation.device);
    seal(&operation, &derive_key(SECRET, &id), &id)
}

fn verdict() -> Verdict {
    let now = vec![Judged { record: record(3), group: "nagari/koto".into(), heads: vec![] }];
    let issues = vec![Issue::hard("number.ambiguous", "value.number").with("text", "1.234")];
    let parts = vec![
        Outcome::Applied,
        Outcome::Conflict { now },
        Outcome::Late { parent: record(4) },
        Outcome::Held { why: Why::RightsChanged },
        Outcome::Rejected { issues },
    ];
    Verdict { parts, needs: Vec::new() }
}

fn entry() -> Entry {
    let envelope = sealed();
    let digest = chain::digest(&envelope);
    let verdict = Written::from(verdict());
    let hash = chain::next_hash(&[0; 32], 1, &digest, 77, verdict.bytes());
    Entry { seq: 1, op: operation().id, envelope: Some(envelope), digest, at: 77, verdict, hash }
}

/// In CBOR and in JSON the same value comes back.
fn round<T>(value: &T)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(&from_cbor::<T>(&to_cbor(value)).unwrap(), value);
    assert_eq!(&serde_json::from_str::<T>(&serde_json::to_string(value).unwrap()).unwrap(), value);
}

#[test]
fn every_body_comes_back_from_cbor_and_from_json() {
    let cursor = Cursor { office: record(1), seq: 3, hash: vec![1; 32] };
    let device = DeviceId(Uuid::from_u128(2));
    let page = Delta::Page(Page { from: 0, entries: vec![entry()], newest: 1, now: 5 });
    let receipt = Receipt { op: operation().id, seq: Some(1), verdict: verdict() };
    round(&operation());
    round(&Push {
        device,
        envelopes: vec![sealed()],
        cursors: vec![cursor.clone()],
        depth: 2,
        room: Some(9),
    });
    round(&Pull { device, cursors: vec![cursor], depth: 0, snapshot: false, room: None });
    round(&PushAnswer { receipts: vec![receipt], delta: page });
    round(&Delta::Withheld { now: 3 });
    round(&Delta::Snapshot { sha256: "00ff".into(), size: 5, seq: 3, newest: 4, now: 1 });
    round(&Delta::Diverged { common: 1, newest: 2, now: 3 });
}

/// The operation as newer software would write it.
fn newer(change: impl FnOnce(&mut Vec<(Cbor, Cbor)>)) -> Vec<u8> {
    let mut value: Cbor = from_cbor(&to_cbor(&operation())).unwrap();
    change(value.as_map_mut().unwrap());
    to_cbor(&value)
}

/// The part of an operation in CBOR.
fn part(fields: &mut [(Cbor, Cbor)]) -> &mut Vec<(Cbor, Cbor)> {
    let (_, parts) = fields.iter_mut().find(|(key, _)| key.as_text() == Some("parts")).unwrap();
    parts.as_array_mut().unwrap()[0].as_map_mut().unwrap()
}

#[test]
fn fields_of_newer_software_are_ignored() {
    let body = newer(|fields| {
        part(fields).push((Cbor::from("weight"), Cbor::Array(vec![Cbor::from(3)])));
        fields.insert(0, (Cbor::from("colour"), Cbor::Map(vec![(Cbor::from(1), Cbor::Null)])));
    });
    assert_eq!(from_cbor::<Operation>(&body).unwrap(), operation());
}

#[test]
fn kinds_of_newer_software_are_unreadable_but_keep_their_id() {
    let body = newer(|fields| {
        let (_, subject) = part(fields).iter_mut().find(|(k, _)| k.as_text() == Some("subject")).unwrap();
        *subject = Cbor::Map(vec![(Cbor::from("kind"), Cbor::from("meeting"))]);
    });
    let envelope = Envelope { body, ..sealed() };
    assert!(open(&envelope).is_err());
    assert_eq!(peek(&envelope), Some(operation().id));
    assert_eq!(office::unreadable(&envelope).op, operation().id);
}

/// An envelope and a log entry as version 0.1 wrote them.
const GOLDEN: [&str; 2] = [include_str!("golden/envelope-0.1.hex"), include_str!("golden/entry-0.1.hex")];

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}

#[test]
fn what_released_versions_stored_is_still_read_and_still_proved() {
    let envelope: Envelope = from_cbor(&bytes(GOLDEN[0])).unwrap();
    let read = open(&envelope).unwrap();
    assert_eq!(read, operation());
    assert!(authentic(&envelope, &read, SECRET));
    let stored: Entry = from_cbor(&bytes(GOLDEN[1])).unwrap();
    assert_eq!(stored, entry());
    assert!(chain::verify(&chain::origin(record(1)), &[stored]).is_some());
}

#[test]
fn only_the_authors_key_on_that_device_proves_the_author() {
    let envelope = sealed();
    let operation = open(&envelope).unwrap();
    assert!(authentic(&envelope, &operation, SECRET));
    assert!(!authentic(&envelope, &operation, b"another secret"));

    let other = key_id(record(99), operation.device);
    let borrowed = seal(&operation, &derive_key(SECRET, &other), &other);
    assert!(!authentic(&borrowed, &operation, SECRET), "another person's key");

    let mut changed = envelope.clone();
    *changed.body.last_mut().unwrap() ^= 1;
    assert!(!authentic(&changed, &operation, SECRET), "one bit of the body");

    let renamed = Envelope { key: other, ..envelope };
    assert!(!authentic(&renamed, &operation, SECRET), "another key's name");
}

#[test]
fn the_chain_notices_every_change() {
    let origin = chain::origin(record(1));
    let good = entry();
    assert!(chain::verify(&origin, std::slice::from_ref(&good)).is_some());
    let broken: [fn(&mut Entry); 5] = [
        |e| e.seq = 2,
        |e| e.at += 1,
        |e| e.verdict = Written::from(Verdict { parts: vec![Outcome::Applied], ..verdict() }),
        |e| e.hash[0] ^= 1,
        |e| e.envelope.as_mut().unwrap().body[3] ^= 1,
    ];
    for change in broken {
        let mut entry = good.clone();
        change(&mut entry);
        assert!(chain::verify(&origin, &[entry]).is_none());
    }
    let outside = Entry { envelope: None, ..good };
    assert!(chain::verify(&origin, &[outside]).is_some(), "outside the audience the digest is enough");
}

/// The bytes of a verdict as newer software would write them.
fn newer_verdict(change: impl FnOnce(&mut Vec<(Cbor, Cbor)>)) -> Written {
    let mut value: Cbor = from_cbor(&to_cbor(&verdict())).unwrap();
    change(value.as_map_mut().unwrap());
    Written::read(to_cbor(&value))
}

#[test]
fn what_newer_software_adds_to_a_verdict_does_not_break_the_chain() {
    let colour = newer_verdict(|fields| fields.push((Cbor::from("colour"), Cbor::from("merah"))));
    let outcome = newer_verdict(|fields| {
        let postponed = Cbor::Map(vec![(Cbor::from("outcome"), Cbor::from("postponed"))]);
        fields[0].1 = Cbor::Array(vec![postponed]);
    });
    assert_eq!(*colour, verdict(), "what is known of it is read");
    assert!(outcome.parts.is_empty() && !outcome.is_applied(), "an unknown outcome is none");
    for verdict in [colour, outcome] {
        let hash = chain::next_hash(&[0; 32], 1, &entry().digest, 77, verdict.bytes());
        let newer = Entry { verdict, hash, ..entry() };
        // Over the wire, into this device's log and out of it again.
        let stored: Entry = from_cbor(&to_cbor(&newer)).unwrap();
        let again: Entry = from_cbor(&to_cbor(&stored)).unwrap();
        assert!(chain::verify(&chain::origin(record(1)), &[again]).is_some());
        round(&newer);
    }
}

#[test]
fn the_same_id_with_other_bytes_is_refused_and_the_first_stays() {
    let stored = entry();
    let again = office::duplicate(&stored, &sealed());
    assert_eq!((again.seq, &again.verdict), (Some(1), &*stored.verdict));
    let other = Operation { reason: None, ..operation() };
    let id = key_id(other.author, other.device);
    let refused = office::duplicate(&stored, &seal(&other, &derive_key(SECRET, &id), &id));
    assert_eq!(refused.seq, None);
    assert!(matches!(refused.verdict.parts[..], [Outcome::Rejected { .. }]));
}

#[test]
fn a_bomb_of_nested_arrays_is_only_unreadable() {
    let envelope = Envelope { key: String::new(), body: vec![0x81; 500_000], mac: Vec::new() };
    assert!(open(&envelope).is_err());
    let long = Envelope { body: vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], ..envelope };
    assert!(open(&long).is_err());
}

proptest! {
    #[test]
    fn random_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..300), key in ".*") {
        let envelope = Envelope { key, body, mac: Vec::new() };
        let _ = (open(&envelope), peek(&envelope), office::unreadable(&envelope));
        if let Ok(operation) = open(&envelope) {
            prop_assert!(!authentic(&envelope, &operation, SECRET));
        }
    }

    #[test]
    fn damaged_operations_never_panic_and_prove_nothing(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut envelope = sealed();
        let at = at.index(envelope.body.len());
        envelope.body[at] ^= 1 << bit;
        if let Ok(operation) = open(&envelope) {
            prop_assert!(!authentic(&envelope, &operation, SECRET));
        }
    }

    #[test]
    fn bytes_come_back_in_text_and_binary(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let envelope = Envelope { key: "k".into(), body: bytes.clone(), mac: bytes };
        round(&envelope);
    }
}
