//! The demo office: *Kecamatan Contoh*, worth seen in five minutes.
//!
//! A story of ordinary operations, told in order. The server plays it through
//! the office's writer, so nothing in it is faked: every right is judged, every
//! difference is one of heads. What belongs to later parts comes with them.

mod files;
mod later;
mod past;
mod people;
mod plan;
mod procedure;
mod story;
mod values;

pub use files::DemoFile;

use crate::date::Date;
use crate::figure::{Decision, Judged, VALIDATION, Validation};
use crate::procedure::sign::Manner;
use crate::procedure::{STATE, Told, finish, seal, start};
use crate::record::{OpId, Record, RecordId, Source, Subject, Value};
use crate::setup::plain;
use crate::status::data_heads;
use crate::workflow::Action;

/// The whole demo.
#[derive(Clone, Debug, PartialEq)]
pub struct Demo {
    pub office: RecordId,
    /// One press each on the demo's sign-in page, in this order.
    pub accounts: Vec<DemoAccount>,
    /// What the operations name as evidence.
    pub files: Vec<DemoFile>,
    /// Operations in order of arrival; the first founds the office.
    pub steps: Vec<DemoStep>,
}

/// A person of the demo. Roles as names, no biographies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    pub person: RecordId,
    pub username: String,
    pub password: String,
    /// The role, as the button says it.
    pub label: String,
    /// The line "lihat ini".
    pub look_at: String,
    /// Behind *orang lain*.
    pub more: bool,
}

/// One operation of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoStep {
    pub author: RecordId,
    /// Which device made it: 0 the office laptop, 1 the phone in the field, 2 the
    /// Sekretaris's computer. Numbers run per device and author.
    pub device: u8,
    pub acted_for: Option<RecordId>,
    pub source: Source,
    /// Device clock, milliseconds since 1970 UTC.
    pub made: i64,
    pub reason: Option<String>,
    /// Made offline: the device had seen only the state after this many steps.
    /// `None` = everything before this step.
    pub base: Option<usize>,
    pub parts: Vec<DemoPart>,
}

/// What a step does to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoPart {
    pub subject: Subject,
    pub act: DemoAct,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DemoAct {
    Edit(Vec<(String, Value)>),
    /// Sends a unit's form with these figures.
    Send {
        figures: Vec<Subject>,
    },
    Accept {
        self_validated: bool,
    },
    Return {
        comment: String,
    },
    /// Begins a step of the SOP.
    Start,
    Finish(Told),
    /// What only the office does: it seals the document in this way, for this signer.
    Sign {
        manner: Manner,
        signer: RecordId,
        told: Told,
    },
    /// The office gives the letter its number, dated that day (ISO).
    Number {
        date: String,
    },
    /// A unit hands these figures over.
    HandOver {
        told: Told,
        figures: Vec<Subject>,
    },
}

/// A part as an operation carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    pub subject: Subject,
    pub action: Action,
    /// Group, heads it saw, value.
    pub changes: Vec<(String, Vec<OpId>, Value)>,
    pub judged: Vec<Judged>,
}

impl DemoPart {
    /// Fills in what the author's device had seen: `get` gives records in the
    /// state of the step's base.
    #[must_use]
    pub fn prepare(&self, get: &dyn Fn(RecordId) -> Option<Record>) -> Prepared {
        let record = get(self.subject.record()).unwrap_or_else(|| Record::new(self.subject.clone()));
        let change = |group: &str, value: Value| (group.to_owned(), record.seen(group), value);
        let own = || judged(&record);
        let decide = |decision, comment: &str, self_validated| {
            let validation =
                Validation { decision, comment: comment.into(), self_validated, heads: data_heads(&record) };
            vec![change(VALIDATION, plain(&validation))]
        };
        let (action, changes, judged) = match &self.act {
            DemoAct::Edit(values) => {
                let changes = values.iter().map(|(group, value)| change(group, value.clone()));
                (Action::Edit, changes.collect(), Vec::new())
            }
            DemoAct::Send { figures } => {
                let stage = crate::config::Stage { sent: true };
                let figures = figures.iter().filter_map(|f| get(f.record()));
                let judged = figures.flat_map(|r| judged(&r)).collect();
                (Action::Send, vec![change(crate::config::STAGE, plain(&stage))], judged)
            }
            DemoAct::Accept { self_validated } => {
                (Action::Accept, decide(Decision::Accept, "", *self_validated), own())
            }
            DemoAct::Start | DemoAct::Finish(_) | DemoAct::HandOver { .. } => {
                let known = Some(&record).filter(|r| !r.groups.is_empty());
                let (action, next) = match &self.act {
                    DemoAct::Finish(told) => (Action::Finish, finish(known, told.clone())),
                    DemoAct::HandOver { told, figures } => {
                        let told = Told { seal: Some(seal(figures, get)), ..told.clone() };
                        (Action::Finish, finish(known, told))
                    }
                    _ => (Action::Start, start(known)),
                };
                let changes = next.iter().map(|state| change(STATE, plain(state)));
                (action, changes.collect(), Vec::new())
            }
            DemoAct::Sign { .. } | DemoAct::Number { .. } => (Action::Finish, Vec::new(), Vec::new()),
            DemoAct::Return { comment } => (Action::Return, decide(Decision::Return, comment, false), own()),
        };
        Prepared { subject: self.subject.clone(), action, changes, judged }
    }
}

fn judged(record: &Record) -> Vec<Judged> {
    let id = record.subject.record();
    data_heads(record).into_iter().map(|(group, heads)| Judged { record: id, group, heads }).collect()
}

/// Builds the demo for a day. All ids follow from `office`, so a fresh demo
/// office beside an old one shares nothing with it.
///
/// # Errors
/// In words, only if a data file in this crate was damaged; a test reads them.
pub fn demo(office: RecordId, today: Date) -> Result<Demo, String> {
    story::tell(office, today)
}
