//! How much of something is done, as a bar beside its figures.

use crate::signal::*;
use crate::view::{View, view};

/// `label` names the bar for screen readers; the figures stand beside it.
#[component]
pub fn Progress(#[prop(into)] label: String, done: usize, total: usize) -> View {
    view! { <progress class="bar" max=total.max(1).to_string() value=done.to_string() aria-label=label></progress> }
}
