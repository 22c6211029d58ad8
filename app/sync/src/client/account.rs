//! Who is signed in on this device.

use takar_domain::record::RecordId;

use super::event::Account;
use super::fold;
use super::replica::{CURSOR, DEVICE, FOLD, Replica, Rows, WORKING, account_key, number_key};
use super::table::Table;
use crate::chain;

/// Signing in would throw away unsent work of another office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherOffice;

/// Rows of a sign-in. Numbers go on after the highest that the device or the
/// office knows, so that a wiped device never repeats one.
pub fn plan_sign_in(replica: &Replica, account: &Account) -> Result<Rows, OtherOffice> {
    let mut rows = Rows::default();
    let cursor = replica.cursor();
    let moves = cursor.as_ref().is_some_and(|c| c.office != account.office);
    if moves {
        leave_office(replica, &mut rows)?;
    }
    if cursor.is_none() || moves {
        rows.put(Table::Meta, CURSOR.to_owned(), &chain::origin(account.office));
        rows.put(Table::Meta, FOLD.to_owned(), &fold::VERSION);
    }
    let number = number_key(account.person);
    let own = if moves { 0 } else { replica.last_number(account.person) };
    rows.put(Table::Meta, number, &own.max(account.last_number));
    rows.put(Table::Meta, account_key(account.person), account);
    rows.put(Table::Meta, DEVICE.to_owned(), &account.device);
    Ok(rows)
}

fn leave_office(replica: &Replica, rows: &mut Rows) -> Result<(), OtherOffice> {
    if replica.waiting_count() > 0 || !replica.uploads.is_empty() {
        return Err(OtherOffice);
    }
    for key in replica.account_rows() {
        rows.delete(Table::Meta, key.clone());
    }
    for op in replica.outbox.keys() {
        rows.delete(Table::Outbox, op.to_string());
    }
    for key in replica.log_keys() {
        rows.delete(Table::Log, key);
    }
    for id in replica.records.keys() {
        rows.delete(Table::Records, id.to_string());
    }
    Ok(())
}

/// Rows of a sign-out. What the person left in the outbox is sealed, and goes
/// with any other session; the numbers stay.
pub fn plan_sign_out(person: RecordId) -> Rows {
    let mut rows = Rows::default();
    rows.delete(Table::Meta, account_key(person));
    rows
}

/// Rows of a change of who works here.
pub fn plan_use(person: RecordId) -> Rows {
    let mut rows = Rows::default();
    rows.put(Table::Meta, WORKING.to_owned(), &person);
    rows
}
