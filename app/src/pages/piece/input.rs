//! A text field of a settings form: its value is a signal, its error comes
//! from the form's summary.

use crate::signal::*;

use super::beside;
use crate::ui::{Field, FieldError, Kind};
use crate::view::{View, view};

/// What a form says about one of its fields.
pub struct Input {
    /// DOM id: the form's name, a dash, the path of the issue.
    pub id: &'static str,
    pub label: &'static str,
    /// Empty for none.
    pub hint: &'static str,
    pub kind: Kind,
    pub optional: bool,
}

impl Input {
    /// A plain required text.
    #[must_use]
    pub const fn text(id: &'static str, label: &'static str) -> Self {
        Self { id, label, hint: "", kind: Kind::Text, optional: false }
    }

    #[must_use]
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    #[must_use]
    pub const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// Draws the field.
#[must_use]
pub fn input(field: Input, value: RwSignal<String>, errors: RwSignal<Vec<FieldError>>) -> View {
    let hint = (!field.hint.is_empty()).then(|| field.hint.to_owned());
    view! {
        <Field
            id=field.id
            kind=field.kind
            label=field.label.to_owned()
            hint=Signal::stored(hint)
            value=value
            error=beside(errors, field.id)
            optional=field.optional
            on_type=value
        />
    }
}
