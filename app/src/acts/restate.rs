//! A wrong figure of an earlier period, restated in the round in hand: *semula,
//! menjadi, alasan* (domain.md §3).

use takar_domain::config::Config;
use takar_domain::date::period_name;
use takar_domain::decimal::Decimal;
use takar_domain::figure::{RESTATED, Restated, restating};
use takar_domain::issue::Issue;
use takar_domain::period::Period;
use takar_domain::procedure::RESTATES;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::restate as words;
use takar_domain::variables::{actual_of, nagari_codes};
use takar_domain::view::entry_sheet::figure;
use takar_sync::operation::Part;

use super::settings::ask::{Ask, Kind, Options, text};
use super::{Get, change, edit};

/// What the form asks; its record is the round.
pub const ASKS: &[Ask] = &[
    Ask::new(Kind::Choice(earlier), "period", words::PERIOD),
    Ask::new(Kind::Number, "after", words::AFTER),
    Ask::new(Kind::Area, "reason", words::REASON),
];

/// The periods before a round's.
fn earlier(config: &Config, cycle: RecordId) -> Options {
    let before = |period: &Period| Some(period.previous());
    let first = config.cycles.get(&cycle).map(|cycle| cycle.period.previous());
    let all = std::iter::successors(first, before).take(RESTATES);
    all.map(|period| (period.to_string(), period_name(period))).collect()
}

/// A figure as it stood before a round: what was measured, or what an earlier round
/// restated it to.
#[must_use]
pub fn stood(config: &Config, get: Get<'_>, indicator: RecordId, of: Period, by: Period) -> Option<Decimal> {
    let record = get(figure(indicator, of).record())?;
    let known = record.groups.keys().filter_map(|name| restating(name)).filter(|p| *p < by).max();
    if let Some(known) = known {
        let restated: Restated = record.read(&[RESTATED, &known.to_string()].concat())?;
        return Some(restated.after);
    }
    actual_of(config.indicators.get(&indicator)?, &record, &nagari_codes(config)).number
}

/// The part that restates an indicator's figure of an earlier period in the round of
/// the period `by`.
///
/// # Errors
/// What is missing, by field.
pub fn restate(
    config: &Config,
    get: Get<'_>,
    indicator: RecordId,
    by: Period,
    typed: &Value,
) -> Result<Part, Vec<Issue>> {
    let empty = |path| vec![Issue::hard("text.empty", path)];
    let of: Period = text(typed, "period").parse().map_err(|_| empty("period"))?;
    let after: Decimal = text(typed, "after").parse().map_err(|_| empty("after"))?;
    let reason = text(typed, "reason").to_owned();
    if reason.is_empty() {
        return Err(vec![Issue::hard("value.reason_missing", "reason")]);
    }
    let before = stood(config, get, indicator, of, by);
    if before == Some(after) {
        return Err(vec![Issue::hard("restated.same", "after")]);
    }
    let subject = figure(indicator, of);
    let group = [RESTATED, &by.to_string()].concat();
    let change = change(get(subject.record()).as_ref(), &group, &Restated { before, after, reason });
    Ok(edit(subject, vec![change]))
}
