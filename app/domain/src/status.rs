//! Where a figure stands: derived from heads, never stored.

use crate::codec::from_value;
use crate::config::{STAGE, Stage};
use crate::figure::{Decision, Entry, EntryState, NAGARI, Row, VALIDATION, VALUE, Validation};
use crate::record::{Head, OpId, Record};
use crate::sorted::Map;

/// Status of a figure at the office. A device puts its drafts and its waiting
/// operations on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureStatus {
    NotFilled,
    /// At the office; the unit's form was not sent, or not again since it was mended.
    Saved,
    Sent,
    /// Sent back, with the head's comment.
    Returned {
        comment: String,
    },
    Validated,
    /// Several values stand side by side.
    Differs,
}

/// Whether a group is data that a head of unit judges: `value` or a nagari row.
#[must_use]
pub fn is_data(group: &str) -> bool {
    group == VALUE || group.starts_with(NAGARI)
}

/// The heads of the data groups by group name, sorted: what a transition judges
/// and what a [`Validation`] is valid for.
#[must_use]
pub fn data_heads(figure: &Record) -> Map<String, Vec<OpId>> {
    let data = figure.groups.iter().filter(|(name, group)| is_data(name) && !group.heads.is_empty());
    data.map(|(name, group)| (name.clone(), group.seen())).collect()
}

/// Whether anything is filled in: an entry in any state but *belum diisi*, or a row.
#[must_use]
pub fn is_filled(figure: &Record) -> bool {
    let entered = |e: &Entry| e.state != EntryState::NotFilled;
    let ticked = |r: &Row| r.done.is_some() || r.number.is_some();
    figure.groups.keys().any(|name| match name.as_str() {
        VALUE => figure.read(name).is_some_and(|e| entered(&e)),
        row if row.starts_with(NAGARI) => figure.read(row).is_some_and(|r| ticked(&r)),
        _ => false,
    })
}

/// Whether values stand side by side in any group that people type.
#[must_use]
pub fn differs(figure: &Record) -> bool {
    figure.groups.iter().any(|(name, group)| name != VALIDATION && group.differs())
}

/// The decision that counts: made about exactly the heads that stand now. If
/// two heads decided both ways at once, the return counts.
#[must_use]
pub fn standing_validation(figure: &Record) -> Option<Validation> {
    let now = data_heads(figure);
    let decisions = validations(figure).map(|(_, v)| v).filter(|v| v.heads == now);
    decisions.max_by_key(|v| v.decision == Decision::Return)
}

/// Status of a figure, given its record and its unit's form (absent = nothing yet).
#[must_use]
pub fn figure_status(figure: Option<&Record>, form: Option<&Record>) -> FigureStatus {
    let Some(figure) = figure else { return FigureStatus::NotFilled };
    if differs(figure) {
        return FigureStatus::Differs;
    }
    match standing_validation(figure) {
        Some(Validation { decision: Decision::Return, comment, .. }) => FigureStatus::Returned { comment },
        _ if !is_filled(figure) => FigureStatus::NotFilled,
        Some(_) => FigureStatus::Validated,
        None if is_sent(figure, form) => FigureStatus::Sent,
        None => FigureStatus::Saved,
    }
}

/// A sent form covers later edits too; only what was returned and mended must be
/// sent again, so that the head knows the officer is done with it.
fn is_sent(figure: &Record, form: Option<&Record>) -> bool {
    let Some(form) = form else { return false };
    if !form.read::<Stage>(STAGE).is_some_and(|s| s.sent) {
        return false;
    }
    if !validations(figure).any(|(_, v)| v.decision == Decision::Return) {
        return true;
    }
    let sent = form.groups.get(STAGE).into_iter().flat_map(|g| &g.heads).map(arrival).max();
    let typed = figure.groups.iter().filter(|(n, _)| is_data(n)).flat_map(|(_, g)| &g.heads);
    typed.map(arrival).max() <= sent
}

/// The data that arrived last; what waits on this device comes after all that arrived.
#[must_use]
pub fn newest(figure: &Record) -> Option<&Head> {
    let data = figure.groups.iter().filter(|(name, _)| is_data(name));
    data.flat_map(|(_, group)| &group.heads).max_by_key(|head| arrival(head))
}

/// Order of arrival; what waits on this device comes after all that arrived.
fn arrival(head: &Head) -> (u64, OpId) {
    (head.seq.unwrap_or(u64::MAX), head.op)
}

fn validations(figure: &Record) -> impl Iterator<Item = (&Head, Validation)> {
    let heads = figure.groups.get(VALIDATION).into_iter().flat_map(|g| &g.heads);
    heads.filter_map(|h| Some((h, from_value(&h.value).ok()?)))
}
