//! The merge of heads as a state machine: devices edit what they see, and hear
//! of each other's edits in any order, more than once.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use serde_json::json;
use takar_domain::record::{DeviceId, Made, OpId, Record, RecordId, Source, Subject};
use takar_sync::merge::apply_part;
use takar_sync::operation::{Change, Operation, Part, SCHEMA};
use uuid::Uuid;

const DEVICES: usize = 3;

/// An edit as the definition sees it.
#[derive(Clone, Debug)]
struct Edit {
    seen: BTreeSet<usize>,
    value: u8,
}

/// Every edit ever made, and which of them each device has heard of.
#[derive(Clone, Debug, Default)]
struct World {
    edits: Vec<Edit>,
    heard: [BTreeSet<usize>; DEVICES],
}

impl World {
    /// What stands is what nobody saw of those who were heard of.
    fn stands(&self, device: usize) -> BTreeSet<usize> {
        let heard = &self.heard[device];
        let gone: BTreeSet<_> = heard.iter().flat_map(|n| &self.edits[*n].seen).copied().collect();
        heard.difference(&gone).copied().collect()
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// Somebody changes what the device shows.
    Edit { device: usize, value: u8 },
    /// Somebody changes a value without having seen what else stands there.
    Blind { device: usize, value: u8 },
    /// A device hears of an edit, perhaps once more.
    Hear { device: usize, edit: prop::sample::Index },
}

struct Heads;

impl ReferenceStateMachine for Heads {
    type State = World;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<World> {
        Just(World::default()).boxed()
    }

    fn transitions(_: &World) -> BoxedStrategy<Step> {
        let device = 0..DEVICES;
        prop_oneof![
            3 => (device.clone(), 0..3u8).prop_map(|(device, value)| Step::Edit { device, value }),
            1 => (device.clone(), 0..3u8).prop_map(|(device, value)| Step::Blind { device, value }),
            6 => (device, any::<prop::sample::Index>()).prop_map(|(device, edit)| Step::Hear { device, edit }),
        ]
        .boxed()
    }

    fn preconditions(world: &World, step: &Step) -> bool {
        !matches!(step, Step::Hear { .. }) || !world.edits.is_empty()
    }

    fn apply(mut world: World, step: &Step) -> World {
        let (device, value, seen) = match step {
            Step::Edit { device, value } => (*device, *value, world.stands(*device)),
            Step::Blind { device, value } => (*device, *value, BTreeSet::new()),
            Step::Hear { device, edit } => {
                let edit = edit.index(world.edits.len());
                world.heard[*device].insert(edit);
                return world;
            }
        };
        world.edits.push(Edit { seen, value });
        world.heard[device].insert(world.edits.len() - 1);
        world
    }
}

fn op_id(edit: usize) -> OpId {
    OpId(Uuid::from_u128(edit as u128 + 1))
}

fn operation(edit: usize, made: &Edit) -> Operation {
    let seen = made.seen.iter().map(|n| op_id(*n)).collect();
    let change = Change { group: "value".into(), seen, value: json!(made.value) };
    let subject = Subject::Unit { id: RecordId(Uuid::nil()) };
    let part = Part { subject, action: Default::default(), changes: vec![change], judged: Vec::new() };
    Operation {
        id: op_id(edit),
        office: RecordId(Uuid::nil()),
        device: DeviceId(Uuid::nil()),
        author: RecordId(Uuid::nil()),
        number: 1,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made::default(),
        reason: None,
        names: None,
        parts: vec![part],
    }
}

/// Each device's record, by the product's merge, in the order in which it heard.
struct Devices {
    records: [Record; DEVICES],
}

impl StateMachineTest for Devices {
    type SystemUnderTest = Self;
    type Reference = Heads;

    fn init_test(_: &World) -> Self {
        let empty = || Record::new(Subject::Unit { id: RecordId(Uuid::nil()) });
        Self { records: [empty(), empty(), empty()] }
    }

    fn apply(mut devices: Self, world: &World, step: Step) -> Self {
        let (device, edit) = match step {
            Step::Edit { device, .. } | Step::Blind { device, .. } => (device, world.edits.len() - 1),
            Step::Hear { device, edit } => (device, edit.index(world.edits.len())),
        };
        let operation = operation(edit, &world.edits[edit]);
        apply_part(&mut devices.records[device], &operation, &operation.parts[0], None);
        devices
    }

    fn check_invariants(devices: &Self, world: &World) {
        for (n, record) in devices.records.iter().enumerate() {
            let stands: Vec<_> = world.stands(n).into_iter().map(op_id).collect();
            assert_eq!(record.seen("value"), stands, "device {n}");
            let Some(group) = record.groups.get("value") else { continue };
            let values: BTreeSet<_> = world.stands(n).iter().map(|e| world.edits[*e].value).collect();
            assert_eq!(group.heads.len(), values.len(), "each value once: {group:?}");
            assert_eq!(group.differs(), values.len() > 1);
            assert!(group.heads.iter().chain(&group.same).all(|h| !group.superseded.contains(&h.op)));
        }
        // Who has heard the same shows the same.
        for a in 0..DEVICES {
            for b in 0..a {
                if world.heard[a] == world.heard[b] {
                    assert_eq!(devices.records[a].seen("value"), devices.records[b].seen("value"));
                }
            }
        }
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn heads_are_what_nobody_has_seen_in_whatever_order_it_was_heard(sequential 1..40 => Devices);
}
