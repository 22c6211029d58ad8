//! Counting working minutes between two instants.

use super::calendar::Calendar;
use crate::config::Zone;
use crate::date::{Date, date_of, minute_of_day};
use crate::record::Made;

/// Longest stretch that is counted, in days: a clock that is years off must not
/// keep the office busy.
const LONGEST: i32 = 3_660;

/// How long something took, in working minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasted {
    pub minutes: u32,
    /// Both ends were measured by the office's clock in one start of the device;
    /// else it is *perkiraan*.
    pub exact: bool,
}

/// When something was made, in milliseconds since 1970 UTC: by the office's time
/// if the device had learned it, else by the device's own clock.
#[must_use]
pub fn instant(made: Made) -> i64 {
    made.anchor.map_or(made.wall, |anchor| {
        anchor.office.saturating_add(i64::try_from(anchor.since).unwrap_or(i64::MAX))
    })
}

/// Lama proses: the working minutes from one making to another, never negative.
#[must_use]
pub fn lasted(calendar: &Calendar, zone: Zone, from: Made, to: Made) -> Lasted {
    let boots = from.anchor.zip(to.anchor);
    Lasted {
        minutes: minutes_between(calendar, zone, instant(from), instant(to)),
        exact: boots.is_some_and(|(from, to)| from.boot == to.boot),
    }
}

/// Working minutes between two instants (milliseconds since 1970 UTC) in the
/// office's zone; 0 if the second is not later.
#[must_use]
pub fn minutes_between(calendar: &Calendar, zone: Zone, from: i64, to: i64) -> u32 {
    if to <= from {
        return 0;
    }
    let (first, last) = (date_of(from, zone), date_of(to, zone));
    let (begin, end) = (minute_of_day(from, zone), minute_of_day(to, zone));
    let mut minutes = 0_u32;
    for day in 0..=first.days_until(last).min(LONGEST) {
        let date = first.add_days(day);
        for interval in calendar.day(date) {
            let from = if day == 0 { interval.from.max(begin) } else { interval.from };
            let to = if date == last { interval.to.min(end) } else { interval.to };
            minutes = minutes.saturating_add(u32::from(to.saturating_sub(from)));
        }
    }
    minutes
}

/// The day so many working days on, or back if negative; the day itself for 0.
/// An office that never works gives days of the calendar.
#[must_use]
pub fn working_days(calendar: &Calendar, from: Date, days: i32) -> Date {
    let step = days.signum();
    let (mut date, mut left) = (from, days.abs());
    for _ in 0..LONGEST {
        if left == 0 {
            return date;
        }
        date = date.add_days(step);
        left -= i32::from(!calendar.day(date).is_empty());
    }
    from.add_days(days)
}
