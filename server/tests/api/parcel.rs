//! Unsent work that comes as one file: once or twice, damaged, for somebody else.

use proptest::prelude::*;
use reqwest::Response;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use takar_domain::imported::Imported;
use takar_domain::record::RecordId;
use takar_sync::operation::Envelope;
use takar_sync::parcel::{
    Header, MAX_SECTION, MEDIA, PIECE, TAG, file_key, file_section, length, nonce, piece_section,
    work_sections,
};
use takar_sync::seal::Key;
use takar_sync::verdict::{Outcome, Why};
use uuid::Uuid;

use crate::app::{TestApp, Worker, expect_problem, read, run};
use crate::office::{self, number};
use crate::program::{Folder, Program, once};
use crate::restored::{back_up, restored};
use crate::tus::{pdf, proven};

/// The file of a device, of sections as they are.
fn sealed(worker: &Worker, office: RecordId, sections: &[Vec<u8>]) -> Vec<u8> {
    let header = Header { salt: [7; 16], office, key: worker.account.key_id.clone() };
    let mut out = header.write();
    let key = file_key(&Key(worker.account.key.clone()), &out);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
    for (place, section) in sections.iter().enumerate() {
        let mut bytes = section.clone();
        let nonce = Nonce::assume_unique_for_key(nonce(place as u64, place + 1 == sections.len()));
        key.seal_in_place_append_tag(nonce, Aad::empty(), &mut bytes).unwrap();
        out.extend(length(bytes.len()));
        out.extend(bytes);
    }
    out
}

/// A file as the app writes it.
fn parcel(worker: &Worker, envelopes: Vec<Envelope>, files: &[(Vec<u8>, String)]) -> Vec<u8> {
    let mut sections = work_sections(envelopes);
    for (bytes, sha256) in files {
        sections.push(file_section(sha256, bytes.len() as u64));
        sections.extend(bytes.chunks(PIECE as usize).map(piece_section));
    }
    sealed(worker, worker.account.office, &sections)
}

async fn import(by: &Worker, file: Vec<u8>) -> Response {
    let request = by.browser.post("/api/v1/import").header("content-type", MEDIA);
    request.header("accept", "application/cbor").body(file).send().await.unwrap()
}

/// What a phone holds: two numbers, one of them with a file.
struct Held {
    envelopes: Vec<Envelope>,
    files: Vec<(Vec<u8>, String)>,
}

fn hold(staf: &mut Worker, indicator: RecordId) -> Held {
    let (bytes, sha256) = pdf(9, 2_500_000);
    let first = staf.operation(vec![number(indicator, 4, vec![])]);
    let mut part = proven(indicator, staf.person(), 5, &sha256, bytes.len());
    part.changes[0].seen = vec![first.id];
    let envelopes = vec![staf.seal(&first), staf.sealed(vec![part])];
    Held { envelopes, files: vec![(bytes, sha256)] }
}

fn new_work(operations: u64, files: u64) -> Imported {
    Imported { operations, files, ..Imported::default() }
}

#[test]
fn a_file_brings_everything_once_whoever_carries_it_and_however_often() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let other = app.browser().sign_in("lain").await;
        let held = hold(&mut staf, furniture.indicator);
        let file = parcel(&staf, held.envelopes.clone(), &held.files);
        let before = app.log().await.len();
        let done: Imported = read(import(&other, file.clone()).await).await;
        assert_eq!(done, new_work(2, 1));
        let log = app.log().await;
        let fresh: Vec<_> = log[before..].iter().map(|entry| entry.envelope.clone().unwrap()).collect();
        assert_eq!(fresh, held.envelopes, "byte for byte, in the order of sending");
        for entry in &log[before..] {
            assert_eq!(entry.verdict.parts, [Outcome::Applied]);
        }
        let (bytes, sha256) = &held.files[0];
        assert_eq!(app.files.read(staf.account.office, sha256).await.unwrap(), *bytes);
        // The device comes back itself, and somebody imports the file once more.
        let answer = staf.push(held.envelopes.clone()).await;
        assert!(answer.receipts.iter().all(|r| r.verdict.is_applied()));
        let again: Imported = read(import(&staf, file).await).await;
        assert_eq!(again, Imported { known: 2, files_known: 1, ..new_work(2, 1) });
        assert_eq!(app.log().await, log, "nothing twice");
        assert_eq!(app.files.spool.open(staf.account.office, staf.account.device), (0, 0));
        assert_eq!(scratch(&app, staf.account.office), 0, "nothing is left beside it");
    });
}

