//! What a file is by its content, when a photo was taken, and what may be said
//! of evidence.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use serde_json::{Value, json};
use takar_domain::evidence::capture::{is_moment, moment};
use takar_domain::evidence::media::{Media, examine, refuse_size};
use takar_domain::evidence::{Kind, LIMIT, Reference, is_sha256};
use takar_domain::figure::{Entry, Row};
use takar_domain::period::Period;
use takar_domain::record::{RecordId, Subject};
use takar_domain::shape::check;
use takar_domain::text::issue::issue;
use uuid::Uuid;

/// A zip of stored parts with the given names and bytes.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in parts {
        let at = u32::try_from(out.len()).unwrap();
        let sizes = [u32::try_from(body.len()).unwrap(); 2].map(u32::to_le_bytes).concat();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        out.extend([b"PK\x03\x04".as_slice(), &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0; 4], &sizes].concat());
        out.extend([&name_length[..], &[0, 0], name.as_bytes(), body].concat());
        directory
            .extend([b"PK\x01\x02".as_slice(), &[20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0; 4]].concat());
        directory.extend([&sizes[..], &name_length, &[0; 12], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let (at, size) = (u32::try_from(out.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    out.extend(directory);
    let end = [b"PK\x05\x06".as_slice(), &[0; 4], &count, &count, &size.to_le_bytes(), &at.to_le_bytes()];
    out.extend([&end.concat()[..], &[0, 0]].concat());
    out
}

fn workbook() -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])
}

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

