//! What stands behind every handle, and the handle that all of them are.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude as graph;
use leptos::prelude::{ArcMemo, ArcRwSignal, Get, GetUntracked, GetValue, Set, Track};

use super::{Held, seen};

/// What makes a value. Not `dyn Fn`: that brings two more ways of calling with
/// it, compiled for every closure and never used.
pub(super) trait Make: Send + Sync {
    fn make(&self) -> Held;
}

/// A [`Make`] that knows whether a value is another one.
pub(super) trait Compare: Make {
    fn is_same(&self, before: &Held, now: &Held) -> bool;
}

/// What runs a callback, for the same reason not `dyn Fn`.
pub(super) trait Run<In>: Send + Sync {
    fn run(&self, with: In);
}

impl<In, F: Fn(In) + Send + Sync> Run<In> for F {
    fn run(&self, with: In) {
        self(with);
    }
}

#[derive(Clone)]
enum Node {
    Set(ArcRwSignal<Held>),
    Memo(ArcMemo<Held>),
    /// Made at each reading.
    Derived(Arc<dyn Make>),
    /// Never tracked.
    Kept(Held),
}

/// The place of a [`Node`], as long as the view that made it.
#[derive(Clone, Copy)]
pub(super) struct Place(graph::StoredValue<Node>);

impl Place {
    #[inline(never)]
    pub fn set(value: Held) -> Self {
        Self(graph::StoredValue::new(Node::Set(ArcRwSignal::new(value))))
    }

    #[inline(never)]
    pub fn memo(make: Box<dyn Compare>) -> Self {
        let memo = ArcMemo::new_owning(move |before: Option<Held>| {
            let now = make.make();
            let changed = before.is_none_or(|before| !make.is_same(&before, &now));
            (now, changed)
        });
        Self(graph::StoredValue::new(Node::Memo(memo)))
    }

    #[inline(never)]
    pub fn derived(make: Arc<dyn Make>) -> Self {
        Self(graph::StoredValue::new(Node::Derived(make)))
    }

    #[inline(never)]
    pub fn kept(value: Held) -> Self {
        Self(graph::StoredValue::new(Node::Kept(value)))
    }

    /// The value; the running effect or memo depends on it from now on.
    #[inline(never)]
    pub fn read(self) -> Held {
        match self.0.get_value() {
            Node::Set(signal) => signal.get(),
            Node::Memo(memo) => memo.get(),
            Node::Derived(make) => make.make(),
            Node::Kept(value) => value,
        }
    }

    #[inline(never)]
    pub fn read_untracked(self) -> Held {
        match self.0.get_value() {
            Node::Set(signal) => signal.get_untracked(),
            Node::Memo(memo) => memo.get_untracked(),
            Node::Derived(make) => graph::untrack(|| make.make()),
            Node::Kept(value) => value,
        }
    }

    /// The value that is kept, unless the view that made it is gone.
    #[inline(never)]
    pub fn try_kept(self) -> Option<Held> {
        match self.0.try_get_value()? {
            Node::Kept(value) => Some(value),
            _ => None,
        }
    }

    /// Sets the value, unless the view that made the signal is gone.
    #[inline(never)]
    pub fn write(self, value: Held) {
        if let Some(Node::Set(signal)) = self.0.try_get_value() {
            signal.set(value);
        }
    }

    /// Keeps another value, unless the view that kept it is gone.
    #[inline(never)]
    pub fn replace(self, value: Held) {
        drop(graph::SetValue::try_set_value(&self.0, Node::Kept(value)));
    }

    #[inline(never)]
    pub fn track(self) {
        if let Node::Set(signal) = self.0.get_value() {
            signal.track();
        }
    }
}

/// A type for each kind of handle; all of them are a place.
macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident<$value:ident> $of:ty,)*) => {$(
        $(#[$doc])*
        pub struct $name<$value> {
            pub(super) place: Place,
            pub(super) of: PhantomData<$of>,
        }

        impl<$value> Clone for $name<$value> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$value> Copy for $name<$value> {}

        impl<$value> $name<$value> {
            pub(super) const fn at(place: Place) -> Self {
                Self { place, of: PhantomData }
            }
        }
    )*};
}

handles! {
    /// A value that is set.
    RwSignal<T> fn() -> T,
    /// A value that follows others; its readers run when it becomes another one.
    Memo<T> fn() -> T,
    /// Any value that can be read.
    Signal<T> fn() -> T,
    /// A value that closures share by copying its handle; tracked by nobody.
    StoredValue<T> fn() -> T,
    /// A closure that takes `In`: a tuple, or the one value itself.
    Callback<In> fn(In),
}

macro_rules! readable {
    ($($name:ident),*) => {$(
        impl<T: Send + Sync + 'static> $name<T> {
            /// A copy of the value. Reactive.
            #[must_use]
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                seen::<T>(&self.place.read()).clone()
            }

            /// What `read` finds in the value. Reactive.
            pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                read(seen(&self.place.read()))
            }

            /// A copy of the value as it is now.
            #[must_use]
            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                seen::<T>(&self.place.read_untracked()).clone()
            }

            /// What `read` finds in the value as it is now.
            pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                read(seen(&self.place.read_untracked()))
            }
        }
    )*};
}
readable!(RwSignal, Memo, Signal);
