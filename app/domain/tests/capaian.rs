//! Capaian against printed tables of public reports, and against its own laws.
//!
//! `data/capaian.csv` re-expresses tables of nine public reports (regency
//! LKPJ, LKjIP of courts, an e-kinerja page, examples of a ministry's
//! regulation). `expected` was computed apart from this program, with the
//! direction that the indicator's meaning asks for.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

use proptest::prelude::*;
use takar_domain::achievement::{
    Achievement, EntryNumber, Reason, Rule, achieve, achieve_predicate, mean_bounded,
};
use takar_domain::config::Direction;
use takar_domain::decimal::Decimal;
use takar_domain::figure::EntryState;
use takar_domain::number::{format_places, round};
use takar_domain::policy::{Band, LowerRule, Policy, ZeroTarget};
use takar_domain::rating::rating;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn of(direction: Direction, target: Decimal, actual: Decimal) -> Achievement {
    achieve(&Policy::default(), direction, Some(target), EntryNumber::Number(actual))
}

struct Vector {
    name: String,
    direction: Direction,
    target: String,
    actual: String,
    printed: String,
    places: u32,
    rules: String,
    kind: String,
    expected: String,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("data/capaian.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let at = |i: usize| row[i].to_string();
        Vector {
            name: format!("{}: {}", &row[0], &row[2]),
            direction: if &row[3] == "lower" { Direction::Lower } else { Direction::Higher },
            target: at(4),
            actual: at(5),
            printed: at(6),
            places: row[7].parse().unwrap(),
            rules: at(8),
            kind: at(9),
            expected: at(10),
        }
    });
    rows.collect()
}

#[test]
fn printed_figures_come_out_to_the_last_decimal() {
    let mut exact = 0;
    for v in vectors().iter().filter(|v| v.kind == "exact") {
        let a = of(v.direction, dec(&v.target), dec(&v.actual));
        assert_eq!(round(a.raw.unwrap(), v.places), dec(&v.printed), "{}", v.name);
        assert!(v.rules.split(' ').any(|rule| rule == a.rule.id()), "{}: {:?}", v.name, a.rule);
        exact += 1;
    }
    assert_eq!(exact, 50, "rows that a rule reproduces in their own direction");
}

#[test]
fn slips_of_the_reports_are_not_repeated() {
    for v in vectors() {
        match v.kind.as_str() {
            "exact" => {}
            "printing" | "rounded_input" | "wrong_direction" => {
                let ours = of(v.direction, dec(&v.target), dec(&v.actual)).raw.unwrap();
                assert_eq!(round(ours, v.places), dec(&v.expected), "{}", v.name);
                assert_ne!(round(ours, v.places), dec(&v.printed), "{}", v.name);
            }
            "predicate" => {
                let a = achieve_predicate(&Policy::default(), Some(&v.target), Some(&v.actual));
                assert_eq!((a.rule, a.bounded), (Rule::S, Some(dec(&v.expected))), "{}", v.name);
            }
            "not_published" => {
                let without = EntryNumber::Without(EntryState::NotPublished);
                let a = achieve(&Policy::default(), v.direction, Some(dec(&v.target)), without);
                assert_eq!((a.state, a.raw, a.bounded), (EntryState::NotPublished, None, None));
            }
            other => panic!("unknown kind {other}"),
        }
    }
}

#[test]
fn wrong_direction_would_have_printed_what_the_report_printed() {
    for v in vectors().iter().filter(|v| v.kind == "wrong_direction") {
        let a = of(Direction::Higher, dec(&v.target), dec(&v.actual));
        assert_eq!(round(a.raw.unwrap(), v.places), dec(&v.printed), "{}", v.name);
    }
}

#[test]
fn raw_and_bounded_are_both_kept() {
    // direction, target, actual, raw, bounded with cap 120
    let cases = [
        (Direction::Lower, "8", "6", "125", "120"),
        (Direction::Higher, "100", "98.5", "98.50", "98.50"),
        (Direction::Higher, "20", "17", "85", "85"),
        (Direction::Lower, "49.34", "110.84", "-24.65", "0"),
        (Direction::Higher, "3", "50", "1666.67", "120"),
        (Direction::Higher, "3", "-100", "-3333.33", "0"),
        (Direction::Higher, "20", "0", "0", "0"),
        (Direction::Lower, "8", "0", "200", "120"),
    ];
    for (direction, target, actual, raw, bounded) in cases {
        let a = of(direction, dec(target), dec(actual));
        assert_eq!(round(a.raw.unwrap(), 2), dec(raw), "{direction:?} {target} {actual}");
        assert_eq!(round(a.bounded.unwrap(), 2), dec(bounded), "{direction:?} {target} {actual}");
        assert_eq!((a.state, a.cap), (EntryState::Value, Some(dec("120"))));
    }
    let uncapped = Policy { cap: None, ..Policy::default() };
    let a = achieve(&uncapped, Direction::Higher, Some(dec("3")), EntryNumber::Number(dec("50")));
    assert_eq!(a.bounded_text().unwrap(), "1.666,67%");
    assert!(!a.is_bounded());
}

