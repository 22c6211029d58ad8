//! Measuring periods: year, semester, quarter (triwulan) or month.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A period. On the wire: `2026`, `2026-s2`, `2026-q3`, `2026-m09`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    pub year: u16,
    pub span: Span,
}

/// What part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    Month(u8),
    Quarter(u8),
    Semester(u8),
    Year,
}

impl Period {
    #[must_use]
    pub const fn quarter(year: u16, quarter: u8) -> Self {
        Self { year, span: Span::Quarter(quarter) }
    }

    #[must_use]
    pub const fn year(year: u16) -> Self {
        Self { year, span: Span::Year }
    }

    #[must_use]
    pub const fn semester(year: u16, semester: u8) -> Self {
        Self { year, span: Span::Semester(semester) }
    }

    /// The first and the last quarter that the period reaches into.
    #[must_use]
    pub const fn quarters(self) -> (u8, u8) {
        match self.span {
            Span::Quarter(q) => (q, q),
            Span::Semester(s) => (s.saturating_mul(2).saturating_sub(1), s.saturating_mul(2)),
            Span::Month(m) => (m.div_ceil(3), m.div_ceil(3)),
            Span::Year => (1, 4),
        }
    }

    /// How recent it is among periods of any length: what ends later, and of those the
    /// shortest, since offices measure by quarters before they sum up.
    #[must_use]
    pub const fn recency(self) -> (u16, u8, u8) {
        let (first, last) = self.quarters();
        (self.year, last, first)
    }

    /// Whether it is measured by quarters too: their figures add up to its own.
    #[must_use]
    pub const fn has_quarters(self) -> bool {
        matches!(self.span, Span::Semester(_) | Span::Year)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Option<crate::date::Date> {
        let month = match self.span {
            Span::Month(month) => month,
            Span::Quarter(quarter) => quarter.saturating_mul(3),
            Span::Semester(semester) => semester.saturating_mul(6),
            Span::Year => 12,
        };
        let (year, next) = (i32::from(self.year), month.saturating_add(1));
        let first = if next > 12 { (year + 1, 1) } else { (year, next) };
        Some(crate::date::Date::new(first.0, first.1, 1)?.add_days(-1))
    }

    /// The period of the same length before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        let year = self.year.saturating_sub(1);
        match self.span {
            Span::Month(1) => Self { year, span: Span::Month(12) },
            Span::Month(m) => Self { span: Span::Month(m.saturating_sub(1)), ..self },
            Span::Quarter(1) => Self { year, span: Span::Quarter(4) },
            Span::Quarter(q) => Self { span: Span::Quarter(q.saturating_sub(1)), ..self },
            Span::Semester(1) => Self { year, span: Span::Semester(2) },
            Span::Semester(s) => Self { span: Span::Semester(s.saturating_sub(1)), ..self },
            Span::Year => Self { year, span: Span::Year },
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Year => write!(f, "{:04}", self.year),
            Span::Semester(s) => write!(f, "{:04}-s{s}", self.year),
            Span::Quarter(q) => write!(f, "{:04}-q{q}", self.year),
            Span::Month(m) => write!(f, "{:04}-m{m:02}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not a period: {text:?}");
        let (year, rest) = text.split_once('-').map_or((text, None), |(y, r)| (y, Some(r)));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        let Some(rest) = rest else { return Ok(Self::year(year)) };
        let (letter, number) = rest.split_at_checked(1).ok_or_else(wrong)?;
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let n: u8 = number.parse().map_err(|_| wrong())?;
        let span = match (letter, n) {
            ("s", 1..=2) => Span::Semester(n),
            ("q", 1..=4) => Span::Quarter(n),
            ("m", 1..=12) => Span::Month(n),
            _ => return Err(wrong()),
        };
        Ok(Self { year, span })
    }
}

impl TryFrom<String> for Period {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}
