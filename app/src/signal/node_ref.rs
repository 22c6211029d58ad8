//! A handle to an element of the view.

use std::marker::PhantomData;

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::RwSignal;

/// An element, once it is made: `node_ref=reference`.
pub struct NodeRef<E> {
    element: RwSignal<Option<SendWrapper<web_sys::Element>>>,
    of: PhantomData<fn() -> E>,
}

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}

impl<E: JsCast> NodeRef<E> {
    /// A handle to no element yet.
    #[must_use]
    pub fn new() -> Self {
        Self { element: RwSignal::new(None), of: PhantomData }
    }

    /// The element. Reactive.
    #[must_use]
    pub fn get(&self) -> Option<E> {
        self.element.get().map(|element| element.take().unchecked_into())
    }

    /// The element as it is now.
    #[must_use]
    pub fn get_untracked(&self) -> Option<E> {
        self.element.get_untracked().map(|element| element.take().unchecked_into())
    }
}

impl<E: JsCast> Default for NodeRef<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> NodeRef<E> {
    /// The signal that the element is told to.
    pub(crate) fn told(&self) -> RwSignal<Option<SendWrapper<web_sys::Element>>> {
        self.element
    }
}
