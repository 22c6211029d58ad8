//! The blank form per nagari as the browser prints it, a sheet for each.

use crate::signal::*;
use takar_domain::record::RecordId;
use takar_domain::text::{blank as words, common};
use takar_domain::view::blank_form::{BlankForm, BlankRow, blank_form};

use super::id_at;
use super::piece::printed::{headed, printed, table};
use super::settings::back;
use crate::route::use_route;
use crate::state::use_app;
use crate::ui::{Empty, Icon};
use crate::view::{View, view};

/// The page of `/formulir/:unit`.
#[inline(never)]
pub fn blank() -> View {
    let app = use_app();
    let route = use_route();
    let unit = Memo::new(move || id_at(route, 1));
    let form = Memo::new(move || blank_form(&app.config(), app.cycle()?.0, unit.get()?));
    let entry =
        move || ["/isi/", &unit.get().map(|id: RecordId| id.to_string()).unwrap_or_default()].concat();
    let sheets = move || {
        form.with(|form| match form {
            Some(form) => form.nagari.iter().map(|nagari| sheet(form, nagari)).collect(),
            None => view! { <Empty sign=Icon::Sheet title=words::NONE /> },
        })
    };
    let back = view! { {move || back(&entry(), common::ENTRY)} };
    printed(back, words::OPEN, words::LEAD, view! { {sheets} })
}

const HEADS: [&str; 7] =
    ["No", common::INDICATOR, words::DONE, words::NOT_DONE, words::NUMBER, words::DATE, words::NOTE];

fn sheet(form: &BlankForm, nagari: &str) -> View {
    let rows = (1_usize..).zip(&form.rows).map(|(number, row)| line(number, row));
    view! {
        <article class="paper upright">
            {headed(&form.heading, [words::TITLE, " ", nagari].concat())}
            {table(nagari.to_owned(), "form-table blank-table", &HEADS, rows.collect())}
            <footer class="paper-foot">
                <p>{words::FILLED_BY}</p>
                <p>{words::SIGNATURE}</p>
            </footer>
        </article>
    }
}

/// A line with boxes to tick, or room for a number.
fn line(number: usize, row: &BlankRow) -> View {
    let asked = row.measure.clone();
    let tick = if asked.is_some() { common::DASH } else { "☐" };
    view! {
        <tr>
            <td>{number}</td>
            <td>{row.name.clone()}</td>
            <td>{tick}</td>
            <td>{tick}</td>
            <td>{asked.unwrap_or_else(|| common::DASH.to_owned())}</td>
            <td></td>
            <td></td>
        </tr>
    }
}
