//! Signing a document by its three ways, numbering its letter, and the package of it
//! all, as their callers meet them.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use takar_domain::config::{Cycle, Holding, MAIN, Post, Tenure};
use takar_domain::period::Period;
use takar_domain::procedure::document;
use takar_domain::procedure::sign::{Manner, Signature};
use takar_domain::procedure::{PAPER, Phase, STATE, StepState, Told, finish, reopen};
use takar_domain::record::{Record, RecordId, Subject, natural};
use takar_domain::sop::{Sop, version_id};
use takar_domain::workflow::Action;
use takar_server::http::Site;
use takar_server::service::audit::{Audit, Why, audit_store};
use takar_server::service::clock::now_ms;
use takar_server::service::secret::hex;
use takar_server::service::signing_key::SigningKey;
use takar_server::store::export::LogLine;
use takar_server::store::log::{Commit, Tip};
use takar_sync::codec::{from_cbor, to_cbor};
use takar_sync::office::signatures;
use takar_sync::operation::{Change, Operation, Part};
use takar_sync::verdict::{Outcome, Verdict};
use takar_sync::wire::{Cursor, Entry};
use takar_sync::written::Written;
use takar_sync::{chain, seal};

use crate::app::{PASSWORD, TestApp, Worker, expect_problem, run};
use crate::office::{self, PERIOD};
use crate::program::Folder;
use crate::restored::{back_up, restored};
use crate::tus;

const SIGN: u16 = 1;
const LETTER: u16 = 2;
const ARCHIVE: u16 = 3;

/// An office whose cycle is signed, sent and archived; one figure has evidence.
struct Desk {
    app: TestApp,
    admin: Worker,
    camat: Worker,
    secretary: Worker,
    staf: Worker,
    cycle: RecordId,
    indicator: RecordId,
}

fn sop() -> Sop {
    let step = |number: u16, kind: &str, actor: &str, after: &[u16]| {
        json!({"number": number, "text": kind, "screen_title": kind, "actors": [actor], "per_unit": false,
            "after": after, "requires": "", "minutes": 10, "output": "", "kind": kind})
    };
    let mut value = json!({"title": "SOP", "year": 2026, "number": "000.8.3.3/01/SOP/KU-2026",
        "steps": [step(SIGN, "sign", "camat", &[]), step(LETTER, "letter", "sekretaris_tim", &[SIGN]),
            step(ARCHIVE, "archive", "anggota_tim", &[LETTER])]});
    for text in ["chart_title", "created", "revised", "effective", "approved_by_post", "warning"] {
        value[text] = json!("");
    }
    for list in [
        "institution",
        "legal_bases",
        "qualifications",
        "related",
        "equipment",
        "recording",
        "printed_columns",
        "standard_heads",
    ] {
        value[list] = json!([]);
    }
    serde_json::from_value(value).unwrap()
}

impl Desk {
    async fn open() -> Self {
        let (app, mut admin, furniture) = office::open().await;
        let here = admin.account.office;
        for part in office::person(here, "sekretaris", Post::Sekretaris, None) {
            assert_eq!(admin.act(vec![part]).await, [Outcome::Applied]);
        }
        office::set_password(&admin, office::person_id(here, "sekretaris")).await;
        let id = version_id(here, &sop());
        assert_eq!(admin.act(vec![office::main(Subject::Sop { id }, &sop())]).await, [Outcome::Applied]);
        let mut desk = Self {
            camat: app.browser().sign_in("camat").await,
            secretary: app.browser().sign_in("sekretaris").await,
            staf: app.browser().sign_in("staf").await,
            app,
            admin,
            cycle: furniture.cycle,
            indicator: furniture.indicator,
        };
        desk.stepwise(furniture.cycle, PERIOD).await;
        let (bytes, sha256) = tus::pdf(1, 3_000);
        let proven = tus::proven(furniture.indicator, desk.staf.person(), 14, &sha256, bytes.len());
        assert_eq!(desk.staf.act(vec![proven]).await, [Outcome::Applied]);
        tus::send(&desk.staf, &bytes, &sha256).await;
        desk
    }

