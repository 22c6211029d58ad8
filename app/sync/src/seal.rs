//! Sealing: the MAC that proves who made an operation, whoever carries it.
//!
//! The office keeps one secret. A person's key for a device is derived from it
//! by the key's id, so that a restored backup still verifies every operation.

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use takar_derive::Readable;
use takar_domain::blank;
use takar_domain::record::{DeviceId, OpId, RecordId};

pub use crate::codec::Unreadable;
use crate::codec::{from_cbor, to_cbor};
use crate::operation::{Envelope, Operation};

/// Largest body of one operation in bytes: a bulk act of thousands of parts fits.
pub const MAX_BODY: usize = 1 << 20;

/// A person's key on one device, 32 bytes. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(#[serde(with = "crate::codec::bytes")] pub Vec<u8>);

blank! { Key = Self(Vec::new()); }

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The id of the key of `person` on `device`: `1.<person>.<device>`.
#[must_use]
pub fn key_id(person: RecordId, device: DeviceId) -> String {
    format!("1.{person}.{device}")
}

/// The id of the key that the office itself works with in a person's name, from one
/// of its servers: `2.<person>.<device>`. No device is ever given it, so that what
/// only the office may do (signatures, letter numbers) cannot be pushed.
#[must_use]
pub fn office_key_id(person: RecordId, device: DeviceId) -> String {
    format!("2.{person}.{device}")
}

/// Whether an envelope names a key of the office itself; [`authentic`] proves it.
#[must_use]
pub fn names_office(envelope: &Envelope) -> bool {
    envelope.key.starts_with("2.")
}

/// The key that the office issues at sign-in under `key_id`.
#[must_use]
pub fn derive_key(office_secret: &[u8], key_id: &str) -> Key {
    Key(mac(office_secret, &[b"takar operation key ", key_id.as_bytes()]))
}

/// Seals an operation: from now on its bytes are fixed.
#[must_use]
pub fn seal(operation: &Operation, key: &Key, key_id: &str) -> Envelope {
    seal_body(to_cbor(operation), key, key_id)
}

/// Seals the bytes of an operation, whichever software wrote them.
#[must_use]
pub fn seal_body(body: Vec<u8>, key: &Key, key_id: &str) -> Envelope {
    let mac = mac(&key.0, &[&body]);
    Envelope { key: key_id.to_owned(), body, mac }
}

/// Reads the operation in an envelope, without proving anything.
///
/// # Errors
/// [`Unreadable`] if the body is oversized, hostile, or of a newer software
/// whose kinds this one does not know.
pub fn open(envelope: &Envelope) -> Result<Operation, Unreadable> {
    if envelope.body.len() > MAX_BODY {
        return Err(Unreadable);
    }
    from_cbor(&envelope.body)
}

/// The id of an operation that may be unreadable otherwise.
#[must_use]
pub fn peek(envelope: &Envelope) -> Option<OpId> {
    #[derive(Readable)]
    struct OnlyId {
        id: OpId,
    }
    if envelope.body.len() > MAX_BODY {
        return None;
    }
    from_cbor::<OnlyId>(&envelope.body).ok().map(|only| only.id)
}

/// Whether the operation's author made it on the device it names: the key's id
/// names the same two, and the MAC over the very bytes is right.
#[must_use]
pub fn authentic(envelope: &Envelope, operation: &Operation, office_secret: &[u8]) -> bool {
    let (author, device) = (operation.author, operation.device);
    if envelope.key != key_id(author, device) && envelope.key != office_key_id(author, device) {
        return false;
    }
    let key = derive_key(office_secret, &envelope.key);
    // `verify_slice` compares in constant time.
    keyed(&key.0).is_some_and(|mut m| {
        m.update(&envelope.body);
        m.verify_slice(&envelope.mac).is_ok()
    })
}

fn keyed(key: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::<Sha256>::new_from_slice(key).ok()
}

pub(crate) fn mac(key: &[u8], texts: &[&[u8]]) -> Vec<u8> {
    // HMAC takes keys of every length, so the empty answer cannot happen; it
    // would verify nowhere.
    let Some(mut mac) = keyed(key) else { return Vec::new() };
    for text in texts {
        mac.update(text);
    }
    mac.finalize().into_bytes().to_vec()
}
