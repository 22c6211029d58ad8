//! Koreksi Camat (SOP step 9): what is to be corrected, pinned to a value or to a
//! section, and what became of it.
//!
//! Each is a group of its own in the step's record, so that the judge who reads
//! the step knows them all, two of them never collide, and two decisions about one
//! stand side by side. What was pinned stays as it was pinned.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use super::runs::sop_of;
use super::state::{Phase, STATE, StepState};
use crate::codec::from_value;
use crate::config::Config;
use crate::evidence::Reference;
use crate::figure::Note;
use crate::issue::Issue;
use crate::record::{Group, OpId, Record, RecordId, Subject, Value};
use crate::rules::PartView;
use crate::shape::{MAX_LINE, references};
use crate::sop::{Kind, Step};

/// Prefix of the groups of a step's record that hold one correction each.
pub const CORRECTION: &str = "correction/";

/// What a person decided about a correction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// Nothing yet.
    #[default]
    Open,
    /// It goes back to its unit.
    Returned,
    /// Settled with a word, without the unit.
    Settled,
    /// Taken back by who may record it.
    Withdrawn,
}

/// One correction. Who pinned it, for whom and when is the operation's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Correction {
    /// What is to be corrected; may be empty where pages show it.
    pub text: String,
    /// The value that it is pinned to: indicator and group of its figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<RecordId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Or the section: a unit, a node of the plan; neither is the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<RecordId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<RecordId>,
    /// The value as it stood then, and its heads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<OpId>,
    /// Halaman coretan: photographed pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Reference>,
    #[serde(default)]
    pub decided: Decided,
    /// The unit that hands over again, for one that was returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<RecordId>,
    /// So many times the unit had handed over by then.
    #[serde(default)]
    pub rounds: usize,
    /// Why it was decided so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub word: String,
}

impl Correction {
    /// What may not change once it was pinned.
    #[must_use]
    pub fn pinned(&self) -> Self {
        let decided = Decided::Open;
        Self { decided, to: None, rounds: 0, word: String::new(), ..self.clone() }
    }
}

/// Where a correction stands: derived from its group and from its unit's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// Two decisions stand side by side.
    Differs,
    /// Its unit has not handed over again: the step to be done, and the unit.
    Waits {
        step: u16,
        unit: RecordId,
    },
    /// Its unit handed over again.
    Answered,
    Settled,
    Withdrawn,
}

/// The corrections of a step's record, in the order of their ids: by time.
pub fn corrections(record: &Record) -> impl Iterator<Item = (&str, &Group)> {
    let all = record.groups.iter().filter(|(_, group)| !group.heads.is_empty());
    all.filter_map(|(name, group)| Some((name.strip_prefix(CORRECTION)?, group)))
}

/// Where one stands; `None` if a newer app wrote it.
#[must_use]
pub fn standing(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
    group: &Group,
) -> Option<Standing> {
    let correction: Correction = from_value(group.value()?).ok()?;
    if group.differs() {
        return Some(Standing::Differs);
    }
    Some(match (correction.decided, correction.to) {
        (Decided::Open, _) | (Decided::Returned, None) => Standing::Open,
        (Decided::Settled, _) => Standing::Settled,
        (Decided::Withdrawn, _) => Standing::Withdrawn,
        (Decided::Returned, Some(unit)) => {
            let Some(step) = hand_over(config, cycle) else { return Some(Standing::Answered) };
            let run = Subject::StepRun { cycle, step: step.number, unit: Some(unit) };
            let state = get(run.record()).and_then(|run| run.read::<StepState>(STATE));
            let again = |s: &StepState| s.phase == Phase::Done && s.past.len() >= correction.rounds;
            if state.as_ref().is_some_and(again) {
                Standing::Answered
            } else {
                Standing::Waits { step: step.number, unit }
            }
        }
    })
}

/// The step by which each unit hands its data over; `None` if the SOP has none.
#[must_use]
pub fn hand_over(config: &Config, cycle: RecordId) -> Option<&Step> {
    sop_of(config, cycle)?.steps.iter().find(|step| step.kind == Kind::HandOver && step.per_unit)
}

/// The decision that gives a correction back to a unit, as long as its data is
/// handed over or on the way back.
#[must_use]
pub fn returned(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
    unit: RecordId,
    pinned: &Correction,
) -> Option<Correction> {
    let run = Subject::StepRun { cycle, step: hand_over(config, cycle)?.number, unit: Some(unit) };
    let state: StepState = get(run.record())?.read(STATE)?;
    let open = usize::from(state.phase == Phase::Done);
    Some(Correction {
        decided: Decided::Returned,
        to: Some(unit),
        rounds: state.past.len() + open,
        word: String::new(),
        ..pinned.clone()
    })
}

/// What no state of the office could mend.
pub(crate) fn check(correction: &Correction, found: &mut Vec<Issue>) {
    let Correction { text, group, evidence, word, .. } = correction;
    let mut long = |path: &str, text: &str, max: usize| {
        if text.chars().count() > max {
            found.push(Issue::hard("text.too_long", path).with("max", max.to_string()));
        }
    };
    long("text", text, Note::MAX_CHARS);
    long("word", word, Note::MAX_CHARS);
    long("group", group, MAX_LINE);
    if text.trim().is_empty() && evidence.is_empty() {
        found.push(Issue::hard("correction.empty", "text"));
    }
    if correction.decided == Decided::Settled && word.trim().is_empty() {
        found.push(Issue::hard("correction.word", "word"));
    }
    if correction.decided == Decided::Returned && correction.to.is_none() {
        found.push(Issue::hard("shape.wrong", "to"));
    }
    references(evidence, found);
}

/// What must hold for writing corrections into a step's record.
pub(super) fn issue(step: &Step, record: Option<&Record>, part: &PartView) -> Option<Issue> {
    for (group, _, value) in part.changes.iter().filter(|(group, ..)| group.starts_with(CORRECTION)) {
        if step.kind != Kind::Correct {
            return Some(Issue::hard("group.unknown", group));
        }
        let heads = record.and_then(|record| record.groups.get(*group)).into_iter().flat_map(|g| &g.heads);
        let pinned = |value: &Value| from_value::<Correction>(value).ok().map(|c| c.pinned());
        let now = pinned(value);
        if heads.map(|head| pinned(&head.value)).any(|before| before != now) {
            return Some(Issue::hard("correction.changed", group));
        }
    }
    None
}
