//! What the whole app shares: one value of a type, for every page.
//!
//! Leptos' contexts belong to a part of the page, and their map is two kilobytes of
//! the app; nothing here differs from part to part.

use std::any::Any;
use std::cell::RefCell;

thread_local! {
    static SHARED: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// From now on `shared` gives this value of its type.
pub fn share<T: 'static>(value: T) {
    keep(Box::new(value));
}

#[inline(never)]
fn keep(value: Box<dyn Any>) {
    SHARED.with_borrow_mut(|all| all.push(value));
}

/// The app's value of this type, once it was shared.
#[must_use]
pub fn shared<T: Clone + 'static>() -> Option<T> {
    SHARED.with_borrow(|all| all.iter().find_map(|value| value.downcast_ref::<T>()).cloned())
}
