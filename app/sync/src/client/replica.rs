//! The mirror in memory of what the device has stored. It is only ever changed
//! by rows that are durable, through one function, so it cannot say more than
//! the database.

use takar_derive::Readable;
use takar_domain::record::{DeviceId, OpId, Record, RecordId};
use takar_domain::sorted::{Map, sort_by_key};
use uuid::Uuid;

use super::event::Account;
use super::outgoing::{Item, Outgoing};
use super::table::{Expect, Key, Stored, Table};
use super::upload::Waiting;
use crate::chain;
use crate::codec::{from_cbor, to_cbor};
use crate::wire::{Cursor, Entry};

/// Meta key of the count of transactions: each relies on it and raises it, so
/// that whatever a transaction was planned on still holds when it is run, and
/// of two readings it is known which is the newer.
pub const REVISION: &str = "revision";
/// Meta key of the [`Cursor`].
pub const CURSOR: &str = "cursor";
/// Meta key of the device's id.
pub const DEVICE: &str = "device";
/// Meta key of the person who works here.
pub const WORKING: &str = "working";
/// Meta key of the software that folded the log into records: another one
/// folds it again, since it may know kinds that this one skipped.
pub const FOLD: &str = "fold";
const ACCOUNT: &str = "account/";
const NUMBER: &str = "last_number/";

/// Meta key of a person's [`Account`].
pub fn account_key(person: RecordId) -> Key {
    format!("{ACCOUNT}{person}")
}

/// Meta key of the last number that a person used on this device.
pub fn number_key(person: RecordId) -> Key {
    format!("{NUMBER}{person}")
}

/// Log key of a sequence.
pub fn log_key(seq: u64) -> Key {
    format!("{seq:016x}")
}

/// Records by id, boxed: making room for one among thousands moves little.
pub type Records = Map<RecordId, Box<Record>>;

/// What becomes of rows: a value to put, or `None` to delete. The last word counts.
#[derive(Clone, Debug, Default)]
pub struct Rows(pub Map<(Table, Key), Option<Vec<u8>>>);

impl Rows {
    pub fn put<T: serde::Serialize + ?Sized>(&mut self, table: Table, key: Key, value: &T) {
        self.0.insert((table, key), Some(to_cbor(value)));
    }

    pub fn delete(&mut self, table: Table, key: Key) {
        self.0.insert((table, key), None);
    }

