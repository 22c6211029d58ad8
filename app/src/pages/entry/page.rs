//! The page of `/isi/:unit?/:indicator?`.

use std::sync::Arc;

use crate::signal::*;
use takar_domain::date::period_name;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::text::{blank, common, entry};
use takar_domain::view::entry_sheet::entry_sheet;

use super::card::card;
use super::grid::grid;
use super::line::Sheet;
use super::linked::linked;
use super::list::list;
use super::standing::shut;
use super::workbook::workbook;
use crate::pages::units::Units;
use crate::pages::{id_at, unit_words};
use crate::platform::screen;
use crate::route::use_route;
use crate::state::{App, use_app};
use crate::ui::{Empty, Icon, Look, Notice, PageHead};
use crate::view::{View, view};

#[component]
pub fn EntryPage() -> View {
    let app = use_app();
    let route = use_route();
    let unit = Memo::new(move || id_at(route, 1));
    let indicator = Memo::new(move || id_at(route, 2));
    let narrow = screen::narrow();
    View::live(move || match unit.get() {
        None => {
            view! { <Units title=common::ENTRY permission=Permission::EnterFigure base="/isi" /> }
        }
        Some(unit) => of_unit(app, unit, indicator, narrow),
    })
}

fn of_unit(app: App, unit: RecordId, indicator: Memo<Option<RecordId>>, narrow: Signal<bool>) -> View {
    let sheet: Sheet = Memo::new(move || {
        let (cycle, _) = app.cycle()?;
        entry_sheet(&app.config(), &app.reader(), cycle, unit).map(Arc::new)
    });
    let order = Memo::new(move || {
        sheet.with(|s| {
            let rows = s.as_ref().map(|s| s.rows.as_slice()).unwrap_or_default();
            rows.iter().filter(|r| r.same_as.is_none()).map(|r| r.indicator).collect::<Vec<_>>()
        })
    });
    let blank = Memo::new(move || sheet.with(|s| s.as_ref().is_none_or(|s| s.rows.is_empty())));
    // The sheet's cycle is a key too: another cycle has other figures.
    let cycle = Memo::new(move || sheet.with(|s| s.as_ref().map(|s| s.cycle)));
    View::live(move || {
        let order = order.get();
        if cycle.get().is_none() {
            return nothing(app, unit, entry::NO_CYCLE, entry::NO_CYCLE_LEAD);
        }
        if blank.get() {
            return nothing(app, unit, entry::NO_ROWS, entry::NO_ROWS_LEAD);
        }
        match (narrow.get(), indicator.get()) {
            (true, Some(one)) if order.contains(&one) => card(app, sheet, unit, one, &order),
            (true, _) => view! {
                {head(app, sheet, unit)}
                {list(app, sheet, unit, &order)}
                {linked(sheet)}
                {brought(app, sheet, unit)}
            },
            (false, open) => view! {
                {head(app, sheet, unit)}
                {grid(app, sheet, unit, &order, open.filter(|o| order.contains(o)))}
                {linked(sheet)}
                {brought(app, sheet, unit)}
            },
        }
    })
}

fn head(app: App, sheet: Sheet, unit: RecordId) -> View {
    let title = Signal::derive(move || entry::title(&unit_words(app, Some(unit))));
    let lead = Signal::derive(move || {
        sheet.with(|s| {
            let s = s.as_ref()?;
            let words = entry::completeness(s.counts.filled, s.counts.expected, s.counts.excused);
            Some(format!("{} · {words}", period_name(s.period)))
        })
    });
    let may_send = move || app.can(Permission::SendForm, Some(unit));
    let rows =
        move || sheet.with(|s| s.as_ref().is_some_and(|s| s.rows.iter().any(|r| !r.nagari.is_empty())));
    let read_only = move || !app.can(Permission::EnterFigure, Some(unit));
    view! {
        <div class="stack page-top">
            <PageHead title=title lead=lead>
                {move || {
                    rows().then(|| {
                        view! {
                            <a class=Look::Link.class() href=format!("/formulir/{unit}")>
                                {blank::OPEN}
                            </a>
                        }
                    })
                }}
                {move || {
                    may_send()
                        .then(|| {
                            view! {
                                <a class=Look::Main.class() href=format!("/kirim/{unit}")>
                                    {common::SEND}
                                </a>
                            }
                        })
                }}
            </PageHead>
            {move || shut(sheet)}
            {move || read_only().then(|| view! { <Notice><div>{entry::READ_ONLY}</div></Notice> })}
        </div>
    }
}

/// For who may fill in, as long as it is open.
fn brought(app: App, sheet: Sheet, unit: RecordId) -> View {
    let open = Memo::new(move || {
        let unlocked = sheet.with(|s| s.as_ref().is_some_and(|s| s.lock.is_none()));
        unlocked && app.can(Permission::EnterFigure, Some(unit))
    });
    View::live(move || if open.get() { workbook(app, sheet) } else { View::Nothing })
}

fn nothing(app: App, unit: RecordId, title: &'static str, lead: &'static str) -> View {
    let heading = Signal::derive(move || entry::title(&unit_words(app, Some(unit))));
    view! {
        <div class="stack">
            <PageHead title=heading />
            <Empty sign=Icon::Sheet title=title>
                <p>{lead}</p>
            </Empty>
        </div>
    }
}
