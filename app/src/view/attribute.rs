//! What can stand behind `name=`, `class:name=` and `prop:name=`.

use std::borrow::Cow;

use crate::signal::{Memo, RwSignal, Signal};

use super::element::{Element, Part};

/// An attribute's text; `None` takes the attribute away.
type Words = Option<Cow<'static, str>>;

/// A property of a form control: never an attribute, since people change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Flag(bool),
}

/// Plain values of an attribute.
trait Plain {
    fn words(self) -> Words;
}

impl Plain for &'static str {
    fn words(self) -> Words {
        Some(Cow::Borrowed(self))
    }
}

impl Plain for String {
    fn words(self) -> Words {
        Some(Cow::Owned(self))
    }
}

impl Plain for bool {
    fn words(self) -> Words {
        self.then_some(Cow::Borrowed(""))
    }
}

impl Plain for usize {
    fn words(self) -> Words {
        Some(Cow::Owned(self.to_string()))
    }
}

impl<P: Plain> Plain for Option<P> {
    fn words(self) -> Words {
        self.and_then(P::words)
    }
}

/// What can stand behind `name=`.
pub trait Attribute {
    fn set(self, element: &mut Element, name: &'static str);
}

macro_rules! plain {
    ($($plain:ty),*) => {$(
        impl Attribute for $plain {
            fn set(self, element: &mut Element, name: &'static str) {
                element.fixed(name, self.words());
            }
        }
    )*};
}
plain!(String, bool, usize);

impl Attribute for &'static str {
    fn set(self, element: &mut Element, name: &'static str) {
        element.fixed_words(name, self);
    }
}

impl<P: Plain> Attribute for Option<P> {
    fn set(self, element: &mut Element, name: &'static str) {
        element.fixed(name, self.words());
    }
}

impl<F, P> Attribute for F
where
    F: FnMut() -> P + Send + 'static,
    P: Plain,
{
    fn set(mut self, element: &mut Element, name: &'static str) {
        element.part(Part::Live(name, Box::new(move || self().words())));
    }
}

/// What can stand behind `class:name=`.
pub trait Toggle {
    fn set(self, element: &mut Element, class: &'static str);
}

impl Toggle for bool {
    fn set(self, element: &mut Element, class: &'static str) {
        element.part(Part::Class(class, Box::new(move || self)));
    }
}

impl<F: FnMut() -> bool + Send + 'static> Toggle for F {
    fn set(self, element: &mut Element, class: &'static str) {
        element.part(Part::Class(class, Box::new(self)));
    }
}

/// What can stand behind `prop:name=`.
pub trait Property {
    fn set(self, element: &mut Element, name: &'static str);
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl Property for bool {
    fn set(self, element: &mut Element, name: &'static str) {
        element.part(Part::Property(name, Box::new(move || Value::Flag(self))));
    }
}

impl<F, V> Property for F
where
    F: FnMut() -> V + Send + 'static,
    V: Into<Value>,
{
    fn set(mut self, element: &mut Element, name: &'static str) {
        element.part(Part::Property(name, Box::new(move || self().into())));
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<P: Plain + Clone + Send + Sync + 'static> Attribute for $signal<P> {
            fn set(self, element: &mut Element, name: &'static str) {
                Attribute::set(move || self.get(), element, name);
            }
        }
        impl Toggle for $signal<bool> {
            fn set(self, element: &mut Element, class: &'static str) {
                Toggle::set(move || self.get(), element, class);
            }
        }
        impl<V: Into<Value> + Clone + Send + Sync + 'static> Property for $signal<V> {
            fn set(self, element: &mut Element, name: &'static str) {
                Property::set(move || self.get(), element, name);
            }
        }
    )*};
}
signals!(Signal, Memo, RwSignal);
