//! What may be written about a measuring round (domain.md §4).

use takar_domain::config::{BASIS, Basis, Config, Cycle, MAIN};
use takar_domain::period::{Period, Span};
use takar_domain::record::Subject;
use takar_domain::rules::Judgement;

use crate::world::{World, id, office};

fn codes(judgement: &Judgement) -> Vec<String> {
    match judgement {
        Judgement::Apply => vec![],
        Judgement::Reject(issues) => issues.iter().map(|issue| issue.code.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

fn running(config: &Config) -> Cycle {
    config.cycles[&id("cycle")].clone()
}

/// What the office says to a round written by the Sekretaris.
fn written(world: &World, name: &str, cycle: &Cycle) -> Vec<String> {
    let act = world.edit(Subject::Cycle { id: id(name) }, MAIN, cycle);
    codes(&world.judge(id("head.sekretariat"), &act))
}

#[test]
fn a_rounds_dates_may_change_and_what_it_measures_may_not() {
    let mut world = office();
    world.stepwise();
    let round = running(&world.config);
    let date = |iso: &str| Some(iso.to_owned());
    let moved = Cycle { due: date("2026-10-20"), regency_due: date("2026-10-25"), ..round.clone() };
    assert!(written(&world, "cycle", &moved).is_empty());
    let crossed = Cycle { due: date("2026-10-26"), ..moved };
    assert_eq!(written(&world, "cycle", &crossed), ["cycle.due_after_regency"]);
    for other in [
        Cycle { period: Period::quarter(2026, 2), ..round.clone() },
        Cycle { sop: Some(id("other")), ..round.clone() },
        Cycle { sop: None, stepwise: false, ..round.clone() },
    ] {
        assert_eq!(written(&world, "cycle", &other), ["cycle.fixed"]);
    }
}

#[test]
fn semesters_and_years_run_beside_a_quarter_but_never_two_of_one_period() {
    let world = office();
    let round = running(&world.config);
    let of = |period| Cycle { period, ..round.clone() };
    for period in [Period::semester(2026, 2), Period::year(2026), Period::quarter(2026, 4)] {
        assert!(written(&world, "new", &of(period)).is_empty(), "{period}");
    }
    assert_eq!(written(&world, "new", &of(round.period)), ["cycle.already_open"]);
    let month = Period { year: 2026, span: Span::Month(9) };
    assert_eq!(written(&world, "new", &of(month)), ["cycle.no_period"]);
}

#[test]
fn a_round_is_given_up_with_a_reason_stays_so_and_is_opened_anew() {
    let mut world = office();
    let round = running(&world.config);
    let because = |why: &str, open| Cycle { open, abandoned: Some(why.into()), ..round.clone() };
    assert_eq!(written(&world, "cycle", &because(" ", false)), ["cycle.reason"]);
    assert_eq!(written(&world, "cycle", &because("Diganti semester", true)), ["cycle.reason"]);
    let given_up = because("Diganti semester", false);
    assert!(written(&world, "cycle", &given_up).is_empty());
    world.put(Subject::Cycle { id: id("cycle") }, MAIN, &given_up);
    assert_eq!(written(&world, "cycle", &round), ["cycle.abandoned"]);
    assert_eq!(written(&world, "cycle", &because("Lain", false)), ["cycle.abandoned"]);
    assert!(written(&world, "again", &round).is_empty());
}

#[test]
fn a_basis_is_a_file_or_a_reason_and_has_a_number() {
    let world = office();
    let because = Basis { reason: "Belum disahkan".into(), ..Basis::default() };
    let set = |group: &str| {
        let act = world.edit(Subject::Cycle { id: id("cycle") }, group, &because);
        codes(&world.judge(id("head.sekretariat"), &act))
    };
    assert!(set(&[BASIS, "4"].concat()).is_empty());
    for wrong in ["0", "21", "empat", ""] {
        assert_eq!(set(&[BASIS, wrong].concat()), ["group.unknown"], "{wrong}");
    }
    assert!(Basis::default().is_missing() && !because.is_missing());
}
