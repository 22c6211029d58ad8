//! What is signed, who signs it and as what, and the number of the letter that sends it.

use crate::world::*;
use serde_json::json;
use takar_domain::config::*;
use takar_domain::date::Date;
use takar_domain::figure::*;
use takar_domain::letter::{PATTERN, is_pattern, next, of_run, printed};
use takar_domain::procedure::document::{canonical, digest, document};
use takar_domain::procedure::sign::{Manner, Signature, signer, signers};
use takar_domain::procedure::{PAPER, RECEIPT, STATE, StepState, Told, finish, progress, reopen};
use takar_domain::record::{RecordId, Subject};
use takar_domain::retention::{kept, rules};
use takar_domain::rules::Judgement;
use takar_domain::sop::{Kind, Sop};
use takar_domain::view::cover_letter::cover_letter;
use takar_domain::view::signature::signature_block;
use takar_domain::workflow::Action;

const SIGN: u16 = 6;

fn entry(n: i64) -> Entry {
    Entry { state: EntryState::Value, number: Some(n.into()), ..Entry::default() }
}

/// Everything done but the signature; the Camat holds her post.
fn ready() -> World {
    let mut world = office();
    world.put(Subject::Person { id: id("camat") }, MAIN, &person("camat", true));
    let post = holding(id("camat"), Post::Camat, None, "2026-01-01", None);
    world.put(Subject::Holding { id: id("holding/camat") }, MAIN, &post);
    world.stepwise();
    let node = json!({"level": "sub_kegiatan", "code": "7.01", "title": "Pembinaan"});
    world.put(Subject::Node { id: id("node") }, MAIN, &node);
    let target = Target { year: Some(20.into()), ..Target::default() };
    world.put(Subject::Indicator { id: indicator_of("pelayanan") }, "target/2026", &target);
    world.put(figure_of("pelayanan"), VALUE, &entry(14));
    world.done(1, None);
    for unit in ["sekretariat", "pemerintahan", "pelayanan", "trantibum"] {
        world.done(2, Some(unit));
        world.done(3, Some(unit));
    }
    world.done(4, None);
    world.done(5, None);
    world
}

fn hash(world: &World) -> String {
    digest(&canonical(&document(&world.config, &|id| world.get(id), id("cycle")).unwrap()))
}

