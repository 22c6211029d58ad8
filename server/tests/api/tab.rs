//! One tab of the app without a screen, talking to a real server.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use takar_domain::figure::{Entry, EntryState, VALUE};
use takar_domain::record::{OpId, RecordId, Source};
use takar_sync::client::{
    Account, Answer, Call, Client, Effect, Event, Failure, Now, SaveRequest, Table, Trigger,
};
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::operation::Part;
use takar_sync::sim::{self, START};
use takar_sync::wire::Receipt;
use uuid::Uuid;

use crate::app::{Browser, Worker};
use crate::office::{self, figure};
use crate::tus;

/// A request is given up after this time, as the app does it.
const LIMIT: Duration = Duration::from_secs(45);

/// One tab of the app without a screen: the engine, a database, a network.
pub struct Tab {
    pub client: Client,
    database: sim::Store,
    pub worker: Worker,
    pub online: bool,
    /// Requests, by what they asked.
    pub asked: Vec<&'static str>,
    /// Operations that were told to be saved.
    pub saved: BTreeSet<OpId>,
    /// What the office acknowledged; a second receipt must equal the first.
    pub promised: Arc<Mutex<BTreeMap<OpId, Receipt>>>,
    boot: Uuid,
    saves: u64,
}

impl Tab {
    pub async fn open(worker: Worker) -> Self {
        let account = account(&worker);
        let person = account.person;
        let mut tab = Self {
            client: Client::new(),
            database: sim::Store::default(),
            worker,
            online: true,
            asked: Vec::new(),
            saved: BTreeSet::new(),
            promised: Arc::default(),
            boot: Uuid::now_v7(),
            saves: 0,
        };
        let stored = tab.database.stored();
        tab.hear(Event::Loaded(stored)).await;
        tab.hear(Event::Leader(true)).await;
        tab.hear(Event::SignedIn(account)).await;
        tab.hear(Event::Use(person)).await;
        tab.wake(Trigger::Start).await;
        tab
    }

    /// The same person signs in again on the same device, at a server elsewhere.
    pub async fn sign_in_again(&mut self, worker: Worker) {
        self.worker = worker;
        self.hear(Event::SignedIn(account(&self.worker))).await;
    }

    pub async fn wake(&mut self, trigger: Trigger) {
        self.hear(Event::Wake(trigger)).await;
    }

    /// Lets an event and all that follows from it happen.
    async fn hear(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let wall_ms = takar_server::service::clock::now_ms();
            let now = Now { wall_ms, mono_ms: u64::try_from(wall_ms - START).unwrap_or(0), boot: self.boot };
            let random = u64::try_from(Uuid::now_v7().as_u128() & u128::from(u64::MAX)).unwrap();
            for effect in self.client.handle(now, random, event) {
                match effect {
                    Effect::Commit(txn) => events.push_back(match self.database.run(&txn).unwrap() {
                        true => Event::Committed { txn: txn.id },
                        false => Event::Stale { txn: txn.id, stored: self.database.stored() },
                    }),
                    Effect::Send { request, call } => {
                        self.asked.push(match call {
                            Call::Push(_) => "push",
                            Call::Pull(_) => "pull",
                            Call::Range { .. } => "range",
                            Call::Unpack(_) => "unpack",
                            Call::Offer { .. } => "offer",
                            Call::Part { .. } => "part",
                        });
                        let result = self.send(&call).await;
                        events.push_back(Event::Answer { request, result });
                    }
                    Effect::SaveDone { result, .. } => {
                        self.saved.insert(result.unwrap());
                    }
                    Effect::Schedule { .. } | Effect::Changed(_) => {}
                }
            }
        }
    }

    async fn send(&self, call: &Call) -> Result<Answer, Failure> {
        if !self.online {
            return Err(Failure::Offline);
        }
        let answer = match call {
            Call::Offer { sha256, size } => stands(tus::offer(&self.worker, sha256, *size).await).await,
            Call::Part { sha256, from, to } => {
                let file = &self.database.rows[&(Table::Files, sha256.clone())];
                let part = &file[usize::try_from(*from).unwrap()..usize::try_from(*to).unwrap()];
                stands(tus::patch(&self.worker, sha256, *from, part).await).await
            }
            other => {
                let exchange = exchange(&self.worker.browser, other);
                tokio::time::timeout(LIMIT, exchange).await.unwrap_or(Err(Failure::Offline))
            }
        }?;
        if let Answer::Push(answer) = &answer {
            for receipt in &answer.receipts {
                let first = self.promised.lock().unwrap().insert(receipt.op, receipt.clone());
                assert!(first.is_none_or(|first| first == *receipt), "a repeat differs from {receipt:?}");
            }
        }
        Ok(answer)
    }

    /// Sends until nothing waits.
    pub async fn settle(&mut self) {
        let started = Instant::now();
        while self.client.outbox().count() > 0 {
            assert!(started.elapsed() < Duration::from_secs(60), "{:?}", self.client.status());
            self.wake(Trigger::Manual).await;
        }
    }

    /// Picks a file and saves a number with it.
    pub async fn attach(&mut self, indicator: RecordId, bytes: &[u8], sha256: &str) {
        self.database.rows.insert((Table::Files, sha256.to_owned()), bytes.to_vec());
        let part = tus::proven(indicator, self.worker.person(), 5, sha256, bytes.len());
        self.save_parts(vec![part]).await;
    }

    /// How many files are kept here.
    pub fn files(&self) -> usize {
        self.database.table(Table::Files).len()
    }

    pub async fn save(&mut self, indicator: RecordId, number: i64) {
        let entry = Entry { state: EntryState::Value, number: Some(number.into()), ..Entry::default() };
        self.save_parts(vec![office::edit(figure(indicator), VALUE, Vec::new(), &entry)]).await;
    }

    pub async fn save_parts(&mut self, parts: Vec<Part>) {
        self.saves += 1;
        let request = SaveRequest {
            save: self.saves,
            parts,
            source: Source::Own,
            acted_for: None,
            reason: None,
            names: None,
            drop_drafts: Vec::new(),
        };
        self.hear(Event::Save(request)).await;
    }

    pub fn numbers(&self, indicator: RecordId) -> Vec<i64> {
        let record = self.client.record(figure(indicator).record());
        let heads = record.and_then(|r| r.groups.get(VALUE).map(|g| g.heads.clone())).unwrap_or_default();
        heads.iter().map(|h| h.value["number"].as_str().unwrap().parse().unwrap()).collect()
    }
}

