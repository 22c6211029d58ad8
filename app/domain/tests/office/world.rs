//! A small office for tests, and a plain merge to play operations into it.
//! (The product's merge lives in `takar-sync`; this one is its definition.)

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use takar_domain::config::*;
use takar_domain::evidence::Stored;
use takar_domain::figure::Judged;
use takar_domain::period::Period;
use takar_domain::procedure::sign::{Manner, Signature};
use takar_domain::procedure::{STATE, Told, document, finish, handed_over};
use takar_domain::record::*;
use takar_domain::rules::{self, Judgement, PartView};
use takar_domain::sop::{Kind, Sop, Step};
use takar_domain::workflow::Action;
use uuid::Uuid;

pub const TODAY: &str = "2026-10-08";
pub const PERIOD: Period = Period::quarter(2026, 3);

pub fn id(name: &str) -> RecordId {
    natural(Uuid::nil(), name)
}

pub fn op(number: u64) -> OpId {
    OpId(Uuid::from_u64_pair(1, number))
}

pub fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap()
}

/// An edit, `(group, seen, value)` per change.
#[derive(Clone, Debug)]
pub struct Act {
    pub subject: Subject,
    pub action: Action,
    pub changes: Vec<(String, Vec<OpId>, Value)>,
    pub judged: Vec<Judged>,
    /// Made by the office's own hand.
    pub by_office: bool,
}

/// Records and configuration as the office holds them.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub config: Config,
    pub records: BTreeMap<RecordId, Record>,
    pub next: u64,
}

impl World {
    pub fn get(&self, id: RecordId) -> Option<Record> {
        self.records.get(&id).cloned()
    }

    pub fn judge_at(&self, author: RecordId, made: &str, today: &str, act: &Act) -> Judgement {
        let changes: Vec<_> =
            act.changes.iter().map(|(g, seen, value)| (g.as_str(), seen.as_slice(), value)).collect();
        let part = PartView {
            subject: &act.subject,
            action: act.action,
            changes: &changes,
            judged: &act.judged,
            by_office: act.by_office,
        };
        let wanted = rules::reads(&self.config, &part);
        let get = |id: RecordId| {
            assert!(wanted.contains(&id), "judge asked for a record that reads() did not name");
            self.get(id)
        };
        rules::judge(&self.config, &get, author, made, today, &part)
    }

    pub fn judge(&self, author: RecordId, act: &Act) -> Judgement {
        self.judge_at(author, TODAY, TODAY, act)
    }

    /// Merges without judging: `heads − seen + this`.
    pub fn write(&mut self, author: RecordId, act: &Act) -> OpId {
        self.next += 1;
        let id = op(self.next);
        self.merge(author, act, id);
        id
    }

    pub fn merge(&mut self, author: RecordId, act: &Act, op: OpId) {
        let record =
            self.records.entry(act.subject.record()).or_insert_with(|| Record::new(act.subject.clone()));
        for (group, seen, value) in &act.changes {
            let group = record.groups.entry(group.clone()).or_default();
            group.heads.retain(|h| !seen.contains(&h.op));
            group.superseded.extend(seen.iter().copied());
            if !group.heads.iter().any(|h| h.value == *value) {
                let by = Attribution {
                    author,
                    acted_for: None,
                    source: Source::Own,
                    device: DeviceId(Uuid::nil()),
                    made: Made::default(),
                    reason: None,
                };
                group.heads.push(Head { op, value: value.clone(), seq: Some(self.next), by });
            }
        }
        if act.subject.is_config() {
            self.config.apply(&record.clone());
        }
    }

    /// Writes one group having seen all that stands.
    pub fn put<T: Serialize>(&mut self, subject: Subject, group: &str, value: &T) -> OpId {
        let act = self.edit(subject, group, value);
        self.write(id("someone"), &act)
    }

    pub fn edit<T: Serialize>(&self, subject: Subject, group: &str, value: &T) -> Act {
        let seen = self.get(subject.record()).map(|r| r.seen(group)).unwrap_or_default();
        Act {
            subject,
            action: Action::Edit,
            changes: vec![(group.into(), seen, json(value))],
            judged: vec![],
            by_office: false,
        }
    }
}

