//! Every body of any shape comes back from its bytes, and what newer software
//! adds anywhere in them is ignored.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use ciborium::Value as Cbor;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use takar_domain::figure::Judged;
use takar_domain::issue::Issue;
use takar_domain::period::Period;
use takar_domain::record::{Anchor, DeviceId, Made, OpId, RecordId, Source, Subject, Value};
use takar_domain::workflow::Action;
use takar_sync::client::Item;
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::operation::{Change, Envelope, Operation, Part};
use takar_sync::verdict::{Outcome, Verdict, Why};
use takar_sync::wire::{Cursor, Delta, Entry, Page, Poke, Pull, Push, PushAnswer, Receipt, Snapshot};
use takar_sync::written::Written;
use uuid::Uuid;

fn uuid() -> impl Strategy<Value = Uuid> + Clone {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn record() -> impl Strategy<Value = RecordId> + Clone {
    uuid().prop_map(RecordId)
}

fn ops() -> impl Strategy<Value = Vec<OpId>> {
    prop::collection::vec(uuid().prop_map(OpId), 0..3)
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

/// Plain data as it stands in field groups: no floats.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        record().prop_map(|id| Subject::Unit { id }),
        (record(), record()).prop_map(|(cycle, unit)| Subject::UnitForm { cycle, unit }),
        (record(), prop::option::of(record())).prop_map(|(indicator, unit)| Subject::Figure {
            indicator,
            period: Period::quarter(2026, 3),
            unit
        }),
    ]
}

fn judged() -> impl Strategy<Value = Judged> {
    (record(), "[a-z/]{0,9}", ops()).prop_map(|(record, group, heads)| Judged { record, group, heads })
}

fn part() -> impl Strategy<Value = Part> {
    let action = prop::sample::select(vec![Action::Edit, Action::Send, Action::Return, Action::Adopt]);
    let change =
        ("[a-z/]{0,9}", ops(), value()).prop_map(|(group, seen, value)| Change { group, seen, value });
    let changes = prop::collection::vec(change, 0..3);
    (subject(), action, changes, prop::collection::vec(judged(), 0..2))
        .prop_map(|(subject, action, changes, judged)| Part { subject, action, changes, judged })
}

fn made() -> impl Strategy<Value = Made> {
    let anchor = (any::<i64>(), any::<u64>(), uuid());
    let anchor = anchor.prop_map(|(office, since, boot)| Anchor { office, since, boot });
    (any::<i64>(), prop::option::of(anchor)).prop_map(|(wall, anchor)| Made { wall, anchor })
}

fn operation() -> impl Strategy<Value = Operation> {
    let who = (uuid(), record(), uuid(), record(), prop::option::of(record()));
    let what = (any::<u64>(), any::<u16>(), made(), prop::option::of(".{0,20}"), prop::option::of(uuid()));
    (who, what, prop::collection::vec(part(), 0..3)).prop_map(|(who, what, parts)| {
        let ((id, office, device, author, acted_for), (number, schema, made, reason, names)) = (who, what);
        Operation {
            id: OpId(id),
            office,
            device: DeviceId(device),
            author,
            number,
            acted_for,
            source: Source::WhatsApp,
            schema,
            made,
            reason,
            names: names.map(OpId),
            parts,
        }
    })
}

fn envelope() -> impl Strategy<Value = Envelope> {
    (".{0,12}", bytes(40), bytes(33)).prop_map(|(key, body, mac)| Envelope { key, body, mac })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let why = prop::sample::select(vec![Why::Unauthenticated, Why::RightsChanged, Why::Removed]);
    prop_oneof![
        Just(Outcome::Applied),
        prop::collection::vec(judged(), 0..3).prop_map(|now| Outcome::Conflict { now }),
        record().prop_map(|parent| Outcome::Late { parent }),
        why.prop_map(|why| Outcome::Held { why }),
        ("[a-z._]{1,12}", ".{0,9}", ".{0,9}").prop_map(|(code, path, text)| Outcome::Rejected {
            issues: vec![Issue::hard(&code, &path).with("text", text)]
        }),
    ]
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let needs = prop::collection::vec("[0-9a-f]{8}", 0..2);
    (prop::collection::vec(outcome(), 0..4), needs).prop_map(|(parts, needs)| Verdict { parts, needs })
}

