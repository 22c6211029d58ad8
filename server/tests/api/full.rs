//! A disk that is full: the office says so in words, keeps what it took, and
//! goes on when there is room again. The room is taken away by a limit on the
//! size of the files that the program may write, which tears the engine's own
//! log in the middle of a write, at any byte.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use takar_domain::record::{OpId, RecordId};
use takar_sync::operation::Envelope;
use takar_sync::wire::{Delta, PushAnswer, Receipt};
use uuid::Uuid;

use crate::app::{Worker, expect_problem, read, run};
use crate::office::number;
use crate::program::{Folder, Program, once, takar};
use crate::tus::{offer, offset, part, patch, pdf};

/// No file may be longer than so many bytes, until it is told otherwise.
fn limit(program: &Program, bytes: &str) {
    let told = Command::new("prlimit")
        .args(["--pid", &program.pid().to_string(), &format!("--fsize={bytes}:unlimited")])
        .output()
        .expect("prlimit of util-linux");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

/// Length of the longest file of the engine's log.
fn written(folder: &Folder) -> u64 {
    let files = std::fs::read_dir(folder.0.join("takar.db/wal")).unwrap();
    files.map(|file| file.unwrap().metadata().unwrap().len()).max().unwrap()
}

/// A push of some size, which goes into one commit.
fn batch(worker: &mut Worker, operations: usize) -> Vec<Envelope> {
    let node = RecordId(Uuid::now_v7());
    (0..operations)
        .map(|n| worker.sealed(vec![number(node, i64::try_from(n).unwrap(), Vec::new())]))
        .collect()
}

fn note(given: &mut BTreeMap<OpId, Receipt>, receipts: Vec<Receipt>) {
    for receipt in receipts {
        let first = given.insert(receipt.op, receipt.clone());
        assert!(first.is_none_or(|first| first == receipt), "a repeat differs");
    }
}

async fn ask(worker: &Worker, batch: &[Envelope]) -> Result<Vec<Receipt>, serde_json::Value> {
    let answer = worker.request("/api/v1/push", &worker.push_body(batch.to_vec())).send().await.unwrap();
    if answer.status() == 200 {
        return Ok(read::<PushAnswer>(answer).await.receipts);
    }
    Err(expect_problem(answer, 507, "office.disk_full").await)
}

/// Everything that was acknowledged, and nothing else.
async fn compare(program: &Program, given: &BTreeMap<OpId, Receipt>) {
    let log = program.log().await;
    // The founding is the server's own.
    assert_eq!(log.len(), given.len() + 1);
    for receipt in given.values() {
        let entry = &log[usize::try_from(receipt.seq.unwrap()).unwrap() - 1];
        assert_eq!((entry.op, &*entry.verdict), (receipt.op, &receipt.verdict));
    }
}

#[test]
fn a_full_disk_is_told_in_words_and_nothing_is_torn() {
    let folder = Folder::new("full");
    run(async move {
        let mut program = Program::start(&folder);
        program.found().await;
        let mut given = BTreeMap::new();
        let cases = [(0, 40), (3, 40), (100, 40), (3_000, 300), (40_000, 300), (100_000, 500)];
        for (place, (room, size)) in cases.into_iter().enumerate() {
            println!("room for {room} bytes, {size} operations at once");
            let mut worker = program.browser().sign_in("admin").await;
            let few = batch(&mut worker, 3);
            note(&mut given, worker.push(few).await.receipts);
            limit(&program, &(written(&folder) + room).to_string());
            let (refused, problem) = loop {
                let batch = batch(&mut worker, size);
                match ask(&worker, &batch).await {
                    Ok(receipts) => note(&mut given, receipts),
                    Err(problem) => break (batch, problem),
                }
            };
            assert!(problem["detail"].as_str().unwrap().contains("penuh"), "{problem}");
            if place % 2 == 0 {
                limit(&program, "unlimited");
            } else {
                // The worst end while nothing can be put in order.
                program.kill();
                program = Program::start(&folder);
                worker = program.browser().sign_in("admin").await;
            }
            // Somebody else is first to find that there is room.
            let other = batch(&mut worker, 2);
            note(&mut given, until_taken(&worker, &other).await);
            // Before the refused ones come again, the worst end.
            program.kill();
            program = Program::start(&folder);
            compare(&program, &given).await;
            whole(&folder);
            let worker = program.browser().sign_in("admin").await;
            note(&mut given, until_taken(&worker, &refused).await);
            program.kill();
            program = Program::start(&folder);
            compare(&program, &given).await;
        }
        whole(&folder);
        program.kill();
        drop(folder);
    });
}

#[test]
fn below_its_reserve_the_office_gives_and_does_not_take() {
    let folder = Folder::new("reserve");
    run(async move {
        let program = Program::start(&folder);
        program.found().await;
        let mut worker = program.browser().sign_in("admin").await;
        program.kill();
        let more_than_any_disk = "4000000000";
        let mut command =
            takar(&["serve", "--listen", "127.0.0.1:0", "--reserve", more_than_any_disk, "--data"]);
        command.arg(&folder.0);
        let program = Program::spawn(command);
        worker.browser.url = program.url();
        let batch = batch(&mut worker, 3);
        let problem = ask(&worker, &batch).await.unwrap_err();
        assert!(problem["detail"].as_str().unwrap().contains("penuh"), "{problem}");
        let Delta::Page(page) = worker.pull(Vec::new()).await else { panic!("a page") };
        assert_eq!(page.entries.len(), 1);
        program.kill();
        let program = Program::start(&folder);
        worker.browser.url = program.url();
        assert_eq!(ask(&worker, &batch).await.unwrap().len(), 3);
        program.kill();
        drop(folder);
    });
}

#[test]
fn a_part_of_a_file_without_room_is_told_in_words_and_comes_again() {
    let folder = Folder::new("full-upload");
    run(async move {
        let program = Program::start(&folder);
        program.found().await;
        let worker = program.browser().sign_in("admin").await;
        let (bytes, sha256) = pdf(1, 3_000_000);
        assert_eq!(offset(&offer(&worker, &sha256, 3_000_000).await), 0);
        assert_eq!(offset(&patch(&worker, &sha256, 0, &bytes[..500_000]).await), 500_000);
        let room = 1_000_000;
        assert!(written(&folder) < room, "only the file has no room");
        limit(&program, &room.to_string());
        let refused = patch(&worker, &sha256, 500_000, &bytes[500_000..1_500_000]).await;
        assert!(refused.headers().contains_key("retry-after"), "{refused:?}");
        let problem = expect_problem(refused, 507, "office.disk_full").await;
        assert!(problem["detail"].as_str().unwrap().contains("penuh"), "{problem}");
        limit(&program, "unlimited");
        // What came while there was room may have stayed.
        let stands = offset(&offer(&worker, &sha256, 3_000_000).await);
        assert!((500_000..=room).contains(&stands), "{stands}");
        let rest = &bytes[usize::try_from(stands).unwrap()..];
        assert_eq!(offset(&patch(&worker, &sha256, stands, rest).await), 3_000_000);
        let given = worker.browser.get(&format!("/api/v1/files/{sha256}")).send().await.unwrap();
        assert_eq!(given.bytes().await.unwrap(), bytes);
        program.kill();
        drop(folder);
    });
}

#[test]
fn a_whole_file_that_is_not_kept_for_want_of_room_comes_again() {
    let folder = Folder::new("full-file");
    run(async move {
        let program = Program::start(&folder);
        program.found().await;
        let worker = program.browser().sign_in("admin").await;
        let (bytes, sha256) = pdf(2, 3_000_000);
        assert_eq!(offset(&offer(&worker, &sha256, 3_000_000).await), 0);
        assert_eq!(offset(&patch(&worker, &sha256, 0, &bytes[..500_000]).await), 500_000);
        // As if it had ended after the last byte and before the file was kept.
        std::fs::write(spooled(&folder, &format!("{sha256}.3000000")), &bytes).unwrap();
        let room = 1_000_000;
        assert!(written(&folder) < room, "only the file has no room");
        limit(&program, &room.to_string());
        let again = part(&worker, &sha256, 2_999_000);
        for refused in [
            offer(&worker, &sha256, 3_000_000).await,
            // Its last bytes again, as a browser does whose connection died.
            again.header("x-takar-repeats", "1").body(bytes[2_999_000..].to_vec()).send().await.unwrap(),
        ] {
            let problem = expect_problem(refused, 507, "office.disk_full").await;
            assert!(problem["detail"].as_str().unwrap().contains("penuh"), "{problem}");
        }
        let given = worker.browser.get(&format!("/api/v1/files/{sha256}")).send().await.unwrap();
        expect_problem(given, 404, "file.missing").await;
        limit(&program, "unlimited");
        // Nothing is sent a second time.
        assert_eq!(offset(&offer(&worker, &sha256, 3_000_000).await), 3_000_000);
        let given = worker.browser.get(&format!("/api/v1/files/{sha256}")).send().await.unwrap();
        assert_eq!(given.bytes().await.unwrap(), bytes);
        program.kill();
        drop(folder);
    });
}

/// The file of an unfinished upload, by its name.
fn spooled(folder: &Folder, name: &str) -> PathBuf {
    let mut folders = vec![folder.0.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(name) {
                return path;
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    panic!("{name} is nowhere")
}

async fn until_taken(worker: &Worker, batch: &[Envelope]) -> Vec<Receipt> {
    loop {
        if let Ok(receipts) = ask(worker, batch).await {
            return receipts;
        }
    }
}

/// Log, verdicts and states agree, all computed anew.
fn whole(folder: &Folder) {
    let told = once(&["verify", "log"], folder);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}
