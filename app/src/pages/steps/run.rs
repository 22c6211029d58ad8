//! The page of one step: what the SOP says of it, its state, its paper and what was done.

use crate::signal::*;
use takar_domain::date::period_name;
use takar_domain::sop::Kind;
use takar_domain::text::{correction, procedure as words};

use super::carrying::carrying_out;
use super::form::about;
use super::lists::lists;
use super::past::{overtaken, rounds, trail};
use super::place::Place;
use super::receipts::receipts;
use super::sign::letter as number_and_receipt;
use super::units::{given, units};
use super::{
    board,
    correct::corrections,
    facts::{facts, retention},
    paper::paper,
};
use crate::acts::words::unit_name;
use crate::pages::settings::back;
use crate::ui::{Empty, ErrorSummary, Icon, Look, PageHead};
use crate::view::{View, view};

pub fn page(at: Place) -> View {
    let app = at.app;
    let known = Memo::new(move || at.with(|_, run| run.is_some() || at.unit.is_none()).unwrap_or_default());
    let heading = Signal::derive(move || {
        let words = at.with(|step, _| {
            let number = (!step.step.extra).then_some(step.step.number);
            words::step(number, &step.step.screen_title)
        });
        words.unwrap_or_else(|| words::NO_STEP.to_owned())
    });
    let lead = Signal::derive(move || {
        let config = app.config();
        let period = config.cycles.get(&at.cycle).map(|c| period_name(c.period))?;
        let unit = at.unit.map(|unit| [unit_name(&config, unit), " · "].concat()).unwrap_or_default();
        Some([unit, period].concat())
    });
    let up = move || match at.unit {
        Some(_) => back(&at.href(at.step, None), words::UNITS),
        None => back(&["/tahapan/", &at.cycle.to_string()].concat(), words::TITLE),
    };
    let errors = RwSignal::new(Vec::new());
    let has_run = Memo::new(move || at.with_run(|_, _| ()).is_some());
    let body = View::live(move || {
        if !known.get() {
            return view! {
                <Empty sign=Icon::Steps title=words::NO_STEP>
                    <p>{words::NO_STEP_LEAD}</p>
                </Empty>
            };
        }
        let own = has_run.get().then(|| {
            view! {
                {move || overtaken(at)}
                {carrying_out(at, errors)}
                {number_and_receipt(at)}
                {paper(at, errors)}
                {move || retention(at)}
                {lists(at, errors)}
                {move || about(at)}
                {receipts(at)}
                {corrections(at, errors)}
                {move || letter(at)}
            }
        });
        view! {
            {own}
            {board::page(at)}
            {move || units(at)}
            {given(at)}
            {move || facts(at)}
            {move || rounds(at)}
            {trail(at.app, at.subject().record())}
        }
    });
    view! {
        <div class="stack">
            {up()}
            <PageHead title=heading lead=lead tab=words::MENU />
            <ErrorSummary errors=errors />
            {body}
        </div>
    }
}

/// The way to the cover letter, whose draft starts while the document is submitted, so
/// that both papers are signed at once.
fn letter(at: Place) -> Option<View> {
    let submits =
        at.with(|step, run| step.step.kind == Kind::Submit && run.is_some_and(|r| r.state.is_some()));
    submits.filter(|submits| *submits)?;
    let letter =
        at.all.with(|all| all.0.iter().find(|s| s.step.kind == Kind::Letter).map(|s| s.step.number))?;
    Some(view! {
        <p>
            <a class=Look::Link.class() href=at.href(letter, None)>
                {correction::LETTER}
            </a>
        </p>
    })
}
