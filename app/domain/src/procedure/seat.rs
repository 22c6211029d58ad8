//! A jabatan as papers address it: a post, in a unit where it is held in one.

use std::fmt;

use crate::codec::{from_value, to_value};
use crate::config::{Config, Post};
use crate::permission::posts;
use crate::record::{RecordId, Value};
use crate::sorted::Set;

/// Tasks follow the jabatan, whoever holds it (domain.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    pub post: Post,
    pub unit: Option<RecordId>,
}

impl fmt::Display for Seat {
    /// `camat`, `kasi/<unit>`: as it stands in a stored line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(to_value(&self.post).as_str().unwrap_or_default())?;
        self.unit.map_or(Ok(()), |unit| write!(f, "/{unit}"))
    }
}

impl Seat {
    /// Reads what [`fmt::Display`] wrote; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (post, unit) = text.split_once('/').map_or((text, None), |(post, unit)| (post, Some(unit)));
        let unit = match unit {
            Some(unit) => Some(RecordId(unit.parse().ok()?)),
            None => None,
        };
        Some(Self { post: from_value(&Value::from(post)).ok()?, unit })
    }

    /// Whether a person sits there on a date (ISO).
    #[must_use]
    pub fn is_held_by(self, config: &Config, person: RecordId, date: &str) -> bool {
        posts(config, person, date).any(|h| h.post == self.post && h.unit == self.unit)
    }

    /// Every jabatan of the office that was ever held, without those that only look on
    /// or look after the program.
    #[must_use]
    pub fn all(config: &Config) -> Vec<Self> {
        let seats = config.holdings.values().map(|h| Self { post: h.post, unit: h.unit });
        let here = |unit: RecordId| config.units.get(&unit).is_some_and(|u| u.active);
        let office =
            |seat: &Self| !matches!(seat.post, Post::Admin | Post::Inspektorat) && seat.unit.is_none_or(here);
        seats.filter(office).collect::<Set<_>>().iter().copied().collect()
    }
}
