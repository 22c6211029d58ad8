//! Records, fields and values in the words of the office: for differences,
//! histories and the list of what was not sent.

use takar_domain::budget::Budget;
use takar_domain::codec::from_value;
use takar_domain::config::{
    BASIS, Basis, Config, Cycle, DEVICE, FORM, FormRead, Indicator, MAIN, PAGU, READ, STAGE, TARGET, Target,
};
use takar_domain::date::{Date, period_name};
use takar_domain::figure::{
    Decision, Entry, EntryState, NAGARI, NOTES, Note, Restated, Row, VALIDATION, VALUE, Validation, restating,
};
use takar_domain::number;
use takar_domain::procedure::correction::{CORRECTION, Correction};
use takar_domain::procedure::list::{LISTS, WHO};
use takar_domain::procedure::{PAPER, Phase, RECEIPT, STATE, Seat, StepState, sop_of};
use takar_domain::record::{RecordId, Subject, Value};
use takar_domain::text::{
    budget, common, correction, cycle_form, entry, form, names, procedure, restate, round, settings as text,
    sign, validate,
};
use takar_domain::variables::Actual;

use serde::de::DeserializeOwned;

/// What a record is about: `Nagari tertib administrasi · Triwulan III 2026`.
#[must_use]
pub fn subject(config: &Config, subject: &Subject) -> String {
    match subject {
        Subject::Figure { indicator, period, .. } => {
            let name = config.indicators.get(indicator).map_or(text::GONE_INDICATOR, |i| i.name.as_str());
            dotted(name, &period_name(*period))
        }
        Subject::UnitForm { cycle, unit } => {
            let period = config.cycles.get(cycle).map(|c| period_name(c.period)).unwrap_or_default();
            dotted(unit_name(config, *unit), &period)
        }
        Subject::Budget { node, period } => {
            let name = config.nodes.get(node).map_or(common::DASH, |node| node.title.as_str());
            dotted(&[budget::TITLE, " ", name].concat(), &period_name(*period))
        }
        Subject::Office { .. } => text::OFFICE.into(),
        Subject::Unit { id } => dotted(common::UNIT, unit_name(config, *id)),
        Subject::Person { id } => dotted(text::PERSON, person(config, *id)),
        Subject::Holding { id } => {
            let holder = config.holdings.get(id).map(|h| person(config, h.person)).unwrap_or_default();
            dotted(text::POST, holder)
        }
        Subject::Nagari { id } => dotted(text::VILLAGE, config.nagari.get(id).map_or("", |n| &n.name)),
        Subject::Node { id } => dotted(text::PLAN, config.nodes.get(id).map_or("", |n| &n.title)),
        Subject::Indicator { id } => dotted(text::PLAN, config.indicators.get(id).map_or("", |i| &i.name)),
        Subject::Policy { .. } => text::POLICY.into(),
        Subject::Sop { .. } => text::SOP.into(),
        Subject::Calendar { .. } => text::CALENDAR.into(),
        Subject::CycleForm { cycle } => {
            let period = config.cycles.get(cycle).map(|c| period_name(c.period)).unwrap_or_default();
            dotted(cycle_form::TITLE, &period)
        }
        Subject::Number { year, seq, .. } => {
            let known = config.numbers.get(&(*year, *seq));
            dotted(sign::LETTER, known.map_or("", |numbered| &numbered.number))
        }
        Subject::StepRun { cycle, step, unit } => {
            let title =
                sop_of(config, *cycle).and_then(|sop| sop.step(*step)).map(|s| s.screen_title.as_str());
            dotted(title.unwrap_or(text::CYCLE), unit.map(|unit| unit_name(config, unit)).unwrap_or_default())
        }
        Subject::Cycle { id } => {
            let period = config.cycles.get(id).map(|c| period_name(c.period)).unwrap_or_default();
            dotted(text::CYCLE, &period)
        }
    }
}