#[test]
fn a_file_is_what_its_content_says() {
    let found = |bytes: &[u8]| examine(bytes, LIMIT).map_err(|issue| issue.code);
    let ods = zip(&[("mimetype", ODS), ("content.xml", b"<x/>")]);
    let cases: [(&[u8], Media); 8] = [
        (b"\xff\xd8\xff\xe0rest", Media::Jpeg),
        (b"\x89PNG\r\n\x1a\nrest", Media::Png),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Media::Webp),
        (b"%PDF-1.7\n", Media::Pdf),
        (&workbook(), Media::Xlsx),
        (&ods, Media::Ods),
        (b"nagari;jumlah\nSungai Jernih;12\n", Media::Csv),
        ("\u{feff}nagari,jumlah\r\n".as_bytes(), Media::Csv),
    ];
    for (bytes, media) in cases {
        assert_eq!(found(bytes), Ok(media));
        assert_eq!(Media::named(media.name()), Some(media));
    }
    let macros = zip(&[("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"")]);
    let word = zip(&[("[Content_Types].xml", b""), ("word/document.xml", b"")]);
    let text = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")]);
    let whole = workbook();
    let cut = &whole[..whole.len() - 30];
    let refused: [&[u8]; 14] = [
        b"MZ\x90\0",
        b"\x7fELF",
        b"GIF89a",
        b"<html><script>alert(1)</script>,",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg' onload='x,y'>",
        b"\xef\xbb\xbf<?xml version='1.0', ?>",
        b"just a sentence without columns",
        b"a;b\x00c",
        b"\xff\xfea;b",
        b"PK\x03\x04",
        &macros,
        &word,
        &text,
        cut,
    ];
    for bytes in refused {
        assert_eq!(found(bytes), Err("file.unknown".into()), "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(found(b"\0\0\0\x18ftypheic\0\0\0\0"), Err("file.heic".into()));
    assert_eq!(found(b""), Err("file.empty".into()));
}

#[test]
fn the_limit_is_stated_in_the_refusal() {
    assert!(refuse_size(LIMIT, LIMIT).is_ok());
    let refused = refuse_size(LIMIT + 1, LIMIT).unwrap_err();
    assert!(issue(&refused).contains("20 MB"), "{}", issue(&refused));
    assert_eq!(examine(b"%PDF-1.7 and more", 3 << 20), Ok(Media::Pdf));
    assert_eq!(examine(&vec![b'a'; (3 << 20) + 1], 3 << 20).unwrap_err().facts["max"], "3");
    assert_eq!(refuse_size(1 << 40, u64::MAX).unwrap_err().facts["max"], "100", "no office may set more");
}

/// A JPEG whose EXIF says when it was taken, in either order of bytes.
fn photo(little: bool, original: Option<&str>, written: Option<&str>) -> Vec<u8> {
    let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let entry = |tag: u16, kind: u16, count: u32, at: u32| {
        [&short(tag)[..], &short(kind), &long(count), &long(at)].concat()
    };
    // Header 8, first directory with two entries, second with one, then the texts.
    let mut tiff = [if little { b"II*\0" } else { b"MM\0*" }, &long(8)[..]].concat();
    let first = [&entry(0x0132, 2, 20, 68)[..], &entry(0x8769, 4, 1, 38)].concat();
    let first = if written.is_some() { first } else { [&entry(0x0100, 4, 1, 0), &first[12..]].concat() };
    tiff.extend([&short(2)[..], &first, &long(0)].concat());
    let tag = if original.is_some() { 0x9003 } else { 0x9999 };
    tiff.extend([&short(1)[..], &entry(tag, 2, 20, 88), &long(0)].concat());
    tiff.resize(68, 0);
    for text in [written, original] {
        tiff.extend(text.unwrap_or("0000:00:00 00:00:00").as_bytes());
        tiff.push(0);
    }
    let segment = [b"Exif\0\0", &tiff[..]].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let comment = [&[0xff, 0xfe, 0, 4][..], b"ab"].concat();
    [&[0xff, 0xd8][..], &comment, &[0xff, 0xe1], &length, &segment, &[0xff, 0xda, 0, 2]].concat()
}

#[test]
fn a_photo_tells_when_it_was_taken() {
    for little in [true, false] {
        let taken = photo(little, Some("2026:10:06 14:03:22"), Some("2026:11:01 08:00:00"));
        assert_eq!(moment(&taken).as_deref(), Some("2026-10-06T14:03:22"));
        let written = photo(little, None, Some("2026:11:01 08:00:00"));
        assert_eq!(moment(&written).as_deref(), Some("2026-11-01T08:00:00"), "else when it was written");
        assert_eq!(moment(&photo(little, None, None)), None);
        assert_eq!(moment(&photo(little, Some("0000:00:00 00:00:00"), None)), None, "a clock never set");
        assert_eq!(moment(&photo(little, Some("2026:13:45 99:00:00"), None)), None);
        for cut in 0..taken.len() {
            let _ = moment(&taken[..cut]);
        }
    }
    assert_eq!(moment(b"\xff\xd8\xff\xda\0\x02"), None);
    assert!(is_moment("2026-02-28T00:00:00") && !is_moment("2026-02-30T00:00:00"));
}

proptest! {
    #[test]
    fn nothing_that_is_picked_stops_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = (examine(&bytes, LIMIT), moment(&bytes));
        let _ = moment(&[&[0xff, 0xd8, 0xff, 0xe1, 1, 0][..], b"Exif\0\0MM\0*", &bytes].concat());
        let _ = examine(&[b"PK\x03\x04", &bytes[..], b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &bytes[..]].concat(), LIMIT);
    }

    #[test]
    fn any_bit_of_a_workbook_may_flip(at in 0..workbook().len(), bit in 0..8u8) {
        let mut bytes = workbook();
        bytes[at] ^= 1 << bit;
        let _ = examine(&bytes, LIMIT);
    }
}

fn reference() -> Value {
    json!({
        "kind": "photo", "name": "rapat.jpg", "added_by": Uuid::nil(),
        "file": { "sha256": "ab".repeat(32), "size": 310_000, "media": "image/jpeg" },
        "thumbnail": { "sha256": "cd".repeat(32), "size": 9_000, "media": "image/jpeg" },
        "captured": "2026-10-06T14:03:22", "position": { "latitude": "-0.95", "longitude": "100.35" },
        "from a newer app": { "x": 1 },
    })
}

fn said(evidence: &[Value]) -> Vec<String> {
    let figure =
        Subject::Figure { indicator: RecordId(Uuid::nil()), period: Period::quarter(2026, 3), unit: None };
    let value = json!({ "state": "value", "number": "5", "evidence": evidence });
    let row = json!({ "done": true, "evidence": evidence });
    let (of_value, of_row) = (check(&figure, "value", &value), check(&figure, "nagari/satu", &row));
    assert_eq!(of_value.len(), of_row.len(), "a value and a row hold the same evidence");
    of_value.into_iter().map(|issue| format!("{} {}", issue.code, issue.path)).collect()
}

#[test]
fn evidence_is_bounded_data() {
    assert!(said(&[reference()]).is_empty());
    let link = json!({ "kind": "link", "name": "Dokumen", "added_by": Uuid::nil(), "address": "https://contoh.go.id/a?b=1" });
    assert!(said(std::slice::from_ref(&link)).is_empty());
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut reference = reference();
        change(&mut reference);
        said(&[reference])
    };
    let changes: [&dyn Fn(&mut Value); 12] = [
        &|r| r["file"]["sha256"] = json!("AB".repeat(32)),
        &|r| r["file"]["sha256"] = json!("../../etc/passwd"),
        &|r| r["file"]["size"] = json!(0),
        &|r| r["file"]["size"] = json!(101u64 << 20),
        &|r| r["file"]["media"] = json!("text/html"),
        &|r| r["file"] = Value::Null,
        &|r| r["name"] = json!(" "),
        &|r| r["name"] = json!("a\nb"),
        &|r| r["name"] = json!("a".repeat(201)),
        &|r| r["captured"] = json!("kemarin"),
        &|r| r["date"] = json!("2026-02-30"),
        &|r| r["position"]["latitude"] = json!("91"),
    ];
    for change in changes {
        assert_eq!(wrong(change), ["evidence.wrong value.evidence"]);
    }
    for address in ["javascript:alert(1)", "https://", "http://a b", "https://x/\"><script>"] {
        let mut link = link.clone();
        link["address"] = json!(address);
        assert_eq!(said(&[link]), ["evidence.wrong value.evidence"], "{address}");
    }
    assert_eq!(wrong(&|r| r["kind"] = json!("program")), ["shape.wrong value"]);
    assert_eq!(said(&vec![reference(); 65]), ["entry.too_many value.evidence"]);
    assert!(is_sha256(&"0f".repeat(32)) && !is_sha256(&"0g".repeat(32)) && !is_sha256(&"0f".repeat(31)));
}

#[test]
fn a_value_without_evidence_is_written_as_before() {
    let empty = serde_json::to_string(&Entry::default()).unwrap();
    assert_eq!(empty, r#"{"state":"not_filled"}"#);
    assert_eq!(serde_json::to_string(&Row::default()).unwrap(), "{}");
    let read: Reference = serde_json::from_value(reference()).unwrap();
    assert_eq!((read.kind, read.asks_for_date()), (Kind::Photo, false));
    assert!(Reference { captured: None, ..read }.asks_for_date(), "a date is asked when no camera tells");
}
