//! Links that know whether they lead to the page in view.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A link with `aria-current` while its page, or a page below it, is in view.
#[must_use]
pub fn nav_link(href: String, inside: AnyView) -> AnyView {
    let path = use_location().pathname;
    let root = href.clone();
    let current = move || path.with(|p| is_below(p, &root)).then_some("page");
    view! { <a href=href aria-current=current>{inside}</a> }.into_any()
}

/// Whether `path` is the page `root` or one below it. The start page has none below.
fn is_below(path: &str, root: &str) -> bool {
    match path.strip_prefix(root) {
        Some("") => true,
        Some(rest) => root != "/" && rest.starts_with('/'),
        None => false,
    }
}

/// Links between sibling pages, as (address, words).
#[component]
pub fn Tabs(#[prop(into)] label: String, items: Vec<(String, String)>) -> impl IntoView {
    let links = items.into_iter().map(|(href, words)| nav_link(href, words.into_any())).collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            {links}
        </nav>
    }
    .into_any()
}
