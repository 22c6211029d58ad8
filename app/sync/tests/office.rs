//! The office's commit: one after the other, each by what stands then.

use serde_json::json;
use takar_domain::record::{Made, OpId, RecordId, Source, Subject};
use takar_sync::client::{Answer, Call};
use takar_sync::operation::{Envelope, Operation, Part, SCHEMA};
use takar_sync::seal;
use takar_sync::sim::{PERIOD, START, Setup, SimOffice, edit, figure, main};
use takar_sync::verdict::Outcome;
use takar_sync::wire::Push;
use uuid::Uuid;

fn operation(setup: &Setup, id: u128, author: RecordId, part: Part) -> Operation {
    Operation {
        id: OpId(Uuid::from_u128(id)),
        office: setup.office,
        device: setup.devices[0],
        author,
        number: 1,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made { wall: START, anchor: None },
        reason: None,
        names: None,
        parts: vec![part],
    }
}

fn sealed(setup: &Setup, operation: &Operation) -> Envelope {
    let account = setup.account(operation.author, operation.device, 0, START);
    seal::seal(operation, &account.key, &account.key_id)
}

/// Pushes operations in one request; gives the first outcome of each.
fn push(setup: &Setup, office: &mut SimOffice, operations: &[Operation]) -> Vec<Outcome> {
    let envelopes = operations.iter().map(|o| sealed(setup, o)).collect();
    let push = Push { device: setup.devices[0], envelopes, cursors: Vec::new(), depth: 0, room: None };
    let Answer::Push(answer) = office.answer(&Call::Push(push), START) else { return Vec::new() };
    answer.receipts.into_iter().filter_map(|r| r.verdict.parts.into_iter().next()).collect()
}

fn typed(setup: &Setup, id: u128, number: &str) -> Operation {
    let value = json!({"state": "value", "number": number});
    operation(setup, id, setup.team[0], edit(figure(setup.shared[0]), "value", value))
}

fn codes(outcome: &Outcome) -> Vec<&str> {
    match outcome {
        Outcome::Rejected { issues } => issues.iter().map(|i| i.code.as_str()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn an_operation_is_judged_by_the_configuration_that_the_one_before_it_made() {
    let setup = Setup::new(1);
    let mut office = SimOffice::new(&setup, 10, START);
    let closed = json!({"period": PERIOD.to_string(), "open": false});
    let mut close = main(Subject::Cycle { id: setup.cycle }, closed);
    close.changes[0].seen = office.records()[&setup.cycle].seen("main");
    let close = operation(&setup, 5, setup.planner, close);
    let outcomes = push(&setup, &mut office, &[typed(&setup, 4, "1"), close, typed(&setup, 6, "2")]);
    assert!(
        matches!(outcomes[..], [Outcome::Applied, Outcome::Applied, Outcome::Late { .. }]),
        "{outcomes:?}"
    );
}

#[test]
fn a_bad_operation_has_its_verdict_and_the_ones_behind_it_go_on() {
    let setup = Setup::new(1);
    let mut office = SimOffice::new(&setup, 10, START);
    let good = typed(&setup, 9, "1");
    let twice =
        Operation { parts: [&good, &good].map(|o| o.parts[0].clone()).to_vec(), ..typed(&setup, 1, "1") };
    let bad = [
        twice,
        Operation { parts: Vec::new(), ..typed(&setup, 2, "1") },
        Operation { schema: SCHEMA + 1, ..typed(&setup, 3, "1") },
        Operation { office: setup.admin, ..typed(&setup, 4, "1") },
    ];
    let all: Vec<_> = bad.into_iter().chain([good]).collect();
    let outcomes = push(&setup, &mut office, &all);
    let wanted =
        ["operation.group_twice", "operation.empty", "operation.newer_software", "operation.other_office"];
    assert_eq!(outcomes.iter().flat_map(codes).collect::<Vec<_>>(), wanted);
    assert_eq!(outcomes[4], Outcome::Applied);
    assert_eq!(office.log().len(), 6, "each has its place in the log");
}

#[test]
fn one_changed_head_does_not_fail_the_rest_of_a_bulk_act() {
    let setup = Setup::new(1);
    let mut office = SimOffice::new(&setup, 10, START);
    let other = edit(figure(setup.shared[1]), "obstacle", "jalan".into());
    let strange = edit(figure(setup.admin), "value", json!({}));
    let mut bulk = typed(&setup, 4, "1");
    bulk.parts.extend([strange, other]);
    let account = setup.account(bulk.author, bulk.device, 0, START);
    let envelope = seal::seal(&bulk, &account.key, &account.key_id);
    let push =
        Push { device: bulk.device, envelopes: vec![envelope], cursors: Vec::new(), depth: 0, room: None };
    drop(office.answer(&Call::Push(push), START));
    let parts = &office.log()[1].verdict.parts;
    assert!(matches!(parts[..], [Outcome::Applied, Outcome::Rejected { .. }, Outcome::Applied]));
    assert_eq!(office.records()[&figure(setup.shared[1]).record()].seen("obstacle"), [bulk.id]);
}

#[test]
fn every_verdict_names_the_files_that_the_office_lacks() {
    let setup = Setup::new(1);
    let mut office = SimOffice::new(&setup, 10, START);
    let (photo, small) = ("ab".repeat(32), "cd".repeat(32));
    let file = |sha256: &str| json!({"sha256": sha256, "size": 5, "media": "image/jpeg"});
    let evidence = json!([{"kind": "photo", "name": "rapat.jpg", "added_by": setup.admin,
        "file": file(&photo), "thumbnail": file(&small)}]);
    let value = json!({"state": "value", "number": "5", "evidence": evidence});
    let part = edit(figure(setup.shared[0]), "value", value.clone());
    let taken = operation(&setup, 4, setup.team[0], part);
    assert_eq!(taken.files(), [photo.clone(), small.clone()]);
    // One that is refused names its files too, wherever they stand in it.
    let odd =
        json!({"state": "value", "number": "x", "later": {"scan": [file(&photo)], "not": {"sha256": "x"}}});
    let refused = operation(&setup, 5, setup.team[0], edit(figure(setup.shared[0]), "value", odd));
    let plain = typed(&setup, 6, "1");
    let outcomes = push(&setup, &mut office, &[taken, refused, plain]);
    assert!(
        matches!(outcomes[..], [Outcome::Applied, Outcome::Rejected { .. }, Outcome::Applied]),
        "{outcomes:?}"
    );
    let needs: Vec<_> = office.log()[1..].iter().map(|entry| entry.verdict.needs.clone()).collect();
    assert_eq!(needs, [vec![photo.clone(), small], vec![photo], vec![]]);
}
