//! What a device's database was asked, written down, so that a browser's own
//! can be asked the same and must answer the same (`end2end/replay`).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::client::{Table, Transaction};

/// A row, or the place of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub table: String,
    pub key: String,
    /// Empty where only the place is meant.
    #[serde(with = "crate::codec::bytes")]
    pub value: Vec<u8>,
}

/// One thing that was asked, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Traced {
    /// A transaction, and whether its expectations held.
    Ran { present: Vec<Row>, absent: Vec<Row>, deletes: Vec<Row>, puts: Vec<Row>, held: bool },
    /// Everything was read: the [`digest`] of all rows.
    Read { digest: String },
}

impl Traced {
    pub(super) fn ran(txn: &Transaction, held: bool) -> Self {
        let row = |(table, key, value): &(Table, String, Vec<u8>)| row(*table, key, value);
        let expected = |there: bool| {
            let expect = txn.expect.iter().filter(move |e| e.value.is_some() == there);
            expect.map(|e| self::row(e.table, &e.key, e.value.as_deref().unwrap_or_default())).collect()
        };
        Self::Ran {
            present: expected(true),
            absent: expected(false),
            deletes: txn.deletes.iter().map(|(table, key)| self::row(*table, key, &[])).collect(),
            puts: txn.puts.iter().map(row).collect(),
            held,
        }
    }
}

fn row(table: Table, key: &str, value: &[u8]) -> Row {
    Row { table: table.name().to_owned(), key: key.to_owned(), value: value.to_vec() }
}

/// SHA-256 over all rows in the order of their tables and keys, in hex.
#[must_use]
pub fn digest<'a>(rows: impl Iterator<Item = (&'a str, &'a str, &'a [u8])>) -> String {
    let mut hash = Sha256::new();
    for (table, key, value) in rows {
        for part in [table.as_bytes(), key.as_bytes(), value] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
