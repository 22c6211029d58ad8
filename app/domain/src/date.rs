//! Dates, quarters and clock times as offices write them.
//!
//! `5 Februari 2026`, `Triwulan III 2026`, `09.31 WIB`. Stored as ISO dates and
//! milliseconds UTC; the office's zone is only for reading.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Month, Weekday};

use crate::config::Zone;
use crate::issue::Issue;
use crate::period::{Period, Span};

/// A calendar day between 1900 and 2200, ISO on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(time::Date);

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

impl Date {
    /// The day, if it exists.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        let date = time::Date::from_calendar_date(year, month, day).ok()?;
        (1900..=2200).contains(&year).then_some(Self(date))
    }

    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    #[must_use]
    pub const fn day(self) -> u8 {
        self.0.day()
    }

    /// The quarter the day lies in.
    #[must_use]
    pub fn quarter(self) -> Period {
        let year = u16::try_from(self.year()).unwrap_or_default();
        Period::quarter(year, (self.month() - 1) / 3 + 1)
    }

    /// Days later, or earlier if negative; stays at the edge of the calendar.
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        let julian = self.0.to_julian_day().saturating_add(days);
        time::Date::from_julian_day(julian).map_or(self, Self)
    }

    /// Days from this day to `later`; negative if it is earlier.
    #[must_use]
    pub const fn days_until(self, later: Self) -> i32 {
        later.0.to_julian_day() - self.0.to_julian_day()
    }

    /// Saturday or Sunday; holidays are data elsewhere.
    #[must_use]
    pub const fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> usize {
        self.0.weekday().number_days_from_monday().into()
    }

    /// `Senin` to `Minggu`.
    #[must_use]
    pub const fn weekday_name(self) -> &'static str {
        match self.0.weekday() {
            Weekday::Monday => "Senin",
            Weekday::Tuesday => "Selasa",
            Weekday::Wednesday => "Rabu",
            Weekday::Thursday => "Kamis",
            Weekday::Friday => "Jumat",
            Weekday::Saturday => "Sabtu",
            Weekday::Sunday => "Minggu",
        }
    }

    /// `5 Februari 2026`.
    #[must_use]
    pub fn format_long(self) -> String {
        format!("{} {} {}", self.day(), MONTHS[usize::from(self.month()) - 1], self.year())
    }

    /// `5 Feb`, for narrow places.
    #[must_use]
    pub fn format_short(self) -> String {
        format!("{} {}", self.day(), &MONTHS[usize::from(self.month()) - 1][..3])
    }
}

