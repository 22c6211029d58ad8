//! Lines of the lists of *Pengaturan*.

use takar_domain::text::common;

use crate::ui::Look;
use crate::view::{Child, View, view};

/// One thing of a list: its name, small words, a mark and one press.
pub fn line(title: &str, detail: String, mark: impl Child, press: impl Child) -> View {
    drawn(title, detail, mark.shown(), press.shown())
}

#[inline(never)]
fn drawn(title: &str, detail: String, mark: View, press: View) -> View {
    view! {
        <li>
            <div class="what">
                <strong>{title.to_owned()}</strong>
                <span class="small soft">{detail}</span>
            </div>
            {mark}
            {press}
        </li>
    }
}

/// The way to the page of a thing; screen readers hear its name with it.
pub fn opens(look: Look, href: String, title: &str) -> View {
    leads(look, common::OPEN, href, title)
}

/// The same in other words.
pub fn leads(look: Look, words: &'static str, href: String, title: &str) -> View {
    view! {
        <a class=look.class() href=href aria-label=spoken(words, title)>
            {words}
        </a>
    }
}

/// A press about a thing of a list; screen readers hear its name with it.
pub fn presses(look: Look, words: &'static str, title: &str, press: impl Fn() + Send + 'static) -> View {
    view! {
        <button type="button" class=look.class() aria-label=spoken(words, title) on:click=move |_| press()>
            {words}
        </button>
    }
}

/// What screen readers hear of a press about a thing of a list.
pub fn spoken(words: &str, title: &str) -> String {
    [words, ": ", title].concat()
}

/// Lines as a list in a card of its own.
pub fn list(lines: Vec<View>) -> View {
    view! {
        <section class="card">
            <ul class="tasks">{lines}</ul>
        </section>
    }
}
