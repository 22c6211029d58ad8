//! A thousand seeded runs of the simulator against one or two real servers on one
//! database: the result must be the simulated office's, operation for operation.
//!
//! Not replayed, with what has it instead: a restored backup (`restored`), a push of
//! which a crash kept the first commit only (`crash` kills the real program), the
//! snapshot of a first load (`first_load`), an answer to a push without a page because
//! the office is busy (`lean`), and pages that end before the log does (`first_load`: the
//! server cuts at a commit's end and at a size, the simulated office at a count). All
//! runs have three devices of two tabs. Sessions end on the simulated way only: the
//! server is never asked with one that ended (journey 5).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use takar_domain::record::DeviceId;
use takar_server::http::Site;
use takar_server::service::audit::audit_store;
use takar_server::service::clock::now_ms;
use takar_server::service::reading::Asks;
use takar_server::service::secret::{token, token_digest};
use takar_server::store::Store;
use takar_server::store::mishap::Mishap;
use takar_server::store::session::Session;
use takar_sync::client::{Answer, Call, Failure};
use takar_sync::sim::{self, Arrival, Ask, Plan, Reply, Setup, Trouble, paper};
use takar_sync::wire::Delta;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::app::{Browser, TestApp, run};
use crate::tab::{exchange, stands};
use crate::tus::tus;

/// Real servers in the place of the simulated office.
struct RealOffice {
    setup: Setup,
    store: Store,
    apps: Vec<TestApp>,
    /// A session for each device.
    sessions: BTreeMap<DeviceId, reqwest::Client>,
    /// The first thing that was wrong on the server's side.
    broken: Option<String>,
}

impl RealOffice {
    async fn found(setup: &Setup, instances: usize) -> Self {
        let store = Store::open("mem://").await.unwrap();
        store.put_secret(setup.office, setup.secret.clone()).await.unwrap();
        store.open_office(setup.office, None).await.unwrap();
        let (setup, sessions) = (setup.clone(), BTreeMap::new());
        let mut office = Self { setup, store, apps: Vec::new(), sessions, broken: None };
        let first = TestApp::on(office.store.apart(), Site::None, false).await;
        let receipts = first.front.office().await.unwrap().receive(vec![office.setup.founding()]).await;
        assert_eq!(receipts.unwrap()[0].seq, Some(1));
        office.apps.push(first);
        // What is founded elsewhere is not known before the next look around.
        for _ in 1..instances {
            let app = office.apps[0].beside().await;
            office.apps.push(app);
        }
        office
    }

    /// The browser of the device that asks, at one of the servers.
    async fn browser(&mut self, arrival: Arrival<'_>) -> Browser {
        let device = match arrival.call {
            Call::Push(push) => push.device,
            Call::Pull(pull) => pull.device,
            Call::Range { .. } | Call::Unpack(_) | Call::Offer { .. } | Call::Part { .. } => {
                DeviceId(Uuid::nil())
            }
        };
        let url = self.apps[arrival.instance].url.clone();
        if let Some(http) = self.sessions.get(&device) {
            return Browser { http: http.clone(), url };
        }
        let secret = token().unwrap();
        let persons = vec![self.setup.admin];
        let session = Session { office: self.setup.office, device, persons, used: now_ms() };
        self.store.put_session(&token_digest(&secret), &session).await.unwrap();
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("cookie", format!("takar_session={secret}").parse().unwrap());
        let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
        self.sessions.insert(device, http.clone());
        Browser { http, url }
    }

    async fn answer(&mut self, ask: Ask<'_>) -> Reply {
        match ask {
            Ask::Call(arrival) => self.arrive(arrival).await,
            Ask::Race(first, second) => self.race(first, second).await,
            Ask::LastNumber { device, person } => {
                let office = self.apps[0].front.office().await.unwrap();
                Reply::Number(office.last_number(person, device).await.unwrap())
            }
            Ask::Reported { device } => {
                let known = self.store.device(self.setup.office, device).await.unwrap();
                Reply::Number(known.map_or(0, |d| u64::try_from(d.depth).unwrap()))
            }
            Ask::BackUp => Reply::Done,
            Ask::Restore => Reply::Nothing,
        }
    }

