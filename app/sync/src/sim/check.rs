//! What must hold: while things go wrong, and after quiet.

use std::collections::{BTreeMap, BTreeSet};

use takar_domain::record::{OpId, Record, RecordId, Value};

use super::happening::Happening;
use super::ledger::{self, Ledger, Logged};
use super::setup::figure;
use super::trace::Traced;
use super::traffic::Traffic;
use super::world::{Tab, World};
use crate::client::{State, Status, Table, Transaction};
use crate::codec::from_cbor;
use crate::operation::Operation;
use crate::verdict::Outcome;
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
    /// Operations that no device held any more after a wipe.
    pub lost: usize,
    /// Unsent operations that the office could name after wipes.
    pub reported: u64,
    /// How often each of [`Happening::ALL`] happened.
    pub met: Vec<u64>,
    pub traffic: Traffic,
    /// What each device's database was asked, if the plan has it written down.
    pub traces: Vec<Vec<Traced>>,
}

impl Report {
    /// How often something happened.
    #[must_use]
    pub fn times(&self, what: Happening) -> u64 {
        self.met.get(what as usize).copied().unwrap_or(0)
    }
}

impl World<'_> {
    /// An operation became durable: it may claim to have seen what the person's
    /// screen showed, and nothing else.
    pub(super) fn check_truth(&mut self, device: usize, txn: &Transaction) {
        let Some(home) = self.devices.get(device) else { return };
        let keys = txn.puts.iter().filter(|(table, ..)| *table == Table::Outbox).map(|(_, key, _)| key);
        let ids = keys.filter_map(|key| uuid::Uuid::parse_str(key).ok().map(OpId));
        let operations: Vec<_> = ids.filter_map(|id| home.store.saved.get(&id).cloned()).collect();
        for (_, _, row) in txn.puts.iter().filter(|(table, ..)| *table == Table::Outbox) {
            self.traffic.saved(row);
        }
        for operation in operations {
            let result = self.compare_screen(&operation);
            self.check(result);
        }
    }

    fn compare_screen(&self, operation: &Operation) -> Result<(), String> {
        let Some(screen) = operation.reason.as_ref().and_then(|tag| self.screens.get(tag)) else {
            return Err(format!("{} was saved by nobody", operation.id));
        };
        if screen.author != Some(operation.author) {
            return Err(format!("{} was saved by {:?}", operation.id, screen.author));
        }
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
                    && home.store.rows_of(Table::Uploads).next().is_none()
                    && home.tabs.iter().all(Tab::knows_all)
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
            for table in [Table::Log, Table::Records] {
                if !home.store.rows_of(table).eq(first.store.rows_of(table)) {
                    return Err(format!("the {} of device {n} differ from those of device 0", table.name()));
                }
            }
            let shows = |tab: &Tab| records.iter().all(|(id, r)| tab.client.record(*id).as_ref() == Some(r));
            if !home.tabs.iter().all(shows) {
                return Err(format!("a tab of device {n} shows something else than is stored"));
            }
        }
        let origin: Cursor = chain::origin(self.setup.office);
        chain::verify(&origin, &log).ok_or("the chain is broken")?;
        let open = |e: &Entry| seal::open(e.envelope.as_ref()?).ok();
        let operations: Vec<_> = log.iter().filter_map(|e| Some((e, open(e)?))).collect();
        let ledger = ledger::read(&operations)?;
        let adopting = operations.iter().filter(|(_, o)| o.names.is_some()).map(|(e, _)| e.op);
        let excused = Excused { adopting: adopting.collect(), judged_anew: self.judged_anew(&operations) };
        self.check_values(&ledger, &records, &excused)?;
        self.check_promises(&operations)?;
        self.check_drafts()?;
        Ok(self.report(&log, &records))
    }

    /// The merge by its definition: what stands is what was applied and what no
    /// applied operation has seen.
    fn check_values(
        &self,
        ledger: &Ledger,
        records: &BTreeMap<RecordId, Record>,
        excused: &Excused,
    ) -> Result<(), String> {
        for ((record, group), stand) in ledger {
            let stand = stand.heads();
            let found = records.get(record).map(|r| r.seen(group)).unwrap_or_default();
            if stand != found {
                return Err(format!("{group} of {record}: {found:?} stand, not {stand:?}"));
            }
        }
        for (indicator, home) in self.setup.solo.iter().zip(&self.devices) {
            let figure = figure(*indicator).record();
            let heads = records.get(&figure).map(|r| r.seen("value")).unwrap_or_default();
            // A wiped device forgot the edit that was still on its way, and a
            // refused one may be adopted by somebody else.
            let unseen = |op: &&OpId| home.past.contains_key(op) || excused.adopting.contains(op);
            let forgotten = heads.iter().filter(unseen).count();
            // A restored office may judge otherwise than it did when she went on.
            if heads.len() > forgotten + 1 && !excused.judged_anew.contains(&figure) {
                return Err(format!("one person's second edit differs from her first: {heads:?}"));
            }
        }
        Ok(())
    }

    /// What operations changed of which the office told two verdicts.
    fn judged_anew(&self, log: &[Logged<'_>]) -> BTreeSet<RecordId> {
        let twice = log.iter().filter(|(e, _)| self.judged_anew.contains(&e.op));
        twice.flat_map(|(_, o)| o.parts.iter().map(|p| p.subject.record())).collect()
    }

    /// Every operation that was ever durable is in the log, unless a wipe took
    /// the only copy; what was not applied is where its author can act on it,
    /// unless somebody did.
    fn check_promises(&self, log: &[Logged<'_>]) -> Result<(), String> {
        let by_op: BTreeMap<_, _> = log.iter().map(|(e, _)| (e.op, e)).collect();
        let named: BTreeSet<_> = log.iter().filter_map(|(_, o)| o.names).collect();
        for envelope in &self.others {
            if !seal::peek(envelope).is_some_and(|op| by_op.contains_key(&op)) {
                return Err("an operation of other software is lost".to_owned());
            }
        }
        for (n, home) in self.devices.iter().enumerate() {
            let tray: BTreeSet<_> =
                home.store.outbox().iter().filter_map(|i| seal::peek(&i.envelope)).collect();
            for op in home.promised() {
                let Some(entry) = by_op.get(op) else {
                    if self.gone.contains(op) {
                        continue;
                    }
                    return Err(format!("{op} of device {n} is lost"));
                };
                let applied = entry.verdict.is_applied();
                if applied && tray.contains(op) {
                    return Err(format!("{op} is applied and still in the outbox of device {n}"));
                }
                let acted = named.contains(op) || self.dismissed.contains(op);
                let here = home.store.saved.contains_key(op);
                if !applied && !acted && here && !tray.contains(op) {
                    return Err(format!("{op} was not applied and nobody is told"));
                }
            }
        }
        Ok(())
    }

    /// A draft goes with the save that stored its value, and only with that.
    fn check_drafts(&self) -> Result<(), String> {
        for screen in self.screens.values() {
            let (Some(draft), Some(home)) = (&screen.draft, self.devices.get(screen.device)) else {
                continue;
            };
            let there = home.store.rows.contains_key(&(Table::Drafts, draft.clone()));
            let stored =
                |tag: &String| self.screens.get(tag).is_some_and(|s| s.draft.as_ref() == Some(draft));
            let saved =
                home.store.saved.values().filter_map(|o| o.reason.as_ref()).filter(|t| stored(t)).count();
            if usize::from(there) + saved != 1 {
                return Err(format!("{draft}: saved {saved} times, still there is {there}"));
            }
        }
        Ok(())
    }

    /// What was asked of every database, those that were wiped first.
    fn traced(&self) -> Vec<Vec<Traced>> {
        let living = self.devices.iter().filter_map(|home| home.store.trace.clone());
        self.traces.iter().cloned().chain(living).collect()
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
            saved: self.devices.iter().map(|d| d.promised().count()).sum(),
            lost: self.gone.iter().filter(|op| log.iter().all(|e| e.op != **op)).count(),
            reported: self.reported,
            met: self.met.to_vec(),
            traffic: self.traffic,
            traces: self.traced(),
        }
    }
}

/// Why one person's edits may differ from each other.
struct Excused {
    /// Operations that take over what somebody else saved.
    adopting: BTreeSet<OpId>,
    /// Records that a restored office judged otherwise than the one before it.
    judged_anew: BTreeSet<RecordId>,
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
