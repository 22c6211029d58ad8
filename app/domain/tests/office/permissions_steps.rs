//! The table's lines about steps: `action:step`, for the procedure of
//! [`crate::world::sop`].
//!
//! States: `ready` (what comes before is done), `waits` (it is not), `running`,
//! `done`, `followed` (a later step is done too), `changed` (somebody else moved
//! it meanwhile), `closed` (its cycle), `ended` (my post, since I made it), `open`
//! (a correction is). `correct` is the fifth step as *Koreksi*, instead of an order.

use takar_domain::config::{Cycle, MAIN, Post};
use takar_domain::procedure::correction::{Correction, Decided};
use takar_domain::procedure::{PAPER, STATE, Told, finish, handed_over, reopen, start};
use takar_domain::record::Subject;
use takar_domain::sop::Kind;
use takar_domain::workflow::Action;

use super::{Case, employ, unit};
use crate::world::*;

const STEPS: [&str; 6] = ["deliver", "validate", "hand_over", "compile", "order", "sign"];
/// Every unit that hands over.
const UNITS: [&str; 4] = ["sekretariat", "pemerintahan", "pelayanan", "trantibum"];

pub fn in_state(mut office: World, case: &Case, act: &str, step: &str) -> (World, Act, &'static str) {
    let ends = (case.state == "ended").then_some("2026-10-01");
    employ(&mut office, case, ends);
    office.stepwise();
    let place = if step == "correct" {
        correcting(&mut office);
        4
    } else {
        STEPS.iter().position(|s| *s == step).unwrap()
    };
    let of = match (place, unit(case)) {
        (1 | 2, "subbag") => Some("sekretariat"),
        (1 | 2, unit) => Some(unit),
        _ => None,
    };
    let subject = run(u16::try_from(place + 1).unwrap(), of);
    if case.state != "waits" {
        (0..place).for_each(|earlier| done(&mut office, earlier));
    }
    if step == "order" {
        office.put(subject.clone(), PAPER, &serde_json::json!({"instruction": "Mohon disusun."}));
    }
    match case.state.as_str() {
        "running" | "changed" | "open" => begin(&mut office, &subject),
        "done" | "followed" => done(&mut office, place),
        _ => {}
    }
    if act == "settle" || case.state == "open" {
        office.put(subject.clone(), PINNED, &pinned());
    }
    if case.state == "followed" {
        done(&mut office, place + 1);
    }
    let pressed = press(&office, &subject, act);
    match case.state.as_str() {
        "changed" => done(&mut office, place),
        "closed" => {
            let cycle = office.config.cycles[&id("cycle")].clone();
            office.put(Subject::Cycle { id: id("cycle") }, MAIN, &Cycle { open: false, ..cycle });
        }
        _ => {}
    }
    (office, pressed, if ends.is_some() { "2026-09-30" } else { TODAY })
}

fn done(office: &mut World, place: usize) {
    let step = u16::try_from(place + 1).unwrap();
    let per_unit = matches!(place, 1 | 2);
    let units = if per_unit { UNITS.map(Some).to_vec() } else { vec![None] };
    units.into_iter().for_each(|unit| office.done(step, unit));
}

fn begin(office: &mut World, subject: &Subject) {
    let state = start(office.get(subject.record()).as_ref());
    office.put(subject.clone(), STATE, &state.unwrap());
}

/// The group of a correction.
const PINNED: &str = "correction/01990000-0000-7000-8000-000000000001";

fn pinned() -> Correction {
    Correction { text: "Cek lagi.".into(), ..Correction::default() }
}

/// The fifth step is where the Camat corrects, or the Sekretaris records for him.
fn correcting(office: &mut World) {
    let mut sop = sop();
    sop.steps[4].kind = Kind::Correct;
    sop.steps[4].actors = vec![Post::Camat, Post::Sekretaris];
    office.put(Subject::Sop { id: id("sop") }, MAIN, &sop);
}

fn press(office: &World, subject: &Subject, act: &str) -> Act {
    if act == "paper" {
        return office.edit(subject.clone(), PAPER, &serde_json::json!({"remarks": "Lancar."}));
    }
    if act == "pin" {
        return office.edit(subject.clone(), PINNED, &pinned());
    }
    if act == "adopt" {
        return Act { action: Action::Adopt, ..office.edit(subject.clone(), PINNED, &pinned()) };
    }
    if act == "lay_aside" {
        let (action, changes) = (Action::Discard, Vec::new());
        return Act { action, changes, ..office.edit(subject.clone(), PINNED, &pinned()) };
    }
    if act == "settle" {
        let word = "Sudah benar.".into();
        let settled = Correction { decided: Decided::Settled, word, ..pinned() };
        return office.edit(subject.clone(), PINNED, &settled);
    }
    if act == "seal" {
        return office.sealing(subject, office.signature());
    }
    let record = office.get(subject.record());
    let (action, state) = match act {
        "start" => (Action::Start, start(record.as_ref())),
        "finish" => {
            let seal = handed_over(&office.config, &|id| office.get(id), subject);
            (Action::Finish, finish(record.as_ref(), Told { seal, ..Told::default() }))
        }
        "reopen" => (Action::Reopen, reopen(record.as_ref(), "Perlu diperbaiki.")),
        other => panic!("unknown act {other}"),
    };
    Act { action, ..office.edit(subject.clone(), STATE, &state.unwrap_or_default()) }
}
