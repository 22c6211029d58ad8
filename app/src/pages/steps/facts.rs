//! What the SOP says about a step, and the schedule about the archive.

use takar_domain::retention::kept;
use takar_domain::sop::Kind;
use takar_domain::text::{common, procedure as words};

use super::place::Place;
use crate::acts::steps::actors;
use crate::view::{View, view};

pub fn facts(at: Place) -> Option<View> {
    at.with(|step, _| {
        let sop = &step.step;
        let line = |label: &'static str, text: String| {
            (!text.is_empty()).then(|| view! { <dt>{label}</dt> <dd>{text}</dd> })
        };
        let standard = match sop.minutes {
            0 => common::DASH.to_owned(),
            minutes if sop.per_unit => words::per_unit(minutes),
        minutes => words::minutes(minutes),
        };
        let text = if sop.extra { words::EXTRA_NOTE } else { sop.on_screen() };
        view! {
            <section class="card">
                <h2>{words::FACTS}</h2>
                <dl class="facts">
                    {line(words::TEXT, text.to_owned())} {line(words::ACTORS, actors(sop))}
                    {line(words::REQUIRES, sop.requires.clone())} {line(words::OUTPUT, sop.output.clone())}
                    {line(words::STANDARD, standard)}
                    {line(words::DUE, step.due.map(takar_domain::date::Date::format_long).unwrap_or_default())}
                    {line(words::NOTE, sop.screen_note.clone().unwrap_or_default())}
                </dl>
            </section>
        }
    })
}

/// How long what the step archives is kept; nothing for any other step. Reactive.
pub fn retention(at: Place) -> Option<View> {
    at.with(|step, _| step.step.kind == Kind::Archive).filter(|archives| *archives)?;
    let app = at.app;
    let found = at.all.with(|all| kept(&app.config(), &app.reader(), &all.0, app.today()));
    let said = found.map(|kept| {
        words::kept(&kept.active_until.format_long(), &kept.inactive_until.format_long(), kept.fate)
    });
    Some(view! {
        <section class="card stack-s" aria-label=words::RETENTION>
            <h2>{words::RETENTION}</h2>
            <p>{said.unwrap_or_else(|| words::NO_RETENTION.to_owned())}</p>
            <p class="small soft">{words::RETENTION_NOTE}</p>
        </section>
    })
}
