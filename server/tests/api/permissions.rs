//! The hand-written table of `app/domain/tests/data/permissions.csv`, produced
//! by this server over HTTP on a real database. On every refusal the record's
//! stored bytes are unchanged.

use std::collections::BTreeMap;

use takar_domain::date::Date;
use takar_domain::record::{DeviceId, Made, OpId, Record, RecordId, Source, Subject};
use takar_server::http::Site;
use takar_server::service::clock::now_ms;
use takar_server::service::secret::{token, token_digest};
use takar_server::store::Store;
use takar_server::store::log::{Commit, Tip};
use takar_server::store::session::Session;
use takar_sync::operation::{Change, Operation, Part, SCHEMA};
use takar_sync::verdict::{Outcome, Verdict, Why};
use takar_sync::wire::{Cursor, Entry, PushAnswer};
use takar_sync::written::Written;
use takar_sync::{chain, codec, seal};
use uuid::Uuid;

use crate::app::{TestApp, run};
use crate::table;
use crate::world::{Act, TODAY, World, id};

/// A day in milliseconds.
const DAY: i64 = 86_400_000;
const SECRET: &[u8] = b"the office's secret";

#[test]
fn every_line_of_the_table_holds_over_http() {
    run(async {
        let store = Store::open("mem://").await.unwrap();
        let mut served = None;
        let mut wrong = Vec::new();
        // The office judges by its own clock: the table's today is the day of the run.
        let shift = (now_ms() - time_of(TODAY)).div_euclid(DAY);
        let cases = table::cases();
        for case in &cases {
            let office = RecordId(Uuid::now_v7());
            let (world, act, made) = table::in_state(case);
            let (records, made) = (moved(&world.records, shift), time_of(made) + shift * DAY);
            write(&store, office, &world, records).await;
            store.open_office(office, served.replace(office)).await.unwrap();
            let found = act_over_http(&store, office, &act, made).await;
            if found != case.expected {
                wrong.push(format!("{case:?}: found {found}"));
            }
        }
        assert!(cases.len() > 400, "the table was read: {}", cases.len());
        assert!(wrong.is_empty(), "{} of {} lines\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    });
}

/// The records with every date in them so many days later.
fn moved(records: &BTreeMap<RecordId, Record>, days: i64) -> BTreeMap<RecordId, Record> {
    let later = |record: &Record| {
        let mut value = serde_json::to_value(record).unwrap();
        move_dates(&mut value, days);
        serde_json::from_value(value).unwrap()
    };
    records.iter().map(|(id, record)| (*id, later(record))).collect()
}

fn move_dates(value: &mut serde_json::Value, days: i64) {
    match value {
        serde_json::Value::String(text) => {
            if let Ok(date) = text.parse::<Date>() {
                *text = date.add_days(i32::try_from(days).unwrap()).to_string();
            }
        }
        serde_json::Value::Array(all) => all.iter_mut().for_each(|one| move_dates(one, days)),
        serde_json::Value::Object(all) => all.values_mut().for_each(|one| move_dates(one, days)),
        _ => {}
    }
}

/// The office as the case wants it, with a log of one entry.
async fn write(store: &Store, office: RecordId, world: &World, records: BTreeMap<RecordId, Record>) {
    store.put_secret(office, SECRET.to_vec()).await.unwrap();
    let stands = |record: &Record| match record.subject {
        // The case without cycles: they are gone from the configuration only.
        Subject::Cycle { id } => world.config.cycles.contains_key(&id),
        _ => true,
    };
    let changed: BTreeMap<_, _> = records.into_iter().filter(|(_, r)| stands(r)).collect();
    let operation = operation(office, id("someone"), now_ms(), Vec::new());
    let envelope = sealed(&operation);
    let digest = chain::digest(&envelope);
    let verdict = Written::from(Verdict { parts: vec![Outcome::Applied], needs: Vec::new() });
    let at = now_ms();
    let hash = chain::next_hash(&[0; 32], 1, &digest, at, verdict.bytes());
    let entry =
        Entry { seq: 1, op: operation.id, envelope: Some(envelope), digest, at, verdict, hash: hash.clone() };
    let tip = Tip { cursor: Cursor { office, seq: 1, hash }, at };
    let numbers = BTreeMap::new();
    let files = Default::default();
    let entries = [entry];
    let commit = Commit {
        expected: 0,
        tip: &tip,
        entries: &entries,
        numbers: &numbers,
        changed: &changed,
        before: &BTreeMap::new(),
        files: &files,
    };
    store.commit(&commit).await.unwrap();
}

/// Pushes the act in the person's name, twice, and says what became of it.
async fn act_over_http(store: &Store, office: RecordId, act: &Act, made: i64) -> String {
    let app = TestApp::on(store.clone(), Site::None, false).await;
    // A colleague's session carries it: the right judged is the author's.
    let secret = token().unwrap();
    let persons = vec![id("head.pelayanan")];
    let session = Session { office, device: DeviceId(Uuid::nil()), persons, used: now_ms() };
    store.put_session(&token_digest(&secret), &session).await.unwrap();
    let change = |(group, seen, value): &(String, Vec<OpId>, serde_json::Value)| Change {
        group: group.clone(),
        seen: seen.clone(),
        value: value.clone(),
    };
    let part = Part {
        subject: act.subject.clone(),
        action: act.action,
        changes: act.changes.iter().map(change).collect(),
        judged: act.judged.clone(),
    };
    let record = act.subject.record();
    let before = store.record_bytes(office, record).await.unwrap();
    let envelope = sealed_by(&operation(office, id("me"), made, vec![part]), act.by_office);
    let push = takar_sync::wire::Push {
        device: session.device,
        envelopes: vec![envelope.clone(), envelope],
        cursors: Vec::new(),
        depth: 0,
        room: None,
    };
    let request = app.browser().post("/api/v1/push").header("content-type", "application/cbor");
    let request = request.header("cookie", format!("takar_session={secret}")).body(codec::to_cbor(&push));
    let answer: PushAnswer = crate::app::read(request.send().await.unwrap()).await;
    assert_eq!(answer.receipts[0], answer.receipts[1], "a repeat gets the stored verdict");
    let outcome = &answer.receipts[0].verdict.parts[0];
    let after = store.record_bytes(office, record).await.unwrap();
    if *outcome == Outcome::Applied {
        assert!(act.changes.is_empty() || before != after, "applied and nothing changed");
    } else {
        assert_eq!(before, after, "refused and something changed");
    }
    words(outcome)
}

/// Noon of an ISO date, in milliseconds.
fn time_of(date: &str) -> i64 {
    let days = takar_domain::date::parse_indonesian(date).unwrap();
    let mut at = 1_700_000_000_000;
    while takar_domain::date::date_of(at, takar_domain::config::Zone::Wib) < days {
        at += DAY;
    }
    at
}

fn operation(office: RecordId, author: RecordId, wall: i64, parts: Vec<Part>) -> Operation {
    Operation {
        id: OpId(Uuid::now_v7()),
        office,
        device: DeviceId(Uuid::nil()),
        author,
        number: 1,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made { wall, anchor: None },
        reason: None,
        names: None,
        parts,
    }
}

fn sealed(operation: &Operation) -> takar_sync::operation::Envelope {
    sealed_by(operation, false)
}

fn sealed_by(operation: &Operation, by_office: bool) -> takar_sync::operation::Envelope {
    let named = if by_office { seal::office_key_id } else { seal::key_id };
    let key_id = named(operation.author, operation.device);
    seal::seal(operation, &seal::derive_key(SECRET, &key_id), &key_id)
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Applied => "applied".into(),
        Outcome::Conflict { .. } => "conflict".into(),
        Outcome::Late { .. } => "late".into(),
        Outcome::Held { why: Why::RightsChanged } => "held:rights_changed".into(),
        Outcome::Held { why: Why::Removed } => "held:removed".into(),
        Outcome::Held { why: Why::Unauthenticated } => "held:unauthenticated".into(),
        Outcome::Rejected { issues } => {
            format!("rejected:{}", issues.first().map_or("?", |i| i.code.as_str()))
        }
    }
}
