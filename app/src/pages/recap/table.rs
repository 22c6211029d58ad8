//! A sasaran or programme with its mean and its indicators.

use crate::signal::*;
use takar_domain::achievement::Reason;
use takar_domain::decimal::Decimal;
use takar_domain::figure::EntryState;
use takar_domain::number;
use takar_domain::policy::Policy;
use takar_domain::record::RecordId;
use takar_domain::status::FigureStatus;
use takar_domain::text::{common, names, recap as words};
use takar_domain::view::recap::{Recap, RecapGroup, RecapRow};

use super::short;
use crate::acts::words::actual;
use crate::pages::piece::{capaian, cell, status_tag};
use crate::view::{Child, View, view};

/// Which explanation is open.
#[derive(Clone, Copy)]
pub struct Open {
    /// An indicator, and whether the year is meant.
    pub row: RwSignal<Option<(RecordId, bool)>>,
    pub shows: RwSignal<bool>,
}

impl Open {
    /// Nothing is open.
    #[must_use]
    pub fn new() -> Self {
        Self { row: RwSignal::new(None), shows: RwSignal::new(false) }
    }

    fn open(self, indicator: RecordId, of_year: bool) {
        self.row.set(Some((indicator, of_year)));
        self.shows.set(true);
    }
}

impl Default for Open {
    fn default() -> Self {
        Self::new()
    }
}

/// Every sasaran and programme with its capaian as a bar, each leading to its table.
#[must_use]
pub fn overview(recap: &Recap, cap: Option<Decimal>) -> View {
    // Without a cap a bar still needs an end.
    let full = cap.unwrap_or(Decimal::ONE_HUNDRED).to_string();
    let lines = recap.groups.iter().map(|g| {
        let mean = if g.own.period.is_some() { g.own.period } else { g.all.period };
        let words = mean.map_or_else(|| common::DASH.to_owned(), |n| number::format_percent(n, recap.places));
        let bar = mean.map(|n| {
            let value = number::round(n, 2).to_string();
            view! { <progress class="bar" max=full.clone() value=value aria-label=g.title.clone()></progress> }
        });
        view! {
            <li>
                <a href=format!("#{}", anchor(g))>
                    <span class="small soft">{names::level(g.level)} " " {g.code.clone()} " "</span>
                    {g.title.clone()}
                </a>
                <span>{bar}</span>
                <strong class="num">{words}</strong>
            </li>
        }
    });
    view! {
        <section class="card">
            <h2>{words::OVERVIEW}</h2>
            <ul class="overview">{lines.collect::<View>()}</ul>
        </section>
    }
}

fn anchor(group: &RecapGroup) -> String {
    format!("kelompok-{}", group.node)
}

/// One group as a section with a table.
#[must_use]
pub fn group(recap: &Recap, group: &RecapGroup, policy: &Policy, open: Open) -> View {
    let title = [&group.code, " ", &group.title].concat();
    let yearly = recap.period == takar_domain::period::Period::year(recap.year);
    // A kegiatan that repeats its sub kegiatan's indicator would show every number twice.
    let shown = group.rows.iter().filter(|r| !r.linked || r.node == group.node);
    let rows = shown.map(|r| row(recap, r, policy, yearly, open));
    let heads = heads(recap, yearly).into_iter().map(|(label, number)| {
        view! {
            <th role="columnheader" scope="col" class:r=number>
                {label}
            </th>
        }
    });
    view! {
        <section class="card flush recap" id=anchor(group)>
            <div class="recap-head">
                <div>
                    <p class="small soft">{names::level(group.level)}</p>
                    <h2>{title.clone()}</h2>
                </div>
                {mean(recap, group)}
            </div>
            <table class="table stacked" role="table" aria-label=title>
                <thead role="rowgroup">
                    <tr role="row">{heads.collect::<View>()}</tr>
                </thead>
                <tbody role="rowgroup">{rows.collect::<View>()}</tbody>
            </table>
        </section>
    }
}

fn heads(recap: &Recap, yearly: bool) -> Vec<(String, bool)> {
    let mut heads = vec![(common::INDICATOR.to_owned(), false)];
    if !yearly {
        let now = short(recap.period);
        heads.push(([common::TARGET, " ", &now].concat(), true));
        heads.push(([common::ACTUAL, " ", &now].concat(), true));
        heads.push(([common::ACHIEVEMENT, " ", &now].concat(), false));
    }
    heads.push((words::YEAR_TARGET.into(), true));
    heads.push((words::YEAR_ACTUAL.into(), true));
    heads.push(([common::ACHIEVEMENT, " ", &recap.year.to_string()].concat(), false));
    heads
}

/// The group's own capaian, with how many indicators it rests on.
fn mean(recap: &Recap, group: &RecapGroup) -> View {
    let show = |mean: Option<Decimal>| mean.map(|n| number::format_percent(n, recap.places));
    let below = group.all.of > group.own.of;
    let own = if group.own.of > 0 { group.own } else { group.all };
    let value = show(own.period).unwrap_or_else(|| common::DASH.into());
    let year = show(own.year).map(|y| [" · ", &recap.year.to_string(), " ", &y].concat());
    let all = below.then(|| show(group.all.period)).flatten();
    let all = all.map(|mean| words::with_below(&mean, group.all.counted, group.all.of));
    view! {
        <div class="recap-mean">
            <span class="small soft">{words::MEAN}</span>
            <strong class="num">{value}</strong>
            <span class="small soft num">{words::counted(own.counted, own.of)} {year}</span>
            {all.map(|all| view! { <span class="small soft num">{all}</span> })}
        </div>
    }
}

fn row(recap: &Recap, row: &RecapRow, policy: &Policy, yearly: bool, open: Open) -> View {
    let id = row.indicator;
    let dash = |n: Option<Decimal>| n.map_or_else(|| common::DASH.to_owned(), number::format);
    let told = || match row.actual.state {
        EntryState::NotFilled if recap.signed => names::reason(Reason::Unfilled).to_owned(),
        _ => actual(&row.measure, &row.actual),
    };
    let target = row.target_predicate.clone();
    let linked = row.linked.then(|| view! { <span class="small soft">{words::COUNTED_ONCE}</span> });
    let explain = |inside: View, of_year: bool| {
        let spoken = [words::EXPLAIN, ": ", &row.name, ", "].concat();
        view! {
            <button
                type="button"
                class="explain"
                aria-haspopup="dialog"
                on:click=move |_| open.open(id, of_year)
            >
                <span class="sr">{spoken}</span>
                {inside}
            </button>
        }
    };
    let period = (!yearly).then(|| {
        let aim = target.clone().unwrap_or_else(|| dash(row.achievement.target));
        view! {
            {cell(common::TARGET, true, aim.shown())}
            {cell(common::ACTUAL, true, told().shown())}
            {cell(common::ACHIEVEMENT, false, explain(capaian(&row.achievement, policy), false))}
        }
    });
    let year_aim = target.unwrap_or_else(|| dash(row.year_target));
    let year_label = words::YEAR;
    let so_far = if yearly { told() } else { dash(row.year_actual) };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                <span class="name">{row.name.clone()}</span>
                <span class="small soft">{row.node_code.clone()} " · " {row.measure.clone()}</span>
                {linked}
                {(row.status != FigureStatus::NotFilled).then(|| status_tag(&row.status))}
            </th>
            {period}
            {cell(words::YEAR_TARGET, true, year_aim.shown())}
            {cell(words::YEAR_ACTUAL, true, so_far.shown())}
            {cell(year_label, false, explain(capaian(&row.year_achievement, policy), true))}
        </tr>
    }
}
