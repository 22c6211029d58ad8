//! Numbers as Indonesian offices write them: `1.234,56`.
//!
//! Reading is generous (`1,5`, `1.5`, `Rp 1.234.567,-`, `98,5 %`), but a text
//! that could be two numbers is asked about, never guessed. Every number is a
//! decimal within [`LIMIT`] and [`MAX_PLACES`], so that no later calculation
//! can overflow.

use crate::decimal::Decimal;

use crate::issue::Issue;

/// Largest magnitude that can be entered: 10^15 (a thousand trillion rupiah).
pub const LIMIT: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);
/// Most decimal places that can be entered.
pub const MAX_PLACES: u32 = 6;
/// Longer texts are not numbers (a pasted paragraph).
const MAX_CHARS: usize = 40;
const PATH: &str = "number";

/// What a typed text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Nothing typed: never zero.
    Empty,
    Number(Decimal),
    /// `1.234`: one thousand two hundred thirty-four, or a bit more than one.
    Ambiguous {
        as_thousands: Decimal,
        as_decimal: Decimal,
    },
}

/// Reads a number as typed or pasted.
///
/// # Errors
/// `number.shape` if it is not a number, `number.too_large` beyond 10^15,
/// `number.too_many_places` beyond six decimals.
pub fn parse(text: &str) -> Result<Parsed, Issue> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
    if plain.is_empty() {
        return Ok(Parsed::Empty);
    }
    let shape = || Issue::hard("number.shape", PATH).with("text", shortened(text));
    if plain.chars().count() > MAX_CHARS {
        return Err(shape());
    }
    let (rest, minus) = strip_minus(&plain);
    let (rest, rupiah) = strip_rupiah(rest);
    let (rest, minus) = if minus { (rest, true) } else { strip_minus(rest) };
    let rest = rest.strip_suffix('%').unwrap_or(rest);
    // An amount on a receipt ends in ",-".
    let rest = if rupiah { rest.trim_end_matches('-').trim_end_matches([',', '.']) } else { rest };
    if !rest.bytes().any(|b| b.is_ascii_digit())
        || !rest.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return Err(shape());
    }
    match read(rest, rupiah).ok_or_else(shape)? {
        Reading::One(whole, part) => Ok(Parsed::Number(build(minus, &whole, part)?)),
        Reading::Two(whole, part) => Ok(Parsed::Ambiguous {
            as_thousands: build(minus, &[whole, part].concat(), "")?,
            as_decimal: build(minus, whole, part)?,
        }),
    }
}

enum Reading<'a> {
    One(String, &'a str),
    /// Both readings are possible: the parts before and after the separator.
    Two(&'a str, &'a str),
}

fn read(text: &str, rupiah: bool) -> Option<Reading<'_>> {
    let Some(last) = text.rfind(['.', ',']) else {
        return Some(Reading::One(text.into(), ""));
    };
    let separator = text.as_bytes()[last];
    let (whole, part) = (&text[..last], &text[last + 1..]);
    let same = whole.bytes().any(|b| b == separator);
    let other = whole.bytes().any(|b| b != separator && !b.is_ascii_digit());
    match (same, other) {
        // "1.234.567": only thousands.
        (true, false) => Some(Reading::One(grouped(text, char::from(separator))?, "")),
        // "1.234,5" or "1,234.5": the last separator is the decimal one.
        (false, true) => {
            let thousands = if separator == b',' { '.' } else { ',' };
            Some(Reading::One(grouped(whole, thousands)?, part))
        }
        (true, true) => None,
        (false, false) => {
            let looks_grouped = part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            match (separator, looks_grouped) {
                (b'.', true) if rupiah => Some(Reading::One([whole, part].concat(), "")),
                (b'.', true) => Some(Reading::Two(whole, part)),
                _ => Some(Reading::One(whole.into(), part)),
            }
        }
    }
}

