//! What was done about a step: changes, earlier rounds, and own acts that came too late.

use crate::signal::*;
use takar_domain::date::{Date, date_clock};
use takar_domain::procedure::Round;
use takar_domain::record::{Made, RecordId};
use takar_domain::text::{common, procedure as words, validate};
use takar_domain::worktime::instant;
use takar_sync::verdict::Outcome;

use super::carrying::signed;
use super::place::Place;
use crate::pages::piece::{history, outcome};
use crate::state::{App, OpState, OutboxLine};
use crate::ui::{Button, Look, Notice, Reveal, Tone};
use crate::view::{View, view};

/// Acts of a history that are shown; older ones stay in the office's log.
const MOST: usize = 60;

/// Own acts that came after somebody else's, each until the person has read it.
pub fn overtaken(at: Place) -> Vec<View> {
    let me = at.app.me().map(|me| me.person);
    let own = at.app.outbox().into_iter().filter(|line| Some(line.author) == me);
    own.filter_map(|line| refused(at, &line)).collect()
}

fn refused(at: Place, line: &OutboxLine) -> Option<View> {
    let OpState::Answered(verdict) = &line.state else { return None };
    let subject = at.subject();
    let mut parts = line.parts.iter().zip(&verdict.parts);
    let (part, outcome) =
        parts.find(|(part, o)| part.subject == subject && matches!(o, Outcome::Conflict { .. }))?;
    let (op, app) = (line.op, at.app);
    Some(view! {
        <Notice tone=Tone::Bad>
            <div>
                <h2>{validate::CHANGED}</h2>
                <p>{outcome::about(app, part, outcome)}</p>
            </div>
            <Button look=Look::Quiet press=move || app.dismiss(op, "")>
                {validate::SEEN}
            </Button>
        </Notice>
    })
}

/// Every change of a step or of the round itself: who, for whom, when, on which
/// device, before and after. From the device's own log, so without a connection.
/// Stays open while more arrives.
pub fn trail(app: App, record: RecordId) -> View {
    let known = Memo::new(move || app.record(record).is_some());
    let lines = move || app.record(record).map(|record| history(app, &record, MOST));
    let reveal = move || view! { <Reveal summary=validate::TRAIL>{lines}</Reveal> };
    view! { {move || known.get().then(reveal)} }
}

/// Rounds that ended by being opened again.
pub fn rounds(at: Place) -> Option<View> {
    let zone = at.app.zone();
    at.with_run(|_, run| {
        let past = run.state.as_ref().map(|state| state.past.as_slice()).unwrap_or_default();
        let line = |round: &Round| {
            let when = |made: Option<Made>| {
                made.map_or_else(|| common::DASH.to_owned(), |made| date_clock(instant(made), zone))
            };
            let minutes = round.minutes.map(words::minutes);
            let event: Option<Date> = round.event_date.as_deref().and_then(|iso| iso.parse().ok());
            let event = event.map(|d| [words::EVENT_DATE, " ", &d.format_long()].concat());
            let signed = round.signature.as_ref().map(|s| signed(at, s));
            let more = minutes.into_iter().chain(event).chain(signed).chain(round.reason.clone());
            view! {
                <li>
                    <strong>{[when(round.started), when(round.finished)].join(" – ")}</strong>
                    <br />
                    <span class="small">{more.collect::<Vec<_>>().join(" · ")}</span>
                </li>
            }
        };
        (!past.is_empty()).then(|| {
            view! {
                <section class="card stack-s">
                    <h2>{words::ROUNDS}</h2>
                    <ul class="trail">{past.iter().map(line).collect::<View>()}</ul>
                </section>
            }
        })
    })?
}
