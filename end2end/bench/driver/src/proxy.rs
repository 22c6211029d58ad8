//! A link between devices and a server that counts, can lose answers and can be cut.
//!
//! `Accept-Encoding` is taken out of requests, so that everybody's answers
//! travel as they are and one gzip can be held against all.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use takar_sync::sim::Random;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::Failed;
use crate::counted::{Counts, Traffic};
use crate::framing::Body;

const BUFFER: usize = 64 << 10;
/// Of the same length, so that nothing moves.
const CODINGS: [(&[u8], &[u8]); 1] = [(b"accept-encoding:", b"x-no-encodings-:")];

#[derive(Debug)]
struct Link {
    counts: Counts,
    traffic: Vec<Traffic>,
    lose: u64,
    random: Random,
    /// Where it is cut: after so many more bytes of bodies from devices.
    cuts: VecDeque<usize>,
}

impl Link {
    /// How many of the next bytes of a device still pass; whether it is cut then.
    fn until_cut(&mut self, bytes: usize) -> (usize, bool) {
        match self.cuts.front_mut() {
            Some(left) if *left <= bytes => {
                let passed = *left;
                self.cuts.pop_front();
                (passed, true)
            }
            Some(left) => {
                *left -= bytes;
                (bytes, false)
            }
            None => (bytes, false),
        }
    }
}

type Shared = Arc<Mutex<Link>>;

pub struct Proxy {
    pub port: u16,
    link: Shared,
}

impl Proxy {
    /// Takes a port and passes on to `to` (host:port).
    pub async fn start(to: String) -> Result<Self, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let link = Link {
            counts: Counts::default(),
            traffic: Vec::new(),
            lose: 0,
            random: Random::new(0),
            cuts: VecDeque::new(),
        };
        let link = Arc::new(Mutex::new(link));
        let shared = Arc::clone(&link);
        tokio::spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                let (to, link) = (to.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    if let Ok(server) = TcpStream::connect(&to).await {
                        // A link that breaks is no error of the bench.
                        let _ = Wire::new(device, server, link).carry().await;
                    }
                });
            }
        });
        Ok(Self { port, link })
    }

    pub fn lose(&self, percent: u64, seed: u64) {
        let mut link = lock(&self.link);
        (link.lose, link.random) = (percent, Random::new(seed));
    }

    /// Cuts the connection after so many bytes from devices, then after so many more.
    pub fn cut(&self, after: Vec<usize>) {
        lock(&self.link).cuts = after.into();
    }

    /// What was counted since the last time.
    pub fn take(&self) -> Counts {
        let (mut counts, traffic) = {
            let mut link = lock(&self.link);
            (std::mem::take(&mut link.counts), std::mem::take(&mut link.traffic))
        };
        traffic.iter().for_each(|t| counts.add(t));
        counts
    }
}

fn lock(link: &Shared) -> MutexGuard<'_, Link> {
    link.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One end, and what was read of it and not passed on.
struct End {
    from: OwnedReadHalf,
    to: OwnedWriteHalf,
    read: Vec<u8>,
}

impl End {
    fn new(stream: TcpStream) -> Self {
        let _ = stream.set_nodelay(true);
        let (from, to) = stream.into_split();
        Self { from, to, read: Vec::new() }
    }

    /// The next head with its empty line; `None` at the end.
    async fn head(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(end) = self.read.windows(4).position(|w| w == b"\r\n\r\n") {
                return Ok(Some(self.read.drain(..end + 4).collect()));
            }
            if !more(&mut self.from, &mut self.read).await? {
                return Ok(None);
            }
        }
    }
}

async fn more(from: &mut (impl AsyncRead + Unpin), read: &mut Vec<u8>) -> std::io::Result<bool> {
    read.reserve(BUFFER);
    Ok(from.read_buf(read).await? > 0)
}

struct Wire {
    device: End,
    server: End,
    link: Shared,
}

impl Wire {
    fn new(device: TcpStream, server: TcpStream, link: Shared) -> Self {
        Self { device: End::new(device), server: End::new(server), link }
    }

