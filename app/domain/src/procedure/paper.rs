//! What each kind of step produces, as data: the fields of its paper (domain.md §5).
//!
//! A paper is one group, so that a letter's number, date and addressee are one
//! decision. Everything in it is text as the office reads it, dates are ISO.

use super::list::{LISTS, lines, lists as lists_of};
use super::state::PAPER;
use crate::evidence::{self, Reference};
use crate::issue::Issue;
use crate::record::{Record, Value};
use crate::shape::MAX_EVIDENCE;
use crate::sop::Kind;
use crate::text::{meeting as lists, procedure as words};

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
    /// A jabatan, see [`super::Seat`].
    Seat,
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

/// Who was there, in words.
const ATTENDANCE: &str = "attendance";

/// Files of a paper: a photo of the disposisi, of the presensi, the signed scan.
pub const EVIDENCE: &str = "evidence";

const fn field(name: &'static str, label: &'static str, form: Form) -> Field {
    Field { name, label, form, needed: false }
}

const fn needed(name: &'static str, label: &'static str, form: Form) -> Field {
    Field { name, label, form, needed: true }
}

const REMARKS: Field = field("remarks", words::REMARKS, Form::Text);

const ORDER: [Field; 9] = [
    needed("instruction", words::INSTRUCTION, Form::Text),
    field("deadline", words::DEADLINE, Form::Date),
    field("nature", words::NATURE, Form::Choice(&words::NATURES)),
    field("letter_from", words::LETTER_FROM, Form::Line),
    field("letter_number", words::LETTER_NUMBER, Form::Line),
    field("letter_date", words::LETTER_DATE, Form::Date),
    field("received", words::RECEIVED, Form::Date),
    field("agenda_number", words::AGENDA_NUMBER, Form::Line),
    field("subject", words::SUBJECT, Form::Line),
];

const INVITE: [Field; 6] = [
    needed("date", words::MEETING_DATE, Form::Date),
    needed("time", words::TIME, Form::Line),
    needed("place", words::PLACE, Form::Line),
    needed("agenda", words::AGENDA, Form::Text),
    field("invitees", lists::OTHERS_INVITED, Form::Text),
    field("number", words::NUMBER, Form::Line),
];

const MEETING: [Field; 8] = [
    field("existing", lists::EXISTING, Form::Line),
    needed("date", words::MEETING_DATE, Form::Date),
    field("time", words::TIME, Form::Line),
    field("place", words::PLACE, Form::Line),
    field("chair", words::CHAIR, Form::Line),
    field("note_taker", words::NOTE_TAKER, Form::Line),
    field("attendance", lists::OTHERS_PRESENT, Form::Text),
    field("discussion", words::DISCUSSION, Form::Text),
];

/// What is a list now and was one text before: still read where it stands.
const BEFORE: [Field; 4] = [
    field("passed_to", words::PASSED_TO, Form::Text),
    field("answers", words::ANSWERS, Form::Text),
    field("decisions", words::DECISIONS, Form::Text),
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
    if let Some(list) = LISTS.iter().find(|list| list.instead == name) {
        return list.title;
    }
    let papers: [&[Field]; 8] = [&ORDER, &INVITE, &MEETING, &LETTER, &COPY, &ARCHIVE, &PLAIN, &BEFORE];
    papers.iter().copied().flatten().find(|f| f.name == name).map_or(name, |f| f.label)
}

/// The first needed field that stands empty, with no line of a list and, for who was
/// there, no file in its stead.
pub(super) fn missing(kind: Kind, run: Option<&Record>) -> Option<&'static str> {
    let paper = run.and_then(|r| r.groups.get(PAPER)?.value());
    let filled = |name: &str| paper.and_then(|p| p.get(name)?.as_str()).is_some_and(|t| !t.trim().is_empty());
    let listed = |name: &str| lists_of(kind).any(|list| list.instead == name && !lines(list, run).is_empty());
    let signed = paper.and_then(|p| p.get(EVIDENCE)?.as_array()).is_some_and(|files| !files.is_empty());
    let given = |name: &str| filled(name) || listed(name) || name == ATTENDANCE && signed;
    let needed = fields(kind).iter().filter(|f| f.needed).map(|f| f.name);
    let needed = needed.chain(lists_of(kind).filter(|l| l.needed).map(|l| l.instead));
    needed.into_iter().find(|name| !given(name))
}

/// What a paper said in words before it had lists, as far as it says anything.
pub fn earlier(paper: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    let text = |field: &Field| paper.get(field.name)?.as_str().filter(|text| !text.is_empty());
    let fields: &'static [Field] = &BEFORE;
    fields.iter().filter_map(move |field| Some((field.label, text(field)?)))
}

/// What is wrong with a paper, whatever its kind: texts with known names only.
pub(crate) fn check(paper: &Value, found: &mut Vec<Issue>) {
    let Value::Object(entries) = paper else {
        Issue::add(found, "shape.wrong", "");
        return;
    };
    let papers: [&[Field]; 8] = [&ORDER, &INVITE, &MEETING, &LETTER, &COPY, &ARCHIVE, &PLAIN, &BEFORE];
    for (name, value) in entries {
        if name == EVIDENCE {
            files(value, found);
            continue;
        }
        let known = papers.iter().copied().flatten().find(|f| f.name == name.as_str());
        let (Some(field), Value::String(text)) = (known, value) else {
            Issue::add(found, "shape.wrong", name);
            continue;
        };
        super::list::text_issue(field, text, found);
    }
}

fn files(value: &Value, found: &mut Vec<Issue>) {
    match crate::codec::from_value::<Vec<Reference>>(value) {
        Ok(references) if references.len() > MAX_EVIDENCE => {
            Issue::add(found, "entry.too_many", EVIDENCE);
        }
        Ok(references) => references.iter().for_each(|reference| evidence::check(reference, found)),
        Err(_) => Issue::add(found, "shape.wrong", EVIDENCE),
    }
}
