//! Working hours and holidays, from the texts that people write them in.

use takar_domain::config::Config;
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Subject, natural};
use takar_domain::worktime::{Calendar, check, written};

use super::{Settled, main_part, settled};
use crate::acts::Get;

/// The calendar's record: one per office, whoever writes it first.
#[must_use]
pub fn calendar_id(config: &Config) -> Option<RecordId> {
    config.office.as_ref().map(|(office, _)| natural(office.0, "calendar"))
}

/// The hours and holidays of two texts, see [`written`].
///
/// # Errors
/// The first line of each that cannot be read, or intervals that overlap.
pub fn save_calendar(get: Get<'_>, id: RecordId, hours: &str, holidays: &str) -> Settled {
    let mut issues: Vec<Issue> = Vec::new();
    let hours = written::hours(hours).map_err(|issue| issues.push(issue)).unwrap_or_default();
    let holidays = written::holidays(holidays).map_err(|issue| issues.push(issue)).unwrap_or_default();
    let calendar = Calendar { hours, holidays };
    if issues.is_empty() && calendar.hours.is_empty() {
        issues.push(Issue::hard("text.empty", "hours"));
    }
    check(&calendar, &mut issues);
    settled(issues, vec![main_part(get, Subject::Calendar { id }, &calendar)])
}
