//! Realisasi: from what was typed, from named variables, or from nagari rows.

use crate::decimal::Decimal;

use crate::achievement::EntryNumber;
use crate::config::{Config, Indicator, RowRule};
use crate::figure::{Entry, EntryState, NAGARI, Row, VALUE};
use crate::number;
use crate::record::Record;
use crate::sorted::{Map, sort};

/// Where a realisasi comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Typed,
    Variables,
    /// Active nagari: `sudah`, filled at all, and in the office.
    Rows {
        done: usize,
        filled: usize,
        total: usize,
    },
}

/// A figure's realisasi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actual {
    /// There exactly if `state` is `Value` and the indicator is not a predicate.
    pub number: Option<Decimal>,
    pub predicate: Option<String>,
    pub state: EntryState,
    pub from: Origin,
}

impl Actual {
    /// As [`crate::achievement::achieve`] wants it.
    #[must_use]
    pub fn entry_number(&self) -> EntryNumber {
        match (self.number, self.state) {
            (Some(n), EntryState::Value) => EntryNumber::Number(n),
            (None, EntryState::Value) => EntryNumber::Without(EntryState::NotFilled),
            (_, state) => EntryNumber::Without(state),
        }
    }
}

/// Codes of the active nagari, sorted: the rows that count.
#[must_use]
pub fn nagari_codes(config: &Config) -> Vec<&str> {
    let active = config.nagari.values().filter(|n| n.active);
    let mut codes: Vec<_> = active.map(|n| n.code.as_str()).collect();
    sort(&mut codes);
    codes.dedup();
    codes
}

/// The realisasi of a stored figure. `nagari` are the codes of [`nagari_codes`].
/// Where values stand side by side, the one that arrived first counts.
#[must_use]
pub fn actual_of(indicator: &Indicator, figure: &Record, nagari: &[&str]) -> Actual {
    let entry = figure.read(VALUE).unwrap_or_default();
    let rows = if indicator.rows.is_some() { read_rows(figure) } else { Map::new() };
    actual_from(indicator, &entry, &rows, nagari)
}

/// All nagari rows of a figure by code, also of nagari that are gone.
#[must_use]
pub fn read_rows(figure: &Record) -> Map<&str, Row> {
    let named = figure.groups.keys().filter_map(|group| Some((group, group.strip_prefix(NAGARI)?)));
    named.filter_map(|(group, code)| Some((code, figure.read(group)?))).collect()
}

/// The realisasi of values already read, or just being typed.
#[must_use]
pub fn actual_from(indicator: &Indicator, entry: &Entry, rows: &Map<&str, Row>, nagari: &[&str]) -> Actual {
    let said_why = matches!(entry.state, EntryState::NotMeasured | EntryState::NotPublished);
    let (number, from) = match indicator.rows {
        Some(rule) => {
            let counting = || rows.iter().filter(|(code, _)| nagari.contains(code)).map(|(_, row)| row);
            of_rows(rule, counting, nagari.len())
        }
        None if !indicator.variables.is_empty() => {
            (from_variables(indicator, &entry.variables), Origin::Variables)
        }
        None => (entry.number.ok_or(EntryState::NotFilled), Origin::Typed),
    };
    let predicate = entry.predicate.clone().filter(|_| entry.state == EntryState::Value);
    match number {
        _ if said_why => Actual { number: None, predicate: None, state: entry.state, from },
        Ok(n) if indicator.rows.is_some() || entry.state == EntryState::Value => {
            Actual { number: Some(n), predicate, state: EntryState::Value, from }
        }
        Err(EntryState::NotFilled) if predicate.is_some() => {
            Actual { number: None, predicate, state: EntryState::Value, from }
        }
        Ok(_) => Actual { number: None, predicate: None, state: EntryState::NotFilled, from },
        Err(state) => Actual { number: None, predicate: None, state, from },
    }
}

/// First variable against the second in percent, to six places.
///
/// # Errors
/// `NotFilled` if one is missing, `NotComputable` if the second is zero.
pub fn from_variables(indicator: &Indicator, values: &Map<String, Decimal>) -> Result<Decimal, EntryState> {
    let mut named = indicator.variables.iter().map(|v| values.get(&v.name).copied());
    let (first, second) = (named.next().flatten(), named.next().flatten());
    let (Some(part), Some(whole)) = (first, second) else { return Err(EntryState::NotFilled) };
    percent(part, whole)
}

fn of_rows<'a, I: Iterator<Item = &'a Row>>(
    rule: RowRule,
    rows: impl Fn() -> I,
    total: usize,
) -> (Result<Decimal, EntryState>, Origin) {
    let done = rows().filter(|r| r.done == Some(true)).count();
    let filled = rows().filter(|r| r.done.is_some() || r.number.is_some()).count();
    let number = match rule {
        _ if filled == 0 => Err(EntryState::NotFilled),
        RowRule::Count => Ok(count(done)),
        RowRule::Ratio => percent(count(done), count(total)),
        RowRule::Sum => {
            let sum = rows().filter_map(|r| r.number).try_fold(Decimal::ZERO, |s, n| s.checked_add(n));
            sum.ok_or(EntryState::NotComputable)
        }
    };
    (number, Origin::Rows { done, filled, total })
}

fn percent(part: Decimal, whole: Decimal) -> Result<Decimal, EntryState> {
    let scaled = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|n| n.checked_div(whole));
    scaled.map(|n| number::round(n, number::MAX_PLACES)).ok_or(EntryState::NotComputable)
}

fn count(n: usize) -> Decimal {
    u64::try_from(n).map_or(Decimal::ZERO, Decimal::from)
}
