//! A verdict as it was written once and for all.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use takar_domain::blank;

use crate::codec::{bytes, from_cbor, to_cbor};
use crate::verdict::Verdict;

/// A verdict and its CBOR. The chain hashes the bytes as they came: what a newer
/// software adds to a verdict does not break the chain for an older one, as an
/// operation in its envelope does not. Travels and is stored as a byte string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Without parts if this software cannot read it.
    verdict: Verdict,
    bytes: Vec<u8>,
}

blank! { Written = Self::read(Vec::new()); }

impl Written {
    /// The verdict's CBOR.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes the bytes of a verdict, whoever wrote them.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Self {
        let unknown = Verdict { parts: Vec::new(), needs: Vec::new() };
        Self { verdict: from_cbor(&bytes).unwrap_or(unknown), bytes }
    }
}

impl From<Verdict> for Written {
    fn from(verdict: Verdict) -> Self {
        let bytes = to_cbor(&verdict);
        Self { verdict, bytes }
    }
}

impl Deref for Written {
    type Target = Verdict;

    fn deref(&self) -> &Verdict {
        &self.verdict
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        bytes::serialize(&self.bytes, to)
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        bytes::deserialize(from).map(Self::read)
    }
}