pub const UNITS: [(&str, UnitKind); 5] = [
    ("sekretariat", UnitKind::Secretariat),
    ("subbag", UnitKind::SubSection),
    ("pemerintahan", UnitKind::Section),
    ("pelayanan", UnitKind::Section),
    ("trantibum", UnitKind::Section),
];

pub fn indicator_of(unit: &str) -> RecordId {
    id(&format!("indicator/{unit}"))
}

pub fn figure_of(unit: &str) -> Subject {
    Subject::Figure { indicator: indicator_of(unit), period: PERIOD, unit: None }
}

pub fn form_of(unit: &str) -> Subject {
    Subject::UnitForm { cycle: id("cycle"), unit: id(unit) }
}

pub fn holding(person: RecordId, post: Post, unit: Option<&str>, from: &str, to: Option<&str>) -> Holding {
    Holding {
        person,
        post,
        unit: unit.map(id),
        tenure: Tenure::Definitive,
        from: from.into(),
        to: to.map(Into::into),
        letter: String::new(),
    }
}

pub fn person(username: &str, active: bool) -> Person {
    Person { name: username.into(), username: username.into(), nip: None, active }
}

pub fn indicator(unit: &str) -> Indicator {
    Indicator {
        node: id("node"),
        code: "1".into(),
        name: format!("Indikator {unit}"),
        measure: "Dokumen".into(),
        value_type: ValueType::Count,
        direction: Direction::Higher,
        direction_assumed: false,
        accumulation: Accumulation::Last,
        rows: None,
        variables: vec![],
        unit: Some(id(unit)),
        same_as: None,
        baseline: None,
        definition: String::new(),
        order: 0,
        active: true,
    }
}

/// Five units of which trantibum has no head, one indicator each, one of nagari
/// rows in `pemerintahan`, an open cycle.
pub fn office() -> World {
    let mut office = World::default();
    for (name, kind) in UNITS {
        let parent = (kind == UnitKind::SubSection).then(|| id("sekretariat"));
        let unit = Unit { name: name.into(), kind, parent, order: 0, active: true };
        office.put(Subject::Unit { id: id(name) }, MAIN, &unit);
        office.put(Subject::Indicator { id: indicator_of(name) }, MAIN, &indicator(name));
        let rows = Indicator { rows: Some(RowRule::Count), ..indicator(name) };
        office.put(Subject::Indicator { id: indicator_of(&format!("{name}/rows")) }, MAIN, &rows);
    }
    let nagari = Nagari { name: "Nagari A".into(), code: "a".into(), order: 0, active: true };
    office.put(Subject::Nagari { id: id("nagari/a") }, MAIN, &nagari);
    let cycle = Cycle {
        period: PERIOD,
        due: None,
        regency_due: None,
        open: true,
        policy: None,
        sop: None,
        stepwise: false,
        abandoned: None,
    };
    office.put(Subject::Cycle { id: id("cycle") }, MAIN, &cycle);
    for (username, post, unit) in [
        ("head.sekretariat", Post::Sekretaris, "sekretariat"),
        ("head.subbag", Post::Kasubbag, "subbag"),
        ("head.pemerintahan", Post::Kasi, "pemerintahan"),
        ("head.pelayanan", Post::Kasi, "pelayanan"),
    ] {
        office.put(Subject::Person { id: id(username) }, MAIN, &person(username, true));
        let post = holding(id(username), post, Some(unit), "2026-01-01", None);
        office.put(Subject::Holding { id: id(&format!("holding/{username}")) }, MAIN, &post);
    }
    office
}