#[test]
fn zero_has_a_defined_result_or_a_stated_reason() {
    let (high, low) = (Direction::Higher, Direction::Lower);
    let cases = [
        (high, "0", "5", None, Some(Reason::ZeroTarget)),
        (high, "0", "0", None, Some(Reason::ZeroTarget)),
        (low, "0", "0", Some("100"), None),
        (low, "0", "3", Some("0"), Some(Reason::ZeroTargetMissed)),
        (high, "-5", "3", None, Some(Reason::NegativeTarget)),
        (low, "-5", "3", None, Some(Reason::NegativeTarget)),
        (Direction::Range, "5", "5", None, Some(Reason::RangeUnknown)),
    ];
    for (direction, target, actual, bounded, reason) in cases {
        let a = of(direction, dec(target), dec(actual));
        assert_eq!((a.bounded, a.reason), (bounded.map(dec), reason), "{direction:?} {target} {actual}");
        let state = if bounded.is_some() { EntryState::Value } else { EntryState::NotComputable };
        assert_eq!(a.state, state);
    }
    let strict = Policy { zero_target: ZeroTarget::NotComputable, ..Policy::default() };
    let a = achieve(&strict, low, Some(Decimal::ZERO), EntryNumber::Number(Decimal::ZERO));
    assert_eq!((a.bounded, a.reason), (None, Some(Reason::ZeroTarget)));
}

#[test]
fn alternative_rule_for_lower_is_better_is_the_policys_choice() {
    let policy = Policy { lower: LowerRule::N2, ..Policy::default() };
    let run =
        |t: &str, r: &str| achieve(&policy, Direction::Lower, Some(dec(t)), EntryNumber::Number(dec(r)));
    assert_eq!(round(run("9.8", "6.07").raw.unwrap(), 2), dec("161.45"));
    assert_eq!(run("8", "0").reason, Some(Reason::ActualNotPositive));
    assert_eq!(run("8", "-1").bounded, None);
}

#[test]
fn six_states_stay_apart() {
    let target = Some(dec("90"));
    let cases = [
        (target, EntryState::NotFilled, EntryState::NotFilled),
        (target, EntryState::NotMeasured, EntryState::NotMeasured),
        (target, EntryState::NotPublished, EntryState::NotPublished),
        (target, EntryState::NotComputable, EntryState::NotComputable),
        (None, EntryState::NotFilled, EntryState::NoTarget),
        (None, EntryState::NotMeasured, EntryState::NotMeasured),
    ];
    for (target, given, shown) in cases {
        let a = achieve(&Policy::default(), Direction::Higher, target, EntryNumber::Without(given));
        assert_eq!((a.state, a.raw, a.bounded, a.rating), (shown, None, None, None), "{given:?}");
        assert!(a.reason.is_some());
    }
    let a = achieve(&Policy::default(), Direction::Higher, None, EntryNumber::Number(dec("3")));
    assert_eq!((a.state, a.reason), (EntryState::NoTarget, Some(Reason::NoTarget)));
}

#[test]
fn kriteria_begin_exactly_above_the_bound() {
    let policy = Policy::default();
    let cases = [
        ("0", "Sangat Rendah"),
        ("50", "Sangat Rendah"),
        ("50.000001", "Rendah"),
        ("65", "Rendah"),
        ("75", "Sedang"),
        ("75.01", "Tinggi"),
        ("85", "Tinggi"),
        ("90", "Tinggi"),
        ("90.005", "Sangat Tinggi"),
        ("90.01", "Sangat Tinggi"),
        ("90.5", "Sangat Tinggi"),
        ("120", "Sangat Tinggi"),
    ];
    for (value, name) in cases {
        assert_eq!(rating(&policy, dec(value)), name, "{value}");
    }
}

#[test]
fn a_mean_leaves_out_what_has_no_value() {
    let blank = achieve(
        &Policy::default(),
        Direction::Higher,
        Some(dec("9")),
        EntryNumber::Without(EntryState::NotFilled),
    );
    let all = [
        of(Direction::Higher, dec("100"), dec("50")),
        blank.clone(),
        of(Direction::Lower, dec("8"), dec("6")),
    ];
    assert_eq!(mean_bounded(&all), Some(dec("85")), "(50 + 120) / 2");
    assert_eq!(mean_bounded([&blank]), None);
}

