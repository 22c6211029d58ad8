//! The one decimal number: exact, up to 28 digits, on `rust_decimal`.
//!
//! That library's operations are compiled into every place that calculates, and
//! its reader knows notations that nothing here writes: 7 KB of the app. Here
//! each operation is compiled once, and what is read is what is written: digits
//! with at most one point.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal as Exact, RoundingStrategy};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Equal if the numbers are: `1.5` and `1.50`. Calculating never overflows
/// silently; text on the wire and in records.
#[derive(Clone, Copy, Default)]
pub struct Decimal(Exact);

/// The text is no decimal, or one of more than 28 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDecimal;

impl Decimal {
    pub const ZERO: Self = Self(Exact::ZERO);
    pub const ONE: Self = Self(Exact::ONE);
    pub const TEN: Self = Self(Exact::TEN);
    pub const ONE_HUNDRED: Self = Self(Exact::ONE_HUNDRED);
    /// Most decimal places.
    pub const MAX_SCALE: u32 = Exact::MAX_SCALE;

    /// `mantissa` with the point `scale` digits from its end.
    ///
    /// # Panics
    /// Beyond [`Self::MAX_SCALE`].
    #[must_use]
    pub fn new(mantissa: i64, scale: u32) -> Self {
        Self(Exact::new(mantissa, scale))
    }

    /// The mantissa's 96 bits, lowest first.
    #[must_use]
    pub const fn from_parts(low: u32, middle: u32, high: u32, negative: bool, scale: u32) -> Self {
        Self(Exact::from_parts(low, middle, high, negative, scale))
    }

    /// As [`Self::new`]; `None` if it has more digits than there are.
    #[must_use]
    #[inline(never)]
    pub fn with_scale(mantissa: i128, scale: u32) -> Option<Self> {
        Exact::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }

    #[must_use]
    #[inline(never)]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    #[must_use]
    #[inline(never)]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        // The library's own subtraction is its addition once more.
        let less = if other.is_zero() { other } else { Self(-other.0) };
        self.checked_add(less)
    }

    #[must_use]
    #[inline(never)]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// `None` also if `other` is zero.
    #[must_use]
    #[inline(never)]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// Twice the number, or the largest one.
    #[must_use]
    #[inline(never)]
    pub fn doubled(self) -> Self {
        let most = if self.is_sign_negative() { Exact::MIN } else { Exact::MAX };
        self.checked_add(self).unwrap_or(Self(most))
    }

    /// Half away from zero, as spreadsheets do.
    #[must_use]
    #[inline(never)]
    pub fn round(self, places: u32) -> Self {
        Self(self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The next whole number that is not smaller.
    #[must_use]
    pub fn ceil(self) -> Self {
        Self(self.0.ceil())
    }

    /// Without zeros at the end of its decimals.
    #[must_use]
    #[inline(never)]
    pub fn normalize(self) -> Self {
        Self(self.0.normalize())
    }

    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Decimal places, zeros at the end included.
    #[must_use]
    pub const fn scale(self) -> u32 {
        self.0.scale()
    }

    #[must_use]
    #[inline(never)]
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    #[must_use]
    pub const fn is_sign_negative(self) -> bool {
        self.0.is_sign_negative()
    }
}

impl Ord for Decimal {
    #[inline(never)]
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

macro_rules! from_whole {
    ($($whole:ty),*) => {$(
        impl From<$whole> for Decimal {
            fn from(whole: $whole) -> Self {
                Self(whole.into())
            }
        }
    )*};
}
from_whole!(u8, u16, u32, u64, i32, i64);

/// What panics where a checked operation gives `None`: for the plan's import
/// and the demo office.
macro_rules! operator {
    ($($name:ident::$method:ident),*) => {$(
        impl $name for Decimal {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self(self.0.$method(other.0))
            }
        }
    )*};
}
operator!(Add::add, Sub::sub, Mul::mul, Div::div);

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        Self(numbers.map(|n| n.0).sum())
    }
}

impl<'a> Sum<&'a Self> for Decimal {
    fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
        numbers.copied().sum()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Decimal {
    type Err = NoDecimal;

    #[inline(never)]
    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        // A point stands between digits; the sign is the whole number's.
        if part.bytes().any(|b| !b.is_ascii_digit()) || part.is_empty() != (whole.len() == text.len()) {
            return Err(NoDecimal);
        }
        let mantissa = [whole, part].concat().parse().map_err(|_| NoDecimal)?;
        let scale = u32::try_from(part.len()).map_err(|_| NoDecimal)?;
        Self::with_scale(mantissa, scale).ok_or(NoDecimal)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.to_string())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal as text")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
                text.parse().map_err(|NoDecimal| E::custom("no decimal"))
            }
        }

        from.deserialize_str(Text)
    }
}
