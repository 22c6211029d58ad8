//! Our CBOR is everybody's: held against ciborium, an implementation that is not ours.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use ciborium::Value as Cbor;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use takar_domain::codec::{Unreadable, from_cbor, from_json, from_value, to_cbor, to_json, to_value};
use takar_domain::record::RecordId;
use uuid::Uuid;

/// Something of every kind that a type can be made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    id: RecordId,
    small: i8,
    large: u64,
    far: i64,
    text: String,
    letter: Option<String>,
    yes: bool,
    nothing: (),
    list: Vec<Choice>,
    pair: (u16, Option<i32>),
    map: BTreeMap<String, Everything>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Choice {
    Bare,
    One(Box<Choice>),
    Two(u8, String),
    Named { a: i16, b: Option<bool> },
}

fn choice() -> impl Strategy<Value = Choice> {
    let leaf = prop_oneof![
        Just(Choice::Bare),
        any::<(u8, String)>().prop_map(|(n, s)| Choice::Two(n, s)),
        any::<(i16, Option<bool>)>().prop_map(|(a, b)| Choice::Named { a, b }),
    ];
    leaf.prop_recursive(4, 8, 1, |inner| inner.prop_map(|c| Choice::One(Box::new(c))))
}

fn everything() -> impl Strategy<Value = Everything> {
    let numbers = any::<(u128, i8, u64, i64, (u16, Option<i32>))>();
    let words = any::<(String, Option<String>, bool)>();
    let leaf = (numbers, words, prop::collection::vec(choice(), 0..30)).prop_map(|(n, w, list)| Everything {
        id: RecordId(Uuid::from_u128(n.0)),
        small: n.1,
        large: n.2,
        far: n.3,
        text: w.0,
        letter: w.1,
        yes: w.2,
        nothing: (),
        list,
        pair: n.4,
        map: BTreeMap::new(),
    });
    leaf.prop_recursive(3, 12, 3, |inner| {
        let map = prop::collection::btree_map("[a-z]{0,30}", inner.clone(), 0..3);
        (inner, map).prop_map(|(e, map)| Everything { map, ..e })
    })
}

/// Plain data as it stands in a field group, with a number of any size.
fn plain() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let map = prop::collection::btree_map("[a-z]{0,3}", inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            map.prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

fn theirs<T: Serialize>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).unwrap();
    out
}

proptest! {
    #[test]
    fn bytes_are_those_of_ciborium_and_come_back(value in everything()) {
        let bytes = to_cbor(&value);
        prop_assert_eq!(&bytes, &theirs(&value));
        prop_assert_eq!(&from_cbor::<Everything>(&bytes).unwrap(), &value);
        prop_assert_eq!(ciborium::from_reader::<Everything, _>(bytes.as_slice()).unwrap(), value);
    }

    #[test]
    fn plain_data_and_json_are_those_of_serde_json(value in everything()) {
        prop_assert_eq!(&to_value(&value), &serde_json::to_value(&value).unwrap());
        prop_assert_eq!(&from_value::<Everything>(&to_value(&value)).unwrap(), &value);
        prop_assert_eq!(to_json(&value), serde_json::to_string(&value).unwrap());
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(&from_json::<Everything>(pretty.as_bytes()).unwrap(), &value);
    }

    #[test]
    fn plain_data_of_others_comes_back_whole(value in plain()) {
        prop_assert_eq!(&from_value::<Value>(&value).unwrap(), &value);
        prop_assert_eq!(&from_cbor::<Value>(&theirs(&value)).unwrap(), &value);
        prop_assert_eq!(&ciborium::from_reader::<Value, _>(to_cbor(&value).as_slice()).unwrap(), &value);
    }

    #[test]
    fn hostile_bytes_are_refused_as_ciborium_refuses_them(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
        let mut rest = bytes.as_slice();
        let known = ciborium::from_reader::<Value, _>(&mut rest).ok().filter(|_| rest.is_empty());
        if let (Some(known), Ok(ours)) = (known, from_cbor::<Value>(&bytes)) {
            prop_assert_eq!(ours, known);
        }
    }
}

#[test]
fn what_no_writer_of_ours_makes_is_read_too() {
    let read = |bytes: &[u8]| from_cbor::<Value>(bytes);
    // Pieces of text, arrays and maps until a break, tags.
    assert_eq!(read(b"\x7f\x61a\x62bc\xff"), Ok(json!("abc")));
    assert_eq!(read(b"\x9f\x01\x9f\xff\xff"), Ok(json!([1, []])));
    assert_eq!(read(b"\xbf\x61a\xf5\xff"), Ok(json!({"a": true})));
    assert_eq!(read(b"\xc1\x01"), Ok(json!(1)));
    assert_eq!(read(b"\xf7"), Ok(json!(null)));
    // Half precision floats: 1.5, the smallest, and -2.
    assert_eq!(read(b"\xf9\x3e\x00"), Ok(json!(1.5)));
    assert_eq!(read(b"\xf9\x00\x01"), Ok(json!(2f64.powi(-24))));
    assert_eq!(read(b"\xf9\xc0\x00"), Ok(json!(-2.0)));
    assert_eq!(from_cbor::<Cbor>(b"\x5f\x41\x01\x41\x02\xff"), Ok(Cbor::Bytes(vec![1, 2])));
}

