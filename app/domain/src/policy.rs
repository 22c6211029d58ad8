//! The measurement policy as versioned data (domain.md §3): nothing of it is
//! a constant in code, because documents in use disagree.

use crate::decimal::Decimal;
use serde::{Deserialize, Serialize};
use takar_derive::Readable;

/// Rule for "lower is better".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LowerRule {
    /// `(2T − R) / T × 100`.
    #[default]
    N1,
    /// `T / R × 100` (part 4).
    N2,
}

/// What a target of zero gives where lower is better. (Where higher is better
/// nothing can be measured against zero: *tidak dapat dihitung*.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroTarget {
    /// Kept = 100, missed = 0, said so beside the figure.
    #[default]
    KeptOrMissed,
    NotComputable,
}

/// One band of the rating scale: applies when the achievement is above `above`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Band {
    /// Exclusive lower bound in percent; the last band has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Decimal>,
    pub name: String,
}

/// A version of the measurement policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Policy {
    /// Shown beside every achievement, `2026-1`.
    pub version: String,
    pub effective_year: u16,
    #[serde(default)]
    pub lower: LowerRule,
    #[serde(default)]
    pub zero_target: ZeroTarget,
    /// Upper bound of the bounded value in percent; `None` = no cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Decimal>,
    /// Decimals shown, rounded half away from zero.
    pub places: u32,
    /// Percent points of capaian over or under serapan that still are *cukup efisien*.
    #[serde(default = "margin")]
    pub efficiency: Decimal,
    /// From the highest band down; the last has no bound.
    pub scale: Vec<Band>,
}

const fn margin() -> Decimal {
    Decimal::from_parts(5, 0, 0, false, 0)
}

impl Default for Policy {
    /// The visible default: cap 120, two places, five bands (cut points 90, 75, 65, 50).
    fn default() -> Self {
        let band =
            |above: Option<i64>, name: &str| Band { above: above.map(Decimal::from), name: name.into() };
        Self {
            version: "bawaan".into(),
            effective_year: 2025,
            lower: LowerRule::N1,
            zero_target: ZeroTarget::default(),
            cap: Some(Decimal::from(120)),
            places: 2,
            efficiency: margin(),
            scale: vec![
                band(Some(90), "Sangat Tinggi"),
                band(Some(75), "Tinggi"),
                band(Some(65), "Sedang"),
                band(Some(50), "Rendah"),
                band(None, "Sangat Rendah"),
            ],
        }
    }
}
