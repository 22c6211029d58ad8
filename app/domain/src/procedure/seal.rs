//! What a unit hands over, fixed (SOP step 8): how many figures and a hash of
//! everything in them, so that what is signed later can be compared with it.

use serde::Serialize;
use sha2::{Digest, Sha256};
use takar_derive::Readable;

use crate::codec::to_json;
use crate::figure::{VALIDATION, restating};
use crate::record::{Record, RecordId, Subject};
use crate::sorted::sort_by_key;
use crate::status::is_filled;

/// The seal of a unit's figures. Who made it and when is the operation's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Seal {
    /// Figures that are filled in.
    pub count: usize,
    /// SHA-256, lower case hex, over every figure by id and every group by name
    /// with the value that calculations use; decisions of validation left out. Of
    /// figures of earlier periods what this period restates, nothing else.
    /// Not called `sha256`: a field of that name names a file, which the office
    /// would wait for.
    pub digest: String,
}

/// Seals figures as they stand. The order in which they are given does not matter.
#[must_use]
pub fn seal(figures: &[Subject], get: &dyn Fn(RecordId) -> Option<Record>) -> Seal {
    let mut records: Vec<_> = figures.iter().filter_map(|figure| get(figure.record())).collect();
    sort_by_key(&mut records, |record| record.subject.record());
    let period = |record: &Record| match record.subject {
        Subject::Figure { period, .. } => Some(period),
        _ => None,
    };
    let newest = records.iter().map(period).max().flatten();
    let mut hash = Sha256::new();
    let mut count = 0;
    for record in &records {
        let current = period(record) == newest;
        count += usize::from(current && is_filled(record));
        let id = record.subject.record().to_string();
        let sealed = |name: &str| match restating(name) {
            Some(by) => !current && Some(by) == newest,
            None => current && name != VALIDATION,
        };
        for (name, group) in record.groups.iter().filter(|(name, _)| sealed(name)) {
            let Some(value) = group.value() else { continue };
            // As JSON texts: no name or value can run into the next one.
            for text in [to_json(&id), to_json(name), to_json(value)] {
                hash.update(text.as_bytes());
            }
        }
    }
    let digest = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Seal { count, digest }
}
