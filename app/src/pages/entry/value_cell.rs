//! The grid's realisasi: an input, two, or what stands in their place.

use crate::signal::*;
use takar_domain::config::ValueType;
use takar_domain::figure::{EntryState, VALUE};
use takar_domain::number;
use takar_domain::text::{common, entry, names};
use takar_domain::variables::Origin;
use takar_domain::view::entry_sheet::EntryRow;

use super::cell::{Grid, Place, cell};
use super::detail::Detail;
use super::grid::FIRST_NOTE;
use super::line::Line;
use crate::acts::entry::typed::{NUMBER, PREDICATE, variable};
use crate::ui::{Button, Look};
use crate::view::{Child, View, view};

/// What the realisasi cell is. Compared, so that typing never rebuilds an input.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Inputs,
    /// Entered per nagari: so many of so many are done.
    Rows(usize, usize),
    /// Words or a number that stand in the input's place.
    Words(String),
    Number(String),
}

fn kind_of(line: Line) -> Option<Kind> {
    let editable = line.editable.get();
    let words = |words: &str| Some(Kind::Words(words.to_owned()));
    line.row.with(|row| {
        let row = row.as_ref()?;
        line.live.with(|live| {
            let live = live.as_ref()?;
            let (state, actual) = (live.entry.value.state, &live.actual);
            if let Origin::Rows { done, total, .. } = actual.from {
                return Some(Kind::Rows(done, total));
            }
            let untargeted = live.achievement.state == EntryState::NoTarget
                && row.year_target.is_none()
                && row.target_predicate.is_none();
            match (state, actual.state) {
                (EntryState::NotMeasured | EntryState::NotPublished, _) => words(names::entry_state(state)),
                (_, EntryState::NotMeasured) => words(names::entry_state(actual.state)),
                (_, EntryState::NotFilled) if untargeted && row.entry.number.is_none() => {
                    words(entry::NO_TARGET)
                }
                _ if editable => Some(Kind::Inputs),
                _ => {
                    let shown = actual.number.map(number::format).or_else(|| actual.predicate.clone());
                    Some(Kind::Number(shown.unwrap_or_else(|| common::DASH.into())))
                }
            }
        })
    })
}

/// The realisasi: an input, two, or what stands in their place.
pub fn value_cell(line: Line, grid: Grid, detail: Detail, name: StoredValue<String>) -> View {
    let kind = Memo::new(move || kind_of(line));
    let indicator = line.indicator;
    View::live(move || match kind.get() {
        None => View::Nothing,
        Some(Kind::Inputs) => {
            line.row.with_untracked(|r| r.as_ref().map(|r| inputs(line, grid, r, name))).shown()
        }
        Some(Kind::Words(words)) => view! { <span class="small soft">{words}</span> },
        Some(Kind::Number(number)) => view! { <span class="num">{number}</span> },
        Some(Kind::Rows(done, total)) => view! {
            <Button look=Look::Link press=Callback::from(move || detail.open(indicator))>
                <span class="num">{entry::rows_done(done, total)}</span>
                <span class="sr">" " {entry::CHOOSE_ROWS} " " {name.get_value()}</span>
            </Button>
        },
    })
}

fn inputs(line: Line, grid: Grid, row: &EntryRow, name: StoredValue<String>) -> View {
    let place = |field: String, column: usize, label: &str, words: bool| Place {
        group: VALUE.into(),
        field,
        column,
        label: name.with_value(|n| entry::cell(label, n)),
        words,
    };
    if row.shape.value_type == ValueType::Predicate {
        return cell(line, grid, place(PREDICATE.into(), 0, entry::PREDICATE, true));
    }
    if row.shape.variables.is_empty() {
        return cell(line, grid, place(NUMBER.into(), 0, common::ACTUAL, false));
    }
    let fields = row.shape.variables.iter().take(FIRST_NOTE).enumerate();
    let fields = fields.map(|(n, v)| {
        view! {
            <span class="variable">
                <span class="small soft" aria-hidden="true">
                    {v.name.clone()}
                </span>
                {cell(line, grid, place(variable(n), n, &v.name, false))}
            </span>
        }
    });
    fields.collect()
}
