//! What is stored about a step that is being carried out.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use super::Seal;
use super::sign::Signature;
use crate::figure::Note;
use crate::issue::Issue;
use crate::record::Made;

/// Group of a step's record that only transitions write.
pub const STATE: &str = "state";
/// Group of a letter's step: when it arrived and who took it, also known after the
/// step and its cycle are done.
pub const RECEIPT: &str = "receipt";
/// Group of a step's record with what it produces, see [`super::paper`].
pub const PAPER: &str = "paper";
/// Most rounds that one step may go through.
const MAX_ROUNDS: usize = 100;
/// Most minutes that a person may say were worked on one step: ten weeks.
const MAX_MINUTES: u32 = 24_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    #[default]
    Running,
    Done,
}

/// One time that a step was carried out, from its start to its end.
///
/// The instants are what devices said, kept raw; [`crate::worktime::lasted`]
/// reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Round {
    /// When the start was made; `None` while the start is the standing head, whose
    /// own attribution says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Made>,
    /// When the end was made; `None` as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Made>,
    /// Day of the event where it was recorded later, ISO; on paper it happened then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<String>,
    /// Waktu kerja in minutes, by the word of who finished it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Why it took longer or came later than it should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was handed over; `None` for steps that hand nothing over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<Seal>,
    /// What was signed, by whom and how; `None` for steps that sign nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// Group [`STATE`] of a step's record; a step without it has not begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct StepState {
    pub phase: Phase,
    /// The round in hand, or the last one.
    pub round: Round,
    /// Earlier rounds, oldest first: each ended by being opened again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Round>,
    /// Why it was opened again; empty in the first round.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub returned: String,
}

/// Group [`RECEIPT`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Readable)]
pub struct Receipt {
    /// ISO.
    pub date: String,
    pub by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}

/// What no state of the office could mend.
pub(crate) fn check(state: &StepState, found: &mut Vec<Issue>) {
    if state.past.len() >= MAX_ROUNDS {
        Issue::add(found, "step.rounds", "past");
    }
    for round in state.past.iter().chain([&state.round]) {
        if round.minutes.is_some_and(|minutes| minutes > MAX_MINUTES) {
            Issue::add(found, "step.minutes", "minutes");
        }
        if round.event_date.as_ref().is_some_and(|date| !crate::shape::is_iso_date(date)) {
            Issue::add(found, "date.wrong", "event_date");
        }
    }
    let texts = state.past.iter().chain([&state.round]).filter_map(|round| round.reason.as_ref());
    if texts.chain([&state.returned]).any(|text| text.chars().count() > Note::MAX_CHARS) {
        found.push(Issue::hard("text.too_long", "").with("max", Note::MAX_CHARS.to_string()));
    }
}
