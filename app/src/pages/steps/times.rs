//! *Waktu pelaksanaan SOP*: bars, and the table that they stand in.

use crate::signal::*;
use takar_domain::procedure::STATE;
use takar_domain::record::RecordId;
use takar_domain::text::{common, procedure as words, settings};

use super::{All, title};
use crate::acts::csv;
use crate::acts::steps::{Time, Worked, sheet, times, worked};
use crate::acts::words::person;
use crate::pages::piece::cell;
use crate::pages::settings::back;
use crate::state::App;
use crate::ui::{Look, PageHead, Scroll};
use crate::view::{Child, View, view};

/// The table as a list of columns, for narrow screens.
const COLUMNS: [&str; 5] = [words::STEP, words::WORKED, words::STANDARD, words::LASTED, words::REMARKS];

pub fn report(app: App, cycle: RecordId, all: All) -> View {
    let lines = Memo::new(move || all.with(|all| times(&app.config(), &all.0)));
    let lead = Signal::derive(move || Some(title(app, cycle)));
    let file = move || csv::address(&csv::lines(&sheet(&title(app, cycle), &lines.get())));
    let table = move || {
        let lines = lines.get();
        let most = lines.iter().map(|time| time.worked.max(time.standard)).max().unwrap_or(1).max(1);
        let head = COLUMNS.map(|name| view! { <th scope="col" role="columnheader">{name}</th> });
        let rows = lines.iter().map(|time| row(time, most)).collect::<Vec<_>>();
        view! {
            <table class="table stacked" role="table">
                <thead role="rowgroup">
                    <tr role="row">{head}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
    };
    view! {
        <div class="stack">
            {back(&["/tahapan/", &cycle.to_string()].concat(), words::TITLE)}
            <PageHead title=words::TIMES_TITLE lead=lead>
                <a class=Look::Quiet.class() href=file download="waktu-pelaksanaan-sop.csv">
                    {words::DOWNLOAD}
                </a>
            </PageHead>
            <p class="small soft">{words::LASTED_HINT}</p>
            <section class="card flush">
                <Scroll label=words::TIMES_TITLE>{View::live(table)}</Scroll>
            </section>
            {move || people(app, all)}
        </div>
    }
}

/// Who worked how long, as far as the person who works may see it. Reactive.
fn people(app: App, all: All) -> Option<View> {
    let me = app.me()?.person;
    let runs = all.with(|all| {
        let runs = all.0.iter().flat_map(|step| &step.runs).filter(|run| run.state.is_some());
        runs.map(|run| run.subject.record()).collect::<Vec<_>>()
    });
    let trails: Vec<_> = runs.into_iter().flat_map(|run| app.history(run, STATE)).collect();
    let config = app.config();
    let found = worked(&config, me, &app.today().to_string(), &trails);
    let line = |one: &Worked| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{person(&config, one.person).to_owned()}</th>
                {cell(words::ENDS, true, one.ends.to_string().shown())}
                {cell(words::WORKED, true, words::minutes(one.minutes).shown())}
            </tr>
        }
    };
    let head = [settings::NAME, words::ENDS, words::WORKED];
    let head = head.map(|name| view! { <th scope="col" role="columnheader">{name}</th> });
    (!found.is_empty()).then(|| {
        view! {
            <section class="card stack-s" aria-label=words::PEOPLE>
                <h2>{words::PEOPLE}</h2>
                <p class="small soft">{words::PEOPLE_HINT}</p>
                <table class="table stacked" role="table">
                    <thead role="rowgroup">
                        <tr role="row">{head}</tr>
                    </thead>
                    <tbody role="rowgroup">{found.iter().map(line).collect::<Vec<_>>()}</tbody>
                </table>
            </section>
        }
    })
}

fn row(time: &Time, most: u32) -> View {
    let dash = |n: u32| if n == 0 { common::DASH.to_owned() } else { words::minutes(n) };
    let unit = (!time.unit.is_empty()).then(|| view! { <span class="small soft">{time.unit.clone()}</span> });
    let lasted = if time.lasted.is_empty() { common::DASH.to_owned() } else { time.lasted.clone() };
    let standard = match (time.standard, time.unit.is_empty()) {
        (0, _) => common::DASH.to_owned(),
        (minutes, true) => words::minutes(minutes),
        (minutes, false) => words::per_unit(minutes),
    };
    let note = time.note.clone();
    let note = if time.overrun {
        view! { <strong class="late">{note}</strong> }
    } else {
        note.shown()
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="step-name">
                {time.step.clone()}
                {unit}
            </th>
            {cell(words::WORKED, false, view! { <span class="num">{dash(time.worked)}</span> {bar(time, most)} })}
            {cell(words::STANDARD, true, standard.shown())}
            {cell(words::LASTED, true, lasted.shown())}
            {cell(words::REMARKS, false, view! { <span class="small">{note}</span> })}
        </tr>
    }
}

/// Waktu kerja as a bar, waktu baku as a mark on its way. The figures stand beside it.
fn bar(time: &Time, most: u32) -> View {
    // Of a hundred; minutes are far below 40 million.
    let of = |minutes: u32| (minutes.saturating_mul(100) / most).to_string();
    let mark = (time.standard > 0).then(|| {
        view! { <rect class="mark-at" x=of(time.standard.saturating_sub(most / 100)) y="0" width="1" height="10" /> }
    });
    view! {
        <svg class="timebar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class=if time.overrun { "over" } else { "worked" } x="0" y="2" width=of(time.worked) height="6" />
            {mark}
        </svg>
    }
}
