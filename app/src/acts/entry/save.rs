//! What saving a figure writes: only groups whose value changes, one change each.

use serde::Serialize;
use serde::de::DeserializeOwned;
use takar_domain::codec::to_value;
use takar_domain::figure::{Entry, NAGARI, NOTES, Note, Row, VALUE};
use takar_domain::issue::{Issue, Severity};
use takar_domain::record::Source;
use takar_sync::operation::Change;

use super::compile::{Compiled, Figure};
use super::typed::{ACTED_FOR, SOURCE, Typed};

/// What a press of *Simpan* does with the typed groups of one figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Groups whose value changes. `seen` stays empty: the engine fills in what
    /// the draft saw when typing began.
    pub changes: Vec<Change>,
    /// Drafts that are saved by it, as (group, field).
    pub drops: Vec<(String, String)>,
    /// Hard issues by group: these groups stay drafts.
    pub blocked: Vec<(String, Issue)>,
}

impl Work {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.drops.is_empty()
    }
}

/// Saves every typed group of the figure, or only one.
#[must_use]
pub fn work(figure: &Figure<'_>, only: Option<&str>) -> Work {
    let mut work = Work::default();
    for group in figure.typed.groups() {
        if only.is_some_and(|o| o != group) {
            continue;
        }
        if group == VALUE {
            put::<Entry>(&mut work, figure, group, figure.entry());
        } else if let Some(code) = group.strip_prefix(NAGARI) {
            put::<Row>(&mut work, figure, group, figure.row(code));
        } else if NOTES.contains(&group) {
            put::<Note>(&mut work, figure, group, figure.note(group));
        }
    }
    work
}

fn put<T>(work: &mut Work, figure: &Figure<'_>, group: &str, compiled: Compiled<T>)
where
    T: Default + PartialEq + Serialize + DeserializeOwned,
{
    let hard: Vec<_> = compiled.issues.into_iter().filter(|i| i.severity == Severity::Hard).collect();
    if !hard.is_empty() {
        work.blocked.extend(hard.into_iter().map(|issue| (group.to_owned(), issue)));
        return;
    }
    let stored: Option<T> = figure.record.and_then(|r| r.read(group));
    let differs = figure.record.is_some_and(|r| r.groups.get(group).is_some_and(|g| g.differs()));
    // A value typed beside two that differ is a choice, even if it equals the first.
    if differs || stored.unwrap_or_default() != compiled.value {
        work.changes.push(Change {
            group: group.to_owned(),
            seen: Vec::new(),
            value: to_value(&compiled.value),
        });
    }
    work.drops.extend(figure.typed.fields(group).map(|f| (group.to_owned(), f.to_owned())));
}

/// How the typed values reached the keyboard, and for whom: as chosen, else `usual`.
#[must_use]
pub fn source(typed: &Typed, usual: Source) -> (Source, Option<uuid::Uuid>) {
    let source = typed.get(VALUE, SOURCE).and_then(source_named).unwrap_or(usual);
    let acted_for = typed.get(VALUE, ACTED_FOR).and_then(|id| id.parse().ok());
    (source, if source == Source::Own { None } else { acted_for })
}

/// The sources in the order of the choice, with their names on the wire.
pub const SOURCES: [(Source, &str); 4] = [
    (Source::Own, "own"),
    (Source::Paper, "paper"),
    (Source::WhatsApp, "whats_app"),
    (Source::Telephone, "telephone"),
];

/// The source's name on the wire.
#[must_use]
pub fn source_name(source: Source) -> &'static str {
    SOURCES.iter().find(|(s, _)| *s == source).map_or("own", |(_, name)| name)
}

fn source_named(name: &str) -> Option<Source> {
    SOURCES.iter().find(|(_, n)| *n == name).map(|(s, _)| *s)
}
