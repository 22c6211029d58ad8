//! The head of a unit accepts or returns figures. A decision names the heads it
//! looked at: if they change on the way, the office refuses it and says so.

use takar_domain::figure::{Decision, EntryState, Judged, VALIDATION, Validation};
use takar_domain::record::{OpId, Record, RecordId};
use takar_domain::sorted::sort;
use takar_domain::status::data_heads;
use takar_domain::text::board as words;
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet};
use takar_domain::workflow::Action;
use takar_sync::operation::Part;

use super::board::silent;
use super::send::is_unproved;
use super::{Get, change, figures};

/// Accepts one figure as it stands.
#[must_use]
pub fn accept(record: &Record, self_validated: bool) -> Part {
    decide(record, Decision::Accept, String::new(), self_validated)
}

/// Returns one figure. `None` without a comment: the officer must know what to mend.
#[must_use]
pub fn give_back(record: &Record, comment: &str) -> Option<Part> {
    let comment = comment.trim();
    (!comment.is_empty()).then(|| decide(record, Decision::Return, comment.into(), false))
}

fn decide(record: &Record, decision: Decision, comment: String, self_validated: bool) -> Part {
    let action = match decision {
        Decision::Accept => Action::Accept,
        Decision::Return => Action::Return,
    };
    let validation = Validation { decision, comment, self_validated, heads: data_heads(record) };
    Part {
        subject: record.subject.clone(),
        action,
        changes: vec![change(Some(record), VALIDATION, &validation)],
        judged: figures::judged(record),
    }
}

/// One line of a unit's checklist: what should hold, how often it does not, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    pub words: &'static str,
    pub open: usize,
    pub of: usize,
}

/// What the head of a unit looks at before ending its validation. Derived, so that
/// nobody ticks what is not so; nothing of it blocks by itself.
#[must_use]
#[inline(never)]
pub fn checklist(sheet: &EntrySheet) -> [Check; 6] {
    let (c, own) = (sheet.counts, || sheet.rows.iter().filter(|row| row.same_as.is_none()));
    let filled = || own().filter(|row| row.actual.state == EntryState::Value);
    let of_nagari = own().map(|row| row.nagari.len()).sum();
    let unproved = |row: &&std::sync::Arc<EntryRow>| is_unproved(row);
    let here = c.saved + c.sent + c.returned + c.validated + c.differing;
    let check = |words, open, of| Check { words, open, of };
    [
        check(words::ALL_FILLED, c.expected - c.filled, c.expected),
        check(words::ALL_NAGARI, own().map(|row| silent(row).len()).sum(), of_nagari),
        check(words::ALL_PROVED, filled().filter(unproved).count(), filled().count()),
        check(words::ALL_SENT, c.saved + c.returned, here),
        check(words::NONE_DIFFERS, c.differing, here),
        check(words::ALL_VALIDATED, here - c.validated, here),
    ]
}

/// One group that moved between a judgement and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub record: RecordId,
    pub group: String,
    /// Heads that were judged and no longer stand.
    pub gone: Vec<OpId>,
    /// Heads that stand now and were not seen.
    pub new: Vec<OpId>,
}

/// What changed since `judged` was looked at: *berubah sejak Anda lihat*.
/// Empty when everything still stands as it was.
#[must_use]
pub fn moved(judged: &[Judged], get: Get<'_>) -> Vec<Moved> {
    let mut found = Vec::new();
    for seen in judged {
        let now = get(seen.record).map(|r| r.seen(&seen.group)).unwrap_or_default();
        if now != seen.heads {
            found.push(Moved {
                record: seen.record,
                group: seen.group.clone(),
                gone: without(&seen.heads, &now),
                new: without(&now, &seen.heads),
            });
        }
    }
    for (record, group, heads) in unseen(judged, get) {
        found.push(Moved { record, group, gone: Vec::new(), new: heads });
    }
    found
}

/// Data groups that came into being after the judgement, such as a first nagari row.
fn unseen(judged: &[Judged], get: Get<'_>) -> Vec<(RecordId, String, Vec<OpId>)> {
    let mut records: Vec<_> = judged.iter().map(|j| j.record).collect();
    sort(&mut records);
    records.dedup();
    let known = |record, group: &str| judged.iter().any(|j| j.record == record && j.group == group);
    let all = records.into_iter().filter_map(|id| Some((id, data_heads(&get(id)?))));
    all.flat_map(|(id, groups)| groups.into_iter().map(move |(group, heads)| (id, group, heads)))
        .filter(|(id, group, _)| !known(*id, group))
        .collect()
}

fn without(these: &[OpId], those: &[OpId]) -> Vec<OpId> {
    these.iter().filter(|id| !those.contains(id)).copied().collect()
}
