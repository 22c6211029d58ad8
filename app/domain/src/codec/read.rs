//! Reads CBOR from a slice, for serde.
//!
//! The items are found by code that is compiled once; what is generic, and so
//! compiled for every type, only hands them on.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected,
};
use serde::de::{VariantAccess, Visitor};

use super::Unreadable;

pub(super) const UNSIGNED: u8 = 0;
pub(super) const NEGATIVE: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;

pub(super) const NULL: u8 = SIMPLE << 5 | 22;
pub(super) const BREAK: u8 = SIMPLE << 5 | 31;
/// In place of an argument: a break ends it.
const UNTIL_BREAK: u8 = 31;

/// Deepest nesting that is read: real bodies need nine, hostile ones get an error.
const DEPTH: u8 = 48;

type Read<T> = Result<T, Unreadable>;

/// What is left of the bytes.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    /// How much deeper it may go.
    depth: u8,
    /// A string that came in pieces.
    joined: Vec<u8>,
}

/// One item, or the start of one that holds others.
pub(super) enum Item<'a> {
    Unsigned(u64),
    Negative(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(Left),
    Map(Left),
    Bool(bool),
    Null,
    Float(f64),
}

/// How many items or pairs follow; `None`: until a break.
pub(super) type Left = Option<u64>;

/// An item's first bytes.
struct Head {
    major: u8,
    info: u8,
    argument: u64,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, depth: DEPTH, joined: Vec::new() }
    }

    /// Nothing may follow the value.
    pub(super) fn end(&self) -> Read<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(Unreadable) }
    }

    fn take(&mut self, len: u64) -> Read<&'a [u8]> {
        let len = usize::try_from(len).map_err(|_| Unreadable)?;
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(Unreadable)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The first byte of the next item. Tags say nothing that we need.
    fn peek(&mut self) -> Read<u8> {
        loop {
            let first = *self.rest.first().ok_or(Unreadable)?;
            if first >> 5 != TAG {
                return Ok(first);
            }
            self.any_head()?;
        }
    }

    fn head(&mut self) -> Read<Head> {
        self.peek()?;
        self.any_head()
    }

    fn any_head(&mut self) -> Read<Head> {
        let first = *self.take(1)?.first().ok_or(Unreadable)?;
        let (major, info) = (first >> 5, first & 31);
        let argument = match info {
            0..24 => u64::from(info),
            24..28 => self.take(1 << (info - 24))?.iter().fold(0, |n, b| n << 8 | u64::from(*b)),
            UNTIL_BREAK if matches!(major, BYTES..=MAP) => 0,
            _ => return Err(Unreadable),
        };
        Ok(Head { major, info, argument })
    }

    pub(super) fn item(&mut self) -> Read<Item<'_>> {
        let Head { major, info, argument } = self.head()?;
        let left = (info != UNTIL_BREAK).then_some(argument);
        Ok(match major {
            UNSIGNED => Item::Unsigned(argument),
            NEGATIVE => Item::Negative(!i64::try_from(argument).map_err(|_| Unreadable)?),
            BYTES => Item::Bytes(self.string(BYTES, left)?),
            TEXT => Item::Text(std::str::from_utf8(self.string(TEXT, left)?).map_err(|_| Unreadable)?),
            ARRAY => Item::Array(left),
            MAP => Item::Map(left),
            _ => match info {
                20 | 21 => Item::Bool(info == 21),
                22 | 23 => Item::Null,
                25 => Item::Float(half(argument)),
                26 => Item::Float(f32::from_bits(u32::try_from(argument).map_err(|_| Unreadable)?).into()),
                27 => Item::Float(f64::from_bits(argument)),
                _ => return Err(Unreadable),
            },
        })
    }

    fn string(&mut self, major: u8, left: Left) -> Read<&[u8]> {
        if let Some(len) = left {
            return self.take(len);
        }
        self.joined.clear();
        loop {
            if self.broken() {
                return Ok(&self.joined);
            }
            let head = self.any_head()?;
            if head.major != major || head.info == UNTIL_BREAK {
                return Err(Unreadable);
            }
            let piece = self.take(head.argument)?;
            self.joined.extend_from_slice(piece);
        }
    }

    /// Whether a break comes next; takes it.
    fn broken(&mut self) -> bool {
        let rest = self.rest.strip_prefix(&[BREAK]);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn text(&mut self) -> Read<&str> {
        if let Item::Text(text) = self.item()? { Ok(text) } else { Err(Unreadable) }
    }

    fn array(&mut self) -> Read<Left> {
        if let Item::Array(left) = self.item()? { Ok(left) } else { Err(Unreadable) }
    }

    fn map(&mut self) -> Read<Left> {
        if let Item::Map(left) = self.item()? { Ok(left) } else { Err(Unreadable) }
    }

    fn unsigned(&mut self) -> Read<u64> {
        if let Item::Unsigned(number) = self.item()? { Ok(number) } else { Err(Unreadable) }
    }

    fn signed(&mut self) -> Read<i64> {
        match self.item()? {
            Item::Unsigned(number) => i64::try_from(number).map_err(|_| Unreadable),
            Item::Negative(number) => Ok(number),
            _ => Err(Unreadable),
        }
    }

    fn boolean(&mut self) -> Read<bool> {
        if let Item::Bool(yes) = self.item()? { Ok(yes) } else { Err(Unreadable) }
    }

    /// Whether a null comes next; takes it.
    fn null(&mut self) -> Read<bool> {
        let null = matches!(self.peek()?, NULL | 0xf7);
        if null {
            self.take(1)?;
        }
        Ok(null)
    }

    /// Passes over an item and everything in it.
    fn skip(&mut self) -> Read<()> {
        let (left, each) = match self.item()? {
            Item::Array(left) => (left, 1),
            Item::Map(left) => (left, 2),
            _ => return Ok(()),
        };
        let mut inside = self.inside(left)?;
        while inside.more()? {
            for _ in 0..each {
                inside.reader.skip()?;
            }
        }
        inside.close()
    }

    pub(super) fn inside(&mut self, left: Left) -> Read<Inside<'_, 'a>> {
        self.depth = self.depth.checked_sub(1).ok_or(Unreadable)?;
        Ok(Inside { reader: self, left })
    }
}

