//! A shift: devices that save and send until they are told to stop, and what
//! must be true of a log that they wrote, whatever happened to its server.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use takar_domain::record::{OpId, RecordId, Subject};
use takar_sync::client::Trigger;
use takar_sync::sim::Random;
use takar_sync::wire::{Entry, Receipt};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::app::Browser;
use crate::office::main;
use crate::tab::Tab;

/// Saved on a device before it waits for the server to take something.
const PATIENCE: usize = 20;
/// Entries whose operations are sent again.
const REPEATS: u64 = 10;

pub type Receipts = BTreeMap<OpId, Receipt>;

/// A number from the environment.
pub fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// The seed of this run: the one given, or a new one. It is printed.
pub fn seed() -> u64 {
    let now = u64::try_from(takar_server::service::clock::now_ms()).unwrap();
    let seed = given("TAKAR_SEED").unwrap_or(now);
    println!("TAKAR_SEED={seed}");
    seed
}

pub struct Shift {
    devices: Vec<JoinHandle<Tab>>,
    up: watch::Sender<bool>,
    done: watch::Sender<bool>,
    promised: Arc<Mutex<Receipts>>,
}

impl Shift {
    /// One device of the admin per address.
    pub async fn begin(urls: &[String], random: &mut Random) -> Self {
        let (up, done) = (watch::Sender::new(true), watch::Sender::new(false));
        let promised = Arc::<Mutex<Receipts>>::default();
        // Records that all of them change, beside those of their own.
        let shared: Vec<RecordId> = (0..4).map(|_| RecordId(Uuid::now_v7())).collect();
        let mut devices = Vec::new();
        for url in urls {
            let mut tab = Tab::open(Browser::at(url.clone()).sign_in("admin").await).await;
            tab.promised = Arc::clone(&promised);
            let random = Random::new(random.next());
            devices.push(tokio::spawn(work(tab, random, shared.clone(), up.subscribe(), done.subscribe())));
        }
        Self { devices, up, done, promised }
    }

    /// Whether the server is there.
    pub fn tell(&self, up: bool) {
        self.up.send_replace(up);
    }

    /// What was acknowledged since this was asked last.
    pub fn promised(&self) -> Receipts {
        std::mem::take(&mut *self.promised.lock().unwrap())
    }

    /// Lets everything arrive; gives every operation that was saved.
    pub async fn end(&mut self) -> BTreeSet<OpId> {
        self.done.send_replace(true);
        let mut saved = BTreeSet::new();
        for device in self.devices.drain(..) {
            let mut tab = device.await.unwrap();
            tab.settle().await;
            saved.append(&mut tab.saved);
        }
        saved
    }
}

async fn work(
    mut tab: Tab,
    mut random: Random,
    shared: Vec<RecordId>,
    mut up: watch::Receiver<bool>,
    done: watch::Receiver<bool>,
) -> Tab {
    while !*done.borrow() {
        if tab.client.outbox().count() > PATIENCE {
            let _ = up.wait_for(|up| *up).await;
        } else {
            for _ in 0..=random.below(4) {
                let place = usize::try_from(random.below(8)).unwrap();
                let id = shared.get(place).copied().unwrap_or_else(|| RecordId(Uuid::now_v7()));
                let code = format!("7.01.{:02}", random.below(100));
                let value = serde_json::json!({ "level": "program", "code": code, "title": "Program" });
                tab.save_parts(vec![main(Subject::Node { id }, &value)]).await;
            }
        }
        tab.wake(Trigger::Manual).await;
    }
    tab
}

/// Everything that was acknowledged is where it was said to be, as it was said.
pub fn compare(promised: &Receipts, log: &[Entry]) {
    for (op, receipt) in promised {
        let seq = usize::try_from(receipt.seq.expect("every operation has a place")).unwrap();
        let entry = log.get(seq - 1).unwrap_or_else(|| panic!("acknowledged and lost: {op:?} at {seq}"));
        assert_eq!(
            (entry.op, &*entry.verdict),
            (*op, &receipt.verdict),
            "acknowledged, and another at {seq}"
        );
    }
}

/// Operations of the log, sent again, get the answers that the log has.
pub async fn repeat(browser: &Browser, log: &[Entry], random: &mut Random) {
    let worker = browser.sign_in("admin").await;
    let chosen: Vec<&Entry> = (0..REPEATS).map(|_| random.pick(log).unwrap()).collect();
    let again = chosen.iter().map(|entry| entry.envelope.clone().unwrap()).collect();
    let receipts = worker.push(again).await.receipts;
    assert_eq!(receipts.len(), chosen.len());
    for (entry, receipt) in chosen.iter().zip(&receipts) {
        assert_eq!((Some(entry.seq), &*entry.verdict), (receipt.seq, &receipt.verdict), "a repeat differs");
    }
}

/// Everything that was saved is in the log, once, and nothing else but the founding.
pub fn account(saved: &BTreeSet<OpId>, log: &[Entry]) {
    let ids: BTreeSet<OpId> = log.iter().map(|entry| entry.op).collect();
    assert_eq!(ids.len(), log.len(), "an operation is there twice");
    let missing: Vec<_> = saved.difference(&ids).collect();
    assert!(missing.is_empty(), "saved and missing: {missing:?}");
    assert_eq!(ids.len(), saved.len() + 1, "the founding is the server's own");
}
