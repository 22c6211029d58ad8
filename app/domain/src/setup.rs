//! The first state of a new office: what the first person finds and can change.

use serde::Serialize;

use crate::codec::to_value;
use crate::config::{Holding, MAIN, Office, Person, Post, Tenure, Unit, UnitKind, Zone};
use crate::date::Date;
use crate::policy::Policy;
use crate::record::{RecordId, Subject, Value, natural};
use crate::sop;

/// What the first-run page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOffice {
    /// `Kecamatan …`.
    pub name: String,
    /// `Kabupaten …`.
    pub regency: String,
    pub zone: Zone,
    pub admin_name: String,
    /// Lower case letters, digits, `.`, `-` and `_`.
    pub username: String,
}

/// Groups and values of one record.
pub type Fields = (Subject, Vec<(String, Value)>);

/// A new office's first operation: configuration only, authored by its admin.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    pub admin: RecordId,
    /// To be written in this order as one operation, before any post is held.
    pub parts: Vec<Fields>,
}

/// Sekretariat with two sub bagian, and five seksi: name, kind.
pub const UNITS: [(&str, UnitKind); 8] = [
    ("Sekretariat", UnitKind::Secretariat),
    ("Sub Bagian Perencanaan", UnitKind::SubSection),
    ("Sub Bagian Umum dan Keuangan", UnitKind::SubSection),
    ("Seksi Pemerintahan", UnitKind::Section),
    ("Seksi Pemberdayaan Masyarakat", UnitKind::Section),
    ("Seksi Kesejahteraan Sosial", UnitKind::Section),
    ("Seksi Pelayanan", UnitKind::Section),
    ("Seksi Ketenteraman dan Ketertiban", UnitKind::Section),
];

/// The parts that found an office. Ids follow from `office`, so a repeated first
/// run writes the same records.
///
/// # Errors
/// As [`sop::printed`].
pub fn found(office: RecordId, new: &NewOffice, today: Date) -> Result<Setup, toml::de::Error> {
    let mut parts = office_parts(
        office,
        &Office {
            name: new.name.trim().into(),
            regency: new.regency.trim().into(),
            address: String::new(),
            zone: new.zone,
            village_word: "nagari".into(),
            demo: false,
            file_limit: crate::evidence::LIMIT,
            number_pattern: crate::letter::PATTERN.into(),
            letter_unit: String::new(),
            letter_class: crate::letter::CLASS.into(),
            place: String::new(),
            retention: crate::retention::SCHEDULE.into(),
        },
        today,
    )?;
    let admin = natural(office.0, "person/admin");
    let person = Person {
        name: new.admin_name.trim().into(),
        username: new.username.clone(),
        nip: None,
        active: true,
    };
    parts.push(main(Subject::Person { id: admin }, &person));
    parts.push(main(Subject::Holding { id: natural(office.0, "holding/admin") }, &admin_post(admin, today)));
    Ok(Setup { admin, parts })
}

fn admin_post(person: RecordId, from: Date) -> Holding {
    Holding {
        person,
        post: Post::Admin,
        unit: None,
        tenure: Tenure::Definitive,
        from: from.to_string(),
        to: None,
        letter: String::new(),
    }
}

/// The office itself, its units, the default policy and the SOP.
pub(crate) fn office_parts(
    id: RecordId,
    office: &Office,
    today: Date,
) -> Result<Vec<Fields>, toml::de::Error> {
    let mut parts = vec![main(Subject::Office { id }, office)];
    for (order, (name, kind)) in (0..).zip(UNITS) {
        let parent = (kind == UnitKind::SubSection).then(|| unit_id(id, UNITS[0].0));
        let unit = Unit { name: name.into(), kind, parent, order, active: true };
        parts.push(main(Subject::Unit { id: unit_id(id, name) }, &unit));
    }
    parts.push(main(Subject::Policy { id: natural(id.0, "policy/first") }, &Policy::default()));
    let printed = sop::printed()?;
    let printed = if office.demo { printed } else { printed.as_template() };
    let year = u16::try_from(today.year()).unwrap_or_default();
    parts.push(main(Subject::Sop { id: natural(id.0, "sop/first") }, &printed.under(office, year)));
    Ok(parts)
}

/// The id of a first unit by its name.
pub(crate) fn unit_id(office: RecordId, name: &str) -> RecordId {
    natural(office.0, &format!("unit/{name}"))
}

/// A config record's own group as a part.
pub(crate) fn main<T: Serialize>(subject: Subject, value: &T) -> Fields {
    (subject, vec![(MAIN.into(), plain(value))])
}

/// A value as plain data.
pub(crate) fn plain<T: Serialize>(value: &T) -> Value {
    to_value(value)
}
