//! A value that all closures and tasks of the page share.

use std::cell::{Ref, RefCell, RefMut};

/// A `RefCell` whose check is compiled once for its type, not into each of the
/// places that look.
#[derive(Default)]
pub struct Shared<T>(RefCell<T>);

impl<T> Shared<T> {
    pub const fn new(value: T) -> Self {
        Self(RefCell::new(value))
    }

    #[inline(never)]
    pub fn borrow(&self) -> Ref<'_, T> {
        self.0.borrow()
    }

    #[inline(never)]
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        self.0.borrow_mut()
    }

    /// Gives what was there.
    #[inline(never)]
    pub fn replace(&self, value: T) -> T {
        self.0.replace(value)
    }

    /// Leaves an empty one behind.
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(T::default())
    }
}