fn scratch(app: &TestApp, office: RecordId) -> usize {
    std::fs::read_dir(app.spool.0.join(office.to_string()).join("scratch")).map_or(0, Iterator::count)
}

#[test]
fn a_restored_office_reads_the_files_of_its_devices() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let folder = Folder::new("parcel");
        let made = back_up(&app, &folder).await;
        let held = hold(&mut staf, furniture.indicator);
        let file = parcel(&staf, held.envelopes, &held.files);
        drop(app);
        let app = restored(&made).await;
        let kasi = app.browser().sign_in("kasi").await;
        assert_eq!(read::<Imported>(import(&kasi, file).await).await, new_work(2, 1));
    });
}

#[test]
fn a_file_that_is_not_whole_is_refused_in_words_and_changes_nothing() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let first = staf.operation(vec![number(furniture.indicator, 4, vec![])]);
        let envelopes =
            vec![staf.seal(&first), staf.sealed(vec![number(furniture.indicator, 5, vec![first.id])])];
        let file = parcel(&staf, envelopes, &[pdf(3, 400)]);
        let before = app.log().await;
        for len in (0..file.len()).step_by(10) {
            let code = if len == 0 { "import.damaged" } else { damage(&file[..len]) };
            refused(&staf, file[..len].to_vec(), code).await;
        }
        // Exactly between two sections nothing but the mark of the last one tells.
        let header = Header::read(&file).unwrap().1;
        let ends = std::iter::successors(Some(header), |at| {
            let length = file.get(*at..at + 4)?;
            Some(at + 4 + u32::from_be_bytes(length.try_into().unwrap()) as usize)
        });
        let ends: Vec<_> = ends.filter(|end| *end < file.len()).collect();
        assert_eq!(ends.len(), 3, "the header, the work, the file's name; then its bytes");
        for end in ends {
            refused(&staf, file[..end].to_vec(), "import.damaged").await;
        }
        for at in (0..file.len()).step_by(7) {
            let mut wrong = file.clone();
            wrong[at] ^= 1 << (at % 8);
            let code = damage(&wrong);
            refused(&staf, wrong, code).await;
        }
        refused(&staf, [file.clone(), vec![0; 40]].concat(), "import.damaged").await;
        assert_eq!(app.log().await, before);
        assert_eq!(app.store.files(staf.account.office).await.unwrap().len(), 0);
        // Whole, it is taken after all that.
        assert_eq!(read::<Imported>(import(&staf, file).await).await, new_work(2, 1));
    });
}

/// The code that a damaged file deserves by what its beginning says.
fn damage(file: &[u8]) -> &'static str {
    if !file.starts_with(&b"TAKAR\x1a"[..file.len().min(6)]) || file.get(6) == Some(&0) {
        return "import.unknown";
    }
    match file.get(6) {
        Some(version) if *version != 1 => "import.newer",
        _ => "import.damaged",
    }
}

/// Refused with this code, or as another office's, if the damage hit its name.
async fn refused(by: &Worker, file: Vec<u8>, code: &str) {
    let hit_office = code == "import.damaged" && file.get(23..39) != Some(by.account.office.0.as_bytes());
    let not_text = code == "import.damaged" && file.get(40..115).is_some_and(|key| !key.is_ascii());
    let answer = import(by, file).await;
    let (status, code) = match code {
        "import.unknown" => (415, code),
        _ if not_text => (415, "import.unknown"),
        _ if hit_office && answer.status() == 409 => (409, "import.other_office"),
        _ => (422, code),
    };
    expect_problem(answer, status, code).await;
}

#[test]
fn a_file_for_another_office_or_of_nobody_is_refused() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let before = app.log().await.len();
        let work = work_sections(vec![staf.sealed(vec![number(furniture.indicator, 4, vec![])])]);
        let elsewhere = sealed(&staf, RecordId(Uuid::from_u128(5)), &work);
        expect_problem(import(&staf, elsewhere).await, 409, "import.other_office").await;
        // Whoever has no key of this office cannot write a file for it.
        let mut stranger = staf.clone();
        stranger.account.key = vec![1; 32];
        let forged = sealed(&stranger, staf.account.office, &work);
        expect_problem(import(&staf, forged).await, 422, "import.damaged").await;
        let file = sealed(&staf, staf.account.office, &work);
        let mut nobody = staf.clone();
        nobody.browser = app.browser();
        expect_problem(import(&nobody, file.clone()).await, 401, "session.needed").await;
        let untold = staf.browser.post("/api/v1/import").body(file).send().await.unwrap();
        expect_problem(untold, 415, "request.media_type").await;
        assert_eq!(app.log().await.len(), before);
    });
}

