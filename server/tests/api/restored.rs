//! Devices meet an office that came from a backup: nothing that any of them
//! holds is lost, and nothing is there twice.

use std::collections::BTreeSet;

use takar_domain::record::OpId;
use takar_server::http::Site;
use takar_server::service::audit::audit_store;
use takar_server::service::backup::checked::Checked;
use takar_server::service::backup::manifest::Kind;
use takar_server::service::backup::restore::restore;
use takar_server::service::backup::{Made, make};
use takar_server::service::clock::now_ms;
use takar_server::store::Store;
use takar_sync::client::{State, Trigger};

use crate::app::{TestApp, run};
use crate::office;
use crate::program::Folder;
use crate::tab::Tab;

pub async fn back_up(app: &TestApp, into: &Folder) -> Made {
    make(&app.store, &app.files, &into.0, Kind::Manual, now_ms()).await.unwrap()
}

/// A new server on a new database, from a backup.
pub async fn restored(made: &Made) -> TestApp {
    let store = Store::open("mem://").await.unwrap();
    let app = TestApp::on(store.clone(), Site::None, false).await;
    restore(&Checked::read(&made.folder).unwrap(), &store, &app.files, now_ms()).await.unwrap();
    app
}

fn ops(log: &[takar_sync::wire::Entry]) -> Vec<OpId> {
    log.iter().map(|entry| entry.op).collect()
}

#[test]
fn devices_bring_back_what_came_after_the_backup() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let (indicator, other) = (furniture.indicator, furniture.other_indicator);
        let mut phone = Tab::open(app.browser().sign_in("staf").await).await;
        let mut laptop = Tab::open(app.browser().sign_in("kasi").await).await;
        let mut tablet = Tab::open(app.browser().sign_in("lain").await).await;
        phone.save(indicator, 11).await;
        phone.wake(Trigger::Manual).await;

        let folder = Folder::new("restored");
        let made = back_up(&app, &folder).await;
        let backed_up = app.log().await;

        // After the backup: the phone mends its number, the tablet fills another
        // one and is lost for good; only the laptop has heard of that.
        phone.save(indicator, 12).await;
        phone.wake(Trigger::Manual).await;
        tablet.save(other, 77).await;
        tablet.wake(Trigger::Manual).await;
        laptop.wake(Trigger::Poke(app.log().await.len() as u64)).await;
        assert_eq!((laptop.numbers(indicator), laptop.numbers(other)), (vec![12], vec![77]));
        drop(tablet);
        // The phone types once more without a signal.
        phone.online = false;
        phone.save(indicator, 13).await;
        assert_eq!(phone.client.outbox().count(), 1);
        let lost = app.log().await;
        assert_eq!(lost.len(), backed_up.len() + 2);
        drop(app);

        let app = restored(&made).await;
        assert_eq!(app.log().await, backed_up, "byte for byte, with every verdict");
        // Nobody is signed in any more; what the devices hold waits.
        phone.online = true;
        for tab in [&mut phone, &mut laptop] {
            tab.worker.browser.url.clone_from(&app.url);
            tab.wake(Trigger::Online).await;
        }
        assert!(phone.client.outbox().count() >= 1);
        assert_eq!(app.log().await.len(), backed_up.len());
        for (tab, username) in [(&mut laptop, "kasi"), (&mut phone, "staf")] {
            let device = tab.worker.account.device;
            let again = app.browser().sign_in_on(username, Some(device)).await;
            tab.sign_in_again(again).await;
            tab.wake(Trigger::Manual).await;
        }
        laptop.wake(Trigger::Poke(app.log().await.len() as u64)).await;

        let log = app.log().await;
        let (now, before): (BTreeSet<_>, BTreeSet<_>) =
            (ops(&log).into_iter().collect(), ops(&lost).into_iter().collect());
        assert_eq!(now.len(), log.len(), "nothing is there twice");
        assert!(now.is_superset(&before), "nothing is lost");
        assert_eq!(log.len(), lost.len() + 1, "and what was typed without a signal");
        for tab in [&phone, &laptop] {
            assert_eq!((tab.numbers(indicator), tab.numbers(other)), (vec![13], vec![77]));
            assert!(matches!(tab.client.status().state, State::UpToDate { .. }), "{:?}", tab.client.status());
            assert_eq!(tab.client.outbox().count(), 0);
        }
        assert_eq!(phone.client.cursor(), laptop.client.cursor());

        let office = app.store.office().await.unwrap().unwrap();
        audit_store(&app.store, office).await.unwrap();
    });
}

#[test]
fn a_restored_office_is_marked_until_a_person_confirms() {
    run(async {
        let (app, _, _) = office::open().await;
        let office = app.store.office().await.unwrap().unwrap();
        assert_eq!(app.store.restoration(office).await.unwrap(), None);
        let folder = Folder::new("marked");
        let made = back_up(&app, &folder).await;
        let length = app.log().await.len();
        drop(app);
        let app = restored(&made).await;
        let mark = app.store.restoration(office).await.unwrap().unwrap();
        assert_eq!((mark.made, mark.confirmed), (made.manifest.time, None));
        assert_eq!(usize::try_from(mark.seq).unwrap(), length);
    });
}

#[test]
fn an_office_is_never_written_over() {
    run(async {
        let (app, _, _) = office::open().await;
        let folder = Folder::new("over");
        let made = back_up(&app, &folder).await;
        let before = app.log().await;
        let checked = Checked::read(&made.folder).unwrap();
        let words = restore(&checked, &app.store, &app.files, now_ms()).await.unwrap_err().to_string();
        assert!(words.contains("tidak kosong"), "{words}");
        assert_eq!(app.log().await, before);
    });
}

#[test]
fn a_restore_that_was_cut_off_is_not_served() {
    run(async {
        let store = Store::open("mem://").await.unwrap();
        store.begin_restore().await.unwrap();
        let settings = takar_server::settings::Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            demo: false,
            database: takar_server::settings::Database::Open(store),
            files: crate::app::no_files(),
            tls: None,
            site: Site::None,
            nightly: None,
        };
        let words = takar_server::app::Application::build(settings).await.unwrap_err().to_string();
        assert!(words.contains("takar restore"), "{words}");
    });
}

#[test]
fn backups_made_while_many_write_are_whole() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let folder = Folder::new("busy");
        let mut writers = Vec::new();
        for username in ["staf", "kasi", "admin", "camat"] {
            let mut worker = app.browser().sign_in(username).await;
            writers.push(tokio::spawn(async move {
                for number in 0..40 {
                    worker.act(vec![office::number(furniture.indicator, number, Vec::new())]).await;
                }
            }));
        }
        let mut lengths = BTreeSet::new();
        while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
            let made = back_up(&app, &folder).await;
            let checked = Checked::read(&made.folder).unwrap();
            lengths.insert(checked.manifest.seq);
        }
        assert!(lengths.len() > 1, "the log grew between backups: {lengths:?}");
    });
}
