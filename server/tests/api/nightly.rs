//! The backup by the clock. The clock is an argument: nobody waits for a night, nor
//! does a server that has made none yet.

use std::process::Stdio;
use std::sync::Arc;

use takar_server::service::backup::checked::Checked;
use takar_server::service::backup::manifest::{Kind, inside};
use takar_server::service::backup::nightly::{Look, Nightly, NightlySettings};
use takar_server::service::backup::schedule::Rule;

use crate::app::{TestApp, run};
use crate::office;
use crate::program::{Folder, Program, takar};
use crate::restored::back_up;

const DAY: i64 = 24 * 3_600_000;
/// 2 March 2026, 02.00 WIB.
const NIGHT: i64 = 1_772_391_600_000;

fn nightly(app: &TestApp, folder: &Folder) -> Nightly {
    let rule = Rule { daily: 3, weekly: 0, monthly: 0 };
    Nightly::new(Arc::clone(&app.front), NightlySettings { into: folder.0.clone(), hour: 1, rule })
}

fn kinds(folder: &Folder) -> (usize, usize) {
    let all = inside(&folder.0);
    let nightly = all.iter().filter(|(_, manifest)| manifest.kind == Kind::Nightly).count();
    (nightly, all.len() - nightly)
}

#[test]
fn every_night_has_one_and_old_ones_go() {
    run(async {
        let (app, _, _) = office::open().await;
        let folder = Folder::new("nightly");
        let by_hand = back_up(&app, &folder).await;
        let note = folder.0.join("takar-catatan");
        std::fs::create_dir(&note).unwrap();
        // What the power cut off: one long ago, one that is being written now.
        let begun = |ms: i64| {
            let at = uuid::Timestamp::from_unix(uuid::NoContext, u64::try_from(ms / 1000).unwrap(), 0);
            let folder = folder.0.join(format!(".takar-partial-{}", uuid::Uuid::new_v7(at)));
            std::fs::create_dir(&folder).unwrap();
            folder
        };
        let (cut, running) = (begun(NIGHT - 2 * DAY), begun(NIGHT + 5 * DAY));
        let mut nightly = nightly(&app, &folder);
        for night in 0..6 {
            let now = NIGHT + night * DAY;
            assert!(matches!(nightly.look(now).await, Look::Done(_)), "night {night}");
            assert!(matches!(nightly.look(now + 3_600_000).await, Look::Nothing), "one is enough");
        }
        assert_eq!(kinds(&folder), (3, 1), "three nights stay, and what a person made");
        assert!(by_hand.folder.is_dir() && note.is_dir(), "what is not ours to remove is there");
        assert!(!cut.exists() && running.exists(), "only what nobody writes any more goes");
        let mut times: Vec<i64> = inside(&folder.0).iter().map(|(_, m)| m.time).collect();
        times.sort_unstable();
        assert_eq!(times[..3], [NIGHT + 3 * DAY, NIGHT + 4 * DAY, NIGHT + 5 * DAY]);
    });
}

#[test]
fn a_failure_is_kept_for_the_admin_and_goes_with_the_next_success() {
    run(async {
        let (app, _, _) = office::open().await;
        let office = app.store.office().await.unwrap().unwrap();
        let folder = Folder::new("failing");
        // A file where the folder should be: the disk is not there.
        std::fs::write(&folder.0, b"").unwrap();
        let mut nightly = nightly(&app, &folder);
        assert!(matches!(nightly.look(NIGHT).await, Look::Failed(_)));
        assert!(matches!(nightly.look(NIGHT + 60_000).await, Look::Nothing), "not every minute");
        assert!(matches!(nightly.look(NIGHT + 1_800_000).await, Look::Failed(_)));
        let state = app.store.backup_state(office).await.unwrap();
        assert_eq!((state.failing, state.nightly), (Some(NIGHT), None), "since the first time");
        assert!(state.why.unwrap().contains("takar-failing"), "the folder is named");

        std::fs::remove_file(&folder.0).unwrap();
        assert!(matches!(nightly.look(NIGHT + 3_600_000).await, Look::Done(_)));
        let state = app.store.backup_state(office).await.unwrap();
        assert_eq!((state.failing, state.why, state.nightly), (None, None, Some(NIGHT + 3_600_000)));
        std::fs::remove_dir_all(&folder.0).unwrap();
    });
}

#[test]
fn an_office_that_is_not_founded_needs_none() {
    run(async {
        let app = TestApp::start().await;
        let folder = Folder::new("none");
        assert!(matches!(nightly(&app, &folder).look(NIGHT).await, Look::Nothing));
        assert!(!folder.0.exists());
    });
}

#[test]
fn a_server_that_is_told_where_makes_its_first_one_by_itself() {
    run(async {
        let (data, copies) = (Folder::new("first-night"), Folder::new("first-night-copies"));
        let program = Program::start(&data);
        program.found().await;
        program.stop();
        assert!(!copies.0.exists(), "nobody asked for one");
        let mut command = takar(&["serve", "--listen", "127.0.0.1:0", "--backup-dir"]);
        command.arg(&copies.0).arg("--data").arg(&data.0).stderr(Stdio::piped());
        let mut program = Program::spawn(command);
        program.told("nightly backup made");
        assert_eq!(kinds(&copies), (1, 0));
        let log = program.log().await;
        let (folder, manifest) = inside(&copies.0).remove(0);
        assert_eq!((manifest.seq, manifest.hash.len()), (log.len() as u64, 64));
        Checked::read(&folder).expect("a whole backup");
        program.stop();
    });
}
