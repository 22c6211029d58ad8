//! Capaian: the one function that turns target and actual into a percentage.
//!
//! Rules and bounds are the policy's data (domain.md §3). The result is a
//! number or a stated reason; never NaN, infinity, or a silent zero.

use crate::decimal::Decimal;

use crate::config::Direction;
use crate::figure::EntryState;
use crate::number;
use crate::policy::{LowerRule, Policy, ZeroTarget};
use crate::rating::rating;

/// The formula that was used, by its id in the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `R / T × 100`: higher is better.
    P,
    /// `(2T − R) / T × 100`: lower is better.
    N1,
    /// `T / R × 100`: lower is better, alternative.
    N2,
    /// Predicates: equal words are 100.
    S,
    /// Target is a range: needs bounds, which the plan does not hold yet.
    G,
}

impl Rule {
    /// The id printed beside a figure.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::P => "P",
            Self::N1 => "N1",
            Self::N2 => "N2",
            Self::S => "S",
            Self::G => "G",
        }
    }

    /// The formula as printed: R is realisasi, T is target.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::P => "R / T × 100",
            Self::N1 => "(2T − R) / T × 100",
            Self::N2 => "T / R × 100",
            Self::S => "predikat sama = 100",
            Self::G => "di dalam rentang = 100",
        }
    }
}

/// Why there is no raw value, or why the bounded one differs from the formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    NotFilled,
    /// Not filled when the document was signed: nothing comes any more.
    Unfilled,
    NotMeasured,
    NotPublished,
    /// No target that year.
    NoTarget,
    /// A yearly target, but none for this quarter.
    NoQuarterTarget,
    /// Target zero: nothing to divide by.
    ZeroTarget,
    /// Lower is better, target zero and not kept: counts as 0.
    ZeroTargetMissed,
    NegativeTarget,
    /// Rule N2 and an actual of zero or below.
    ActualNotPositive,
    /// Denominator of the indicator's own formula is zero.
    ZeroDenominator,
    /// The target is a range and the plan holds no bounds.
    RangeUnknown,
    /// Two different predicates, and the policy has no order of them.
    PredicateUnknown,
    /// A number beyond the bounds of [`crate::number`].
    OutOfBounds,
}

/// What was realised: a number, or the state that stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryNumber {
    Number(Decimal),
    Without(EntryState),
}

/// A capaian with everything needed to explain it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Achievement {
    /// Percent, what the formula gives, unrounded; may be negative or 1.667.
    pub raw: Option<Decimal>,
    /// Percent, clamped at 0 and capped by the policy, unrounded.
    pub bounded: Option<Decimal>,
    pub rule: Rule,
    /// `Value` exactly if `bounded` is there.
    pub state: EntryState,
    pub reason: Option<Reason>,
    /// Kriteria of the bounded value.
    pub rating: Option<String>,
    /// Version of the policy.
    pub policy: String,
    pub cap: Option<Decimal>,
    /// Decimals to show.
    pub places: u32,
    pub target: Option<Decimal>,
    pub actual: Option<Decimal>,
}

impl Achievement {
    /// The bounded value as shown, `98,50%`.
    #[must_use]
    pub fn bounded_text(&self) -> Option<String> {
        self.bounded.map(|n| number::format_percent(n, self.places))
    }

    /// The raw value as shown.
    #[must_use]
    pub fn raw_text(&self) -> Option<String> {
        self.raw.map(|n| number::format_percent(n, self.places))
    }

    /// Whether bounding changed the value, so that both must be shown.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        self.raw != self.bounded
    }
}

/// Capaian of a numeric indicator.
///
/// Total over all decimals: within the bounds of [`crate::number`] it is exact
/// to the decimals shown; beyond them it is *tidak dapat dihitung*.
/// In the direction "higher" the result never falls as the actual rises, in
/// "lower" it never rises; actual = target gives 100 for targets above zero.
#[must_use]
pub fn achieve(
    policy: &Policy,
    direction: Direction,
    target: Option<Decimal>,
    actual: EntryNumber,
) -> Achievement {
    let rule = match (direction, policy.lower) {
        (Direction::Higher, _) => Rule::P,
        (Direction::Lower, LowerRule::N1) => Rule::N1,
        (Direction::Lower, LowerRule::N2) => Rule::N2,
        (Direction::Range, _) => Rule::G,
    };
    let number = match actual {
        EntryNumber::Number(n) => Some(n),
        EntryNumber::Without(_) => None,
    };
    let blank = Achievement { target, actual: number, ..empty(policy, rule) };
    let r = match (target, actual) {
        // States that are nobody's omission win over a missing target.
        (_, EntryNumber::Without(EntryState::NotMeasured)) => return without(blank, Reason::NotMeasured),
        (_, EntryNumber::Without(EntryState::NotPublished)) => return without(blank, Reason::NotPublished),
        (None, _) => return without(blank, Reason::NoTarget),
        (_, EntryNumber::Without(EntryState::NoTarget)) => return without(blank, Reason::NoTarget),
        (_, EntryNumber::Without(EntryState::NotComputable)) => {
            return without(blank, Reason::ZeroDenominator);
        }
        (_, EntryNumber::Without(_)) => return without(blank, Reason::NotFilled),
        (Some(t), EntryNumber::Number(r)) => compute(policy, rule, t, r),
    };
    match r {
        Ok(raw) => with_value(policy, blank, raw),
        Err(Reason::ZeroTargetMissed) => Achievement {
            bounded: Some(Decimal::ZERO),
            state: EntryState::Value,
            reason: Some(Reason::ZeroTargetMissed),
            rating: Some(rating(policy, Decimal::ZERO).into()),
            ..blank
        },
        Err(reason) => without(blank, reason),
    }
}