/// A half precision float (RFC 8949, appendix D).
fn half(bits: u64) -> f64 {
    let (exponent, mantissa) = (bits >> 10 & 31, bits & 0x3ff);
    // Two to the power of a small number, by its bits.
    let power = |n: u64| f64::from_bits((n + 1023 - 25) << 52);
    let whole = |n: u64| f64::from(u32::try_from(n).unwrap_or_default());
    let size = match exponent {
        0 => whole(mantissa) * power(1),
        31 if mantissa == 0 => f64::INFINITY,
        31 => f64::NAN,
        _ => whole(mantissa + 1024) * power(exponent),
    };
    if bits >> 15 == 1 { -size } else { size }
}

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
        let left = self.array()?;
        let mut inside = self.inside(left)?;
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
        let left = self.map()?;
        let mut inside = self.inside(left)?;
        let value = visitor.visit_map(&mut inside)?;
        inside.close().map(|()| value)
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        if self.peek()? >> 5 != MAP {
            return visitor.visit_enum(Variant(self, None));
        }
        let left = self.map()?;
        let mut inside = self.inside(left)?;
        if !inside.more()? {
            return Err(Unreadable);
        }
        let left = inside.left;
        visitor.visit_enum(Variant(self, Some(left)))
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
pub(super) struct Inside<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    left: Left,
}

impl Inside<'_, '_> {
    /// Whether another item or pair follows.
    pub(super) fn more(&mut self) -> Read<bool> {
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
    pub(super) fn close(mut self) -> Read<()> {
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

/// A variant: its name alone, or the one entry of a map.
struct Variant<'r, 'a>(&'r mut Reader<'a>, Option<Left>);

impl Variant<'_, '_> {
    /// After its content the map must end.
    fn close(self) -> Read<()> {
        let left = self.1.ok_or(Unreadable)?;
        Inside { reader: self.0, left }.close()
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<(T::Value, Self)> {
        Ok((seed.deserialize(&mut *self.0)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Read<()> {
        if self.1.is_none() { Ok(()) } else { Err(Unreadable) }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        let value = seed.deserialize(&mut *self.0)?;
        self.close().map(|()| value)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        let value = self.0.deserialize_seq(visitor)?;
        self.close().map(|()| value)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        let value = self.0.deserialize_map(visitor)?;
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
