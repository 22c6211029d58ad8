//! One text of a line as a labelled field: what stands in it, what is wrong
//! with it, and where its keystrokes go.

use crate::signal::*;
use takar_domain::figure::VALUE;
use takar_domain::text;

use super::line::Line;
use crate::pages::piece::Select;
use crate::ui::{Field, Kind};
use crate::view::{View, view};

/// A field of the form over one text of a line.
pub struct Blank {
    pub group: String,
    pub field: String,
    pub label: String,
    pub kind: Kind,
    /// Behind the line's id its DOM id.
    pub id: String,
    /// Path of its issues; `None` says none.
    pub path: Option<String>,
    pub hint: &'static str,
    pub unit: String,
    pub optional: bool,
    pub short: bool,
    /// Says its errors only once it was left.
    pub patient: bool,
}

impl Blank {
    /// A field of the realisasi itself.
    #[must_use]
    pub fn new(kind: Kind, field: &str, label: &str) -> Self {
        Self {
            group: VALUE.into(),
            field: field.into(),
            label: label.into(),
            kind,
            id: field.into(),
            path: None,
            hint: "",
            unit: String::new(),
            optional: false,
            short: kind == Kind::Date,
            patient: false,
        }
    }

    /// A field of a group of its own.
    #[must_use]
    pub fn of(group: &str, kind: Kind, field: &str, label: &str) -> Self {
        Self { group: group.into(), id: group.into(), ..Self::new(kind, field, label) }
    }

    pub fn draw(self, line: Line) -> View {
        let (label, unit, patient) = (self.label.clone(), self.unit.clone(), self.patient);
        let hint = (!self.hint.is_empty()).then(|| self.hint.to_owned());
        let id = field_id(line, &self.id);
        let (kind, optional, short) = (self.kind, self.optional, self.short);
        let blank = StoredValue::new(self);
        let value = Signal::derive(move || blank.with_value(|b| line.text(&b.group, &b.field)));
        let error = Signal::derive(move || {
            blank.with_value(|b| {
                let path = b.path.as_deref()?;
                if patient && !(line.left.get() && line.typed.with(|t| t.has(&b.group))) {
                    return None;
                }
                line.live.with(|l| l.as_ref()?.error(&b.group, path).map(text::issue))
            })
        });
        let put = move |text: String| {
            if patient {
                line.left.set(false);
            }
            blank.with_value(|b| line.type_text(&b.group, &b.field, text));
        };
        let leave = move || {
            if patient {
                line.left.set(true);
            }
        };
        view! {
            <Field
                id=id
                label=label
                hint=Signal::stored(hint)
                kind=kind
                value=value
                error=error
                unit=(!unit.is_empty()).then_some(unit)
                optional=optional
                short=short
                on_type=put
                on_leave=Callback::from(leave)
            />
        }
    }
}

/// A text of the realisasi that is chosen from a list.
pub fn choice(
    line: Line,
    field: &'static str,
    label: &'static str,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
) -> View {
    let pick = move |text: String| line.type_text(VALUE, field, text);
    view! { <Select label=label options=options value=value on_pick=pick /> }
}

/// The DOM id of a field of the form, for the error summary.
#[must_use]
pub fn field_id(line: Line, field: &str) -> String {
    ["isi-", &line.indicator.to_string(), "-", field].concat()
}
