//! Who may move a step, and for whom.

use takar_domain::config::Config;
use takar_domain::permission::{Permission, active, allows, posts};
use takar_domain::procedure::{acts, needed};
use takar_domain::record::{RecordId, Subject};

/// Whether a person may start and finish a step and write its paper: the SOP names
/// one of her posts, or she records any step. `today` is ISO.
#[must_use]
pub fn may_move(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    is_actor(config, person, run, today) || may_reopen(config, person, run, today)
}

/// Whether a person may open a step again: those who record any step.
#[must_use]
pub fn may_reopen(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    allows(config, person, Permission::RunSteps, unit(run), today)
}

/// For whom a step is recorded (*dicatat atas nama*): who holds today the first of
/// the posts that the SOP names. `None` if the person acts herself, or nobody holds one.
#[must_use]
pub fn acted_for(config: &Config, person: RecordId, run: &Subject, today: &str) -> Option<RecordId> {
    let step = needed(config, run)?;
    if is_actor(config, person, run, today) {
        return None;
    }
    step.actors.iter().find_map(|post| {
        let holds = |id: RecordId| posts(config, id, today).any(|h| h.post == *post);
        config.people.keys().copied().find(|id| holds(*id) && is_actor(config, *id, run, today))
    })
}

/// Whether the SOP names the person for the step.
pub(super) fn is_actor(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    let step = needed(config, run);
    active(config, person) && step.is_some_and(|step| acts(config, person, step, unit(run), today))
}

fn unit(run: &Subject) -> Option<RecordId> {
    let Subject::StepRun { unit, .. } = run else { return None };
    *unit
}