    /// A cycle carried out by [`sop`].
    async fn stepwise(&mut self, cycle: RecordId, period: Period) {
        let subject = Subject::Cycle { id: cycle };
        let seen = self.record(&subject).await.map(|r| r.seen(MAIN)).unwrap_or_default();
        let value = Cycle {
            period,
            due: None,
            regency_due: None,
            open: true,
            policy: None,
            sop: Some(version_id(self.admin.account.office, &sop())),
            stepwise: true,
            abandoned: None,
        };
        let part = office::edit(subject, MAIN, seen, &value);
        assert_eq!(self.admin.act(vec![part]).await, [Outcome::Applied]);
    }

    async fn record(&self, of: &Subject) -> Option<Record> {
        let bytes = self.app.store.record_bytes(self.admin.account.office, of.record()).await.unwrap()?;
        Some(from_cbor(&bytes).unwrap())
    }

    const fn run(&self, step: u16) -> Subject {
        Subject::StepRun { cycle: self.cycle, step, unit: None }
    }

    async fn state(&self) -> StepState {
        self.record(&self.run(SIGN)).await.unwrap().read(STATE).unwrap()
    }

    /// The hash of the document, as a device computes it.
    async fn digest(&self) -> String {
        let config = self.app.front.office().await.unwrap().snapshot().config.clone();
        let mut records = BTreeMap::new();
        for id in document::reads(&config, self.cycle) {
            let bytes = self.app.store.record_bytes(self.admin.account.office, id).await.unwrap();
            records.extend(bytes.map(|bytes| (id, from_cbor::<Record>(&bytes).unwrap())));
        }
        let all = document::document(&config, &|id| records.get(&id).cloned(), self.cycle);
        document::digest(&document::canonical(&all.unwrap()))
    }

    async fn signature(&self) -> Signature {
        self.state().await.round.signature.unwrap()
    }

    fn asked(&self, who: &Worker, signer: &Worker, manner: &str, password: &str) -> Value {
        json!({ "acting": who.person(), "signing": {
            "cycle": self.cycle, "step": SIGN, "manner": manner, "signer": signer.person(),
            "password": password, "minutes": 5,
        }})
    }

    async fn sign(&self, who: &Worker, signer: &Worker, manner: &str, password: &str) -> Response {
        who.browser.call("sign_document", &self.asked(who, signer, manner, password)).await
    }

    async fn sealed(&self) {
        let answer = self.sign(&self.camat, &self.camat, "seal", PASSWORD).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }

    async fn number(&self, who: &Worker, cycle: RecordId, date: &str) -> Response {
        let args = json!({ "acting": who.person(), "cycle": cycle, "step": LETTER, "date": date });
        who.browser.call("give_number", &args).await
    }

    async fn paper(&mut self, step: u16, value: Value) {
        let subject = self.run(step);
        let seen = self.record(&subject).await.map(|r| r.seen(PAPER)).unwrap_or_default();
        let part = office::edit(subject, PAPER, seen, &value);
        assert_eq!(self.secretary.act(vec![part]).await, [Outcome::Applied]);
    }

    async fn moved(&self, step: u16, action: Action) -> Part {
        let record = self.record(&self.run(step)).await;
        let state = match action {
            Action::Finish => finish(record.as_ref(), Told { minutes: Some(5), ..Told::default() }),
            _ => reopen(record.as_ref(), "Satu angka keliru."),
        };
        let seen = record.map(|r| r.seen(STATE)).unwrap_or_default();
        let value = serde_json::to_value(state.unwrap()).unwrap();
        let changes = vec![Change { group: STATE.into(), seen, value }];
        Part { subject: self.run(step), action, changes, judged: vec![] }
    }

    async fn reopened(&mut self) {
        let part = self.moved(SIGN, Action::Reopen).await;
        assert_eq!(self.secretary.act(vec![part]).await, [Outcome::Applied]);
    }

