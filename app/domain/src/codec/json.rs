//! JSON to our CBOR and back, without a type in between.
//!
//! Numbers are whole: decimals are text everywhere, and the tables for reading
//! and printing floats cost the app more than all of this.

use std::str::Chars;

use serde::Serializer;

use super::Unreadable;
use super::read::{ARRAY, BREAK, Inside, Item, MAP, Reader};
use super::write::{Done, Writer};

/// Deepest nesting of arrays and objects.
const DEPTH: u8 = 48;

/// Text as CBOR of plain data.
pub(super) fn parse(text: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let text = std::str::from_utf8(text).map_err(|_| Unreadable)?;
    let mut parser = Parser { rest: text.trim_start_matches(SPACE), writer: Writer::new(true), depth: DEPTH };
    parser.value()?;
    if parser.rest.is_empty() { Ok(parser.writer.out) } else { Err(Unreadable) }
}

const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

struct Parser<'a> {
    rest: &'a str,
    writer: Writer,
    depth: u8,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<(), Unreadable> {
        match self.rest.as_bytes().first() {
            Some(b'"') => self.string(),
            Some(b'[') => self.items("]", ARRAY, Self::value),
            Some(b'{') => self.items("}", MAP, Self::pair),
            Some(b'n') if self.takes("null") => written(self.writer.serialize_unit()),
            Some(b't') if self.takes("true") => written(self.writer.serialize_bool(true)),
            Some(b'f') if self.takes("false") => written(self.writer.serialize_bool(false)),
            _ => self.number(),
        }
    }

    /// Takes a token and the space behind it.
    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.map_or(self.rest, |rest| rest.trim_start_matches(SPACE));
        rest.is_some()
    }

    fn items(
        &mut self,
        end: &str,
        major: u8,
        item: fn(&mut Self) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        self.depth = self.depth.checked_sub(1).ok_or(Unreadable)?;
        self.rest = self.rest.get(1..).unwrap_or_default().trim_start_matches(SPACE);
        self.writer.open(major, None);
        let mut more = !self.takes(end);
        while more {
            item(self)?;
            more = self.takes(",");
            if !more && !self.takes(end) {
                return Err(Unreadable);
            }
        }
        self.writer.out.push(BREAK);
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    fn pair(&mut self) -> Result<(), Unreadable> {
        self.string()?;
        if self.takes(":") { self.value() } else { Err(Unreadable) }
    }

    fn number(&mut self) -> Result<(), Unreadable> {
        let inside = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|c| !inside(c)).unwrap_or(self.rest.len());
        let (number, _) = self.rest.split_at(end);
        let digits = number.strip_prefix('-').unwrap_or(number);
        if digits.starts_with('+') || (digits.starts_with('0') && digits.len() > 1) {
            return Err(Unreadable);
        }
        self.takes(number);
        if number.starts_with('-') {
            written(self.writer.serialize_i64(number.parse().map_err(|_| Unreadable)?))
        } else {
            written(self.writer.serialize_u64(number.parse().map_err(|_| Unreadable)?))
        }
    }

    fn string(&mut self) -> Result<(), Unreadable> {
        let mut chars = self.rest.strip_prefix('"').ok_or(Unreadable)?.chars();
        let mut text = String::new();
        loop {
            match chars.next().ok_or(Unreadable)? {
                '"' => break,
                '\\' => text.push(escaped(&mut chars)?),
                ..' ' => return Err(Unreadable),
                plain => text.push(plain),
            }
        }
        self.rest = chars.as_str().trim_start_matches(SPACE);
        written(self.writer.serialize_str(&text))
    }
}

/// What could be read was written.
const fn written(done: Done) -> Result<(), Unreadable> {
    let Ok(()) = done;
    Ok(())
}

fn escaped(chars: &mut Chars<'_>) -> Result<char, Unreadable> {
    Ok(match chars.next().ok_or(Unreadable)? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        plain @ ('"' | '\\' | '/') => plain,
        'u' => {
            let mut unit = four(chars)?;
            if (0xd800..0xdc00).contains(&unit) {
                // Half of a pair: characters beyond 16 bits.
                let second = chars.as_str().strip_prefix("\\u").ok_or(Unreadable)?;
                *chars = second.chars();
                let low = four(chars)?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Unreadable)?;
                unit = 0x1_0000 + ((unit - 0xd800) << 10) + low;
            }
            char::from_u32(unit).ok_or(Unreadable)?
        }
        _ => return Err(Unreadable),
    })
}

fn four(chars: &mut Chars<'_>) -> Result<u32, Unreadable> {
    let mut unit = 0;
    for _ in 0..4 {
        let digit = chars.next().and_then(|c| c.to_digit(16)).ok_or(Unreadable)?;
        unit = unit << 4 | digit;
    }
    Ok(unit)
}

/// CBOR of plain data as text.
pub(super) fn print(bytes: &[u8]) -> Result<String, Unreadable> {
    let mut text = String::new();
    item(&mut Reader::new(bytes), &mut text)?;
    Ok(text)
}

fn item(reader: &mut Reader<'_>, text: &mut String) -> Result<(), Unreadable> {
    match reader.item()? {
        Item::Unsigned(number) => text.push_str(&number.to_string()),
        Item::Negative(number) => text.push_str(&number.to_string()),
        Item::Text(plain) => quoted(plain, text),
        Item::Bool(yes) => text.push_str(if yes { "true" } else { "false" }),
        Item::Null => text.push_str("null"),
        Item::Array(left) => {
            text.push('[');
            let inside = reader.inside(left)?;
            items(inside, text, item)?;
            text.push(']');
        }
        Item::Map(left) => {
            text.push('{');
            let inside = reader.inside(left)?;
            items(inside, text, pair)?;
            text.push('}');
        }
        Item::Bytes(_) | Item::Float(_) => return Err(Unreadable),
    }
    Ok(())
}

type Print = fn(&mut Reader<'_>, &mut String) -> Result<(), Unreadable>;

fn items(mut inside: Inside<'_, '_>, text: &mut String, print: Print) -> Result<(), Unreadable> {
    let mut first = true;
    while inside.more()? {
        if !first {
            text.push(',');
        }
        first = false;
        print(inside.reader, text)?;
    }
    inside.close()
}

fn pair(reader: &mut Reader<'_>, text: &mut String) -> Result<(), Unreadable> {
    quoted(reader.text()?, text);
    text.push(':');
    item(reader, text)
}

fn quoted(plain: &str, text: &mut String) {
    text.push('"');
    for c in plain.chars() {
        let short = match c {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\t' => 't',
            '\r' => 'r',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            ..' ' => {
                let digit = |n: u32| char::from_digit(n, 16).unwrap_or('0');
                text.push_str("\\u00");
                text.extend([digit(u32::from(c) >> 4), digit(u32::from(c) & 15)]);
                continue;
            }
            plain => {
                text.push(plain);
                continue;
            }
        };
        text.extend(['\\', short]);
    }
    text.push('"');
}
