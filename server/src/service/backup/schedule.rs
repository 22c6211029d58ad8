//! When the nightly backup is due, and which ones stay. Pure.

use std::collections::BTreeSet;

use takar_domain::config::Zone;
use takar_domain::date::{Date, date_of};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A backup that failed is tried again after this long.
const AGAIN: i64 = 30 * MINUTE;

/// What is known of earlier nightly backups, ms since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The last one that is whole.
    pub done: Option<i64>,
    /// The last attempt that failed since then.
    pub failed: Option<i64>,
}

/// Whether a backup is due: none was made since the last time that the office's
/// clock showed `hour`. A computer that was off then makes it when it starts.
#[must_use]
pub fn is_due(now: i64, zone: Zone, hour: u8, past: Past) -> bool {
    // What lies in the future by more than a day is a clock that was put back.
    let believable = |at: &i64| *at <= now.saturating_add(DAY);
    let resting = past.failed.filter(believable).is_some_and(|at| now < at.saturating_add(AGAIN));
    let since = last_time(now, zone, hour);
    !resting && past.done.filter(believable).is_none_or(|done| done < since)
}

/// The last time, at or before `now`, that the office's clock showed the full `hour`.
fn last_time(now: i64, zone: Zone, hour: u8) -> i64 {
    let today = date_of(now, zone);
    let in_day = |at: i64| date_of(at, zone) == today;
    // Midnight is at a full hour of UTC in every zone of the country.
    let mut midnight = now.saturating_sub(now.rem_euclid(HOUR));
    while in_day(midnight.saturating_sub(HOUR)) {
        midnight = midnight.saturating_sub(HOUR);
    }
    let wanted = midnight.saturating_add(i64::from(hour) * HOUR);
    if wanted <= now { wanted } else { wanted.saturating_sub(DAY) }
}

/// How many backups stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub daily: usize,
    pub weekly: usize,
    pub monthly: usize,
}

impl Default for Rule {
    fn default() -> Self {
        Self { daily: 7, weekly: 4, monthly: 12 }
    }
}

/// The number of the period that a day lies in.
type Period = fn(Date) -> i32;

/// The times among `times` that stay: the newest of each of the last days,
/// weeks and months that have one. The newest of all always stays.
#[must_use]
pub fn kept(times: &[i64], zone: Zone, rule: Rule) -> BTreeSet<i64> {
    let mut newest_first = times.to_vec();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let mut kept: BTreeSet<i64> = newest_first.first().copied().into_iter().collect();
    let periods = [(rule.daily, day as Period), (rule.weekly, week), (rule.monthly, month)];
    for (most, period) in periods {
        let mut seen = BTreeSet::new();
        for at in &newest_first {
            if seen.len() >= most {
                break;
            }
            if seen.insert(period(date_of(*at, zone))) {
                kept.insert(*at);
            }
        }
    }
    kept
}

/// Days since Monday, 1 January 1900.
fn day(date: Date) -> i32 {
    Date::new(1900, 1, 1).map_or(0, |first| first.days_until(date))
}

/// Weeks begin on Monday.
fn week(date: Date) -> i32 {
    day(date).div_euclid(7)
}

fn month(date: Date) -> i32 {
    date.year() * 12 + i32::from(date.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 March 2026, a Monday, 00.00 WIB.
    const MONDAY: i64 = 1_772_384_400_000;

    fn due(now: i64, done: Option<i64>, failed: Option<i64>) -> bool {
        is_due(now, Zone::Wib, 1, Past { done, failed })
    }

    #[test]
    fn the_first_backup_is_made_at_once() {
        assert!(due(MONDAY, None, None));
    }

    #[test]
    fn one_backup_a_night_at_the_offices_hour() {
        let one = MONDAY + HOUR;
        let before = one - DAY + MINUTE;
        assert!(!due(one - MINUTE, Some(before), None), "00.59: last night's stands");
        assert!(due(one, Some(before), None), "01.00");
        assert!(!due(one + MINUTE, Some(one), None), "done");
        assert!(!due(one + DAY - MINUTE, Some(one), None));
        assert!(due(one + DAY, Some(one), None));
        let east = Past { done: Some(before), failed: None };
        assert!(is_due(one - 2 * HOUR, Zone::Wit, 1, east), "in Papua it is one o'clock two hours earlier");
    }

    #[test]
    fn a_computer_that_was_off_at_night_makes_it_in_the_morning() {
        let morning = MONDAY + 8 * HOUR;
        assert!(due(morning, Some(morning - 3 * DAY), None));
        assert!(!due(morning + HOUR, Some(morning), None));
    }

    #[test]
    fn a_failed_backup_is_tried_again_after_half_an_hour() {
        let one = MONDAY + HOUR;
        assert!(!due(one + 29 * MINUTE, Some(one - DAY), Some(one)));
        assert!(due(one + 30 * MINUTE, Some(one - DAY), Some(one)));
    }

    #[test]
    fn a_clock_that_once_was_years_ahead_does_not_stop_backups() {
        let years = MONDAY + 3_000 * DAY;
        assert!(due(MONDAY, Some(years), None));
        assert!(due(MONDAY, None, Some(years)));
    }

    #[test]
    fn seven_days_four_weeks_and_twelve_months_stay() {
        let nights: Vec<i64> = (0..800).map(|day| MONDAY - day * DAY + HOUR).collect();
        let kept = kept(&nights, Zone::Wib, Rule::default());
        assert!(kept.contains(&nights[0]), "the newest");
        assert!((0..7).all(|day| kept.contains(&nights[day])), "a week of days");
        assert!(!kept.contains(&nights[9]));
        assert!(kept.contains(&nights[15]), "Sunday of the week before last");
        let oldest = kept.iter().min().copied().unwrap();
        assert_eq!(date_of(oldest, Zone::Wib).to_string(), "2025-04-30", "the twelfth month's last");
        assert!(kept.len() <= 7 + 4 + 12);
    }

    #[test]
    fn clearing_night_by_night_leaves_a_year() {
        let mut stand: Vec<i64> = Vec::new();
        for day in 0..800 {
            stand.push(MONDAY + day * DAY);
            let stay = kept(&stand, Zone::Wib, Rule::default());
            stand.retain(|at| stay.contains(at));
            assert_eq!(stand.last(), Some(&(MONDAY + day * DAY)), "the newest is never removed");
        }
        let months: BTreeSet<i32> = stand.iter().map(|at| month(date_of(*at, Zone::Wib))).collect();
        assert_eq!(months.len(), 12, "what weekly and monthly need was not removed before its time");
    }

    #[test]
    fn a_rule_of_nothing_still_keeps_the_newest() {
        let none = Rule { daily: 0, weekly: 0, monthly: 0 };
        assert_eq!(kept(&[3, 9, 5], Zone::Wib, none), BTreeSet::from([9]));
        assert!(kept(&[], Zone::Wib, none).is_empty());
    }
}
