//! One side of a difference, its press, and the way to another value.

use crate::signal::*;
use takar_domain::codec::{from_value, to_value};
use takar_domain::decimal::Decimal;
use takar_domain::figure::{Entry, EntryState, Note, Row};
use takar_domain::issue::Issue;
use takar_domain::number::{self, Parsed};
use takar_domain::record::{Head, Value};
use takar_domain::text::{self, difference as words};

use crate::acts::decide::{Difference, Field as Kind, field, row_with};
use crate::acts::words as say;
use crate::pages::piece::{Kept, files, head_line};
use crate::state::App;
use crate::ui::{Button, Field, Kind as Input, Look, Reveal, Tone, tag};
use crate::view::{View, view};

/// The press that takes a side's value.
#[must_use]
pub fn taking(app: App, difference: &Difference, head: &Head, take: Callback<Value>) -> View {
    let value = say::value(&app.config(), &difference.subject, &difference.group, &head.value);
    let (words, value) = (words::take(&value), head.value.clone());
    view! { <Button press=move || take.run(value.clone())>{words}</Button> }
}

/// A value with its origin.
#[must_use]
pub fn side(app: App, difference: &Difference, head: &Head, first: bool) -> View {
    let config = app.config();
    let value = say::value(&config, &difference.subject, &difference.group, &head.value);
    let details = say::details(&difference.group, &head.value);
    let details = details.into_iter().map(|d| view! { <p class="small pre">{d}</p> });
    let origin = app
        .record(difference.subject.record())
        .map(|record| head_line(app, &record, &difference.group, head));
    let label = value.clone();
    view! {
        <section class="side stack-s" aria-label=label>
            <p class="big">{value}</p>
            {first.then(|| tag(Tone::Info, words::FIRST))}
            {origin}
            {details.collect::<View>()}
            {files(app, &from_value::<Vec<_>>(&head.value["evidence"]).unwrap_or_default())}
        </section>
    }
}

/// Neither: another value, where the field takes one from here.
#[component]
pub fn Other(difference: Difference, typed: Kept, take: Callback<Value>) -> View {
    if other(&difference, typed, take).is_none() {
        return View::Nothing;
    }
    view! { <Reveal summary=words::OTHER_VALUE>{other(&difference, typed, take)}</Reveal> }
}

fn other(difference: &Difference, typed: Kept, take: Callback<Value>) -> Option<View> {
    let first = &difference.sides.first()?.value;
    match field(&difference.group) {
        Kind::Settings => None,
        Kind::Row => other_row(difference, first, typed, take),
        Kind::Note => Some(
            view! { <Typed label=words::OTHER_NOTE input=Input::Area read=read_note typed=typed take=take /> },
        ),
        Kind::Entry => other_entry(first, typed, take),
    }
}

/// The tick that no side has, or a number.
fn other_row(difference: &Difference, first: &Value, typed: Kept, take: Callback<Value>) -> Option<View> {
    let rows: Vec<Row> = difference.sides.iter().filter_map(|h| from_value(&h.value).ok()).collect();
    if rows.iter().any(|r| r.number.is_some()) {
        let base = first.clone();
        let read = move |text: &str| {
            let number = read_number(text)?;
            let row: Row = from_value(&base).unwrap_or_default();
            Ok(to_value(&Row { number: Some(number), ..row }))
        };
        return Some(
            view! { <Typed label=words::OTHER_LABEL input=Input::Number read=read typed=typed take=take /> },
        );
    }
    let missing = [true, false].into_iter().find(|done| rows.iter().all(|r| r.done != Some(*done)))?;
    let value = row_with(first, missing);
    let words = words::take(if missing { text::settings::DONE } else { text::settings::NOT_DONE });
    Some(view! {
        <Button look=Look::Quiet press=move || take.run(value.clone())>
            {words}
        </Button>
    })
}

/// Another number in place of the first side's. Variables, states and
/// predicates are filled in again on their own page.
fn other_entry(first: &Value, typed: Kept, take: Callback<Value>) -> Option<View> {
    let base: Entry = from_value(first).ok()?;
    if base.state != EntryState::Value || base.number.is_none() {
        return None;
    }
    let read = move |text: &str| {
        let entry = Entry { number: Some(read_number(text)?), confirmed: Vec::new(), ..base.clone() };
        Ok(to_value(&entry))
    };
    Some(view! { <Typed label=words::OTHER_LABEL input=Input::Number read=read typed=typed take=take /> })
}

/// What a typed text becomes, or what is wrong with it.
type Read = Result<Value, String>;

fn read_note(text: &str) -> Read {
    Ok(to_value(&Note(text.trim().into())))
}

fn read_number(text: &str) -> Result<Decimal, String> {
    match number::parse(text) {
        Ok(Parsed::Number(n)) => Ok(n),
        Ok(Parsed::Empty) => Err(text::issue(&Issue::hard("text.empty", ""))),
        Ok(Parsed::Ambiguous { as_thousands, as_decimal }) => {
            let issue = Issue::hard("number.ambiguous", "number")
                .with("as_thousands", as_thousands.to_string())
                .with("as_decimal", number::format(as_decimal));
            Err(text::issue(&issue))
        }
        Err(issue) => Err(text::issue(&issue)),
    }
}

/// A field and its press.
#[component]
fn Typed(
    label: &'static str,
    input: Input,
    read: impl Fn(&str) -> Read + Send + Sync + 'static,
    typed: Kept,
    take: Callback<Value>,
) -> View {
    let wrong: RwSignal<Option<String>> = RwSignal::new(None);
    let press = move || match read(&typed.text.get_untracked()) {
        Ok(value) => {
            wrong.set(None);
            take.run(value);
        }
        Err(words) => wrong.set(Some(words)),
    };
    view! {
        <div class="stack-s">
            <Field label=label.to_owned() kind=input value=typed.text error=wrong on_type=typed.typing() short=true />
            <Button press=press>{words::OTHER_USE}</Button>
        </div>
    }
}