impl fmt::Display for Date {
    /// ISO: `2026-02-05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = Issue;
    /// Reads ISO only; typed dates go through [`parse_indonesian`].
    fn from_str(text: &str) -> Result<Self, Issue> {
        iso(text).ok_or_else(|| Issue::hard("date.shape", PATH))
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        iso(&text).ok_or_else(|| format!("not an ISO date: {text:?}"))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

const PATH: &str = "date";

fn iso(text: &str) -> Option<Date> {
    let ascii = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    if !ascii || parts.next().is_some() || y.len() != 4 || m.len() != 2 {
        return None;
    }
    Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
}

/// Reads a typed date, day first: `5 Februari 2026`, `5/2/2026`, `05-02-2026`,
/// `5.2.26`, and ISO. A weekday in front is ignored (`Kamis, 5 Februari 2026`).
///
/// # Errors
/// `date.shape` if it is not a date, `date.no_such_day` for `31 April`.
pub fn parse_indonesian(text: &str) -> Result<Date, Issue> {
    let text = text.trim();
    if let Some(date) = iso(text) {
        return Ok(date);
    }
    let shape = || Issue::hard("date.shape", PATH);
    let rest = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut parts = rest.split([' ', '/', '-', '.', '\u{a0}']).filter(|p| !p.is_empty());
    let (Some(d), Some(m), Some(y), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(shape());
    };
    let number = |t: &str| t.parse::<u8>().ok();
    let day = number(d).ok_or_else(shape)?;
    let month = number(m).or_else(|| month_number(m)).ok_or_else(shape)?;
    let year: i32 = match y.len() {
        4 => y.parse().map_err(|_| shape())?,
        2 => 2000 + i32::from(number(y).ok_or_else(shape)?),
        _ => return Err(shape()),
    };
    Date::new(year, month, day).ok_or_else(|| Issue::hard("date.no_such_day", PATH))
}

/// Full names and the abbreviations in use, old spellings too.
fn month_number(name: &str) -> Option<u8> {
    let lower = name.to_ascii_lowercase();
    let alias = match lower.as_str() {
        "peb" | "pebruari" => Some(2),
        "mrt" => Some(3),
        "agt" | "agust" => Some(8),
        "nop" | "nopember" => Some(11),
        _ => None,
    };
    alias.or_else(|| {
        let found = MONTHS.iter().position(|m| {
            let m = m.to_ascii_lowercase();
            m == lower || (lower.len() == 3 && m.starts_with(&lower))
        })?;
        u8::try_from(found + 1).ok()
    })
}

/// `Triwulan III 2026`; `Semester II 2026`, `September 2026`, `Tahun 2026`.
#[must_use]
pub fn period_name(period: Period) -> String {
    let year = period.year;
    match period.span {
        Span::Quarter(q) => format!("Triwulan {} {year}", roman(q)),
        Span::Semester(s) => format!("Semester {} {year}", roman(s)),
        Span::Month(m) => format!("{} {year}", MONTHS[usize::from(m.clamp(1, 12)) - 1]),
        Span::Year => format!("Tahun {year}"),
    }
}

/// `TW III`, `SM II`, `Sep`, `2026`: for narrow columns.
#[must_use]
pub fn period_short(period: Period) -> String {
    match period.span {
        Span::Quarter(q) => format!("TW {}", roman(q)),
        Span::Semester(s) => format!("SM {}", roman(s)),
        Span::Month(m) => MONTHS[usize::from(m.clamp(1, 12)) - 1][..3].into(),
        Span::Year => period.year.to_string(),
    }
}

const fn roman(n: u8) -> &'static str {
    match n {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

const fn offset(zone: Zone) -> i64 {
    match zone {
        Zone::Wib => 7 * HOUR,
        Zone::Wita => 8 * HOUR,
        Zone::Wit => 9 * HOUR,
    }
}

/// The zone's abbreviation, `WIB`.
#[must_use]
pub const fn zone_name(zone: Zone) -> &'static str {
    match zone {
        Zone::Wib => "WIB",
        Zone::Wita => "WITA",
        Zone::Wit => "WIT",
    }
}

/// `09.31 WIB` for milliseconds since 1970 UTC.
#[must_use]
pub fn clock(ms_utc: i64, zone: Zone) -> String {
    format!("{} {}", hour_minute(ms_utc, zone), zone_name(zone))
}

/// `6 Oktober 2026 pukul 16.02`.
#[must_use]
pub fn date_clock(ms_utc: i64, zone: Zone) -> String {
    format!("{} pukul {}", date_of(ms_utc, zone).format_long(), hour_minute(ms_utc, zone))
}

/// The day in the office's zone; the edge of the calendar for absurd clocks.
#[must_use]
pub fn date_of(ms_utc: i64, zone: Zone) -> Date {
    const EPOCH: i64 = 2_440_588; // Julian day of 1970-01-01.
    const FIRST: i64 = 2_415_021; // 1900-01-01
    const LAST: i64 = 2_524_958; // 2200-12-31
    let days = ms_utc.saturating_add(offset(zone)).div_euclid(DAY);
    let julian = days.saturating_add(EPOCH).clamp(FIRST, LAST);
    let julian = i32::try_from(julian).unwrap_or_default();
    Date(time::Date::from_julian_day(julian).unwrap_or(time::Date::MIN))
}

/// Whole minutes since midnight in the office's zone.
#[must_use]
pub fn minute_of_day(ms_utc: i64, zone: Zone) -> u16 {
    let minutes = ms_utc.saturating_add(offset(zone)).rem_euclid(DAY) / 60_000;
    u16::try_from(minutes).unwrap_or_default()
}

fn hour_minute(ms_utc: i64, zone: Zone) -> String {
    let minutes = minute_of_day(ms_utc, zone);
    format!("{:02}.{:02}", minutes / 60, minutes % 60)
}
