//! What stands behind one capaian: opened by one press wherever it is shown.

use crate::decimal::Decimal;

use crate::achievement::{Achievement, Reason, Rule};
use crate::number;
use crate::text::{common, form, names, recap};

/// One line of the explanation: what, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: &'static str,
    pub text: String,
}

/// Policy version, formula, inputs, raw and bounded value, rounding, kriteria,
/// and the reason if there is no value.
#[must_use]
pub fn explain(achievement: &Achievement) -> Vec<Line> {
    let a = achievement;
    let mut lines = Vec::with_capacity(8);
    let mut put = |label, text: Option<String>| {
        if let Some(text) = text {
            lines.push(Line { label, text });
        }
    };
    put(common::TARGET, a.target.map(number::format));
    put(common::ACTUAL, a.actual.map(number::format));
    put(recap::FORMULA, Some(format!("{} ({})", a.rule.formula(), a.rule.id())));
    put(form::CALCULATION, calculation(a));
    put(recap::RAW, a.raw_text());
    put(recap::BOUNDED, a.bounded_text());
    put(
        form::LIMITS,
        Some(a.cap.map_or_else(|| recap::NO_CAP.into(), |cap| recap::bounds(&(number::format(cap) + "%")))),
    );
    put(recap::ROUNDING, Some(recap::rounding(a.places)));
    put(common::RATING, a.rating.clone());
    put(form::REMARK, a.reason.map(|reason| names::reason(reason).into()));
    put(recap::POLICY, Some(a.policy.clone()));
    lines
}

/// The formula with the numbers in it: `(2 × 8 − 6) / 8 × 100`.
fn calculation(a: &Achievement) -> Option<String> {
    let (target, actual) = (number::format(a.target?), number::format(a.actual?));
    // A negative number inside a formula stands in brackets.
    let actual = if a.actual? < Decimal::ZERO { format!("({actual})") } else { actual };
    let plain = a.raw.is_some() && a.reason != Some(Reason::ZeroTargetMissed) && a.target? != Decimal::ZERO;
    if !plain {
        return None;
    }
    match a.rule {
        Rule::P => Some(format!("{actual} / {target} × 100")),
        Rule::N1 => Some(format!("(2 × {target} − {actual}) / {target} × 100")),
        Rule::N2 => Some(format!("{target} / {actual} × 100")),
        Rule::S | Rule::G => None,
    }
}
