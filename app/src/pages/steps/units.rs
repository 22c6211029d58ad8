//! Where each unit stands in a step that units do apart.

use crate::signal::*;
use takar_domain::config::Config;
use takar_domain::procedure::{Phase, Progress, UnitProgress, hindrance};
use takar_domain::sop::Kind;
use takar_domain::text::{self, names, procedure as words};

use super::place::Place;
use super::press::give_back;
use crate::acts::steps::{by, given_back};
use crate::acts::words::unit_name;
use crate::pages::settings::line::{line, list, opens, presses};
use crate::ui::{Look, Tone, tag};
use crate::view::{View, view};

/// The units of the step itself.
pub fn units(at: Place) -> Option<View> {
    at.with(|step, run| run.is_none().then(|| lines(at, step, &|_, _| View::Nothing))).flatten()
}

/// The units whose data the step rests on, each with the press that gives it back.
pub fn given(at: Place) -> View {
    let kinds = |kind| matches!(kind, Kind::Compile | Kind::Correct | Kind::Submit);
    let rests = Memo::new(move || at.with(|step, _| kinds(step.step.kind)).unwrap_or_default());
    let back = give_back();
    let inside = move || {
        if !rests.get() {
            return View::Nothing;
        }
        let may = at.may_reopen();
        let (config, get) = (at.app.config(), at.app.reader());
        let press = |run: &UnitProgress, name: &str| {
            let Some(unit) = run.unit.filter(|unit| may && given_back(&config, &get, at.cycle, *unit)) else {
                return View::Nothing;
            };
            presses(Look::Quiet, words::GIVE_BACK, name, move || back.ask(unit))
        };
        at.all.with(|all| {
            let handed = all.0.iter().find(|s| s.step.kind == Kind::HandOver && s.step.per_unit);
            handed.map(|step| lines(at, step, &press)).unwrap_or_default()
        })
    };
    view! {
        {inside}
        {back.dialog(at)}
    }
}

fn lines(at: Place, step: &Progress, press: &dyn Fn(&UnitProgress, &str) -> View) -> View {
    let config = at.app.config();
    let number = step.step.number;
    let lines = step.runs.iter().filter_map(|run| {
        let name = unit_name(&config, run.unit?).to_owned();
        let open = opens(Look::Quiet, at.href(number, run.unit), &name);
        let press = press(run, &name);
        Some(line(&name, detail(&config, run), mark(run), view! { <div class="row">{press} {open}</div> }))
    });
    view! {
        <h2>{step.step.screen_title.clone()}</h2>
        {list(lines.collect())}
    }
}

fn detail(config: &Config, run: &UnitProgress) -> String {
    let mut found = Vec::new();
    if let Some(who) = &run.by {
        found.push(by(config, who));
    }
    if run.minutes > 0 {
        found.push(words::minutes(run.minutes));
    }
    let returned = run.state.as_ref().map(|state| state.returned.as_str()).filter(|r| !r.is_empty());
    if let Some(reason) = returned.filter(|_| run.phase() == Some(Phase::Running)) {
        found.push(words::returned(reason));
    }
    if let Some(way) = &run.way {
        found.push(text::issue(&hindrance(config, &run.subject, way)));
    }
    found.join(" · ")
}

/// The state of a run as a tag.
pub fn mark(run: &UnitProgress) -> View {
    let tone = match run.phase() {
        Some(Phase::Done) => Tone::Ok,
        Some(Phase::Running) => Tone::Info,
        None => Tone::Plain,
    };
    tag(tone, names::phase(run.phase()))
}
