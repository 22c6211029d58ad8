//! The one way from values to bytes and back: CBOR (RFC 8949).
//!
//! Every decoder is compiled again for every type it decodes, and the app has
//! to be small. So there is one `Reader` and one `Writer`, neither generic
//! nor with words in their error, and everything goes through them: rows and
//! bodies as they are, plain values and JSON by way of their CBOR.

pub mod fill;
mod json;
mod read;
mod write;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use self::read::Reader;
use self::write::Writer;
use crate::record::Value;

/// The bytes are not a value of the wanted shape. Says no more on purpose: the
/// words of serde's errors would be compiled for every type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable CBOR")
    }
}

impl std::error::Error for Unreadable {}

/// Encodes a value. The same value always gives the same bytes.
#[must_use]
pub fn to_cbor<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    encode(value, false)
}

/// Decodes exactly one value: unknown fields are ignored, trailing bytes refused.
///
/// # Errors
/// [`Unreadable`] for anything else, however hostile; never a panic.
pub fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let mut reader = Reader::new(bytes);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The value as plain data, as it stands in field groups and in JSON: ids are text.
#[must_use]
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Value {
    plain(&encode(value, true))
}

/// Plain data, typed.
///
/// # Errors
/// [`Unreadable`] if it has another shape.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Unreadable> {
    // One value was written: nothing stands behind it.
    T::deserialize(&mut Reader::new(&to_cbor(value)))
}

/// The value as JSON. Nothing of ours has floats; such a value would be null.
#[must_use]
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    json::print(&encode(value, true)).unwrap_or_else(|_| "null".into())
}

/// Reads JSON.
///
/// # Errors
/// [`Unreadable`] if it is no JSON, has a float or another shape.
pub fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, Unreadable> {
    from_cbor(&json::parse(text)?)
}

fn encode<T: Serialize + ?Sized>(value: &T, readable: bool) -> Vec<u8> {
    let mut writer = Writer::new(readable);
    let Ok(()) = value.serialize(&mut writer);
    writer.out
}

/// What is not plain data, a map with keys that are no text, becomes null.
fn plain(bytes: &[u8]) -> Value {
    from_cbor(bytes).unwrap_or_default()
}
