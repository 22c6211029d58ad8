//! What a record's bytes are on the wire: the same records written with more and
//! more of what travels with them, as they are and packed by the proxy's gzip.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde_json::Value;
use takar_domain::record::{DeviceId, Made, OpId, RecordId, Source, natural};
use takar_domain::workflow::Action;
use takar_sync::codec::to_cbor;
use takar_sync::operation::{Change, Operation, Part, SCHEMA};
use takar_sync::verdict::{Outcome, Verdict};
use takar_sync::wire::Entry;
use takar_sync::{chain, lean, seal};
use uuid::Uuid;

use crate::Failed;
use crate::http::now_ms;
use crate::work::{Shape, subject};

/// Bytes of one record, a mean over one device's.
#[derive(Debug, Serialize)]
pub struct Layer {
    with: &'static str,
    bytes: f64,
    packed: f64,
}

/// From what was typed to an entry of the office's log.
pub fn layers(shape: &Shape) -> Result<Vec<Layer>, Failed> {
    let (office, person) = (natural(Uuid::nil(), "office"), natural(Uuid::nil(), "person"));
    let device = DeviceId(Uuid::now_v7());
    let made = |record: usize| operation(shape, record, (office, person, device));
    let operations: Vec<Operation> = (0..shape.records).map(made).collect();
    let id = seal::key_id(person, device);
    let key = seal::derive_key(b"secret", &id);
    let envelopes: Vec<_> = operations.iter().map(|o| seal::seal(o, &key, &id)).collect();

    let typed: Vec<Vec<String>> = operations.iter().map(|o| leaves(&o.parts)).collect();
    let changes: Vec<_> = operations.iter().flat_map(|o| &o.parts).map(|part| &part.changes).collect();
    let parts: Vec<_> = operations.iter().map(|o| &o.parts).collect();
    let mut entries: Vec<Entry> = (1..)
        .zip(operations.iter().zip(&envelopes))
        .map(|(seq, (operation, envelope))| Entry {
            seq,
            op: operation.id,
            envelope: Some(envelope.clone()),
            digest: chain::digest(envelope),
            at: now_ms(),
            verdict: Verdict { parts: vec![Outcome::Applied], needs: Vec::new() }.into(),
            hash: vec![0; 32],
        })
        .collect();
    let whole = to_cbor(&entries);
    lean::thin(&mut entries, &[]);
    let written = [
        ("what a person typed", to_cbor(&typed)),
        ("names of fields, what each had seen", to_cbor(&changes)),
        ("which figure it is", to_cbor(&parts)),
        ("id, author, device, number and time of the operation", to_cbor(&operations)),
        ("its MAC and the key's name: pushed", to_cbor(&envelopes)),
        ("place, time and verdict in the log: pulled", to_cbor(&entries)),
        ("every hash of the chain, which lean pages leave out", whole),
    ];
    written.into_iter().map(|(with, bytes)| layer(with, &bytes, shape.records)).collect()
}

fn operation(
    shape: &Shape,
    record: usize,
    (office, person, device): (RecordId, RecordId, DeviceId),
) -> Operation {
    let fields = shape.fields_of(record).into_iter();
    let changes = fields.map(|(group, value)| Change { group, seen: Vec::new(), value }).collect();
    Operation {
        id: OpId(Uuid::now_v7()),
        office,
        device,
        author: person,
        number: record as u64 + 1,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made { wall: now_ms(), anchor: None },
        reason: None,
        names: None,
        parts: vec![Part { subject: subject(record), action: Action::Edit, changes, judged: Vec::new() }],
    }
}

fn leaves(parts: &[Part]) -> Vec<String> {
    fn collect(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.values().for_each(|v| collect(v, into)),
            Value::Array(items) => items.iter().for_each(|v| collect(v, into)),
            Value::String(text) => into.push(text.clone()),
            other => into.push(other.to_string()),
        }
    }
    let mut found = Vec::new();
    parts.iter().flat_map(|part| &part.changes).for_each(|change| collect(&change.value, &mut found));
    found
}

fn layer(with: &'static str, bytes: &[u8], records: usize) -> Result<Layer, Failed> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(bytes)?;
    let packed = packer.finish()?.len();
    let each = |bytes: usize| (bytes as f64 / records.max(1) as f64 * 10.0).round() / 10.0;
    Ok(Layer { with, bytes: each(bytes.len()), packed: each(packed) })
}
