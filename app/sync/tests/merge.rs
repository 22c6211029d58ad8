//! The merge of heads: order of arrival never decides which values stand.

use proptest::prelude::*;
use serde_json::json;
use takar_domain::record::{DeviceId, Made, OpId, Record, RecordId, Source, Subject, Value};
use takar_sync::merge::apply_part;
use takar_sync::operation::{Change, Operation, Part, SCHEMA};
use uuid::Uuid;

const fn op_id(n: u128) -> OpId {
    OpId(Uuid::from_u128(n))
}

fn subject() -> Subject {
    Subject::Unit { id: RecordId(Uuid::from_u128(9)) }
}

fn edit(id: u128, seen: &[u128], value: Value) -> Operation {
    let seen = seen.iter().map(|n| op_id(*n)).collect();
    let change = Change { group: "value".into(), seen, value };
    let part =
        Part { subject: subject(), action: Default::default(), changes: vec![change], judged: Vec::new() };
    Operation {
        id: op_id(id),
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

/// The group after the operations arrived in this order.
fn arrive<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Record {
    let mut record = Record::new(subject());
    for (operation, seq) in operations.into_iter().zip(1..) {
        apply_part(&mut record, operation, &operation.parts[0], Some(seq));
    }
    record
}

fn open_values(record: &Record) -> Vec<Value> {
    let mut values: Vec<_> = record.groups["value"].heads.iter().map(|h| h.value.clone()).collect();
    values.sort_by_key(ToString::to_string);
    values
}

#[test]
fn a_second_edit_takes_the_place_of_the_one_it_saw() {
    let record = arrive(&[edit(1, &[], json!("10")), edit(2, &[1], json!("12"))]);
    assert_eq!(open_values(&record), [json!("12")]);
    assert!(!record.groups["value"].differs());
}

#[test]
fn two_people_who_did_not_see_each_other_leave_a_difference() {
    let record = arrive(&[edit(1, &[], json!("10")), edit(2, &[], json!("12"))]);
    assert!(record.groups["value"].differs());
    assert_eq!(record.groups["value"].value(), Some(&json!("10")), "the first to arrive counts meanwhile");
}

#[test]
fn choosing_settles_the_difference_even_before_one_side_arrives() {
    let chosen = edit(3, &[1, 2], json!("12"));
    let record = arrive(&[edit(1, &[], json!("10")), chosen, edit(2, &[], json!("11"))]);
    assert_eq!(open_values(&record), [json!("12")]);
}

#[test]
fn the_same_value_twice_is_one_value() {
    let record = arrive(&[edit(1, &[], json!("10")), edit(2, &[], json!("10"))]);
    assert_eq!(record.groups["value"].heads.len(), 1);
    assert_eq!(record.seen("value"), [op_id(1), op_id(2)], "who edits it has seen both");
}

#[test]
fn changing_one_of_two_equal_values_does_not_undo_the_other() {
    let mut operations =
        vec![edit(1, &[], json!("10")), edit(2, &[], json!("10")), edit(3, &[1], json!("12"))];
    let wanted = [json!("10"), json!("12")];
    assert_eq!(open_values(&arrive(&operations)), wanted);
    operations.swap(1, 2);
    assert_eq!(open_values(&arrive(&operations)), wanted, "nor if it arrives later");
}

#[test]
fn an_edit_back_to_an_earlier_value_counts() {
    let back = edit(3, &[2], json!("10"));
    let record = arrive(&[edit(1, &[], json!("10")), edit(2, &[1], json!("12")), back]);
    assert_eq!(open_values(&record), [json!("10")]);
}

#[test]
fn repeating_an_operation_changes_nothing() {
    let operations = [edit(1, &[], json!("10")), edit(2, &[1], json!("12"))];
    let once = arrive(&operations);
    let mut twice = once.clone();
    for (operation, seq) in operations.iter().zip(1..) {
        apply_part(&mut twice, operation, &operation.parts[0], Some(seq));
    }
    assert_eq!(once, twice);
}

/// Up to eight edits, each having seen some of the earlier ones.
fn edits() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec((any::<u8>(), 0..3u8), 1..8).prop_map(|choices| {
        let edits = choices.iter().zip(1u128..).map(|((mask, value), id)| {
            let seen: Vec<_> = (1..id).filter(|n| mask >> (n % 8) & 1 == 1).collect();
            edit(id, &seen, json!(value.to_string()))
        });
        edits.collect()
    })
}

proptest! {
    #[test]
    fn open_values_do_not_depend_on_the_order_of_arrival(
        (operations, shuffled) in edits().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle()))
    ) {
        let (first, second) = (arrive(&operations), arrive(&shuffled));
        prop_assert_eq!(open_values(&first), open_values(&second));
        prop_assert_eq!(first.seen("value"), second.seen("value"));
    }

    #[test]
    fn what_stands_is_what_nobody_has_seen(operations in edits()) {
        let seen: Vec<_> = operations.iter().flat_map(|o| &o.parts[0].changes[0].seen).collect();
        let stand: Vec<_> = operations.iter().map(|o| o.id).filter(|id| !seen.contains(&id)).collect();
        prop_assert_eq!(arrive(&operations).seen("value"), stand);
    }
}
