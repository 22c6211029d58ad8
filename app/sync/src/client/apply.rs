//! Taking in what the office answered: log entries, confirmed records, cursor
//! and outbox change in one transaction, or not at all.

use takar_domain::record::DeviceId;

use super::fold::Fold;
use super::outgoing::{Item, Outgoing};
use super::replica::{CURSOR, Replica, Rows, log_key};
use super::table::Table;
use crate::lean;
use crate::operation::Operation;
use crate::verdict::{Outcome, Why};
use crate::wire::{Cursor, Entry, Page, Receipt};

/// An answer waiting to be taken in.
#[derive(Clone, Debug)]
pub struct Taking {
    pub receipts: Vec<Receipt>,
    /// `None` if the reader may not read: then the receipts have to do.
    pub page: Option<Page>,
}

/// The rows of an answer: another tab may have taken in the same entries
/// meanwhile, so the cursor compared is the stored one, not the one asked with.
/// `None` if the answer starts beyond what this device has, does not continue its chain, or
/// withholds what it announces. A busy office may leave out the page of a push.
pub fn plan(replica: &Replica, device: DeviceId, taking: &Taking) -> Option<Rows> {
    let from = replica.cursor()?;
    let mut rows = Rows::default();
    let Some(page) = &taking.page else {
        for receipt in &taking.receipts {
            answer(replica, device, receipt, &from, true, &mut rows);
        }
        return Some(rows);
    };
    let withheld = page.entries.is_empty() && taking.receipts.is_empty() && page.newest > from.seq;
    if page.from > from.seq || withheld {
        return None;
    }
    let known = page.entries.iter().take_while(|e| e.seq <= from.seq).count();
    let fresh = page.entries.get(known..).unwrap_or_default();
    // What was pushed is here until its entry is: else the page cannot be used.
    let pushed = |op| {
        let was = taking.receipts.iter().any(|r| r.op == op);
        was.then(|| replica.outbox.get(&op).map(|o| o.item.envelope.clone()))
    };
    let (fresh, to) = lean::complete(&from, fresh, pushed)?;
    let mut fold = Fold::new(&replica.records);
    for entry in &fresh {
        rows.put(Table::Log, log_key(entry.seq), entry);
        let operation = fold.take(entry);
        settle(replica, device, entry, operation.as_ref(), &mut rows);
    }
    for receipt in &taking.receipts {
        answer(replica, device, receipt, &to, false, &mut rows);
    }
    for (op, outgoing) in &replica.outbox {
        let place = outgoing.item.receipt.as_ref().and_then(|r| r.seq).filter(|seq| *seq > from.seq);
        let passed = place.is_some_and(|seq| seq <= to.seq || seq > page.newest);
        if passed && !fresh.iter().any(|e| e.op == *op) {
            // The office was restored since it answered: it gets it again.
            let item = Item { receipt: None, ..outgoing.item.clone() };
            rows.put(Table::Outbox, op.to_string(), &item);
        }
    }
    for (id, record) in &fold.changed {
        rows.put(Table::Records, id.to_string(), &**record);
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
    if entry.verdict.is_applied() || !own {
        if item.is_some() {
            rows.delete(Table::Outbox, entry.op.to_string());
        }
        return;
    }
    let Some(envelope) = entry.envelope.as_ref() else { return };
    let receipt = Receipt { op: entry.op, seq: Some(entry.seq), verdict: (*entry.verdict).clone() };
    let place = item.map_or(entry.seq, |i| i.place);
    let item = Item { envelope: envelope.clone(), place, receipt: Some(receipt), carried: false };
    rows.put(Table::Outbox, entry.op.to_string(), &item);
}

/// The office found no valid MAC: unless it waited here, somebody else wrote
/// this device's id into it.
pub fn is_forged(entry: &Entry) -> bool {
    entry.verdict.parts.contains(&Outcome::Held { why: Why::Unauthenticated })
}

/// A receipt counts only once the entry that proves it is in this device's log,
/// unless it comes `alone`, to somebody who may not read.
fn answer(replica: &Replica, device: DeviceId, receipt: &Receipt, to: &Cursor, alone: bool, rows: &mut Rows) {
    let Some(waiting) = replica.outbox.get(&receipt.op).filter(|o| o.waits()) else { return };
    match receipt.seq {
        None => keep(waiting, receipt, rows),
        Some(seq) if seq <= to.seq => {
            if let Some(entry) = replica.entry(seq).filter(|e| e.op == receipt.op) {
                settle(replica, device, &entry, waiting.operation.as_ref(), rows);
            }
        }
        Some(_) if alone => keep(waiting, receipt, rows),
        // Its entry comes with a later page.
        Some(_) => {}
    }
}

/// It stays here with its verdict: until its entry comes, or, if the office
/// gave it no place in its log, until a person acts.
fn keep(waiting: &Outgoing, receipt: &Receipt, rows: &mut Rows) {
    let item = Item { receipt: Some(receipt.clone()), ..waiting.item.clone() };
    rows.put(Table::Outbox, waiting.op.to_string(), &item);
}
