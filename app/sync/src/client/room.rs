//! How much the next answer may bring, learnt from the ones before.

/// Bytes of operations: at first, and at the least and most that a bad or a good
/// connection makes of it.
const BYTES: [u64; 3] = [8 << 20, 64 << 10, 8 << 20];

#[derive(Debug)]
pub struct Room {
    bytes: u64,
    /// Whether it may be a lean page: not after one that could not be used.
    pub lean: bool,
}

impl Room {
    pub const fn new() -> Self {
        Self { bytes: BYTES[0], lean: true }
    }

    /// What the next request says of it; `None` asks for a complete page.
    pub fn asked(&self) -> Option<u64> {
        self.lean.then_some(self.bytes)
    }

    /// An answer was too much for this connection.
    pub fn narrow(&mut self) {
        self.bytes = (self.bytes / 4).max(BYTES[1]);
    }

    /// A whole page came, and there is more.
    pub fn widen(&mut self) {
        self.bytes = self.bytes.saturating_mul(4).min(BYTES[2]);
    }
}
