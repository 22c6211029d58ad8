//! *Berubah sejak Anda lihat*: transitions that the office refused because
//! what they judged had changed, with the difference.

use crate::signal::*;
use takar_domain::record::{OpId, RecordId};
use takar_domain::text::validate as text;
use takar_domain::workflow::unit_of;
use takar_sync::operation::Part;
use takar_sync::verdict::Outcome;

use crate::acts::{validate, words};
use crate::state::{App, OpState, OutboxLine};
use crate::ui::{Button, Look, Notice, Tone};
use crate::view::{View, view};

/// Own refused transitions over one unit, each until the person has read it.
#[component]
pub fn Refusals(app: App, #[prop(into)] unit: Signal<Option<RecordId>>) -> View {
    View::live(move || {
        let me = app.me().map(|me| me.person);
        let unit = unit.get();
        let own = app.outbox().into_iter().filter(|line| Some(line.author) == me);
        own.filter_map(|line| refused(app, unit?, &line)).collect::<View>()
    })
}

fn refused(app: App, unit: RecordId, line: &OutboxLine) -> Option<View> {
    let OpState::Answered(verdict) = &line.state else { return None };
    let config = app.config();
    let parts: Vec<_> = line
        .parts
        .iter()
        .zip(&verdict.parts)
        .filter(|(part, outcome)| {
            matches!(outcome, Outcome::Conflict { .. }) && unit_of(&part.subject, &config) == Some(unit)
        })
        .flat_map(|(part, _)| changes(app, part))
        .collect();
    if parts.is_empty() {
        return None;
    }
    let op = line.op;
    Some(view! {
        <Notice tone=Tone::Bad>
            <div class="stack-s">
                <h2>{text::CHANGED}</h2>
                <p>{text::CHANGED_HINT}</p>
                <ul class="moved">{parts}</ul>
                <Button look=Look::Quiet press=move || app.dismiss(op, "")>
                    {text::SEEN}
                </Button>
            </div>
        </Notice>
    })
}

/// One line per field that moved: what the person looked at, and what stands now.
fn changes(app: App, part: &Part) -> Vec<View> {
    let config = app.config();
    let reader = app.reader();
    let moved = validate::moved(&part.judged, &reader);
    let lines = moved.into_iter().filter_map(|m| {
        let record = reader(m.record)?;
        let trail = app.history(m.record, &m.group);
        let say = |ids: &[OpId]| {
            let values = trail.iter().filter(|t| ids.contains(&t.op));
            let mut said: Vec<_> =
                values.map(|t| words::value(&config, &record.subject, &m.group, &t.value)).collect();
            said.dedup();
            if said.is_empty() { text::NONE.to_owned() } else { said.join(", ") }
        };
        let field =
            [&words::subject(&config, &record.subject), " · ", &words::group(&config, &m.group)].concat();
        Some(view! {
            <li>
                <strong>{field}</strong>
                <br />
                {text::BEFORE} " " <s>{say(&m.gone)}</s> ", " {text::NOW} " "
                <strong>{say(&m.new)}</strong>
            </li>
        })
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        let what = words::subject(&config, &part.subject);
        return vec![view! { <li>{what}</li> }];
    }
    lines
}
