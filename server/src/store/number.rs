//! Operations are numbered per device and person from 1, without gaps: what
//! never arrived shows in the numbers that did.

use std::collections::BTreeMap;

use surrealdb::types::{RecordId as Id, SurrealValue, Value};
use takar_domain::record::{DeviceId, RecordId};
use uuid::Uuid;

use super::log::{number, stored};
use super::{Store, StoreError, array_key, ask};

/// Most gaps that are remembered of one device and person.
const MOST_GAPS: usize = 100;

/// Whose numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Numbering {
    pub device: DeviceId,
    pub author: RecordId,
}

impl Numbering {
    fn id(self, office: RecordId) -> Id {
        let parts = [office.to_string(), self.device.to_string(), self.author.to_string()];
        array_key("number", parts.into_iter().map(Value::String).collect())
    }
}

/// Numbers that never arrived, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub from: u64,
    pub to: u64,
}

/// What arrived so far of one person on one device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The highest; 0 if none came.
    pub last: u64,
    /// Those below it that did not come, lowest first.
    pub missing: Vec<Gap>,
}

impl Numbers {
    /// Takes note of a number that arrived. Gives the gap that it shows: nobody
    /// waits for what is missing, and what comes later closes it.
    pub fn note(&mut self, number: u64) -> Option<Gap> {
        let next = self.last.saturating_add(1);
        if number < next {
            self.close(number);
            return None;
        }
        self.last = number;
        let gap = (number > next).then(|| Gap { from: next, to: number.saturating_sub(1) })?;
        if self.missing.len() < MOST_GAPS {
            self.missing.push(gap);
        }
        Some(gap)
    }

    fn close(&mut self, number: u64) {
        let Some(at) = self.missing.iter().position(|g| (g.from..=g.to).contains(&number)) else { return };
        let gap = self.missing.remove(at);
        let before = Gap { from: gap.from, to: number.saturating_sub(1) };
        let after = Gap { from: number.saturating_add(1), to: gap.to };
        let rest = [before, after].into_iter().filter(|g| g.from <= g.to);
        self.missing.splice(at..at, rest);
    }
}

/// `missing` holds both ends of each gap, one after the other.
#[derive(SurrealValue)]
pub(super) struct NumberRow {
    id: Id,
    last: i64,
    missing: Option<Vec<i64>>,
}

impl NumberRow {
    pub(super) fn new(office: RecordId, by: Numbering, numbers: &Numbers) -> Self {
        let missing = numbers.missing.iter().flat_map(|gap| [stored(gap.from), stored(gap.to)]).collect();
        Self { id: by.id(office), last: stored(numbers.last), missing: Some(missing) }
    }
}

/// The same with the parts of its key.
#[derive(SurrealValue)]
pub(super) struct KeyedRow {
    key: Vec<String>,
    last: i64,
    missing: Option<Vec<i64>>,
}

impl KeyedRow {
    pub(super) fn read(self) -> Result<(Numbering, Numbers), StoreError> {
        let part = |n: usize| self.key.get(n).and_then(|id| id.parse::<Uuid>().ok());
        let (Some(device), Some(author)) = (part(1), part(2)) else {
            return Err(StoreError::Corrupt(format!("number {:?}", self.key)));
        };
        let pairs = self.missing.as_deref().unwrap_or_default().chunks_exact(2);
        let missing = pairs.map(|pair| Gap { from: number(pair[0]), to: number(pair[1]) }).collect();
        let by = Numbering { device: DeviceId(device), author: RecordId(author) };
        Ok((by, Numbers { last: number(self.last), missing }))
    }
}

impl Store {
    /// Highest operation number of one person on one device; 0 if none came.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn last_number(&self, office: RecordId, by: Numbering) -> Result<u64, StoreError> {
        Ok(self.numbers(office, [by]).await?.remove(&by).unwrap_or_default().last)
    }

    /// What arrived of these.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn numbers(
        &self,
        office: RecordId,
        of: impl IntoIterator<Item = Numbering>,
    ) -> Result<BTreeMap<Numbering, Numbers>, StoreError> {
        let ids: Vec<Id> = of.into_iter().map(|by| by.id(office)).collect();
        let query = "SELECT record::id(id) AS key, last, missing FROM $ids WHERE id != NONE";
        let rows: Vec<KeyedRow> = self.read(ask(query).bind(("ids", ids))).await?.take(0)?;
        rows.into_iter().map(KeyedRow::read).collect()
    }

    /// What arrived of everybody on every device.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn all_numbers(&self, office: RecordId) -> Result<BTreeMap<Numbering, Numbers>, StoreError> {
        // Ids are hexadecimal: all of them lie between these two.
        let query = format!(
            "SELECT record::id(id) AS key, last, missing FROM number:['{office}', '']..['{office}', 'g']"
        );
        let rows: Vec<KeyedRow> = self.read(ask(query)).await?.take(0)?;
        rows.into_iter().map(KeyedRow::read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(numbers: &[u64]) -> Numbers {
        let mut all = Numbers::default();
        for number in numbers {
            all.note(*number);
        }
        all
    }

    fn gaps(numbers: &[u64]) -> Vec<(u64, u64)> {
        after(numbers).missing.iter().map(|gap| (gap.from, gap.to)).collect()
    }

    #[test]
    fn a_gap_shows_when_a_later_number_arrives_and_goes_when_it_is_filled() {
        assert_eq!(gaps(&[1, 2, 3]), []);
        assert_eq!(gaps(&[1, 5]), [(2, 4)]);
        assert_eq!(gaps(&[3]), [(1, 2)], "the first of all is one");
        assert_eq!(gaps(&[1, 5, 3]), [(2, 2), (4, 4)]);
        assert_eq!(gaps(&[1, 5, 3, 2, 4, 6, 9]), [(7, 8)]);
        assert_eq!(gaps(&[1, 5, 5, 1]), [(2, 4)], "a repeat says nothing new");
        assert_eq!(after(&[1, 5]).note(9), Some(Gap { from: 6, to: 8 }), "it is told once");
        assert_eq!(after(&[1, 5]).note(2), None);
    }

    #[test]
    fn numbers_out_of_all_proportion_do_no_harm() {
        assert_eq!(gaps(&[0, u64::MAX, u64::MAX, 0]), [(1, u64::MAX - 1)]);
        let odd: Vec<u64> = (1..1_000).map(|n| n * 2).collect();
        assert_eq!(gaps(&odd).len(), MOST_GAPS);
    }
}