/// Capaian of a predicate such as WTP (rule S): equal words are 100. Which
/// word is worth more than another is the policy's, so anything else is
/// *tidak dapat dihitung* until the policy says so.
#[must_use]
pub fn achieve_predicate(policy: &Policy, target: Option<&str>, actual: Option<&str>) -> Achievement {
    let blank = empty(policy, Rule::S);
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    match (target, actual) {
        (None, _) => without(blank, Reason::NoTarget),
        (_, None) => without(blank, Reason::NotFilled),
        (Some(t), Some(a)) if same(t, a) => with_value(policy, blank, Decimal::ONE_HUNDRED),
        _ => without(blank, Reason::PredicateUnknown),
    }
}

/// Mean of the bounded values, in percent; `None` if there is none. Figures
/// without a value are left out: they are neither 0 nor 100.
pub fn mean_bounded<'a>(achievements: impl IntoIterator<Item = &'a Achievement>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut count = 0_u32;
    for bounded in achievements.into_iter().filter_map(|a| a.bounded) {
        sum = sum.checked_add(bounded)?;
        count += 1;
    }
    sum.checked_div(count.into())
}

fn compute(policy: &Policy, rule: Rule, t: Decimal, r: Decimal) -> Result<Decimal, Reason> {
    if t.abs() > number::LIMIT || r.abs() > number::LIMIT {
        return Err(Reason::OutOfBounds);
    }
    if rule == Rule::G {
        return Err(Reason::RangeUnknown);
    }
    if t.is_sign_negative() && !t.is_zero() {
        // Dividing by it would turn the direction round.
        return Err(Reason::NegativeTarget);
    }
    if t.is_zero() {
        return zero_target(policy, rule, r);
    }
    let hundred = Decimal::ONE_HUNDRED;
    let result = match rule {
        Rule::N1 => {
            let twice = t.checked_add(t).and_then(|twice| twice.checked_sub(r));
            twice.and_then(|n| n.checked_mul(hundred)).and_then(|n| n.checked_div(t))
        }
        Rule::N2 if r <= Decimal::ZERO => return Err(Reason::ActualNotPositive),
        Rule::N2 => t.checked_mul(hundred).and_then(|n| n.checked_div(r)),
        Rule::P | Rule::S | Rule::G => r.checked_mul(hundred).and_then(|n| n.checked_div(t)),
    };
    result.ok_or(Reason::OutOfBounds)
}

fn zero_target(policy: &Policy, rule: Rule, r: Decimal) -> Result<Decimal, Reason> {
    match (rule, policy.zero_target) {
        // "No complaints": kept or not kept, although no formula can say it.
        (Rule::N1 | Rule::N2, ZeroTarget::KeptOrMissed) if r <= Decimal::ZERO => Ok(Decimal::ONE_HUNDRED),
        (Rule::N1 | Rule::N2, ZeroTarget::KeptOrMissed) => Err(Reason::ZeroTargetMissed),
        _ => Err(Reason::ZeroTarget),
    }
}

fn empty(policy: &Policy, rule: Rule) -> Achievement {
    Achievement {
        raw: None,
        bounded: None,
        rule,
        state: EntryState::NotFilled,
        reason: None,
        rating: None,
        policy: policy.version.clone(),
        cap: policy.cap,
        places: policy.places,
        target: None,
        actual: None,
    }
}

fn without(blank: Achievement, reason: Reason) -> Achievement {
    let state = match reason {
        Reason::NotFilled => EntryState::NotFilled,
        Reason::NotMeasured => EntryState::NotMeasured,
        Reason::NotPublished => EntryState::NotPublished,
        Reason::NoTarget | Reason::NoQuarterTarget => EntryState::NoTarget,
        _ => EntryState::NotComputable,
    };
    Achievement { state, reason: Some(reason), ..blank }
}

fn with_value(policy: &Policy, blank: Achievement, raw: Decimal) -> Achievement {
    let floor = raw.max(Decimal::ZERO);
    let bounded = policy.cap.map_or(floor, |cap| floor.min(cap.max(Decimal::ZERO)));
    Achievement {
        raw: Some(raw),
        bounded: Some(bounded),
        state: EntryState::Value,
        rating: Some(rating(policy, bounded).into()),
        ..blank
    }
}
