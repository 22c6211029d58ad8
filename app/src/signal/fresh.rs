//! Values that nobody compares.

/// In a memo: whatever is made is another value, so its readers run whenever it
/// is made. For large values whose comparing would cost the app more than the
/// running, where readers keep what a person typed or opened.
#[derive(Clone)]
pub struct Fresh<T>(pub T);

impl<T> PartialEq for Fresh<T> {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}