    async fn holds_camat(&mut self, username: &str, tenure: Tenure) {
        let here = self.admin.account.office;
        let holding = Holding {
            person: office::person_id(here, username),
            post: Post::Camat,
            unit: None,
            tenure,
            from: "2020-01-01".into(),
            to: None,
            letter: String::new(),
        };
        let subject = Subject::Holding { id: natural(here.0, &format!("acting/{username}")) };
        assert_eq!(self.admin.act(vec![office::main(subject, &holding)]).await, [Outcome::Applied]);
    }
}

fn code(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Rejected { issues } => &issues[0].code,
        _ => "no refusal",
    }
}

#[test]
fn a_password_seals_what_stands_and_locks_everything_under_it() {
    run(async {
        let mut desk = Desk::open().await;
        let entries = desk.app.log().await.len();
        expect_problem(
            desk.sign(&desk.camat, &desk.camat, "seal", "salah-sekali").await,
            401,
            "sign_in.wrong",
        )
        .await;
        // Neither for somebody else, nor by whoever holds no such post.
        let foreign = desk.sign(&desk.secretary, &desk.camat, "seal", PASSWORD).await;
        expect_problem(foreign, 403, "permission.denied").await;
        let staf = desk.sign(&desk.staf, &desk.staf, "seal", PASSWORD).await;
        expect_problem(staf, 403, "permission.denied").await;
        assert_eq!(desk.app.log().await.len(), entries, "nothing was written");
        desk.sealed().await;
        assert_eq!(desk.state().await.phase, Phase::Done);
        let signature = desk.signature().await;
        assert_eq!(
            (signature.manner, signature.title.as_slice()),
            (Manner::Seal, &["CAMAT UJI".to_owned()][..])
        );
        // Anybody who has the log can verify it: the key, the end of the log, the document.
        let public: Vec<u8> =
            (0..32).map(|n| u8::from_str_radix(&signature.public[2 * n..2 * n + 2], 16).unwrap()).collect();
        let value: Vec<u8> =
            (0..64).map(|n| u8::from_str_radix(&signature.value[2 * n..2 * n + 2], 16).unwrap()).collect();
        let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &public);
        assert!(key.verify(&signature.message(), &value).is_ok());
        let log = desk.app.log().await;
        let head = log.iter().find(|entry| entry.seq == signature.seq).unwrap();
        assert_eq!(hex(&head.hash), signature.head);
        let text = desk.app.files.read(desk.admin.account.office, &signature.document.sha256).await.unwrap();
        assert_eq!(hex(&Sha256::digest(&text)), signature.document.sha256);
        let document: Value = serde_json::from_slice(&text).unwrap();
        let line = document["lines"].as_array().unwrap().iter().find(|l| l["actual"] == "14").unwrap();
        assert_eq!((line["policy"].as_str(), document["policy"].is_string()), (None, true));
        // Signed means shut, and twice is once.
        let late = office::number(desk.indicator, 15, vec![]);
        assert!(matches!(desk.staf.act(vec![late]).await[0], Outcome::Late { .. }));
        let again = desk.sign(&desk.camat, &desk.camat, "seal", PASSWORD).await;
        expect_problem(again, 409, "step.wrong_state").await;
        let office = desk.admin.account.office;
        assert_eq!(audit_store(&desk.app.store, office).await.unwrap().audit.disagreement, None);
    });
}

