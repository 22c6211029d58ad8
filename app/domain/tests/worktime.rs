//! Working minutes on the office's calendar (sop.md, *Time*; domain.md §4).

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

use takar_domain::config::Zone;
use takar_domain::date::Date;
use takar_domain::issue::Issue;
use takar_domain::record::{Anchor, Made};
use takar_domain::worktime::{
    Calendar, Hours, Interval, check, lasted, minutes_between, working_days, written,
};
use uuid::Uuid;

const MINUTE: i64 = 60_000;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// `2026-10-05 08.00` in a zone, as milliseconds UTC.
fn at(text: &str, zone: Zone) -> i64 {
    let (date, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once('.').unwrap();
    let days = day("1970-01-01").days_until(day(date));
    let ahead = match zone {
        Zone::Wib => 7,
        Zone::Wita => 8,
        Zone::Wit => 9,
    };
    let hours = i64::from(days) * 24 + hour.parse::<i64>().unwrap() - ahead;
    (hours * 60 + minute.parse::<i64>().unwrap()) * MINUTE
}

fn counted(calendar: &Calendar, from: &str, to: &str) -> u32 {
    minutes_between(calendar, Zone::Wib, at(from, Zone::Wib), at(to, Zone::Wib))
}

/// The usual hours with Ramadan 2026 (32.5 hours a week) and one holiday.
fn calendar() -> Calendar {
    let interval = |from: u16, to: u16| Interval { from, to };
    // 08.00–12.00 and 12.30–15.00; Friday 08.00–11.30 and 12.30–15.30.
    let fasting = vec![interval(480, 720), interval(750, 900)];
    let friday = vec![interval(480, 690), interval(750, 930)];
    let week = [fasting.clone(), fasting.clone(), fasting.clone(), fasting, friday, vec![], vec![]];
    let ramadan =
        Hours { name: "Ramadan".into(), from: Some(day("2026-02-18")), to: Some(day("2026-03-19")), week };
    let mut calendar = Calendar::default();
    calendar.hours.push(ramadan);
    calendar.holidays.insert(day("2026-05-01"), "Hari Buruh".into());
    calendar
}

#[test]
fn a_week_has_thirty_seven_and_a_half_hours_and_less_in_ramadan() {
    let calendar = calendar();
    assert_eq!(counted(&calendar, "2026-10-05 00.00", "2026-10-12 00.00"), 37 * 60 + 30);
    assert_eq!(counted(&calendar, "2026-03-02 00.00", "2026-03-09 00.00"), 32 * 60 + 30);
}

#[test]
fn only_working_minutes_count() {
    let calendar = calendar();
    for (from, to, minutes) in [
        // Within a morning; over the break; the Friday break of 90 minutes.
        ("2026-10-05 08.00", "2026-10-05 08.14", 14),
        ("2026-10-05 11.50", "2026-10-05 13.10", 20),
        ("2026-10-09 11.00", "2026-10-09 14.00", 90),
        // Before work, after work, and overnight.
        ("2026-10-05 05.00", "2026-10-05 07.30", 0),
        ("2026-10-05 15.45", "2026-10-06 07.45", 30),
        // Over midnight, with nothing worked.
        ("2026-10-05 23.50", "2026-10-06 00.10", 0),
        // Friday afternoon to Monday morning.
        ("2026-10-09 16.00", "2026-10-12 08.00", 60),
        // The holiday in between does not count.
        ("2026-04-30 15.00", "2026-05-04 08.30", 120),
        // Into Ramadan: until 16.00 before it, from 08.00 on in it.
        ("2026-02-17 15.00", "2026-02-18 09.00", 120),
        // New Year's Eve to the next working day.
        ("2026-12-31 15.00", "2027-01-01 08.00", 90),
    ] {
        assert_eq!(counted(&calendar, from, to), minutes, "{from} to {to}");
    }
}

#[test]
fn hours_are_those_of_the_offices_zone() {
    let calendar = Calendar::default();
    for zone in [Zone::Wib, Zone::Wita, Zone::Wit] {
        let (from, to) = (at("2026-10-05 07.00", zone), at("2026-10-05 08.00", zone));
        assert_eq!(minutes_between(&calendar, zone, from, to), 30, "{zone:?}");
    }
    // One instant is morning in the west and after the break's begin in the east.
    let (from, to) = (at("2026-10-05 10.00", Zone::Wib), at("2026-10-05 11.00", Zone::Wib));
    assert_eq!(minutes_between(&calendar, Zone::Wib, from, to), 60);
    assert_eq!(minutes_between(&calendar, Zone::Wit, from, to), 0);
}

#[test]
fn backwards_and_absurd_clocks_neither_hang_nor_go_below_zero() {
    let calendar = calendar();
    assert_eq!(counted(&calendar, "2026-10-06 08.00", "2026-10-05 08.00"), 0);
    assert_eq!(minutes_between(&calendar, Zone::Wib, i64::MIN, i64::MIN), 0);
    let decade = minutes_between(&calendar, Zone::Wib, i64::MIN, i64::MAX);
    assert!(decade < 10 * 53 * (37 * 60 + 30), "counted {decade}");
}

#[test]
fn what_lasted_is_exact_only_by_the_offices_clock_in_one_start() {
    let calendar = Calendar::default();
    let morning = at("2026-10-05 09.00", Zone::Wib);
    let boot = Uuid::from_u64_pair(1, 2);
    let made = |wall: i64, minutes: i64, boot| Made {
        wall,
        anchor: Some(Anchor { office: morning, since: u64::try_from(minutes * MINUTE).unwrap(), boot }),
    };
    // A device two hours ahead: its own clock decides nothing.
    let wrong = morning + 120 * MINUTE;
    let start = made(wrong, 0, boot);
    let end = made(wrong + 45 * MINUTE, 45, boot);
    let one = lasted(&calendar, Zone::Wib, start, end);
    assert_eq!((one.minutes, one.exact), (45, true));
    // Begun on the phone, finished on the laptop.
    let laptop = made(morning, 45, Uuid::from_u64_pair(3, 4));
    let two = lasted(&calendar, Zone::Wib, start, laptop);
    assert_eq!((two.minutes, two.exact), (45, false));
    // Never anchored, and the clock was set back in between.
    let blind = |wall| Made { wall, anchor: None };
    let back = lasted(&calendar, Zone::Wib, blind(wrong), blind(morning));
    assert_eq!((back.minutes, back.exact), (0, false));
}

#[test]
fn working_days_leave_out_weekends_and_holidays() {
    let calendar = calendar();
    assert_eq!(working_days(&calendar, day("2026-10-09"), 1), day("2026-10-12"));
    assert_eq!(working_days(&calendar, day("2026-05-04"), -1), day("2026-04-30"));
    assert_eq!(working_days(&calendar, day("2026-10-07"), 0), day("2026-10-07"));
    let never = Calendar { hours: vec![], ..Calendar::default() };
    assert_eq!(working_days(&never, day("2026-10-07"), 3), day("2026-10-10"));
}

#[test]
fn a_calendar_that_cannot_be_is_refused() {
    let codes = |calendar: &Calendar| {
        let mut found: Vec<Issue> = Vec::new();
        check(calendar, &mut found);
        found.into_iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    assert!(codes(&calendar()).is_empty());
    let with = |intervals: Vec<Interval>| {
        let mut calendar = Calendar::default();
        calendar.hours[0].week[2] = intervals;
        calendar
    };
    let interval = |from, to| Interval { from, to };
    for wrong in [
        vec![interval(700, 600)],
        vec![interval(600, 600)],
        vec![interval(450, 720), interval(700, 900)],
        vec![interval(450, 1441)],
    ] {
        assert_eq!(codes(&with(wrong.clone())), ["calendar.interval"], "{wrong:?}");
    }
    let mut backwards = calendar();
    backwards.hours[1].to = Some(day("2026-01-01"));
    assert_eq!(codes(&backwards), ["date.order"]);
}

#[test]
fn a_calendar_is_read_as_it_is_written() {
    let calendar = calendar();
    let text = written::write_hours(&calendar.hours);
    assert_eq!(
        text,
        "Jam kerja biasa\nSenin-Kamis 07.30-12.00 13.00-16.00\nJumat 07.30-12.00 13.30-16.30\n\n\
         Ramadan\nBerlaku 18 Februari 2026 sampai 19 Maret 2026\nSenin-Kamis 08.00-12.00 12.30-15.00\n\
         Jumat 08.00-11.30 12.30-15.30\n"
    );
    assert_eq!(written::hours(&text).unwrap(), calendar.hours);
    let days =
        written::holidays("1 Januari 2027 Tahun Baru\n\n1/5/2026  Hari Buruh\n2026-06-01 Lahir Pancasila")
            .unwrap();
    assert_eq!(days.len(), 3);
    assert_eq!(days.get(&day("2026-05-01")).map(String::as_str), Some("Hari Buruh"));
    assert_eq!(written::holidays(&written::write_holidays(&days)).unwrap(), days);
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    let line = |issue: Issue| (issue.code, issue.facts.get("line").cloned());
    let named = |n: &str| ("calendar.line".to_owned(), Some(n.to_owned()));
    for (text, n) in [
        ("Biasa\nSenen 07.30-12.00", "2"),
        ("Biasa\nSenin 07.30-12", "2"),
        ("Biasa\nKamis-Senin 07.30-12.00", "2"),
        ("Biasa\nSenin 07.30-12.00\n\nRamadan\nBerlaku besok sampai lusa", "5"),
        ("Biasa\nSenin 25.30-26.00", "2"),
    ] {
        assert_eq!(line(written::hours(text).unwrap_err()), named(n), "{text}");
    }
    assert_eq!(line(written::holidays("1 Mei 2026 Hari Buruh\nTahun Baru").unwrap_err()), named("2"));
    assert_eq!(line(written::holidays("31 Februari 2026 Tidak ada").unwrap_err()), named("1"));
}
