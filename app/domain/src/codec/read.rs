//! Reads CBOR from a slice, for serde.
//!
//! The items are found by code that is compiled once; what is generic, and so
//! compiled for every type, only hands them on.

mod hand;

pub(super) use self::hand::Inside;
use self::hand::{Fields, Variant};
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

/// In place of a name's place, if there is no such name: behind all of them.
const BEHIND: u32 = 1 << 16;

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

    // What stands at the head of every type that is read is called, not copied.
    #[inline(never)]
    fn array(&mut self) -> Read<Inside<'_, 'a>> {
        if let Item::Array(left) = self.item()? { self.inside(left) } else { Err(Unreadable) }
    }

    #[inline(never)]
    fn map(&mut self) -> Read<Inside<'_, 'a>> {
        if let Item::Map(left) = self.item()? { self.inside(left) } else { Err(Unreadable) }
    }

    #[inline(never)]
    fn fields(&mut self, names: &'static [&'static str]) -> Read<Fields<'_, 'a>> {
        Ok(Fields { inside: self.map()?, names })
    }

    /// A variant's name alone, or a map of one entry: the name, then its content.
    #[inline(never)]
    fn variant(&mut self, names: &[&str]) -> Read<Variant<'_, 'a>> {
        if self.peek()? >> 5 != MAP {
            let place = self.place(names)?;
            return Ok(Variant { reader: self, place, left: None });
        }
        let mut inside = self.map()?;
        if !inside.more()? {
            return Err(Unreadable);
        }
        let place = inside.reader.place(names)?;
        Ok(Variant { reader: inside.reader, place, left: Some(inside.left) })
    }

    /// Where the text that comes next stands among `names`; behind them if it does not.
    fn place(&mut self, names: &[&str]) -> Read<u32> {
        let text = self.text()?;
        let place = names.iter().zip(0..).find(|(name, _)| **name == text);
        Ok(place.map_or(BEHIND, |(_, place)| place))
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
