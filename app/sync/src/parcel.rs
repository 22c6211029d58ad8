//! Unsent work as one file that only its office can open: the format, without
//! the cipher, which the browser and the server bring.
//!
//! `header ‖ section …`; a section is its length (4 bytes, big endian) and so
//! many bytes of AES-256-GCM. The key is made of the header and of the key that
//! the office issued to a person on that device, so nobody else can write or
//! read such a file, and no key has to travel. The nonce counts the sections and
//! marks the last one: a file that was cut anywhere opens nowhere.
//!
//! Stable: such files lie in mail and on sticks for months.

mod header;
mod section;

pub use header::{FIXED, Header, LONGEST, Strange};
pub use section::{
    Broken, Item, MAX_SECTION, PIECE, TAG, Unpack, file_section, piece_section, work_sections,
};

use crate::seal::{Key, mac};

/// Media type of such a file.
pub const MEDIA: &str = "application/vnd.takar.outbox";
/// Most bytes of one file that an office takes.
pub const MOST: u64 = 1 << 30;

/// The key of one file, 32 bytes: of a person's key on a device, and of the
/// header as it was written.
#[must_use]
pub fn file_key(issued: &Key, header: &[u8]) -> Vec<u8> {
    mac(&issued.0, &[b"takar outbox file ", header])
}

/// The nonce of the section at `place`, counted from 0.
#[must_use]
pub fn nonce(place: u64, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[..8].copy_from_slice(&place.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}

/// What goes before `sealed` bytes of a section.
#[must_use]
pub fn length(sealed: usize) -> [u8; 4] {
    u32::try_from(sealed).unwrap_or(u32::MAX).to_be_bytes()
}
