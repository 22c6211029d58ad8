//! The keyboard grid of a laptop: Enter down, Tab right, Excel in, capaian at once.

use crate::signal::*;
use takar_domain::config::Direction;
use takar_domain::date::period_short;
use takar_domain::figure::{NOTES, VALUE};
use takar_domain::number;
use takar_domain::period::Period;
use takar_domain::record::RecordId;
use takar_domain::text::{common, entry, names};
use takar_domain::view::entry_sheet::EntryRow;

use super::answer::answers;
use super::cell::{Grid, Place, cell, on_leave};
use super::detail::Detail;
use super::line::{Line, Sheet};
use super::pasting::Pasting;
use super::standing::{achieved, rating, standing};
use super::value_cell::value_cell;
use crate::acts::entry::typed::TEXT;
use crate::state::App;
use crate::ui::{Button, Look, Scroll, Switch};
use crate::view::{View, view};

/// Columns: the realisasi (up to two variables), then the three notes.
pub const FIRST_NOTE: usize = 2;

/// The grid of a unit. `opens` is the indicator whose detail opens at once.
pub fn grid(app: App, sheet: Sheet, unit: RecordId, order: &[RecordId], opens: Option<RecordId>) -> View {
    let lines: Vec<_> = order.iter().map(|i| Line::new(app, sheet, unit, *i)).collect();
    let detail = Detail::new(opens);
    let with_notes = RwSignal::new(false);
    let pasting = Pasting::new(&lines);
    let shared = Grid {
        order: StoredValue::new(order.to_vec()),
        pasted: pasting.pasted(),
        on_paste: pasting.callback(),
    };
    let rows = lines.iter().map(|l| row(*l, shared, detail, with_notes)).collect::<View>();
    // What shuts one line shuts the unit's.
    let first = lines.first().map(|line| line.editable);
    let open = move || first.is_some_and(|first| first.get());
    let period = sheet.with_untracked(|s| s.as_ref().map(|s| s.period));
    view! {
        <div class="stack">
            <div class="row between">
                <p class="small soft">{move || open().then_some(entry::KEYS)}</p>
                <div class="row">
                    <Switch
                        label=entry::SHOW_NOTES
                        on=with_notes
                        on_flip=Callback::from(move |on: bool| with_notes.set(on))
                    />
                    {View::live(move || open().then(|| pasting.press()))}
                </div>
            </div>
            {pasting.bar()}
            <div class="card flush">
                <Scroll label=common::ENTRY>
                    <table class="table grid">
                        {move || head(period, with_notes.get())} <tbody>{rows}</tbody>
                    </table>
                </Scroll>
            </div>
            {pasting.dialog()}
            {detail.dialog(lines)}
        </div>
    }
}

fn head(period: Option<Period>, with_notes: bool) -> View {
    let now = period.map(period_short).unwrap_or_default();
    let last = period.map(|p| period_short(p.previous())).unwrap_or_default();
    let notes = with_notes.then(|| entry::NOTES.map(|n| view! { <th scope="col">{n}</th> }));
    view! {
        <thead>
            <tr>
                <th scope="col">{common::INDICATOR}</th>
                <th scope="col" class="r">
                    {common::TARGET}
                    " "
                    {now}
                </th>
                <th scope="col" class="r">
                    {last}
                </th>
                <th scope="col" class="r">
                    {common::ACTUAL}
                </th>
                <th scope="col" class="r">
                    {common::ACHIEVEMENT}
                </th>
                <th scope="col">{common::RATING}</th>
                {notes}
                <th scope="col">{common::STATUS}</th>
                <th scope="col">
                    <span class="sr">{entry::DETAIL}</span>
                </th>
            </tr>
        </thead>
    }
}

fn row(line: Line, grid: Grid, detail: Detail, with_notes: RwSignal<bool>) -> View {
    let Some(row) = line.row.get_untracked() else { return View::Nothing };
    let name = StoredValue::new(row.name.clone());
    let number =
        |n: Option<takar_domain::decimal::Decimal>| n.map_or_else(|| common::DASH.into(), number::format);
    let target = row.target_predicate.clone().unwrap_or_else(|| number(row.target));
    let (indicator, last, under) = (line.indicator, number(row.last), under(&row, line.app));
    let notes = move || with_notes.get().then(|| note_cells(line, grid, name));
    let span = move || if with_notes.get() { "11" } else { "8" };
    let asks = Memo::new(move || {
        line.left.get()
            && line.editable.get()
            && line.live.with(|l| l.as_ref().is_some_and(|l| !l.entry.issues.is_empty()))
    });
    view! {
        <tr>
            <th scope="row">
                {row.name.clone()}
                <span class="under small soft">{under}</span>
            </th>
            <td class="r">{target}</td>
            <td class="r soft">{last}</td>
            <td class="r cell" on:focusout=on_leave(line, grid, VALUE)>
                {value_cell(line, grid, detail, name)}
            </td>
            <td class="r">{achieved(line)}</td>
            <td>{rating(line)}</td>
            {notes}
            <td>{standing(line)}</td>
            <td>
                <Button look=Look::Link press=Callback::from(move || detail.open(indicator))>
                    {entry::DETAIL}
                    <span class="sr">" " {row.name.clone()}</span>
                </Button>
            </td>
        </tr>
        {move || {
            asks.get()
                .then(|| {
                    view! {
                        <tr class="asks">
                            <td colspan=span>{answers(line, true)}</td>
                        </tr>
                    }
                })
        }}
    }
}

/// The small words under the name: code, unit of measure, what is special.
fn under(row: &EntryRow, app: App) -> String {
    let mut words = vec![row.node_code.clone()];
    match (row.shape.rows.is_some(), row.nagari.len()) {
        (true, total) => {
            let config = app.config();
            let word = config.office.as_ref().map_or("", |(_, o)| o.village_word.as_str());
            words.push(entry::per_village(word, total));
        }
        _ => words.push(row.measure.clone()),
    }
    if row.shape.direction == Direction::Lower {
        words.push(names::direction(Direction::Lower).into());
    }
    words.extend(row.of_quarters.map(|n| [entry::OF_QUARTERS, " ", &number::format(n)].concat()));
    words.retain(|w| !w.is_empty());
    words.join(" · ")
}

fn note_cells(line: Line, grid: Grid, name: StoredValue<String>) -> View {
    let cells = NOTES.into_iter().zip(entry::NOTES).enumerate().map(|(n, (group, label))| {
        let place = Place {
            group: group.into(),
            field: TEXT.into(),
            column: FIRST_NOTE + n,
            label: name.with_value(|name| entry::cell(label, name)),
            words: true,
        };
        let inside = if line.editable.get_untracked() {
            cell(line, grid, place)
        } else {
            view! { <span class="small">{line.text(group, TEXT)}</span> }
        };
        view! {
            <td class="cell" on:focusout=on_leave(line, grid, group)>
                {inside}
            </td>
        }
    });
    cells.collect()
}
