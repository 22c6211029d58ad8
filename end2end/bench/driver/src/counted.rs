//! What went over one link, and what the same would be with every body packed
//! by the same gzip.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use crate::sockets::carried;

/// The bytes of one connection or message, kept until they are counted: packing
/// them must not slow down what is measured.
#[derive(Debug)]
pub enum Traffic {
    Http {
        heads: usize,
        body: Vec<u8>,
    },
    /// One direction of a WebSocket.
    Socket {
        bytes: Vec<u8>,
        up: bool,
    },
}

/// Bytes and requests of a scenario.
#[derive(Debug, Default, Serialize)]
pub struct Counts {
    /// HTTP requests, of which streams of events are some.
    pub requests: usize,
    /// WebSocket messages from devices.
    pub messages: usize,
    pub answers_lost: usize,
    pub cuts: usize,
    pub up: usize,
    pub down: usize,
    /// Bytes in both directions if every body, and every socket as one stream,
    /// were packed by gzip level 6.
    pub packed: usize,
}

impl Counts {
    pub fn add(&mut self, traffic: &Traffic) {
        match traffic {
            Traffic::Http { heads, body } => self.packed += heads + packed(body),
            Traffic::Socket { bytes, up } => {
                let found = carried(bytes);
                self.messages += if *up { found.messages } else { 0 };
                self.packed += found.heads + packed(&found.payload);
            }
        }
    }
}

/// What is packed already, and what is too small, stays as it is.
fn packed(body: &[u8]) -> usize {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    let packed = packer.write_all(body).and_then(|()| packer.finish());
    packed.map_or(body.len(), |p| p.len().min(body.len()))
}
