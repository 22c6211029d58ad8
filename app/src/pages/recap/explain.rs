//! *Cara hitung*: formula, numbers, bounds, rounding and policy of one capaian.

use crate::signal::*;
use takar_domain::achievement::Achievement;
use takar_domain::text::{common, entry, recap as words};
use takar_domain::variables::Origin;
use takar_domain::view::explanation::explain;
use takar_domain::view::recap::{Recap, RecapRow};

use super::table::Open;
use crate::acts::words::unit_name;
use crate::pages::piece::history;
use crate::state::App;
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
            {move || row.get().map(|(row, of_year)| body(app, &row, of_year))}
        </Dialog>
    }
}

fn body(app: App, row: &RecapRow, of_year: bool) -> View {
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
    let link = row.unit.map(|unit| format!("/isi/{unit}/{}", row.indicator));
    let figure = row.subject.record();
    view! {
        <div class="stack">
            <dl class="facts">
                {lines.collect::<Vec<_>>()} <dt>{words::SOURCE}</dt> <dd>{source}</dd>
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
