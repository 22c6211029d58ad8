//! Writes CBOR in its shortest form, as serde's data model maps to it.

use std::fmt;

use serde::Serialize;
use serde::ser::{
    Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::read::{ARRAY, BREAK, BYTES, MAP, NEGATIVE, NULL, TEXT, UNSIGNED};

pub(super) type Done = Result<(), Never>;

/// Memory takes everything: whoever writes need not look whether it was taken.
#[derive(Debug)]
pub(super) enum Never {}

/// Bytes in the making. `readable`: ids and byte strings as text, as in JSON.
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    readable: bool,
}

impl Writer {
    pub(super) const fn new(readable: bool) -> Self {
        Self { out: Vec::new(), readable }
    }

    /// An item's first bytes: major type and argument, as short as can be.
    fn head(&mut self, major: u8, argument: u64) {
        let (info, wide) = match argument {
            0..24 => (argument.to_le_bytes()[0], 0),
            24..0x100 => (24, 1),
            0x100..0x1_0000 => (25, 2),
            0x1_0000..0x1_0000_0000 => (26, 4),
            _ => (27, 8),
        };
        self.out.push(major << 5 | info);
        self.out.extend_from_slice(&argument.to_be_bytes()[8 - wide..]);
    }

    fn string(&mut self, major: u8, bytes: &[u8]) {
        self.head(major, bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    pub(super) fn open(&mut self, major: u8, len: Option<usize>) -> Open<'_> {
        match len {
            Some(len) => self.head(major, len as u64),
            None => self.out.push(major << 5 | 31),
        }
        Open { writer: self, until_break: len.is_none() }
    }

    /// A type's fields are counted while they are written: each type would look
    /// at every one of them twice otherwise.
    #[inline(never)]
    fn fields(&mut self) -> Fields<'_> {
        let head = self.out.len();
        self.out.push(MAP << 5);
        Fields { writer: self, head, count: 0 }
    }

    /// A variant with content is a map of one entry.
    fn variant(&mut self, name: &str) {
        self.head(MAP, 1);
        self.string(TEXT, name.as_bytes());
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    fn is_human_readable(&self) -> bool {
        self.readable
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.out.push(NULL - 2 + u8::from(value));
        Ok(())
    }
    fn serialize_i8(self, value: i8) -> Done {
        self.serialize_i64(value.into())
    }
    fn serialize_i16(self, value: i16) -> Done {
        self.serialize_i64(value.into())
    }
    fn serialize_i32(self, value: i32) -> Done {
        self.serialize_i64(value.into())
    }
    fn serialize_i64(self, value: i64) -> Done {
        let major = if value < 0 { NEGATIVE } else { UNSIGNED };
        // -1 stands as 0, -2 as 1 and so on.
        self.head(major, if value < 0 { !value } else { value }.cast_unsigned());
        Ok(())
    }
    fn serialize_u8(self, value: u8) -> Done {
        self.serialize_u64(value.into())
    }
    fn serialize_u16(self, value: u16) -> Done {
        self.serialize_u64(value.into())
    }
    fn serialize_u32(self, value: u32) -> Done {
        self.serialize_u64(value.into())
    }
    fn serialize_u64(self, value: u64) -> Done {
        self.head(UNSIGNED, value);
        Ok(())
    }
    fn serialize_f32(self, value: f32) -> Done {
        self.serialize_f64(value.into())
    }
    /// Nothing of ours is a float; somebody else's keeps all its digits.
    fn serialize_f64(self, value: f64) -> Done {
        self.out.push(NULL - 22 + 27);
        self.out.extend_from_slice(&value.to_be_bytes());
        Ok(())
    }
    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, value: &str) -> Done {
        self.string(TEXT, value.as_bytes());
        Ok(())
    }
    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.string(BYTES, value);
        Ok(())
    }
    fn serialize_none(self) -> Done {
        self.out.push(NULL);
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Done {
        self.serialize_none()
    }
    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_none()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        self.variant(variant);
        value.serialize(self)
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<Open<'a>, Never> {
        Ok(self.open(ARRAY, len))
    }
    fn serialize_tuple(self, len: usize) -> Result<Open<'a>, Never> {
        Ok(self.open(ARRAY, Some(len)))
    }
    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Open<'a>, Never> {
        Ok(self.open(ARRAY, Some(len)))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Open<'a>, Never> {
        self.variant(variant);
        Ok(self.open(ARRAY, Some(len)))
    }
    fn serialize_map(self, len: Option<usize>) -> Result<Open<'a>, Never> {
        Ok(self.open(MAP, len))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, Never> {
        Ok(self.fields())
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, Never> {
        self.variant(variant);
        Ok(self.fields())
    }
}

/// An array or map whose items follow.
pub(super) struct Open<'a> {
    writer: &'a mut Writer,
    until_break: bool,
}

impl Open<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        if self.until_break {
            self.writer.out.push(BREAK);
        }
    }
}

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.item(key)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.item(value)
    }
    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

/// A type's fields: a map whose head is written when they are counted.
pub(super) struct Fields<'a> {
    writer: &'a mut Writer,
    head: usize,
    count: u8,
}

impl Fields<'_> {
    #[inline(never)]
    fn key(&mut self, key: &'static str) {
        self.count += 1;
        self.writer.string(TEXT, key.as_bytes());
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        self.key(key);
        value.serialize(&mut *self.writer)
    }

    #[inline(never)]
    fn close(self) {
        let out = &mut self.writer.out;
        if self.count < 24 {
            out[self.head] |= self.count;
        } else {
            out[self.head] |= 24;
            out.insert(self.head + 1, self.count);
        }
    }
}

/// Compounds differ in nothing but the trait's and method's name.
macro_rules! compound {
    ($($name:ident for $what:ident: $method:ident($($key:ident)?) => $call:ident;)*) => {$(
        impl $name for $what<'_> {
            type Ok = ();
            type Error = Never;
            fn $method<T: Serialize + ?Sized>(&mut self, $($key: &'static str,)? value: &T) -> Done {
                self.$call($($key,)? value)
            }
            fn end(self) -> Done {
                self.close();
                Ok(())
            }
        }
    )*};
}
compound! {
    SerializeSeq for Open: serialize_element() => item;
    SerializeTuple for Open: serialize_element() => item;
    SerializeTupleStruct for Open: serialize_field() => item;
    SerializeTupleVariant for Open: serialize_field() => item;
    SerializeStruct for Fields: serialize_field(key) => field;
    SerializeStructVariant for Fields: serialize_field(key) => field;
}

impl Error for Never {
    #[expect(clippy::panic, reason = "our types have no failing Serialize")]
    fn custom<T: fmt::Display>(_: T) -> Self {
        panic!("a value refused to be written")
    }
}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}
