//! The blank form per nagari as the browser prints it, a sheet for each.

use crate::signal::*;
use takar_domain::record::RecordId;
use takar_domain::text::{blank as words, common, recap};
use takar_domain::view::blank_form::{BlankForm, BlankRow, blank_form};

use super::id_at;
use super::settings::back;
use crate::route::use_route;
use crate::state::use_app;
use crate::ui::{Button, Empty, Icon, PageHead, Scroll};
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
    view! {
        <div class="stack">
            <div class="noprint stack">
                {move || back(&entry(), common::ENTRY)} <PageHead title=words::OPEN lead=words::LEAD />
                <div class="row">
                    <Button press=crate::platform::screen::print>{recap::PRINT_NOW}</Button>
                </div>
            </div>
            {move || {
                form.with(|form| match form {
                    Some(form) => form.nagari.iter().map(|nagari| sheet(form, nagari)).collect(),
                    None => view! { <Empty sign=Icon::Sheet title=words::NONE /> },
                })
            }}
        </div>
    }
}

fn sheet(form: &BlankForm, nagari: &str) -> View {
    let heading = form.heading.iter().map(|line| view! { <p>{line.clone()}</p> });
    let rows = (1_usize..).zip(&form.rows).map(|(number, row)| line(number, row));
    let name = nagari.to_owned();
    view! {
        <article class="paper upright">
            <header class="paper-head">
                {heading.collect::<View>()} <h2>{words::TITLE} " " {name.clone()}</h2>
            </header>
            <Scroll label=name>
                <table class="form-table blank-table">
                    <thead>
                        <tr>
                            <th scope="col">"No"</th>
                            <th scope="col">{common::INDICATOR}</th>
                            <th scope="col">{words::DONE}</th>
                            <th scope="col">{words::NOT_DONE}</th>
                            <th scope="col">{words::NUMBER}</th>
                            <th scope="col">{words::DATE}</th>
                            <th scope="col">{words::NOTE}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect::<View>()}</tbody>
                </table>
            </Scroll>
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
