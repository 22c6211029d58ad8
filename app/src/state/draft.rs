//! What is typed and not yet saved, and which copy of it is the newest.
//!
//! A draft lives twice: in localStorage at each keystroke (the tail, flushed
//! late by browsers) and in IndexedDB within 250 ms. At start the newer of the
//! two stands; a draft of a value that was saved meanwhile is gone from both.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::record::{OpId, RecordId};
use takar_domain::sorted::Map;

/// Where a draft belongs: a field of a group of a record, as one person types it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftKey {
    pub person: RecordId,
    pub record: RecordId,
    pub group: String,
    /// A field inside the group (`number`, `event_date`); empty for the whole group.
    pub field: String,
}

/// Begins the groups of what is typed about a record by who judges it: it is none of
/// the record's own fields.
const JUDGING: &str = "judging/";

impl DraftKey {
    /// A field of what is typed about judging a group: a reason, a comment.
    #[must_use]
    pub fn judging(person: RecordId, record: RecordId, group: &str, field: &str) -> Self {
        Self::new(person, record, &[JUDGING, group].concat(), field)
    }

    /// The group that it judges, if it does.
    #[must_use]
    pub fn judged(&self) -> Option<&str> {
        self.group.strip_prefix(JUDGING)
    }

    #[must_use]
    pub fn new(person: RecordId, record: RecordId, group: &str, field: &str) -> Self {
        Self { person, record, group: group.into(), field: field.into() }
    }

    /// Stable name in both storages: `<person>/<record>/<group>#<field>`.
    #[must_use]
    pub fn name(&self) -> String {
        [&self.person.to_string(), "/", &self.record.to_string(), "/", &self.group, "#", &self.field].concat()
    }

    /// Reads what [`Self::name`] wrote; `None` for anything else.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (person, rest) = name.split_once('/')?;
        let (record, rest) = rest.split_once('/')?;
        let (group, field) = rest.rsplit_once('#')?;
        Some(Self {
            person: RecordId(person.parse().ok()?),
            record: RecordId(record.parse().ok()?),
            group: group.into(),
            field: field.into(),
        })
    }
}

/// A draft as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Draft {
    /// Raw text, also if it is no valid value.
    pub text: String,
    /// Device wall clock of the last keystroke, ms since 1970 UTC. Orders the
    /// two copies on one device, nothing else.
    pub at: i64,
    /// Heads that stood when typing began: what the saved value will have seen,
    /// even if somebody else's value arrives meanwhile.
    #[serde(default)]
    pub seen: Vec<OpId>,
    /// Not a draft any more: saved or dropped at `at`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

impl Draft {
    /// The mark of a draft that was saved or dropped at `at`.
    #[must_use]
    pub const fn gone(at: i64) -> Self {
        Self { text: String::new(), at, seen: Vec::new(), gone: true }
    }
}

/// Prefix of the rows that say until when a draft is gone.
const GONE: &str = "gone/";

/// The row that says that a draft is gone. The draft's own row is deleted, and
/// a tail that the browser flushed late cannot bring it back.
#[must_use]
pub fn mark_of(name: &str) -> String {
    [GONE, name].concat()
}

/// Drafts and marks as stored, by the draft's name: the newer of each.
#[must_use]
pub fn by_name(rows: impl Iterator<Item = (String, Draft)>) -> Map<String, Draft> {
    let mut all = Map::<String, Draft>::new();
    for (row, draft) in rows {
        let name = row.strip_prefix(GONE).map(str::to_owned).unwrap_or(row);
        if all.get(&name).is_none_or(|other| other.at < draft.at) {
            all.insert(name, draft);
        }
    }
    all
}

/// What another field of the same group had seen when its typing began: fields
/// of one group are saved together, so they share it. `None` if nothing of the
/// group is typed.
#[must_use]
pub fn seen_by(drafts: &Map<String, Draft>, key: &DraftKey) -> Option<Vec<OpId>> {
    let prefix = DraftKey { field: String::new(), ..key.clone() }.name();
    let siblings = drafts.starting(&prefix).take_while(|(name, _)| name.starts_with(&prefix));
    siblings.map(|(_, draft)| draft).find(|draft| !draft.gone).map(|draft| draft.seen.clone())
}

/// Both copies joined.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// The newer copy of each; marks of gone drafts included.
    pub all: Map<String, Draft>,
    /// Names whose tail was newer, which the store therefore lacks.
    pub lacking: Vec<String>,
    /// Tails of drafts that are gone: the browser had flushed them too late.
    pub stale_tails: Vec<String>,
    /// Marks that no late tail can contradict any more.
    pub expired: Vec<String>,
}

