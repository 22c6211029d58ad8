//! *Menit per orang*: waktu kerja by who worked, added up from the trails of a round's
//! steps. The sum is for that person and for the Sekretaris alone.

use takar_domain::codec::from_value;
use takar_domain::config::{Config, Post};
use takar_domain::permission::{active, posts};
use takar_domain::procedure::StepState;
use takar_domain::record::RecordId;
use takar_domain::workflow::Action;
use takar_sync::client::Trail;
use takar_sync::verdict::Outcome;

/// One person's work on a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    pub person: RecordId,
    /// Ends of steps at which minutes were told; a step opened again counts anew.
    pub ends: u32,
    /// Waktu kerja, minutes.
    pub minutes: u32,
}

/// What `me` may see of it on a date (ISO): everybody's as Sekretaris, else the own;
/// in the order of the steps.
/// Whoever a step was recorded for worked on it, not the recorder.
#[must_use]
pub fn worked(config: &Config, me: RecordId, today: &str, trails: &[Trail]) -> Vec<Worked> {
    let all = active(config, me) && posts(config, me, today).any(|held| held.post == Post::Sekretaris);
    let mut found: Vec<Worked> = Vec::new();
    for end in trails {
        let stands = matches!(end.outcome, None | Some(Outcome::Applied));
        let who = end.by.acted_for.unwrap_or(end.by.author);
        if end.action != Action::Finish || !stands || !(all || who == me) {
            continue;
        }
        let state = from_value::<StepState>(&end.value).ok();
        let Some(minutes) = state.and_then(|state| state.round.minutes) else { continue };
        match found.iter_mut().find(|known| known.person == who) {
            Some(known) => {
                known.ends += 1;
                known.minutes = known.minutes.saturating_add(minutes);
            }
            None => found.push(Worked { person: who, ends: 1, minutes }),
        }
    }
    found
}
