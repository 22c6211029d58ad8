//! Taking in what the office answered: log entries, confirmed records, cursor
//! and outbox change in one transaction, or not at all.

use takar_domain::record::{DeviceId, OpId};

use super::fold::Fold;
use super::outgoing::{Item, Outgoing};
use super::replica::{CURSOR, Replica, Rows, log_key};
use super::table::Table;
use crate::chain;
use crate::operation::Operation;
use crate::verdict::{Outcome, Verdict, Why};
use crate::wire::{Cursor, Entry, Page, Receipt};

/// An answer waiting to be taken in.
#[derive(Clone, Debug)]
pub struct Taking {
    pub receipts: Vec<Receipt>,
    pub page: Page,
}

/// The rows of an answer: another tab may have taken in the same entries
/// meanwhile, so the cursor compared is the stored one, not the one asked with.
/// `None` if the answer starts beyond what this device has, does not continue its chain, or
/// withholds what it announces.
pub fn plan(replica: &Replica, device: DeviceId, taking: &Taking) -> Option<Rows> {
    let from = replica.cursor()?;
    let page = &taking.page;
    if page.from > from.seq || (page.entries.is_empty() && page.newest > from.seq) {
        return None;
    }
    let known = page.entries.iter().take_while(|e| e.seq <= from.seq).count();
    let fresh = page.entries.get(known..).unwrap_or_default();
    let to = chain::verify(&from, fresh)?;
    let mut rows = Rows::default();
    let mut fold = Fold::new(&replica.records);
    for entry in fresh {
        rows.put(Table::Log, log_key(entry.seq), entry);
        let operation = fold.take(entry);
        settle(replica, device, entry, operation.as_ref(), &mut rows);
    }
    for receipt in &taking.receipts {
        answer(replica, device, receipt, &to, &mut rows);
    }
    for (id, record) in &fold.changed {
        rows.put(Table::Records, id.to_string(), record);
    }
    if to != from {
        rows.put(Table::Meta, CURSOR.to_owned(), &to);
    }
    Some(rows)
}

/// What an entry of the log means for the outbox.
fn settle(
    replica: &Replica,
    device: DeviceId,
    entry: &Entry,
    operation: Option<&Operation>,
    rows: &mut Rows,
) {
    let applied = |o: &Outcome| *o == Outcome::Applied;
    // Somebody adopted, discarded or mended an operation of this device.
    let named = operation.and_then(|o| o.names).filter(|_| entry.verdict.parts.iter().any(applied));
    if let Some(named) = named {
        let key = named.to_string();
        // What this answer puts there is answered; what waits may not go.
        if rows.puts(Table::Outbox, &key) || replica.outbox.get(&named).is_some_and(|o| !o.waits()) {
            rows.delete(Table::Outbox, key);
        }
    }
    let item = replica.outbox.get(&entry.op).map(|o| &o.item);
    let own = operation.is_some_and(|o| o.device == device) && (item.is_some() || !is_forged(entry));
    if entry.verdict.parts.iter().all(applied) || !own {
        if item.is_some() {
            rows.delete(Table::Outbox, entry.op.to_string());
        }
        return;
    }
    let Some(envelope) = entry.envelope.as_ref() else { return };
    let receipt = Receipt { op: entry.op, seq: Some(entry.seq), verdict: entry.verdict.clone() };
    let place = item.map_or(entry.seq, |i| i.place);
    let item = Item { envelope: envelope.clone(), place, receipt: Some(receipt), carried: false };
    rows.put(Table::Outbox, entry.op.to_string(), &item);
}

/// The office found no valid MAC: unless it waited here, somebody else wrote
/// this device's id into it.
pub fn is_forged(entry: &Entry) -> bool {
    entry.verdict.parts.contains(&Outcome::Held { why: Why::Unauthenticated })
}

/// A receipt counts only once the entry that proves it is in this device's log.
fn answer(replica: &Replica, device: DeviceId, receipt: &Receipt, to: &Cursor, rows: &mut Rows) {
    let Some(waiting) = replica.outbox.get(&receipt.op).filter(|o| o.waits()) else { return };
    match receipt.seq {
        None => refuse(waiting, receipt.verdict.clone(), rows),
        Some(seq) if seq <= to.seq => {
            if let Some(entry) = replica.entry(seq).filter(|e| e.op == receipt.op) {
                settle(replica, device, &entry, waiting.operation.as_ref(), rows);
            }
        }
        // Its entry comes with a later page.
        Some(_) => {}
    }
}

/// The office gave it no place in its log: it stays here until a person acts.
fn refuse(waiting: &Outgoing, verdict: Verdict, rows: &mut Rows) {
    let op: OpId = waiting.op;
    let receipt = Some(Receipt { op, seq: None, verdict });
    let item = Item { receipt, ..waiting.item.clone() };
    rows.put(Table::Outbox, op.to_string(), &item);
}
