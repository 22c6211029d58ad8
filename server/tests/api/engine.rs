//! The app's own sync engine against this server: two people on two devices by
//! hand, then a thousand seeded runs with a bad network, whose result must be
//! the simulated office's, operation for operation.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use takar_domain::record::DeviceId;
use takar_server::http::Site;
use takar_server::service::audit::audit_store;
use takar_server::service::secret::{token, token_digest};
use takar_server::store::Store;
use takar_server::store::session::Session;
use takar_sync::client::{State, Trigger};
use takar_sync::sim::{self, Ask, Plan, Reply, Setup};
use uuid::Uuid;

use crate::app::{Browser, TestApp, run};
use crate::office;
use crate::tab::{Tab, exchange};

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
