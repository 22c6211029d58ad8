//! Soft checks ask, hard checks explain.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

use proptest::prelude::*;
use takar_domain::check::{Context, check_entry, check_note, check_row, refusals};
use takar_domain::config::{Accumulation, Direction, Indicator, RowRule, ValueType, Variable};
use takar_domain::date::Date;
use takar_domain::decimal::Decimal;
use takar_domain::figure::{Entry, EntryState, Note, Row};
use takar_domain::issue::{Issue, Severity};
use takar_domain::period::Period;
use takar_domain::record::RecordId;
use takar_domain::sorted::Map;
use takar_domain::text;
use uuid::Uuid;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn indicator(value_type: ValueType) -> Indicator {
    let node = RecordId(Uuid::nil());
    let plain = serde_json::json!({ "node": node, "code": "1", "name": "Laporan", "measure": "" });
    Indicator { value_type, ..serde_json::from_value(plain).unwrap() }
}

fn around(target: Option<&str>, last: Option<&str>) -> Context {
    Context {
        period: Period::quarter(2026, 3),
        target: target.map(dec),
        last: last.map(dec),
        today: Date::new(2026, 10, 6).unwrap(),
    }
}

fn typed(number: &str) -> Entry {
    Entry { state: EntryState::Value, number: Some(dec(number)), ..Entry::default() }
}

fn codes(issues: &[Issue]) -> Vec<&str> {
    issues.iter().map(|i| i.code.as_str()).collect()
}

#[test]
fn asks_about_a_slipped_comma_and_suggests() {
    let percent = indicator(ValueType::Percent);
    // target, last, typed, what is asked
    let cases = [
        (Some("100"), Some("97.2"), "985", Some("985 jauh dari 97,2. Maksudnya 98,5?")),
        (Some("100"), None, "985", Some("985 jauh dari 100. Maksudnya 98,5?")),
        (Some("100"), Some("97.2"), "9.85", Some("9,85 jauh dari 97,2. Maksudnya 98,5?")),
        (Some("100"), Some("97.2"), "0.985", Some("0,985 jauh dari 97,2. Maksudnya 98,5?")),
        (Some("100"), Some("97.2"), "98.5", None),
        (Some("100"), Some("97.2"), "101", Some("Lebih dari 100%. Apakah sudah benar?")),
        (Some("100"), Some("97.2"), "-3", Some("Angka di bawah nol. Apakah sudah benar?")),
        (None, None, "55", None),
    ];
    for (target, last, number, asked) in cases {
        let issues = check_entry(&percent, &around(target, last), &typed(number));
        let words: Vec<_> = issues.iter().map(text::issue::issue).collect();
        assert_eq!(words.first().map(String::as_str), asked, "{number}");
        assert!(issues.iter().all(|i| i.severity == Severity::Soft));
    }
}

#[test]
fn a_confirmed_question_is_not_asked_again() {
    let mut entry = typed("985");
    let (percent, around) = (indicator(ValueType::Percent), around(Some("100"), Some("97.2")));
    assert_eq!(codes(&check_entry(&percent, &around, &entry)), ["number.jump"]);
    entry.confirmed = vec!["number.jump".into()];
    assert!(check_entry(&percent, &around, &entry).is_empty());
}

#[test]
fn asks_why_a_cumulative_count_fell() {
    let count = indicator(ValueType::Count);
    let issues = check_entry(&count, &around(Some("20"), Some("14")), &typed("13"));
    assert_eq!(
        text::issue::issue(&issues[0]),
        "Turun dari 14 ke 13. Ini angka kumulatif: mohon tulis alasannya."
    );
    let told = Entry { reason: Some("hitung ulang".into()), ..typed("13") };
    assert!(check_entry(&count, &around(Some("20"), Some("14")), &told).is_empty());
    let quarterly = Indicator { accumulation: Accumulation::Sum, ..count.clone() };
    assert!(check_entry(&quarterly, &around(Some("20"), Some("14")), &typed("13")).is_empty());
    let january = Context { period: Period::quarter(2026, 1), ..around(Some("20"), Some("14")) };
    assert!(check_entry(&count, &january, &typed("2")).is_empty(), "counting starts anew each year");
}

#[test]
fn few_complaints_are_good_news() {
    let lower = Indicator { direction: Direction::Lower, ..indicator(ValueType::Index) };
    assert!(check_entry(&lower, &around(Some("8"), Some("9")), &typed("1")).is_empty());
}

