//! The only clock of the server.

use std::time::{SystemTime, UNIX_EPOCH};

use takar_domain::config::Config;
use takar_domain::date::{Date, date_of};

/// Milliseconds since 1970 UTC.
#[must_use]
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Today in the office's zone.
#[must_use]
pub fn today(config: &Config) -> Date {
    let zone = config.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default();
    date_of(now_ms(), zone)
}
