//! The person who works has no post any more: the office takes what she saved,
//! and tells her nothing but the verdicts.

use takar_domain::record::Subject;
use takar_sync::client::{Call, Event, State, Trigger};
use takar_sync::sim::{main, person_value};
use takar_sync::verdict::{Outcome, Why};

use crate::bench::{Bench, Network, entry};

/// A value typed offline by somebody whose posts ended meanwhile; the
/// connection comes back.
fn barred(still_allowed: bool) -> Bench {
    let mut bench = Bench::new();
    bench.go_offline();
    bench.type_number("12");
    if !still_allowed {
        let person = Subject::Person { id: bench.setup.team[0] };
        let left = main(person, person_value("orang", false));
        bench.elsewhere_by(bench.setup.admin, left, None);
    }
    bench.network = Network::Barred;
    bench.sent.clear();
    bench.hear(Event::Wake(Trigger::Online));
    bench
}

#[test]
fn what_was_saved_before_the_post_ended_reaches_the_office() {
    let mut bench = barred(true);
    assert_eq!(bench.at_office(), [entry("12")]);
    for _ in 0..2 {
        let status = bench.client.status();
        assert_eq!((status.waiting, status.attention), (0, 0), "it was taken");
        assert_eq!(bench.client.outbox().count(), 0, "and there is nothing to do about it");
        assert_eq!(bench.shown().unwrap().groups["value"].value(), Some(&entry("12")), "she still sees it");
        bench.restart();
    }
}

#[test]
fn what_the_office_holds_is_told_with_its_verdict_and_nothing_else() {
    let mut bench = barred(false);
    let before = bench.client.cursor();
    for _ in 0..2 {
        let held = [Outcome::Held { why: Why::RightsChanged }];
        assert_eq!(bench.client.outbox().next().unwrap().outcomes(), held);
        assert_eq!(bench.client.status().attention, 1);
        assert_eq!(bench.client.cursor(), before, "no entry of the log came with it");
        bench.restart();
    }
}

#[test]
fn the_line_says_so_and_nothing_is_asked_in_a_hurry() {
    let mut bench = barred(true);
    assert_eq!(bench.client.status().state, State::Barred);
    assert_eq!(bench.sent.len(), 1, "the push, and no pull behind it");
    bench.timers.clear();
    for _ in 0..20 {
        bench.now += 60_000;
        bench.hear(Event::Wake(Trigger::Timer));
        assert_eq!(bench.client.status().state, State::Barred);
    }
    assert!(bench.sent.len() <= 21, "{} requests in twenty minutes", bench.sent.len());
    assert!(bench.timers.iter().all(|ms| *ms >= 30_000), "{:?}", bench.timers);

    // What is saved still goes at once.
    bench.sent.clear();
    bench.type_number("13");
    assert!(matches!(bench.sent[..], [(_, Call::Push(_))]), "{:?}", bench.sent);
    assert_eq!(bench.at_office(), [entry("13")]);
}

#[test]
fn a_new_post_brings_the_log_and_settles_what_was_taken() {
    let mut bench = barred(true);
    bench.network = Network::Up;
    bench.wake();
    assert!(matches!(bench.client.status().state, State::UpToDate { .. }), "{:?}", bench.client.status());
    assert_eq!(bench.client.cursor().unwrap().seq, bench.office.log().len() as u64);
    assert!(bench.store.outbox().is_empty(), "the log entry takes its place");
}

#[test]
fn what_was_taken_and_lost_with_a_restored_backup_goes_again() {
    let mut bench = Bench::new();
    bench.office.back_up();
    bench.go_offline();
    bench.type_number("12");
    bench.network = Network::Barred;
    bench.hear(Event::Wake(Trigger::Online));
    assert!(bench.office.restore());
    assert!(bench.at_office().is_empty());
    bench.network = Network::Up;
    bench.wake();
    bench.wake();
    assert_eq!(bench.at_office(), [entry("12")]);
    assert!(bench.store.outbox().is_empty());
}
