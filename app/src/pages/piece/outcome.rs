//! Verdicts in words.

use takar_domain::record::Subject;
use takar_domain::text::{self, held, names};
use takar_sync::operation::Part;
use takar_sync::verdict::{Outcome, Verdict, Why};

use crate::acts::steps::overtaken;
use crate::state::App;

/// The first outcome that is not plainly applied.
#[must_use]
pub fn trouble(verdict: &Verdict) -> Option<&Outcome> {
    verdict.parts.iter().find(|o| !matches!(o, Outcome::Applied))
}

/// One word or two: *ditolak*, *data susulan*.
#[must_use]
pub fn short(outcome: &Outcome) -> &'static str {
    names::outcome(match outcome {
        Outcome::Applied => "applied",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Late { .. } => "late",
        Outcome::Held { .. } => "held",
        Outcome::Rejected { .. } => "rejected",
    })
}

/// What happened and who acts next; empty if the short word says it all.
#[must_use]
pub fn why(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Applied => String::new(),
        Outcome::Conflict { .. } => text::validate::CHANGED_HINT.into(),
        Outcome::Late { .. } => held::LATE_WHY.into(),
        Outcome::Held { why } => names::held_why(match why {
            Why::Unauthenticated => "unauthenticated",
            Why::RightsChanged => "rights_changed",
            Why::Removed => "removed",
        })
        .into(),
        Outcome::Rejected { issues } => {
            let lines: Vec<_> = issues.iter().map(text::issue).collect();
            lines.join(" ")
        }
    }
}

/// As [`why`], with who was first where somebody else moved the step. Reactive.
#[must_use]
pub fn about(app: App, part: &Part, outcome: &Outcome) -> String {
    let step = matches!((&part.subject, outcome), (Subject::StepRun { .. }, Outcome::Conflict { .. }));
    let run = step.then(|| app.record(part.subject.record())).flatten();
    run.and_then(|run| overtaken(&app.config(), &run)).unwrap_or_else(|| why(outcome))
}