/// A browser flushes localStorage within seconds; a day is beyond all doubt.
const MARK_LIVES_MS: i64 = 86_400_000;

/// Joins the drafts of the store with the tail: the newer copy of each stands.
#[must_use]
pub fn newest(stored: Map<String, Draft>, tail: Map<String, Draft>, now_ms: i64) -> Recovered {
    let mut recovered = Recovered { all: stored, ..Recovered::default() };
    for (name, draft) in tail {
        match recovered.all.get(&name) {
            Some(old) if old.at >= draft.at => {
                if old.gone {
                    recovered.stale_tails.push(name);
                }
            }
            _ => {
                recovered.lacking.push(name.clone());
                recovered.all.insert(name, draft);
            }
        }
    }
    let before = now_ms.saturating_sub(MARK_LIVES_MS);
    let expired = recovered.all.iter().filter(|(_, draft)| draft.gone && draft.at < before);
    recovered.expired = expired.map(|(name, _)| name.clone()).collect();
    for name in &recovered.expired {
        recovered.all.remove(name);
    }
    recovered
}

#[cfg(test)]
mod tests {
    use super::*;
    use takar_domain::record::natural;

    fn draft(text: &str, at: i64) -> Draft {
        Draft { text: text.into(), at, seen: Vec::new(), gone: false }
    }

    fn drafts(list: &[(&str, &str, i64)]) -> Map<String, Draft> {
        list.iter().map(|(name, text, at)| ((*name).to_owned(), draft(text, *at))).collect()
    }

    #[test]
    fn the_newer_keystrokes_win_whichever_storage_has_them() {
        let stored = drafts(&[("a", "98", 10), ("b", "12,5", 30)]);
        let tail = drafts(&[("a", "98,5", 20), ("b", "12", 25), ("c", "7", 5)]);
        let joined = newest(stored, tail, 100);
        assert_eq!(joined.all, drafts(&[("a", "98,5", 20), ("b", "12,5", 30), ("c", "7", 5)]));
        assert_eq!(joined.lacking, ["a", "c"]);
    }

    #[test]
    fn a_saved_draft_does_not_come_back_from_a_tail_that_was_flushed_late() {
        let mut stored = drafts(&[("typed on", "8", 10)]);
        stored.insert("saved".into(), Draft::gone(50));
        let joined = newest(stored, drafts(&[("saved", "98,5", 40), ("typed on", "85", 60)]), 100);
        assert!(joined.all.get("saved").is_some_and(|d| d.gone));
        assert_eq!(joined.stale_tails, ["saved"]);
        assert_eq!(joined.all.get("typed on"), Some(&draft("85", 60)));
    }

    #[test]
    fn typing_after_a_save_is_a_draft_again() {
        let rows = [
            ("a", draft("8", 60)),
            ("gone/a", Draft::gone(50)),
            ("gone/b", Draft::gone(70)),
            ("b", draft("1", 65)),
        ];
        let all = by_name(rows.into_iter().map(|(name, draft)| (name.to_owned(), draft)));
        assert_eq!(all.get("a"), Some(&draft("8", 60)));
        assert!(all.get("b").is_some_and(|d| d.gone));
    }

    #[test]
    fn marks_of_gone_drafts_are_cleared_away_after_a_day() {
        let mut stored = drafts(&[("open", "1", 1)]);
        stored.insert("long gone".into(), Draft::gone(1));
        let joined = newest(stored, Map::new(), MARK_LIVES_MS + 2);
        assert_eq!(joined.expired, ["long gone"]);
        assert_eq!(joined.all, drafts(&[("open", "1", 1)]));
    }

    fn key(group: &str, field: &str) -> DraftKey {
        let space = uuid::Uuid::from_u128(7);
        DraftKey::new(natural(space, "p"), natural(space, "r"), group, field)
    }

    #[test]
    fn a_name_tells_its_key_even_for_a_nagari_row() {
        let key = key("nagari/koto-ba#ru", "note");
        assert_eq!(DraftKey::parse(&key.name()), Some(key));
        assert_eq!(DraftKey::parse("takar:else"), None);
    }

    #[test]
    fn fields_of_one_group_share_what_was_seen_when_typing_began() {
        let seen = vec![OpId(uuid::Uuid::from_u128(1))];
        let first = Draft { seen: seen.clone(), ..draft("98", 1) };
        let drafts = Map::from([(key("value", "number").name(), first)]);
        assert_eq!(seen_by(&drafts, &key("value", "event_date")), Some(seen));
        assert_eq!(seen_by(&drafts, &key("obstacle", "")), None);
        assert_eq!(seen_by(&drafts, &key("val", "")), None);
    }
}