#[test]
fn what_is_in_the_file_is_judged_as_if_it_were_pushed() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut staf = app.browser().sign_in("staf").await;
        let kasi = app.browser().sign_in("kasi").await;
        let good = staf.sealed(vec![number(furniture.indicator, 4, vec![])]);
        let mut forged = staf.operation(vec![number(furniture.other_indicator, 9, vec![])]);
        forged.author = kasi.person();
        let forged = staf.seal(&forged);
        let garbage = Envelope { body: vec![255; 40], ..good.clone() };
        let (bytes, sha256) = pdf(1, 700);
        let program = b"MZ\x90\0 a program".to_vec();
        let program_name = pdf_name(&program);
        let lying = (bytes.iter().map(|b| b ^ 1).collect(), sha256.clone());
        let files = [(program, program_name), lying, (bytes, sha256)];
        let done: Imported =
            read(import(&kasi, parcel(&staf, vec![good, forged, garbage], &files)).await).await;
        let expected =
            Imported { operations: 3, attention: 2, files: 3, files_refused: 2, ..Imported::default() };
        assert_eq!(done, expected, "a bad one never holds up the others");
        let held = app.log().await.pop().unwrap();
        assert_eq!(held.verdict.parts, [Outcome::Held { why: Why::Unauthenticated }]);
    });
}

fn pdf_name(bytes: &[u8]) -> String {
    takar_sync::client::sha256(bytes)
}

#[test]
fn hostile_sections_are_refused_before_they_cost_anything() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let office = staf.account.office;
        let header = sealed(&staf, office, &[]);
        for len in [0, 1, TAG as u32, MAX_SECTION as u32 + 1, u32::MAX] {
            let file = [header.clone(), len.to_be_bytes().to_vec(), vec![0; 64]].concat();
            expect_problem(import(&staf, file).await, 422, "import.damaged").await;
        }
        let name = "0".repeat(64);
        let hostile: [Vec<Vec<u8>>; 9] = [
            vec![],
            vec![vec![9]],
            vec![vec![0, 0x9b, 255, 255, 255, 255, 255, 255, 255, 255]],
            vec![piece_section(b"of nothing")],
            vec![file_section(&name, 5)],
            vec![file_section(&name, 5), piece_section(b"123456")],
            vec![file_section(&name, u64::MAX), piece_section(b"1")],
            vec![file_section(&name, 0)],
            vec![file_section("../../../etc/passwd", 3), piece_section(b"123")],
        ];
        for sections in hostile {
            expect_problem(import(&staf, sealed(&staf, office, &sections)).await, 422, "import.damaged")
                .await;
        }
        assert_eq!(scratch(&app, office), 0);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    #[test]
    fn the_parts_of_a_file_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut unpack = takar_sync::parcel::Unpack::default();
        drop(unpack.take(&bytes));
        if let Ok((header, len)) = Header::read(&bytes) {
            prop_assert_eq!(header.write(), &bytes[..len]);
        }
    }
}

#[test]
fn the_program_imports_a_file_at_the_office() {
    run(async {
        let folder = Folder::new("outbox");
        let program = Program::start(&folder);
        program.found().await;
        let mut admin = program.browser().sign_in("admin").await;
        let nagari = takar_domain::record::Subject::Nagari { id: RecordId(Uuid::now_v7()) };
        let about = serde_json::json!({ "code": "koto", "name": "Koto Uji", "order": 1, "active": true });
        let file = parcel(&admin, vec![admin.clone().sealed(vec![office::main(nagari, &about)])], &[]);
        drop(admin.sealed(vec![]));
        program.kill();
        let path = folder.0.join("isian.takar");
        std::fs::write(&path, &file).unwrap();
        for said in ["1 isian: 1 diterima.", "1 isian: 1 sudah ada di kantor."] {
            let ended = once(&["import", "outbox", path.to_str().unwrap()], &folder);
            assert!(ended.status.success(), "{ended:?}");
            assert_eq!(String::from_utf8_lossy(&ended.stdout).trim(), said);
        }
        std::fs::write(&path, &file[..file.len() - 1]).unwrap();
        let ended = once(&["import", "outbox", path.to_str().unwrap()], &folder);
        assert_eq!(ended.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&ended.stderr).contains("Tidak ada yang diubah"), "{ended:?}");
    });
}
