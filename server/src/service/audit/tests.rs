//! A log that somebody changed inside the database is found out, by its first
//! wrong entry.

use takar_domain::record::RecordId;
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::verdict::Verdict;
use takar_sync::wire::Entry;
use takar_sync::written::Written;
use takar_sync::{chain, replay::Fault};

use super::{AuditError, Why, audit_store};
use crate::service::writer::tests::{found, run, typed};
use crate::store::Store;
use crate::store::export::LogLine;

/// An office whose log has four entries, and its id.
async fn office() -> (Store, RecordId) {
    let (store, office, setup) = found().await;
    for number in 1..=3 {
        office.receive(vec![typed(&setup, setup.shared[0], number)]).await.unwrap();
    }
    (store, setup.office)
}

async fn fault(store: &Store, office: RecordId) -> (u64, Why) {
    match audit_store(store, office).await {
        Err(AuditError::Broken(broken)) => (broken.seq, broken.why),
        other => panic!("{other:?}"),
    }
}

/// Puts another entry in the place of one.
async fn replace(store: &Store, office: RecordId, seq: u64, change: impl FnOnce(&mut Entry)) {
    let mut entry = store.entry(office, seq).await.unwrap().unwrap();
    change(&mut entry);
    store.run_text(&format!("DELETE log:['{office}', {seq}]; DELETE op:['{office}', '{}']", entry.op)).await;
    store.put_log(office, &[LogLine { end: seq, entry: to_cbor(&entry) }]).await.unwrap();
}

#[test]
fn a_whole_log_gives_its_states_again() {
    run(async {
        let (store, office) = office().await;
        let whole = audit_store(&store, office).await.unwrap();
        assert_eq!(*whole.audit.replay.tip(), store.tip(office).await.unwrap().cursor);
        assert_eq!(whole.audit.replay.tip().seq, 4);
        assert_eq!(whole.audit.disagreement, None);
    });
}

#[test]
fn a_changed_operation_is_named() {
    run(async {
        let (store, office) = office().await;
        replace(&store, office, 3, |entry| {
            let envelope = entry.envelope.as_mut().unwrap();
            let last = envelope.body.len() - 1;
            envelope.body[last] ^= 1;
        })
        .await;
        let found = fault(&store, office).await;
        assert_eq!(found, (3, Why::Fault(Fault::Digest)));
    });
}

#[test]
fn a_changed_time_breaks_the_chain_there() {
    run(async {
        let (store, office) = office().await;
        replace(&store, office, 2, |entry| entry.at += 1).await;
        assert_eq!(fault(&store, office).await, (2, Why::Fault(Fault::Chain)));
    });
}

#[test]
fn a_missing_entry_is_named() {
    run(async {
        let (store, office) = office().await;
        store.run_text(&format!("DELETE log:['{office}', 3]")).await;
        assert_eq!(fault(&store, office).await.1, Why::Fault(Fault::Gap { expected: 3 }));
        store.run_text(&format!("DELETE log:['{office}', 4]")).await;
        let found = fault(&store, office).await;
        assert_eq!(found, (3, Why::Fault(Fault::Gap { expected: 3 })), "the end is missing too");
    });
}

#[test]
fn a_verdict_that_the_rules_do_not_give_is_found_even_in_a_chain_that_fits() {
    run(async {
        let (store, office) = office().await;
        // Somebody with the database in hand can mend the chain after a change.
        let mut hash = store.entry(office, 2).await.unwrap().unwrap().hash;
        for seq in 3..=4 {
            replace(&store, office, seq, |entry| {
                if seq == 3 {
                    let forged = Verdict { parts: Vec::new(), needs: vec!["x".into()] };
                    entry.verdict = Written::from(forged);
                }
                entry.hash = chain::next_hash(&hash, seq, &entry.digest, entry.at, entry.verdict.bytes());
                hash.clone_from(&entry.hash);
            })
            .await;
        }
        let lines = store.log_lines(office, 0, 9, 9).await.unwrap();
        let secret = store.secret(office).await.unwrap();
        let mut audit = super::Audit::new(office, secret);
        for line in &lines {
            assert!(from_cbor::<Entry>(&line.entry).is_ok());
            let _ = audit.read(line).unwrap();
        }
        assert_eq!(audit.disagreement.map(|broken| (broken.seq, broken.why)), Some((3, Why::Verdict)));
        assert_eq!(fault(&store, office).await.1, Why::End, "and the counter remembers the old chain");
    });
}

#[test]
fn what_stands_beside_the_log_is_compared_too() {
    run(async {
        let (store, office) = office().await;
        let op = store.entry(office, 2).await.unwrap().unwrap().op;
        store.run_text(&format!("UPDATE op:['{office}', '{op}'] SET seq = 3")).await;
        assert_eq!(fault(&store, office).await, (2, Why::Place));

        let (store, office) = self::office().await;
        store.run_text("UPDATE number SET last = 9").await;
        assert_eq!(fault(&store, office).await, (4, Why::Numbers));

        let (store, office) = self::office().await;
        store.run_text(&format!("DELETE record:['{office}', 'data']..['{office}', 'e']")).await;
        let (seq, why) = fault(&store, office).await;
        assert!(matches!(why, Why::State(_)), "{why:?}");
        assert_eq!(seq, 4, "the newest change of that record");
    });
}
