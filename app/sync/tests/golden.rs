//! What devices of released versions hold is still read, sent and taken: the
//! fixtures are written by `examples/golden.rs`, once per release.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::Deserialize;
use takar_domain::config::Zone;
use takar_sync::client::{Call, Client, Effect, Event, Now, Table, Trigger};
use takar_sync::codec::{bytes, from_cbor};
use takar_sync::office::{Incoming, commit};
use takar_sync::operation::{Envelope, Operation};
use takar_sync::parcel::{Header, Item, Unpack, file_key, nonce};
use takar_sync::replay::Replay;
use takar_sync::seal;
use takar_sync::sim::Store;
use takar_sync::verdict::Outcome;
use takar_sync::wire::{Entry, Push};
use uuid::Uuid;

#[derive(Deserialize)]
struct Row {
    table: String,
    key: String,
    #[serde(with = "bytes")]
    value: Vec<u8>,
}

#[derive(Deserialize)]
struct Secret(#[serde(with = "bytes")] Vec<u8>);

/// The folder of every release.
fn releases() -> Vec<PathBuf> {
    let golden = Path::new("tests/golden");
    let folders = std::fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    assert!(!found.is_empty());
    found
}

fn read(path: &Path) -> Vec<u8> {
    let hex = std::fs::read_to_string(path).unwrap();
    let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}

fn secret(release: &Path) -> Vec<u8> {
    from_cbor::<Secret>(&read(&release.join("secret.hex"))).unwrap().0
}

/// A device of a released version, opened by this software.
struct Device {
    store: Store,
    client: Client,
    pushed: Option<Push>,
    now: u64,
}

impl Device {
    fn open(file: &Path) -> Self {
        let rows: Vec<Row> = from_cbor(&read(file)).unwrap();
        let mut store = Store::default();
        for Row { table, key, value } in rows {
            let table = Table::ALL.into_iter().find(|t| t.name() == table).unwrap();
            store.rows.insert((table, key), value);
        }
        let stored = store.stored();
        let mut device = Self { store, client: Client::new(), pushed: None, now: 0 };
        device.hear(Event::Loaded(stored));
        device.hear(Event::Leader(true));
        device.hear(Event::Wake(Trigger::Start));
        device
    }

    fn hear(&mut self, event: Event) {
        self.now += 1;
        let now = Now { wall_ms: 1_800_000_000_000, mono_ms: self.now, boot: Uuid::from_u128(1) };
        for effect in self.client.handle(now, self.now, event) {
            match effect {
                Effect::Commit(txn) => {
                    assert!(self.store.run(&txn).unwrap());
                    self.hear(Event::Committed { txn: txn.id });
                }
                Effect::Send { call: Call::Push(push), .. } => self.pushed = Some(push),
                _ => {}
            }
        }
    }

    fn work(&self) -> Vec<Operation> {
        self.client.outbox().map(|o| o.operation.clone().unwrap()).collect()
    }

    /// The office as this device's own log has it.
    fn office(&self, secret: &[u8]) -> Replay {
        let log = self.store.rows.iter().filter(|((table, _), _)| *table == Table::Log);
        let mut replay = Replay::new(self.client.cursor().unwrap().office);
        for (_, value) in log {
            let step = replay.step(&from_cbor::<Entry>(value).unwrap(), secret).unwrap();
            assert!(step.authentic && step.agrees, "{:?}", step.operation);
        }
        replay
    }
}

/// What each operation changes, in words.
fn said(work: &[Operation]) -> Vec<String> {
    let change = |o: &Operation| {
        let change = &o.parts[0].changes[0];
        format!("{} {} {}", o.number, change.group, change.value)
    };
    work.iter().map(change).collect()
}

fn outcomes(replay: &Replay, envelopes: &[Envelope], secret: &[u8]) -> Vec<Vec<Outcome>> {
    let incoming = envelopes.iter().map(|envelope| {
        let op = seal::open(envelope).unwrap();
        let authentic = seal::authentic(envelope, &op, secret);
        Incoming { envelope: envelope.clone(), op, authentic, by_office: false, lacks: Vec::new() }
    });
    let incoming: Vec<_> = incoming.collect();
    let records: BTreeMap<_, _> = replay.records().clone();
    let at = replay.at() + 1;
    let batch = commit(replay.config(), &records, replay.tip(), &incoming, at, Zone::default());
    batch.entries.iter().map(|entry| entry.verdict.parts.clone()).collect()
}

#[test]
fn what_a_released_version_left_unsent_is_read_sent_and_taken() {
    for release in releases() {
        let secret = secret(&release);
        for version in [1, 2] {
            let device = Device::open(&release.join(format!("store-{version}.hex")));
            let work = device.work();
            let lines = said(&work);
            assert_eq!(lines.len(), 4, "{lines:#?}");
            assert!(lines[0].ends_with(r#"{"number":"12","state":"value"}"#), "{lines:#?}");
            assert!(
                lines[1].contains(r#""event_date":"2026-09-30""#) && lines[1].contains(r#""13""#),
                "{lines:#?}"
            );
            assert!(lines[2].ends_with(r#"nagari/koto {"done":false,"note":"banjir"}"#), "{lines:#?}");
            assert!(lines[3].ends_with(r#"obstacle "jalan putus""#), "{lines:#?}");
            assert_eq!(work[3].reason.as_deref(), Some("lewat telepon"));
            assert_eq!(device.client.uploads().len(), version - 1, "evidence of version {version}");
            let pushed = device.pushed.clone().unwrap();
            assert_eq!(pushed.envelopes, device.client.unsent(), "byte for byte");
            let office = device.office(&secret);
            assert_eq!(outcomes(&office, &pushed.envelopes, &secret), vec![vec![Outcome::Applied]; 4]);
        }
    }
}

#[test]
fn what_a_released_version_pushes_and_exports_is_still_taken() {
    for release in releases() {
        let secret = secret(&release);
        let device = Device::open(&release.join("store-2.hex"));
        let push: Push = from_cbor(&read(&release.join("push.hex"))).unwrap();
        assert_eq!(push.envelopes, device.client.unsent());
        assert_eq!(
            outcomes(&device.office(&secret), &push.envelopes, &secret),
            vec![vec![Outcome::Applied]; 4]
        );
        let items = unpacked(&read(&release.join("outbox.hex")), &secret);
        let [Item::Work(work), Item::File { sha256, bytes, whole: true }] = &items[..] else {
            panic!("{items:?}")
        };
        assert_eq!(*work, push.envelopes);
        assert_eq!(*sha256, device.client.uploads()[0].sha256);
        assert!(bytes.starts_with(b"%PDF"));
    }
}

fn unpacked(file: &[u8], secret: &[u8]) -> Vec<Item> {
    let (header, len) = Header::read(file).unwrap();
    let (head, mut rest) = file.split_at(len);
    let key = file_key(&seal::derive_key(secret, &header.key), head);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
    let (mut unpack, mut place, mut items) = (Unpack::default(), 0, Vec::new());
    while let Some((length, more)) = rest.split_first_chunk::<4>() {
        let (section, more) = more.split_at(u32::from_be_bytes(*length) as usize);
        let mut section = section.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce(place, more.is_empty()));
        let plain = key.open_in_place(nonce, Aad::empty(), &mut section).unwrap();
        items.extend(unpack.take(plain).unwrap());
        (place, rest) = (place + 1, more);
    }
    unpack.end().unwrap();
    items
}
