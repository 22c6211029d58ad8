//! A wide table scrolls inside its own frame, reachable by keyboard; the page never does.

use crate::signal::*;
use crate::view::{View, view};

/// The scrolling frame; `label` names what is inside.
#[component]
pub fn Scroll(#[prop(into)] label: Signal<String>, children: View) -> View {
    view! {
        <div class="scroll" role="region" aria-label=label tabindex="0">
            {children}
        </div>
    }
}