/// One request of the engine over HTTP.
pub async fn exchange(browser: &Browser, call: &Call) -> Result<Answer, Failure> {
    let (path, body) = match call {
        Call::Push(push) => ("/api/v1/push", to_cbor(push)),
        Call::Pull(pull) => ("/api/v1/pull", to_cbor(pull)),
        Call::Range { sha256, from, to } => return range(browser, sha256, *from, *to).await,
        Call::Offer { .. } | Call::Part { .. } => panic!("only a tab has files"),
        Call::Unpack(bytes) => {
            let mut plain = Vec::new();
            GzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
            return Ok(Answer::Unpacked(plain));
        }
    };
    let request = browser.post(path).header("content-type", "application/cbor").body(body);
    let answer = request.send().await.map_err(|_| Failure::Offline)?;
    match answer.status().as_u16() {
        200 => {}
        401 => return Err(Failure::SignIn),
        403 => return Err(Failure::Refused { code: "permission.denied".into() }),
        503 => return Err(Failure::Busy { retry_after_ms: None }),
        507 => return Err(Failure::Full { retry_after_ms: None }),
        status => return Err(Failure::Refused { code: status.to_string() }),
    }
    let bytes = answer.bytes().await.map_err(|_| Failure::Offline)?;
    Ok(match call {
        Call::Push(_) => Answer::Push(from_cbor(&bytes).unwrap()),
        _ => Answer::Pull(from_cbor(&bytes).unwrap()),
    })
}

/// How far an upload came.
pub async fn stands(answer: reqwest::Response) -> Result<Answer, Failure> {
    match answer.status().as_u16() {
        200..300 => Ok(Answer::Stands(tus::offset(&answer))),
        401 => Err(Failure::SignIn),
        413 => Err(Failure::TooLarge),
        429 | 500.. => Err(Failure::Busy { retry_after_ms: None }),
        _ => {
            let problem: serde_json::Value = answer.json().await.unwrap();
            Err(Failure::Refused { code: problem["code"].as_str().unwrap().to_owned() })
        }
    }
}

async fn range(browser: &Browser, sha256: &str, from: u64, to: u64) -> Result<Answer, Failure> {
    let request = browser.get(&format!("/api/v1/snapshot/{sha256}"));
    let answer = request.header("range", format!("bytes={from}-{}", to - 1)).send().await;
    let answer = answer.map_err(|_| Failure::Offline)?;
    match answer.status().as_u16() {
        206 => Ok(Answer::Range(answer.bytes().await.map_err(|_| Failure::Offline)?.to_vec())),
        status => Err(Failure::Refused { code: status.to_string() }),
    }
}

fn account(worker: &Worker) -> Account {
    let account = &worker.account;
    Account {
        person: account.person,
        name: account.name.clone(),
        device: account.device,
        office: account.office,
        key_id: account.key_id.clone(),
        key: takar_sync::seal::Key(account.key.clone()),
        last_number: account.last_number,
        time: account.time,
    }
}
