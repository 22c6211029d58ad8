//! The office's calendar: all of it data, with a default that offices change.

use serde::Serialize;
use takar_derive::Readable;

use crate::date::Date;
use crate::issue::Issue;
use crate::sorted::Map;

/// Most dated ranges of hours in one calendar.
pub const MAX_RANGES: usize = 100;
/// Most holidays in one calendar: twenty years of them.
pub const MAX_HOLIDAYS: usize = 1_000;
/// Minutes of one day.
pub const DAY: u16 = 24 * 60;

/// Part of a day, in minutes after midnight; `to` is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Interval {
    pub from: u16,
    pub to: u16,
}

/// Working hours from a date to a date, both ends inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Hours {
    /// `Jam kerja biasa`, `Ramadan 1447 H`.
    pub name: String,
    /// `None`: since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// `None`: for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Monday to Sunday: when work is done, breaks left out.
    pub week: [Vec<Interval>; 7],
}

/// Hours and holidays of an office. Where ranges overlap the last one counts, so
/// Ramadan stands behind the ordinary hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Calendar {
    pub hours: Vec<Hours>,
    /// National holidays and cuti bersama, by day.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub holidays: Map<Date, String>,
}

impl Default for Calendar {
    /// 37.5 hours a week with a Friday break of 90 minutes (domain.md §4), and
    /// no holidays: those are the office's to enter.
    fn default() -> Self {
        let interval = |from: u16, to: u16| Interval { from, to };
        // 07.30–12.00 and 13.00–16.00; Friday 07.30–12.00 and 13.30–16.30.
        let usual = vec![interval(450, 720), interval(780, 960)];
        let friday = vec![interval(450, 720), interval(810, 990)];
        let week = [usual.clone(), usual.clone(), usual.clone(), usual, friday, vec![], vec![]];
        let hours = Hours { name: "Jam kerja biasa".into(), from: None, to: None, week };
        Self { hours: vec![hours], holidays: Map::new() }
    }
}

impl Calendar {
    /// When work is done on a day; empty on weekends and holidays.
    #[must_use]
    pub fn day(&self, date: Date) -> &[Interval] {
        if self.holidays.contains_key(&date) {
            return &[];
        }
        let fits = |h: &&Hours| h.from.is_none_or(|from| from <= date) && h.to.is_none_or(|to| date <= to);
        let hours = self.hours.iter().rev().find(fits);
        hours.and_then(|h| h.week.get(date.weekday())).map_or(&[], Vec::as_slice)
    }
}

/// What is wrong with a calendar: intervals must lie in their day, in order.
pub fn check(calendar: &Calendar, found: &mut Vec<Issue>) {
    if calendar.hours.len() > MAX_RANGES || calendar.holidays.len() > MAX_HOLIDAYS {
        Issue::add(found, "calendar.too_many", "");
    }
    for hours in &calendar.hours {
        if hours.from.zip(hours.to).is_some_and(|(from, to)| to < from) {
            Issue::add(found, "date.order", "hours");
        }
        let torn = |day: &Vec<Interval>| {
            let mut end = 0;
            day.iter().any(|i| {
                let wrong = i.from < end || i.to <= i.from || i.to > DAY;
                end = i.to;
                wrong
            })
        };
        if hours.week.iter().any(torn) {
            Issue::add(found, "calendar.interval", "hours");
        }
    }
}
