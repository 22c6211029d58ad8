//! A device's database, and what must hold in it after every transaction.

use std::collections::BTreeMap;

use takar_domain::record::{OpId, RecordId};

use crate::client::{Aside, Item, Key, Stored, Table, Transaction};
use crate::codec::from_cbor;
use crate::operation::Operation;
use crate::seal;
use crate::wire::{Cursor, Entry};

use super::trace::{self, Traced};

/// Rows that survive a crash, and the ledger of what they have promised.
#[derive(Clone, Debug, Default)]
pub struct Store {
    pub rows: BTreeMap<(Table, Key), Vec<u8>>,
    /// Sequence in this device's log by operation.
    log: BTreeMap<OpId, u64>,
    /// Last number that was durable, by person.
    numbers: BTreeMap<RecordId, u64>,
    /// Every operation that ever became durable here: a promise to its author.
    pub saved: BTreeMap<OpId, Operation>,
    /// How often the office led back: at most once for each restored backup.
    pub rollbacks: u64,
    /// What was asked, if it is written down.
    pub trace: Option<Vec<Traced>>,
}

impl Store {
    /// An empty one, that writes down what it is asked or does not.
    #[must_use]
    pub fn new(traced: bool) -> Self {
        Self { trace: traced.then(Vec::new), ..Self::default() }
    }

    /// Runs a transaction as the browser would. `Ok(false)`: an expectation failed.
    ///
    /// # Errors
    /// Words for the promise that the transaction breaks.
    pub fn run(&mut self, txn: &Transaction) -> Result<bool, String> {
        let holds = |e: &crate::client::Expect| self.rows.get(&(e.table, e.key.clone())).cloned() == e.value;
        let held = txn.expect.iter().all(holds);
        if let Some(trace) = &mut self.trace {
            trace.push(Traced::ran(txn, held));
        }
        if !held {
            return Ok(false);
        }
        let before = self.cursor();
        for (table, key) in &txn.deletes {
            if *table == Table::Log {
                self.log.retain(|_, seq| format!("{seq:016x}") != *key);
            }
        }
        for (_, key, value) in txn.puts.iter().filter(|(table, ..)| *table == Table::Log) {
            let entry: Entry = from_cbor(value).map_err(|e| format!("log row {key}: {e}"))?;
            self.log.insert(entry.op, entry.seq);
        }
        for (_, key, value) in txn.puts.iter().filter(|(table, ..)| *table == Table::Outbox) {
            self.outgoing(key, value)?;
        }
        for (_, key) in txn.deletes.iter().filter(|(table, _)| *table == Table::Outbox) {
            self.outgone(key, txn)?;
        }
        self.write(txn);
        self.check_cursor(before)?;
        Ok(true)
    }

    /// Rows that no engine asked for: typed text, or what older software left.
    pub fn put(&mut self, txn: &Transaction) {
        if let Some(trace) = &mut self.trace {
            trace.push(Traced::ran(txn, true));
        }
        self.write(txn);
    }

    fn write(&mut self, txn: &Transaction) {
        for (table, key) in &txn.deletes {
            self.rows.remove(&(*table, key.clone()));
        }
        for (table, key, value) in &txn.puts {
            self.rows.insert((*table, key.clone()), value.clone());
        }
    }

    /// A row of the outbox is written: a new operation, or a verdict.
    fn outgoing(&mut self, key: &str, value: &[u8]) -> Result<(), String> {
        let item: Item = from_cbor(value).map_err(|e| format!("outbox row {key}: {e}"))?;
        let Ok(operation) = seal::open(&item.envelope) else { return Ok(()) };
        // Somebody who may not read gets the verdict without the entry, which
        // is then still to come.
        let past = |seq: &u64| self.cursor().is_some_and(|c| *seq <= c.seq);
        if let Some(seq) = item.receipt.as_ref().and_then(|r| r.seq)
            && past(&seq)
            && self.log.get(&operation.id) != Some(&seq)
        {
            return Err(format!("{} has a verdict whose log entry is not here", operation.id));
        }
        let known = self.rows.contains_key(&(Table::Outbox, key.to_owned()));
        if !known && item.receipt.is_none() && !item.carried && !self.saved.contains_key(&operation.id) {
            let key = (Table::Meta, format!("last_number/{}", operation.author));
            let told: u64 = self.rows.get(&key).and_then(|row| from_cbor(row).ok()).unwrap_or(0);
            let last = self.numbers.entry(operation.author).or_default();
            if operation.number != told.max(*last) + 1 {
                return Err(format!("number {} follows {last}", operation.number));
            }
            *last = operation.number;
            self.saved.insert(operation.id, operation);
        }
        Ok(())
    }

