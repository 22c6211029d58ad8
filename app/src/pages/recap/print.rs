//! Form Pengukuran Kinerja as the browser prints it: A4 or F4 across, the head
//! row on every sheet. The table itself is the domain's, shared with papers.

use crate::signal::*;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by_key;
use takar_domain::text::recap as words;
use takar_domain::view::measurement_form::{FormRow, HeadCell, MeasurementForm, RowKind, measurement_form};
use takar_domain::view::recap::recap;
use takar_domain::view::signature::{Block, signature_block};

use super::chosen_period;
use crate::acts::csv;
use crate::pages::piece::printed::headed;
use crate::pages::piece::{Select, signer};
use crate::route::use_route;
use crate::state::{App, use_app};
use crate::ui::{Button, Look, PageHead, Scroll};
use crate::view::{View, view};

/// The page of `/rekap/cetak`.
#[component]
pub fn RecapPrintPage() -> View {
    let app = use_app();
    let period = chosen_period(app);
    let route = use_route();
    let asked = untrack(|| route.query("unit")).and_then(|u| u.parse().ok().map(RecordId));
    let unit: RwSignal<Option<RecordId>> = RwSignal::new(asked);
    let f4 = RwSignal::new(false);
    let form = Memo::new(move || {
        let period = period.get()?;
        let config = app.config();
        let data = recap(&config, &app.reader(), period.year, period);
        Some(Fresh(measurement_form(&config, &data, unit.get())))
    });
    let block = move || {
        let period = period.get().filter(|_| unit.get().is_none())?;
        Some(signature_block(&app.config(), &app.reader(), period, app.today()))
    };
    view! {
        <div class="stack">
            <div class="noprint stack">
                <PageHead title=words::PRINT lead=words::PAPER_HINT />
                {controls(app, unit, f4, form)}
                <p class="small soft">{words::WIDE_HINT}</p>
            </div>
            {move || form.with(|f| f.as_ref().map(|form| sheet(&form.0, block(), f4)))}
        </div>
    }
}

fn controls(
    app: App,
    unit: RwSignal<Option<RecordId>>,
    f4: RwSignal<bool>,
    form: Memo<Option<Fresh<MeasurementForm>>>,
) -> View {
    let units = Signal::derive(move || {
        let config = app.config();
        let mut active: Vec<_> = config.units.iter().filter(|(_, u)| u.active).collect();
        sort_by_key(&mut active, |(id, u)| (u.order, **id));
        let mut options = vec![(String::new(), words::ALL_UNITS.to_owned())];
        options.extend(active.into_iter().map(|(id, u)| (id.to_string(), u.name.clone())));
        options
    });
    let papers =
        vec![("a4".to_owned(), words::PAPER_A4.to_owned()), ("f4".to_owned(), words::PAPER_F4.to_owned())];
    let chosen = Signal::derive(move || unit.get().map(|id| id.to_string()).unwrap_or_default());
    let paper = Signal::derive(move || if f4.get() { "f4" } else { "a4" }.to_owned());
    view! {
        <div class="row ends">
            <Select
                label=words::FILTER_UNIT
                options=units
                value=chosen
                on_pick=move |id: String| unit.set(id.parse().ok().map(RecordId))
                short=true
            />
            <Select
                label=words::PAPER
                options=Signal::stored(papers)
                value=paper
                on_pick=move |to: String| f4.set(to == "f4")
                short=true
            />
            <Button press=crate::platform::screen::print>{words::PRINT_NOW}</Button>
            {move || {
                form.with(|f| f.as_ref().map(|form| csv::address(&csv::text(&form.0))))
                    .map(|href| {
                        view! {
                            <a class=Look::Quiet.class() download="form-pengukuran-kinerja.csv" href=href>
                                {words::CSV}
                            </a>
                        }
                    })
            }}
            <a class=Look::Link.class() href="/rekap">
                {words::BACK}
            </a>
        </div>
    }
}

/// What one unit prints is no document of its own: nobody signs it.
fn sheet(form: &MeasurementForm, block: Option<Block>, f4: RwSignal<bool>) -> View {
    let [top, below] = &form.head;
    let rows = form.rows.iter().map(row).collect::<View>();
    let heads = view! { <thead>{head(top)} {head(below)}</thead> };
    let notes = form.footnotes.iter().map(|n| view! { <p>{n.clone()}</p> });
    view! {
        <article class=move || if f4.get() { "paper f4" } else { "paper a4" }>
            {headed(&form.heading, form.title.to_owned())}
            <Scroll label=form.title.to_owned()>
                <table class="form-table measure-table">
                    {heads}
                    <tbody>{rows}</tbody>
                </table>
            </Scroll>
            <footer class="paper-foot">
                <div class="small">{notes.collect::<View>()}</div>
                {block.and_then(|block| Some(signer(block.dated, block.signer.as_ref()?, Some(block.below))))}
            </footer>
        </article>
    }
}

fn head(cells: &[HeadCell]) -> View {
    let cells = cells.iter().map(|c| {
        let scope = if c.columns > 1 { "colgroup" } else { "col" };
        view! {
            <th scope=scope colspan=c.columns.to_string() rowspan=c.rows.to_string()>
                {c.text.clone()}
            </th>
        }
    });
    view! { <tr>{cells.collect::<View>()}</tr> }
}

fn row(row: &FormRow) -> View {
    let cells = row.cells.iter().map(|text| view! { <td>{text.clone()}</td> });
    let mean = row.kind == RowKind::Mean;
    view! { <tr class:mean=mean>{cells.collect::<View>()}</tr> }
}
