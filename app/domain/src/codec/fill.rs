//! What `#[derive(Readable)]` calls: reads the fields of a struct into their places.

mod blank;

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

pub use self::blank::Blank;

/// The names of a struct's fields; read, a name is its place among them, and one that
/// is none of them the place behind them.
#[derive(Clone, Copy)]
pub struct Name(pub &'static [&'static str]);

impl<'de> serde::de::DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.iter().position(|known| *known == name).unwrap_or(self.0.len()))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<usize, E> {
        Ok(self.0.iter().position(|known| known.as_bytes() == name).unwrap_or(self.0.len()))
    }

    /// The reader of our CBOR found the place already.
    fn visit_u32<E: Error>(self, place: u32) -> Result<usize, E> {
        let behind = self.0.len();
        Ok(usize::try_from(place).map_or(behind, |place| place.min(behind)))
    }
}

/// A struct whose fields are read by their place.
pub trait Fill<'de, A: MapAccess<'de>> {
    /// Reads the value of the field at this place, or passes over it.
    ///
    /// # Errors
    /// Of the format.
    fn put(&mut self, place: usize, map: &mut A) -> Result<(), A::Error>;
}

/// Reads a struct: its names, a bit for each that is required, and where to put it.
/// Compiled once for all structs.
///
/// # Errors
/// Of the format, a name comes twice, or a required one is missing.
#[inline(never)]
pub fn fill<'de, A: MapAccess<'de>>(
    map: &mut A,
    names: &'static [&'static str],
    required: u64,
    it: &mut dyn Fill<'de, A>,
) -> Result<(), A::Error> {
    let mut read = 0;
    while let Some(place) = map.next_key_seed(Name(names))? {
        let bit = 1 << place;
        if let Some(name) = names.get(place).filter(|_| read & bit != 0) {
            return Err(Error::duplicate_field(name));
        }
        read |= bit;
        it.put(place, map)?;
    }
    let missing = names.iter().enumerate().find(|(place, _)| required & !read & 1 << place != 0);
    missing.map_or(Ok(()), |(_, name)| Err(Error::missing_field(name)))
}

/// Reads the value of a field into its place.
///
/// # Errors
/// Of the format.
#[inline(never)]
pub fn put<'de, R, T, A>(map: &mut A, place: &mut T) -> Result<(), A::Error>
where
    R: Deserialize<'de> + Into<T>,
    A: MapAccess<'de>,
{
    *place = map.next_value::<R>()?.into();
    Ok(())
}

/// Passes over the value of a field that nobody knows.
///
/// # Errors
/// Of the format.
#[inline(never)]
pub fn pass<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}