#[test]
fn json_is_read_as_serde_json_reads_it() {
    let same = [
        r#" {"a" : [ ] , "b":{ }, "a":[1,-2 , 18446744073709551615,-9223372036854775808]} "#,
        r#""\u00e9\ud83d\ude00\n\"\/\u0000 é""#,
        "null",
        "true",
        "0",
        "-0",
        "[[[]]]",
        "",
        " ",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,]",
        "{",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        "{1:2}",
        "nul",
        "truefalse",
        "1 2",
        "01",
        "-",
        "+1",
        "--1",
        "18446744073709551616x",
        "\"",
        "\"a",
        r#""\x""#,
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\u12""#,
        "\"\n\"",
        "[}",
        "'a'",
        "<html>",
    ];
    for text in same {
        let theirs = serde_json::from_str::<Value>(text).ok();
        // The one number that serde_json takes for a float.
        let theirs = theirs.map(|v| if text == "-0" { json!(0) } else { v });
        assert_eq!(from_json::<Value>(text.as_bytes()).ok(), theirs, "{text}");
    }
    assert_eq!(from_json::<Value>(b"1.5"), Err(Unreadable), "floats are none of ours");
    assert_eq!(from_json::<Value>(b"1e3"), Err(Unreadable));
    assert_eq!(from_json::<Value>(b"\"\xff\""), Err(Unreadable), "no text");
    assert_eq!(from_json::<Value>("[".repeat(9999).as_bytes()), Err(Unreadable), "too deep");
}

#[test]
fn what_is_not_one_whole_value_is_refused() {
    let wrong: [&[u8]; 12] = [
        b"",
        b"\x01\x01",
        b"\x61",
        b"\x61\xff",
        b"\x82\x01",
        b"\x9f\x01",
        b"\xff",
        b"\x1f",
        b"\xf8\x20",
        b"\x7f\x01\xff",
        b"\x7f\x7f\xff\xff",
        b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
    ];
    for bytes in wrong {
        assert_eq!(from_cbor::<Value>(bytes), Err(Unreadable), "{bytes:x?}");
    }
    assert_eq!(from_cbor::<(u8, u8)>(b"\x83\x01\x02\x03"), Err(Unreadable), "an item too many");
    assert_eq!(from_cbor::<Choice>(b"\xa2\x63One\x64Bare\x63One\x64Bare"), Err(Unreadable), "two variants");
    assert_eq!(from_cbor::<Value>(&[0x81; 4096]), Err(Unreadable), "too deep");
    // Unknown fields are passed over, but not without looking.
    assert_eq!(from_cbor::<Empty>(b"\xa1\x61a\x82\x01\xa1\x01\x02"), Ok(Empty {}));
    assert_eq!(from_cbor::<Empty>(b"\xa1\x61a\x82\x01"), Err(Unreadable));
}

#[derive(Debug, PartialEq, Deserialize)]
struct Empty {}

/// More fields than one byte of a map's head counts, some of them absent.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[rustfmt::skip]
struct Wide {
    a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8, l: u8, m: u8, n: u8,
    o: u8, p: u8, q: u8, r: u8, s: u8, t: u8, u: u8, v: u8, w: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    y: Option<u8>,
}

#[test]
fn a_type_of_many_fields_has_a_longer_head() {
    let narrow: Wide =
        from_value(&Value::Object(('a'..='w').map(|c| (c.to_string(), json!(7))).collect())).unwrap();
    let wide =
        [(None, None), (None, Some(1)), (Some(1), Some(2))].map(|(x, y)| Wide { x, y, ..copy(&narrow) });
    for (wide, fields) in wide.iter().zip(23..) {
        let bytes = to_cbor(wide);
        assert_eq!(bytes, theirs(wide), "{fields} fields");
        assert_eq!(from_cbor::<Wide>(&bytes).as_ref(), Ok(wide));
    }
}

fn copy(wide: &Wide) -> Wide {
    from_cbor(&theirs(wide)).unwrap()
}

#[test]
fn a_name_that_a_type_does_not_have_is_no_field_and_no_variant() {
    assert_eq!(from_value::<Choice>(&json!("Bare")), Ok(Choice::Bare));
    assert_eq!(from_value::<Choice>(&json!("bare")), Err(Unreadable));
    assert_eq!(from_value::<Choice>(&json!({"Other": 1})), Err(Unreadable));
    assert_eq!(from_value::<Choice>(&json!(0)), Err(Unreadable), "a place is no name");
    let newer = json!({"Named": {"a": 1, "b": true, "later": {"a": 2}}});
    assert_eq!(from_value::<Choice>(&newer), Ok(Choice::Named { a: 1, b: Some(true) }));
    let twice = b"\xa1\x65Named\xa2\x61a\x01\x61a\x02";
    assert_eq!(from_cbor::<Choice>(twice), Err(Unreadable), "a field that stands twice");
}
