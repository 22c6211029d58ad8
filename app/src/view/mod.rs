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

use std::borrow::Cow;

pub use takar_markup::view;

pub use attribute::{Attribute, Property, Toggle};
pub use child::{Child, ChildrenFn, children};
pub use element::Element;
pub use keyed::{Entry, entry, keyed};

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

impl FromIterator<View> for View {
    fn from_iter<I: IntoIterator<Item = View>>(views: I) -> Self {
        Self::Many(views.into_iter().collect())
    }
}
