//! Hands what is read on to serde: the part that is compiled for every type.

use std::fmt;

use serde::de::value::U32Deserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::{Item, Left, Read, Reader};
use crate::codec::Unreadable;

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Unreadable;

    // Each item says itself whether it is bytes or text, so that an id is read
    // from both: from plain data as well as from a row.
    fn is_human_readable(&self) -> bool {
        true
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let left = match self.item()? {
            Item::Unsigned(number) => return visitor.visit_u64(number),
            Item::Negative(number) => return visitor.visit_i64(number),
            Item::Bytes(bytes) => return visitor.visit_bytes(bytes),
            Item::Text(text) => return visitor.visit_str(text),
            Item::Bool(yes) => return visitor.visit_bool(yes),
            Item::Null => return visitor.visit_unit(),
            Item::Float(number) => return visitor.visit_f64(number),
            Item::Array(left) => {
                let mut inside = self.inside(left)?;
                let value = visitor.visit_seq(&mut inside)?;
                return inside.close().map(|()| value);
            }
            Item::Map(left) => left,
        };
        let mut inside = self.inside(left)?;
        let value = visitor.visit_map(&mut inside)?;
        inside.close().map(|()| value)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_bool(self.boolean()?)
    }
    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }
    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }
    /// An id: text in plain data, bytes in rows and bodies.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.item()? {
            Item::Text(text) => visitor.visit_str(text),
            Item::Bytes(bytes) => visitor.visit_bytes(bytes),
            _ => Err(Unreadable),
        }
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }
    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.null()? { visitor.visit_unit() } else { Err(Unreadable) }
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let mut inside = self.array()?;
        let value = visitor.visit_seq(&mut inside)?;
        inside.close().map(|()| value)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let mut inside = self.map()?;
        let value = visitor.visit_map(&mut inside)?;
        inside.close().map(|()| value)
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let mut fields = self.fields(names)?;
        let value = visitor.visit_map(&mut fields)?;
        fields.inside.close().map(|()| value)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(self.variant(names)?)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 f32 f64 char }
}

/// What an array or a map still holds.
pub(in crate::codec) struct Inside<'r, 'a> {
    pub(in crate::codec) reader: &'r mut Reader<'a>,
    pub(super) left: Left,
}

impl Inside<'_, '_> {
    /// Whether another item or pair follows.
    pub(in crate::codec) fn more(&mut self) -> Read<bool> {
        self.left = match self.left {
            None if self.reader.broken() => Some(0),
            None => return Ok(true),
            Some(0) => Some(0),
            Some(left) => {
                self.left = Some(left - 1);
                return Ok(true);
            }
        };
        Ok(false)
    }

    /// Nothing may be left over.
    pub(in crate::codec) fn close(&mut self) -> Read<()> {
        if self.more()? {
            return Err(Unreadable);
        }
        self.reader.depth = self.reader.depth.saturating_add(1);
        Ok(())
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, '_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Inside<'_, '_> {
    type Error = Unreadable;

    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<T::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A type's fields. Which one a name means is found here, once for all types:
/// each would compare it with all of its own otherwise.
pub(super) struct Fields<'r, 'a> {
    pub inside: Inside<'r, 'a>,
    pub names: &'static [&'static str],
}

/// In place of a place: no field follows.
const NO_MORE: u32 = u32::MAX;
/// In place of a place: what follows is no field's name.
const NO_NAME: u32 = u32::MAX - 1;

impl Fields<'_, '_> {
    /// The next field's place. A bare number, because every type looks at it.
    #[inline(never)]
    fn next(&mut self) -> u32 {
        match self.inside.more() {
            Ok(true) => self.inside.reader.place(self.names).unwrap_or(NO_NAME),
            Ok(false) => NO_MORE,
            Err(Unreadable) => NO_NAME,
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Unreadable;

    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        match self.next() {
            NO_MORE => Ok(None),
            NO_NAME => Err(Unreadable),
            place => seed.deserialize(name_at(place)).map(Some),
        }
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<T::Value> {
        seed.deserialize(&mut *self.inside.reader)
    }
}

/// Types take a place in place of a name.
fn name_at(place: u32) -> U32Deserializer<Unreadable> {
    place.into_deserializer()
}

/// A variant by its place: its name stood alone, or as the one entry of a map.
pub(super) struct Variant<'r, 'a> {
    pub reader: &'r mut Reader<'a>,
    pub place: u32,
    /// What the map holds behind it.
    pub left: Option<Left>,
}

impl Variant<'_, '_> {
    /// After its content the map must end.
    fn close(self) -> Read<()> {
        let left = self.left.ok_or(Unreadable)?;
        Inside { reader: self.reader, left }.close()
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<(T::Value, Self)> {
        Ok((seed.deserialize(name_at(self.place))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Read<()> {
        if self.left.is_none() { Ok(()) } else { Err(Unreadable) }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        let value = seed.deserialize(&mut *self.reader)?;
        self.close().map(|()| value)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        let value = self.reader.deserialize_seq(visitor)?;
        self.close().map(|()| value)
    }
    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Read<V::Value> {
        let value = self.reader.deserialize_struct("", names, visitor)?;
        self.close().map(|()| value)
    }
}

/// None of these says anything: each would be compiled with its words otherwise.
impl Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}
