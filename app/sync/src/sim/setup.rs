//! The office of the simulation: small, and with every kind of collision in it.

use serde_json::json;
use takar_domain::period::Period;
use takar_domain::record::{DeviceId, Made, OpId, RecordId, Source, Subject, Value};
use takar_domain::workflow::Action;
use uuid::Uuid;

use crate::client::Account;
use crate::operation::{Change, Envelope, Operation, Part, SCHEMA};
use crate::seal;

/// 6 October 2026, 09.00 WIB.
pub const START: i64 = 1_791_252_000_000;
/// The measured period.
pub const PERIOD: Period = Period::quarter(2026, 3);
/// Codes of the nagari.
pub const NAGARI: [&str; 2] = ["koto", "ladang"];

/// Who and what there is. Ids are the same in every run.
#[derive(Clone, Debug)]
pub struct Setup {
    pub office: RecordId,
    pub secret: Vec<u8>,
    pub admin: RecordId,
    /// Two seksi.
    pub units: [RecordId; 2],
    pub nagari: [RecordId; 2],
    pub cycle: RecordId,
    /// Of unit 0: two indicators, the last with nagari rows; of unit 1: one.
    pub shared: [RecordId; 3],
    /// One per device, of unit 1: only that device's team member types there.
    pub solo: Vec<RecordId>,
    /// One per device.
    pub team: Vec<RecordId>,
    /// Kasi of each unit.
    pub heads: [RecordId; 2],
    /// Pelaksana of unit 0; the second is not always active.
    pub officers: [RecordId; 2],
    /// Sekretaris Tim: plan, cycles, differences.
    pub planner: RecordId,
    pub devices: Vec<DeviceId>,
    /// A device with other software, outside the simulation.
    pub elder: DeviceId,
}

impl Setup {
    /// An office with `devices` devices.
    #[must_use]
    pub fn new(devices: usize) -> Self {
        let many = |of: &str| (0..devices).map(|n| id(of, n)).collect();
        Self {
            office: id("office", 0),
            secret: b"the office's secret".to_vec(),
            admin: id("admin", 0),
            units: [id("unit", 0), id("unit", 1)],
            nagari: [id("nagari", 0), id("nagari", 1)],
            cycle: id("cycle", 0),
            shared: [id("shared", 0), id("shared", 1), id("shared", 2)],
            solo: many("solo"),
            team: many("team"),
            heads: [id("head", 0), id("head", 1)],
            officers: [id("officer", 0), id("officer", 1)],
            planner: id("planner", 0),
            devices: (0..devices).map(|n| DeviceId(id("device", n).0)).collect(),
            elder: DeviceId(id("elder", 0).0),
        }
    }

    /// Everybody who may use a device, its own team member first.
    #[must_use]
    pub fn people_of(&self, device: usize) -> Vec<RecordId> {
        let mut people: Vec<_> = self.team.get(device).copied().into_iter().collect();
        people.extend(self.heads);
        people.extend(self.officers);
        people.push(self.planner);
        people.push(self.admin);
        people
    }

    /// The account of a person on a device, as the office gives it at sign-in.
    #[must_use]
    pub fn account(&self, person: RecordId, device: DeviceId, last_number: u64, time: i64) -> Account {
        let key_id = seal::key_id(person, device);
        let key = seal::derive_key(&self.secret, &key_id);
        let name = format!("orang {person}");
        Account { person, name, device, office: self.office, key_id, key, last_number, time }
    }

    /// The operation that founds the office, sealed by its admin.
    #[must_use]
    pub fn founding(&self) -> Envelope {
        let device = DeviceId(id("founding device", 0).0);
        let operation = Operation {
            id: OpId(id("founding", 0).0),
            office: self.office,
            device,
            author: self.admin,
            number: 1,
            acted_for: None,
            source: Source::Own,
            schema: SCHEMA,
            made: Made { wall: START, anchor: None },
            reason: None,
            names: None,
            parts: self.founding_parts(),
        };
        let account = self.account(self.admin, device, 0, START);
        seal::seal(&operation, &account.key, &account.key_id)
    }

