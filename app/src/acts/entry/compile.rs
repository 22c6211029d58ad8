//! Texts to values: what a figure's groups become if saved now, and what
//! stands against it.

use takar_domain::check::{self, Context};
use takar_domain::codec::from_value;
use takar_domain::config::{Indicator, RowRule};
use takar_domain::date::parse_indonesian;
use takar_domain::decimal::Decimal;
use takar_domain::figure::{Entry, EntryState, NAGARI, Note, Row, VALUE};
use takar_domain::issue::Issue;
use takar_domain::number::{self, Parsed};
use takar_domain::record::{Record, Value};
use takar_domain::sorted::Map;
use takar_domain::variables::read_rows;

use super::evidence;
use super::typed::{
    CONFIRMED, DONE, EVENT_DATE, EVIDENCE, EXPECTED, NOTE, NUMBER, PREDICATE, REASON, STATE, TEXT, Typed,
    variable,
};

/// A figure while it is being typed.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    pub indicator: &'a Indicator,
    pub record: Option<&'a Record>,
    pub typed: &'a Typed,
    pub around: Context,
}

/// A value as it would be saved, with what the checks say about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compiled<T> {
    pub value: T,
    /// Hard ones first.
    pub issues: Vec<Issue>,
}

impl Figure<'_> {
    /// The stored value of a group, or its blank.
    fn stored<T: Default + serde::de::DeserializeOwned>(&self, group: &str) -> T {
        self.record.and_then(|r| r.read(group)).unwrap_or_default()
    }

    /// Group `value`.
    #[must_use]
    pub fn entry(&self) -> Compiled<Entry> {
        let stored: Entry = self.stored(VALUE);
        let mut unread = Vec::new();
        let mut value = stored.clone();
        let text = |field: &str| self.typed.get(VALUE, field);
        if let Some(t) = text(NUMBER) {
            value.number = decimal(t, NUMBER, &mut unread);
        }
        if let Some(t) = text(PREDICATE) {
            value.predicate = line(t);
        }
        for (n, named) in self.indicator.variables.iter().enumerate() {
            if let Some(t) = text(&variable(n)) {
                match decimal(t, &named.name, &mut unread) {
                    Some(d) => value.variables.insert(named.name.clone(), d),
                    None => value.variables.remove(&named.name),
                };
            }
        }
        if let Some(t) = text(EVENT_DATE) {
            value.event_date = date(t, EVENT_DATE, &mut unread);
        }
        if let Some(t) = text(EXPECTED) {
            value.expected = date(t, EXPECTED, &mut unread);
        }
        if let Some(t) = text(REASON) {
            value.reason = line(t);
        }
        if let Some(listed) = text(EVIDENCE).and_then(evidence::read) {
            value.evidence = listed;
        }
        self.settle_state(&stored, &mut value);
        self.settle_confirmed(&stored, &mut value);
        let checked = check::check_entry(self.indicator, &self.around, &value);
        Compiled { value, issues: join(unread, checked) }
    }

    /// A number typed makes it a value, taking it away makes it *belum diisi*;
    /// a chosen state that needs no number has none.
    fn settle_state(&self, stored: &Entry, value: &mut Entry) {
        let amounts = value.number.is_some() || value.predicate.is_some() || !value.variables.is_empty();
        let typed_amount = self.amounts_typed();
        let chosen = self.typed.get(VALUE, STATE).and_then(state_named);
        value.state = match chosen {
            Some(state) => state,
            None if typed_amount && amounts => EntryState::Value,
            None if typed_amount && stored.state == EntryState::Value => EntryState::NotFilled,
            None => stored.state,
        };
        match value.state {
            EntryState::NotMeasured | EntryState::NotPublished | EntryState::NotFilled => {
                value.number = None;
                value.predicate = None;
                value.variables = Map::new();
            }
            // Chosen before the number is typed.
            EntryState::Value if !amounts && self.indicator.rows.is_none() => {
                value.state = EntryState::NotFilled
            }
            _ => {}
        }
        if value.state != EntryState::NotPublished {
            value.expected = None;
        }
    }

    /// A confirmation holds for the numbers it was given for.
    fn settle_confirmed(&self, stored: &Entry, value: &mut Entry) {
        let same = stored.number == value.number && stored.variables == value.variables;
        value.confirmed = match self.typed.get(VALUE, CONFIRMED) {
            Some(codes) => codes.split_whitespace().map(Into::into).collect(),
            None if same => stored.confirmed.clone(),
            None => Vec::new(),
        };
    }

    fn amounts_typed(&self) -> bool {
        self.typed.fields(VALUE).any(|f| f == NUMBER || f == PREDICATE || f.starts_with("var"))
    }

    /// One nagari's row.
    #[must_use]
    pub fn row(&self, code: &str) -> Compiled<Row> {
        let group = [NAGARI, code].concat();
        let mut unread = Vec::new();
        let mut value: Row = self.stored(&group);
        let text = |field: &str| self.typed.get(&group, field);
        if let Some(t) = text(DONE) {
            value.done = Some(t == "1");
        }
        if let Some(t) = text(NUMBER) {
            value.number = decimal(t, NUMBER, &mut unread);
        }
        if let Some(t) = text(EVENT_DATE) {
            value.event_date = date(t, EVENT_DATE, &mut unread);
        }
        if let Some(t) = text(NOTE) {
            value.note = line(t);
        }
        if let Some(listed) = text(EVIDENCE).and_then(evidence::read) {
            value.evidence = listed;
        }
        if self.indicator.rows != Some(RowRule::Sum) && value.done != Some(true) && text(EVENT_DATE).is_none()
        {
            // The date says when it was done; not done has none.
            value.event_date = None;
        }
        let checked = check::check_row(self.indicator, &value, self.around.today);
        Compiled { value, issues: join(unread, checked) }
    }

    /// All rows: stored ones, with what is typed on top.
    #[must_use]
    pub fn rows(&self) -> Map<String, Row> {
        let stored = self.record.map(read_rows).unwrap_or_default();
        let mut rows: Map<String, Row> = stored.into_iter().map(|(c, r)| (c.to_owned(), r)).collect();
        for code in self.typed.groups().into_iter().filter_map(|g| g.strip_prefix(NAGARI)) {
            rows.insert(code.to_owned(), self.row(code).value);
        }
        rows
    }

    /// One of the notes.
    #[must_use]
    pub fn note(&self, group: &str) -> Compiled<Note> {
        let value = match self.typed.get(group, TEXT) {
            Some(text) => Note(text.trim().to_owned()),
            None => self.stored(group),
        };
        let issues = check::check_note(&value);
        Compiled { value, issues }
    }
}