    /// Requests and their answers, one after the other.
    async fn carry(mut self) -> std::io::Result<()> {
        while let Some(mut head) = self.device.head().await? {
            without_codings(&mut head);
            lock(&self.link).counts.requests += 1;
            let body = Body::of_request(&String::from_utf8_lossy(&head));
            pass(&mut self.device, &mut self.server.to, head, body, true, &self.link).await?;
            let Some(head) = self.server.head().await? else { return Ok(()) };
            if self.loses() {
                lock(&self.link).counts.down += head.len();
                return Ok(());
            }
            let body = Body::of_answer(&String::from_utf8_lossy(&head));
            if body == Body::Upgraded {
                self.device.to.write_all(&head).await?;
                lock(&self.link).counts.down += head.len();
                return self.socket().await;
            }
            let closes = body == Body::Close;
            let answer = pass(&mut self.server, &mut self.device.to, head, body, false, &self.link);
            tokio::select! {
                done = answer => done?,
                // A device that hangs up ends an answer that never ends.
                gone = more(&mut self.device.from, &mut self.device.read) => if !gone? { return Ok(()) },
            }
            if closes {
                return Ok(());
            }
        }
        Ok(())
    }

    fn loses(&self) -> bool {
        let mut link = lock(&self.link);
        let percent = link.lose;
        let lost = percent > 0 && link.random.chance(percent);
        link.counts.answers_lost += usize::from(lost);
        lost
    }

    async fn socket(self) -> std::io::Result<()> {
        let Self { device, server, link } = self;
        let (up, down) = (Arc::clone(&link), link);
        tokio::select! {
            done = stream(device.from, server.to, device.read, true, &up) => done,
            done = stream(server.from, device.to, server.read, false, &down) => done,
        }
    }
}

/// Passes a message on, and counts it.
async fn pass(
    end: &mut End,
    to: &mut OwnedWriteHalf,
    head: Vec<u8>,
    mut body: Body,
    up: bool,
    link: &Shared,
) -> std::io::Result<()> {
    to.write_all(&head).await?;
    let mut kept = Kept { heads: head.len(), body: Vec::new(), link, up };
    loop {
        let taken = body.take(&end.read);
        let mut bytes: Vec<u8> = end.read.drain(..taken).collect();
        let (passed, cut) = if up { lock(link).until_cut(taken) } else { (taken, false) };
        bytes.truncate(passed);
        to.write_all(&bytes).await?;
        kept.body.extend(bytes);
        if cut {
            lock(link).counts.cuts += 1;
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        if body.is_over() || !more(&mut end.from, &mut end.read).await? {
            return Ok(());
        }
    }
}

/// Counts what was passed on also if the message is cut.
struct Kept<'a> {
    heads: usize,
    body: Vec<u8>,
    link: &'a Shared,
    up: bool,
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        let mut link = lock(self.link);
        let size = self.heads + self.body.len();
        *if self.up { &mut link.counts.up } else { &mut link.counts.down } += size;
        link.traffic.push(Traffic::Http { heads: self.heads, body: std::mem::take(&mut self.body) });
    }
}

/// One direction of a socket. A lost answer is a broken connection.
async fn stream(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    read: Vec<u8>,
    up: bool,
    link: &Shared,
) -> std::io::Result<()> {
    let mut kept = Frames { bytes: Vec::new(), link, up };
    let mut next = read;
    loop {
        to.write_all(&next).await?;
        {
            let mut link = lock(link);
            *if up { &mut link.counts.up } else { &mut link.counts.down } += next.len();
        }
        kept.bytes.append(&mut next);
        if !more(&mut from, &mut next).await? {
            return Ok(());
        }
        let mut link = lock(link);
        let percent = link.lose;
        if !up && percent > 0 && link.random.chance(percent) {
            link.counts.answers_lost += 1;
            return Ok(());
        }
    }
}

struct Frames<'a> {
    bytes: Vec<u8>,
    link: &'a Shared,
    up: bool,
}

impl Drop for Frames<'_> {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        lock(self.link).traffic.push(Traffic::Socket { bytes, up: self.up });
    }
}

fn without_codings(head: &mut [u8]) {
    for (from, to) in CODINGS {
        let at = head.windows(from.len()).position(|w| w.eq_ignore_ascii_case(from));
        if let Some(place) = at.and_then(|at| head.get_mut(at..at + to.len())) {
            place.copy_from_slice(to);
        }
    }
}