/// Any decimal that can be entered: up to 10^15, up to six places.
fn number() -> impl Strategy<Value = Decimal> {
    let limit = 10_i128.pow(15);
    prop_oneof![
        4 => (-limit..=limit, 0_u32..=6).prop_map(|(m, scale)| Decimal::with_scale(m, scale).unwrap()),
        3 => (-1000_i64..=1000, 0_u32..=3).prop_map(|(m, scale)| Decimal::new(m, scale)),
        1 => (-limit * 1_000_000..=limit * 1_000_000).prop_map(|m| Decimal::with_scale(m, 6).unwrap()),
        1 => Just(Decimal::ZERO),
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    let cap = prop_oneof![Just(None), Just(Some(100)), Just(Some(120)), Just(Some(200))];
    let zero = prop_oneof![Just(ZeroTarget::KeptOrMissed), Just(ZeroTarget::NotComputable)];
    let lower = prop_oneof![Just(LowerRule::N1), Just(LowerRule::N2)];
    (cap, zero, lower).prop_map(|(cap, zero_target, lower)| Policy {
        cap: cap.map(Decimal::from),
        zero_target,
        lower,
        ..Policy::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_input_has_a_value_or_a_reason(policy in policy(), t in number(), r in number()) {
        for direction in [Direction::Higher, Direction::Lower, Direction::Range] {
            let a = achieve(&policy, direction, Some(t), EntryNumber::Number(r));
            prop_assert_eq!(a.bounded.is_some(), a.state == EntryState::Value);
            prop_assert_eq!(a.bounded.is_some(), a.rating.is_some());
            prop_assert!(a.bounded.is_some() || a.reason.is_some());
            if let Some(bounded) = a.bounded {
                prop_assert!(bounded >= Decimal::ZERO);
                prop_assert!(policy.cap.is_none_or(|cap| bounded <= cap));
                let shown = a.bounded_text().unwrap();
                prop_assert!(shown.ends_with('%') && !shown.contains("NaN"));
            }
        }
    }

    #[test]
    fn better_never_counts_less(policy in policy(), t in number(), a in number(), b in number()) {
        let (less, more) = (a.min(b), a.max(b));
        for direction in [Direction::Higher, Direction::Lower] {
            let at = |r| achieve(&policy, direction, Some(t), EntryNumber::Number(r));
            let (worse, better) =
                if direction == Direction::Higher { (at(less), at(more)) } else { (at(more), at(less)) };
            if let (Some(worse), Some(better)) = (worse.bounded, better.bounded) {
                prop_assert!(worse <= better, "{direction:?} T={t}: {less} {more}");
            }
            if let (Some(worse), Some(better)) = (worse.raw, better.raw) {
                prop_assert!(worse <= better, "{direction:?} T={t}: {less} {more}");
            }
        }
    }

    #[test]
    fn exactly_on_target_is_one_hundred(policy in policy(), t in number()) {
        prop_assume!(!t.is_zero());
        let t = t.abs();
        for direction in [Direction::Higher, Direction::Lower] {
            let a = achieve(&policy, direction, Some(t), EntryNumber::Number(t));
            prop_assert_eq!(a.raw, Some(Decimal::ONE_HUNDRED));
            prop_assert_eq!(a.bounded, Some(Decimal::ONE_HUNDRED));
        }
    }

    #[test]
    fn blank_is_never_zero(policy in policy(), t in number()) {
        for direction in [Direction::Higher, Direction::Lower] {
            let blank = EntryNumber::Without(EntryState::NotFilled);
            let a = achieve(&policy, direction, Some(t), blank);
            prop_assert_eq!((a.state, a.bounded, a.actual), (EntryState::NotFilled, None, None));
            let zero = achieve(&policy, direction, Some(t), EntryNumber::Number(Decimal::ZERO));
            prop_assert_eq!(zero.actual, Some(Decimal::ZERO));
            prop_assert!(zero.state != EntryState::NotFilled);
        }
    }

    #[test]
    fn every_number_has_exactly_one_band(
        bounds in proptest::collection::btree_set(-500_i64..500, 0..6),
        n in number(),
    ) {
        let bands = bounds.iter().rev().map(|b| Some(Decimal::from(*b)));
        let scale: Vec<_> =
            bands.chain([None]).enumerate().map(|(i, above)| Band { above, name: i.to_string() }).collect();
        // The band it should be: the highest bound below the number.
        let expected = bounds.iter().rev().position(|b| n > Decimal::from(*b)).unwrap_or(bounds.len());
        let policy = Policy { scale, ..Policy::default() };
        prop_assert_eq!(rating(&policy, n), expected.to_string());
    }

    #[test]
    fn halves_go_away_from_zero(whole in -1_000_000_i64..1_000_000, places in 0_u32..5) {
        // whole + a half of the last place shown
        let n = Decimal::new(whole * 10 + if whole < 0 { -5 } else { 5 }, places + 1);
        let away = Decimal::new(if whole < 0 { whole - 1 } else { whole + 1 }, places);
        prop_assert_eq!(round(n, places), away);
        prop_assert_eq!(format_places(n, places), format_places(away, places));
    }

    #[test]
    fn decimals_beyond_the_bounds_do_not_panic(m in any::<i64>(), hi in any::<u32>(), scale in 0_u32..=28, t in number()) {
        let wild = Decimal::from_parts(m as u32, (m >> 32) as u32, hi, m < 0, scale);
        for (target, actual) in [(wild, t), (t, wild), (wild, wild)] {
            for direction in [Direction::Higher, Direction::Lower] {
                let a = of(direction, target, actual);
                prop_assert!(a.bounded.is_some() || a.reason.is_some());
            }
        }
    }
}
