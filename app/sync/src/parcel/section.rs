//! What is inside the sections: operations first, then files in pieces.

use takar_domain::evidence::{LIMIT_OF_LIMITS, is_sha256};

use crate::client::sha256;
use crate::codec::{from_cbor, to_cbor};
use crate::operation::Envelope;

/// Bytes that the cipher adds.
pub const TAG: usize = 16;
/// Most bytes of a sealed section: the largest operation fits.
pub const MAX_SECTION: usize = 2 << 20;
/// Bytes of one piece of a file.
pub const PIECE: u64 = 1 << 20;
/// Bytes of operations that go into one section, and how many; a larger one
/// goes alone.
const WORK: usize = 512 << 10;
const BATCH: usize = 200;

const OF_WORK: u8 = 0;
const OF_FILE: u8 = 1;
const OF_PIECE: u8 = 2;

/// Sections of sealed operations, in the order of sending. Always one at least,
/// so that no file is empty.
#[must_use]
pub fn work_sections(envelopes: Vec<Envelope>) -> Vec<Vec<u8>> {
    let (mut sections, mut batch, mut bytes) = (Vec::new(), Vec::new(), 0usize);
    for envelope in envelopes {
        bytes = bytes.saturating_add(envelope.body.len() + 256);
        if !batch.is_empty() && (bytes > WORK || batch.len() >= BATCH) {
            sections.push(section(OF_WORK, &to_cbor(&batch)));
            bytes = envelope.body.len();
            batch.clear();
        }
        batch.push(envelope);
    }
    sections.push(section(OF_WORK, &to_cbor(&batch)));
    sections
}

/// The section that announces a file: its name and bytes.
#[must_use]
pub fn file_section(sha256: &str, size: u64) -> Vec<u8> {
    section(OF_FILE, &[sha256.as_bytes(), &size.to_be_bytes()].concat())
}

/// The next [`PIECE`] of the announced file, or what is left of it.
#[must_use]
pub fn piece_section(bytes: &[u8]) -> Vec<u8> {
    section(OF_PIECE, bytes)
}

fn section(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 1);
    out.push(kind);
    out.extend_from_slice(content);
    out
}

/// A section that makes no sense where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// Something whole out of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Work(Vec<Envelope>),
    /// A file, and whether its bytes are those of its name.
    File {
        sha256: String,
        bytes: Vec<u8>,
        whole: bool,
    },
}

/// Puts opened sections together. Holds one file's bytes at most.
#[derive(Debug, Default)]
pub struct Unpack {
    /// The file that is being put together, and its size.
    open: Option<(String, u64, Vec<u8>)>,
}

impl Unpack {
    /// Takes the next section.
    ///
    /// # Errors
    /// [`Broken`]: it does not belong here, or is none.
    pub fn take(&mut self, section: &[u8]) -> Result<Option<Item>, Broken> {
        let (kind, content) = section.split_first().ok_or(Broken)?;
        match (*kind, self.open.take()) {
            (OF_WORK, None) => from_cbor(content).map(|work| Some(Item::Work(work))).map_err(|_| Broken),
            (OF_FILE, None) => {
                let (name, size) = content.split_last_chunk::<8>().ok_or(Broken)?;
                let name = std::str::from_utf8(name).ok().filter(|name| is_sha256(name)).ok_or(Broken)?;
                let size = u64::from_be_bytes(*size);
                if size == 0 || size > LIMIT_OF_LIMITS {
                    return Err(Broken);
                }
                self.open = Some((name.to_owned(), size, Vec::new()));
                Ok(None)
            }
            (OF_PIECE, Some((name, size, mut bytes))) if !content.is_empty() => {
                bytes.extend_from_slice(content);
                match (bytes.len() as u64).cmp(&size) {
                    std::cmp::Ordering::Less => {
                        self.open = Some((name, size, bytes));
                        Ok(None)
                    }
                    std::cmp::Ordering::Equal => {
                        let whole = sha256(&bytes) == name;
                        Ok(Some(Item::File { sha256: name, bytes, whole }))
                    }
                    std::cmp::Ordering::Greater => Err(Broken),
                }
            }
            _ => Err(Broken),
        }
    }

    /// Says that no section follows.
    ///
    /// # Errors
    /// [`Broken`] in the middle of a file.
    pub const fn end(&self) -> Result<(), Broken> {
        if self.open.is_none() { Ok(()) } else { Err(Broken) }
    }
}
