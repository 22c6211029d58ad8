//! An invitation outside Takar: as an entry of a calendar (RFC 5545) and as text.

use takar_domain::config::{Config, Zone};
use takar_domain::date::{Date, date_clock};
use takar_domain::procedure::PAPER;
use takar_domain::procedure::list::{INVITEES, lines};
use takar_domain::record::{Record, Value};
use takar_domain::text::{meeting as words, procedure};

use super::lists::said;
use crate::acts::settings::ask::text;
use crate::acts::words::day;

fn paper(run: &Record) -> Value {
    run.groups.get(PAPER).and_then(|group| group.value().cloned()).unwrap_or_default()
}

/// The invitation as text, for people who read it elsewhere. `today` is ISO.
#[must_use]
pub fn plain(config: &Config, run: &Record, today: &str) -> String {
    let paper = paper(run);
    let mut found = vec![words::INVITATION.to_owned(), String::new()];
    let line = |label: &str, text: String| [label, ": ", &text].concat();
    for (label, text) in [
        (procedure::MEETING_DATE, day(text(&paper, "date"))),
        (procedure::TIME, text(&paper, "time").to_owned()),
        (procedure::PLACE, text(&paper, "place").to_owned()),
        (procedure::AGENDA, text(&paper, "agenda").to_owned()),
    ] {
        if !text.is_empty() {
            found.push(line(label, text));
        }
    }
    let mut invited: Vec<_> =
        lines(&INVITEES, Some(run)).iter().map(|l| said(config, &INVITEES, l, today).0).collect();
    invited.extend(text(&paper, "invitees").lines().map(str::to_owned));
    if !invited.is_empty() {
        found.push(line(procedure::INVITEES, String::new()));
        found.extend(invited.iter().map(|who| ["- ", who].concat()));
    }
    found.join("\n")
}

/// The invitation for a calendar; `None` as long as it has no day. `now` is when it
/// is made, milliseconds UTC.
#[must_use]
pub fn calendar(config: &Config, run: &Record, now: i64) -> Option<String> {
    let paper = paper(run);
    let date: Date = text(&paper, "date").parse().ok()?;
    let times = clocks(text(&paper, "time"));
    let zone = config.zone();
    let utc = |minutes: i32| stamp(date, minutes - 60 * hours_east(zone));
    let mut all = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".into(),
        "PRODID:-//Takar//ID".into(),
        "BEGIN:VEVENT".into(),
        ["UID:", &run.subject.record().to_string(), "@takar"].concat(),
        ["DTSTAMP:", &made(now)].concat(),
    ];
    match times.as_slice() {
        [] => all.push(["DTSTART;VALUE=DATE:", &digits(date)].concat()),
        [from, rest @ ..] => {
            all.push(["DTSTART:", &utc(*from)].concat());
            all.extend(rest.first().filter(|to| *to > from).map(|to| ["DTEND:", &utc(*to)].concat()));
        }
    }
    let office = config.office.as_ref().map(|(_, o)| o.name.as_str()).unwrap_or_default();
    for (name, value) in [
        ("SUMMARY:", [words::INVITATION, " · ", office].concat()),
        ("LOCATION:", text(&paper, "place").to_owned()),
        ("DESCRIPTION:", text(&paper, "agenda").to_owned()),
    ] {
        if !value.is_empty() {
            all.push([name, &escaped(&value)].concat());
        }
    }
    all.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".into()]);
    let folded: Vec<_> = all.iter().map(|line| fold(line)).collect();
    Some(folded.join("\r\n") + "\r\n")
}

const fn hours_east(zone: Zone) -> i32 {
    match zone {
        Zone::Wib => 7,
        Zone::Wita => 8,
        Zone::Wit => 9,
    }
}

fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// An instant so many minutes after a day's midnight, as `20261012T020000Z`.
fn stamp(date: Date, minutes: i32) -> String {
    let (days, rest) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
    let clock = |n: i32| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
    [&digits(date.add_days(days)), "T", &clock(rest / 60), &clock(rest % 60), "00Z"].concat()
}

fn made(now: i64) -> String {
    let date = takar_domain::date::date_of(now, Zone::Wib);
    let clock = date_clock(now, Zone::Wib);
    stamp(date, clocks(&clock).last().copied().unwrap_or_default() - 60 * hours_east(Zone::Wib))
}

/// The times of day in a text, in minutes: `09.00 WIB`, `09.00–11.30`.
fn clocks(text: &str) -> Vec<i32> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ':')));
    let clock = |word: &str| {
        let (hour, minute) = word.split_once(['.', ':'])?;
        let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
    };
    words.filter_map(clock).collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace('\n', "\\n")
}

/// A line of at most 75 bytes goes on in the next one after a space.
fn fold(line: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > 74 {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(letter);
        used += letter.len_utf8();
    }
    out
}
