//! The realisasi's own fields: nagari rows, two variables, a predicate or one number.

use crate::signal::*;
use takar_domain::config::ValueType;
use takar_domain::figure::{EntryState, VALUE};
use takar_domain::number;
use takar_domain::text::{self, common, entry};

use super::form::field_id;
use super::line::Line;
use super::nagari;
use crate::acts::entry::typed::{NUMBER, PREDICATE, variable};
use crate::acts::words::measured;
use crate::ui::{Field, Kind};
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
        return amount(line, 0, PREDICATE.into(), entry::PREDICATE.into(), String::new(), Kind::Text);
    }
    if shape.variables.is_empty() {
        return amount(line, 0, NUMBER.into(), common::ACTUAL.into(), shape.measure, Kind::BigNumber);
    }
    let fields = shape.variables.into_iter().enumerate();
    let fields = fields.map(|(n, v)| amount(line, n, variable(n), v.name, v.measure, Kind::Number));
    fields.collect()
}

fn amount(line: Line, nth: usize, field: String, label: String, unit: String, kind: Kind) -> View {
    let path = if field.starts_with("var") { label.clone() } else { field.clone() };
    let field = StoredValue::new(field);
    let text = Signal::derive(move || field.with_value(|f| line.text(VALUE, f)));
    let put = move |text: String| {
        line.left.set(false);
        field.with_value(|f| line.type_text(VALUE, f, text));
    };
    let error = Signal::derive(move || {
        let shown = line.left.get() && line.typed.with(|t| t.has(VALUE));
        line.live.with(|l| l.as_ref()?.error(VALUE, &path).filter(|_| shown).map(text::issue))
    });
    let unit = (!unit.is_empty()).then_some(unit);
    view! {
        <Field
            id=field_id(line, &nth.to_string())
            label=label
            kind=kind
            value=text
            error=error
            unit=unit
            on_type=Callback::from(put)
            on_leave=Callback::from(move || line.left.set(true))
        />
    }
}