#[test]
fn a_scan_and_a_bsre_document_lock_as_well_and_both_names_stay() {
    run(async {
        let mut desk = Desk::open().await;
        let scan = desk.sign(&desk.secretary, &desk.camat, "scan", "").await;
        expect_problem(scan, 409, "sign.no_scan").await;
        let (bytes, sha256) = tus::pdf(9, 2_000);
        let file = json!({ "sha256": sha256, "size": bytes.len(), "media": "application/pdf" });
        let evidence = json!([{ "kind": "pdf", "name": "halaman.pdf", "added_by": desk.secretary.person(), "file": file }]);
        desk.paper(SIGN, json!({ "evidence": evidence })).await;
        let scan = desk.sign(&desk.secretary, &desk.camat, "scan", "").await;
        assert_eq!(scan.status(), 200, "{}", scan.text().await.unwrap());
        let record = desk.record(&desk.run(SIGN)).await.unwrap();
        let by = &record.groups[STATE].heads[0].by;
        assert_eq!((by.author, by.acted_for), (desk.secretary.person(), Some(desk.camat.person())));
        let signature = desk.signature().await;
        assert_eq!((signature.manner, &signature.files), (Manner::Scan, &vec![sha256.clone()]));
        let late = office::number(desk.indicator, 15, vec![]);
        assert!(matches!(desk.staf.act(vec![late]).await[0], Outcome::Late { .. }));

        // The Sekretaris as Plt. Camat: she asked, and she signs; allowed, and said so.
        desk.reopened().await;
        desk.holds_camat("sekretaris", Tenure::Plt).await;
        let bsre = desk.sign(&desk.secretary, &desk.secretary, "bsre", "").await;
        assert_eq!(bsre.status(), 200, "{}", bsre.text().await.unwrap());
        let state = desk.state().await;
        let signature = state.round.signature.unwrap();
        assert_eq!(signature.title, ["Plt. CAMAT UJI"]);
        assert_eq!(state.past[0].signature.as_ref().unwrap().manner, Manner::Scan, "the old one stays");
    });
}

#[test]
fn in_the_camats_name_the_secretary_signs_under_her_own() {
    run(async {
        let desk = Desk::open().await;
        let own = desk.sign(&desk.secretary, &desk.secretary, "seal", PASSWORD).await;
        assert_eq!(own.status(), 200, "{}", own.text().await.unwrap());
        assert_eq!(desk.signature().await.title, ["a.n. CAMAT UJI", "SEKRETARIS"]);
    });
}

#[test]
fn a_device_can_neither_sign_nor_number() {
    run(async {
        let mut desk = Desk::open().await;
        let plain = desk.moved(SIGN, Action::Finish).await;
        assert_eq!(code(&desk.camat.act(vec![plain.clone()]).await[0]), "sign.office_only");
        desk.sealed().await;
        let signed = desk.signature().await;
        desk.reopened().await;
        // The very signature of before, pushed by a device.
        let record = desk.record(&desk.run(SIGN)).await;
        let told = Told { signature: Some(signed), ..Told::default() };
        let value = serde_json::to_value(finish(record.as_ref(), told).unwrap()).unwrap();
        let seen = record.unwrap().seen(STATE);
        let forged = Part { changes: vec![Change { group: STATE.into(), seen, value }], ..plain };
        assert_eq!(code(&desk.camat.act(vec![forged.clone()]).await[0]), "sign.office_only");
        // A device that calls itself the office proves nothing.
        let operation = desk.camat.operation(vec![forged]);
        let named = seal::office_key_id(operation.author, operation.device);
        let envelope = seal::seal(&operation, &seal::Key(desk.camat.account.key.clone()), &named);
        let verdict = desk.camat.push(vec![envelope]).await.receipts.remove(0).verdict;
        assert!(matches!(verdict.parts[0], Outcome::Held { .. }), "{verdict:?}");
        let office = desk.admin.account.office;
        let numbered =
            json!({"number": "1", "date": "2026-10-08", "cycle": desk.cycle, "step": LETTER, "about": "x"});
        let part = office::main(Subject::Number { id: office, year: 2026, seq: 1 }, &numbered);
        assert_eq!(code(&desk.secretary.act(vec![part]).await[0]), "number.office_only");
    });
}

