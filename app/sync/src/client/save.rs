//! Saving: from a person's request to a sealed operation in the outbox.

use takar_domain::config::Zone;
use takar_domain::issue::Issue;
use takar_domain::record::{Anchor, Made, OpId, Record, RecordId};
use takar_domain::sorted::{Map, sort};
use uuid::Uuid;

use super::Client;
use super::event::{Account, Now, SaveFailure, SaveRequest};
use super::outgoing::Item;
use super::replica::{Records, Rows, number_key};
use super::table::Table;
use super::upload::Waiting;
use crate::operation::{Operation, Part, SCHEMA, name_files};
use crate::verdict::Outcome;
use crate::{judging, merge, seal};

/// A save on its way to the store. The operation has everything but its
/// number, which only the stored counter can give.
#[derive(Clone, Debug)]
pub struct Saving {
    pub save: u64,
    pub operation: Operation,
    /// Files that it names and nothing in view did: they are on this device,
    /// with their bytes.
    files: Map<String, u64>,
    drop_drafts: Vec<String>,
}

impl Client {
    /// Fixes author, time and what was seen, now and for good.
    pub(super) fn prepare(&self, now: Now, random: u64, request: SaveRequest) -> Result<Saving, SaveFailure> {
        let account = self.working_account().ok_or(SaveFailure::NobodySignedIn)?;
        let mut parts = request.parts;
        for part in &mut parts {
            self.fill_seen(part);
        }
        let made = self.made(now);
        let operation = Operation {
            id: op_id(now.wall_ms, self.ids, random),
            office: account.office,
            device: account.device,
            author: account.person,
            number: 0,
            acted_for: request.acted_for,
            source: request.source,
            schema: SCHEMA,
            made,
            reason: request.reason,
            names: request.names,
            parts,
        };
        let issues = self.early_issues(&operation, judging::made_at(&made));
        if !issues.is_empty() {
            return Err(SaveFailure::Refused(issues));
        }
        let files = self.new_files(&operation);
        Ok(Saving { save: request.save, operation, files, drop_drafts: request.drop_drafts })
    }

    /// Files that are attached with this operation. One that adopts another's
    /// work attaches nothing: the files are where they were picked.
    fn new_files(&self, operation: &Operation) -> Map<String, u64> {
        if operation.names.is_some() {
            return Map::new();
        }
        let mut known = Map::new();
        for part in &operation.parts {
            let record = self.view.record(&self.replica, part.subject.record());
            let heads = record.iter().flat_map(|r| r.groups.values()).flat_map(|g| &g.heads);
            heads.for_each(|head| name_files(&head.value, &mut known));
        }
        let mut files = operation.named();
        files.retain(|file, _| !known.contains_key(file));
        files
    }

    /// What the office would say to these parts now, one outcome each.
    #[must_use]
    pub fn preview(&self, now: Now, author: RecordId, parts: &[Part]) -> Vec<Outcome> {
        let Some(account) = self.replica.account(author) else { return Vec::new() };
        let made = self.made(now);
        let operation = Operation {
            id: OpId(Uuid::nil()),
            office: account.office,
            device: account.device,
            author,
            number: 0,
            acted_for: None,
            source: takar_domain::record::Source::Own,
            schema: SCHEMA,
            made,
            reason: None,
            names: None,
            parts: parts.to_vec(),
        };
        self.outcomes(&operation, judging::made_at(&made))
    }

    /// Later parts see what earlier ones did, as at the office.
    fn outcomes(&self, operation: &Operation, at: i64) -> Vec<Outcome> {
        let config = self.config();
        let zone = config.office.as_ref().map_or(Zone::default(), |(_, o)| o.zone);
        let mut changed = Records::new();
        let judge = |part: &Part| {
            let get = |id| changed.get(&id).map(|record| (**record).clone()).or_else(|| self.record(id));
            let outcome = judging::outcome(config, &get, operation, part, false, at, zone);
            if outcome == Outcome::Applied && !part.changes.is_empty() {
                let id = part.subject.record();
                let mut record = get(id).unwrap_or_else(|| Record::new(part.subject.clone()));
                merge::apply_part(&mut record, operation, part, None);
                changed.insert(id, Box::new(record));
            }
            outcome
        };
        operation.parts.iter().map(judge).collect()
    }

