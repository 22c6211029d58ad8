//! The real program `takar serve` in a process of its own.

use std::io::{BufRead, BufReader, Lines};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use takar_sync::wire::{Cursor, Delta, Entry};
use uuid::Uuid;

use crate::app::{Browser, PASSWORD};

/// A program that says nothing for so long will not say it.
const PATIENCE: Duration = Duration::from_secs(60);

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

/// A command line of the program, free of what the caller's environment says.
/// A write beyond a limit of size is an error to it, not its end.
pub fn takar(args: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_takar")]).args(args);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TAKAR_")) {
        command.env_remove(name);
    }
    command
}

/// Runs a command on a data folder to its end.
pub fn once(args: &[&str], folder: &Folder) -> Output {
    takar(args).arg("--data").arg(&folder.0).output().unwrap()
}

pub struct Program {
    child: Child,
    pub port: u16,
    /// Opens the first run; printed on an empty database.
    code: Option<String>,
}

impl Program {
    /// Starts `takar serve` on a folder and waits until it says that it is ready.
    pub fn start(folder: &Folder) -> Self {
        let mut command = takar(&["serve", "--listen", "127.0.0.1:0", "--data"]);
        command.arg(&folder.0);
        Self::spawn(command)
    }

    /// Starts a command line that serves, and waits until it says that it is ready.
    pub fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.find_map(|line| Some(line.unwrap().split_once("http://")?.1.trim().to_owned()));
        let port = ready.expect("the server is ready").rsplit_once(':').unwrap().1.parse().unwrap();
        let mut program = Self { child, port, code: None };
        let code = printed(lines);
        if program.is_new() {
            program.code =
                code.iter().find(|line| line.starts_with("    ")).map(|line| line.trim().to_owned());
        }
        program
    }

    fn is_new(&self) -> bool {
        let url = format!("{}/api/v1/health", self.url());
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let health: serde_json::Value = reqwest::get(url).await.unwrap().json().await.unwrap();
                health["office"] == false
            })
        })
        .join()
        .unwrap()
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn browser(&self) -> Browser {
        Browser::at(self.url())
    }

    /// Waits until it says such words on its standard error, which was to be piped.
    pub fn told(&mut self, words: &str) {
        let said = printed(BufReader::new(self.child.stderr.take().expect("a pipe")).lines());
        let next = || said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("not a word of: {words}"));
        while !next().contains(words) {}
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stops it as an administrator does, and waits for its end.
    pub fn stop(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(self.child.wait().unwrap().success());
    }

    /// Founds the office with the person `admin`.
    pub async fn found(&self) {
        let founding = serde_json::json!({ "founding": {
            "code": self.code.clone().expect("the console shows the code"),
            "office": "Kecamatan Uji", "regency": "Kabupaten Uji",
            "admin": "Admin", "username": "admin", "password": PASSWORD,
        }});
        assert_eq!(self.browser().call("first_run", &founding).await.status(), 200);
    }

    /// The log, checked to be one unbroken chain.
    pub async fn log(&self) -> Vec<Entry> {
        let mut log = Vec::new();
        self.extend(&mut log).await;
        log
    }

    /// Fetches what came after `log`: the server must stand on all of it.
    pub async fn extend(&self, log: &mut Vec<Entry>) {
        let worker = self.browser().sign_in("admin").await;
        let office = worker.account.office;
        let known = log.len();
        let at = |entry: &Entry| Cursor { office, seq: entry.seq, hash: entry.hash.clone() };
        loop {
            let Delta::Page(page) = worker.pull(log.last().map(at).into_iter().collect()).await else {
                panic!("entry {} was seen and is gone", log.len())
            };
            log.extend(page.entries);
            if log.len() as u64 == page.newest {
                break;
            }
        }
        let from =
            known.checked_sub(1).map_or_else(|| takar_sync::chain::origin(office), |last| at(&log[last]));
        takar_sync::chain::verify(&from, &log[known..]).expect("the chain is whole and without holes");
    }
}

/// What a program goes on to print.
fn printed(lines: Lines<impl BufRead + Send + 'static>) -> std::sync::mpsc::Receiver<String> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

/// A test that failed leaves no server behind.
impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
