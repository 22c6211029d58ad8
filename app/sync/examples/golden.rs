//! Writes the fixtures of a release: what a device of this version has stored,
//! pushes and exports. `tests/golden` replays those of every release with every
//! build, so nothing that somebody saved years ago becomes unreadable.
//!
//! Run once per released version, from the repository's root, and never over an
//! older release's folder:
//!
//! ```text
//! cargo run -p takar-sync --profile fast --features sim --example golden -- app/sync/tests/golden/<version>
//! ```
//!
//! Files are CBOR in hexadecimal digits, so that a change of one shows:
//! - `store-1.hex`: rows of the browser's database of version 1, without files
//! - `store-2.hex`: of version 2, with a file of evidence that waits
//! - `push.hex`: the body that brings the second one's work to the office
//! - `outbox.hex`: the file that the second one exports
//! - `secret.hex`: the office's secret, as a byte string

#![expect(clippy::unwrap_used, clippy::panic, reason = "a tool that stops at the first surprise")]

#[path = "../tests/client/bench.rs"]
#[expect(dead_code, reason = "the engine's tests use more of it")]
mod bench;

use std::path::Path;

use bench::{Bench, Network};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::Serialize;
use serde_json::json;
use takar_domain::workflow::Action;
use takar_sync::client::{Call, Table, sha256};
use takar_sync::codec::{bytes, to_cbor};
use takar_sync::parcel::{
    Header, PIECE, file_key, file_section, length, nonce, piece_section, work_sections,
};
use takar_sync::sim::{NAGARI, edit, figure};

/// One row of a table.
#[derive(Serialize)]
struct Row {
    table: &'static str,
    key: String,
    #[serde(with = "bytes")]
    value: Vec<u8>,
}

#[derive(Serialize)]
struct Secret(#[serde(with = "bytes")] Vec<u8>);

fn main() {
    let Some(folder) = std::env::args().nth(1) else { panic!("which folder?") };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let evidence = b"%PDF-1.7\nbukti".to_vec();
    let old = worked(None);
    let new = worked(Some(&evidence));
    write(&folder.join("store-1.hex"), &to_cbor(&rows(&old, 1)));
    write(&folder.join("store-2.hex"), &to_cbor(&rows(&new, 2)));
    write(&folder.join("outbox.hex"), &exported(&new, &evidence));
    write(&folder.join("secret.hex"), &to_cbor(&Secret(new.setup.secret.clone())));
    write(&folder.join("push.hex"), &pushed(new));
}

/// A device that went out of reach and was worked on: two values on top of each
/// other, a nagari, a note for somebody else, and a form that is sent.
fn worked(evidence: Option<&[u8]>) -> Bench {
    let mut bench = Bench::new();
    bench.type_number("11");
    bench.go_offline();
    bench.type_number("12");
    let mut value = json!({"state": "value", "number": "13", "event_date": "2026-09-30"});
    if let Some(bytes) = evidence {
        let file = json!({"sha256": sha256(bytes), "size": bytes.len(), "media": "application/pdf"});
        let by = bench.setup.team[0].to_string();
        value["evidence"] =
            json!([{"kind": "pdf", "name": "berita acara.pdf", "added_by": by, "file": file}]);
    }
    let (first, rows) = (figure(bench.setup.shared[0]), figure(bench.setup.shared[1]));
    let row = json!({"done": false, "note": "banjir"});
    let parts = [edit(first.clone(), "value", value), edit(rows, &["nagari/", NAGARI[0]].concat(), row)];
    for part in parts {
        bench.save(vec![part]).unwrap().unwrap();
    }
    let author = bench.setup.admin;
    let note = edit(first, "obstacle", json!("jalan putus"));
    let noted = bench.save_as(vec![note], |request| {
        request.acted_for = Some(author);
        request.reason = Some("lewat telepon".into());
    });
    noted.unwrap().unwrap();
    assert!(
        bench
            .client
            .outbox()
            .all(|o| o.operation.as_ref().is_some_and(|o| o.parts[0].action == Action::Edit))
    );
    bench
}

/// The rows of a version of the database.
fn rows(bench: &Bench, version: u32) -> Vec<Row> {
    let tables =
        Table::ALL.into_iter().filter(|t| version > 1 || !matches!(t, Table::Uploads | Table::Files));
    let all = tables.flat_map(|table| bench.store.rows.iter().filter(move |((t, _), _)| *t == table));
    all.map(|((table, key), value)| Row { table: table.name(), key: key.clone(), value: value.clone() })
        .collect()
}

fn pushed(mut bench: Bench) -> Vec<u8> {
    bench.network = Network::Held;
    bench.sent.clear();
    bench.wake();
    match bench.sent.first() {
        Some((_, Call::Push(push))) => to_cbor(push),
        other => panic!("no push but {other:?}"),
    }
}

fn exported(bench: &Bench, evidence: &[u8]) -> Vec<u8> {
    let account = bench.client.accounts().next().unwrap();
    let header = Header { salt: [42; 16], office: account.office, key: account.key_id };
    let mut out = header.write();
    let key = UnboundKey::new(&AES_256_GCM, &file_key(&account.key, &out)).unwrap();
    let key = LessSafeKey::new(key);
    let mut sections = work_sections(bench.client.unsent());
    sections.push(file_section(&sha256(evidence), evidence.len() as u64));
    sections.extend(evidence.chunks(PIECE as usize).map(piece_section));
    let last = sections.len() - 1;
    for (place, mut section) in sections.into_iter().enumerate() {
        let nonce = Nonce::assume_unique_for_key(nonce(place as u64, place == last));
        key.seal_in_place_append_tag(nonce, Aad::empty(), &mut section).unwrap();
        out.extend(length(section.len()));
        out.extend(section);
    }
    out
}

fn write(path: &Path, bytes: &[u8]) {
    let digits: Vec<_> = bytes
        .chunks(60)
        .map(|line| line.iter().map(|b| format!("{b:02x}")).collect())
        .collect::<Vec<String>>();
    std::fs::write(path, digits.join("\n") + "\n").unwrap();
}