/// The address of a step's page.
#[must_use]
pub fn step_page(run: &Subject) -> String {
    let Subject::StepRun { cycle, step, unit } = run else { return "/tahapan".into() };
    let unit = unit.map(|unit| ["/", &unit.to_string()].concat()).unwrap_or_default();
    ["/tahapan/", &cycle.to_string(), "/", &step.to_string(), &unit].concat()
}

fn dotted(first: &str, second: &str) -> String {
    if second.is_empty() { first.into() } else { [first, " · ", second].concat() }
}

/// A person's name, or that the person is not known here.
#[must_use]
pub fn person(config: &Config, id: RecordId) -> &str {
    config.people.get(&id).map_or(text::UNKNOWN_PERSON, |p| &p.name)
}

/// A unit's name, or that it is not known here.
#[must_use]
pub fn unit_name(config: &Config, id: RecordId) -> &str {
    config.units.get(&id).map_or(text::UNKNOWN_UNIT, |u| &u.name)
}

/// The nagari behind a field group, if it is one nagari's row.
#[must_use]
pub fn nagari_name<'a>(config: &'a Config, group: &'a str) -> Option<&'a str> {
    let code = group.strip_prefix(NAGARI)?;
    Some(config.nagari.values().find(|n| n.code == code).map_or(code, |n| &n.name))
}

/// The field's name inside its record: `Realisasi`, `Kendala`, `Nagari Contoh X`.
#[must_use]
pub fn group(config: &Config, name: &str) -> String {
    if let Some(nagari) = nagari_name(config, name) {
        return nagari.into();
    }
    if let Some(note) = NOTES.iter().position(|n| *n == name) {
        return entry::NOTES.get(note).copied().unwrap_or_default().into();
    }
    if let Some(list) = LISTS.iter().find(|list| is_of(list, name)) {
        return list.title.into();
    }
    match name {
        name if name.starts_with(READ) => cycle_form::READ_BY.into(),
        VALUE => common::ACTUAL.into(),
        VALIDATION => common::VALIDATE.into(),
        STAGE | STATE => common::STATUS.into(),
        PAPER => text::FIELDS.into(),
        RECEIPT => sign::RECEIPT.into(),
        name if name.starts_with(DEVICE) => text::DEVICES.into(),
        name if name.starts_with(BASIS) => round::BASES.into(),
        MAIN | FORM => text::FIELDS.into(),
        _ if name.starts_with(CORRECTION) => correction::TITLE.into(),
        _ if restating(name).is_some() => {
            let period = restating(name).map(period_name).unwrap_or_default();
            [restate::HEAD, &period].concat()
        }
        _ => match (name.strip_prefix(TARGET), name.strip_prefix(PAGU)) {
            (Some(year), _) => [common::TARGET, " ", year].concat(),
            (_, Some(year)) => [text::PAGU, " ", year].concat(),
            // A form of Pengaturan or of a step keeps its drafts under its own name.
            _ => text::FIELDS.into(),
        },
    }
}

fn is_of(list: &takar_domain::procedure::list::List, group: &str) -> bool {
    let answers = list.answer.as_ref().is_some_and(|answer| group.starts_with(answer.prefix));
    answers || group.starts_with(list.prefix)
}

/// A jabatan as offices name it: `Kepala Seksi · Seksi Pemerintahan`.
#[must_use]
pub fn seat(config: &Config, seat: Seat) -> String {
    dotted(names::post(seat.post), seat.unit.map(|unit| unit_name(config, unit)).unwrap_or_default())
}

