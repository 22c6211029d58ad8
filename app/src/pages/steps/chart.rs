//! *Diagram alir*: the steps in the lanes of who acts, and a table beside them.

use crate::signal::*;
use takar_domain::procedure::Progress;
use takar_domain::record::{RecordId, Subject};
use takar_domain::text::{common, names, procedure as words};

use super::{All, title};
use crate::acts::steps::chart::{Chart, HALF, LANE, Step, TOP, chart, lane};
use crate::acts::words::step_page;
use crate::pages::piece::cell;
use crate::pages::settings::back;
use crate::state::App;
use crate::ui::{PageHead, Scroll, tag};
use crate::view::{Child, View, view};

pub fn page(app: App, cycle: RecordId, all: All) -> View {
    let drawn = Memo::new(move || all.with(|all| chart(&all.0)));
    let lead = Signal::derive(move || Some(title(app, cycle)));
    let rows = move || all.with(|all| all.0.iter().map(|s| row(cycle, &all.0, s)).collect::<Vec<_>>());
    view! {
        <div class="stack">
            {back(&["/tahapan/", &cycle.to_string()].concat(), words::TITLE)}
            <PageHead title=words::CHART lead=lead />
            <div class="two">
                <section class="card">{move || drawn.with(drawing)}</section>
                <section class="card flush">
                    <Scroll label=words::CHART>
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{words::STEP}</th>
                                    <th scope="col">{words::ACTORS}</th>
                                    <th scope="col">{common::STATUS}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </Scroll>
                </section>
            </div>
        </div>
    }
}

fn drawing(chart: &Chart) -> View {
    let (width, height) = chart.size();
    let lanes = chart.lanes.iter().enumerate().map(|(at, (first, second))| {
        let (left, middle) = (at * LANE, (at * LANE + LANE / 2).to_string());
        view! {
            <rect class=if at % 2 == 0 { "lane" } else { "lane odd" } x=left y="0" width=LANE height=height />
            <text x=middle.clone() y="14">
                {first.clone()}
            </text>
            <text x=middle y="27">
                {second.clone()}
            </text>
        }
    });
    let lines = chart.lines.iter().map(|corners| view! { <polyline points=corners.clone() /> });
    view! {
        <svg class="chart" viewBox=format!("0 0 {width} {height}") role="img" aria-label=words::CHART>
            {lanes.collect::<View>()}
            <line x1="0" y1=TOP x2=width y2=TOP />
            {lines.collect::<View>()}
            {chart.boxes.iter().map(node).collect::<View>()}
        </svg>
    }
}

fn node(step: &Step) -> View {
    let sign = if step.class == "done" { ["✓ ", &step.sign].concat() } else { step.sign.clone() };
    view! {
        <g class=step.class>
            <rect class="box" x=step.x - HALF.0 y=step.y - HALF.1 width=HALF.0 * 2 height=HALF.1 * 2 rx="8" />
            <text x=step.x y=step.y + 5>
                {sign}
            </text>
        </g>
    }
}

fn row(cycle: RecordId, all: &[Progress], step: &Progress) -> View {
    let number = step.step.number;
    let sign = (!step.step.extra).then(|| [&number.to_string(), ". "].concat());
    let href = step_page(&Subject::StepRun { cycle, step: number, unit: None });
    let after = step.step.after.iter().filter_map(|earlier| {
        let found = all.iter().find(|s| s.step.number == *earlier)?;
        Some(found.step.screen_title.clone())
    });
    let after = after.collect::<Vec<_>>().join(", ");
    let after = (!after.is_empty()).then(|| view! { <span class="small soft">{words::after(&after)}</span> });
    let (tone, phase) = super::list::standing(step);
    view! {
        <tr>
            <th scope="row" class="step-name">
                {sign}
                <a href=href>{step.step.screen_title.clone()}</a>
                {after}
            </th>
            {cell(words::ACTORS, false, lane(step).shown())}
            {cell(common::STATUS, false, tag(tone, names::phase(phase)))}
        </tr>
    }
}
