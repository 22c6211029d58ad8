//! What must hold: while things go wrong, and after quiet.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::record::{OpId, Record, RecordId, Value};

use super::setup::figure;
use super::world::{Tab, World};
use crate::client::{State, Status, Table, Transaction};
use crate::codec::from_cbor;
use crate::operation::Operation;
use crate::verdict::{Outcome, Why};
use crate::wire::{Cursor, Entry};
use crate::{chain, seal};

/// What a run came to: the same for the same seed, whatever office answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The office's log, operation for operation.
    pub verdicts: Vec<(OpId, Vec<Outcome>)>,
    /// Standing values by record and group, in order of arrival.
    pub values: BTreeMap<(RecordId, String), Vec<(OpId, Value)>>,
    /// Operations that people saved.
    pub saved: usize,
    pub restores: u64,
}

impl World<'_> {
    /// An operation became durable: it may claim to have seen what the person's
    /// screen showed, and nothing else.
    pub(super) fn check_truth(&mut self, device: usize, txn: &Transaction) {
        let Some(home) = self.devices.get(device) else { return };
        let keys = txn.puts.iter().filter(|(table, ..)| *table == Table::Outbox).map(|(_, key, _)| key);
        let ids = keys.filter_map(|key| uuid::Uuid::parse_str(key).ok().map(OpId));
        let operations: Vec<_> = ids.filter_map(|id| home.store.saved.get(&id).cloned()).collect();
        for operation in operations {
            let result = self.compare_screen(&operation);
            self.check(result);
        }
    }

    fn compare_screen(&self, operation: &Operation) -> Result<(), String> {
        let Some(screen) = operation.reason.as_ref().and_then(|tag| self.screens.get(tag)) else {
            return Err(format!("{} was saved by nobody", operation.id));
        };
        for part in &operation.parts {
            for change in &part.changes {
                let id = part.subject.record();
                let shown = screen.seen.iter().find(|(r, g, ..)| *r == id && *g == change.group);
                let Some((_, _, heads, gone)) = shown else { continue };
                let all = heads.iter().all(|head| change.seen.contains(head));
                let only = change.seen.iter().all(|op| heads.contains(op) || gone.contains(op));
                if !all || !only {
                    return Err(format!("{} lies about what was seen of {}", operation.id, change.group));
                }
            }
        }
        Ok(())
    }

    /// Everything has come to rest.
    pub(super) fn settled(&self) -> bool {
        let newest = self.newest;
        !self.is_busy()
            && self.devices.iter().all(|home| {
                home.store.cursor().is_some_and(|c| c.seq == newest)
                    && home.store.outbox().iter().all(|item| item.receipt.is_some())
                    && home.tabs.iter().all(|tab| !tab.behind)
                    && home.tabs.first().is_some_and(|tab| is_calm(&tab.client.status()))
            })
    }

    /// Checks the end of a run.
    ///
    /// # Errors
    /// Words for the first thing that does not hold.
    pub(super) fn verify(&self) -> Result<Report, String> {
        let first = self.devices.first().ok_or("no devices")?;
        let log: Vec<Entry> = decode(&first.store.table(Table::Log))?;
        let records: Vec<Record> = decode(&first.store.table(Table::Records))?;
        let records: BTreeMap<_, _> = records.into_iter().map(|r| (r.subject.record(), r)).collect();
        for (n, home) in self.devices.iter().enumerate() {
            let same = |table| home.store.table(table) == first.store.table(table);
            if !same(Table::Log) || !same(Table::Records) {
                return Err(format!("device {n} differs from device 0"));
            }
            let shows = |tab: &Tab| records.iter().all(|(id, r)| tab.client.record(*id).as_ref() == Some(r));
            if !home.tabs.iter().all(shows) {
                return Err(format!("a tab of device {n} shows something else than is stored"));
            }
            if home.store.rollbacks > 0 && self.restores == 0 {
                return Err(format!("device {n} went back although nothing was restored"));
            }
        }
        let origin: Cursor = chain::origin(self.setup.office);
        chain::verify(&origin, &log).ok_or("the chain is broken")?;
        let open = |e: &Entry| seal::open(e.envelope.as_ref()?).ok();
        let operations: Vec<_> = log.iter().filter_map(|e| Some((e, open(e)?))).collect();
        check_log(&operations)?;
        self.check_values(&operations, &records)?;
        self.check_promises(&operations)?;
        self.check_drafts()?;
        Ok(self.report(&log, &records))
    }

    /// The merge by its definition: what stands is what was applied and what no
    /// applied operation has seen.
    fn check_values(&self, log: &[Logged<'_>], records: &BTreeMap<RecordId, Record>) -> Result<(), String> {
        let mut applied: BTreeMap<(RecordId, String), (BTreeSet<OpId>, BTreeSet<OpId>)> = BTreeMap::new();
        for (entry, operation) in log {
            for (part, outcome) in operation.parts.iter().zip(&entry.verdict.parts) {
                for change in part.changes.iter().filter(|_| *outcome == Outcome::Applied) {
                    let key = (part.subject.record(), change.group.clone());
                    let (ops, seen) = applied.entry(key).or_default();
                    ops.insert(entry.op);
                    seen.extend(&change.seen);
                }
            }
        }
        for ((record, group), (ops, seen)) in applied {
            let stand: Vec<_> = ops.difference(&seen).copied().collect();
            let found = records.get(&record).map(|r| r.seen(&group)).unwrap_or_default();
            if stand != found {
                return Err(format!("{group} of {record}: {found:?} stand, not {stand:?}"));
            }
        }
        for indicator in &self.setup.solo {
            let record = records.get(&figure(*indicator).record());
            if record.is_some_and(|r| r.seen("value").len() > 1) {
                return Err("one person's second edit differs from her first".to_owned());
            }
        }
        Ok(())
    }

    /// Every operation that was ever durable is in the log; what was not
    /// applied is where its author can act on it, unless somebody did.
    fn check_promises(&self, log: &[Logged<'_>]) -> Result<(), String> {
        let by_op: BTreeMap<_, _> = log.iter().map(|(e, _)| (e.op, e)).collect();
        let named: BTreeSet<_> = log.iter().filter_map(|(_, o)| o.names).collect();
        for (n, home) in self.devices.iter().enumerate() {
            let tray: BTreeSet<_> =
                home.store.outbox().iter().filter_map(|i| seal::peek(&i.envelope)).collect();
            for op in home.store.saved.keys() {
                let entry = by_op.get(op).ok_or_else(|| format!("{op} of device {n} is lost"))?;
                let applied = entry.verdict.is_applied();
                if applied && tray.contains(op) {
                    return Err(format!("{op} is applied and still in the outbox of device {n}"));
                }
                let acted = named.contains(op) || self.dismissed.contains(op);
                if !applied && !acted && !tray.contains(op) {
                    return Err(format!("{op} was not applied and nobody is told"));
                }
            }
        }
        Ok(())
    }

    /// A draft goes with the save that stored its value, and only with that.
    fn check_drafts(&self) -> Result<(), String> {
        for (tag, screen) in &self.screens {
            let (Some(draft), Some(home)) = (&screen.draft, self.devices.get(screen.device)) else {
                continue;
            };
            let there = home.store.rows.contains_key(&(Table::Drafts, draft.clone()));
            let saved = home.store.saved.values().any(|o| o.reason.as_ref() == Some(tag));
            if there == saved {
                return Err(format!("{draft}: saved is {saved}, still there is {there}"));
            }
        }
        Ok(())
    }

    fn report(&self, log: &[Entry], records: &BTreeMap<RecordId, Record>) -> Report {
        let mut values = BTreeMap::new();
        for (id, record) in records {
            for (name, group) in &record.groups {
                let heads = group.heads.iter().chain(&group.same);
                let heads = heads.map(|h| (h.op, h.value.clone())).collect();
                values.insert((*id, name.clone()), heads);
            }
        }
        Report {
            verdicts: log.iter().map(|e| (e.op, e.verdict.parts.clone())).collect(),
            values,
            saved: self.devices.iter().map(|d| d.store.saved.len()).sum(),
            restores: self.restores,
        }
    }
}

/// An entry and the operation in it.
type Logged<'a> = (&'a Entry, Operation);

fn check_log(log: &[Logged<'_>]) -> Result<(), String> {
    let ids: BTreeSet<_> = log.iter().map(|(e, _)| e.op).collect();
    if ids.len() != log.len() {
        return Err("an operation is in the log twice".to_owned());
    }
    for (entry, operation) in log {
        let forged = operation.reason.as_deref() == Some("palsu");
        let held = entry.verdict.parts.iter().all(|o| *o == Outcome::Held { why: Why::Unauthenticated });
        if forged != held {
            return Err(format!("{} is forged: {forged}, but {:?}", entry.op, entry.verdict));
        }
    }
    Ok(())
}

/// Green exactly if nothing at all is left.
const fn is_calm(status: &Status) -> bool {
    match status.state {
        State::UpToDate { .. } => status.drafts == 0,
        State::Attention { count } => count > 0,
        State::Waiting => status.drafts > 0,
        _ => false,
    }
}

fn decode<T: serde::de::DeserializeOwned>(rows: &[(String, Vec<u8>)]) -> Result<Vec<T>, String> {
    rows.iter().map(|(key, value)| from_cbor(value).map_err(|e| format!("row {key}: {e}"))).collect()
}