    async fn arrive(&mut self, arrival: Arrival<'_>) -> Reply {
        let browser = self.browser(arrival).await;
        let mishaps = self.apps[arrival.instance].store.mishaps.clone();
        match arrival.trouble {
            Some(Trouble::Stale) => mishaps.plant(Some(Mishap::Stale)),
            Some(Trouble::Ambiguous) => mishaps.plant(Some(Mishap::Ambiguous)),
            Some(Trouble::Crash { .. }) | None => {}
        }
        if arrival.trouble != Some(Trouble::CRASH_BEFORE) {
            let reply = reply(send(&browser, arrival.call).await);
            mishaps.plant(None);
            if arrival.trouble != Some(Trouble::CRASH_AFTER) {
                return reply;
            }
        }
        self.apps[arrival.instance] = self.apps[arrival.instance].beside().await;
        Reply::Failure(Failure::Offline)
    }

    /// The first stands between reading and committing until the second is answered.
    async fn race(&mut self, first: Arrival<'_>, second: Arrival<'_>) -> Reply {
        let (browser, theirs) = (self.browser(first).await, self.browser(second).await);
        let (reached, mut reaches) = oneshot::channel();
        let (go, go_on) = oneshot::channel();
        let mishaps = self.apps[first.instance].store.mishaps.clone();
        mishaps.plant(Some(Mishap::Hold { reached, go_on }));
        let call = first.call.clone();
        let mut ours = tokio::spawn(async move { exchange(&browser, &call).await });
        // It has nothing to commit if it ends before it gets there.
        let early = tokio::select! {
            _ = &mut reaches => None,
            ended = &mut ours => Some(ended.unwrap()),
        };
        mishaps.plant(None);
        if early.is_none() {
            self.look_around(first.instance).await;
        }
        let second = exchange(&theirs, second.call).await;
        let _ = go.send(());
        let first = match early {
            Some(ended) => ended,
            None => ours.await.unwrap(),
        };
        Reply::Both(Box::new([reply(first), reply(second)]))
    }
}

impl RealOffice {
    /// A commit stands before its end: nobody is told of it yet.
    async fn look_around(&mut self, instance: usize) {
        let tip = self.store.tip(self.setup.office).await.unwrap().cursor;
        let front = &self.apps[instance].front;
        let asks = Asks { cursors: std::slice::from_ref(&tip), ..Asks::default() };
        let told = front.office().await.unwrap().delta(&asks).await.unwrap();
        let newest = match told {
            Delta::Page(page) => page.newest,
            other => return self.broken = Some(format!("no page from {tip:?}: {other:?}")),
        };
        if newest != tip.seq {
            self.broken = Some(format!("{newest} is announced while the log ends at {}", tip.seq));
        }
    }
}

/// One request as the app makes it.
async fn send(browser: &Browser, call: &Call) -> Result<Answer, Failure> {
    let request = match call {
        Call::Offer { sha256, size } => {
            let name = format!("sha256 {}", STANDARD.encode(sha256));
            tus(browser, Method::POST, "").header("upload-metadata", name).header("upload-length", *size)
        }
        Call::Part { sha256, from, to } => {
            let place = usize::try_from(*from).unwrap()..usize::try_from(*to).unwrap();
            let request = tus(browser, Method::PATCH, &format!("/{sha256}")).header("upload-offset", *from);
            let request = request.header("content-type", "application/offset+octet-stream");
            request.header("x-takar-repeats", "1").body(&paper(sha256).unwrap()[place])
        }
        other => return exchange(browser, other).await,
    };
    stands(request.send().await.map_err(|_| Failure::Offline)?).await
}

fn reply(result: Result<Answer, Failure>) -> Reply {
    result.map_or_else(Reply::Failure, Reply::Answer)
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
    let instances = if seed.is_multiple_of(3) { 1 } else { 2 };
    let plan = Plan { instances, ..Plan::replayable() };
    let expected = sim::run(seed, &plan, &mut sim::simulated(&plan))?;
    let setup = Setup::new(plan.devices);
    let handle = tokio::runtime::Handle::current();
    let mut office = handle.block_on(RealOffice::found(&setup, instances));
    let found = sim::run(seed, &plan, &mut |ask| handle.block_on(office.answer(ask)))?;
    if let Some(why) = office.broken {
        return Err(why);
    }
    // The whole chain, and the same story as in the simulated office.
    let log = handle.block_on(office.apps[0].log());
    let told: Vec<_> = log.iter().map(|e| (e.op, e.verdict.parts.clone())).collect();
    if told != found.verdicts {
        return Err("the server's log is not the devices' log".into());
    }
    // Read again from the beginning it says the same, and leaves the same states.
    let whole = handle.block_on(audit_store(&office.store, setup.office)).map_err(|e| e.to_string())?;
    if let Some(wrong) = whole.audit.disagreement {
        return Err(format!("read again, the log disagrees: {wrong:?}"));
    }
    if expected != found {
        return Err(format!("the simulation says {expected:?}\nthe server says {found:?}"));
    }
    Ok(())
}