    /// A row of the outbox goes: only the log entry with its verdict may end the
    /// waiting, or a person who lays it aside, and then it is kept as it was.
    fn outgone(&self, key: &str, txn: &Transaction) -> Result<(), String> {
        let Some(value) = self.rows.get(&(Table::Outbox, key.to_owned())) else { return Ok(()) };
        let item: Item = from_cbor(value).map_err(|e| format!("outbox row {key}: {e}"))?;
        let op = seal::peek(&item.envelope).ok_or("an unreadable outbox row")?;
        let kept = txn.puts.iter().filter_map(|(_, key, value)| {
            key.strip_prefix("aside/").filter(|id| *id == op.to_string())?;
            from_cbor::<Aside>(value).ok()
        });
        let aside = kept.into_iter().any(|a| a.envelope == item.envelope && !a.reason.is_empty());
        if item.receipt.is_none() && !aside && !self.log.contains_key(&op) {
            return Err(format!("{op} left the outbox without a log entry"));
        }
        Ok(())
    }

    fn check_cursor(&mut self, before: Option<Cursor>) -> Result<(), String> {
        let Some(cursor) = self.cursor() else { return Ok(()) };
        if before.is_some_and(|b| b.seq > cursor.seq) {
            self.rollbacks += 1;
        }
        let rows = self.rows.range((Table::Log, Key::new())..(Table::Records, Key::new()));
        let (count, last) = rows.fold((0u64, None), |(n, _), ((_, key), _)| (n + 1, Some(key)));
        let last = last.map_or(Some(0), |key| u64::from_str_radix(key, 16).ok());
        if count != cursor.seq || last != Some(cursor.seq) {
            return Err(format!("cursor {} but {count} log rows up to {last:?}", cursor.seq));
        }
        Ok(())
    }

    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        from_cbor(self.rows.get(&(Table::Meta, "cursor".to_owned()))?).ok()
    }

    /// The rows of the outbox.
    #[must_use]
    pub fn outbox(&self) -> Vec<Item> {
        self.rows_of(Table::Outbox).filter_map(|(_, value)| from_cbor(value).ok()).collect()
    }

    /// Everything, as the executor reads it.
    pub fn read(&mut self) -> Stored {
        if let Some(mut trace) = self.trace.take() {
            let rows = self.rows.iter().filter(|((table, _), _)| *table != Table::Files);
            let rows = rows.map(|((table, key), value)| (table.name(), key.as_str(), value.as_slice()));
            trace.push(Traced::Read { digest: trace::digest(rows) });
            self.trace = Some(trace);
        }
        self.stored()
    }

    /// Everything, without a trace of the reading.
    #[must_use]
    pub fn stored(&self) -> Stored {
        Stored {
            meta: self.table(Table::Meta),
            outbox: self.table(Table::Outbox),
            log: self.table(Table::Log),
            records: self.table(Table::Records),
            drafts: self.rows_of(Table::Drafts).count(),
            uploads: self.table(Table::Uploads),
        }
    }

    /// The rows of one table, by key.
    #[must_use]
    pub fn table(&self, table: Table) -> Vec<(Key, Vec<u8>)> {
        self.rows_of(table).map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }

    pub(super) fn rows_of(&self, table: Table) -> impl Iterator<Item = (&(Table, Key), &Vec<u8>)> {
        let from = self.rows.range((table, Key::new())..);
        from.take_while(move |((t, _), _)| *t == table)
    }
}
