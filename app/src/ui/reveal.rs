//! More about a thing, one press away, on `<details>`.

use crate::signal::*;
use crate::view::{ChildrenFn, View, view};

/// Its children are built when it opens, and follow the data while open.
#[component]
pub fn Reveal(
    #[prop(into)] summary: Signal<String>,
    /// Said after the summary by screen readers, where several look the same.
    #[prop(into, optional)]
    about: String,
    children: ChildrenFn,
) -> View {
    let node: NodeRef<web_sys::HtmlDetailsElement> = NodeRef::new();
    let open = RwSignal::new(false);
    view! {
        <details
            class="reveal"
            node_ref=node
            on:toggle=move |_| open.set(node.get_untracked().is_some_and(|d| d.open()))
        >
            <summary>
                <span>{summary} <span class="sr">" " {about}</span></span>
            </summary>
            {move || open.get().then(|| children())}
        </details>
    }
}