#[test]
fn a_restored_office_signs_and_numbers_only_after_somebody_confirmed() {
    run(async {
        let desk = Desk::open().await;
        let folder = Folder::new("signing");
        let made = back_up(&desk.app, &folder).await;
        let app = restored(&made).await;
        let camat = app.browser().sign_in("camat").await;
        let secretary = app.browser().sign_in("sekretaris").await;
        let answer = desk.sign(&camat, &camat, "seal", PASSWORD).await;
        expect_problem(answer, 409, "office.restored").await;
        expect_problem(desk.number(&secretary, desk.cycle, "2026-10-08").await, 409, "office.restored").await;
        app.store.confirm_restore(desk.admin.account.office, now_ms()).await.unwrap();
        let answer = desk.sign(&camat, &camat, "seal", PASSWORD).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        assert_eq!(desk.number(&secretary, desk.cycle, "2026-10-08").await.status(), 200);
        let whole = audit_store(&app.store, desk.admin.account.office).await.unwrap();
        assert_eq!(whole.audit.disagreement, None);
    });
}

/// The log as another server with a later clock left it.
async fn write_later(desk: &mut Desk, at: i64) {
    let office = desk.admin.account.office;
    let from = desk.app.store.tip(office).await.unwrap();
    let operation = desk.staf.operation(vec![office::number(desk.indicator, 14, vec![])]);
    let envelope = desk.staf.seal(&operation);
    let (seq, digest) = (from.cursor.seq + 1, chain::digest(&envelope));
    let verdict = Written::from(Verdict { parts: vec![Outcome::Applied], needs: Vec::new() });
    let hash = chain::next_hash(&from.cursor.hash, seq, &digest, at, verdict.bytes());
    let tip = Tip { cursor: Cursor { office, seq, hash: hash.clone() }, at };
    let entries = [Entry { seq, op: operation.id, envelope: Some(envelope), digest, at, verdict, hash }];
    let (numbers, changed, files) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    let commit = Commit {
        expected: from.cursor.seq,
        tip: &tip,
        entries: &entries,
        numbers: &numbers,
        changed: &changed,
        before: &BTreeMap::new(),
        files: &files,
    };
    desk.app.store.commit(&commit).await.unwrap();
}

#[test]
fn a_server_whose_clock_ran_backwards_neither_signs_nor_numbers() {
    run(async {
        let mut desk = Desk::open().await;
        write_later(&mut desk, now_ms() + 600_000).await;
        // Whatever is pushed next lets the server read the log.
        desk.paper(SIGN, json!({"remarks": "Siap ditandatangani."})).await;
        let answer = desk.sign(&desk.camat, &desk.camat, "seal", PASSWORD).await;
        expect_problem(answer, 409, "office.clock").await;
        expect_problem(desk.number(&desk.secretary, desk.cycle, "2026-10-08").await, 409, "office.clock")
            .await;
        // Two servers whose clocks differ a little go on.
        let mut desk = Desk::open().await;
        write_later(&mut desk, now_ms() + 20_000).await;
        desk.sealed().await;
    });
}

#[test]
fn nobody_signs_another_document_than_the_one_that_was_shown() {
    run(async {
        let mut desk = Desk::open().await;
        let shown = desk.digest().await;
        let seen = desk.record(&office::figure(desk.indicator)).await.unwrap().seen("value");
        let figure = office::number(desk.indicator, 13, seen);
        assert_eq!(desk.staf.act(vec![figure]).await, [Outcome::Applied]);
        let sign = async |desk: &Desk, shown: &str| {
            let mut asked = desk.asked(&desk.camat, &desk.camat, "seal", PASSWORD);
            asked["signing"]["shown"] = json!(shown);
            desk.camat.browser.call("sign_document", &asked).await
        };
        expect_problem(sign(&desk, &shown).await, 409, "sign.changed").await;
        assert!(desk.record(&desk.run(SIGN)).await.is_none(), "nothing was signed");
        let now = desk.digest().await;
        assert_eq!(sign(&desk, &now).await.status(), 200);
        assert_eq!(desk.signature().await.document.sha256, now);
    });
}

