//! Lists on the papers of steps: to whom a disposisi goes on, who is invited, who
//! was there, what was decided, who does what by when (domain.md §4).
//!
//! A line is a group of the step's record, and what its receiver says to it is a
//! group beside it: people who write at once without a connection never collide.
//! A line without any text was taken off its list.

use super::paper::{Field, Form};
use super::seat::Seat;
use crate::codec::from_value;
use crate::config::Config;
use crate::figure::Note;
use crate::issue::Issue;
use crate::record::{Group, Record, RecordId, Value};
use crate::shape::{MAX_LINE, is_code, is_iso_date};
use crate::sop::Kind;
use crate::sorted::Map;
use crate::text::meeting as words;

/// One list of a paper.
#[derive(Debug, PartialEq, Eq)]
pub struct List {
    /// The paper that it belongs to.
    pub kind: Kind,
    /// First part of the names of its groups; the line's own name follows.
    pub prefix: &'static str,
    pub title: &'static str,
    pub fields: &'static [Field],
    pub answer: Option<Answer>,
    /// A field of the paper that a line stands instead of.
    pub instead: &'static str,
    /// The step cannot be finished without one of the two.
    pub needed: bool,
}

/// What the receiver of a line says to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub prefix: &'static str,
    pub fields: &'static [Field],
    /// What it is called on the press, and as a task.
    pub press: &'static str,
    /// What a given answer without words of its own reads like.
    pub given: &'static str,
}

/// To whom a line is addressed; the field of that name in every list.
pub const WHO: &str = "who";

const fn field(name: &'static str, label: &'static str, form: Form, needed: bool) -> Field {
    Field { name, label, form, needed }
}

const NOTE: Field = field("note", words::NOTE, Form::Line, false);
const SEAT: Field = field(WHO, words::WHO, Form::Seat, true);

const HOP: [Field; 3] = [
    field(WHO, words::HOP_TO, Form::Seat, true),
    field("instruction", words::HOP_INSTRUCTION, Form::Text, true),
    field("due", words::HOP_DUE, Form::Date, false),
];
const PRESENT: [Field; 3] = [SEAT, field("came", words::CAME, Form::Choice(&words::ATTENDANCE), true), NOTE];
const SAYS: [Field; 2] = [
    field("answer", words::ANSWER, Form::Choice(&words::ANSWERS), true),
    field("note", words::ANSWER_NOTE, Form::Line, false),
];
const DECISION: [Field; 1] = [field("text", words::DECISION, Form::Text, true)];
const TASK: [Field; 3] = [
    field("text", words::TASK, Form::Text, true),
    field(WHO, words::TASK_OWNER, Form::Seat, true),
    field("due", words::TASK_DUE, Form::Date, true),
];

/// Lines of a disposisi.
pub const HOPS: List = List {
    kind: Kind::Order,
    prefix: "hop/",
    title: words::HOPS,
    fields: &HOP,
    answer: Some(Answer { prefix: "hop-got/", fields: &[NOTE], press: words::HOP_GOT, given: words::GOT }),
    instead: "passed_to",
    needed: false,
};
/// Who is invited.
pub const INVITEES: List = List {
    kind: Kind::Invite,
    prefix: "invitee/",
    title: words::INVITEES,
    fields: &[SEAT],
    answer: Some(Answer { prefix: "invitee-says/", fields: &SAYS, press: words::ANSWER_PRESS, given: "" }),
    instead: "invitees",
    needed: true,
};
/// Who was there.
pub const PRESENCE: List = List {
    kind: Kind::Meeting,
    prefix: "present/",
    title: words::PRESENCE,
    fields: &PRESENT,
    answer: None,
    instead: "attendance",
    needed: true,
};
/// What was decided.
pub const DECISIONS: List = List {
    kind: Kind::Meeting,
    prefix: "decision/",
    title: words::DECISIONS,
    fields: &DECISION,
    answer: None,
    instead: "decisions",
    needed: true,
};
/// Who does what by when.
pub const TASKS: List = List {
    kind: Kind::Meeting,
    prefix: "task/",
    title: words::TASKS,
    fields: &TASK,
    answer: Some(Answer {
        prefix: "task-done/",
        fields: &[NOTE],
        press: words::TASK_FINISH,
        given: words::DONE,
    }),
    instead: "tasks",
    needed: false,
};

/// Every list, in the order of the papers.
pub const LISTS: [&List; 5] = [&HOPS, &INVITEES, &PRESENCE, &DECISIONS, &TASKS];

/// The lists of a kind's paper.
pub fn lists(kind: Kind) -> impl Iterator<Item = &'static List> {
    LISTS.into_iter().filter(move |list| list.kind == kind)
}

