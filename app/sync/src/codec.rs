//! CBOR in and out, and the serde form of byte strings.

pub use takar_domain::codec::{Unreadable, from_cbor, to_cbor};

/// `#[serde(with = "bytes")]`: a byte string in CBOR, base64 in JSON.
pub mod bytes {
    use std::fmt;

    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.serialize_str(&text(bytes)) } else { to.serialize_bytes(bytes) }
    }

    /// # Errors
    /// Those of the deserializer, and text that is not base64.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        // The codec gives bytes where bytes stand, JSON knows only text.
        from.deserialize_str(Bytes)
    }

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes or base64")
        }
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
            parse(text).ok_or_else(|| E::custom("not base64"))
        }
    }

    fn text(bytes: &[u8]) -> String {
        let mut out = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
        for chunk in bytes.chunks(3) {
            let word = chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let digit = (word >> (18 - 6 * place) & 63) as usize;
                out.push(if place <= chunk.len() { char::from(DIGITS[digit]) } else { '=' });
            }
        }
        out
    }

    /// Standard alphabet, padding optional.
    fn parse(text: &str) -> Option<Vec<u8>> {
        let text = text.trim_end_matches('=').as_bytes();
        if text.len() % 4 == 1 {
            return None;
        }
        let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
        for chunk in text.chunks(4) {
            let mut word = 0u32;
            for digit in chunk {
                let value = DIGITS.iter().position(|d| d == digit)?;
                word = word << 6 | u32::try_from(value).ok()?;
            }
            word <<= 6 * (4 - chunk.len());
            out.extend(word.to_be_bytes().iter().skip(1).take(chunk.len() - 1));
        }
        Some(out)
    }
}
