//! What can stand between two tags.

use std::borrow::Cow;
use std::sync::Arc;

use super::View;
use crate::signal::{Memo, RwSignal, Signal};

/// Something that can stand between two tags.
pub trait Child {
    fn shown(self) -> View;

    fn add(self, to: &mut Vec<View>)
    where
        Self: Sized,
    {
        push(to, self.shown());
    }
}

#[inline(never)]
fn push(to: &mut Vec<View>, view: View) {
    to.push(view);
}

#[inline(never)]
fn push_words(to: &mut Vec<View>, words: &'static str) {
    to.push(View::Text(Cow::Borrowed(words)));
}

impl Child for View {
    fn shown(self) -> View {
        self
    }
}

impl Child for () {
    fn shown(self) -> View {
        View::Nothing
    }
}

impl Child for &'static str {
    fn shown(self) -> View {
        View::Text(Cow::Borrowed(self))
    }
    fn add(self, to: &mut Vec<View>) {
        push_words(to, self);
    }
}

impl Child for String {
    fn shown(self) -> View {
        View::Text(Cow::Owned(self))
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Child for $number {
            fn shown(self) -> View {
                self.to_string().shown()
            }
        }
    )*};
}
numbers!(usize, u16, u32, u64, i64);

impl<C: Child> Child for Option<C> {
    fn shown(self) -> View {
        self.map(C::shown).unwrap_or_default()
    }
}

impl<C: Child> Child for Vec<C> {
    fn shown(self) -> View {
        View::Many(self.into_iter().map(C::shown).collect())
    }
}

impl<C: Child, const N: usize> Child for [C; N] {
    fn shown(self) -> View {
        View::Many(self.into_iter().map(C::shown).collect())
    }
}

impl<F, C> Child for F
where
    F: FnMut() -> C + Send + 'static,
    C: Child,
{
    fn shown(self) -> View {
        View::live(self)
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<C: Child + Clone + Send + Sync + 'static> Child for $signal<C> {
            fn shown(self) -> View {
                View::live(move || self.get())
            }
        }
    )*};
}
signals!(Signal, Memo, RwSignal);

/// What stands between the tags of a component, shown as often as it likes. One
/// that shows it once takes a [`View`].
pub type ChildrenFn = Arc<dyn Fn() -> View + Send + Sync>;

/// Kinds of children that [`children`] makes from a closure.
pub trait FromClosure<F> {
    fn from_closure(make: F) -> Self;
}

impl<F: FnOnce() -> View> FromClosure<F> for View {
    fn from_closure(make: F) -> Self {
        make()
    }
}

impl<F: Fn() -> View + Send + Sync + 'static> FromClosure<F> for ChildrenFn {
    fn from_closure(make: F) -> Self {
        Arc::new(make)
    }
}

/// Used by [`super::view!`]: what stands between a component's tags.
pub fn children<C: FromClosure<F>, F>(make: F) -> C {
    C::from_closure(make)
}
