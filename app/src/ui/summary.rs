//! The error summary: the same words as beside the fields, each leading to its field.

use crate::signal::*;
use takar_domain::text::common;

use crate::platform::screen;
use crate::view::{View, view};

/// One error: the DOM id of its field, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub words: String,
}

/// Takes focus whenever `errors` is set to something; set it on submitting only.
#[component]
pub fn ErrorSummary(#[prop(into)] errors: Signal<Vec<FieldError>>) -> View {
    let node: NodeRef<web_sys::HtmlElement> = NodeRef::new();
    Effect::run(move || {
        if errors.with(|e| !e.is_empty()) {
            request_animation_frame(move || {
                if let Some(summary) = node.get_untracked() {
                    // Focus is a help; a summary that left the page needs none.
                    drop(summary.focus());
                }
            });
        }
    });
    View::live(move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            let lines = errors.into_iter().map(line).collect::<View>();
            view! {
                <div class="summary" node_ref=node tabindex="-1" role="alert">
                    <h2>{common::ERROR_SUMMARY}</h2>
                    <ul>{lines}</ul>
                </div>
            }
        })
    })
}

fn line(error: FieldError) -> View {
    if error.field.is_empty() {
        return view! { <li>{error.words}</li> };
    }
    let href = format!("#{}", error.field);
    let lead = move |ev: leptos::ev::MouseEvent| {
        ev.prevent_default();
        screen::focus(&error.field);
    };
    view! {
        <li>
            <a href=href on:click=lead>
                {error.words}
            </a>
        </li>
    }
}