fn receipt() -> impl Strategy<Value = Receipt> {
    (uuid(), prop::option::of(any::<u64>()), verdict()).prop_map(|(op, seq, verdict)| Receipt {
        op: OpId(op),
        seq,
        verdict,
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let ids = (any::<u64>(), uuid(), any::<i64>());
    (ids, prop::option::of(envelope()), bytes(33), verdict(), bytes(33)).prop_map(
        |((seq, op, at), envelope, digest, verdict, hash)| Entry {
            seq,
            op: OpId(op),
            envelope,
            digest,
            at,
            verdict: Written::from(verdict),
            hash,
        },
    )
}

fn cursor() -> impl Strategy<Value = Cursor> {
    (record(), any::<u64>(), bytes(33)).prop_map(|(office, seq, hash)| Cursor { office, seq, hash })
}

fn page() -> impl Strategy<Value = Page> {
    let numbers = (any::<u64>(), any::<u64>(), any::<i64>());
    (numbers, prop::collection::vec(entry(), 0..3)).prop_map(|((from, newest, now), entries)| Page {
        from,
        entries,
        newest,
        now,
    })
}

fn delta() -> impl Strategy<Value = Delta> {
    let numbers = (any::<u64>(), any::<u64>(), any::<i64>());
    let offered = ("[0-9a-f]{64}", any::<u64>(), any::<u64>(), any::<u64>(), any::<i64>());
    prop_oneof![
        page().prop_map(Delta::Page),
        offered.prop_map(|(sha256, size, seq, newest, now)| Delta::Snapshot {
            sha256,
            size,
            seq,
            newest,
            now
        }),
        numbers.prop_map(|(common, newest, now)| Delta::Diverged { common, newest, now }),
        any::<i64>().prop_map(|now| Delta::Withheld { now }),
    ]
}

fn push() -> impl Strategy<Value = Push> {
    let envelopes = prop::collection::vec(envelope(), 0..3);
    let room = any::<Option<u64>>();
    (uuid(), envelopes, prop::collection::vec(cursor(), 0..3), any::<u64>(), room).prop_map(
        |(device, envelopes, cursors, depth, room)| Push {
            device: DeviceId(device),
            envelopes,
            cursors,
            depth,
            room,
        },
    )
}

fn pull() -> impl Strategy<Value = Pull> {
    let cursors = prop::collection::vec(cursor(), 0..3);
    (uuid(), cursors, any::<u64>(), any::<bool>(), any::<Option<u64>>()).prop_map(
        |(device, cursors, depth, snapshot, room)| Pull {
            device: DeviceId(device),
            cursors,
            depth,
            snapshot,
            room,
        },
    )
}

/// The same bytes with one more field in every map that has named fields. Data
/// of field groups is not touched: there each key means something.
fn newer(value: Cbor) -> Cbor {
    match value {
        Cbor::Map(fields) => {
            let mut fields: Vec<_> = fields
                .into_iter()
                .map(|(key, value)| {
                    let data = matches!(key.as_text(), Some("value" | "facts"));
                    let value = if data { value } else { newer(value) };
                    (key, value)
                })
                .collect();
            let extra = Cbor::Map(vec![(Cbor::from("x"), Cbor::Array(vec![Cbor::Null, Cbor::from(7)]))]);
            fields.insert(fields.len() / 2, (Cbor::from("warna baru"), extra));
            Cbor::Map(fields)
        }
        Cbor::Array(items) => Cbor::Array(items.into_iter().map(newer).collect()),
        other => other,
    }
}

/// It comes back from CBOR and from JSON; from newer CBOR too; and other
/// software's CBOR of the same value is ours.
fn whole<T>(value: &T) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let bytes = to_cbor(value);
    prop_assert_eq!(&from_cbor::<T>(&bytes).unwrap(), value);
    prop_assert_eq!(&serde_json::from_str::<T>(&serde_json::to_string(value).unwrap()).unwrap(), value);
    let tree: Cbor = ciborium::from_reader(&bytes[..]).unwrap();
    let mut grown = Vec::new();
    ciborium::into_writer(&newer(tree), &mut grown).unwrap();
    prop_assert_eq!(&from_cbor::<T>(&grown).unwrap(), value);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn operations_come_back(operation in operation()) {
        whole(&operation)?;
    }

    #[test]
    fn pushes_and_answers_come_back(push in push(), receipts in prop::collection::vec(receipt(), 0..3), delta in delta()) {
        whole(&push)?;
        whole(&PushAnswer { receipts, delta })?;
    }

    #[test]
    fn pulls_and_what_they_bring_come_back(pull in pull(), pages in prop::collection::vec(page(), 0..3), office in record(), seq in any::<u64>()) {
        whole(&pull)?;
        whole(&Snapshot { pages })?;
        whole(&Poke { office, seq })?;
    }

    #[test]
    fn rows_come_back(entry in entry(), envelope in envelope(), receipt in prop::option::of(receipt()), place in any::<u64>(), carried in any::<bool>()) {
        whole(&entry)?;
        whole(&Item { envelope, place, receipt, carried })?;
    }
}
