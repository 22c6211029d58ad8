//! A small office for tests, written through the log like any other.

use serde::Serialize;
use takar_domain::config::{
    Cycle, Holding, Indicator, Level, MAIN, Node, Person, Post, TARGET, Target, Tenure,
};
use takar_domain::figure::{Entry, EntryState, VALUE};
use takar_domain::period::Period;
use takar_domain::record::{OpId, RecordId, Subject, natural};
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;

use crate::app::{PASSWORD, TestApp, Worker};

/// Ids of what [`furnish`] writes.
pub struct Furniture {
    pub section: RecordId,
    pub cycle: RecordId,
    pub indicator: RecordId,
    pub other_indicator: RecordId,
}

pub const PERIOD: Period = Period::quarter(2026, 3);

pub fn edit(subject: Subject, group: &str, seen: Vec<OpId>, value: &impl Serialize) -> Part {
    let value = serde_json::to_value(value).unwrap();
    Part {
        subject,
        action: Action::Edit,
        changes: vec![Change { group: group.into(), seen, value }],
        judged: Vec::new(),
    }
}

pub fn main(subject: Subject, value: &impl Serialize) -> Part {
    edit(subject, MAIN, Vec::new(), value)
}

/// A figure's number.
pub fn number(indicator: RecordId, number: i64, seen: Vec<OpId>) -> Part {
    let entry = Entry { state: EntryState::Value, number: Some(number.into()), ..Entry::default() };
    edit(figure(indicator), VALUE, seen, &entry)
}

pub fn figure(indicator: RecordId) -> Subject {
    Subject::Figure { indicator, period: PERIOD, unit: None }
}

/// A person with a post.
pub fn person(office: RecordId, username: &str, post: Post, unit: Option<RecordId>) -> Vec<Part> {
    let id = person_id(office, username);
    let about = Person { name: username.to_uppercase(), username: username.into(), nip: None, active: true };
    let holding = Holding {
        person: id,
        post,
        unit,
        tenure: Tenure::Definitive,
        from: "2020-01-01".into(),
        to: None,
        letter: String::new(),
    };
    let post = Subject::Holding { id: natural(office.0, &format!("holding/{username}")) };
    vec![main(Subject::Person { id }, &about), main(post, &holding)]
}

pub fn person_id(office: RecordId, username: &str) -> RecordId {
    natural(office.0, &format!("person/{username}"))
}

/// Adds people, a cycle, and an indicator in each of two sections; sets everybody's password.
pub async fn furnish(app: &TestApp, admin: &mut Worker) -> Furniture {
    let office = admin.account.office;
    let snapshot = app.front.office().await.unwrap().snapshot();
    let unit = |name: &str| *snapshot.config.units.iter().find(|(_, u)| u.name == name).unwrap().0;
    let section = unit("Seksi Pemerintahan");
    let other_section = unit("Seksi Pelayanan");
    let cycle = natural(office.0, "cycle");
    let node = natural(office.0, "node");
    let ids = [natural(office.0, "indicator/1"), natural(office.0, "indicator/2")];
    let mut parts = vec![
        main(
            Subject::Cycle { id: cycle },
            &Cycle {
                period: PERIOD,
                due: None,
                regency_due: None,
                open: true,
                policy: None,
                sop: None,
                stepwise: false,
                abandoned: None,
            },
        ),
        main(
            Subject::Node { id: node },
            &Node {
                level: Level::SubKegiatan,
                code: "7.01.01.2.01.0001".into(),
                title: "Pembinaan".into(),
                parent: None,
                unit: None,
                order: 1,
            },
        ),
    ];
    for (place, (id, unit)) in ids.into_iter().zip([section, other_section]).enumerate() {
        let indicator: Indicator = serde_json::from_value(serde_json::json!({
            "node": node, "code": format!("IK-{place}"), "name": format!("Jumlah laporan {place}"),
            "measure": "Laporan", "unit": unit,
        }))
        .unwrap();
        let target = Target { year: Some(100.into()), ..Target::default() };
        parts.push(main(Subject::Indicator { id }, &indicator));
        parts.push(edit(Subject::Indicator { id }, &format!("{TARGET}2026"), Vec::new(), &target));
    }
    for (username, post, unit) in [
        ("kasi", Post::Kasi, Some(section)),
        ("staf", Post::Pelaksana, Some(section)),
        ("lain", Post::Pelaksana, Some(other_section)),
        ("camat", Post::Camat, None),
    ] {
        parts.extend(person(office, username, post, unit));
    }
    // One operation per record: what the admin does on the settings screen.
    for part in parts {
        let outcomes = admin.act(vec![part.clone()]).await;
        assert_eq!(outcomes, [Outcome::Applied], "{part:?}");
    }
    for username in ["kasi", "staf", "lain", "camat"] {
        set_password(admin, person_id(office, username)).await;
    }
    Furniture { section, cycle, indicator: ids[0], other_indicator: ids[1] }
}

pub async fn set_password(admin: &Worker, person: RecordId) {
    let args = serde_json::json!({ "acting": admin.person(), "person": person, "new": PASSWORD });
    let answer = admin.browser.call("set_password", &args).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
}

/// A founded and furnished office with its admin signed in.
pub async fn open() -> (TestApp, Worker, Furniture) {
    let app = TestApp::start().await;
    app.found().await;
    let mut admin = app.browser().sign_in("admin").await;
    let furniture = furnish(&app, &mut admin).await;
    (app, admin, furniture)
}