/// The fields of a group and the line's own name; `None` if it is no line and no answer.
fn named(group: &str) -> Option<(&'static [Field], &str)> {
    LISTS.into_iter().find_map(|list| {
        let line = group.strip_prefix(list.prefix).map(|name| (list.fields, name));
        line.or_else(|| {
            let answer = list.answer.as_ref()?;
            Some((answer.fields, group.strip_prefix(answer.prefix)?))
        })
    })
}

/// The group of the line that an answer is about; `None` if it is no answer.
fn answered(group: &str) -> Option<String> {
    LISTS.into_iter().find_map(|list| {
        let name = group.strip_prefix(list.answer.as_ref()?.prefix)?;
        Some([list.prefix, name].concat())
    })
}

/// Whether a group is a line of a list or an answer to one.
pub(crate) fn is_line(group: &str) -> bool {
    named(group).is_some_and(|(_, name)| is_code(name))
}

fn is_answer(group: &str) -> bool {
    answered(group).is_some()
}

/// Whether a group stays open after its step is done: what receivers say, and a
/// disposisi that goes on.
pub(crate) fn stays_open(group: &str) -> bool {
    is_answer(group) || group.starts_with(HOPS.prefix)
}

/// Whether a group is the person's to write: an answer to a line that is addressed to
/// a jabatan that he holds on the date (ISO), or a disposisi that he passes on.
#[inline(never)]
pub(crate) fn is_addressed(config: &Config, run: &Record, group: &str, person: RecordId, date: &str) -> bool {
    let seat = |value: &Value| value.get(WHO).and_then(Value::as_str).and_then(Seat::parse);
    let mine = |line: &Group| {
        let mut seats = line.heads.iter().filter_map(|head| seat(&head.value));
        seats.any(|seat| seat.is_held_by(config, person, date))
    };
    let hops = || run.groups.iter().filter(|(name, _)| name.starts_with(HOPS.prefix));
    match answered(group) {
        Some(line) => run.groups.get(&line).is_some_and(mine),
        None => group.starts_with(HOPS.prefix) && hops().any(|(_, line)| mine(line)),
    }
}

/// What is wrong with a line or an answer.
#[inline(never)]
pub(crate) fn check(group: &str, value: &Value, found: &mut Vec<Issue>) {
    let Some((fields, texts)) = named(group).zip(from_value::<Map<String, String>>(value).ok()) else {
        found.push(Issue::hard("shape.wrong", group));
        return;
    };
    // Taken off its list.
    if texts.values().all(|text| text.trim().is_empty()) && !is_answer(group) {
        return;
    }
    for (name, text) in &texts {
        match fields.0.iter().find(|field| field.name == name.as_str()) {
            Some(field) => text_issue(field, text, found),
            None => found.push(Issue::hard("shape.wrong", name)),
        }
    }
    let empty = |field: &&Field| texts.get(field.name).is_none_or(|text| text.trim().is_empty());
    let missing = fields.0.iter().filter(|field| field.needed).filter(empty);
    found.extend(missing.map(|field| Issue::hard("text.empty", field.name)));
}

/// What is wrong with one text of a paper or a list.
pub(super) fn text_issue(field: &Field, text: &str, found: &mut Vec<Issue>) {
    let name = field.name;
    let max = if field.form == Form::Text { Note::MAX_CHARS } else { MAX_LINE };
    if text.chars().count() > max {
        found.push(Issue::hard("text.too_long", name).with("max", max.to_string()));
    }
    let wrong = match field.form {
        Form::Date if !is_iso_date(text) => "date.wrong",
        Form::Choice(choices) if !choices.contains(&text) => "choice.unknown",
        Form::Seat if Seat::parse(text).is_none() => "choice.unknown",
        _ => return,
    };
    if !text.is_empty() {
        found.push(Issue::hard(wrong, name));
    }
}

/// A line of a list with what its receiver says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its own name, behind the list's prefix.
    pub name: String,
    pub texts: Map<String, String>,
    /// To whom it is addressed.
    pub seat: Option<Seat>,
    /// What the receiver says; `None` as long as nobody said anything.
    pub answer: Option<Map<String, String>>,
}

impl Line {
    /// One of its texts; empty if it has none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }
}

/// The lines of a list, in the order in which they were written.
#[must_use]
pub fn lines(list: &List, run: Option<&Record>) -> Vec<Line> {
    let Some(run) = run else { return Vec::new() };
    let line = |name: &str| {
        let texts: Map<String, String> = run.read(&[list.prefix, name].concat())?;
        texts.values().any(|text| !text.is_empty()).then_some(())?;
        let seat = texts.get(WHO).and_then(|text| Seat::parse(text));
        let answer = list.answer.as_ref().and_then(|a| run.read(&[a.prefix, name].concat()));
        Some(Line { name: name.to_owned(), texts, seat, answer })
    };
    run.groups.keys().filter_map(|group| line(group.strip_prefix(list.prefix)?)).collect()
}
