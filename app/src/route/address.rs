//! Reading an address of the app.

use web_sys::UrlSearchParams;

/// Path and question of an address inside the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub path: String,
    /// With the `?`, empty without one.
    pub search: String,
}

impl Address {
    /// The value behind `?name=`; `None` if it is absent or empty.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let search = UrlSearchParams::new_with_str(&self.search).ok()?;
        search.get(name).filter(|value| !value.is_empty())
    }
}

/// The part of a path at a place: 0 is `isi` in `/isi/…`.
#[must_use]
pub fn segment(path: &str, place: usize) -> Option<&str> {
    path.split('/').filter(|part| !part.is_empty()).nth(place)
}

/// Addresses that the server answers itself.
pub fn is_outside(path: &str) -> bool {
    matches!(segment(path, 0), Some("api" | "pkg"))
}
