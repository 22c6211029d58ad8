//! The realisasi's own fields: nagari rows, two variables, a predicate or one number.

use crate::signal::*;
use takar_domain::config::ValueType;
use takar_domain::figure::EntryState;
use takar_domain::number;
use takar_domain::text::{common, entry};

use super::blank::Blank;
use super::line::Line;
use super::nagari;
use crate::acts::entry::typed::{NUMBER, PREDICATE, variable};
use crate::acts::words::measured;
use crate::ui::Kind;
use crate::view::{View, view};

/// The value itself: rows, variables, a predicate or one number.
pub fn amounts(line: Line) -> View {
    let without = Memo::new(move || {
        let state = line.live.with(|l| l.as_ref().map(|l| l.entry.value.state));
        matches!(state, Some(EntryState::NotMeasured | EntryState::NotPublished))
    });
    View::live(move || {
        let editable = line.editable.get();
        (!without.get()).then(|| if editable { inputs(line) } else { read_only(line) })
    })
}

fn read_only(line: Line) -> View {
    if line.row.with_untracked(|r| r.as_ref().is_some_and(|r| r.shape.rows.is_some())) {
        return nagari::rows(line);
    }
    let words = move || {
        let measure = line.row.with(|r| r.as_ref().map(|r| r.measure.clone()).unwrap_or_default());
        let actual = line.live.with(|l| l.as_ref().and_then(|l| l.actual.number)).map(number::format);
        actual.map_or_else(|| common::DASH.into(), |n| measured(&measure, &n))
    };
    view! {
        <p>
            {common::ACTUAL} ": " <strong class="num">{words}</strong>
        </p>
    }
}

fn inputs(line: Line) -> View {
    let Some(shape) = line.row.with_untracked(|r| r.as_ref().map(|r| r.shape.clone())) else {
        return View::Nothing;
    };
    if shape.rows.is_some() {
        return nagari::rows(line);
    }
    if shape.value_type == ValueType::Predicate {
        return amount(line, 0, Blank::new(Kind::Text, PREDICATE, entry::PREDICATE));
    }
    if shape.variables.is_empty() {
        let blank = Blank { unit: shape.measure, ..Blank::new(Kind::BigNumber, NUMBER, common::ACTUAL) };
        return amount(line, 0, blank);
    }
    let fields = shape.variables.into_iter().enumerate().map(|(nth, v)| {
        let mut blank = Blank::new(Kind::Number, &variable(nth), &v.name);
        // Issues name a variable as its reader does.
        blank.path = Some(v.name);
        blank.unit = v.measure;
        amount(line, nth, blank)
    });
    fields.collect()
}

/// Its errors show once the field was left.
fn amount(line: Line, nth: usize, mut blank: Blank) -> View {
    blank.path.get_or_insert_with(|| blank.field.clone());
    blank.id = nth.to_string();
    blank.patient = true;
    blank.draw(line)
}
