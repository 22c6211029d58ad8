//! *Tahapan*: the steps of a measuring round, one of them, and how long they took.

mod bases;
mod board;
mod carrying;
mod chart;
mod correct;
mod cover;
mod document;
mod facts;
mod form;
mod list;
mod lists;
mod paper;
mod past;
mod place;
mod press;
mod receipts;
mod run;
mod sign;
mod times;
mod units;
mod unsent;

use crate::signal::*;
use takar_domain::date::period_name;
use takar_domain::procedure::{Progress, progress};
use takar_domain::record::RecordId;
use takar_domain::sop::Kind;
use takar_domain::text::procedure as words;

use crate::route::{segment, use_route};
use crate::state::{App, use_app};
use crate::ui::{Empty, Icon, PageHead};
use crate::view::{View, view};
use place::Place;

/// The steps of the round in view, made anew with every change.
type All = Memo<Fresh<Vec<Progress>>>;

/// The page of `/tahapan` and everything below it.
#[inline(never)]
pub fn steps() -> View {
    let app = use_app();
    let route = use_route();
    let cycle = Memo::new(move || place::cycle(app, route));
    let at = Memo::new(move || route.with_path(place::step));
    let named = move |name| Memo::new(move || route.with_path(|path| segment(path, 2) == Some(name)));
    let (times, drawn, read, cover) = (named("waktu"), named("bagan"), named("dokumen"), named("surat"));
    let form = Memo::new(move || route.with_path(form::from));
    let all: All = Memo::new(move || {
        let cycle = cycle.get();
        Fresh(cycle.map(|id| progress(&app.config(), &app.reader(), id)).unwrap_or_default())
    });
    let some = Memo::new(move || all.with(|all| !all.0.is_empty()));
    let form_step = Memo::new(move || {
        all.with(|all| all.0.iter().find(|s| s.step.kind == Kind::Form).map_or(0, |s| s.step.number))
    });
    View::live(move || match (cycle.get(), some.get(), at.get()) {
        (None, ..) => nothing(words::TITLE.to_owned(), words::NO_CYCLE, words::NO_CYCLE_LEAD),
        (Some(cycle), false, _) => nothing(title(app, cycle), words::NO_STEPS, words::NO_STEPS_LEAD),
        (Some(cycle), true, None) if times.get() => times::report(app, cycle, all),
        (Some(cycle), true, None) if read.get() => document::page(app, cycle, all),
        (Some(cycle), true, None) if cover.get() => cover::page(app, cycle, all),
        (Some(cycle), true, None) if drawn.get() => chart::page(app, cycle, all),
        (Some(cycle), true, None) => match form.get() {
            Some(from) => {
                let (step, own) = (form_step.get(), RwSignal::new(false));
                form::page(Place { app, cycle, step, unit: None, all, own }, from)
            }
            None => list::list(app, cycle, all),
        },
        (Some(cycle), true, Some((step, unit))) => {
            run::page(Place { app, cycle, step, unit, all, own: RwSignal::new(false) })
        }
    })
}

fn title(app: App, cycle: RecordId) -> String {
    let period = app.config().cycles.get(&cycle).map(|c| period_name(c.period));
    words::title(&period.unwrap_or_default())
}

fn nothing(title: String, what: &str, lead: &'static str) -> View {
    view! {
        <div class="stack">
            <PageHead title=title />
            <Empty sign=Icon::Steps title=what>
                <p>{lead}</p>
            </Empty>
        </div>
    }
}
