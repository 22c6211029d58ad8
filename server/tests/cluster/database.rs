//! SurrealDB's own server in a process of its own.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Folder, takar};

const USER: &str = "kantor";
const PASSWORD: &str = "rahasia-basis-data";

pub struct Server {
    child: Child,
    pub port: u16,
    _folder: Folder,
}

impl Server {
    /// Starts it on an empty folder and waits until it answers.
    pub async fn start() -> Self {
        let program = std::env::var("TAKAR_SURREAL").expect("run this with `make cluster-test`");
        let folder = Folder::new("cluster");
        std::fs::create_dir_all(&folder.0).unwrap();
        // Free a moment ago.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let child = Command::new(program)
            .args(["start", "--no-banner", "--log", "warn", "--bind", &format!("127.0.0.1:{port}")])
            .args(["--user", USER, "--pass", PASSWORD])
            .arg(format!("surrealkv://{}?sync=every", folder.0.join("db").display()))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, port, _folder: folder };
        let started = Instant::now();
        while !reqwest::get(format!("http://127.0.0.1:{port}/health")).await.is_ok_and(|a| a.status() == 200)
        {
            assert!(started.elapsed() < Duration::from_secs(60), "the database server does not start");
            tokio::task::yield_now().await;
        }
        server
    }

    /// A command line of Takar on this database, reached at a port.
    pub fn takar(&self, args: &[&str], port: u16) -> Command {
        let mut command = takar(args);
        command
            .args(["--db", &format!("ws://127.0.0.1:{port}"), "--db-user", USER])
            .env("TAKAR_DB_PASSWORD", PASSWORD);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command said.
pub fn words(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}
