//! One operation of the outbox: what, whose, since when, where it stands, why it
//! was not taken, and what can be done about it.

use crate::signal::*;
use takar_domain::date::date_clock;
use takar_domain::record::Source;
use takar_domain::text::{common, names, outbox as words, validate};
use takar_sync::operation::Part;
use takar_sync::verdict::Outcome;

use super::super::piece::operation::{parts, place};
use super::super::piece::{Aside, outcome};
use super::mend::presses;
use crate::acts::words as say;
use crate::state::{App, OpState, OutboxLine};
use crate::ui::{Button, FieldError, Icon, Look, Tone, state};
use crate::view::{View, view};

pub fn line(app: App, line: &OutboxLine, errors: RwSignal<Vec<FieldError>>) -> View {
    let config = app.config();
    let mine = app.me().is_some_and(|me| me.person == line.author);
    let who = if mine { words::MINE.to_owned() } else { say::person(&config, line.author).to_owned() };
    let source = (line.source != Source::Own).then(|| [" · ", names::source(line.source)].concat());
    let op = line.op;
    let now = move || match app.op_state(op) {
        Some(OpState::Sending) => state(Tone::Info, Icon::Sync, words::STATE_SENDING),
        Some(OpState::Answered(verdict)) => match outcome::trouble(&verdict) {
            Some(trouble) => state(Tone::Bad, Icon::Alert, outcome::short(trouble)),
            None => View::Nothing,
        },
        _ if app.is_refused(op) => state(Tone::Bad, Icon::Alert, words::STATE_REFUSED),
        _ => state(Tone::Wait, Icon::Clock, words::STATE_WAITING),
    };
    let why = match (&line.state, &line.refusal) {
        (OpState::Answered(verdict), _) => {
            let mut all = line.parts.iter().zip(&verdict.parts);
            let trouble = all.find(|(_, o)| !matches!(o, Outcome::Applied));
            trouble.map(|(part, o)| outcome::about(app, part, o))
        }
        (_, Some(code)) => Some(words::refusal(code).to_owned()),
        _ => None,
    };
    let open = open_parts(line);
    let rest = line.parts.len() - open.len();
    let href = open.first().map(|p| place(app, p));
    let reason = line.reason.clone().map(|r| [" · ", common::REASON, ": ", &r].concat());
    view! {
        <li class="card stack-s">
            <div class="row between">
                <span class="small soft">
                    {words::WHO} " " {who} " · " {words::SINCE} " " {date_clock(line.made_ms, app.zone())} {source}
                    {reason}
                </span>
                {now}
            </div>
            {parts(app, &open)}
            {(rest > 0).then(|| view! { <p class="small soft">{words::taken(rest)}</p> })}
            {why.filter(|w| !w.is_empty()).map(|w| view! { <p>{w}</p> })}
            {href
                .map(|href| {
                    view! {
                        <p>
                            <a class=Look::Link.class() href=href>
                                {words::OPEN}
                            </a>
                        </p>
                    }
                })}
            {super::needs_you(line).then(|| answers(app, line, &open, errors))}
        </li>
    }
}

/// The parts that still want something: all while it waits, else those that
/// were not taken.
fn open_parts(line: &OutboxLine) -> Vec<Part> {
    let OpState::Answered(verdict) = &line.state else { return line.parts.clone() };
    let open = line.parts.iter().zip(&verdict.parts).filter(|(_, o)| !matches!(o, Outcome::Applied));
    open.map(|(part, _)| part.clone()).collect()
}

/// A decision that came too late is made again elsewhere; what was refused is
/// mended or tried again; anything is taken over or laid aside here.
fn answers(app: App, line: &OutboxLine, open: &[Part], errors: RwSignal<Vec<FieldError>>) -> View {
    let op = line.op;
    let outcomes = match &line.state {
        OpState::Answered(verdict) => verdict.parts.clone(),
        _ => Vec::new(),
    };
    let moved = |o: &Outcome| matches!(o, Outcome::Applied | Outcome::Conflict { .. });
    if !outcomes.is_empty() && outcomes.iter().all(moved) {
        return view! {
            <div class="row">
                <Button look=Look::Quiet press=move || app.dismiss(op, "")>
                    {validate::SEEN}
                </Button>
            </div>
        };
    }
    let refused = outcomes.iter().all(|o| matches!(o, Outcome::Applied | Outcome::Rejected { .. }));
    view! {
        {refused.then(|| presses(app, line, open, errors))}
        <Aside app=app op=op parts=line.parts.clone() outcomes=outcomes own=true errors=errors />
    }
}
