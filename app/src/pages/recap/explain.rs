//! *Cara hitung*: formula, numbers, bounds, rounding and policy of one capaian.

use crate::signal::*;
use takar_domain::achievement::Achievement;
use takar_domain::codec::to_value;
use takar_domain::date::period_name;
use takar_domain::figure::Restated;
use takar_domain::period::Period;
use takar_domain::permission::Permission;
use takar_domain::record::{Subject, Value};
use takar_domain::sorted::Map;
use takar_domain::status::FigureStatus;
use takar_domain::text::{common, difference, entry, recap as words, restate as words_of};
use takar_domain::variables::Origin;
use takar_domain::view::explanation::explain;
use takar_domain::view::recap::{Recap, RecapRow};

use super::table::Open;
use crate::acts::restate::{ASKS, restate};
use crate::acts::words::{self as say, unit_name};
use crate::pages::piece::history;
use crate::pages::settings::form::{Act, Form};
use crate::state::{App, Save};
use crate::ui::{Dialog, Look, Reveal};
use crate::view::{View, view};

/// Most lines of a figure's history shown at once.
const HISTORY: usize = 20;

/// The dialog, open while a row is chosen.
#[component]
pub fn Explanation(app: App, data: Memo<Option<Recap>>, open: Open) -> View {
    let row = Memo::new(move || {
        let (id, of_year) = open.row.get()?;
        let row = data
            .with(|d| d.as_ref()?.groups.iter().flat_map(|g| &g.rows).find(|r| r.indicator == id).cloned());
        Some((row?, of_year))
    });
    let title =
        Signal::derive(move || row.with(|r| r.as_ref().map(|(r, _)| r.name.clone())).unwrap_or_default());
    view! {
        <Dialog open=open.shows title=title>
            {move || row.get().map(|(row, of_year)| body(app, data, &row, of_year))}
        </Dialog>
    }
}

/// What this round says of earlier periods.
#[inline(never)]
fn restated(row: &RecapRow) -> Vec<View> {
    let line = |(period, to): &(Period, Restated)| {
        let words = [&period_name(*period), ": ", &say::restated(to)].concat();
        view! { <p class="small pre">{words}</p> }
    };
    row.restated.iter().map(line).collect()
}

/// The form that restates an earlier figure, for who enters it in the open round in view.
#[inline(never)]
fn restating(app: App, data: Memo<Option<Recap>>, row: &RecapRow) -> Option<View> {
    let period = data.with(|data| data.as_ref().map(|recap| recap.period))?;
    let (cycle, _) = app.cycle().filter(|(_, cycle)| cycle.open && cycle.period == period)?;
    let Subject::Figure { indicator, .. } = row.subject else { return None };
    app.can(Permission::EnterFigure, row.unit).then_some(())?;
    let form = move || {
        let save = move |typed: &Value| {
            let part = restate(&app.config(), &app.reader(), indicator, period, typed)?;
            Ok(Save { parts: vec![part], ..Save::default() })
        };
        let act = Act::Do(StoredValue::new(Box::new(save)));
        let mut form = Form::new(app, "perbaikan", cycle, ASKS, act);
        (form.class, form.note, form.again) = ("stack", words_of::LEAD, true);
        form.keeps = Some((indicator, "perbaikan"));
        form.record = to_value(&Map::from_iter([("period", period.previous().to_string())]));
        form.draw()
    };
    Some(view! { <Reveal summary=words_of::TITLE.to_owned()>{form()}</Reveal> })
}

fn body(app: App, data: Memo<Option<Recap>>, row: &RecapRow, of_year: bool) -> View {
    let achievement: &Achievement = if of_year { &row.year_achievement } else { &row.achievement };
    let lines = explain(achievement).into_iter().map(|line| {
        view! {
            <dt>{line.label}</dt>
            <dd>{line.text}</dd>
        }
    });
    let source = match row.actual.from {
        Origin::Typed => words::FROM_TYPED.to_owned(),
        Origin::Variables => words::INPUTS.to_owned(),
        Origin::Rows { done, filled, total } => {
            format!("{} · {done}/{total} · {}", entry::ROWS, entry::filled(filled, total))
        }
    };
    let unit = row.unit.map(|id| unit_name(&app.config(), id).to_owned());
    // *Isi data* shows the round in view: it says nothing of another quarter.
    let shown = data.with(|d| d.as_ref().map(|d| d.period));
    let seen = app.cycle().is_some_and(|(_, cycle)| Some(cycle.period) == shown);
    let link = row.unit.filter(|_| seen).map(|unit| format!("/isi/{unit}/{}", row.indicator));
    let figure = row.subject.record();
    view! {
        <div class="stack">
            {(row.status == FigureStatus::Differs).then(|| view! { <p class="ask">{difference::LEAD}</p> })}
            <dl class="facts">
                {lines.collect::<View>()} <dt>{words::SOURCE}</dt> <dd>{source}</dd>
                {unit
                    .map(|unit| {
                        view! {
                            <dt>{common::UNIT}</dt>
                            <dd>{unit}</dd>
                        }
                    })}
            </dl>
            <Reveal summary=common::HISTORY
                .to_owned()>{move || app.record(figure).map(|record| history(app, &record, HISTORY))}</Reveal>
            {restated(row)}
            {restating(app, data, row)}
            {link
                .map(|href| {
                    view! {
                        <a class=Look::Quiet.class() href=href>
                            {common::OPEN}
                        </a>
                    }
                })}
        </div>
    }
}
