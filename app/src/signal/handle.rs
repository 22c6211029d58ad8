//! Making and using the handles.

use std::marker::PhantomData;
use std::sync::Arc;

use super::node::{Callback, Compare, Make, Memo, Place, Run, RwSignal, Signal, StoredValue};
use super::{Held, seen};

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that lives as long as the view that makes it.
    pub fn new(value: T) -> Self {
        Self::at(Place::set(Arc::new(value)))
    }

    /// Sets the value and its readers run, unless the view that made the
    /// signal is gone.
    pub fn set(&self, value: T) {
        self.place.write(Arc::new(value));
    }

    /// Sets what `change` makes of the value.
    pub fn update(&self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }

    /// The running effect or memo depends on the value from now on.
    pub fn track(&self) {
        self.place.track();
    }
}

/// A closure that makes a value of a known type.
struct Maker<F, T> {
    make: F,
    of: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static, F: Fn() -> T + Send + Sync> Make for Maker<F, T> {
    fn make(&self) -> Held {
        Arc::new((self.make)())
    }
}

impl<T: PartialEq + Send + Sync + 'static, F: Fn() -> T + Send + Sync> Compare for Maker<F, T> {
    fn is_same(&self, before: &Held, now: &Held) -> bool {
        seen::<T>(before) == seen::<T>(now)
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// Made by `make`, again whenever a signal changes that it read.
    pub fn new(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::at(Place::memo(Box::new(Maker { make, of: PhantomData })))
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// Made by `make` at each reading.
    pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::at(Place::derived(Arc::new(Maker { make, of: PhantomData })))
    }

    /// Never another value.
    pub fn stored(value: T) -> Self {
        Self::at(Place::kept(Arc::new(value)))
    }
}

impl<T: Send + Sync + Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::at(signal.place)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::at(memo.place)
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&'static str> for Signal<String> {
    #[inline(never)]
    fn from(words: &'static str) -> Self {
        Self::stored(words.to_owned())
    }
}

impl From<&'static str> for Signal<Option<String>> {
    #[inline(never)]
    fn from(words: &'static str) -> Self {
        Self::stored(Some(words.to_owned()))
    }
}

impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Kept as long as the view that makes it.
    pub fn new(value: T) -> Self {
        Self::at(Place::kept(Arc::new(value)))
    }

    /// A copy of the value.
    #[must_use]
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        seen::<T>(&self.place.read()).clone()
    }

    /// A copy of the value, unless the view that kept it is gone.
    #[must_use]
    pub fn try_get_value(&self) -> Option<T>
    where
        T: Clone,
    {
        Some(seen::<T>(&self.place.try_kept()?).clone())
    }

    /// What `read` finds in the value.
    pub fn with_value<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(seen(&self.place.read()))
    }

    /// Keeps another value, unless the view that kept it is gone.
    pub fn set_value(&self, value: T) {
        self.place.replace(Arc::new(value));
    }
}

impl<In: 'static> Callback<In> {
    /// Kept as long as the view that makes it.
    pub fn new(run: impl Fn(In) + Send + Sync + 'static) -> Self {
        Self::boxed(Box::new(run))
    }

    #[inline(never)]
    fn boxed(run: Box<dyn Run<In>>) -> Self {
        Self::at(Place::kept(Arc::new(run)))
    }

    /// Calls the closure.
    pub fn run(&self, with: In) {
        seen::<Box<dyn Run<In>>>(&self.place.read()).run(with);
    }

    /// Calls the closure, unless the view that made it is gone.
    pub fn try_run(&self, with: In) {
        if let Some(held) = self.place.try_kept() {
            seen::<Box<dyn Run<In>>>(&held).run(with);
        }
    }
}

/// What is given becomes the signal's value.
impl<T: Send + Sync + 'static> From<RwSignal<T>> for Callback<(T,)> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::new(move |(value,)| signal.set(value))
    }
}

impl<F: Fn() + Send + Sync + 'static> From<F> for Callback<()> {
    fn from(run: F) -> Self {
        Self::new(move |()| run())
    }
}

impl<A: 'static, F: Fn(A) + Send + Sync + 'static> From<F> for Callback<(A,)> {
    fn from(run: F) -> Self {
        Self::new(move |(value,)| run(value))
    }
}