#[test]
fn explains_what_cannot_be() {
    let (count, percent) = (indicator(ValueType::Count), indicator(ValueType::Percent));
    let rupiah = indicator(ValueType::Rupiah);
    let rows = Indicator { rows: Some(RowRule::Count), ..count.clone() };
    let predicate = indicator(ValueType::Predicate);
    let word = Entry { predicate: Some("WTP".into()), number: None, ..typed("0") };
    let future = Entry { event_date: Some("2026-10-07".into()), ..typed("3") };
    let not_filled = Entry { state: EntryState::NotFilled, ..typed("3") };
    let cases = [
        (&count, typed("-1"), "number.negative"),
        (&count, typed("2.5"), "number.whole"),
        (&rupiah, typed("-1"), "number.negative"),
        (&percent, typed("1.2345678"), "number.too_many_places"),
        (&percent, typed("1000000000000001"), "number.too_large"),
        (&rows, typed("3"), "value.rows"),
        (&predicate, typed("3"), "value.predicate_missing"),
        (&percent, word, "value.not_predicate"),
        (&count, future, "date.future"),
        (&count, not_filled, "entry.state_with_number"),
    ];
    for (indicator, entry, code) in cases {
        let issues = check_entry(indicator, &around(None, None), &entry);
        assert_eq!((issues[0].code.as_str(), issues[0].severity), (code, Severity::Hard), "{entry:?}");
    }
    let row = Row { number: Some(dec("3")), done: Some(true), ..Row::default() };
    assert_eq!(codes(&check_row(&rows, &row, around(None, None).today)), ["row.ticked_only"]);
    assert_eq!(codes(&check_note(&Note("a".repeat(4001)))), ["text.too_long"]);
}

#[test]
fn asks_for_what_a_state_needs() {
    let i = indicator(ValueType::Index);
    let of = |state| Entry { state, ..Entry::default() };
    let ask = |entry| check_entry(&i, &around(Some("90"), None), &entry);
    assert_eq!(codes(&ask(of(EntryState::NotMeasured))), ["value.reason_missing"]);
    assert_eq!(codes(&ask(of(EntryState::NotPublished))), ["value.expected_missing"]);
    assert!(ask(of(EntryState::NotFilled)).is_empty(), "completeness is asked when sending");
}

#[test]
fn variables_are_asked_by_name() {
    let mut i = indicator(ValueType::Percent);
    let variable = |name: &str| Variable { name: name.into(), measure: String::new() };
    i.variables = vec![variable("Aduan selesai"), variable("Aduan masuk")];
    let of = |values: &[(&str, &str)]| Entry {
        state: EntryState::Value,
        variables: values.iter().map(|(n, v)| ((*n).to_string(), dec(v))).collect(),
        ..Entry::default()
    };
    let ask = |entry| check_entry(&i, &around(None, None), &entry);
    let missing = ask(of(&[("Aduan selesai", "3")]));
    assert_eq!(text::issue::issue(&missing[0]), "Isi Aduan masuk.");
    assert_eq!(codes(&ask(of(&[("Aduan selesai", "3"), ("Aduan masuk", "0")]))), ["variables.zero"]);
    assert_eq!(codes(&ask(of(&[("Aduan selesai", "3"), ("Aduan masuk", "2")]))), ["variables.over"]);
    let other = of(&[("Aduan selesai", "1"), ("Aduan masuk", "2"), ("Lain", "1")]);
    assert_eq!(codes(&ask(other)), ["variables.unknown"]);
}

#[test]
fn the_office_refuses_what_the_field_explained_but_not_a_wrong_clock() {
    let count = indicator(ValueType::Count);
    let value = |entry: Entry| serde_json::to_value(entry).unwrap();
    assert_eq!(codes(&refusals(&count, "value", &value(typed("-1")))), ["number.negative"]);
    let future = Entry { event_date: Some("2031-01-01".into()), ..typed("3") };
    assert!(refusals(&count, "value", &value(future)).is_empty());
    let row = serde_json::json!({ "number": "2" });
    assert_eq!(codes(&refusals(&count, "nagari/x", &row)), ["row.ticked_only"]);
    assert!(refusals(&count, "obstacle", &serde_json::json!("-1")).is_empty());
}

proptest! {
    #[test]
    fn no_number_makes_a_check_panic(
        number in (any::<i64>(), 0_u32..=28), target in (any::<i64>(), 0_u32..=28), last in (any::<i64>(), 0_u32..=28),
        kind in 0_usize..5, lower in any::<bool>(),
    ) {
        let kinds =
            [ValueType::Number, ValueType::Percent, ValueType::Index, ValueType::Count, ValueType::Rupiah];
        let direction = if lower { Direction::Lower } else { Direction::Higher };
        let i = Indicator { direction, ..indicator(kinds[kind]) };
        let of = |(m, scale): (i64, u32)| Decimal::new(m, scale);
        let around = Context { target: Some(of(target)), last: Some(of(last)), ..around(None, None) };
        let entry = Entry { state: EntryState::Value, number: Some(of(number)), variables: Map::new(), ..Entry::default() };
        let issues = check_entry(&i, &around, &entry);
        prop_assert!(issues.windows(2).all(|w| w[0].severity >= w[1].severity), "hard ones first");
    }
}
