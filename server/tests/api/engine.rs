//! The app's own sync engine against this server: two people on two devices by
//! hand, then a thousand seeded runs with a bad network, whose result must be
//! the simulated office's, operation for operation.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use takar_domain::figure::{Entry, EntryState, VALUE};
use takar_domain::record::{DeviceId, RecordId, Source};
use takar_server::http::Site;
use takar_server::service::audit::audit_store;
use takar_server::service::secret::{token, token_digest};
use takar_server::store::Store;
use takar_server::store::session::Session;
use takar_sync::client::{
    Account, Answer, Call, Client, Effect, Event, Failure, Now, SaveRequest, State, Trigger,
};
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::sim::{self, Ask, Plan, Reply, START, Setup};
use uuid::Uuid;

use crate::app::{Browser, TestApp, Worker, run};
use crate::office::{self, figure};

/// One tab of the app without a screen: the engine, a database, a network.
pub struct Tab {
    pub client: Client,
    database: sim::Store,
    pub worker: Worker,
    pub online: bool,
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
                        let result = self.send(&call).await;
                        events.push_back(Event::Answer { request, result });
                    }
                    Effect::SaveDone { result, .. } => {
                        result.unwrap();
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
        exchange(&self.worker.browser, call).await
    }

    pub async fn save(&mut self, indicator: RecordId, number: i64) {
        let entry = Entry { state: EntryState::Value, number: Some(number.into()), ..Entry::default() };
        self.saves += 1;
        let request = SaveRequest {
            save: self.saves,
            parts: vec![office::edit(figure(indicator), VALUE, Vec::new(), &entry)],
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

async fn exchange(browser: &Browser, call: &Call) -> Result<Answer, Failure> {
    let (path, body) = match call {
        Call::Push(push) => ("/api/v1/push", to_cbor(push)),
        Call::Pull(pull) => ("/api/v1/pull", to_cbor(pull)),
    };
    let request = browser.post(path).header("content-type", "application/cbor").body(body);
    let answer = request.send().await.map_err(|_| Failure::Offline)?;
    match answer.status().as_u16() {
        200 => {}
        401 => return Err(Failure::SignIn),
        403 => return Err(Failure::Refused { code: "permission.denied".into() }),
        503 => return Err(Failure::Busy { retry_after_ms: None }),
        status => return Err(Failure::Refused { code: status.to_string() }),
    }
    let bytes = answer.bytes().await.map_err(|_| Failure::Offline)?;
    Ok(match call {
        Call::Push(_) => Answer::Push(from_cbor(&bytes).unwrap()),
        Call::Pull(_) => Answer::Pull(from_cbor(&bytes).unwrap()),
    })
}

#[test]
fn two_people_work_offline_and_meet() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let indicator = furniture.indicator;
        let mut phone = Tab::open(app.browser().sign_in("staf").await).await;
        let mut laptop = Tab::open(app.browser().sign_in("kasi").await).await;
        assert!(matches!(phone.client.status().state, State::UpToDate { .. }), "{:?}", phone.client.status());

        // Both fill the same figure without a connection; the phone mends its own.
        (phone.online, laptop.online) = (false, false);
        phone.save(indicator, 12).await;
        phone.save(indicator, 13).await;
        laptop.save(indicator, 15).await;
        assert_eq!((phone.numbers(indicator), laptop.numbers(indicator)), (vec![13], vec![15]));
        assert_eq!(phone.client.outbox().count(), 2);
        assert!(!matches!(phone.client.status().state, State::UpToDate { .. }));

        // The laptop arrives first, then the phone; then the laptop hears of it.
        laptop.online = true;
        laptop.wake(Trigger::Online).await;
        phone.online = true;
        phone.wake(Trigger::Online).await;
        laptop.wake(Trigger::Poke(app.log().await.len() as u64)).await;
        for tab in [&phone, &laptop] {
            assert_eq!(tab.numbers(indicator), [15, 13], "both stand, in order of arrival");
            assert!(matches!(tab.client.status().state, State::UpToDate { .. }), "{:?}", tab.client.status());
            assert_eq!(tab.client.outbox().count(), 0);
        }

        // The head of the unit decides; the choice reaches the phone.
        laptop.save(indicator, 15).await;
        laptop.wake(Trigger::Manual).await;
        phone.wake(Trigger::Manual).await;
        assert_eq!((phone.numbers(indicator), laptop.numbers(indicator)), (vec![15], vec![15]));
        assert_eq!(phone.client.cursor(), laptop.client.cursor());
    });
}

