//! The detail of one indicator over the grid: the same form as the phone's card.

use crate::signal::*;
use takar_domain::record::RecordId;
use takar_domain::text::{common, entry};

use super::card::errors_of;
use super::form::form;
use super::line::Line;
use crate::ui::{Button, Dialog, ErrorSummary, Look};
use crate::view::{View, view};

/// Which indicator's detail is open.
#[derive(Clone, Copy)]
pub struct Detail {
    which: RwSignal<Option<RecordId>>,
    open: RwSignal<bool>,
}

impl Detail {
    #[must_use]
    pub fn new(which: Option<RecordId>) -> Self {
        Self { which: RwSignal::new(which), open: RwSignal::new(which.is_some()) }
    }

    pub fn open(&self, indicator: RecordId) {
        self.which.set(Some(indicator));
        self.open.set(true);
    }

    /// The dialog; typed and unsaved things stay drafts when it closes.
    pub fn dialog(self, lines: Vec<Line>) -> View {
        let lines = StoredValue::new(lines);
        let line = move || {
            let which = self.which.get();
            lines.with_value(|l| l.iter().find(|l| Some(l.indicator) == which).copied())
        };
        let title = Signal::derive(move || {
            line().and_then(|l| l.row.with(|r| r.as_ref().map(|r| r.name.clone()))).unwrap_or_default()
        });
        view! {
            <Dialog open=self.open title=title broad=true>
                {move || line().map(|l| inside(l, self.open))}
            </Dialog>
        }
    }
}

fn inside(line: Line, open: RwSignal<bool>) -> View {
    let errors = RwSignal::new(Vec::new());
    let save = move || {
        if line.save(None) {
            open.set(false);
        } else {
            errors.set(errors_of(line));
        }
    };
    view! {
        <div class="stack">
            <ErrorSummary errors=errors />
            {form(line)}
            {move || {
                line.typed
                    .with(|t| !t.is_empty())
                    .then(|| view! { <p class="small soft">{entry::STILL_DRAFT}</p> })
            }}
            <div class="dialog-foot">
                {line.editable.get().then(|| view! { <Button press=Callback::from(save)>{common::SAVE}</Button> })}
                <Button look=Look::Quiet press=Callback::from(move || open.set(false))>
                    {common::CLOSE}
                </Button>
            </div>
        </div>
    }
}
