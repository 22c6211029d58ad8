//! The calendar as people write it: a block of lines per range of hours, a line
//! per holiday. What is written is read back the same.
//!
//! ```text
//! Ramadan 1448 H
//! Berlaku 8 Februari 2027 sampai 9 Maret 2027
//! Senin-Kamis 08.00-12.00 12.30-15.00
//! Jumat 08.00-11.30 12.30-15.30
//! ```

use super::calendar::{Hours, Interval};
use crate::date::{Date, parse_indonesian};
use crate::issue::Issue;
use crate::sorted::Map;

const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const APPLIES: &str = "Berlaku ";
const UNTIL: &str = " sampai ";

/// Reads ranges of hours; blank lines stand between them.
///
/// # Errors
/// The first line that cannot be read.
pub fn hours(text: &str) -> Result<Vec<Hours>, Issue> {
    let mut found: Vec<Hours> = Vec::new();
    let mut begins = true;
    for (place, line) in text.lines().map(str::trim).enumerate() {
        let current = match found.last_mut() {
            _ if line.is_empty() => {
                begins = true;
                continue;
            }
            Some(current) if !begins => current,
            _ => {
                found.push(Hours { name: line.into(), from: None, to: None, week: Default::default() });
                begins = false;
                continue;
            }
        };
        let wrong = || unreadable("hours", place, line);
        if let Some(range) = line.strip_prefix(APPLIES) {
            let (from, to) = range.split_once(UNTIL).ok_or_else(wrong)?;
            current.from = Some(parse_indonesian(from).map_err(|_| wrong())?);
            current.to = Some(parse_indonesian(to).map_err(|_| wrong())?);
            continue;
        }
        let mut words = line.split_whitespace();
        let (first, last) = days(words.next().unwrap_or_default()).ok_or_else(wrong)?;
        let intervals: Option<Vec<_>> = words.map(interval).collect();
        let intervals = intervals.ok_or_else(wrong)?;
        for day in current.week.get_mut(first..=last).ok_or_else(wrong)? {
            day.clone_from(&intervals);
        }
    }
    Ok(found)
}

/// Reads holidays, a day and its name per line.
///
/// # Errors
/// The first line that cannot be read.
pub fn holidays(text: &str) -> Result<Map<Date, String>, Issue> {
    let mut found = Map::new();
    for (place, line) in text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()) {
        let (date, name) = dated(line).ok_or_else(|| unreadable("holidays", place, line))?;
        found.insert(date, name.to_owned());
    }
    Ok(found)
}

/// The day that a line begins with, `1 Januari 2027` or `1/1/2027`, and the rest.
fn dated(line: &str) -> Option<(Date, &str)> {
    [3, 1].into_iter().find_map(|words| {
        let end = line.match_indices(' ').nth(words - 1).map_or(line.len(), |(at, _)| at);
        let (date, name) = line.split_at_checked(end)?;
        Some((parse_indonesian(date).ok()?, name.trim()))
    })
}

/// `Senin-Kamis`, `Jumat`: the first and the last day's place.
fn days(text: &str) -> Option<(usize, usize)> {
    let place = |name: &str| DAYS.iter().position(|day| day.eq_ignore_ascii_case(name));
    match text.split_once('-') {
        Some((first, last)) => Some((place(first)?, place(last)?)).filter(|(first, last)| first <= last),
        None => place(text).map(|day| (day, day)),
    }
}

/// `07.30-12.00`.
fn interval(text: &str) -> Option<Interval> {
    let (from, to) = text.split_once('-')?;
    Some(Interval { from: minute(from)?, to: minute(to)? })
}

/// `07.30` or `07:30`, in minutes after midnight; `24.00` ends a day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(['.', ':'])?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}

fn unreadable(path: &str, place: usize, line: &str) -> Issue {
    let short: String = line.chars().take(40).collect();
    Issue::hard("calendar.line", path).with("line", (place + 1).to_string()).with("text", short)
}

/// Writes ranges of hours; days with the same hours stand on one line.
#[must_use]
pub fn write_hours(all: &[Hours]) -> String {
    let blocks: Vec<String> = all.iter().map(block).collect();
    blocks.join("\n")
}

fn block(hours: &Hours) -> String {
    let mut text = [&hours.name, "\n"].concat();
    if let Some((from, to)) = hours.from.zip(hours.to) {
        text += &[APPLIES, &from.format_long(), UNTIL, &to.format_long(), "\n"].concat();
    }
    let mut first = 0;
    while let Some(day) = hours.week.get(first) {
        let same = hours.week.iter().skip(first).take_while(|other| *other == day).count();
        let last = first + same - 1;
        if !day.is_empty() {
            text += DAYS[first];
            if same > 1 {
                text += "-";
                text += DAYS[last];
            }
            for part in day {
                text += &[" ", &time(part.from), "-", &time(part.to)].concat();
            }
            text += "\n";
        }
        first = last + 1;
    }
    text
}

fn time(minute: u16) -> String {
    format!("{:02}.{:02}", minute / 60, minute % 60)
}

/// Writes holidays.
#[must_use]
pub fn write_holidays(all: &Map<Date, String>) -> String {
    let lines: Vec<String> =
        all.iter().map(|(date, name)| [&date.format_long(), " ", name].concat()).collect();
    lines.join("\n")
}