/// A procedure of six steps: deliver, validate and hand over per unit, compile,
/// correct, sign.
pub fn sop() -> Sop {
    let step = |number: u16, kind: Kind, actors: &[Post], per_unit: bool, after: &[u16]| Step {
        number,
        text: format!("Tahap {number}"),
        screen_title: format!("Tahap {number}"),
        screen_text: None,
        screen_note: None,
        printed_column: None,
        actors: actors.to_vec(),
        per_unit,
        after: after.to_vec(),
        requires: String::new(),
        minutes: 30,
        output: String::new(),
        kind,
        extra: false,
        days_before: None,
    };
    let heads = [Post::Kasi, Post::Kasubbag, Post::Sekretaris];
    let text = String::new;
    Sop {
        title: "SOP".into(),
        chart_title: text(),
        institution: vec![],
        year: 2026,
        number: text(),
        created: text(),
        revised: text(),
        effective: text(),
        approved_by_post: text(),
        legal_bases: vec![],
        qualifications: vec![],
        related: vec![],
        equipment: vec![],
        warning: text(),
        recording: vec![],
        printed_columns: vec![],
        standard_heads: vec![],
        notes: vec![],
        tolerance: 25,
        replaces: None,
        steps: vec![
            step(1, Kind::Deliver, &[Post::AnggotaTim], false, &[]),
            step(2, Kind::Validate, &heads, true, &[1]),
            step(3, Kind::HandOver, &heads, true, &[2]),
            step(4, Kind::Compile, &[Post::Perencana], false, &[3]),
            step(5, Kind::Order, &[Post::Camat], false, &[4]),
            step(6, Kind::Sign, &[Post::Camat], false, &[5]),
        ],
    }
}

pub fn run(step: u16, unit: Option<&str>) -> Subject {
    Subject::StepRun { cycle: id("cycle"), step, unit: unit.map(id) }
}

impl World {
    /// The open cycle is carried out by [`sop`] from now on.
    pub fn stepwise(&mut self) {
        self.put(Subject::Sop { id: id("sop") }, MAIN, &sop());
        let cycle = self.config.cycles[&id("cycle")].clone();
        let cycle = Cycle { sop: Some(id("sop")), stepwise: true, ..cycle };
        self.put(Subject::Cycle { id: id("cycle") }, MAIN, &cycle);
    }

    /// A step as it stands once it is done, whoever did it.
    pub fn done(&mut self, step: u16, unit: Option<&str>) {
        let subject = run(step, unit);
        let told = Told { seal: handed_over(&self.config, &|id| self.get(id), &subject), ..Told::default() };
        let state = finish(self.get(subject.record()).as_ref(), told).unwrap();
        self.put(subject, STATE, &state);
    }

    /// The Camat's signature over the document as it stands, on an empty log.
    pub fn signature(&self) -> Signature {
        self.signature_of(id("cycle"))
    }

    /// The same of another round.
    pub fn signature_of(&self, cycle: RecordId) -> Signature {
        let all = document::document(&self.config, &|id| self.get(id), cycle).unwrap();
        let text = document::canonical(&all);
        let document = Stored {
            sha256: document::digest(&text),
            size: text.len() as u64,
            media: "application/json".into(),
        };
        Signature {
            manner: Manner::Seal,
            format: document::FORMAT,
            document,
            seq: 0,
            head: "00".repeat(32),
            at: 0,
            signer: id("camat"),
            title: vec!["CAMAT".into()],
            name: "camat".into(),
            nip: None,
            files: vec![],
            key: "1".into(),
            public: "00".into(),
            value: "00".into(),
        }
    }

    /// The end of the step that signs, by the office's own hand.
    pub fn sealing(&self, subject: &Subject, signature: Signature) -> Act {
        let told = Told { minutes: Some(20), signature: Some(signature), ..Told::default() };
        let state = finish(self.get(subject.record()).as_ref(), told).unwrap_or_default();
        Act { action: Action::Finish, by_office: true, ..self.edit(subject.clone(), STATE, &state) }
    }

    /// A unit's data is handed over: its form was delivered, its figures validated.
    pub fn handed_over(&mut self, unit: &str) {
        self.stepwise();
        self.done(1, None);
        self.done(2, Some(unit));
        self.done(3, Some(unit));
    }
}
