//! How quarters make a semester and a year (domain.md §3): targets down, actuals up.

use crate::decimal::Decimal;

use crate::config::{Accumulation, Indicator, Target, ValueType};
use crate::number;
use crate::period::{Period, Span};

/// The target of a period. A quarter without an own target falls back by
/// accumulation: added figures share the year evenly where that is a whole
/// number (or the figure need not be one), all others aim at the year's target.
/// `None` = no target, which is never zero.
#[must_use]
pub fn quarter_target(indicator: &Indicator, target: &Target, period: Period) -> Option<Decimal> {
    let quarter = match period.span {
        Span::Year => return target.year,
        Span::Quarter(q) => q,
        Span::Semester(s) => return semester_target(indicator, target, s),
        Span::Month(m) => m.div_ceil(3),
    };
    let own = target.quarters.get(usize::from(quarter).checked_sub(1)?).copied().flatten();
    own.or_else(|| match indicator.accumulation {
        Accumulation::Sum => even_share(indicator, target),
        Accumulation::Last | Accumulation::Average | Accumulation::Flat => target.year,
    })
}

fn semester_target(indicator: &Indicator, target: &Target, semester: u8) -> Option<Decimal> {
    let of = |q| quarter_target(indicator, target, Period::quarter(0, q));
    let last = semester.saturating_mul(2);
    match indicator.accumulation {
        Accumulation::Sum => of(last.checked_sub(1)?)?.checked_add(of(last)?),
        _ => of(last),
    }
}

/// What the quarters that have no own target share of the year.
fn even_share(indicator: &Indicator, target: &Target) -> Option<Decimal> {
    let given: Option<Decimal> =
        target.quarters.iter().flatten().try_fold(Decimal::ZERO, |sum, t| sum.checked_add(*t));
    let open = target.quarters.iter().filter(|t| t.is_none()).count();
    let rest = target.year?.checked_sub(given?)?;
    let share = rest.checked_div(u64::try_from(open).ok()?.into())?;
    let whole_only = matches!(indicator.value_type, ValueType::Count | ValueType::Number);
    // A quarter of one document is nobody's target.
    let sensible = share > Decimal::ZERO && (share.is_integer() || !whole_only);
    sensible.then(|| number::round(share, number::MAX_PLACES))
}

/// The year's figure up to now from the quarters so far (`None` = no value).
/// `None` if no quarter has a value.
#[must_use]
pub fn year_to_date(indicator: &Indicator, actuals: [Option<Decimal>; 4]) -> Option<Decimal> {
    let present = || actuals.iter().flatten();
    match indicator.accumulation {
        Accumulation::Last | Accumulation::Flat => present().last().copied(),
        Accumulation::Sum => sum(present()),
        Accumulation::Average => {
            let count = u64::try_from(present().count()).ok()?;
            let mean = sum(present())?.checked_div(count.into())?;
            Some(number::round(mean, number::MAX_PLACES))
        }
    }
}

/// The figure of a semester or a year as its quarters give it: those of the period
/// alone. `None` if no quarter has a value.
#[must_use]
pub fn of_quarters(indicator: &Indicator, period: Period, actuals: [Option<Decimal>; 4]) -> Option<Decimal> {
    let (first, last) = period.quarters();
    let mut quarter = 0_u8;
    let within = actuals.map(|actual| {
        quarter += 1;
        actual.filter(|_| (first..=last).contains(&quarter))
    });
    year_to_date(indicator, within)
}

/// The quarters with a semester's own figure in their place: what was measured for
/// the whole of it wins over what its quarters add up to.
pub(crate) fn in_place(
    indicator: &Indicator,
    semester: u8,
    own: Decimal,
    quarters: &mut [Option<Decimal>; 4],
) {
    let (first, last) = Period::semester(0, semester).quarters();
    // A mean of the year counts a semester twice as much as a quarter.
    let earlier = (indicator.accumulation == Accumulation::Average).then_some(own);
    for (quarter, value) in [(first, earlier), (last, Some(own))] {
        if let Some(slot) = usize::from(quarter).checked_sub(1).and_then(|at| quarters.get_mut(at)) {
            *slot = value;
        }
    }
}

fn sum<'a>(mut numbers: impl Iterator<Item = &'a Decimal>) -> Option<Decimal> {
    let first = *numbers.next()?;
    numbers.try_fold(first, |sum, n| sum.checked_add(*n))
}
