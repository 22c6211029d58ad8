//! What a transition judged, and what must hold for it: send, accept, return.

use crate::codec::from_value;
use crate::config::{STAGE, Stage};
use crate::figure::{Decision, Judged, VALIDATION, Validation};
use crate::issue::Issue;
use crate::procedure::STATE;
use crate::record::{OpId, Record, RecordId};
use crate::rules::PartView;
use crate::sorted::{Map, sort};
use crate::status::{data_heads, differs, is_data, is_filled};
use crate::workflow::Action;

/// What stands now, if it is not what the transition judged.
pub(crate) fn changed(
    get: &dyn Fn(RecordId) -> Option<Record>,
    record: Option<&Record>,
    part: &PartView,
) -> Option<Vec<Judged>> {
    let id = part.subject.record();
    match part.action {
        Action::Accept | Action::Return => {
            let now = record.map(data_heads).unwrap_or_default();
            let same = now == judged_heads(part, id);
            let all = now.into_iter().map(|(group, heads)| Judged { record: id, group, heads });
            (!same).then(|| all.collect())
        }
        Action::Send | Action::Start | Action::Finish | Action::Reopen => {
            let mut loaded: Map<RecordId, Option<Record>> = Map::new();
            let mut stale: Vec<_> = own_state(record, part).into_iter().collect();
            for judged in part.judged {
                let record = loaded.entry(judged.record).or_insert_with(|| get(judged.record));
                let heads = record.as_ref().map(|r| r.seen(&judged.group)).unwrap_or_default();
                if heads != sorted(&judged.heads) {
                    stale.push(Judged { heads, ..judged.clone() });
                }
            }
            (!stale.is_empty()).then_some(stale)
        }
        Action::Edit | Action::Adopt | Action::Discard => None,
    }
}

/// The step's state, if some of it was not seen by whoever moves the step: two who
/// finish it offline do not leave two ends standing, the second one is told. Who
/// moves it twice without a connection has also seen what his own act replaced.
fn own_state(record: Option<&Record>, part: &PartView) -> Option<Judged> {
    let (group, seen, _) = part.changes.first().filter(|(group, ..)| *group == STATE)?;
    let heads = record.map(|r| r.seen(group)).unwrap_or_default();
    let unseen = heads.iter().any(|head| !seen.contains(head));
    unseen.then(|| Judged { record: part.subject.record(), group: STATE.into(), heads })
}

fn judged_heads(part: &PartView, record: RecordId) -> Map<String, Vec<OpId>> {
    let own = part.judged.iter().filter(|j| j.record == record && !j.heads.is_empty());
    own.map(|j| (j.group.clone(), sorted(&j.heads))).collect()
}

fn sorted(heads: &[OpId]) -> Vec<OpId> {
    let mut heads = heads.to_vec();
    sort(&mut heads);
    heads
}

/// What must hold for a transition that judged the right heads.
pub(crate) fn guard(record: Option<&Record>, part: &PartView) -> Option<Issue> {
    let written = part.changes.first().map(|(.., value)| *value);
    match part.action {
        Action::Send => {
            let stage = written.and_then(|v| from_value::<Stage>(v).ok()).unwrap_or_default();
            if !stage.sent {
                return Some(Issue::hard("send.wrong_stage", STAGE));
            }
            let filled = part.judged.iter().any(|j| is_data(&j.group) && !j.heads.is_empty());
            (!filled).then(|| Issue::hard("send.empty", ""))
        }
        Action::Accept | Action::Return => {
            let validation = written.and_then(|v| from_value::<Validation>(v).ok())?;
            decision_issue(record, part, &validation)
        }
        // Steps ask for more than their record, see `procedure::issue`.
        Action::Start | Action::Finish | Action::Reopen => None,
        Action::Edit | Action::Adopt | Action::Discard => None,
    }
}

fn decision_issue(record: Option<&Record>, part: &PartView, validation: &Validation) -> Option<Issue> {
    let accepts = part.action == Action::Accept;
    let wanted = if accepts { Decision::Accept } else { Decision::Return };
    // The stored heads are what later readers compare with: they must be the judged ones.
    if validation.decision != wanted || validation.heads != judged_heads(part, part.subject.record()) {
        return Some(Issue::hard("validation.inconsistent", VALIDATION));
    }
    if !accepts {
        let silent = validation.comment.trim().is_empty();
        return silent.then(|| Issue::hard("return.comment", "validation.comment"));
    }
    if record.is_some_and(differs) {
        return Some(Issue::hard("accept.differs", ""));
    }
    (!record.is_some_and(is_filled)).then(|| Issue::hard("accept.empty", ""))
}
