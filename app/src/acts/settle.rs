//! What can be done about an operation that the office answered and does not
//! use: take it over in the own name, or lay it aside.

use takar_domain::config::Config;
use takar_domain::record::Subject;
use takar_domain::sorted::sort;
use takar_domain::workflow::{Action, writes};
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::{Outcome, Why};

/// The parts that can be taken over: edits that are held, or came late. The
/// adopter has seen what stands now, not what the first author saw. What is no
/// longer measured waits until it is measured again.
#[must_use]
pub fn adopt(config: &Config, parts: &[Part], outcomes: &[Outcome]) -> Vec<Part> {
    let open = parts.iter().zip(outcomes).filter(|(part, outcome)| {
        let waits = match outcome {
            Outcome::Held { why: Why::Removed } => is_measured(config, &part.subject),
            Outcome::Held { .. } | Outcome::Late { .. } => true,
            _ => false,
        };
        let edit = matches!(part.action, Action::Edit | Action::Adopt);
        waits && edit && writes(&part.subject, Action::Adopt).is_some()
    });
    let fresh = |change: &Change| Change { seen: Vec::new(), ..change.clone() };
    open.map(|(part, _)| Part {
        action: Action::Adopt,
        changes: part.changes.iter().map(fresh).collect(),
        judged: Vec::new(),
        ..part.clone()
    })
    .collect()
}

fn is_measured(config: &Config, subject: &Subject) -> bool {
    let Subject::Figure { indicator, period, .. } = subject else { return true };
    let own = config.indicators.get(indicator).is_some_and(|i| i.same_as.is_none());
    own && config.measured_in(*period, *indicator)
}

/// The parts that lay an operation aside: nothing changes, the reason stays.
#[must_use]
pub fn discard(parts: &[Part]) -> Vec<Part> {
    let mut subjects: Vec<_> = parts.iter().map(|p| &p.subject).collect();
    sort(&mut subjects);
    subjects.dedup();
    let aside = |subject: &_| Part {
        subject: Clone::clone(subject),
        action: Action::Discard,
        changes: Vec::new(),
        judged: Vec::new(),
    };
    subjects.into_iter().map(aside).collect()
}
