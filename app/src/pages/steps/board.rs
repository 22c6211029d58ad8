//! The board of *Penghimpunan*: unit by unit, and the reminder.

use crate::signal::*;
use takar_domain::date::Date;
use takar_domain::sop::Kind;
use takar_domain::status::FigureStatus;
use takar_domain::text::{board as words, common, home};

use super::place::Place;
use crate::acts::board::{Line, OfUnit, board, gaps, reminder};
use crate::pages::home::sheets;
use crate::pages::piece::{cell, sharing, status_tag};
use crate::pages::settings::line::presses;
use crate::ui::{Button, Icon, Look, Reveal, Scroll, Tone, state};
use crate::view::{Child, View, view};

/// The board as it stands. Reactive.
fn standing(at: Place) -> Vec<OfUnit> {
    let (config, today) = (at.app.config(), at.app.today());
    let due: Option<Date> = config.cycles.get(&at.cycle).and_then(|c| c.due.as_ref()?.parse().ok());
    board(&config, &at.app.reader(), &sheets(at.app, at.cycle), due, today)
}

/// Whether the step gathers the units' data. Reactive.
fn collects(at: Place) -> bool {
    at.with(|step, _| step.step.kind == Kind::Collect) == Some(true)
}

/// The board, on the page of the step that gathers the data.
pub fn page(at: Place) -> View {
    let shows = Memo::new(move || collects(at));
    let units = Memo::new(move || if shows.get() { standing(at) } else { Vec::new() });
    let (text, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let remind = move |some: &[OfUnit]| {
        text.set(reminder(&untrack(|| at.app.config()), at.cycle, some));
        open.set(true);
    };
    let inside = move || {
        if !shows.get() {
            return View::Nothing;
        }
        let all = units.get();
        let open = all.iter().any(|unit| unit.missing() > 0);
        let asks = open && !all.iter().any(|unit| unit.signed);
        let press = move || remind(&units.get_untracked());
        let lines: Vec<_> = all.into_iter().map(|unit| of_unit(unit, remind)).collect();
        view! {
            <section class="card stack-s">
                <div class="row between">
                    <h2>{words::TITLE}</h2>
                    {asks.then(|| view! { <Button look=Look::Quiet press=press>{words::REMIND}</Button> })}
                </div>
                <p class="small soft">{if open { words::LEAD } else { words::ALL_THERE }}</p>
                {lines}
            </section>
        }
    };
    view! {
        {inside}
        {sharing(words::REMINDER, text, open)}
    }
}

fn of_unit(unit: OfUnit, remind: impl Fn(&[OfUnit]) + Copy + Send + Sync + 'static) -> View {
    let late = if unit.late > 0 { home::late(unit.late) } else { String::new() };
    let summary = [&unit.name, " · ", &words::standing(unit.filled, unit.expected, &late)].concat();
    let unit = StoredValue::new(unit);
    view! {
        <Reveal summary=summary>
            {unit.with_value(|unit| opened(unit, remind))}
        </Reveal>
    }
}

fn opened(unit: &OfUnit, remind: impl Fn(&[OfUnit]) + Copy + Send + 'static) -> View {
    let own = unit.clone();
    let open = unit.missing() > 0 && !unit.signed;
    let ask = move || remind(std::slice::from_ref(&own));
    view! {
        {table(unit)}
        {open.then(|| presses(Look::Quiet, words::REMIND, &unit.name, ask))}
    }
}

fn table(unit: &OfUnit) -> View {
    let head = [common::INDICATOR, common::STATUS, words::DATE, words::WHY];
    let head = head.map(|name| view! { <th scope="col" role="columnheader">{name}</th> });
    view! {
        <Scroll label=unit.name.clone()>
            <table class="table stacked" role="table" aria-label=unit.name.clone()>
                <thead role="rowgroup">
                    <tr role="row">{head}</tr>
                </thead>
                <tbody role="rowgroup">{unit.lines.iter().map(row).collect::<View>()}</tbody>
            </table>
        </Scroll>
    }
}

fn row(line: &Line) -> View {
    let day = line.day.map_or_else(|| common::DASH.to_owned(), Date::format_short);
    let silent = (!line.silent.is_empty()).then(|| [words::SILENT, ": ", &line.silent.join(", ")].concat());
    let why = [Some(line.why.clone()), silent].into_iter().flatten().filter(|text| !text.is_empty());
    let why = why.collect::<Vec<_>>().join(" · ");
    // Without a value it says why.
    let status = match line.status {
        FigureStatus::NotFilled => state(Tone::Plain, Icon::Circle, line.value.clone()),
        _ => status_tag(&line.status),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <span class="name">{line.name.clone()}</span>
                <span class="small soft">{line.value.clone()}</span>
            </th>
            {cell(common::STATUS, false, status)}
            {cell(words::DATE, false, day.shown())}
            {cell(words::WHY, false, view! { <span class="small">{why}</span> })}
        </tr>
    }
}

/// What still is missing, named where the step ends; it does not keep it from ending.
pub fn warning(at: Place) -> Option<View> {
    let open = untrack(|| collects(at).then(|| gaps(&standing(at))))?;
    let lines: Vec<_> = open.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="ask small">
                <p>{words::STILL_MISSING}</p>
                <ul>{lines}</ul>
            </div>
        }
    })
}