    fn founding_parts(&self) -> Vec<Part> {
        let mut parts = vec![main(
            Subject::Office { id: self.office },
            json!({"name": "Kecamatan Contoh", "regency": "Kabupaten Contoh"}),
        )];
        for (n, unit) in self.units.iter().enumerate() {
            let value = json!({"name": format!("Seksi {n}"), "kind": "section"});
            parts.push(main(Subject::Unit { id: *unit }, value));
        }
        for (nagari, code) in self.nagari.iter().zip(NAGARI) {
            parts.push(main(Subject::Nagari { id: *nagari }, json!({"name": code, "code": code})));
        }
        let node = id("node", 0);
        let value = json!({"level": "objective", "code": "1", "title": "Sasaran"});
        parts.push(main(Subject::Node { id: node }, value));
        let cycle = json!({"period": PERIOD.to_string()});
        parts.push(main(Subject::Cycle { id: self.cycle }, cycle));
        for (n, indicator) in self.shared.iter().enumerate() {
            parts.push(self.indicator(*indicator, node, usize::from(n == 2), n == 1));
        }
        for indicator in &self.solo {
            parts.push(self.indicator(*indicator, node, 1, false));
        }
        self.found_people(&mut parts);
        parts
    }

    fn indicator(&self, indicator: RecordId, node: RecordId, unit: usize, rows: bool) -> Part {
        main(Subject::Indicator { id: indicator }, self.indicator_value(node, unit, rows, true))
    }

    fn indicator_value(&self, node: RecordId, unit: usize, rows: bool, active: bool) -> Value {
        let unit = self.units.get(unit);
        let mut value = json!({"node": node, "code": "1.1", "name": "Indikator", "measure": "Dokumen",
            "value_type": "count", "unit": unit, "active": active});
        if let (true, Some(value)) = (rows, value.as_object_mut()) {
            value.insert("rows".into(), "count".into());
        }
        value
    }

    /// Group `main` of a shared indicator that is measured, or not any more.
    #[must_use]
    pub fn shared_indicator(&self, nth: usize, active: bool) -> Value {
        self.indicator_value(id("node", 0), usize::from(nth == 2), nth == 1, active)
    }

    fn found_people(&self, parts: &mut Vec<Part>) {
        let mut posts = vec![
            (self.admin, "admin", None, id("post admin", 0)),
            (self.planner, "sekretaris_tim", None, id("post planner", 0)),
            (self.officers[0], "pelaksana", Some(self.units[0]), id("post officer", 0)),
            (self.officers[1], "pelaksana", Some(self.units[0]), id("post officer", 1)),
        ];
        for (n, (head, unit)) in self.heads.iter().zip(self.units).enumerate() {
            posts.push((*head, "kasi", Some(unit), id("post head", n)));
        }
        for (n, member) in self.team.iter().enumerate() {
            posts.push((*member, "anggota_tim", None, id("post team", n)));
        }
        for (n, (person, post, unit, held)) in posts.into_iter().enumerate() {
            parts.push(main(Subject::Person { id: person }, person_value(&format!("orang{n}"), true)));
            parts.push(main(Subject::Holding { id: held }, holding(person, post, unit)));
        }
    }
}

/// Group `main` of a person.
#[must_use]
pub fn person_value(username: &str, active: bool) -> Value {
    json!({"name": username, "username": username, "active": active})
}

fn holding(person: RecordId, post: &str, unit: Option<RecordId>) -> Value {
    let mut value = json!({"person": person, "post": post, "from": "2020-01-01"});
    if let (Some(unit), Some(fields)) = (unit, value.as_object_mut()) {
        fields.insert("unit".into(), unit.to_string().into());
    }
    value
}

/// A plain edit of group `main`.
#[must_use]
pub fn main(subject: Subject, value: Value) -> Part {
    edit(subject, takar_domain::config::MAIN, value)
}

/// A plain edit of one group, `seen` left to the engine.
#[must_use]
pub fn edit(subject: Subject, group: &str, value: Value) -> Part {
    let change = Change { group: group.to_owned(), seen: Vec::new(), value };
    Part { subject, action: Action::Edit, changes: vec![change], judged: Vec::new() }
}

/// The figure of an indicator in [`PERIOD`].
#[must_use]
pub const fn figure(indicator: RecordId) -> Subject {
    Subject::Figure { indicator, period: PERIOD, unit: None }
}

fn id(of: &str, n: usize) -> RecordId {
    takar_domain::record::natural(Uuid::nil(), &format!("{of} {n}"))
}