#[test]
fn what_came_late_is_proposed_anew_once_the_document_is_open_again() {
    run(async {
        let mut desk = Desk::open().await;
        desk.sealed().await;
        let late = desk.staf.operation(vec![office::number(desk.indicator, 12, vec![])]);
        let envelope = desk.staf.seal(&late);
        let outcomes = desk.staf.push(vec![envelope]).await.receipts.remove(0).verdict.parts;
        assert!(matches!(outcomes[0], Outcome::Late { .. }));
        desk.reopened().await;
        let figure = office::figure(desk.indicator);
        let seen = desk.record(&figure).await.unwrap().seen("value");
        let mut kasi = desk.app.browser().sign_in("kasi").await;
        let snapshot = desk.app.front.office().await.unwrap().snapshot();
        let mut adopted = takar_app::acts::settle::adopt(&snapshot.config, &late.parts, &outcomes);
        adopted[0].changes[0].seen = seen;
        let mut operation = kasi.operation(adopted);
        operation.names = Some(late.id);
        let envelope = kasi.seal(&operation);
        assert_eq!(kasi.push(vec![envelope]).await.receipts.remove(0).verdict.parts, [Outcome::Applied]);
        desk.sealed().await;
        let state = desk.state().await;
        let digests = [&state.past[0], &state.round].map(|r| r.signature.clone().unwrap().document.sha256);
        assert_ne!(digests[0], digests[1], "another version was signed");
    });
}

#[test]
fn two_servers_never_give_one_number_twice_nor_one_letter_two() {
    run(async {
        let mut desk = Desk::open().await;
        let here = desk.admin.account.office;
        let cycles: Vec<_> = (0..6).map(|n| natural(here.0, &format!("cycle/{n}"))).collect();
        // One round of a period at a time.
        for (cycle, year) in cycles.iter().zip(2027..) {
            desk.stepwise(*cycle, Period::year(year)).await;
        }
        let second = TestApp::on(desk.app.store.clone(), Site::None, false).await;
        let elsewhere = second.browser().sign_in("sekretaris").await;
        let asks = cycles.iter().flat_map(|cycle| [(&desk.secretary, *cycle), (&elsewhere, *cycle)]);
        let asks: Vec<_> = asks
            .map(|(who, cycle)| {
                let (browser, person) = (who.browser.clone(), who.person());
                tokio::spawn(async move {
                    let args =
                        json!({ "acting": person, "cycle": cycle, "step": LETTER, "date": "2026-10-08" });
                    let answer = browser.call("give_number", &args).await;
                    assert_eq!(answer.status(), 200);
                    (cycle, answer.json::<String>().await.unwrap())
                })
            })
            .collect();
        let mut given: BTreeMap<RecordId, BTreeSet<String>> = BTreeMap::new();
        for ask in asks {
            let (cycle, number) = ask.await.unwrap();
            given.entry(cycle).or_default().insert(number);
        }
        assert!(given.values().all(|numbers| numbers.len() == 1), "one letter, one number: {given:?}");
        let all: BTreeSet<_> = given.values().flatten().cloned().collect();
        let wanted: BTreeSet<_> = (1..=6).map(|seq| format!("000.8.6.3/{seq}/KU/2026")).collect();
        assert_eq!(all, wanted, "without a gap");
        // Another year begins anew, a day to come has no number, a stranger gets none.
        let later = natural(here.0, "cycle/later");
        desk.stepwise(later, Period::year(2033)).await;
        expect_problem(desk.number(&desk.secretary, later, "2099-01-02").await, 409, "letter.future").await;
        expect_problem(desk.number(&desk.staf, later, "2026-10-08").await, 403, "permission.denied").await;
        let old = desk.number(&desk.secretary, later, "2025-12-31").await;
        assert_eq!(old.json::<String>().await.unwrap(), "000.8.6.3/1/KU/2025");
    });
}

