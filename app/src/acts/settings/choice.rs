//! What fields of *Pengaturan* let choose between: the record's own word for
//! each value, and what it is called.

use takar_domain::config::{
    Accumulation, Config, Direction, Post, RowRule, Tenure, UnitKind, ValueType, Zone,
};
use takar_domain::period::{Period, Span};
use takar_domain::record::RecordId;
use takar_domain::sop::Sop;
use takar_domain::text::{names, settings as words, sop as sop_words};

use super::ask::Options;

pub const ZONES: [(&str, Zone); 3] = [("WIB", Zone::Wib), ("WITA", Zone::Wita), ("WIT", Zone::Wit)];
pub const UNIT_KINDS: [(&str, UnitKind); 3] = [
    ("secretariat", UnitKind::Secretariat),
    ("sub_section", UnitKind::SubSection),
    ("section", UnitKind::Section),
];
pub const POSTS: [(&str, Post); 11] = [
    ("camat", Post::Camat),
    ("sekretaris", Post::Sekretaris),
    ("perencana", Post::Perencana),
    ("kasubbag", Post::Kasubbag),
    ("kasi", Post::Kasi),
    ("sekretaris_tim", Post::SekretarisTim),
    ("anggota_tim", Post::AnggotaTim),
    ("pelaksana", Post::Pelaksana),
    ("bendahara", Post::Bendahara),
    ("inspektorat", Post::Inspektorat),
    ("admin", Post::Admin),
];
pub const TENURES: [(&str, Tenure); 4] =
    [("definitive", Tenure::Definitive), ("plt", Tenure::Plt), ("plh", Tenure::Plh), ("pj", Tenure::Pj)];
pub const DIRECTIONS: [(&str, Direction); 2] = [("higher", Direction::Higher), ("lower", Direction::Lower)];
pub const ACCUMULATIONS: [(&str, Accumulation); 4] = [
    ("sum", Accumulation::Sum),
    ("last", Accumulation::Last),
    ("average", Accumulation::Average),
    ("flat", Accumulation::Flat),
];
pub const VALUE_TYPES: [(&str, ValueType); 6] = [
    ("number", ValueType::Number),
    ("percent", ValueType::Percent),
    ("index", ValueType::Index),
    ("count", ValueType::Count),
    ("rupiah", ValueType::Rupiah),
    ("predicate", ValueType::Predicate),
];
pub const ROWS: [(&str, RowRule); 3] =
    [("count", RowRule::Count), ("sum", RowRule::Sum), ("ratio", RowRule::Ratio)];

fn named<T: Copy>(list: &[(&str, T)], say: fn(T) -> &'static str) -> Options {
    list.iter().map(|(value, what)| pair(value, say(*what))).collect()
}

fn pair(value: &str, words: &str) -> (String, String) {
    (value.to_owned(), words.to_owned())
}

#[must_use]
pub fn zones(_: &Config, _: RecordId) -> Options {
    words::ZONES.iter().map(|(value, words)| pair(value, words)).collect()
}

#[must_use]
pub fn unit_kinds(_: &Config, _: RecordId) -> Options {
    named(&UNIT_KINDS, names::unit_kind)
}

/// What a unit may belong to: any other.
#[must_use]
pub fn parents(config: &Config, of: RecordId) -> Options {
    units_but(config, words::NO_PARENT, |id, _| id != of)
}

#[must_use]
pub fn posts(_: &Config, _: RecordId) -> Options {
    named(&POSTS, names::post)
}

#[must_use]
pub fn tenures(_: &Config, _: RecordId) -> Options {
    named(&TENURES, |tenure| match names::tenure(tenure) {
        "" => words::DEFINITIVE,
        short => short,
    })
}

/// The unit in which a post is held.
#[must_use]
pub fn posted(config: &Config, _: RecordId) -> Options {
    units(config, words::OFFICE_WIDE)
}

/// The unit that answers for an indicator.
#[must_use]
pub fn responsible(config: &Config, _: RecordId) -> Options {
    units(config, words::FROM_NODE)
}

/// Units in use, behind the word for none.
#[must_use]
pub fn units(config: &Config, none: &str) -> Options {
    units_but(config, none, |_, active| active)
}

fn units_but(config: &Config, none: &str, wanted: impl Fn(RecordId, bool) -> bool) -> Options {
    let mut options = vec![pair("", none)];
    let units = config.units.iter().filter(|(id, unit)| wanted(**id, unit.active));
    options.extend(units.map(|(id, unit)| (id.to_string(), unit.name.clone())));
    options
}

#[must_use]
pub fn directions(_: &Config, _: RecordId) -> Options {
    named(&DIRECTIONS, names::direction)
}

#[must_use]
pub fn accumulations(_: &Config, _: RecordId) -> Options {
    named(&ACCUMULATIONS, names::accumulation)
}

#[must_use]
pub fn value_types(_: &Config, _: RecordId) -> Options {
    named(&VALUE_TYPES, names::value_type)
}

#[must_use]
pub fn rows(_: &Config, _: RecordId) -> Options {
    let mut options = vec![pair("", words::ROWS_OFF)];
    options.extend(named(&ROWS, names::row_rule));
    options
}

/// `TW I` to `TW IV`, `SM I`, `SM II` and the whole year, by the end of the
/// period's own name.
#[must_use]
pub fn spans(_: &Config, _: RecordId) -> Options {
    let quarters = (1..=4).map(Span::Quarter);
    let parts = quarters.chain((1..=2).map(Span::Semester)).map(|span| {
        let period = Period { year: 0, span };
        let end = period.to_string().split_off("0000".len());
        (end, takar_domain::date::period_short(period))
    });
    parts.chain([pair("", words::WHOLE_YEAR)]).collect()
}

/// The lanes of a version's chart, by their places from 0.
#[must_use]
pub fn columns(config: &Config, sop: RecordId) -> Options {
    let mut options = vec![pair("", sop_words::NO_COLUMN)];
    for name in config.sops.get(&sop).into_iter().flat_map(|sop| &sop.printed_columns) {
        options.push(((options.len() - 1).to_string(), name.clone()));
    }
    options
}

/// Versions of the SOP, by title, number and version.
#[must_use]
pub fn sops(config: &Config, _: RecordId) -> Options {
    let name = |sop: &Sop| [&sop.title, " · ", &sop_detail(config, sop)].concat();
    config.sops.iter().map(|(id, sop)| (id.to_string(), name(sop))).collect()
}

/// What tells a version of the SOP from others of its title.
#[must_use]
pub fn sop_detail(config: &Config, sop: &Sop) -> String {
    let steps = sop.steps.iter().filter(|step| !step.extra).count();
    words::sop_detail(&sop.number, sop.version(config), steps)
}
