//! The merge of heads: `heads − seen + this`, the same on every device and in
//! the office. No clock decides anything; order of arrival only names the
//! value that calculations use while several stand.

use takar_domain::record::{Attribution, Group, Head, OpId, Record};
use takar_domain::sorted::sort_by_key;

use crate::operation::{Change, Operation, Part};

/// Applies one part to its record. Doing it twice changes nothing.
///
/// `seq` is the operation's place in the office's log, `None` while it waits on
/// the device. The set of open values does not depend on the order of calls.
pub fn apply_part(record: &mut Record, operation: &Operation, part: &Part, seq: Option<u64>) {
    let by = operation.attribution();
    for change in &part.changes {
        let group = record.groups.entry(change.group.clone()).or_default();
        apply(group, operation.id, change, &by, seq);
    }
}

fn apply(group: &mut Group, op: OpId, change: &Change, by: &Attribution, seq: Option<u64>) {
    let mut standing = std::mem::take(&mut group.heads);
    standing.append(&mut group.same);
    standing.retain(|head| !change.seen.contains(&head.op));
    group.superseded.extend(change.seen.iter().copied().filter(|seen| *seen != op));
    let known = standing.iter().any(|head| head.op == op) || group.superseded.contains(&op);
    if !known {
        standing.push(Head { op, value: change.value.clone(), seq, by: by.clone() });
    }
    settle(group, standing);
}

/// Equal values are one head, the first that arrived. The others stay known:
/// someone who changes that one without having seen them does not undo them.
fn settle(group: &mut Group, mut standing: Vec<Head>) {
    // Stable: waiting ones keep their order behind all confirmed ones.
    sort_by_key(&mut standing, |head| head.seq.unwrap_or(u64::MAX));
    for head in standing {
        let equal = group.heads.iter().any(|first| first.value == head.value);
        if equal { group.same.push(head) } else { group.heads.push(head) }
    }
}