/// Files of a stored ZIP, by its list at the end.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let short = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    let mut at = long(end + 16);
    let mut found = BTreeMap::new();
    for _ in 0..short(end + 10) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (size, name, local) = (long(at + 20), short(at + 28), long(at + 42));
        let name = String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).unwrap();
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        let from = local + 30 + short(local + 26) + short(local + 28);
        let content = bytes[from..from + size].to_vec();
        let mut crc = flate2::Crc::new();
        crc.update(&content);
        assert_eq!(crc.sum() as usize, long(at + 16), "{name}");
        found.insert(name, content);
        at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
    }
    found
}

#[test]
fn the_package_holds_document_signature_number_evidence_and_trail() {
    run(async {
        let mut desk = Desk::open().await;
        let path = format!("/api/v1/packages/{}", desk.cycle);
        let early = desk.secretary.browser.get(&path).send().await.unwrap();
        expect_problem(early, 409, "sign.none").await;
        desk.sealed().await;
        let unnumbered = desk.moved(LETTER, Action::Finish).await;
        desk.paper(LETTER, json!({"addressee": "Bupati", "channel": "Diantar", "sent": "2026-10-08"})).await;
        assert_eq!(code(&desk.secretary.act(vec![unnumbered]).await[0]), "letter.no_number");
        assert_eq!(desk.number(&desk.secretary, desk.cycle, "2026-10-08").await.status(), 200);
        for (step, paper) in
            [(LETTER, None), (ARCHIVE, Some(json!({"classification": "000.8.6.3", "location": "Lemari 2"})))]
        {
            if let Some(paper) = paper {
                desk.paper(step, paper).await;
            }
            let part = desk.moved(step, Action::Finish).await;
            assert_eq!(desk.secretary.act(vec![part]).await, [Outcome::Applied]);
        }
        expect_problem(desk.app.browser().get(&path).send().await.unwrap(), 401, "session.needed").await;
        let answer = desk.staf.browser.get(&path).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
            (200, "application/zip")
        );
        let length: usize = answer.headers()["content-length"].to_str().unwrap().parse().unwrap();
        let bytes = answer.bytes().await.unwrap();
        assert_eq!(bytes.len(), length);
        let files = unzip(&bytes);
        let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
        assert_eq!(manifest["letter"], json!({"number": "000.8.6.3/1/KU/2026", "date": "2026-10-08"}));
        let listed = manifest["files"].as_array().unwrap();
        assert_eq!(listed.len() + 1, files.len(), "all but the list itself");
        for one in listed {
            let content = &files[one["name"].as_str().unwrap()];
            assert_eq!(one["sha256"], hex(&Sha256::digest(content)), "{one}");
        }
        let signature = desk.signature().await;
        assert_eq!(hex(&Sha256::digest(&files["dokumen.json"])), signature.document.sha256);
        let (evidence, sha256) = tus::pdf(1, 3_000);
        assert_eq!(files[&format!("bukti/{sha256}.pdf")], evidence);
        let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
        assert!(text("dokumen.csv").contains("Jumlah laporan 0"));
        assert!(text("tanda-tangan.json").contains(&signature.value));
        assert!(text("surat-dan-arsip.json").contains("Lemari 2"));
        let papers: Value = serde_json::from_slice(&files["surat-dan-arsip.json"]).unwrap();
        assert_eq!(papers["retention"]["fate"], "Dinilai kembali");
        let until = |name: &str| papers["retention"][name].as_str().unwrap()[..4].parse::<i32>().unwrap();
        assert_eq!(until("inactive_until") - until("active_until"), 3, "years of the office's schedule");
        let trail = text("jejak.csv");
        for words in ["CAMAT", "STAF", &signature.document.sha256, "diterima di kantor"] {
            assert!(trail.contains(words), "{words} in\n{trail}");
        }
        let office = desk.admin.account.office.to_string();
        let left = || std::fs::read_dir(desk.app.spool.0.join(&office).join("scratch")).unwrap().count();
        let gone = async {
            while left() > 0 {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(10), gone).await;
        assert!(waited.is_ok(), "nothing is left on the server's disk");
    });
}

