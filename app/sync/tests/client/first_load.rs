//! A device that has nothing begins with a snapshot of the log.

use takar_sync::client::{Answer, Call, Event, Failure, State};
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::sim::{START, Setup, SimOffice};
use takar_sync::wire::{Delta, Snapshot};

use crate::bench::{Bench, Network, entry};

/// A device before its first answer, and an office with a few entries that
/// offers a snapshot and answers pages of two entries.
fn newcomer() -> Bench {
    let setup = Setup::new(2);
    let mut office = SimOffice::new(&setup, 2, START);
    office.offer_snapshots(1_500);
    let mut bench = Bench::offline(setup, office, 0);
    for number in ["1", "2", "3", "4", "5"] {
        let part = bench.number(number);
        bench.elsewhere(part);
        bench.now += 10;
    }
    bench.network = Network::Held;
    bench.sign_in(bench.setup.team[0]);
    // The question of the session before is answered by nobody.
    bench.sent.drain(..bench.sent.len() - 1);
    bench
}

/// Answers what is asked one by one until nothing is, the way `change` wants;
/// gives where the ranges asked for began.
fn answer_all(
    bench: &mut Bench,
    mut change: impl FnMut(&Call, Answer) -> Result<Answer, Failure>,
) -> Vec<u64> {
    let mut ranges = Vec::new();
    while let Some((request, call)) = bench.sent.pop() {
        if let Call::Range { from, .. } = &call {
            ranges.push(*from);
        }
        let answer = bench.answer(&call);
        let result = change(&call, answer);
        let lost = result.is_err();
        bench.hear(Event::Answer { request, result });
        if lost && bench.sent.is_empty() {
            bench.wake();
        }
    }
    ranges
}

/// The whole log is here, and there is nothing more to ask for.
fn check_complete(bench: &mut Bench) {
    assert_eq!(bench.client.cursor().unwrap().seq, bench.office.log().len() as u64);
    assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("5")));
    assert_eq!(bench.client.history(bench.figure(), "value").len(), 5);
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }), "{:?}", bench.client.status());
}

#[test]
fn the_first_load_is_a_snapshot_and_then_what_is_new() {
    let mut bench = newcomer();
    let mut packed = false;
    let mut pages = 0;
    let ranges = answer_all(&mut bench, |call, answer| {
        packed |= matches!(call, Call::Unpack(_));
        pages += usize::from(matches!(answer, Answer::Pull(Delta::Page(_))));
        Ok(answer)
    });
    assert!(ranges.len() > 3, "the office gives it in pieces: {ranges:?}");
    assert!(packed, "it travels packed");
    assert_eq!(pages, 0, "nothing was new");
    check_complete(&mut bench);
}

#[test]
fn a_load_that_is_cut_goes_on_where_it_stood() {
    let mut bench = newcomer();
    let mut asked = 0;
    let ranges = answer_all(&mut bench, |call, answer| {
        asked += usize::from(matches!(call, Call::Range { .. }));
        // Every second range is lost on the way.
        let lost = matches!(call, Call::Range { .. }) && asked % 2 == 0;
        if lost { Err(Failure::Offline) } else { Ok(answer) }
    });
    let begins = ranges.iter().filter(|from| **from == 0).count();
    assert_eq!(begins, 1, "it does not begin again: {ranges:?}");
    assert!(ranges.len() > 5 && ranges.is_sorted(), "{ranges:?}");
    check_complete(&mut bench);
}

#[test]
fn a_snapshot_that_is_not_what_its_name_says_is_refused_and_the_log_paged_through() {
    let mut bench = newcomer();
    let mut unpacked = false;
    answer_all(&mut bench, |call, answer| {
        unpacked |= matches!(call, Call::Unpack(_));
        Ok(match answer {
            Answer::Range(mut bytes) => {
                bytes[10] ^= 1;
                Answer::Range(bytes)
            }
            other => other,
        })
    });
    assert!(!unpacked, "it is not even looked into");
    check_complete(&mut bench);
}

#[test]
fn a_snapshot_whose_chain_is_broken_is_refused_and_the_log_paged_through() {
    let mut bench = newcomer();
    answer_all(&mut bench, |_, answer| {
        Ok(match answer {
            Answer::Unpacked(bytes) => {
                let mut snapshot: Snapshot = from_cbor(&bytes).unwrap();
                snapshot.pages[0].entries[0].at += 1;
                Answer::Unpacked(to_cbor(&snapshot))
            }
            other => other,
        })
    });
    assert_eq!(bench.client.cursor().unwrap().seq, 0, "nothing of it was taken");
    bench.wake();
    answer_all(&mut bench, |call, answer| {
        assert!(matches!(call, Call::Pull(pull) if !pull.snapshot));
        Ok(answer)
    });
    check_complete(&mut bench);
}

#[test]
fn a_device_that_cannot_unpack_pages_through_the_log() {
    let mut bench = newcomer();
    answer_all(
        &mut bench,
        |call, answer| {
            if matches!(call, Call::Unpack(_)) { Err(Failure::NotOurs) } else { Ok(answer) }
        },
    );
    check_complete(&mut bench);
}

#[test]
fn a_snapshot_that_vanished_is_asked_for_anew_and_not_for_ever() {
    let mut bench = newcomer();
    let mut offers = 0;
    answer_all(&mut bench, |call, answer| {
        offers += usize::from(matches!(answer, Answer::Pull(Delta::Snapshot { .. })));
        match call {
            Call::Range { .. } => Err(Failure::Refused { code: "not_found".into() }),
            _ => Ok(answer),
        }
    });
    assert_eq!(offers, 3);
    check_complete(&mut bench);
}