    /// Only what the office would refuse for good is refused here. Anything
    /// that may look different there is sent, and answered there.
    fn early_issues(&self, operation: &Operation, at: i64) -> Vec<Issue> {
        let outcomes = self.outcomes(operation, at).into_iter();
        let refused = outcomes.filter_map(|outcome| match outcome {
            Outcome::Rejected { issues } => Some(issues),
            _ => None,
        });
        refused.flatten().collect()
    }

    /// What the person sees is what the edit has seen: the heads in view, and
    /// through a head that still waits, all that it had seen, since the office
    /// may not take that one.
    fn fill_seen(&self, part: &mut Part) {
        let id = part.subject.record();
        let record = self.view.record(&self.replica, id);
        for change in &mut part.changes {
            if change.seen.is_empty() {
                change.seen = record.map(|r| r.seen(&change.group)).unwrap_or_default();
            }
            let mut through = Vec::new();
            for op in &change.seen {
                let Some(waiting) = self.waiting_operation(*op) else { continue };
                let same = waiting.parts.iter().filter(|p| p.subject.record() == id);
                let before = same.flat_map(|p| &p.changes).filter(|c| c.group == change.group);
                through.extend(before.flat_map(|c| c.seen.iter().copied()));
            }
            change.seen.append(&mut through);
            sort(&mut change.seen);
            change.seen.dedup();
        }
    }

    fn waiting_operation(&self, op: OpId) -> Option<&Operation> {
        let stored = self.replica.outbox.get(&op).filter(|o| o.waits());
        stored.and_then(|o| o.operation.as_ref()).or_else(|| self.saving().find(|s| s.id == op))
    }

    fn made(&self, now: Now) -> Made {
        let anchor = self.net.heard.filter(|h| h.boot == now.boot).map(|h| Anchor {
            office: h.office_ms,
            since: now.mono_ms.saturating_sub(h.mono_ms),
            boot: now.boot,
        });
        Made { wall: now.wall_ms, anchor }
    }

    fn working_account(&self) -> Option<Account> {
        self.replica.account(self.working?)
    }

    /// The rows of a save, under the author's next number.
    pub(super) fn plan_save(&self, saving: &Saving) -> Result<Rows, SaveFailure> {
        let author = saving.operation.author;
        let account = self.replica.account(author).ok_or(SaveFailure::NobodySignedIn)?;
        let number = self.replica.last_number(author).saturating_add(1);
        let operation = Operation { number, ..saving.operation.clone() };
        let envelope = seal::seal(&operation, &account.key, &account.key_id);
        if envelope.body.len() > seal::MAX_BODY {
            return Err(SaveFailure::Refused(vec![Issue::hard("operation.too_large", "")]));
        }
        let mut rows = Rows::default();
        let item = Item { envelope, place: self.next_place(), receipt: None, carried: false };
        rows.put(Table::Outbox, operation.id.to_string(), &item);
        rows.put(Table::Meta, number_key(author), &number);
        for (sha256, size) in &saving.files {
            let mut waiting = self.replica.uploads.get(sha256).cloned().unwrap_or_else(|| Waiting {
                size: *size,
                place: item.place,
                ops: Vec::new(),
                name: operation.name_of(sha256).unwrap_or_default().to_owned(),
            });
            waiting.ops.push(operation.id);
            rows.put(Table::Uploads, sha256.clone(), &waiting);
        }
        for draft in &saving.drop_drafts {
            rows.delete(Table::Drafts, draft.clone());
        }
        Ok(rows)
    }

    /// Behind everything that this device knows: what is saved here may have
    /// seen all of it.
    fn next_place(&self) -> u64 {
        let last = self.replica.outbox.values().map(|o| o.item.place).max().unwrap_or(0);
        let seq = self.replica.cursor().map_or(0, |c| c.seq);
        last.max(seq).saturating_add(1)
    }
}

/// A UUIDv7. Uniqueness rests on `random`; the time in it decides nothing.
fn op_id(wall_ms: i64, count: u64, random: u64) -> OpId {
    let time = u128::from(wall_ms.max(0).unsigned_abs() & 0xffff_ffff_ffff);
    let a = u128::from((random >> 62) << 10 | (count & 0x3ff));
    let b = u128::from(random & 0x3fff_ffff_ffff_ffff);
    OpId(Uuid::from_u128(time << 80 | 0x7 << 76 | a << 64 | 0b10 << 62 | b))
}
