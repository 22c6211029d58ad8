//! A small office with figures, for the tests of what screens show.

use std::collections::BTreeMap;

use takar_domain::config::{
    Config, Cycle, Direction, Holding, Indicator, Level, Nagari, Node, Office, Person, Post, RowRule, Stage,
    Target, Tenure, Unit, UnitKind, ValueType, Zone,
};
use takar_domain::decimal::Decimal;
use takar_domain::figure::{Entry, EntryState, Row};
use takar_domain::period::Period;
use takar_domain::record::{
    Attribution, DeviceId, Group, Head, Made, OpId, Record, RecordId, Source, Subject, natural,
};
use takar_domain::sorted::Map;
use uuid::Uuid;

pub const Q3: Period = Period::quarter(2026, 3);

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn id(name: &str) -> RecordId {
    natural(Uuid::NAMESPACE_OID, name)
}

pub struct World {
    pub config: Config,
    pub records: BTreeMap<RecordId, Record>,
    next_op: u128,
}

impl World {
    pub fn get(&self) -> impl Fn(RecordId) -> Option<Record> {
        |id| self.records.get(&id).cloned()
    }

    /// Puts a value beside those that stand in the group.
    pub fn put(&mut self, subject: Subject, group: &str, value: impl serde::Serialize) {
        self.next_op += 1;
        let op = OpId(Uuid::from_u128(self.next_op));
        let by = Attribution {
            author: id("staf"),
            acted_for: None,
            source: Source::Own,
            device: DeviceId(Uuid::nil()),
            made: Made::default(),
            reason: None,
        };
        let value = serde_json::to_value(value).unwrap();
        let seq = u64::try_from(self.next_op).ok();
        let record = self.records.entry(subject.record()).or_insert_with(|| Record::new(subject));
        let group: &mut Group = record.groups.entry(group.into()).or_default();
        group.heads.push(Head { op, value, seq, by });
    }

    pub fn number(&mut self, indicator: &str, period: Period, number: &str) {
        let entry = Entry { state: EntryState::Value, number: Some(dec(number)), ..Entry::default() };
        self.put(figure(indicator, period), "value", entry);
    }

    pub fn state(&mut self, indicator: &str, state: EntryState) {
        self.put(figure(indicator, Q3), "value", Entry { state, ..Entry::default() });
    }

    pub fn tick(&mut self, indicator: &str, nagari: &str, done: bool) {
        let row = Row { done: Some(done), ..Row::default() };
        self.put(figure(indicator, Q3), &format!("nagari/{nagari}"), row);
    }

    pub fn send(&mut self) {
        let form = Subject::UnitForm { cycle: id("cycle"), unit: id("pemerintahan") };
        self.put(form, "stage", Stage { sent: true });
    }
}

pub fn figure(indicator: &str, period: Period) -> Subject {
    Subject::Figure { indicator: id(indicator), period, unit: None }
}

/// Sasaran S3 with its index, programme 7.01.06 with five indicators below.
pub fn office() -> World {
    let office = Office {
        name: "Kecamatan Contoh".into(),
        regency: "Kabupaten Contoh".into(),
        address: String::new(),
        zone: Zone::Wib,
        village_word: "nagari".into(),
        demo: true,
        file_limit: takar_domain::evidence::LIMIT,
        number_pattern: takar_domain::letter::PATTERN.into(),
        letter_unit: String::new(),
        letter_class: takar_domain::letter::CLASS.into(),
        place: "Contoh".into(),
        retention: takar_domain::retention::SCHEDULE.into(),
    };
    let mut config = Config { office: Some((id("office"), office)), ..Config::default() };
    for (order, (key, name)) in
        (0_u16..).zip([("sekretariat", "Sekretariat"), ("pemerintahan", "Seksi Pemerintahan")])
    {
        let unit = Unit { name: name.into(), kind: UnitKind::Section, parent: None, order, active: true };
        config.units.insert(id(key), unit);
    }
    for (order, code) in (0_u16..).zip(["p", "q", "r", "s"]) {
        let nagari = Nagari { name: format!("Nagari {code}"), code: code.into(), order, active: code != "s" };
        config.nagari.insert(id(code), nagari);
    }
    nodes(&mut config);
    indicators(&mut config);
    config.cycles.insert(
        id("cycle"),
        Cycle {
            period: Q3,
            due: None,
            regency_due: None,
            open: true,
            policy: None,
            sop: None,
            stepwise: false,
            abandoned: None,
        },
    );
    let person = Person { name: "Camat Contoh".into(), username: "camat".into(), nip: None, active: true };
    config.people.insert(id("camat"), person);
    config.holdings.insert(
        id("holding"),
        Holding {
            person: id("camat"),
            post: Post::Camat,
            unit: None,
            tenure: Tenure::Plt,
            from: "2026-01-02".into(),
            to: None,
            letter: String::new(),
        },
    );
    World { config, records: BTreeMap::new(), next_op: 0 }
}

fn nodes(config: &mut Config) {
    let all = [
        ("S3", Level::Objective, None, "sekretariat", 0),
        ("7.01.06", Level::Program, Some("S3"), "pemerintahan", 1),
        ("7.01.06.2.01", Level::Kegiatan, Some("7.01.06"), "", 2),
        ("7.01.06.2.01.0001", Level::SubKegiatan, Some("7.01.06.2.01"), "", 3),
    ];
    for (code, level, parent, unit, order) in all {
        let node = Node {
            level,
            code: code.into(),
            title: format!("Uraian {code}"),
            parent: parent.map(id),
            unit: (!unit.is_empty()).then(|| id(unit)),
            order,
        };
        config.nodes.insert(id(code), node);
    }
    config.pagu.insert(id("7.01.06"), Map::from([(2026, dec("44840000"))]));
}

fn indicators(config: &mut Config) {
    let blank = |node: &str, name: &str, order: u32| -> Indicator {
        let plain = serde_json::json!({
            "node": id(node), "code": name, "name": name, "measure": "nagari", "order": order, "value_type": "count",
        });
        serde_json::from_value(plain).unwrap()
    };
    let percent = |i: Indicator| Indicator { value_type: ValueType::Percent, measure: "%".into(), ..i };
    let lower = |i: Indicator| Indicator { direction: Direction::Lower, ..i };
    let sub = "7.01.06.2.01.0001";
    let linked = Indicator { same_as: Some(id("keluhan")), ..blank("7.01.06.2.01", "Keluhan", 0) };
    let all = [
        ("indeks", percent(blank("S3", "Indeks", 0)), Some("100")),
        ("pembinaan", percent(blank("7.01.06", "Pembinaan nagari", 0)), Some("100")),
        ("keluhan", lower(blank(sub, "Keluhan", 0)), Some("8")),
        ("tertib", Indicator { rows: Some(RowRule::Count), ..blank(sub, "Tertib", 1) }, Some("20")),
        ("pilwana", blank(sub, "Pemilihan wali nagari", 2), None),
        ("ikm", percent(blank(sub, "IKM", 3)), Some("90")),
        ("lama", Indicator { active: false, ..blank(sub, "Lama", 4) }, Some("1")),
        ("tautan", lower(linked), Some("8")),
    ];
    for (name, indicator, year) in all {
        config.indicators.insert(id(name), indicator);
        let target = Target { year: year.map(dec), ..Target::default() };
        config.targets.insert(id(name), Map::from([(2026, target)]));
    }
    let ikm = config.targets.get_mut(&id("ikm")).and_then(|years| years.get_mut(&2026)).unwrap();
    ikm.not_measured.insert(Q3, "survei semester".into());
}
