//! Indicators that repeat another one: entered once, there, and only shown here.

use crate::signal::*;
use takar_domain::number;
use takar_domain::text::{common, entry};
use takar_domain::view::entry_sheet::EntryRow;

use super::line::Sheet;
use crate::acts::words::measured;
use crate::ui::Reveal;
use crate::view::{View, view};

/// The linked rows, one press away. Nothing if there are none.
pub fn linked(sheet: Sheet) -> View {
    let rows = Memo::new(move || {
        let rows = sheet.with(|s| s.as_ref().map(|s| s.rows.clone()).unwrap_or_default());
        rows.into_iter().filter(|r| r.same_as.is_some()).collect::<Vec<_>>()
    });
    let count = Memo::new(move || rows.with(Vec::len));
    View::live(move || {
        (count.get() > 0).then(|| {
            view! {
                <Reveal summary=entry::linked(count.get())>
                    <section class="card">
                        <ul class="tasks">{move || rows.get().iter().map(|r| row(r)).collect::<View>()}</ul>
                    </section>
                </Reveal>
            }
        })
    })
}

fn row(row: &EntryRow) -> View {
    let at = row.same_as.as_ref().map(|s| s.node_code.clone()).unwrap_or_default();
    let value = row.actual.number.map(|n| measured(&row.measure, &number::format(n)));
    let achieved = row.achievement.raw_text();
    view! {
        <li>
            <div class="what">
                <strong>{row.name.clone()}</strong>
                <span class="small soft">{row.node_code.clone()} " · " {entry::SAME_AS} " " {at}</span>
            </div>
            <span class="num">{value.unwrap_or_else(|| common::DASH.into())}</span>
            <strong class="num">{achieved.unwrap_or_else(|| common::DASH.into())}</strong>
        </li>
    }
}