    pub fn puts(&self, table: Table, key: &str) -> bool {
        self.0.get(&(table, key.to_owned())).is_some_and(Option::is_some)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Replica {
    meta: Map<Key, Vec<u8>>,
    pub outbox: Map<OpId, Outgoing>,
    /// Files that are not confirmed.
    pub uploads: Map<Key, Waiting>,
    /// Raw, since thousands of entries are rarely looked at.
    log: Map<u64, Vec<u8>>,
    /// Confirmed by the office.
    pub records: Records,
}

impl Replica {
    /// The mirror of `stored`, taking over from an `earlier` one what is the same.
    pub fn load(stored: Stored, earlier: &Self) -> Self {
        let mut replica = Self::default();
        for (key, value) in stored.records {
            // Writing is quicker than reading, and spares a copy of every row.
            let known = uuid(&key).and_then(|id| earlier.records.get(&RecordId(id)));
            match known.filter(|record| to_cbor(record) == value) {
                Some(record) => drop(replica.records.insert(record.subject.record(), record.clone())),
                None => replica.put(Table::Records, key, value),
            }
        }
        let tables = [
            (Table::Meta, stored.meta),
            (Table::Outbox, stored.outbox),
            (Table::Log, stored.log),
            (Table::Uploads, stored.uploads),
        ];
        for (table, rows) in tables {
            for (key, value) in rows {
                replica.put(table, key, value);
            }
        }
        replica
    }

    /// Takes over rows that are durable now.
    pub fn write(&mut self, rows: Rows) {
        for ((table, key), value) in rows.0 {
            match value {
                Some(value) => self.put(table, key, value),
                None => self.delete(table, &key),
            }
        }
    }

    fn delete(&mut self, table: Table, key: &str) {
        match table {
            Table::Meta => drop(self.meta.remove(key)),
            Table::Outbox => drop(uuid(key).and_then(|id| self.outbox.remove(&OpId(id)))),
            Table::Log => drop(sequence(key).and_then(|seq| self.log.remove(&seq))),
            Table::Records => {
                if let Some(id) = uuid(key).map(RecordId) {
                    self.records.remove(&id);
                }
            }
            Table::Uploads => drop(self.uploads.remove(key)),
            Table::Drafts | Table::Files => {}
        }
    }

    /// A row that this software cannot read stays stored and is not looked at.
    fn put(&mut self, table: Table, key: Key, value: Vec<u8>) {
        match table {
            Table::Meta => drop(self.meta.insert(key, value)),
            Table::Outbox => {
                if let (Some(id), Ok(item)) = (uuid(&key), from_cbor::<Item>(&value)) {
                    self.outbox.insert(OpId(id), Outgoing::new(OpId(id), item));
                }
            }
            Table::Log => {
                if let Some(seq) = sequence(&key) {
                    self.log.insert(seq, value);
                }
            }
            Table::Records => {
                if let (Some(id), Ok(record)) = (uuid(&key), from_cbor(&value)) {
                    self.records.insert(RecordId(id), record);
                }
            }
            Table::Uploads => {
                if let Ok(waiting) = from_cbor(&value) {
                    self.uploads.insert(key, waiting);
                }
            }
            Table::Drafts | Table::Files => {}
        }
    }

    pub fn meta<T: serde::de::DeserializeOwned>(&self, key: &str) -> Option<T> {
        from_cbor(self.meta.get(key)?).ok()
    }

    /// How many transactions have made what this mirror holds.
    pub fn revision(&self) -> u64 {
        self.meta(REVISION).unwrap_or(0)
    }

    /// Relies on nothing having been stored since this mirror.
    pub fn expect(&self) -> Expect {
        let value = self.meta.get(REVISION).cloned();
        Expect { table: Table::Meta, key: REVISION.to_owned(), value }
    }

    pub fn cursor(&self) -> Option<Cursor> {
        self.meta(CURSOR)
    }

    pub fn account(&self, person: RecordId) -> Option<Account> {
        self.meta(&account_key(person))
    }

    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        self.starting(ACCOUNT).filter_map(|value| from_cbor(value).ok())
    }

    /// Meta rows whose keys begin so, in the order of their keys.
    pub fn starting<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Vec<u8>> {
        let rows = self.meta.starting(prefix).take_while(move |(key, _)| key.starts_with(prefix));
        rows.map(|(_, value)| value)
    }

    /// The device's id, once somebody signed in here.
    pub fn device(&self) -> Option<DeviceId> {
        self.meta(DEVICE)
    }

    /// Keys of every row about accounts and numbers.
    pub fn account_rows(&self) -> impl Iterator<Item = &Key> {
        self.meta.keys().filter(|key| key.starts_with(ACCOUNT) || key.starts_with(NUMBER))
    }

    pub fn last_number(&self, person: RecordId) -> u64 {
        self.meta(&number_key(person)).unwrap_or(0)
    }

    pub fn entry(&self, seq: u64) -> Option<Entry> {
        from_cbor(self.log.get(&seq)?).ok()
    }

    pub fn entries(&self, range: impl std::ops::RangeBounds<u64>) -> impl Iterator<Item = Entry> {
        let wanted = self.log.iter().filter(move |(seq, _)| range.contains(seq));
        wanted.filter_map(|(_, value)| from_cbor(value).ok())
    }

    /// The entries whose stored bytes are wanted; the others are not decoded.
    pub fn entries_with(&self, wanted: impl Fn(&[u8]) -> bool) -> impl Iterator<Item = Entry> {
        self.log.values().filter(move |raw| wanted(raw)).filter_map(|raw| from_cbor(raw).ok())
    }

    pub fn log_keys(&self) -> impl Iterator<Item = Key> {
        self.log.keys().map(|seq| log_key(*seq))
    }

    /// The cursor after a sequence of this device's own log.
    pub fn cursor_at(&self, seq: u64) -> Option<Cursor> {
        let office = self.cursor()?.office;
        if seq == 0 {
            return Some(chain::origin(office));
        }
        let entry: OnlyHash = from_cbor(self.log.get(&seq)?).ok()?;
        Some(Cursor { office, seq, hash: entry.hash })
    }

    /// Waiting operations in the order of sending.
    pub fn waiting(&self) -> Vec<&Outgoing> {
        self.in_order(Outgoing::waits)
    }

    /// Those, and what the office took and the log here lacks.
    pub fn unconfirmed(&self) -> Vec<&Outgoing> {
        self.in_order(|o| o.waits() || o.is_taken())
    }

    fn in_order(&self, wanted: impl Fn(&Outgoing) -> bool) -> Vec<&Outgoing> {
        let mut found: Vec<_> = self.outbox.values().filter(|o| wanted(o)).collect();
        sort_by_key(&mut found, |o| (o.item.place, o.op));
        found
    }

    /// Whether every operation that named a file here has its verdict.
    pub fn is_settled(&self, file: &Waiting) -> bool {
        !file.ops.iter().any(|op| self.outbox.get(op).is_some_and(Outgoing::waits))
    }

    pub fn waiting_count(&self) -> usize {
        self.outbox.values().filter(|o| o.waits()).count()
    }
}

/// An [`Entry`] of which nothing but the hash is wanted.
#[derive(Readable)]
struct OnlyHash {
    #[serde(with = "crate::codec::bytes")]
    hash: Vec<u8>,
}

fn uuid(key: &str) -> Option<Uuid> {
    Uuid::parse_str(key).ok()
}

fn sequence(key: &str) -> Option<u64> {
    u64::from_str_radix(key, 16).ok()
}