/// The state's name on the wire, as drafts and choices use it.
#[must_use]
pub fn state_name(state: EntryState) -> &'static str {
    match state {
        EntryState::Value => "value",
        EntryState::NotFilled => "not_filled",
        EntryState::NotMeasured => "not_measured",
        EntryState::NotPublished => "not_published",
        EntryState::NoTarget => "no_target",
        EntryState::NotComputable => "not_computable",
    }
}

fn state_named(name: &str) -> Option<EntryState> {
    from_value(&Value::from(name)).ok()
}

fn decimal(text: &str, path: &str, issues: &mut Vec<Issue>) -> Option<Decimal> {
    let mut told = |mut issue: Issue| {
        path.clone_into(&mut issue.path);
        issues.push(issue);
        None
    };
    match number::parse(text) {
        Ok(Parsed::Empty) => None,
        Ok(Parsed::Number(n)) => Some(n),
        Ok(Parsed::Ambiguous { as_thousands, as_decimal }) => told(
            Issue::hard("number.ambiguous", path)
                .with("as_thousands", number::format(as_thousands))
                .with("as_decimal", number::format(as_decimal)),
        ),
        Err(issue) => told(issue),
    }
}

fn date(text: &str, path: &str, issues: &mut Vec<Issue>) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    match parse_indonesian(text) {
        Ok(date) => Some(date.to_string()),
        Err(mut issue) => {
            path.clone_into(&mut issue.path);
            issues.push(issue);
            None
        }
    }
}

fn line(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An unreadable text says more than that the value is missing.
fn join(unread: Vec<Issue>, checked: Vec<Issue>) -> Vec<Issue> {
    let told: Vec<String> = unread.iter().map(|i| i.path.clone()).collect();
    let mut all = unread;
    all.extend(checked.into_iter().filter(|issue| !told.contains(&issue.path)));
    all
}
