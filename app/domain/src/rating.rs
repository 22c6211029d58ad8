//! Kriteria: the band of the rating scale an achievement falls into.

use crate::decimal::Decimal;

use crate::policy::{Band, Policy};

/// The band's name: the highest whose bound the value is above (exact `>`),
/// so that 90,005 has a band. Empty only if the policy has no bands at all.
#[must_use]
pub fn rating(policy: &Policy, bounded: Decimal) -> &str {
    let above = |band: &&Band| band.above.is_none_or(|bound| bounded > bound);
    let best = policy.scale.iter().filter(above).max_by_key(|band| band.above);
    best.or(policy.scale.last()).map_or("", |band| &band.name)
}
