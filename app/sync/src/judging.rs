//! The one place where sync asks the rules: at the office's receipt and, for
//! early words, on the device.

use takar_domain::config::{Config, Zone};
use takar_domain::date::date_of;
use takar_domain::record::{Made, OpId, Record, RecordId, Value};
use takar_domain::rules::{self, HeldWhy, Judgement, PartView};
use takar_domain::sorted::Set;

use crate::operation::{Operation, Part};
use crate::verdict::{Outcome, Why};

/// What becomes of one part at office time `at` (ms since 1970 UTC).
pub fn outcome(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    operation: &Operation,
    part: &Part,
    by_office: bool,
    at: i64,
    zone: Zone,
) -> Outcome {
    let made = date_of(made_at(&operation.made).min(at), zone).to_string();
    let today = date_of(at, zone).to_string();
    let changes = views(part);
    let view = PartView { by_office, ..view(part, &changes) };
    match rules::judge(config, get, operation.author, &made, &today, &view) {
        Judgement::Apply => Outcome::Applied,
        Judgement::Conflict(now) => Outcome::Conflict { now },
        Judgement::Late { parent } => Outcome::Late { parent },
        Judgement::Held(HeldWhy::RightsChanged) => Outcome::Held { why: Why::RightsChanged },
        Judgement::Held(HeldWhy::Removed) => Outcome::Held { why: Why::Removed },
        Judgement::Reject(issues) => Outcome::Rejected { issues },
    }
}

/// The records that judging and merging a part needs.
pub fn reads(config: &Config, part: &Part) -> Set<RecordId> {
    let changes = views(part);
    rules::reads(config, &view(part, &changes))
}

/// When it was made, as near as the device could know: office time plus
/// monotonic distance if it had learned office time, else its wall clock.
#[must_use]
pub fn made_at(made: &Made) -> i64 {
    made.anchor.map_or(made.wall, |a| a.office.saturating_add(i64::try_from(a.since).unwrap_or(i64::MAX)))
}

type ChangeView<'a> = (&'a str, &'a [OpId], &'a Value);

fn views(part: &Part) -> Vec<ChangeView<'_>> {
    part.changes.iter().map(|c| (c.group.as_str(), c.seen.as_slice(), &c.value)).collect()
}

fn view<'a>(part: &'a Part, changes: &'a [ChangeView<'a>]) -> PartView<'a> {
    PartView { subject: &part.subject, action: part.action, changes, judged: &part.judged, by_office: false }
}
