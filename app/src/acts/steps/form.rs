//! What the forms of a step ask for.

use takar_domain::procedure::list::{DECISIONS, HOPS, INVITEES, List, PRESENCE, TASKS};
use takar_domain::procedure::paper::{Field, Form, fields};
use takar_domain::sop::Kind as Step;
use takar_domain::text::procedure as words;

use crate::acts::settings::ask::{Ask, Kind};

/// *Selesai*.
pub const FINISH: &[Ask] = &[
    Ask::new(Kind::Number, "minutes", words::MINUTES).hint(words::MINUTES_HINT),
    Ask::new(Kind::Date, "event_date", words::EVENT_DATE).hint(words::EVENT_DATE_HINT).optional(),
    Ask::new(Kind::Area, "reason", words::REASON).hint(words::REASON_HINT).optional(),
];

/// *Buka kembali*.
pub const REOPEN: &[Ask] = &[Ask::new(Kind::Area, "reason", words::REOPEN_REASON)];

/// *Kembalikan ke unit*.
pub const GIVE_BACK: &[Ask] = &[Ask::new(Kind::Area, "reason", words::GIVE_BACK_REASON)];

const fn ask(field: &Field) -> Ask {
    let kind = match field.form {
        Form::Line => Kind::Text,
        Form::Text => Kind::Area,
        Form::Date => Kind::Date,
        Form::Choice(all) => Kind::OneOf(all),
        Form::Seat => Kind::Choice(super::lists::seats),
    };
    let ask = Ask::new(kind, field.name, field.label);
    if field.needed { ask } else { ask.optional() }
}

const fn asks<const N: usize>(fields: &[Field]) -> [Ask; N] {
    let mut asks = [const { Ask::new(Kind::Text, "", "") }; N];
    let mut at = 0;
    while at < N {
        asks[at] = ask(&fields[at]);
        at += 1;
    }
    asks
}

/// The fields of a step's paper, for a form.
#[must_use]
pub fn paper_asks(kind: Step) -> &'static [Ask] {
    macro_rules! of {
        ($kind:expr) => {{
            const ASKS: [Ask; fields($kind).len()] = asks(fields($kind));
            &ASKS
        }};
    }
    match kind {
        Step::Order => of!(Step::Order),
        Step::Invite => of!(Step::Invite),
        Step::Meeting => of!(Step::Meeting),
        Step::Letter => of!(Step::Letter),
        Step::Copy => of!(Step::Copy),
        Step::Archive => of!(Step::Archive),
        _ => of!(Step::Plain),
    }
}

/// The fields of a new line.
#[must_use]
pub fn list_asks(list: &List) -> &'static [Ask] {
    macro_rules! of {
        ($list:expr) => {{
            const ASKS: [Ask; $list.fields.len()] = asks($list.fields);
            &ASKS
        }};
    }
    match list.prefix {
        "hop/" => of!(HOPS),
        "invitee/" => of!(INVITEES),
        "present/" => of!(PRESENCE),
        "decision/" => of!(DECISIONS),
        _ => of!(TASKS),
    }
}

/// The fields of an answer.
#[must_use]
pub fn answer_asks(list: &List) -> &'static [Ask] {
    const fn fields(list: &List) -> &'static [Field] {
        match &list.answer {
            Some(answer) => answer.fields,
            None => &[],
        }
    }
    const NOTE: [Ask; fields(&HOPS).len()] = asks(fields(&HOPS));
    const SAYS: [Ask; fields(&INVITEES).len()] = asks(fields(&INVITEES));
    if *list == INVITEES { &SAYS } else { &NOTE }
}
