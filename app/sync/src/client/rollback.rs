//! The office's log is another one beyond a common point: a backup was
//! restored. What this device holds beyond it, whoever made it, is sent again.

use super::apply;
use super::fold::{self, refold};
use super::outgoing::Item;
use super::replica::{CURSOR, FOLD, Replica, Rows, log_key};
use super::table::Table;
use crate::seal;
use crate::wire::Cursor;

/// Rows that lead back to `common` and put everything after it in the outbox
/// again. `None` if this device does not stand at `asked` any more.
pub fn plan(replica: &Replica, asked: &Cursor, common: u64) -> Option<Rows> {
    let from = replica.cursor().filter(|c| c == asked && common < c.seq)?;
    let to = replica.cursor_at(common)?;
    let device = replica.device();
    let mut rows = Rows::default();
    for entry in replica.entries(common.saturating_add(1)..=from.seq) {
        rows.delete(Table::Log, log_key(entry.seq));
        let is_forged = apply::is_forged(&entry);
        let Some(envelope) = entry.envelope else { continue };
        let kept = replica.outbox.get(&entry.op);
        let maker = seal::open(&envelope).ok().map(|o| o.device);
        let carried = maker != device || (kept.is_none() && is_forged);
        let place = kept.map_or(entry.seq, |o| o.item.place);
        let item = Item { envelope, place, receipt: None, carried };
        rows.put(Table::Outbox, entry.op.to_string(), &item);
    }
    refold(replica, common, &mut rows);
    rows.put(Table::Meta, CURSOR.to_owned(), &to);
    Some(rows)
}

/// Rows that fold the whole log again, after this software learned new kinds.
pub fn plan_refold(replica: &Replica) -> Option<Rows> {
    let mut rows = Rows::default();
    refold(replica, replica.cursor()?.seq, &mut rows);
    rows.put(Table::Meta, FOLD.to_owned(), &fold::VERSION);
    Some(rows)
}