/// A field's value as one short text: `98,5%`, `sudah`, `belum terbit`.
#[must_use]
pub fn value(config: &Config, subject: &Subject, name: &str, value: &Value) -> String {
    let words = match name {
        _ if matches!(subject, Subject::Budget { .. }) => {
            read::<Budget>(value).map(|b| budget::value(b.actual, &day(&b.until)))
        }
        VALUE => read(value).map(|e| entry_words(measure(config, subject), &e)),
        VALIDATION => read(value).map(|v| validation_words(&v)),
        STAGE => Some(names::status(&takar_domain::status::FigureStatus::Sent).into()),
        FORM => read(value).map(|f| super::form::words(config, &f)),
        g if g.starts_with(READ) => read::<FormRead>(value).map(|r| dotted(cycle_form::READ, &r.remarks)),
        STATE => read::<StepState>(value).map(|state| step_words(&state)),
        MAIN if matches!(subject, Subject::Cycle { .. }) => read::<Cycle>(value).map(|c| cycle_words(&c)),
        g if g.starts_with(BASIS) => read::<Basis>(value).map(|basis| basis_words(&basis)),
        g if NOTES.contains(&g) => {
            read::<Note>(value).map(|n| if n.0.is_empty() { text::EMPTY.into() } else { n.0 })
        }
        g if g.starts_with(NAGARI) => read::<Row>(value).map(|r| row_words(&r)),
        g if restating(g).is_some() => read::<Restated>(value).map(|r| restated(&r)),
        g if g.starts_with(CORRECTION) => read::<Correction>(value).map(|c| correction_words(&c)),
        g if g.starts_with(TARGET) => read(value).map(|t| target_words(&t)),
        _ => settings_words(config, value),
    };
    words.unwrap_or_else(|| text::UNREADABLE.into())
}

/// What else a value says: its day, reason, note. Empty if nothing.
#[must_use]
pub fn details(name: &str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if name == VALUE
        && let Some(entry) = read::<Entry>(value)
    {
        found.extend(entry.variables.iter().map(|(name, n)| [name, ": ", &number::format(*n)].concat()));
        found.extend(entry.event_date.as_deref().map(|d| labelled(entry::EVENT_DATE, &day(d))));
        found.extend(entry.expected.as_deref().map(|d| labelled(entry::EXPECTED_DATE, &day(d))));
        found.extend(entry.reason.as_deref().map(|r| labelled(common::REASON, r)));
    } else if name.starts_with(NAGARI)
        && let Some(row) = read::<Row>(value)
    {
        found.extend(row.event_date.as_deref().map(|d| labelled(entry::EVENT_DATE, &day(d))));
        found.extend(row.note);
    }
    found
}

/// A realisasi: the number with its unit of measure, the predicate, or the state.
#[must_use]
pub fn actual(measure: &str, actual: &Actual) -> String {
    match (&actual.predicate, actual.number) {
        (Some(predicate), _) => predicate.clone(),
        (None, Some(n)) => measured(measure, &number::format(n)),
        (None, None) => names::entry_state(actual.state).into(),
    }
}

/// A number with the indicator's unit of measure: `98,5%`, `13 nagari`.
#[must_use]
pub fn measured(measure: &str, number: &str) -> String {
    match measure {
        "%" => [number, "%"].concat(),
        "" => number.into(),
        _ => [number, " ", measure].concat(),
    }
}

/// An ISO date as offices write it; anything else as it stands.
#[must_use]
pub fn day(iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.into(), Date::format_long)
}

/// Sudah or belum, or the number.
#[must_use]
pub fn row_words(row: &Row) -> String {
    match (row.number, row.done) {
        (Some(n), _) => number::format(n),
        (None, Some(true)) => text::DONE.into(),
        (None, Some(false)) => text::NOT_DONE.into(),
        (None, None) => names::entry_state(EntryState::NotFilled).into(),
    }
}

fn entry_words(measure: &str, entry: &Entry) -> String {
    if entry.state != EntryState::Value {
        return names::entry_state(entry.state).into();
    }
    match (&entry.number, &entry.predicate) {
        (Some(n), _) => measured(measure, &number::format(*n)),
        (None, Some(predicate)) => predicate.clone(),
        (None, None) => {
            let parts: Vec<_> = entry.variables.values().map(|n| number::format(*n)).collect();
            parts.join(" / ")
        }
    }
}

/// `semula 14, menjadi 12. Salah hitung.`
#[must_use]
pub fn restated(of: &Restated) -> String {
    let before = of.before.map(number::format);
    [&form::restated("", before.as_deref(), &number::format(of.after)), " ", &of.reason].concat()
}

