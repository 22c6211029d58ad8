//! Views as plain data: one element type for every tag.
//!
//! A Leptos view has a type made of its tag, attributes and children, and every
//! such type is compiled with its own building, updating and removing: a sixth of
//! the app's bytes. Here [`View`] is an enum and [`Element`] a list of
//! attributes and children, so that a page compiles to a row of calls. Signals,
//! effects, owners, context and components stay Leptos'.
//!
//! [`view!`] writes these calls in Leptos' notation.

mod attribute;
mod child;
mod drawn;
mod drawn_element;
mod element;
mod keyed;
mod make;
mod marks;

use std::borrow::Cow;

pub use takar_markup::view;

pub use attribute::{Attribute, Property, Toggle};
pub use child::{Child, ChildrenFn, children};
pub use element::Element;
pub use keyed::{Entry, entry, keyed};
pub use marks::{joined, length, text};

use make::Make;

/// What a part of the page shows.
#[derive(Default)]
pub enum View {
    #[default]
    Nothing,
    Text(Cow<'static, str>),
    Element(Box<Element>),
    Many(Vec<View>),
    /// Made anew whenever a signal changes that it read.
    Live(Box<dyn Make<View>>),
    /// Rows that keep their elements while their key is in the list.
    Keyed(Box<dyn Make<Vec<Entry>>>),
}

impl View {
    /// Shows this at the end of the page, for as long as the page lives.
    pub fn show(self) {
        let mut drawn = self.draw();
        if let Some(body) = leptos::prelude::document().body() {
            drawn.mount(&body, None);
        }
        std::mem::forget(drawn);
    }

    /// A part that is made anew whenever a signal changes that it read.
    pub fn live<C: Child>(mut make: impl FnMut() -> C + Send + 'static) -> Self {
        Self::Live(Box::new(move || make().shown()))
    }
}

/// What gives one view after the other. Not `dyn Iterator`: that brings all the
/// other ways of going through it.
trait Views {
    fn one_more(&mut self) -> Option<View>;
}

impl<I: Iterator<Item = View>> Views for I {
    fn one_more(&mut self) -> Option<View> {
        self.next()
    }
}

/// Compiled once: a vector of its own is filled at each place otherwise.
#[inline(never)]
fn many(views: &mut dyn Views) -> View {
    let mut all = Vec::new();
    while let Some(view) = views.one_more() {
        all.push(view);
    }
    View::Many(all)
}

impl FromIterator<View> for View {
    fn from_iter<I: IntoIterator<Item = View>>(views: I) -> Self {
        many(&mut views.into_iter())
    }
}
