//! Who may move a step, and for whom.

use takar_domain::config::{Config, Post};
use takar_domain::permission::{Permission, active, allows, posts};
use takar_domain::procedure::{acts, needed};
use takar_domain::record::{RecordId, Subject};
use takar_domain::sop::Kind;

/// Whether a person may start and finish a step and write its paper: the SOP names
/// one of her posts, or she records any step. `today` is ISO.
#[must_use]
pub fn may_move(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    is_actor(config, person, run, today) || records(config, person, run, today)
}

/// Whether she records any step, whoever acts.
pub(super) fn records(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    allows(config, person, Permission::RunSteps, unit(run), today)
}

/// Whether a person may open a step again, and give a unit its data back.
#[must_use]
pub fn may_reopen(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    allows(config, person, Permission::ReopenSteps, unit(run), today)
}

/// For whom a step is recorded (*dicatat atas nama*): who holds today the first of
/// the posts that the SOP names. `None` if the person acts herself, or nobody holds one.
/// Who corrects and is not the Camat records for him, see [`may_choose`].
#[must_use]
pub fn acted_for(config: &Config, person: RecordId, run: &Subject, today: &str) -> Option<RecordId> {
    let step = needed(config, run)?;
    let first = step.actors.first().copied();
    let is = |id: RecordId, post| posts(config, id, today).any(|h| h.post == post);
    let own = step.kind != Kind::Correct || first.is_some_and(|post| is(person, post));
    if own && is_actor(config, person, run, today) {
        return None;
    }
    let holder = |post: &Post| {
        let holds = |id: &RecordId| is(*id, *post) && is_actor(config, *id, run, today);
        config.people.keys().copied().find(holds)
    };
    step.actors.iter().find_map(holder).filter(|id| *id != person)
}

/// Whether she may say that she acts herself although [`acted_for`] names somebody.
#[must_use]
pub fn may_choose(config: &Config, person: RecordId, run: &Subject, today: &str) -> bool {
    is_actor(config, person, run, today) && acted_for(config, person, run, today).is_some()
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
