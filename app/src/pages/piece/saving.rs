//! Saving from a page: the press answers at once, and says so if it cannot.

use crate::signal::*;
use takar_domain::issue::Issue;
use takar_domain::record::OpId;

use crate::acts::settings::ask::{Ask, said};
use crate::state::{App, Save};
use crate::ui::FieldError;

/// Saves one operation, then goes on; what keeps it from being saved is set as errors.
pub fn saved(app: App, save: Save, errors: RwSignal<Vec<FieldError>>, then: impl FnOnce(OpId) + 'static) {
    run(app, save, errors, Box::new(then));
}

#[inline(never)]
fn run(app: App, save: Save, errors: RwSignal<Vec<FieldError>>, then: Box<dyn FnOnce(OpId)>) {
    spawn_local(async move {
        match app.save(save).await {
            Ok(op) => {
                errors.set(Vec::new());
                then(op);
            }
            Err(error) => errors.set(vec![FieldError { field: String::new(), words: error.words() }]),
        }
    });
}

/// An issue beside the field of its path; `form` keeps ids of two forms apart.
#[must_use]
pub fn fault(form: &str, asks: &[Ask], issue: &Issue) -> FieldError {
    FieldError { field: [form, "-", &issue.path].concat(), words: said(asks, issue) }
}

/// What an error summary says about one field, to stand beside it too.
#[must_use]
pub fn beside(errors: RwSignal<Vec<FieldError>>, id: &str) -> Signal<Option<String>> {
    let id = id.to_owned();
    Signal::derive(move || errors.with(|e| e.iter().find(|e| e.field == id).map(|e| e.words.clone())))
}
