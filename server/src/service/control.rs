//! How `takar backup`, `takar verify` and `takar doctor` reach a running
//! server, which alone may open its data folder: a port on the loopback
//! address, named with a token in a file of that folder. Whoever can read the
//! file can read the data anyway.

use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::errand::{Ask, Told, perform};
use super::front::Front;
use super::secret::{same, token};

/// The file in the data folder.
const FILE: &str = "takar.running";
/// Longest question in bytes, and how long it may take to come.
const MOST: u64 = 64 << 10;
const PATIENCE: Duration = Duration::from_secs(10);

/// What the file says.
#[derive(Serialize, Deserialize)]
struct Door {
    address: SocketAddr,
    token: String,
}

#[derive(Serialize, Deserialize)]
struct Question {
    token: String,
    ask: Ask,
}

/// The running server's end.
#[derive(Debug)]
pub struct Control {
    listener: TcpListener,
    token: String,
    file: PathBuf,
}

impl Control {
    /// Opens the port and writes the file, in place of one that a killed server
    /// left behind.
    ///
    /// # Errors
    /// No port, no randomness, or the folder cannot be written.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let token = token().map_err(Error::other)?;
        let door = Door { address: listener.local_addr()?, token: token.clone() };
        let file = folder.join(FILE);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut opened = options.open(&file)?;
        std::io::Write::write_all(&mut opened, &serde_json::to_vec(&door).map_err(Error::other)?)?;
        Ok(Self { listener, token, file })
    }

    /// Answers until the server stops; then the file goes.
    pub async fn run(self, front: Arc<Front>, mut stopping: watch::Receiver<bool>) {
        let token: Arc<str> = self.token.as_str().into();
        loop {
            tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return,
                caller = self.listener.accept() => {
                    // A caller that went away.
                    let Ok((caller, _)) = caller else { continue };
                    let (front, token) = (Arc::clone(&front), Arc::clone(&token));
                    tokio::spawn(async move {
                        if let Err(error) = answer(caller, &front, &token).await {
                            tracing::debug!(%error, "a local caller went away");
                        }
                    });
                }
            }
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        // One that stays is seen to lead nowhere.
        let _ = std::fs::remove_file(&self.file);
    }
}

async fn answer(caller: TcpStream, front: &Front, token: &str) -> Result<(), Error> {
    let mut caller = BufReader::new(caller);
    let mut line = String::new();
    tokio::time::timeout(PATIENCE, (&mut caller).take(MOST).read_line(&mut line)).await??;
    let question: Question = serde_json::from_str(&line).map_err(Error::other)?;
    if !same(question.token.as_bytes(), token.as_bytes()) {
        return Err(Error::other("a wrong token"));
    }
    let told = perform(&front.store, &front.files, question.ask).await;
    let mut answer = serde_json::to_vec(&told).map_err(Error::other)?;
    answer.push(b'\n');
    caller.write_all(&answer).await?;
    caller.shutdown().await
}

/// Asks the server that runs on a data folder; `None` if none does.
///
/// # Errors
/// It ended in between, or the file cannot be read.
pub async fn ask(folder: &Path, ask: &Ask) -> Result<Option<Told>, Error> {
    let text = match std::fs::read(folder.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let Ok(Door { address, token }) = serde_json::from_slice(&text) else { return Ok(None) };
    // Left behind by a server that was killed.
    let Ok(server) = TcpStream::connect(address).await else { return Ok(None) };
    let mut server = BufReader::new(server);
    let mut question = serde_json::to_vec(&Question { token, ask: ask.clone() }).map_err(Error::other)?;
    question.push(b'\n');
    server.write_all(&question).await?;
    let mut line = String::new();
    server.read_line(&mut line).await?;
    // Another program may have got the port since.
    Ok(serde_json::from_str(&line).ok())
}
