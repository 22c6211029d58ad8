//! A cell of the grid: typing, moving by keyboard, pasting, saving on leaving.

use crate::signal::*;
use leptos::ev::{ClipboardEvent, KeyboardEvent};
use takar_domain::figure::VALUE;
use takar_domain::record::RecordId;

use super::answer::answers_id;
use super::line::{Line, cell_id};
use crate::platform::screen;
use crate::view::{View, view};

/// Which field a cell holds, and its column in the grid.
#[derive(Clone, Debug)]
pub struct Place {
    pub group: String,
    pub field: String,
    pub column: usize,
    /// What screen readers hear: column and indicator.
    pub label: String,
    /// A note takes words, anything else a number.
    pub words: bool,
}

/// What cells of one grid share.
#[derive(Clone, Copy)]
pub struct Grid {
    /// Indicators from top to bottom.
    pub order: StoredValue<Vec<RecordId>>,
    /// Indicators with pasted cells that wait for *Simpan semua*.
    pub pasted: Signal<Vec<RecordId>>,
    /// A table was pasted into (indicator, column).
    pub on_paste: Callback<(RecordId, usize, String)>,
}

/// The input of a cell.
pub fn cell(line: Line, grid: Grid, place: Place) -> View {
    let Place { group, field, column, label, words } = place;
    let (group, field) = (StoredValue::new(group), StoredValue::new(field));
    let text = Signal::derive(move || group.with_value(|g| field.with_value(|f| line.text(g, f))));
    let wrong = Memo::new(move || {
        let typed = group.with_value(|g| line.typed.with(|t| t.has(g)));
        typed
            && line.left.get()
            && line.live.with(|l| group.with_value(|g| l.as_ref()?.error(g, "").map(|_| ())).is_some())
    });
    let asked = Memo::new(move || {
        group.with_value(|g| g == VALUE)
            && line.left.get()
            && line.live.with(|l| l.as_ref().is_some_and(|l| !l.entry.issues.is_empty()))
    });
    let on_input = move |ev: leptos::ev::Event| {
        line.left.set(false);
        let text = event_target_value(&ev);
        group.with_value(|g| field.with_value(|f| line.type_text(g, f, text)));
    };
    let save = move || group.with_value(|g| line.save(Some(g)));
    let on_key = move |ev: KeyboardEvent| {
        let Some(step) = step(&ev, words) else { return };
        ev.prevent_default();
        if !go(grid, line, column, step) && ev.key() == "Enter" {
            save();
        }
    };
    let on_paste = move |ev: ClipboardEvent| {
        let text = ev.clipboard_data().and_then(|d| d.get_data("text").ok()).unwrap_or_default();
        if text.trim_end_matches(['\r', '\n']).contains(['\t', '\n']) {
            ev.prevent_default();
            grid.on_paste.run((line.indicator, column, text));
        }
    };
    view! {
        <input
            id=line.cell_id(column)
            class=if words { "cell-input words" } else { "cell-input" }
            type="text"
            inputmode=(!words).then_some("decimal")
            autocomplete="off"
            aria-label=label
            aria-invalid=move || wrong.get().then_some("true")
            aria-describedby=move || asked.get().then(|| answers_id(line))
            prop:value=text
            on:input=on_input
            on:keydown=on_key
            on:paste=on_paste
        />
    }
}

/// Saves a group when focus leaves the element that listens: a cell whose
/// inputs belong together is left as a whole. Pasted cells wait, so that one
/// press takes them all back.
pub fn on_leave(line: Line, grid: Grid, group: &'static str) -> impl Fn(leptos::ev::FocusEvent) + Copy {
    move |ev| {
        if screen::stays_inside(&ev) {
            return;
        }
        if grid.pasted.with_untracked(|p| p.contains(&line.indicator)) {
            line.left.set(true);
        } else {
            line.save(Some(group));
        }
    }
}

/// Where a key leads: rows down, columns to the right.
fn step(ev: &KeyboardEvent, words: bool) -> Option<(isize, isize)> {
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() || ev.is_composing() {
        return None;
    }
    match (ev.key().as_str(), ev.shift_key()) {
        ("Enter" | "ArrowDown", false) => Some((1, 0)),
        ("Enter", true) | ("ArrowUp", false) => Some((-1, 0)),
        // Inside words the arrows move in the text.
        ("ArrowRight", false) if !words => at_edge(ev, true).then_some((0, 1)),
        ("ArrowLeft", false) if !words => at_edge(ev, false).then_some((0, -1)),
        _ => None,
    }
}

/// Whether the caret stands at the end (or start) of the input.
fn at_edge(ev: &KeyboardEvent, end: bool) -> bool {
    screen::caret(ev).is_none_or(|(from, to, length)| if end { to == length } else { from == 0 && to == 0 })
}

/// Moves focus until a cell takes it. `false` at the edge of the grid.
fn go(grid: Grid, line: Line, column: usize, (down, right): (isize, isize)) -> bool {
    if right != 0 {
        return column
            .checked_add_signed(right)
            .is_some_and(|c| screen::focus_cell(&cell_id(line.indicator, c)));
    }
    grid.order
        .with_value(|order| {
            let here = order.iter().position(|i| *i == line.indicator)?;
            let mut row = here.checked_add_signed(down)?;
            while let Some(id) = order.get(row) {
                if screen::focus_cell(&cell_id(*id, column)) {
                    return Some(());
                }
                row = row.checked_add_signed(down)?;
            }
            None
        })
        .is_some()
}
