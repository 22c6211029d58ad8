//! What the engine stores: one transaction at a time, planned anew whenever
//! another tab has stored something meanwhile.

use takar_domain::record::RecordId;
use takar_domain::sorted::Set;
use uuid::Uuid;

use super::apply::{self, Taking};
use super::aside::{self, Laying};
use super::event::{Account, Changes, Effect, Failure, Now, SaveFailure};
use super::net::Link;
use super::replica::{REVISION, Rows};
use super::save::Saving;
use super::table::{Expect, Stored, Table, Transaction};
use super::{Client, account, rollback};
use crate::wire::Cursor;

/// Something to store.
#[derive(Clone, Debug)]
pub enum Job {
    Save(Saving),
    Take(Taking),
    RollBack {
        asked: Cursor,
        common: u64,
    },
    Refold,
    SignIn(Account),
    SignOut(RecordId),
    Use(RecordId),
    Dismiss(Laying),
    /// The office has a file: its bytes may go.
    Confirm(String),
}

impl Job {
    /// Whether the next request has to wait for it.
    pub const fn holds_requests(&self) -> bool {
        matches!(
            self,
            Self::Take(_) | Self::RollBack { .. } | Self::SignIn(_) | Self::Refold | Self::Confirm(_)
        )
    }
}

/// The transaction that is being stored.
#[derive(Debug)]
pub struct Flight {
    txn: u64,
    pub job: Job,
    rows: Rows,
    /// The revision that it makes.
    revision: u64,
}

/// What planning a job gave.
enum Planned {
    Store(Rows),
    /// There is nothing to store.
    Done,
    /// The person who saves is told.
    Failed(SaveFailure),
    /// The answer does not fit what is stored: ask again, later.
    Unfit,
}

impl Client {
    /// Starts the next transaction, if none is under way.
    pub(super) fn store_next(&mut self, now: Now, random: u64, out: &mut Vec<Effect>) {
        while self.loaded && self.flight.is_none() {
            let Some(job) = self.jobs.pop_front() else { return };
            match self.plan(&job) {
                Planned::Store(mut rows) if !rows.0.is_empty() => {
                    self.ids = self.ids.wrapping_add(1);
                    let revision = self.replica.revision().saturating_add(1);
                    rows.put(Table::Meta, REVISION.to_owned(), &revision);
                    out.push(Effect::Commit(transaction(self.ids, self.replica.expect(), &rows)));
                    self.flight = Some(Flight { txn: self.ids, job, rows, revision });
                }
                // All that the office has is stored already.
                Planned::Store(..) if job.holds_requests() => self.trouble = None,
                Planned::Store(..) | Planned::Done => {}
                Planned::Unfit => {
                    if self.replica.cursor().is_some_and(|c| c.seq == 0) {
                        self.load.refuse();
                    }
                    self.jobs.retain(|job| !matches!(job, Job::Take(_)));
                    self.net.room.lean = false;
                    self.trip(now, random, Failure::NotOurs, &[], out);
                }
                Planned::Failed(why) => {
                    if let Job::Save(saving) = job {
                        out.push(Effect::SaveDone { save: saving.save, result: Err(why) });
                        self.look(Set::new(), false, out);
                    }
                }
            }
        }
    }

