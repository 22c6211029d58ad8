//! What the SOP says about a step.

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
