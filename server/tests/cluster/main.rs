//! Two real servers on one SurrealDB server over `ws://`, one of them killed,
//! cut off and left without an answer while devices work on both: one log
//! without gaps, nothing twice, nothing lost. Backup and restore go the same way.
//!
//! `make cluster-test` builds the database server and names it in `TAKAR_SURREAL`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../api/app.rs"]
#[expect(dead_code, reason = "the tests of one server use more of it")]
mod app;
mod database;
#[path = "../api/office.rs"]
#[expect(dead_code, reason = "the tests of one server use more of it")]
mod office;
#[path = "../api/program.rs"]
#[expect(dead_code, reason = "the tests of one server use more of it")]
mod program;
#[path = "../api/shift.rs"]
#[expect(dead_code, reason = "the tests of one server use more of it")]
mod shift;
#[path = "../api/tab.rs"]
#[expect(dead_code, reason = "the tests of one server use more of it")]
mod tab;
#[path = "../api/tus.rs"]
#[expect(dead_code, reason = "the tests of one server use more of it")]
mod tus;
#[path = "../api/wire.rs"]
mod wire;

use std::time::{Duration, Instant};

use takar_sync::sim::Random;
use takar_sync::wire::Entry;
use tokio_stream::StreamExt;

use app::{expect_problem, run};
use database::{Server, words};
use office::main;
use program::{Folder, Program};
use shift::{Shift, account, compare, given, repeat, seed};
use wire::{Way, Wire};

/// Bytes on the wire between two accidents, at most.
const LONGEST_PEACE: u64 = 150_000;

/// One of the two servers, and the wires before and behind it.
struct Machine {
    program: Program,
    database: Wire,
    http: Wire,
}

impl Machine {
    async fn start(server: &Server) -> Self {
        let database = Wire::to(server.port).await;
        let program = serve(server, &database).await;
        let http = Wire::to(program.port).await;
        Self { program, database, http }
    }

    async fn restart(self, server: &Server) -> Self {
        let Self { program, database, http } = self;
        program.kill();
        let program = serve(server, &database).await;
        http.turn(Way::To(program.port));
        Self { program, database, http }
    }
}

/// Starts a server behind a wire, which this runtime serves meanwhile.
async fn serve(server: &Server, database: &Wire) -> Program {
    let command = server.takar(&["serve", "--listen", "127.0.0.1:0"], database.port);
    tokio::task::spawn_blocking(|| Program::spawn(command)).await.unwrap()
}

#[test]
fn two_servers_on_one_database_server_lose_nothing() {
    let rounds = given("TAKAR_ROUNDS").unwrap_or(9);
    let mut random = Random::new(seed());
    run(async move {
        let server = Server::start().await;
        let mut first = Machine::start(&server).await;
        first.program.found().await;
        let second = Machine::start(&server).await;
        let urls: Vec<String> = (0..8).map(|n| [&first, &second][n % 2].http.url()).collect();
        let mut shift = Shift::begin(&urls, &mut random).await;
        let mut log: Vec<Entry> = Vec::new();
        for round in 0..rounds {
            second.http.pass(1 + random.below(LONGEST_PEACE)).await;
            match round % 3 {
                0 => first = first.restart(&server).await,
                accident => {
                    second.database.turn(if accident == 1 { Way::Cut } else { Way::Silent });
                    // The other one goes on meanwhile.
                    first.http.pass(1 + random.below(LONGEST_PEACE)).await;
                    refuses_in_words(&second).await;
                    second.database.turn(Way::To(server.port));
                }
            }
            let promised = shift.promised();
            first.program.extend(&mut log).await;
            compare(&promised, &log);
            answers_again(&second).await;
            repeat(&second.program.browser(), &log, &mut random).await;
        }
        let saved = shift.end().await;
        second.program.extend(&mut log).await;
        compare(&shift.promised(), &log);
        account(&saved, &log);
        println!("{} operations, {rounds} accidents", saved.len());
        let told = server.takar(&["verify", "log"], server.port).output().unwrap();
        assert!(told.status.success(), "{}", words(&told));
    });
}

/// A server that cannot reach its database says so, in time.
async fn refuses_in_words(machine: &Machine) {
    let started = Instant::now();
    let browser = machine.program.browser();
    let answer = browser.try_sign_in("admin", app::PASSWORD, None).await;
    expect_problem(answer, 503, "office.unavailable").await;
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

async fn answers_again(machine: &Machine) {
    let started = Instant::now();
    let browser = machine.program.browser();
    while browser.try_sign_in("admin", app::PASSWORD, None).await.status() != 200 {
        assert!(started.elapsed() < Duration::from_secs(60), "it does not find its database again");
    }
}

#[test]
fn news_of_one_server_pokes_the_apps_of_the_other() {
    run(async {
        let server = Server::start().await;
        let first = Machine::start(&server).await;
        first.program.found().await;
        let second = Machine::start(&server).await;
        let reader = second.program.browser().sign_in("admin").await;
        let mut pokes = Box::pin(reader.browser.get("/api/v1/events").send().await.unwrap().bytes_stream());
        let mut writer = first.program.browser().sign_in("admin").await;
        let id = takar_domain::record::RecordId(uuid::Uuid::now_v7());
        let value = serde_json::json!({ "level": "program", "code": "7.01", "title": "Program" });
        writer.act(vec![main(takar_domain::record::Subject::Node { id }, &value)]).await;
        let started = Instant::now();
        let mut text = String::new();
        while !text.contains("\"seq\":2}") {
            text.push_str(std::str::from_utf8(&pokes.next().await.unwrap().unwrap()).unwrap());
        }
        println!("poked after {} ms", started.elapsed().as_millis());
    });
}

#[test]
fn an_office_on_a_database_server_is_backed_up_and_restored() {
    run(async {
        let server = Server::start().await;
        let program = Program::spawn(server.takar(&["serve", "--listen", "127.0.0.1:0"], server.port));
        program.found().await;
        let log = program.log().await;
        let folder = Folder::new("cluster-backup");
        let into = folder.0.to_str().unwrap();
        for args in [&["backup", into][..], &["verify", "log"], &["doctor"]] {
            let told = server.takar(args, server.port).output().unwrap();
            assert!(told.status.success(), "{args:?}: {}", words(&told));
        }
        let made = std::fs::read_dir(&folder.0).unwrap().next().unwrap().unwrap().path();
        // Not over the office that is there, but beside it.
        let restore = ["restore", made.to_str().unwrap()];
        assert!(!server.takar(&restore, server.port).output().unwrap().status.success());
        let beside = |args: &[&str]| {
            let mut command = server.takar(args, server.port);
            command.env("TAKAR_DB_NAMESPACE", "pulih");
            command
        };
        let told = beside(&restore).output().unwrap();
        assert!(told.status.success(), "{}", words(&told));
        let restored = Program::spawn(beside(&["serve", "--listen", "127.0.0.1:0"]));
        assert_eq!(restored.log().await, log, "byte for byte, with the password of then");
    });
}

#[test]
fn a_login_is_refused_in_words_and_never_shown() {
    run(async {
        let server = Server::start().await;
        let mut command = server.takar(&["serve", "--listen", "127.0.0.1:0"], server.port);
        command.env("TAKAR_DB_PASSWORD", "bukan-yang-benar");
        let told = command.output().unwrap();
        assert_eq!(told.status.code(), Some(1));
        assert!(words(&told).contains("basis data tidak dapat dibuka"), "{}", words(&told));
        assert!(!words(&told).contains("bukan-yang-benar"), "{}", words(&told));
    });
}
