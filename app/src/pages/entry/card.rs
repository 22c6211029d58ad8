//! One indicator on a phone: a card, and the presses to the one before and after.

use crate::signal::*;
use takar_domain::figure::VALUE;
use takar_domain::record::RecordId;
use takar_domain::text::{common, entry};

use super::blank::field_id;
use super::form::form;
use super::line::{Line, Sheet};
use super::standing::shut;
use crate::acts::entry::Live;
use crate::acts::entry::typed::{EVENT_DATE, EVIDENCE, EXPECTED, REASON};
use crate::route::{Step, use_route};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, FieldError, Look, PageHead};
use crate::view::{View, view};
use takar_domain::text;

/// The card of `indicator`; `order` are the unit's indicators as they follow each other.
pub fn card(app: App, sheet: Sheet, unit: RecordId, indicator: RecordId, order: &[RecordId]) -> View {
    let line = Line::new(app, sheet, unit, indicator);
    // What was typed and left with an error says so at once; a new card does not.
    line.left.set(line.typed.with_untracked(|t| !t.is_empty()));
    let place = order.iter().position(|i| *i == indicator);
    let next = place.and_then(|p| order.get(p + 1)).copied();
    let before = place.and_then(|p| p.checked_sub(1)).and_then(|p| order.get(p)).copied();
    let number = place.map(|p| entry::place(p + 1, order.len()));
    let title =
        Signal::derive(move || line.row.with(|r| r.as_ref().map(|r| r.name.clone()).unwrap_or_default()));
    let errors = RwSignal::new(Vec::new());
    let measure = line.row.with_untracked(|r| {
        r.as_ref().map(|r| format!("{} · {}", r.node_code, r.measure)).unwrap_or_default()
    });
    view! {
        <div class="stack entry-card">
            <div class="row between small soft">
                <span>{number}</span>
                <a class="link" href=format!("/isi/{unit}")>
                    {entry::TO_LIST}
                </a>
            </div>
            <PageHead title=title lead=Signal::derive(move || Some(measure.clone())) />
            <ErrorSummary errors=errors />
            {move || shut(sheet)}
            <section class="card">{form(line)}</section>
            {presses(line, before, next, errors)}
            {move || {
                line.typed
                    .with(|t| !t.is_empty())
                    .then(|| view! { <p class="small soft">{entry::STILL_DRAFT}</p> })
            }}
        </div>
    }
}

fn presses(
    line: Line,
    before: Option<RecordId>,
    next: Option<RecordId>,
    errors: RwSignal<Vec<FieldError>>,
) -> View {
    let route = use_route();
    let unit = line.unit;
    let asked = RwSignal::new(false);
    let save = move || {
        if !line.save(None) {
            errors.set(errors_of(line));
            return;
        }
        errors.set(Vec::new());
        // What is asked is seen before the next card; a second press goes on without an answer.
        let asks = line.live.with_untracked(|l| l.as_ref().is_some_and(Live::asks));
        if asks && !asked.get_untracked() {
            return asked.set(true);
        }
        let to = next.map_or_else(|| format!("/isi/{unit}"), |n| format!("/isi/{unit}/{n}"));
        route.go(&to, Step::Push);
    };
    let word = move || if line.editable.get() { common::SAVE_NEXT } else { common::NEXT };
    view! {
        <div class="row between card-foot">
            {before
                .map(|b| {
                    view! {
                        <a class=Look::Quiet.class() href=format!("/isi/{unit}/{b}")>
                            {common::PREVIOUS}
                        </a>
                    }
                })} <Button press=Callback::from(save)>{word}</Button>
        </div>
    }
}

/// What keeps the card from being saved, each leading to its field.
pub fn errors_of(line: Line) -> Vec<FieldError> {
    let blocked = line.work(None).blocked;
    let variables = line.row.with_untracked(|r| {
        r.as_ref()
            .map(|r| r.shape.variables.iter().map(|v| v.name.clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let field = |group: &str, path: &str| match path {
        _ if group != VALUE => field_id(line, group),
        EVIDENCE => field_id(line, &[group, "-", path].concat()),
        EVENT_DATE | EXPECTED | REASON => field_id(line, path),
        _ => field_id(line, &variables.iter().position(|v| v == path).unwrap_or_default().to_string()),
    };
    blocked.iter().map(|(g, i)| FieldError { field: field(g, &i.path), words: text::issue(i) }).collect()
}
