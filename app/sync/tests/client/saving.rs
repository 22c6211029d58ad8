//! From the keyboard into the outbox.

use serde_json::json;
use takar_domain::procedure::{Phase, STATE, StepState, Told, finish, reopen};
use takar_domain::record::{RecordId, Subject};
use takar_domain::workflow::Action;
use takar_sync::client::{Event, Outgoing, SaveFailure, State, Table};
use takar_sync::operation::{Operation, Part};
use takar_sync::seal;
use takar_sync::sim::{PERIOD, edit, main, person_value};
use uuid::Uuid;

use crate::bench::{Bench, Network, entry};

fn operations(bench: &Bench) -> Vec<Operation> {
    bench.client.outbox().map(|o: &Outgoing| o.operation.clone().unwrap()).collect()
}

#[test]
fn a_save_is_one_transaction_with_its_number_and_its_draft() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.commits.clear();
    let part = bench.number("12");
    let saved = bench.save_as(vec![part], |r| r.drop_drafts = vec!["draf".into()]).unwrap().unwrap();

    let [txn] = &bench.commits[..] else { panic!("one transaction, not {}", bench.commits.len()) };
    let puts: Vec<_> = txn.puts.iter().map(|(table, key, _)| (*table, key.as_str())).collect();
    assert!(puts.contains(&(Table::Outbox, saved.to_string().as_str())));
    assert!(puts.iter().any(|(table, key)| *table == Table::Meta && key.starts_with("last_number/")));
    assert_eq!(txn.deletes, [(Table::Drafts, "draf".to_owned())]);
}

#[test]
fn nothing_is_called_saved_before_it_is_durable() {
    let mut bench = Bench::new();
    bench.slow_store = true;
    bench.commits.clear();
    let part = bench.number("12");
    assert_eq!(bench.save(vec![part]), None, "not yet");
    assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("12")), "but shown at once");
    assert!(!matches!(bench.client.status().state, State::UpToDate { .. }), "and not green");

    bench.slow_store = false;
    let txn = bench.commits.pop().unwrap();
    bench.run(txn);
    assert!(matches!(bench.done[..], [(1, Ok(_))]));
}

#[test]
fn a_full_disk_is_told_and_the_value_is_not_shown_as_saved() {
    let mut bench = Bench::new();
    bench.slow_store = true;
    bench.commits.clear();
    let part = bench.number("12");
    bench.save(vec![part]);
    let txn = bench.commits.pop().unwrap();
    bench.hear(Event::StoreFailed { txn: txn.id, why: "penuh".into() });
    assert_eq!(bench.done, [(1, Err(SaveFailure::Store("penuh".into())))]);
    assert_eq!(bench.shown(), None);
}

