//! The table's lines about steps: `action:step`, for the procedure of
//! [`crate::world::sop`].
//!
//! States: `ready` (what comes before is done), `waits` (it is not), `running`,
//! `done`, `followed` (a later step is done too), `changed` (somebody else moved
//! it meanwhile), `closed` (its cycle), `ended` (my post, since I made it).

use takar_domain::config::{Cycle, MAIN};
use takar_domain::procedure::{PAPER, STATE, Told, finish, handed_over, reopen, start};
use takar_domain::record::Subject;
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
    let place = STEPS.iter().position(|s| *s == step).unwrap();
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
        "running" | "changed" => begin(&mut office, &subject),
        "done" | "followed" => done(&mut office, place),
        _ => {}
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

fn press(office: &World, subject: &Subject, act: &str) -> Act {
    if act == "paper" {
        return office.edit(subject.clone(), PAPER, &serde_json::json!({"remarks": "Lancar."}));
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
