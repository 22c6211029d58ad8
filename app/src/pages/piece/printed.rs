//! The frame of what is printed: what stands above it on the screen, and its tables.

use takar_domain::text::recap::PRINT_NOW;

use crate::ui::{Button, PageHead, Scroll};
use crate::view::{View, view};

/// A page with something to print: the way back, what it is, *Cetak*, and the paper.
#[inline(never)]
pub fn printed(back: View, title: &'static str, lead: &'static str, paper: View) -> View {
    view! {
        <div class="stack">
            <div class="noprint stack">
                {back} <PageHead title=title lead=lead />
                <div class="row">
                    <Button press=crate::platform::screen::print>{PRINT_NOW}</Button>
                </div>
            </div>
            {paper}
        </div>
    }
}

/// The lines at the head of a paper, then its title.
#[inline(never)]
pub fn headed(lines: &[String], title: String) -> View {
    let lines = lines.iter().map(|line| view! { <p>{line.clone()}</p> });
    view! { <header class="paper-head">{lines.collect::<View>()} <h2>{title}</h2></header> }
}

/// A table of a paper: one row of heads, that every sheet repeats.
#[inline(never)]
pub fn table(label: String, class: &'static str, heads: &[&str], rows: View) -> View {
    let heads = heads.iter().map(|head| view! { <th scope="col">{(*head).to_owned()}</th> });
    view! {
        <Scroll label=label>
            <table class=class>
                <thead>
                    <tr>{heads.collect::<View>()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Scroll>
    }
}
