//! The real program on the embedded database, killed again and again while
//! eight devices work: what it acknowledged is there, once, in one whole log,
//! and a repeat gets the verdict that was given.

use std::time::{Duration, Instant};

use takar_sync::sim::Random;
use takar_sync::wire::Entry;

use crate::app::run;
use crate::program::{Folder, Program, once};
use crate::shift::{Shift, account, compare, given, repeat, seed};
use crate::wire::{Way, Wire};

const DEVICES: usize = 8;
/// Bytes on the wire between two kills, at most.
const LONGEST_LIFE: u64 = 200_000;

#[test]
fn what_was_acknowledged_survives_kill_nine() {
    let kills = given("TAKAR_KILLS").unwrap_or(20);
    let mut random = Random::new(seed());
    let folder = Folder::new("kill");
    run(async move {
        let mut program = Program::start(&folder);
        program.found().await;
        let wire = Wire::to(program.port).await;
        let mut shift = Shift::begin(&vec![wire.url(); DEVICES], &mut random).await;
        let mut log: Vec<Entry> = Vec::new();
        for _ in 0..kills {
            wire.pass(1 + random.below(LONGEST_LIFE)).await;
            shift.tell(false);
            program.kill();
            let started = Instant::now();
            program = Program::start(&folder);
            assert!(started.elapsed() < Duration::from_secs(20));
            let promised = shift.promised();
            program.extend(&mut log).await;
            compare(&promised, &log);
            repeat(&program.browser(), &log, &mut random).await;
            wire.turn(Way::To(program.port));
            shift.tell(true);
        }
        let saved = shift.end().await;
        program.extend(&mut log).await;
        compare(&shift.promised(), &log);
        account(&saved, &log);
        assert!(saved.len() as u64 > kills * 5, "{} operations, {kills} kills", saved.len());
        let told = once(&["verify", "log"], &folder);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        println!("{} operations, {kills} kills", saved.len());
        program.kill();
        drop(folder);
    });
}

#[test]
fn a_server_that_is_stopped_leaves_its_database_in_order() {
    let folder = Folder::new("stopped");
    run(async move {
        let program = Program::start(&folder);
        program.found().await;
        let log = program.log().await;
        program.stop();
        // What the engine has not put into its tables yet stands in its own log.
        let rest = std::fs::read_dir(folder.0.join("takar.db/wal")).unwrap();
        let rest: u64 = rest.map(|file| file.unwrap().metadata().unwrap().len()).sum();
        assert_eq!(rest, 0, "the engine was not closed");
        let told = once(&["verify", "log"], &folder);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let program = Program::start(&folder);
        assert_eq!(program.log().await, log);
        program.kill();
        drop(folder);
    });
}