    fn plan(&mut self, job: &Job) -> Planned {
        let replica = &self.replica;
        match job {
            Job::Save(saving) => match self.plan_save(saving) {
                Ok(rows) => Planned::Store(rows),
                Err(why) => Planned::Failed(why),
            },
            Job::Take(taking) => {
                let planned = replica.device().and_then(|device| apply::plan(replica, device, taking));
                planned.map_or(Planned::Unfit, Planned::Store)
            }
            Job::RollBack { asked, common } => {
                rollback::plan(replica, asked, *common).map_or(Planned::Unfit, Planned::Store)
            }
            Job::Refold => rollback::plan_refold(replica).map_or(Planned::Done, Planned::Store),
            Job::SignIn(account) => match account::plan_sign_in(replica, account) {
                Ok(rows) => Planned::Store(rows),
                Err(account::OtherOffice) => {
                    self.net.link = Link::OtherOffice;
                    Planned::Done
                }
            },
            Job::SignOut(person) => Planned::Store(account::plan_sign_out(*person)),
            Job::Use(person) => Planned::Store(account::plan_use(*person)),
            Job::Confirm(sha256) => {
                let mut rows = Rows::default();
                // Another operation may have named it meanwhile: asked again then.
                if replica.uploads.get(sha256).is_some_and(|waiting| replica.is_settled(waiting)) {
                    rows.delete(Table::Uploads, sha256.clone());
                    rows.delete(Table::Files, sha256.clone());
                }
                Planned::Store(rows)
            }
            Job::Dismiss(laying) => {
                let refused = self.net.set_aside.contains_key(&laying.op);
                Planned::Store(aside::plan(replica, laying, refused))
            }
        }
    }

    pub(super) fn committed(&mut self, txn: u64, out: &mut Vec<Effect>) {
        let Some(flight) = self.flight.take_if(|f| f.txn == txn) else { return };
        self.trouble = None;
        let keys = || flight.rows.0.keys();
        let records = keys().filter(|(table, _)| *table == Table::Records);
        let touched = records.filter_map(|(_, key)| Uuid::parse_str(key).ok().map(RecordId)).collect();
        let outbox = keys().any(|(table, _)| matches!(table, Table::Outbox | Table::Uploads));
        // A newer reading may have come first: it has these rows, or newer ones.
        if self.replica.revision() < flight.revision {
            self.replica.write(flight.rows);
        }
        // What the browser refused before it takes now.
        self.refold_if_older();
        match flight.job {
            Job::Save(saving) => {
                self.net.saved();
                out.push(Effect::SaveDone { save: saving.save, result: Ok(saving.operation.id) });
                // It was in view before, and is now: only durable.
                return out.push(Effect::Changed(Changes { outbox, ..Changes::default() }));
            }
            // Another person's session may be alive.
            Job::SignIn(_) | Job::Use(_) | Job::SignOut(_) => self.net.signed_in(),
            Job::Take(_) => self.net.room.lean = true,
            Job::RollBack { .. } => {}
            Job::Refold | Job::Dismiss(_) | Job::Confirm(_) => {}
        }
        self.choose_working();
        self.look(touched, outbox, out);
    }

    pub(super) fn stale(&mut self, txn: u64, stored: Stored, out: &mut Vec<Effect>) {
        let Some(flight) = self.flight.take_if(|f| f.txn == txn) else { return };
        self.jobs.push_front(flight.job);
        let planned_on = flight.revision.saturating_sub(1);
        if self.replica.revision() == planned_on || self.is_news(&stored) {
            self.restock(stored, out);
        }
    }

    pub(super) fn store_failed(
        &mut self,
        now: Now,
        random: u64,
        txn: u64,
        why: String,
        out: &mut Vec<Effect>,
    ) {
        let Some(flight) = self.flight.take_if(|f| f.txn == txn) else { return };
        match flight.job {
            // The person is told, and the draft keeps the line from being green.
            Job::Save(saving) => {
                out.push(Effect::SaveDone { save: saving.save, result: Err(SaveFailure::Store(why)) });
            }
            // The office still has it, and tells it again when asked; what is
            // folded anew is tried again at the next wake.
            Job::Take(_) | Job::RollBack { .. } | Job::Refold => {
                self.trouble = Some(why);
                self.net.forget();
                self.trip(now, random, Failure::Busy { retry_after_ms: None }, &[], out);
            }
            _ => self.trouble = Some(why),
        }
        self.look(Set::new(), false, out);
    }
}

fn transaction(id: u64, expect: Expect, rows: &Rows) -> Transaction {
    let mut transaction = Transaction { id, expect: vec![expect], puts: Vec::new(), deletes: Vec::new() };
    for ((table, key), value) in &rows.0 {
        match value {
            Some(value) => transaction.puts.push((*table, key.clone(), value.clone())),
            None => transaction.deletes.push((*table, key.clone())),
        }
    }
    transaction
}