/// A real server in the place of the simulated office.
struct RealOffice {
    store: Store,
    app: Option<TestApp>,
    browser: Browser,
}

impl RealOffice {
    async fn found(setup: &Setup) -> Self {
        let store = Store::open("mem://").await.unwrap();
        store.put_secret(setup.office, setup.secret.clone()).await.unwrap();
        store.open_office(setup.office, None).await.unwrap();
        let secret = token().unwrap();
        let persons = vec![setup.admin];
        let device = DeviceId(Uuid::nil());
        let session =
            Session { office: setup.office, device, persons, used: takar_server::service::clock::now_ms() };
        store.put_session(&token_digest(&secret), &session).await.unwrap();
        let app = TestApp::on(store.clone(), Site::None, false).await;
        let receipts = app.front.office().await.unwrap().receive(vec![setup.founding()]).await.unwrap();
        assert_eq!(receipts[0].seq, Some(1));
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("cookie", format!("takar_session={secret}").parse().unwrap());
        let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
        let browser = Browser { http, url: app.url.clone() };
        Self { store, app: Some(app), browser }
    }

    async fn answer(&mut self, ask: Ask<'_>) -> Reply {
        match ask {
            Ask::Call { call, .. } => match exchange(&self.browser, call).await {
                Ok(answer) => Reply::Answer(answer),
                Err(failure) => Reply::Failure(failure),
            },
            Ask::LastNumber { device, person } => {
                let office = self.app.as_ref().unwrap().front.office().await.unwrap();
                Reply::Number(office.last_number(person, device).await.unwrap())
            }
            Ask::Restart => {
                self.app = None;
                let app = TestApp::on(self.store.clone(), Site::None, false).await;
                self.browser.url.clone_from(&app.url);
                self.app = Some(app);
                Reply::Done
            }
            Ask::BackUp => Reply::Done,
            Ask::Restore => Reply::Nothing,
        }
    }
}

#[test]
fn a_thousand_bad_days_end_as_the_simulation_says() {
    let one: Option<u64> = std::env::var("TAKAR_SEED").ok().and_then(|n| n.parse().ok());
    let count = std::env::var("TAKAR_TRACES").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let next = Arc::new(AtomicU64::new(one.unwrap_or(1)));
    let last = one.unwrap_or(count);
    let failure = Arc::new(Mutex::new(None::<String>));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    run(async move {
        let mut tasks = Vec::new();
        for _ in 0..threads {
            let (next, failure) = (Arc::clone(&next), Arc::clone(&failure));
            tasks.push(tokio::task::spawn_blocking(move || {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > last || failure.lock().unwrap().is_some() {
                        return;
                    }
                    if let Err(why) = replay(seed) {
                        *failure.lock().unwrap() = Some(format!("TAKAR_SEED={seed}: {why}"));
                    }
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        if let Some(why) = failure.lock().unwrap().take() {
            panic!("{why}");
        };
    });
}

fn replay(seed: u64) -> Result<(), String> {
    let plan = Plan::replayable();
    let expected = sim::run(seed, &plan, &mut sim::simulated(&plan))?;
    let setup = Setup::new(plan.devices);
    let handle = tokio::runtime::Handle::current();
    let mut office = handle.block_on(RealOffice::found(&setup));
    let found = sim::run(seed, &plan, &mut |ask| handle.block_on(office.answer(ask)))?;
    // The whole chain, and the same story as in the simulated office.
    let log = handle.block_on(office.app.as_ref().ok_or("no server")?.log());
    let told: Vec<_> = log.iter().map(|e| (e.op, e.verdict.parts.clone())).collect();
    if told != found.verdicts {
        return Err("the server's log is not the devices' log".into());
    }
    // Read again from the beginning it says the same, and leaves the same states.
    let whole = handle.block_on(audit_store(&office.store, setup.office)).map_err(|e| e.to_string())?;
    assert_eq!(whole.audit.disagreement, None);
    if expected != found {
        return Err(format!("the simulation says {expected:?}\nthe server says {found:?}"));
    }
    Ok(())
}
