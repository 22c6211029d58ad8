//! `Readable` reads and refuses what serde's own derive does.

use ciborium::Value as Cbor;
use proptest::prelude::*;
use serde::Deserialize;
use takar_derive::Readable;
use takar_domain::codec::{from_cbor, from_value};
use takar_domain::record::{RecordId, Value};

/// The same fields twice: once for each derive.
macro_rules! twice {
    ($($derive:ident $name:ident),+) => {$(
        #[derive(Debug, PartialEq, $derive)]
        struct $name {
            id: RecordId,
            title: String,
            #[serde(rename = "detail")]
            words: String,
            order: u16,
            parent: Option<RecordId>,
            #[serde(default)]
            lines: Vec<Option<u8>>,
            #[serde(default = "usual")]
            share: u32,
            #[serde(with = "takar_sync::codec::bytes")]
            key: Vec<u8>,
            #[serde(with = "takar_sync::codec::bytes", default)]
            proof: Vec<u8>,
            #[serde(default)]
            inner: Option<Box<$name>>,
        }
    )+};
}
twice!(Readable Ours, Deserialize Theirs);

fn usual() -> u32 {
    10
}

/// All fields of one: they cannot be left out or added without a word here.
macro_rules! told {
    ($($name:ident),+) => {$(
        impl $name {
            fn told(&self) -> String {
                let Self { id, title, words, order, parent, lines, share, key, proof, inner } = self;
                let inner = inner.as_ref().map(|inner| inner.told());
                format!("{id} {title:?} {words:?} {order} {parent:?} {lines:?} {share} {key:?} {proof:?} {inner:?}")
            }
        }
    )+};
}
told!(Ours, Theirs);

const NAMES: [&str; 12] =
    ["id", "title", "detail", "words", "order", "parent", "lines", "share", "key", "proof", "inner", "later"];

/// Mostly what a field of this name may hold.
fn content(name: &'static str, inner: impl Strategy<Value = Cbor> + 'static) -> BoxedStrategy<Cbor> {
    let bytes = prop::collection::vec(any::<u8>(), 0..4).prop_map(Cbor::Bytes);
    let id = prop_oneof![Just(Cbor::Bytes(vec![7; 16])), Just(Cbor::Bytes(vec![7; 15]))];
    let odd = prop_oneof![Just(Cbor::Null), Just(Cbor::Integer((-1).into())), Just(Cbor::Array(Vec::new()))];
    let fitting = match name {
        "id" | "parent" => id.boxed(),
        "title" | "detail" | "words" => "[a-c]{0,3}".prop_map(Cbor::Text).boxed(),
        "order" | "share" => (0_u32..70_000).prop_map(|n| Cbor::Integer(n.into())).boxed(),
        "lines" => prop::collection::vec((0_u16..300).prop_map(|n| Cbor::Integer(n.into())), 0..3)
            .prop_map(Cbor::Array)
            .boxed(),
        "key" | "proof" => bytes.boxed(),
        _ => inner.boxed(),
    };
    prop_oneof![19 => fitting, 1 => odd].boxed()
}

fn fields(inner: impl Strategy<Value = Cbor> + Clone + 'static) -> impl Strategy<Value = Cbor> {
    let all = NAMES.map(|name| {
        let pair = content(name, inner.clone()).prop_map(move |value| (Cbor::Text(name.into()), value));
        prop::option::weighted(if name == "later" { 0.3 } else { 0.95 }, pair)
    });
    let again = prop::option::weighted(0.1, 0_usize..8);
    (all.to_vec(), again).prop_map(|(pairs, again)| {
        let mut pairs: Vec<_> = pairs.into_iter().flatten().collect();
        if let Some(pair) = again.and_then(|at| pairs.get(at).cloned()) {
            pairs.push(pair);
        }
        Cbor::Map(pairs)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn both_read_the_same(value in fields(prop_oneof![Just(Cbor::Null), fields(Just(Cbor::Null))])) {
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).unwrap();
        let ours = from_cbor::<Ours>(&bytes).map(|it| it.told());
        prop_assert_eq!(ours, from_cbor::<Theirs>(&bytes).map(|it| it.told()));
    }
}

fn whole() -> Value {
    serde_json::json!({
        "id": "07070707-0707-0707-0707-070707070707", "title": "a", "detail": "b", "order": 1, "key": "AA==",
    })
}

#[test]
fn a_name_that_comes_twice_is_refused_in_every_format() {
    let text = whole().to_string().replacen('{', r#"{"title":"b","later":1,"later":2,"#, 1);
    let told = serde_json::from_str::<Ours>(&text).unwrap_err().to_string();
    assert!(told.starts_with("duplicate field `title`"), "{told}");
    let once = text.replacen(r#""title":"b","#, "", 1);
    assert_eq!(serde_json::from_str::<Ours>(&once).unwrap().title, "a", "unknown names may come twice");
}

#[test]
fn what_is_missing_is_named_or_has_its_default() {
    let whole = whole();
    let read: Ours = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!((read.share, read.parent, read.lines.len()), (10, None, 0));
    for name in ["id", "title", "detail", "order", "key"] {
        let mut lacking = whole.clone();
        lacking.as_object_mut().unwrap().remove(name);
        let told = serde_json::from_value::<Ours>(lacking.clone()).unwrap_err().to_string();
        assert_eq!(told, format!("missing field `{name}`"));
        assert!(from_value::<Ours>(&lacking).is_err(), "{name} is required");
    }
}