/// A log as somebody with the database and its secret in hand would write it anew:
/// one operation changed, everything after it computed again.
fn forged(log: &[Entry], secret: &[u8], seq: u64, change: &dyn Fn(&mut Operation)) -> Vec<Entry> {
    let mut hash = vec![0; 32];
    let mut entries = log.to_vec();
    for entry in &mut entries {
        if entry.seq == seq {
            let envelope = entry.envelope.as_ref().unwrap();
            let mut operation = seal::open(envelope).unwrap();
            change(&mut operation);
            let key = envelope.key.clone();
            let sealed = seal::seal(&operation, &seal::derive_key(secret, &key), &key);
            entry.digest = chain::digest(&sealed);
            entry.envelope = Some(sealed);
        }
        entry.hash = chain::next_hash(&hash, entry.seq, &entry.digest, entry.at, entry.verdict.bytes());
        hash.clone_from(&entry.hash);
    }
    entries
}

fn first_broken(office: RecordId, secret: &[u8], log: &[Entry]) -> Option<(u64, Why, String)> {
    let mut audit = Audit::new(office, secret.to_vec());
    let read = |entry: &Entry| audit.read(&LogLine { end: entry.seq, entry: to_cbor(entry) }).err();
    log.iter().map(read).find_map(|broken| broken.map(|b| (b.seq, b.why, b.to_string())))
}

#[test]
fn a_changed_log_and_a_changed_signature_are_found_even_in_a_chain_that_fits() {
    run(async {
        let desk = Desk::open().await;
        desk.sealed().await;
        let office = desk.admin.account.office;
        let (log, secret) = (desk.app.log().await, desk.app.store.secret(office).await.unwrap());
        assert_eq!(first_broken(office, &secret, &log), None);
        let operation = |entry: &Entry| seal::open(entry.envelope.as_ref().unwrap()).unwrap();
        let signed = log.iter().find(|entry| signatures(&operation(entry)).next().is_some()).unwrap().seq;
        let typed = log.iter().rfind(|entry| entry.seq < signed).unwrap().seq;

        // The figure was typed as 41; chain, MAC and hashes all fit, and the signature does not.
        let other = |op: &mut Operation| op.parts[0].changes[0].value["number"] = json!("41");
        let (seq, why, words) = first_broken(office, &secret, &forged(&log, &secret, typed, &other)).unwrap();
        assert_eq!((seq, why), (signed, Why::Head(PERIOD)));
        assert!(words.contains("Triwulan III 2026") && words.contains("dihitung ulang"), "{words}");

        // One word of the signature, and one byte of its value.
        for (field, to) in [("name", "ORANG LAIN"), ("value", "00")] {
            let change =
                |op: &mut Operation| op.parts[0].changes[0].value["round"]["signature"][field] = json!(to);
            let (seq, why, words) =
                first_broken(office, &secret, &forged(&log, &secret, signed, &change)).unwrap();
            assert_eq!((seq, why), (signed, Why::Signature(PERIOD)), "{field}");
            assert!(words.contains("tidak sah"), "{words}");
        }

        // Signed anew with the office's own key, over figures that the log does not have.
        let key = SigningKey::derive(&secret).unwrap();
        let change = |op: &mut Operation| {
            let value = &mut op.parts[0].changes[0].value["round"]["signature"];
            let mut signature: Signature = serde_json::from_value(value.clone()).unwrap();
            signature.document.sha256 = "ab".repeat(32);
            *value = serde_json::to_value(key.sign(signature)).unwrap();
        };
        let (seq, why, words) =
            first_broken(office, &secret, &forged(&log, &secret, signed, &change)).unwrap();
        assert_eq!((seq, why), (signed, Why::Document(PERIOD)));
        assert!(words.contains("tidak cocok"), "{words}");

        // One byte anywhere before it, and nothing computed again.
        let mut bent = log.clone();
        let body = &mut bent[2].envelope.as_mut().unwrap().body;
        let last = body.len() - 1;
        body[last] ^= 1;
        assert_eq!(first_broken(office, &secret, &bent).map(|(seq, ..)| seq), Some(3));
    });
}
