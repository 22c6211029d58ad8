//! What the forms of *Pengaturan* ask for, as plain data, and how the texts in
//! their fields become a record's fields and back.

use takar_domain::config::Config;
use takar_domain::date::parse_indonesian;
use takar_domain::issue::Issue;
use takar_domain::number::{self, Parsed};
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{self, settings};

use crate::acts::words::day;

/// (value, words) of every choice; an empty value takes the field away.
pub type Options = Vec<(String, String)>;

/// What stands in a field.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Area,
    /// A list of texts, one on each line.
    Lines,
    Password,
    /// An Indonesian number.
    Number,
    /// A whole number from 0 to 65,535, kept as a number.
    Whole,
    /// Typed as `12 Oktober 2026`, kept as ISO.
    Date,
    /// On unless the record says no; on is any text.
    Tick,
    /// One of several, for the record with this id.
    Choice(fn(&Config, RecordId) -> Options),
    /// The same, kept as a number.
    Place(fn(&Config, RecordId) -> Options),
    /// Any number of them, as a list; in the field one on each line.
    Many(fn(&Config, RecordId) -> Options),
    /// One of these, as it is printed.
    OneOf(&'static [&'static str]),
}

/// One field of a form.
#[derive(Clone, Copy)]
pub struct Ask {
    /// Its name in the record, and the path of its issues.
    pub path: &'static str,
    pub label: &'static str,
    /// Empty for none.
    pub hint: &'static str,
    pub kind: Kind,
    /// Left empty, the record does not have it.
    pub optional: bool,
}

impl Ask {
    /// A field that must be filled.
    #[must_use]
    pub const fn new(kind: Kind, path: &'static str, label: &'static str) -> Self {
        Self { path, label, hint: "", kind, optional: false }
    }

    #[must_use]
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The text in the field for what the record says.
    #[must_use]
    pub fn shown(&self, record: &Value) -> String {
        let text = match record.get(self.path) {
            Some(Value::String(text)) => text.as_str(),
            Some(Value::Bool(false)) => "",
            _ if matches!(self.kind, Kind::Tick) => "1",
            _ => "",
        };
        match self.kind {
            Kind::Lines | Kind::Many(_) => {
                let all = record.get(self.path).and_then(Value::as_array).into_iter().flatten();
                all.filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
            }
            Kind::Whole | Kind::Place(_) => {
                record.get(self.path).and_then(Value::as_u64).map(|n| n.to_string()).unwrap_or_default()
            }
            Kind::Number => text.parse().map(number::format).unwrap_or_default(),
            Kind::Date => day(text),
            _ => text.to_owned(),
        }
    }

    /// What the record shall say; `None` takes the field away.
    fn read(&self, text: &str) -> Result<Option<Value>, Issue> {
        let trimmed = text.trim();
        let empty = trimmed.is_empty();
        Ok(Some(match self.kind {
            Kind::Tick => Value::Bool(!empty),
            Kind::Lines | Kind::Many(_) => {
                let lines = trimmed.lines().map(str::trim).filter(|line| !line.is_empty());
                lines.map(Value::from).collect()
            }
            _ if empty && self.optional => return Ok(None),
            Kind::Choice(_) | Kind::OneOf(_) | Kind::Whole | Kind::Place(_) if empty => return Ok(None),
            Kind::Whole | Kind::Place(_) => {
                trimmed.parse::<u16>().map_err(|_| Issue::hard("number.whole", ""))?.into()
            }
            Kind::Number => match number::parse(text)? {
                Parsed::Empty => return Ok(None),
                Parsed::Number(n) => n.to_string().into(),
                Parsed::Ambiguous { as_thousands, as_decimal } => {
                    return Err(Issue::hard("number.ambiguous", "")
                        .with("as_thousands", as_thousands.to_string())
                        .with("as_decimal", number::format(as_decimal)));
                }
            },
            Kind::Date if !empty => parse_indonesian(text)?.to_string().into(),
            Kind::Password => text.into(),
            _ => trimmed.into(),
        }))
    }
}

/// The record with what is typed; `texts` in the order of `asks`. What the form
/// does not ask for stays.
///
/// # Errors
/// What cannot be read, by field.
pub fn filled(asks: &[Ask], texts: &[String], record: &Value) -> Result<Value, Vec<Issue>> {
    let mut filled = Value::Object(Default::default());
    for (name, value) in record.as_object().into_iter().flatten() {
        if !asks.iter().any(|ask| ask.path == name) {
            filled[name] = value.clone();
        }
    }
    let mut issues = Vec::new();
    for (ask, text) in asks.iter().zip(texts) {
        match ask.read(text) {
            Ok(Some(value)) => filled[ask.path] = value,
            Ok(None) => {}
            Err(issue) => issues.push(Issue { path: ask.path.to_owned(), ..issue }),
        }
    }
    if issues.is_empty() { Ok(filled) } else { Err(issues) }
}

/// What a form says of an issue, beside its field and in its summary: where there are
/// several fields, which one it is.
#[must_use]
pub fn said(asks: &[Ask], issue: &Issue) -> String {
    let words = text::issue(issue);
    let label = asks.iter().find(|ask| ask.path == issue.path).map(|ask| ask.label);
    match (label.or_else(|| settings::field(&issue.path)), issue.code.as_str()) {
        (Some(label), "text.empty") => settings::required(label),
        (Some(label), _) if asks.len() > 1 => [label, ": ", &words].concat(),
        _ => words,
    }
}

/// A field's text in a record that [`filled`] made.
#[must_use]
pub fn text<'a>(record: &'a Value, path: &str) -> &'a str {
    record.get(path).and_then(Value::as_str).unwrap_or_default()
}
