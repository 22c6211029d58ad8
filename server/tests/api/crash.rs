//! The real program on the embedded database, killed while it writes: what it
//! acknowledged is there, once, in one whole log.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use takar_domain::record::OpId;
use takar_sync::codec::from_cbor;
use takar_sync::verdict::Verdict;
use takar_sync::wire::{Cursor, Delta, Entry, PushAnswer};
use uuid::Uuid;

use crate::app::{Browser, Worker, run};

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("takar-{name}-{}", Uuid::now_v7())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct Program {
    child: Child,
    url: String,
    /// First lines on the console, until the address.
    code: Option<String>,
}

impl Program {
    /// Starts `takar serve` and waits until it says that it is ready.
    pub fn start(folder: &Folder) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_takar"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&folder.0)
            .env_remove("TAKAR_DB")
            .env_remove("TAKAR_DEMO")
            .env_remove("TAKAR_BACKUP_DIR")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready =
            lines.find_map(|line| Some(line.unwrap().split_once("http://")?.1.trim().to_owned())).unwrap();
        Self { child, url: format!("http://{ready}"), code: None }.with_code(lines)
    }

    /// On an empty database the code follows; else nothing more is printed.
    fn with_code(mut self, lines: std::io::Lines<BufReader<std::process::ChildStdout>>) -> Self {
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        if !self.url.is_empty() && self.is_new() {
            self.code =
                receiver.iter().find(|line| line.starts_with("    ")).map(|line| line.trim().to_owned());
        }
        self
    }

    fn is_new(&self) -> bool {
        let url = self.url.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let answer = reqwest::get(format!("{url}/api/v1/health")).await.unwrap();
                let health: serde_json::Value = answer.json().await.unwrap();
                health["office"] == false
            })
        })
        .join()
        .unwrap()
    }

    pub fn browser(&self) -> Browser {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        Browser { http, url: self.url.clone() }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A test that failed leaves no server behind.
impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ROUNDS: usize = 4;
const WRITERS: usize = 4;

#[test]
fn what_was_acknowledged_survives_kill_nine() {
    let folder = Folder::new("kill");
    run(async move {
        let mut program = Program::start(&folder);
        found(&program).await;
        let mut promised: BTreeMap<OpId, (u64, Verdict)> = BTreeMap::new();
        let mut length = 0;
        for round in 0..ROUNDS {
            let mut tasks = Vec::new();
            for _ in 0..WRITERS {
                let worker = program.browser().sign_in("admin").await;
                tasks.push(tokio::spawn(write_until_cut(worker)));
            }
            // At another moment each round, once something was promised.
            wait_for_growth(&program, length + 10 + round as u64 * 7).await;
            program.kill();
            for task in tasks {
                promised.extend(task.await.unwrap());
            }
            let started = Instant::now();
            program = Program::start(&folder);
            assert!(started.elapsed() < Duration::from_secs(20));
            let log = whole_log(&program).await;
            length = log.len() as u64;
            for (op, (seq, verdict)) in &promised {
                let entry = &log[usize::try_from(*seq).unwrap() - 1];
                assert_eq!((entry.op, &*entry.verdict), (*op, verdict), "acknowledged and lost");
            }
            let mut ids: Vec<_> = log.iter().map(|e| e.op).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), log.len(), "an operation is there twice");
        }
        assert!(promised.len() > ROUNDS * 10);
        program.kill();
        drop(folder);
    });
}

pub async fn found(program: &Program) {
    let founding = serde_json::json!({ "founding": {
        "code": program.code.clone().expect("the console shows the code"),
        "office": "Kecamatan Uji", "regency": "Kabupaten Uji",
        "admin": "Admin", "username": "admin", "password": crate::app::PASSWORD,
    }});
    assert_eq!(program.browser().call("first_run", &founding).await.status(), 200);
}

/// Pushes until the server is gone; gives what it acknowledged.
async fn write_until_cut(mut worker: Worker) -> BTreeMap<OpId, (u64, Verdict)> {
    let mut promised = BTreeMap::new();
    loop {
        let node = takar_domain::record::Subject::Node { id: takar_domain::record::RecordId(Uuid::now_v7()) };
        let value = serde_json::json!({ "level": "program", "code": "7.01.02", "title": "Program" });
        let batch = (0..3).map(|_| worker.sealed(vec![crate::office::main(node.clone(), &value)])).collect();
        let request = worker.request("/api/v1/push", &worker.push_body(batch));
        let Ok(answer) = request.send().await else { return promised };
        if answer.status() != 200 {
            return promised;
        }
        let Ok(body) = answer.bytes().await else { return promised };
        let answer: PushAnswer = from_cbor(&body).unwrap();
        for receipt in answer.receipts {
            promised.insert(receipt.op, (receipt.seq.unwrap(), receipt.verdict));
        }
    }
}

async fn wait_for_growth(program: &Program, length: u64) {
    let worker = program.browser().sign_in("admin").await;
    let mut events = worker.browser.get("/api/v1/events").send().await.unwrap();
    let mut text = String::new();
    loop {
        text.push_str(&String::from_utf8_lossy(&events.chunk().await.unwrap().unwrap()));
        let newest =
            text.rsplit("\"seq\":").next().and_then(|rest| rest.split('}').next()?.parse::<u64>().ok());
        if newest.is_some_and(|seq| seq >= length) {
            return;
        }
    }
}

pub async fn whole_log(program: &Program) -> Vec<Entry> {
    let worker = program.browser().sign_in("admin").await;
    let mut log: Vec<Entry> = Vec::new();
    loop {
        let at =
            log.last().map(|e| Cursor { office: worker.account.office, seq: e.seq, hash: e.hash.clone() });
        let Delta::Page(page) = worker.pull(at.into_iter().collect()).await else { panic!("diverged") };
        log.extend(page.entries);
        if log.len() as u64 == page.newest {
            break;
        }
    }
    let origin = takar_sync::chain::origin(worker.account.office);
    takar_sync::chain::verify(&origin, &log).expect("the chain is whole and without holes");
    log
}
