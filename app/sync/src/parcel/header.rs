//! The readable beginning of the file: for whom, and with which key.

use takar_domain::record::RecordId;
use uuid::Uuid;

const MAGIC: &[u8; 6] = b"TAKAR\x1a";
/// Version of the format that this software writes and reads.
const VERSION: u8 = 1;
const SALT: usize = 16;
/// Bytes before the key's id.
pub const FIXED: usize = MAGIC.len() + 1 + SALT + 16 + 1;
/// Most bytes of a header.
pub const LONGEST: usize = FIXED + 255;

/// Why a file is not read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strange {
    /// It is no such file.
    NotOurs,
    /// Newer software wrote it.
    Newer,
    /// It ends in its header.
    Short,
}

/// For whom the file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Random, fresh for each file: it makes the key, so no nonce is used twice.
    pub salt: [u8; SALT],
    pub office: RecordId,
    /// Id of the issued key: see [`crate::seal::key_id`].
    pub key: String,
}

impl Header {
    /// The header's bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(FIXED + self.key.len());
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(self.office.0.as_bytes());
        out.push(u8::try_from(self.key.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(self.key.as_bytes());
        out
    }

    /// Reads a header from the first bytes of a file, [`LONGEST`] or all of
    /// them; gives its length as well.
    ///
    /// # Errors
    /// See [`Strange`].
    pub fn read(bytes: &[u8]) -> Result<(Self, usize), Strange> {
        let begins = bytes.len().min(MAGIC.len());
        if bytes[..begins] != MAGIC[..begins] {
            return Err(Strange::NotOurs);
        }
        match bytes.get(MAGIC.len()) {
            None => return Err(Strange::Short),
            Some(&VERSION) => {}
            Some(0) => return Err(Strange::NotOurs),
            Some(_) => return Err(Strange::Newer),
        }
        let fixed = bytes.get(MAGIC.len() + 1..FIXED).ok_or(Strange::Short)?;
        let (salt, rest) = fixed.split_first_chunk::<SALT>().ok_or(Strange::Short)?;
        let (office, rest) = rest.split_first_chunk::<16>().ok_or(Strange::Short)?;
        let len = FIXED + usize::from(rest.first().copied().unwrap_or(0));
        let key = bytes.get(FIXED..len).ok_or(Strange::Short)?;
        let key = std::str::from_utf8(key).map_err(|_| Strange::NotOurs)?.to_owned();
        Ok((Self { salt: *salt, office: RecordId(Uuid::from_bytes(*office)), key }, len))
    }
}