fn code(judgement: &Judgement) -> String {
    match judgement {
        Judgement::Reject(issues) => issues[0].code.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_document_has_one_hash_until_something_that_is_signed_changes() {
    let world = ready();
    let before = hash(&world);
    let text = canonical(&document(&world.config, &|id| world.get(id), id("cycle")).unwrap());
    assert!(text.starts_with(r#"{"cycle":""#), "names are sorted, no spaces: {text}");
    for part in [r#""bounded""#, r#""actual":"14""#, r#""policy":"bawaan""#, r#""handed_over":{"#] {
        assert!(text.contains(part), "{part} is in it: {text}");
    }
    // What nobody signs leaves it as it is.
    let mut same = world.clone();
    let run = run(4, None);
    same.put(run, PAPER, &json!({"remarks": "Telaah selesai."}));
    let heads = takar_domain::status::data_heads(&same.get(figure_of("pelayanan").record()).unwrap());
    let validation =
        Validation { decision: Decision::Accept, comment: String::new(), self_validated: false, heads };
    same.put(figure_of("pelayanan"), VALIDATION, &validation);
    assert_eq!(hash(&same), before);
    // A value, a note, an indicator's words, the policy: another document.
    let changes: [fn(&mut World); 5] = [
        |w| {
            w.put(figure_of("pelayanan"), VALUE, &entry(15));
        },
        |w| {
            w.put(figure_of("pelayanan"), NOTES[0], &Note("Lancar.".into()));
        },
        |w| {
            let other = Indicator { name: "Lain".into(), ..indicator("pelayanan") };
            w.put(Subject::Indicator { id: indicator_of("pelayanan") }, MAIN, &other);
        },
        |w| {
            let form = json!({"version": 2, "because": "Sesuai rapat."});
            w.put(Subject::CycleForm { cycle: id("cycle") }, "form", &form);
        },
        |w| {
            let policy = takar_domain::policy::Policy {
                version: "2026-2".into(),
                effective_year: 2026,
                ..takar_domain::policy::Policy::default()
            };
            w.put(Subject::Policy { id: id("policy") }, MAIN, &policy);
        },
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut changed = world.clone();
        change(&mut changed);
        assert_ne!(hash(&changed), before, "change {at}");
    }
}

#[test]
fn only_the_office_signs_and_only_what_stands() {
    let world = ready();
    let subject = run(SIGN, None);
    let sealed = world.sealing(&subject, world.signature());
    assert_eq!(world.judge(id("camat"), &sealed), Judgement::Apply);
    // The same from a device, and an end without any signature.
    let pushed = Act { by_office: false, ..sealed.clone() };
    assert_eq!(code(&world.judge(id("camat"), &pushed)), "sign.office_only");
    let plain = finish(None, Told { minutes: Some(5), ..Told::default() }).unwrap();
    let plain = Act { action: Action::Finish, ..world.edit(subject.clone(), STATE, &plain) };
    for by_office in [false, true] {
        let plain = Act { by_office, ..plain.clone() };
        assert_eq!(code(&world.judge(id("camat"), &plain)), "sign.office_only");
    }
    // Somebody renamed an indicator between the office's looking and its writing.
    let mut meanwhile = world.clone();
    let other = Indicator { name: "Lain".into(), ..indicator("pelayanan") };
    meanwhile.put(Subject::Indicator { id: indicator_of("pelayanan") }, MAIN, &other);
    assert_eq!(code(&meanwhile.judge(id("camat"), &sealed)), "sign.changed");
    // A signature has no place in a step that signs nothing.
    let mut earlier = world.clone();
    let reopened = reopen(earlier.get(run(5, None).record()).as_ref(), "x").unwrap();
    earlier.put(run(5, None), STATE, &reopened);
    let strange = earlier.sealing(&run(5, None), earlier.signature());
    assert_eq!(code(&earlier.judge(id("camat"), &strange)), "step.wrong_state");
}

#[test]
fn paper_and_bsre_need_their_file_and_name_it() {
    let mut world = ready();
    let subject = run(SIGN, None);
    let by = |world: &World, manner: Manner, files: &[&str]| {
        let files = files.iter().map(|f| f.repeat(64)).collect();
        let signature = Signature { manner, files, ..world.signature() };
        code(&world.judge(id("camat"), &world.sealing(&subject, signature)))
    };
    assert_eq!(by(&world, Manner::Scan, &[]), "sign.no_scan");
    assert_eq!(by(&world, Manner::Bsre, &[]), "sign.no_pdf");
    let file = |kind: &str, digit: &str, media: &str| {
        json!({"kind": kind, "name": "berkas", "added_by": id("camat"),
            "file": {"sha256": digit.repeat(64), "size": 10, "media": media}})
    };
    let photo = file("photo", "a", "image/jpeg");
    world.put(subject.clone(), PAPER, &json!({"evidence": [photo]}));
    assert_eq!(by(&world, Manner::Scan, &["a"]), "Apply");
    assert_eq!(by(&world, Manner::Bsre, &["a"]), "sign.no_pdf");
    assert_eq!(by(&world, Manner::Scan, &["b"]), "sign.changed", "another file than was signed");
    let both = json!({"evidence": [photo, file("pdf", "b", "application/pdf")]});
    world.put(subject.clone(), PAPER, &both);
    assert_eq!(by(&world, Manner::Bsre, &["a", "b"]), "Apply");
}

#[test]
fn whoever_holds_the_camats_post_signs_as_it_is_held_and_the_secretary_in_her_name() {
    let mut world = ready();
    let office = json!({"name": "Kecamatan Lareh", "regency": "Kabupaten Contoh"});
    world.put(Subject::Office { id: id("office") }, MAIN, &office);
    let title = |world: &World, who: &str, date: &str| signer(&world.config, id(who), date).map(|s| s.title);
    let secretary = "head.sekretariat";
    assert_eq!(title(&world, "camat", TODAY), Some(vec!["CAMAT LAREH".into()]));
    let in_her_name = vec!["a.n. CAMAT LAREH".into(), "SEKRETARIS".into()];
    assert_eq!(title(&world, secretary, TODAY), Some(in_her_name));
    assert_eq!(title(&world, "head.pelayanan", TODAY), None);
    assert_eq!(title(&world, "camat", "2025-12-31"), None, "before she held it");
    for (tenure, printed) in [
        (Tenure::Plt, "Plt. CAMAT LAREH"),
        (Tenure::Plh, "Plh. CAMAT LAREH"),
        (Tenure::Pj, "Pj. CAMAT LAREH"),
    ] {
        let acting = Holding { tenure, ..holding(id(secretary), Post::Camat, None, "2026-10-01", None) };
        world.put(Subject::Holding { id: id("holding/acting") }, MAIN, &acting);
        assert_eq!(title(&world, secretary, TODAY), Some(vec![printed.into()]));
    }
    let listed: Vec<RecordId> = signers(&world.config, TODAY).iter().map(|s| s.person).collect();
    assert_eq!(listed.len(), 2);
}

#[test]
fn a_signature_covers_every_word_of_itself() {
    let signature = ready().signature();
    let other = Signature { title: vec!["Plt. CAMAT".into()], ..signature.clone() };
    assert_ne!(signature.message(), other.message());
    let valued = Signature { value: "ff".into(), ..signature.clone() };
    assert_eq!(signature.message(), valued.message());
}

#[test]
fn opened_again_the_old_signature_stays_and_the_next_one_is_another_version() {
    let mut world = ready();
    let subject = run(SIGN, None);
    let act = world.sealing(&subject, world.signature());
    world.write(id("camat"), &act);
    let late = world.edit(figure_of("pelayanan"), VALUE, &entry(12));
    assert!(matches!(world.judge(id("head.pelayanan"), &late), Judgement::Late { .. }));
    let record = world.get(subject.record());
    let opened = reopen(record.as_ref(), "Angka keliru sebelum dikirim.").unwrap();
    let opened = Act { action: Action::Reopen, ..world.edit(subject.clone(), STATE, &opened) };
    assert_eq!(world.judge(id("head.sekretariat"), &opened), Judgement::Apply);
    world.write(id("head.sekretariat"), &opened);
    let state: StepState = world.get(subject.record()).unwrap().read(STATE).unwrap();
    assert!(state.past[0].signature.is_some() && state.round.signature.is_none());
    let again = world.sealing(&subject, world.signature());
    assert_eq!(world.judge(id("camat"), &again), Judgement::Apply);
    world.write(id("camat"), &again);
    let state: StepState = world.get(subject.record()).unwrap().read(STATE).unwrap();
    assert!(state.past[0].signature.is_some() && state.round.signature.is_some());
}

#[test]
fn numbers_are_printed_by_the_offices_pattern() {
    let office = |pattern: &str, unit: &str| -> Office {
        let value = json!({"name": "Kecamatan IV Jurai", "regency": "Kabupaten Contoh",
            "number_pattern": pattern, "letter_unit": unit});
        takar_domain::codec::from_value(&value).unwrap()
    };
    let day: Date = "2026-02-05".parse().unwrap();
    for (pattern, unit, wanted) in [
        (PATTERN, "", "000.8.6.3/17/KIJ/2026"),
        ("{klasifikasi}/{seq}/{jenis}/{kode_unit}-{tahun}", "C.IV.J", "000.8.6.3/17/SP/C.IV.J-2026"),
        ("{seq}{sisipan}/{bulan_romawi}/{tahun}", "", "17/II/2026"),
    ] {
        assert_eq!(printed(&office(pattern, unit), 17, day), wanted);
    }
    for (pattern, fits) in [
        ("{seq}", true),
        ("tanpa nomor {tahun}", false),
        ("{seq}/{bulan}", false),
        ("{seq}/{tahun", false),
        ("{seq}}", false),
        ("", false),
    ] {
        assert_eq!(is_pattern(pattern), fits, "{pattern}");
    }
}

/// The same procedure with a letter at its end.
fn with_letter(world: &mut World) -> Subject {
    let mut longer: Sop = sop();
    let mut letter = longer.steps[5].clone();
    (letter.number, letter.kind, letter.after) = (7, Kind::Letter, vec![6]);
    letter.actors = vec![Post::SekretarisTim];
    longer.steps.push(letter);
    world.put(Subject::Sop { id: id("sop") }, MAIN, &longer);
    run(7, None)
}

fn number(world: &World, year: u16, seq: u32, date: &str) -> Act {
    let value =
        json!({"number": seq.to_string(), "date": date, "cycle": id("cycle"), "step": 7, "about": "Dokumen"});
    let subject = Subject::Number { id: id("office"), year, seq };
    Act { by_office: true, ..world.edit(subject, MAIN, &value) }
}

#[test]
fn a_number_belongs_to_the_year_of_its_letter_and_is_given_once() {
    let mut world = ready();
    with_letter(&mut world);
    let who = id("head.sekretariat");
    assert_eq!(next(&world.config, 2026), 1);
    let first = number(&world, 2026, 1, TODAY);
    assert_eq!(world.judge(who, &first), Judgement::Apply);
    assert_eq!(code(&world.judge(who, &number(&world, 2026, 1, "2026-10-09"))), "letter.future");
    assert_eq!(code(&world.judge(who, &number(&world, 2026, 1, "2025-12-31"))), "letter.year");
    assert_eq!(world.judge(who, &number(&world, 2025, 1, "2025-12-31")), Judgement::Apply);
    world.write(who, &first);
    assert_eq!(next(&world.config, 2026), 2);
    assert_eq!(next(&world.config, 2027), 1, "the new year begins anew");
    assert_eq!(code(&world.judge(who, &number(&world, 2026, 1, TODAY))), "number.taken");
    assert_eq!(of_run(&world.config, id("cycle"), 7).map(|n| n.number.as_str()), Some("1"));
}

#[test]
fn a_letter_ends_with_its_number_and_its_receipt_comes_when_it_comes() {
    let mut world = ready();
    let letter = with_letter(&mut world);
    let act = world.sealing(&run(SIGN, None), world.signature());
    world.write(id("camat"), &act);
    let paper = json!({"addressee": "Bupati Contoh", "channel": "Diantar", "sent": TODAY});
    world.put(letter.clone(), PAPER, &paper);
    let end = |world: &World| {
        let state = finish(world.get(letter.record()).as_ref(), Told::default()).unwrap();
        Act { action: Action::Finish, ..world.edit(letter.clone(), STATE, &state) }
    };
    let who = id("head.sekretariat");
    assert_eq!(code(&world.judge(who, &end(&world))), "letter.no_number");
    let given = number(&world, 2026, 1, TODAY);
    world.write(who, &given);
    let done = end(&world);
    assert_eq!(world.judge(who, &done), Judgement::Apply);
    world.write(who, &done);
    // Weeks later, the cycle closed: the receipt, and nothing else.
    let cycle = world.config.cycles[&id("cycle")].clone();
    world.put(Subject::Cycle { id: id("cycle") }, MAIN, &Cycle { open: false, ..cycle });
    let receipt = world.edit(letter.clone(), RECEIPT, &json!({"date": TODAY, "by": "Bagian Organisasi"}));
    assert_eq!(world.judge(who, &receipt), Judgement::Apply);
    assert_eq!(code(&world.judge(id("head.pelayanan"), &receipt)), "permission.denied");
    let empty = world.edit(letter.clone(), RECEIPT, &json!({"date": "besok", "by": ""}));
    assert_eq!(code(&world.judge(who, &empty)), "text.empty");
    let paper = world.edit(letter, PAPER, &paper);
    assert!(matches!(world.judge(who, &paper), Judgement::Late { .. }));
}

#[test]
fn the_cover_letter_starts_as_a_draft_and_ends_with_its_number_and_who_signed() {
    let mut world = ready();
    let letter = with_letter(&mut world);
    let office = json!({"name": "Kecamatan Lareh", "regency": "Kabupaten Contoh", "place": "Salido"});
    world.put(Subject::Office { id: id("office") }, MAIN, &office);
    let printed = |world: &World| {
        let get = |id| world.get(id);
        let all = progress(&world.config, &get, id("cycle"));
        cover_letter(&world.config, &get, id("cycle"), &all, TODAY.parse().unwrap()).unwrap()
    };
    // Nobody typed anything, nobody signed: it says what would stand.
    let draft = printed(&world);
    assert_eq!((draft.number, draft.dated, draft.addressee.as_str()), (None, None, ""));
    assert_eq!(draft.rows[0][0], "Dokumen Pengukuran Kinerja Triwulan III 2026");
    assert_eq!(draft.signer.unwrap().title, ["CAMAT LAREH"]);
    // The secretary signed in the Camat's name, so she signs the letter too.
    let signer = signer(&world.config, id("head.sekretariat"), TODAY).unwrap();
    let signature = Signature { signer: signer.person, title: signer.title.clone(), ..world.signature() };
    let signature = Signature { name: signer.name.clone(), nip: signer.nip.clone(), ..signature };
    let act = world.sealing(&run(SIGN, None), signature);
    world.write(signer.person, &act);
    let given = number(&world, 2026, 1, TODAY);
    world.write(signer.person, &given);
    let items = "Form Pengukuran Kinerja; 2 berkas\n\nBukti dukung; 1 map; asli; lengkap";
    world.put(letter, PAPER, &json!({"addressee": "Bupati Contoh\ndi Contoh", "items": items}));
    let letter = printed(&world);
    assert_eq!(letter.heading, ["PEMERINTAH KABUPATEN CONTOH", "KECAMATAN LAREH"]);
    assert_eq!(letter.number.as_deref(), Some("1"));
    assert_eq!(letter.dated.as_deref(), Some("Salido, 8 Oktober 2026"));
    assert_eq!(letter.addressee, "Bupati Contoh\ndi Contoh");
    let rows = [["Form Pengukuran Kinerja", "2 berkas", ""], ["Bukti dukung", "1 map", "asli; lengkap"]];
    assert_eq!(letter.rows, rows);
    assert_eq!(letter.signer.unwrap().title, ["a.n. CAMAT LAREH", "SEKRETARIS"]);
}

#[test]
fn the_printed_form_carries_the_signature_of_its_own_figures_and_no_other() {
    let mut world = ready();
    let office = json!({"name": "Kecamatan Lareh", "regency": "Kabupaten Contoh", "place": "Salido"});
    world.put(Subject::Office { id: id("office") }, MAIN, &office);
    let block = |world: &World| {
        let block = signature_block(&world.config, &|id| world.get(id), PERIOD, TODAY.parse().unwrap());
        (block.dated, block.signer.unwrap().title, block.below)
    };
    let camat = vec!["CAMAT LAREH".to_owned()];
    assert_eq!(block(&world), (None, camat.clone(), "Belum ditandatangani.".into()));
    let acting = vec!["Plh. CAMAT LAREH".to_owned()];
    let signature = Signature { title: acting.clone(), ..world.signature() };
    let code = signature.document.sha256[..8].to_owned();
    let act = world.sealing(&run(SIGN, None), signature);
    world.write(id("camat"), &act);
    let (dated, title, below) = block(&world);
    assert!(dated.unwrap().starts_with("Salido, "));
    assert_eq!(title, acting, "as it was signed");
    assert!(below.starts_with(&format!("Segel Takar, kode {code}.")), "{below}");
    // The sheet of other figures is not what was signed.
    let other = Indicator { name: "Lain".into(), ..indicator("pelayanan") };
    world.put(Subject::Indicator { id: indicator_of("pelayanan") }, MAIN, &other);
    let (dated, title, below) = block(&world);
    assert_eq!((dated, title), (None, camat));
    assert!(below.contains("berbeda dari dokumen yang ditandatangani") && below.contains(&code), "{below}");
}

#[test]
fn an_archive_is_kept_as_the_schedule_says_from_the_day_it_was_filed() {
    let mut world = ready();
    let mut longer: Sop = sop();
    let mut archive = longer.steps[5].clone();
    (archive.number, archive.kind, archive.after) = (7, Kind::Archive, vec![6]);
    longer.steps.push(archive);
    world.put(Subject::Sop { id: id("sop") }, MAIN, &longer);
    let office = |schedule: &str| json!({"name": "Kecamatan Lareh", "regency": "Kabupaten Contoh", "retention": schedule});
    let schedule = "000.8; 1; 1; Musnah\n\n000.8.6.3; 2; 3; permanen";
    world.put(Subject::Office { id: id("office") }, MAIN, &office(schedule));
    let kept = |world: &World| {
        let get = |id| world.get(id);
        let all = progress(&world.config, &get, id("cycle"));
        let kept = kept(&world.config, &get, &all, "2028-02-29".parse().unwrap());
        kept.map(|k| format!("{} {} {}", k.active_until, k.inactive_until, k.fate))
    };
    let said = |world: &mut World, paper: serde_json::Value| {
        world.put(run(7, None), PAPER, &paper);
        kept(world)
    };
    assert_eq!(kept(&world), None, "no class yet");
    let own = json!({"classification": "000.8.6.3.1"});
    assert_eq!(said(&mut world, own), Some("2030-02-28 2033-02-28 Permanen".into()));
    let parent = json!({"classification": "000.8.1"});
    assert_eq!(said(&mut world, parent), Some("2029-02-28 2030-02-28 Musnah".into()));
    assert_eq!(said(&mut world, json!({"classification": "000.80"})), None, "another class");
    let typed = json!({"classification": "000.8.6.3", "active_until": "2029-12-31", "fate": "Musnah"});
    assert_eq!(said(&mut world, typed), Some("2029-12-31 2032-12-31 Musnah".into()));
    // Once it is filed, that day counts.
    let told = Told { event_date: Some("2026-10-05".into()), ..Told::default() };
    let done = finish(world.get(run(7, None).record()).as_ref(), told).unwrap();
    world.put(run(7, None), PAPER, &json!({"classification": "000.8.6.3"}));
    world.put(run(7, None), STATE, &done);
    assert_eq!(kept(&world), Some("2028-10-05 2031-10-05 Permanen".into()));
    for wrong in
        ["000.8", "000.8; dua; 3; Musnah", "; 2; 3; Musnah", "000.8; 2; 3; Dibakar", "000.8; 2; 101; Musnah"]
    {
        assert_eq!(rules(wrong).unwrap_err().code, "retention.line", "{wrong}");
        let act = world.edit(Subject::Office { id: id("office") }, MAIN, &office(wrong));
        assert_eq!(code(&world.judge(id("head.sekretariat"), &act)), "retention.line", "{wrong}");
    }
}
