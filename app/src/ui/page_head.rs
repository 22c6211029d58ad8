//! The head of every page: names the browser's tab and takes focus when a
//! page opens, so that keyboard and screen reader start at its top.

use crate::route::use_route;
use crate::signal::*;
use crate::view::{View, view};
use takar_domain::text::common;

/// Whether the page that opened with the app is still in view: the browser
/// itself puts focus there, later pages do it here.
#[derive(Clone, Copy)]
pub struct FirstPage(pub StoredValue<bool>);

/// Title and optional line below it. `children` are presses at the end of the line.
#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] lead: Signal<Option<String>>,
    /// Name of the browser's tab, if it is not the title.
    #[prop(optional)]
    tab: &'static str,
    #[prop(optional)] children: Option<View>,
) -> View {
    let node: NodeRef<web_sys::HtmlElement> = NodeRef::new();
    let route = use_route();
    let first = shared::<FirstPage>();
    Effect::run(move || {
        let name = if tab.is_empty() { title.get() } else { tab.to_owned() };
        document().set_title(&[&name, " · ", common::PRODUCT].concat());
    });
    let mut seen = None;
    Effect::run(move || {
        let here = route.path();
        if seen.as_ref() != Some(&here) {
            let opening = first.is_some_and(|f| f.0.try_get_value().unwrap_or(false));
            if let (false, Some(heading)) = (opening, node.get_untracked()) {
                // Focus is a help; a heading that left the page needs none.
                drop(heading.focus());
            }
            if let Some(first) = first {
                first.0.set_value(false);
            }
        }
        seen = Some(here);
    });
    view! {
        <div class="stack-s">
            <div class="row between">
                <h1 node_ref=node tabindex="-1">
                    {title}
                </h1>
                {children.map(|c| view! { <div class="row">{c}</div> })}
            </div>
            {move || lead.get().map(|l| view! { <p class="lead">{l}</p> })}
        </div>
    }
}
