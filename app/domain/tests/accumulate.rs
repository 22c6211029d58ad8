//! Quarters and years, variables and rows.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

use takar_domain::accumulate::{quarter_target, year_to_date};
use takar_domain::config::{Accumulation, Indicator, RowRule, Target, ValueType, Variable};
use takar_domain::decimal::Decimal;
use takar_domain::figure::{Entry, EntryState, Row};
use takar_domain::period::{Period, Span};
use takar_domain::record::RecordId;
use takar_domain::sorted::Map;
use takar_domain::variables::{Origin, actual_from};
use uuid::Uuid;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn indicator(accumulation: Accumulation, value_type: ValueType) -> Indicator {
    let node = RecordId(Uuid::nil());
    let plain = serde_json::json!({ "node": node, "code": "1", "name": "Laporan", "measure": "Laporan" });
    Indicator { accumulation, value_type, ..serde_json::from_value(plain).unwrap() }
}

fn target(year: Option<&str>, quarters: [Option<&str>; 4]) -> Target {
    Target { year: year.map(dec), quarters: quarters.map(|q| q.map(dec)), ..Target::default() }
}

#[test]
fn a_quarter_without_own_target_falls_back_by_accumulation() {
    use Accumulation::{Average, Flat, Last, Sum};
    use ValueType::{Count, Percent};
    let none = [None; 4];
    let cases = [
        (Sum, Count, Some("12"), none, 1, Some("3")),
        // One document a year is not a quarter of a document.
        (Sum, Count, Some("1"), none, 1, None),
        (Sum, ValueType::Rupiah, Some("1"), none, 1, Some("0.25")),
        (Sum, Count, Some("12"), [Some("6"), None, None, None], 2, Some("2")),
        (Sum, Count, Some("12"), [Some("6"), None, None, None], 1, Some("6")),
        (Last, Count, Some("20"), none, 3, Some("20")),
        (Average, Percent, Some("90.5"), none, 3, Some("90.5")),
        (Flat, Percent, Some("100"), [None, None, Some("99"), None], 3, Some("99")),
        (Last, Count, None, none, 3, None),
        (Sum, Count, None, none, 3, None),
        // Zero is a target.
        (Last, Count, Some("0"), none, 3, Some("0")),
    ];
    for (accumulation, value_type, year, quarters, quarter, expected) in cases {
        let found = quarter_target(
            &indicator(accumulation, value_type),
            &target(year, quarters),
            Period::quarter(2026, quarter),
        );
        assert_eq!(found, expected.map(dec), "{accumulation:?} {year:?} {quarters:?}");
    }
    let half = Period { year: 2026, span: Span::Semester(2) };
    let yearly = target(Some("12"), none);
    assert_eq!(quarter_target(&indicator(Sum, Count), &yearly, half), Some(dec("6")));
    assert_eq!(quarter_target(&indicator(Last, Count), &yearly, half), Some(dec("12")));
    assert_eq!(quarter_target(&indicator(Sum, Count), &yearly, Period::year(2026)), Some(dec("12")));
}

#[test]
fn the_year_so_far_follows_the_accumulation() {
    let actuals = [Some(dec("3")), None, Some(dec("5")), None];
    for (accumulation, expected) in [
        (Accumulation::Sum, "8"),
        (Accumulation::Last, "5"),
        (Accumulation::Average, "4"),
        (Accumulation::Flat, "5"),
    ] {
        let i = indicator(accumulation, ValueType::Count);
        assert_eq!(year_to_date(&i, actuals), Some(dec(expected)), "{accumulation:?}");
        assert_eq!(year_to_date(&i, [None; 4]), None, "blank is not zero");
    }
}

#[test]
fn variables_give_a_percentage_or_a_state() {
    let mut i = indicator(Accumulation::Last, ValueType::Percent);
    let variable = |name: &str| Variable { name: name.into(), measure: String::new() };
    i.variables = vec![variable("ditangani"), variable("dilaporkan")];
    let of = |values: &[(&str, &str)]| {
        let variables = values.iter().map(|(n, v)| ((*n).to_string(), dec(v))).collect();
        let entry = Entry { state: EntryState::Value, variables, ..Entry::default() };
        let actual = actual_from(&i, &entry, &Map::new(), &[]);
        (actual.number, actual.state)
    };
    let both = |a, b| of(&[("ditangani", a), ("dilaporkan", b)]);
    assert_eq!(both("77", "89"), (Some(dec("86.516854")), EntryState::Value));
    assert_eq!(both("0", "5"), (Some(dec("0")), EntryState::Value));
    assert_eq!(both("0", "0"), (None, EntryState::NotComputable));
    assert_eq!(of(&[("ditangani", "3")]), (None, EntryState::NotFilled));
}

#[test]
fn nagari_rows_make_the_realisasi() {
    let done = |d| Row { done: Some(d), ..Row::default() };
    let number = |n| Row { number: Some(dec(n)), ..Row::default() };
    let codes = ["a", "b", "c", "d"];
    let ticked = Map::from([("a", done(true)), ("b", done(true)), ("c", done(false)), ("gone", done(true))]);
    let counted = Map::from([("a", number("2.5")), ("b", number("4"))]);
    let cases = [
        (RowRule::Count, &ticked, Some("2"), Origin::Rows { done: 2, filled: 3, total: 4 }),
        (RowRule::Ratio, &ticked, Some("50"), Origin::Rows { done: 2, filled: 3, total: 4 }),
        (RowRule::Sum, &counted, Some("6.5"), Origin::Rows { done: 0, filled: 2, total: 4 }),
        (RowRule::Count, &Map::new(), None, Origin::Rows { done: 0, filled: 0, total: 4 }),
    ];
    for (rule, rows, expected, from) in cases {
        let i = Indicator { rows: Some(rule), ..indicator(Accumulation::Last, ValueType::Count) };
        let actual = actual_from(&i, &Entry::default(), rows, &codes);
        assert_eq!((actual.number, actual.from), (expected.map(dec), from), "{rule:?}");
    }
    let i = Indicator { rows: Some(RowRule::Ratio), ..indicator(Accumulation::Last, ValueType::Percent) };
    let nobody = actual_from(&i, &Entry::default(), &ticked, &[]);
    assert_eq!((nobody.number, nobody.state), (None, EntryState::NotFilled), "an office without nagari");
    let excused = Entry { state: EntryState::NotMeasured, ..Entry::default() };
    assert_eq!(actual_from(&i, &excused, &ticked, &codes).state, EntryState::NotMeasured);
}