/// `Cocokkan dengan daftar hadir. · diselesaikan`.
#[inline(never)]
fn correction_words(of: &Correction) -> String {
    let text = if of.text.is_empty() { correction::PAGES } else { &of.text };
    dotted(text, correction::decided(of.decided))
}

fn validation_words(validation: &Validation) -> String {
    match validation.decision {
        Decision::Accept if validation.self_validated => validate::ACCEPTED_OWN.into(),
        Decision::Accept => validate::ACCEPTED.into(),
        Decision::Return => labelled(validate::RETURNED, &validation.comment),
    }
}

/// `dibuka · Batas isi data 12 Oktober 2026`, or why a round was given up.
#[must_use]
pub fn cycle_words(cycle: &Cycle) -> String {
    let state = match (cycle.open, &cycle.abandoned) {
        (true, _) => text::CYCLE_OPEN,
        (_, Some(_)) => round::ABANDONED,
        _ => text::CYCLE_CLOSED,
    };
    [state.to_owned(), round_detail(cycle)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The dates of a round, and why it was given up.
#[must_use]
pub fn round_detail(cycle: &Cycle) -> String {
    let dates = [(text::DUE, &cycle.due), (text::REGENCY_DUE, &cycle.regency_due)];
    let dates = dates.into_iter().filter_map(|(label, iso)| Some([label, " ", &day(iso.as_ref()?)].concat()));
    dates.chain(cycle.abandoned.clone()).collect::<Vec<_>>().join(" · ")
}

/// `selesai · 34 menit · Menunggu sinyal`.
#[inline(never)]
fn step_words(state: &StepState) -> String {
    let phase = names::phase(Some(state.phase)).to_owned();
    let minutes = state.round.minutes.map(procedure::minutes);
    let returned = Some(&state.returned).filter(|reason| !reason.is_empty() && state.phase == Phase::Running);
    let returned = returned.map(|reason| procedure::returned(reason));
    let more = minutes.into_iter().chain(state.round.reason.clone()).chain(returned);
    [phase].into_iter().chain(more).collect::<Vec<_>>().join(" · ")
}

#[inline(never)]
fn basis_words(basis: &Basis) -> String {
    let files = basis.evidence.iter().map(|file| file.name.clone());
    let all: Vec<_> = files.chain(Some(basis.reason.clone()).filter(|reason| !reason.is_empty())).collect();
    if all.is_empty() { round::BASIS_MISSING.to_owned() } else { all.join(" · ") }
}

/// `setahun 20; TW I 5, TW II 10`.
fn target_words(target: &Target) -> String {
    let dash = |n: Option<_>| n.map_or_else(|| common::DASH.into(), number::format);
    let quarters = target.quarters.map(dash).join(", ");
    [text::YEAR_TARGET, ": ", &dash(target.year), "; ", text::QUARTER, ": ", &quarters].concat()
}

/// Settings are whole records: the texts and dates in them, in their order.
fn settings_words(config: &Config, value: &Value) -> Option<String> {
    let Value::Object(fields) = value else { return value.as_str().map(str::to_owned) };
    let texts = fields.iter().filter(|(name, _)| *name != "code").filter_map(|(name, v)| match v {
        Value::String(text) if !is_id(text) && !text.is_empty() => {
            Some(if name == WHO { seat_words(config, text) } else { day(text) })
        }
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(" · "))
}

/// Whom a line of a step's lists is addressed to.
fn seat_words(config: &Config, text: &str) -> String {
    Seat::parse(text).map_or_else(|| text.to_owned(), |who| seat(config, who))
}

fn is_id(text: &str) -> bool {
    uuid::Uuid::parse_str(text).is_ok()
}

fn measure<'a>(config: &'a Config, subject: &Subject) -> &'a str {
    indicator(config, subject).map_or("", |i| &i.measure)
}

fn indicator<'a>(config: &'a Config, subject: &Subject) -> Option<&'a Indicator> {
    let Subject::Figure { indicator, .. } = subject else { return None };
    config.indicators.get(indicator)
}

fn labelled(label: &str, text: &str) -> String {
    [label, ": ", text].concat()
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    from_value(value).ok()
}
