//! Minutes per person: whose are added up, and who may see the sum.

use takar_app::acts::steps::{Worked, worked};
use takar_domain::codec::to_value;
use takar_domain::record::Attribution;
use takar_sync::client::Trail;
use takar_sync::verdict::Outcome;

use super::*;

/// An act on a step's state, by somebody, perhaps for somebody else.
fn act(author: RecordId, acted_for: Option<RecordId>, action: Action, minutes: Option<u32>) -> Trail {
    let told = Told { minutes, ..Told::default() };
    Trail {
        op: OpId(Uuid::nil()),
        seq: Some(1),
        at: None,
        by: Attribution {
            author,
            acted_for,
            source: Source::Own,
            device: DeviceId(Uuid::nil()),
            made: Made { wall: NINE, anchor: None },
            reason: None,
        },
        action,
        value: to_value(&takar_domain::procedure::finish(None, told).unwrap()),
        seen: Vec::new(),
        outcome: Some(Outcome::Applied),
        names: None,
    }
}

#[test]
fn minutes_per_person_are_for_that_person_and_the_secretary() {
    let mut desk = office();
    let mut trails = vec![
        act(HEAD, None, Action::Finish, Some(60)),
        act(SECRETARY, Some(CAMAT), Action::Finish, Some(15)),
        act(SECRETARY, None, Action::Finish, Some(8)),
        // Opened again, what was told before is still told; beginning tells nothing.
        act(SECRETARY, None, Action::Reopen, Some(60)),
        act(HEAD, None, Action::Finish, Some(5)),
        act(HEAD, None, Action::Start, Some(99)),
        act(HEAD, None, Action::Finish, None),
    ];
    let late = Outcome::Late { parent: CYCLE };
    trails.push(Trail { outcome: Some(late), ..act(HEAD, None, Action::Finish, Some(99)) });
    // One that waits on this device counts already.
    trails.push(Trail { outcome: None, ..act(HEAD, None, Action::Finish, Some(1)) });
    let seen = |desk: &Desk, me| worked(&desk.config, me, TODAY, &trails);
    let own = Worked { person: HEAD, ends: 3, minutes: 66 };
    let recorded = Worked { person: CAMAT, ends: 1, minutes: 15 };
    let secretary = Worked { person: SECRETARY, ends: 1, minutes: 8 };
    assert_eq!(seen(&desk, HEAD), std::slice::from_ref(&own));
    assert_eq!(seen(&desk, CAMAT), std::slice::from_ref(&recorded));
    assert_eq!(seen(&desk, MEMBER), []);
    let mut all = seen(&desk, SECRETARY);
    all.sort_by_key(|one| one.person);
    assert_eq!(all, [recorded, secretary.clone(), own]);
    // Whoever was Sekretaris once sees the own work alone.
    let held = desk.config.holdings.iter().find(|(_, held)| held.person == SECRETARY);
    let (id, mut held) = held.map(|(id, held)| (*id, held.clone())).unwrap();
    held.to = Some("2026-10-07".into());
    desk.config.holdings.insert(id, held);
    assert_eq!(seen(&desk, SECRETARY), [secretary]);
}
