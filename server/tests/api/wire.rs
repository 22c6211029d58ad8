//! A wire between clients and a server: it counts bytes, can be cut, can fall
//! silent, and can lead to another port.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    To(u16),
    /// Connections end and new ones get no answer.
    Cut,
    /// Connections stay, and nothing passes.
    Silent,
}

pub struct Wire {
    pub port: u16,
    way: watch::Sender<Way>,
    /// Bytes that passed, both ways together.
    passed: Arc<watch::Sender<u64>>,
}

impl Wire {
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let way = watch::Sender::new(Way::To(port));
        let passed = Arc::new(watch::Sender::new(0));
        tokio::spawn(accept(listener, way.subscribe(), Arc::clone(&passed)));
        Self { port: address.port(), way, passed }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn turn(&self, way: Way) {
        self.way.send_replace(way);
    }

    /// Waits until so many more bytes have passed.
    pub async fn pass(&self, more: u64) {
        let goal = *self.passed.borrow() + more;
        self.passed.subscribe().wait_for(|passed| *passed >= goal).await.unwrap();
    }
}

async fn accept(listener: TcpListener, way: watch::Receiver<Way>, passed: Arc<watch::Sender<u64>>) {
    while let Ok((near, _)) = listener.accept().await {
        tokio::spawn(connect(near, way.clone(), Arc::clone(&passed)));
    }
}

async fn connect(near: TcpStream, mut way: watch::Receiver<Way>, passed: Arc<watch::Sender<u64>>) {
    let Ok(Way::To(port)) = way.wait_for(|way| *way != Way::Silent).await.map(|way| *way) else { return };
    let Ok(far) = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await else { return };
    // It is the wire that is tested, not what systems put together to save packets.
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let silent = way.clone();
    // When one direction ends the other does too, and both ends see it.
    tokio::select! {
        () = copy(near_in, far_out, silent.clone(), &passed) => {}
        () = copy(far_in, near_out, silent, &passed) => {}
        _ = way.wait_for(|way| !matches!(way, Way::Silent) && *way != Way::To(port)) => {}
    }
}

async fn copy(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut way: watch::Receiver<Way>,
    passed: &watch::Sender<u64>,
) {
    let mut bytes = vec![0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if way.wait_for(|way| *way != Way::Silent).await.is_err()
            || to.write_all(&bytes[..count]).await.is_err()
        {
            return;
        }
        passed.send_modify(|passed| *passed += count as u64);
    }
}
