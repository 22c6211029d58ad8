//! Links that know whether they lead to the page in view.

use crate::route::use_route;
use crate::signal::*;
use crate::view::{Child, View, view};

/// A link with `aria-current` while its page, or a page below it, is in view.
#[must_use]
pub fn nav_link(href: String, inside: View) -> View {
    let route = use_route();
    let root = href.clone();
    let current = move || route.with_path(|path| is_below(path, &root)).then_some("page");
    view! { <a href=href aria-current=current>{inside}</a> }
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
pub fn Tabs(#[prop(into)] label: String, items: Vec<(String, String)>) -> View {
    let links = items.into_iter().map(|(href, words)| nav_link(href, words.shown())).collect::<View>();
    view! {
        <nav class="tabs" aria-label=label>
            {links}
        </nav>
    }
}
