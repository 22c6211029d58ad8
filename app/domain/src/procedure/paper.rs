//! What each kind of step produces, as data: the fields of its paper (domain.md §5).
//!
//! A paper is one group, so that a letter's number, date and addressee are one
//! decision. Everything in it is text as the office reads it, dates are ISO.

use crate::evidence::{self, Reference};
use crate::figure::Note;
use crate::issue::Issue;
use crate::record::Value;
use crate::shape::{MAX_EVIDENCE, MAX_LINE, is_iso_date};
use crate::sop::Kind;
use crate::text::procedure as words;

/// How a field is typed and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Line,
    /// Several lines.
    Text,
    /// ISO.
    Date,
    /// One of these, as it is printed.
    Choice(&'static [&'static str]),
}

/// One field of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the stored value.
    pub name: &'static str,
    pub label: &'static str,
    pub form: Form,
    /// The step cannot be finished without it.
    pub needed: bool,
}

/// Files of a paper: a photo of the disposisi, of the presensi, the signed scan.
pub const EVIDENCE: &str = "evidence";

const fn field(name: &'static str, label: &'static str, form: Form) -> Field {
    Field { name, label, form, needed: false }
}

const fn needed(name: &'static str, label: &'static str, form: Form) -> Field {
    Field { name, label, form, needed: true }
}

const REMARKS: Field = field("remarks", words::REMARKS, Form::Text);

const ORDER: [Field; 10] = [
    needed("instruction", words::INSTRUCTION, Form::Text),
    field("passed_to", words::PASSED_TO, Form::Text),
    field("deadline", words::DEADLINE, Form::Date),
    field("nature", words::NATURE, Form::Choice(&words::NATURES)),
    field("letter_from", words::LETTER_FROM, Form::Line),
    field("letter_number", words::LETTER_NUMBER, Form::Line),
    field("letter_date", words::LETTER_DATE, Form::Date),
    field("received", words::RECEIVED, Form::Date),
    field("agenda_number", words::AGENDA_NUMBER, Form::Line),
    field("subject", words::SUBJECT, Form::Line),
];

const INVITE: [Field; 7] = [
    needed("date", words::MEETING_DATE, Form::Date),
    needed("time", words::TIME, Form::Line),
    needed("place", words::PLACE, Form::Line),
    needed("agenda", words::AGENDA, Form::Text),
    needed("invitees", words::INVITEES, Form::Text),
    field("number", words::NUMBER, Form::Line),
    field("answers", words::ANSWERS, Form::Text),
];

const MEETING: [Field; 9] = [
    needed("date", words::MEETING_DATE, Form::Date),
    field("time", words::TIME, Form::Line),
    field("place", words::PLACE, Form::Line),
    field("chair", words::CHAIR, Form::Line),
    field("note_taker", words::NOTE_TAKER, Form::Line),
    needed("attendance", words::ATTENDANCE, Form::Text),
    field("discussion", words::DISCUSSION, Form::Text),
    needed("decisions", words::DECISIONS, Form::Text),
    field("tasks", words::TASKS, Form::Text),
];

const LETTER: [Field; 5] = [
    needed("addressee", words::ADDRESSEE, Form::Text),
    field("items", words::ITEMS, Form::Text),
    needed("channel", words::CHANNEL, Form::Choice(&words::CHANNELS)),
    needed("sent", words::SENT, Form::Date),
    REMARKS,
];

const COPY: [Field; 3] =
    [needed("copies", words::COPIES, Form::Line), needed("for_whom", words::FOR_WHOM, Form::Text), REMARKS];

const ARCHIVE: [Field; 5] = [
    needed("classification", words::CLASSIFICATION, Form::Line),
    needed("location", words::LOCATION, Form::Line),
    field("active_until", words::ACTIVE_UNTIL, Form::Date),
    field("inactive_until", words::INACTIVE_UNTIL, Form::Date),
    field("fate", words::FATE, Form::Choice(&words::FATES)),
];

const PLAIN: [Field; 1] = [REMARKS];

/// The fields of a kind's paper, in the order of the sheet.
#[must_use]
pub const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Order => &ORDER,
        Kind::Invite => &INVITE,
        Kind::Meeting => &MEETING,
        Kind::Letter => &LETTER,
        Kind::Copy => &COPY,
        Kind::Archive => &ARCHIVE,
        _ => &PLAIN,
    }
}

/// What a field is called, whichever paper it stands in; its name if no paper has it.
#[must_use]
pub fn label(name: &'static str) -> &'static str {
    let papers: [&[Field]; 7] = [&ORDER, &INVITE, &MEETING, &LETTER, &COPY, &ARCHIVE, &PLAIN];
    papers.iter().copied().flatten().find(|f| f.name == name).map_or(name, |f| f.label)
}

/// The first needed field that stands empty.
pub(super) fn missing(kind: Kind, paper: Option<&Value>) -> Option<&'static str> {
    let filled = |name| paper.and_then(|p| p.get(name)?.as_str()).is_some_and(|t| !t.trim().is_empty());
    fields(kind).iter().find(|f| f.needed && !filled(f.name)).map(|f| f.name)
}

/// What is wrong with a paper, whatever its kind: texts with known names only.
pub(crate) fn check(paper: &Value, found: &mut Vec<Issue>) {
    let Value::Object(entries) = paper else {
        found.push(Issue::hard("shape.wrong", ""));
        return;
    };
    let papers: [&[Field]; 7] = [&ORDER, &INVITE, &MEETING, &LETTER, &COPY, &ARCHIVE, &PLAIN];
    for (name, value) in entries {
        if name == EVIDENCE {
            files(value, found);
            continue;
        }
        let known = papers.iter().copied().flatten().find(|f| f.name == name.as_str());
        let (Some(field), Value::String(text)) = (known, value) else {
            found.push(Issue::hard("shape.wrong", name));
            continue;
        };
        let max = if field.form == Form::Text { Note::MAX_CHARS } else { MAX_LINE };
        if text.chars().count() > max {
            found.push(Issue::hard("text.too_long", name).with("max", max.to_string()));
        }
        match field.form {
            Form::Date if !text.is_empty() && !is_iso_date(text) => {
                found.push(Issue::hard("date.wrong", name))
            }
            Form::Choice(choices) if !text.is_empty() && !choices.contains(&text.as_str()) => {
                found.push(Issue::hard("choice.unknown", name));
            }
            _ => {}
        }
    }
}

fn files(value: &Value, found: &mut Vec<Issue>) {
    match crate::codec::from_value::<Vec<Reference>>(value) {
        Ok(references) if references.len() > MAX_EVIDENCE => {
            found.push(Issue::hard("entry.too_many", EVIDENCE));
        }
        Ok(references) => references.iter().for_each(|reference| evidence::check(reference, found)),
        Err(_) => found.push(Issue::hard("shape.wrong", EVIDENCE)),
    }
}
