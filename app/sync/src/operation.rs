//! What a device saves and sends: immutable, authenticated, addressed by id.
//!
//! Stable: stored in browsers and in the office's log; additive changes only.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::evidence::is_sha256;
use takar_domain::figure::Judged;
use takar_domain::record::{Attribution, DeviceId, Made, OpId, RecordId, Source, Subject, Value};
use takar_domain::sorted::Map;

/// Version of the operation's shape written by this software.
pub const SCHEMA: u16 = 1;

/// A sealed operation: the bytes that were authenticated, and nothing re-encoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Envelope {
    /// Which key made the MAC: see [`crate::seal`].
    pub key: String,
    /// CBOR of an [`Operation`].
    #[serde(with = "crate::codec::bytes")]
    pub body: Vec<u8>,
    /// HMAC-SHA-256 over `body`.
    #[serde(with = "crate::codec::bytes")]
    pub mac: Vec<u8>,
}

/// One act of one person: an edit, a transition, or a bulk of either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Operation {
    pub id: OpId,
    pub office: RecordId,
    pub device: DeviceId,
    pub author: RecordId,
    /// Contiguous per device and person, from 1.
    pub number: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acted_for: Option<RecordId>,
    #[serde(default)]
    pub source: Source,
    pub schema: u16,
    pub made: Made,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The held or late operation that this one adopts or discards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<OpId>,
    /// One part, or the parts of a bulk act. No group of a record occurs twice.
    pub parts: Vec<Part>,
}

impl Operation {
    /// The attribution that its heads carry.
    #[must_use]
    pub fn attribution(&self) -> Attribution {
        Attribution {
            author: self.author,
            acted_for: self.acted_for,
            source: self.source,
            device: self.device,
            made: self.made,
            reason: self.reason.clone(),
        }
    }

    /// SHA-256 of every file that it names, each once, sorted: whatever becomes
    /// of it, the office keeps these. A name is a field `sha256` anywhere in a
    /// value, so that what a newer app attaches elsewhere is kept too.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        self.named().keys().cloned().collect()
    }

    /// The same with what is said of their sizes in bytes, else 0.
    #[must_use]
    pub fn named(&self) -> Map<String, u64> {
        let mut found = Map::new();
        for change in self.parts.iter().flat_map(|part| &part.changes) {
            name_files(&change.value, &mut found);
        }
        found
    }

    /// What a file of evidence is called where it is named; `None` for a small
    /// picture and for what a newer app attaches elsewhere.
    #[must_use]
    pub fn name_of(&self, sha256: &str) -> Option<&str> {
        let changes = self.parts.iter().flat_map(|part| &part.changes);
        let mut listed = changes.filter_map(|change| change.value["evidence"].as_array()).flatten();
        listed.find(|one| one["file"]["sha256"].as_str() == Some(sha256))?["name"].as_str()
    }
}

/// The files that a value names. No deeper than the codec reads.
pub(crate) fn name_files(value: &Value, found: &mut Map<String, u64>) {
    match value {
        Value::Object(fields) => {
            let sha256 = fields.get("sha256").and_then(Value::as_str).filter(|text| is_sha256(text));
            let size = fields.get("size").and_then(Value::as_u64).unwrap_or(0);
            if let Some(sha256) = sha256 {
                found.insert(sha256.to_owned(), size);
            }
            fields.values().for_each(|value| name_files(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| name_files(value, found)),
        _ => {}
    }
}

/// What an operation does to one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Part {
    pub subject: Subject,
    /// A plain edit, or a transition of the workflow table.
    #[serde(default)]
    pub action: takar_domain::workflow::Action,
    pub changes: Vec<Change>,
    /// For transitions: what was looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judged: Vec<Judged>,
}

/// A new value of one field group, and what its maker had seen of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Change {
    pub group: String,
    /// Sorted ids of the heads it supersedes.
    pub seen: Vec<OpId>,
    pub value: Value,
}
