//! One line of a task list: a mark, what there is to do, its state and one press.

use crate::signal::*;

use super::Look;
use crate::view::{View, view};

#[component]
pub fn Task(
    /// Number or icon in the square at the start.
    mark: View,
    #[prop(into)] title: String,
    #[prop(into)] detail: String,
    /// State or deadline.
    #[prop(optional)]
    tag: Option<View>,
    #[prop(into)] href: String,
    /// The word on the press; screen readers hear the title with it.
    #[prop(into)]
    press: String,
    /// Before the press leads on.
    #[prop(into)]
    on_press: Callback<()>,
) -> View {
    let spoken = format!("{press}: {title}");
    view! {
        <li>
            <span class="step" aria-hidden="true">
                {mark}
            </span>
            <div class="what">
                <strong>{title}</strong>
                <span class="small soft">{detail}</span>
            </div>
            <div class="row">
                {tag} <a class=Look::Quiet.class() href=href aria-label=spoken on:click=move |_| on_press.run(())>
                    {press}
                </a>
            </div>
        </li>
    }
}