#[test]
fn a_second_offline_edit_has_seen_the_first_and_all_that_the_first_had_seen() {
    let mut bench = Bench::new();
    let old = bench.type_number("10");
    bench.go_offline();
    let first = bench.type_number("11");
    let second = bench.type_number("12");
    let saved = operations(&bench);
    let mut wanted = vec![old, first];
    wanted.sort_unstable();
    assert_eq!(saved[1].parts[0].changes[0].seen, wanted);
    assert_eq!(saved.iter().map(|o| o.number).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(bench.shown().unwrap().seen("value"), [second]);

    bench.go_online();
    assert_eq!(bench.at_office(), [entry("12")], "no difference anywhere");
}

#[test]
fn two_quick_saves_see_each_other_although_the_store_is_slow() {
    let mut bench = Bench::new();
    bench.network = Network::Held;
    bench.slow_store = true;
    bench.commits.clear();
    let (first, second) = (bench.number("11"), bench.number("12"));
    bench.save(vec![first]);
    bench.save(vec![second]);
    bench.slow_store = false;
    let txn = bench.commits.pop().unwrap();
    bench.run(txn);
    let saved = operations(&bench);
    assert_eq!(saved[1].parts[0].changes[0].seen, [saved[0].id]);
    assert_eq!(bench.shown().unwrap().groups["value"].heads.len(), 1);
}

#[test]
fn two_tabs_that_save_at_once_use_two_numbers() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.slow_store = true;
    bench.commits.clear();
    let part = bench.number("11");
    bench.save(vec![part]);
    let mine = bench.commits.pop().unwrap();

    // The other tab, on the same database, is faster.
    let mut other = Bench::offline(bench.setup.clone(), bench.office.clone(), 0);
    other.store = bench.store.clone();
    other.network = Network::Held;
    other.restart();
    other.type_number("12");
    bench.store = other.store.clone();

    bench.slow_store = false;
    bench.run(mine);
    assert!(matches!(bench.done[..], [(1, Ok(_))]), "it is planned anew, the person does nothing");
    let saved = operations(&bench);
    assert_eq!(saved.iter().map(|o| o.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(saved[1].parts[0].changes[0].seen, [], "it still has seen only what its screen showed");
}

#[test]
fn what_the_office_would_refuse_for_good_is_refused_at_the_keyboard() {
    let mut bench = Bench::new();
    bench.commits.clear();
    let person = Subject::Person { id: bench.setup.officers[0] };
    let part = takar_sync::sim::main(person, person_value("saya", true));
    let Some(Err(SaveFailure::Refused(issues))) = bench.save(vec![part]) else { panic!("refused") };
    assert_eq!(issues[0].code, "permission.denied");
    assert!(bench.commits.is_empty());
}

#[test]
fn the_envelope_proves_its_author_whoever_works_later() {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.type_number("12");
    bench.sign_in(bench.setup.planner);
    let sealed = bench.client.outbox().next().unwrap();
    let operation = sealed.operation.clone().unwrap();
    assert_eq!(operation.author, bench.setup.team[0]);
    assert!(seal::authentic(&sealed.item.envelope, &operation, &bench.setup.secret));
}

#[test]
fn steps_are_ended_and_opened_again_offline_and_later_parts_see_what_earlier_ones_did() {
    let mut bench = Bench::new();
    bench.sign_in(bench.setup.admin);
    let (sop, cycle) = (RecordId(Uuid::from_u128(9)), bench.setup.cycle);
    let step = |number: u16, after: &[u16]| {
        json!({"number": number, "text": "Tahap", "screen_title": "Tahap", "actors": ["anggota_tim"],
            "per_unit": false, "after": after, "requires": "", "minutes": 10, "output": ""})
    };
    let texts = ["chart_title", "number", "created", "revised", "effective", "approved_by_post", "warning"];
    let lists = ["institution", "legal_bases", "qualifications", "related", "equipment", "recording"];
    let mut value = json!({"title": "SOP", "year": 2026, "printed_columns": [], "standard_heads": [],
        "steps": [step(1, &[]), step(2, &[1])]});
    texts.iter().for_each(|name| value[*name] = json!(""));
    lists.iter().for_each(|name| value[*name] = json!([]));
    let stepwise = json!({"period": PERIOD.to_string(), "sop": sop, "stepwise": true});
    let parts = vec![main(Subject::Sop { id: sop }, value), main(Subject::Cycle { id: cycle }, stepwise)];
    bench.save(parts).unwrap().unwrap();
    bench.sign_in(bench.setup.planner);
    bench.go_offline();

    let run = |step| Subject::StepRun { cycle, step, unit: None };
    let moved = |bench: &Bench, step: u16, action: Action| {
        let record = bench.client.record(run(step).record());
        let state = match action {
            Action::Finish => finish(record.as_ref(), Told::default()),
            _ => reopen(record.as_ref(), "Keliru."),
        };
        Part { action, ..edit(run(step), STATE, json!(state.unwrap())) }
    };
    for step in [1, 2] {
        let end = moved(&bench, step, Action::Finish);
        bench.save(vec![end]).unwrap().unwrap();
    }
    // The first alone is in the way of the second; both at once are not.
    let alone = moved(&bench, 1, Action::Reopen);
    assert!(matches!(bench.save(vec![alone.clone()]), Some(Err(SaveFailure::Refused(_)))));
    let both = vec![moved(&bench, 2, Action::Reopen), alone];
    bench.save(both).unwrap().unwrap();
    bench.go_online();
    assert_eq!(bench.waiting(), 0);
    for step in [1, 2] {
        let record = bench.office.records().get(&run(step).record()).unwrap();
        let state: StepState = record.read(STATE).unwrap();
        assert_eq!((state.phase, state.past.len()), (Phase::Running, 1), "step {step}");
    }
}