/// Digits of `1.234.567`, if the groups are of three.
fn grouped(text: &str, separator: char) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let well = (1..=3).contains(&first.len())
        && groups.clone().count() > 0
        && groups.clone().all(|g| g.len() == 3)
        && text.bytes().all(|b| b.is_ascii_digit() || char::from(b) == separator);
    well.then(|| text.split(separator).collect())
}

fn strip_minus(text: &str) -> (&str, bool) {
    // Word processors turn a hyphen into a dash or a real minus sign.
    let rest = text.strip_prefix(['-', '\u{2212}', '\u{2013}']);
    (rest.unwrap_or(text), rest.is_some())
}

fn strip_rupiah(text: &str) -> (&str, bool) {
    let rest = text.get(..2).filter(|head| head.eq_ignore_ascii_case("rp")).map(|_| &text[2..]);
    rest.map_or((text, false), |r| (r.strip_prefix('.').unwrap_or(r), true))
}

fn build(minus: bool, whole: &str, part: &str) -> Result<Decimal, Issue> {
    let part = part.trim_end_matches('0');
    if part.len() > MAX_PLACES as usize {
        return Err(Issue::hard("number.too_many_places", PATH));
    }
    let too_large = || Issue::hard("number.too_large", PATH);
    let whole = whole.trim_start_matches('0');
    if whole.len() > 16 {
        return Err(too_large());
    }
    let digits = [whole, part].concat();
    let mantissa: i128 = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| too_large())? };
    let signed = if minus { -mantissa } else { mantissa };
    let scale = u32::try_from(part.len()).unwrap_or(MAX_PLACES);
    let number = Decimal::with_scale(signed, scale).ok_or_else(too_large)?;
    if number.abs() > LIMIT { Err(too_large()) } else { Ok(number.normalize()) }
}

/// Whether a number that did not come through [`parse`] keeps the same bounds.
///
/// # Errors
/// `number.too_large` or `number.too_many_places`, at `path`.
pub fn within_bounds(number: Decimal, path: &str) -> Result<(), Issue> {
    if number.abs() > LIMIT {
        return Err(Issue::hard("number.too_large", path));
    }
    if number.normalize().scale() > MAX_PLACES {
        return Err(Issue::hard("number.too_many_places", path));
    }
    Ok(())
}

/// Rounds half away from zero, as spreadsheets do.
#[must_use]
pub fn round(n: Decimal, places: u32) -> Decimal {
    n.round(places)
}

/// `1.234,56`, without trailing zeros.
#[must_use]
pub fn format(n: Decimal) -> String {
    grouped_text(n.normalize(), 0)
}

/// Exactly `places` decimals, rounded half away from zero: `98,50`.
#[must_use]
pub fn format_places(n: Decimal, places: u32) -> String {
    let places = places.min(Decimal::MAX_SCALE);
    grouped_text(round(n, places), places as usize)
}

/// `Rp1.234.567`; decimals only if there are any.
#[must_use]
pub fn format_rupiah(n: Decimal) -> String {
    let n = round(n, 2);
    let text = if n.is_integer() { format(n) } else { format_places(n, 2) };
    text.strip_prefix('-').map_or_else(|| ["Rp", &text].concat(), |rest| ["-Rp", rest].concat())
}

/// `98,50%`: no space, as offices write it.
#[must_use]
pub fn format_percent(n: Decimal, places: u32) -> String {
    format_places(n, places) + "%"
}

fn grouped_text(n: Decimal, least_places: usize) -> String {
    let plain = n.abs().to_string();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::with_capacity(plain.len() + whole.len() / 3 + 4);
    if n.is_sign_negative() && !n.is_zero() {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if part.len().max(least_places) > 0 {
        out.push(',');
        out.push_str(part);
        out.extend(std::iter::repeat_n('0', least_places.saturating_sub(part.len())));
    }
    out
}

fn shortened(text: &str) -> String {
    text.trim().chars().take(MAX_CHARS).collect()
}
