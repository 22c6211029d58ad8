//! An element before it is in the page: its tag, attributes and children.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::attribute::{Attribute, Property, Toggle, Value};
use super::make::{Handle, Make};
use super::{Child, View};
use crate::signal::{NodeRef, RwSignal};

/// An element of the page with those inside of it. Made by [`super::view!`].
pub struct Element {
    /// What is text in the source, and marks for what is not (`marks`).
    pub(super) made: &'static str,
    /// In the order of their marks; what has none belongs to the outermost element.
    pub(super) parts: Vec<Part>,
    pub(super) children: Vec<View>,
}

/// One attribute, in any of its forms.
pub enum Part {
    Fixed(&'static str, Cow<'static, str>),
    Live(&'static str, Box<dyn Make<Option<Cow<'static, str>>>>),
    Class(&'static str, Box<dyn Make<bool>>),
    Property(&'static str, Box<dyn Make<Value>>),
    On(&'static str, Handler),
    /// Tells a `NodeRef` about the element.
    Tell(Box<dyn FnOnce(&web_sys::Element) + Send>),
}

/// What an event does.
pub type Handler = SendWrapper<Box<dyn Handle>>;

impl Element {
    /// The elements that `made` tells, still without their parts and children.
    #[inline(never)]
    #[must_use]
    pub fn new(made: &'static str) -> Box<Self> {
        Box::new(Self { made, parts: Vec::new(), children: Vec::new() })
    }

    #[inline(never)]
    pub(super) fn part(&mut self, part: Part) {
        self.parts.push(part);
    }

    #[inline(never)]
    pub(super) fn fixed_words(&mut self, name: &'static str, words: &'static str) {
        self.part(Part::Fixed(name, Cow::Borrowed(words)));
    }

    pub(super) fn fixed(&mut self, name: &'static str, words: Option<Cow<'static, str>>) {
        if let Some(words) = words {
            self.part(Part::Fixed(name, words));
        }
    }

    /// `name=value`: the value's text, nothing for `None` and `false`.
    pub fn attribute(&mut self, name: &'static str, value: impl Attribute) {
        value.set(self, name);
    }

    /// `class:name=value`: the class, as long as the value holds.
    pub fn class(&mut self, name: &'static str, value: impl Toggle) {
        value.set(self, name);
    }

    /// `prop:name=value`: a property that people change too.
    pub fn property(&mut self, name: &'static str, value: impl Property) {
        value.set(self, name);
    }

    /// `on:event=handler`. The handler runs where the element was made: it finds
    /// the same context.
    pub fn on<E>(&mut self, _event: E, name: &'static str, mut handler: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.listen(name, Box::new(move |event: web_sys::Event| handler(event.unchecked_into())));
    }

    #[inline(never)]
    fn listen(&mut self, name: &'static str, handler: Box<dyn Handle>) {
        self.part(Part::On(name, SendWrapper::new(handler)));
    }

    /// `node_ref=reference`: filled when the element is made.
    pub fn node_ref<E>(&mut self, node: NodeRef<E>) {
        self.tell(node.told());
    }

    #[inline(never)]
    fn tell(&mut self, told: RwSignal<Option<SendWrapper<web_sys::Element>>>) {
        self.part(Part::Tell(Box::new(move |element| told.set(Some(SendWrapper::new(element.clone()))))));
    }

    /// One more child, after the others.
    pub fn child(&mut self, child: impl Child) {
        child.add(&mut self.children);
    }
}
