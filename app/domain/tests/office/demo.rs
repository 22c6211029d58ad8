//! The demo office, played as the server plays it.

use std::collections::{BTreeMap, BTreeSet};

use crate::world::{Act, World, id};
use takar_domain::achievement::{Reason, achieve};
use takar_domain::config::*;
use takar_domain::date::{Date, date_of};
use takar_domain::decimal::Decimal;
use takar_domain::demo::{Demo, DemoAct, DemoPart, DemoStep, demo};
use takar_domain::evidence::media::examine;
use takar_domain::evidence::{LIMIT, Reference, Stored};
use takar_domain::figure::*;
use takar_domain::procedure::sign::{Manner, Signature};
use takar_domain::procedure::{PAPER, Phase, RECEIPT, archived, progress};
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::rules::Judgement;
use takar_domain::status::{FigureStatus, figure_status};
use takar_domain::text;
use takar_domain::variables::{actual_of, nagari_codes};
use takar_domain::view::entry_sheet::{EntrySheet, entry_sheet};
use takar_domain::view::recap::recap;

fn today() -> Date {
    Date::new(2026, 10, 7).unwrap()
}

fn told(today: Date) -> Demo {
    demo(id("demo office"), today).unwrap()
}

/// Plays the story; every part of every step must be applied.
fn play(demo: &Demo, today: Date) -> World {
    let mut world = World::default();
    let bases: BTreeSet<usize> = demo.steps.iter().filter_map(|s| s.base).collect();
    let mut snapshots: BTreeMap<usize, BTreeMap<RecordId, Record>> = BTreeMap::new();
    for (index, step) in demo.steps.iter().enumerate() {
        if bases.contains(&index) {
            snapshots.insert(index, world.records.clone());
        }
        let seen = step.base.map_or_else(|| world.records.clone(), |base| snapshots[&base].clone());
        let made = date_of(step.made, Zone::Wib);
        assert!(made < today, "made before today, so never in the future");
        world.next += 1;
        let op = crate::world::op(world.next);
        let founding = world.config.holdings.is_empty();
        let mut holdings = Vec::new();
        for part in &step.parts {
            if by_the_office(&mut world, step, part, &today.to_string()) {
                continue;
            }
            let ready = part.prepare(&|id| seen.get(&id).cloned());
            let act = Act {
                subject: ready.subject,
                action: ready.action,
                changes: ready.changes,
                judged: ready.judged,
                by_office: false,
            };
            let found = world.judge_at(step.author, &made.to_string(), &today.to_string(), &act);
            assert_eq!(found, Judgement::Apply, "step {index}, {:?}", act.subject);
            // A founding act is judged as one.
            if founding && matches!(act.subject, Subject::Holding { .. }) {
                holdings.push(act);
            } else {
                world.merge(step.author, &act, op);
            }
        }
        holdings.iter().for_each(|act| world.merge(step.author, act, op));
    }
    world
}

/// What only the office does; here by a signature of nobody's key.
fn by_the_office(world: &mut World, step: &DemoStep, part: &DemoPart, today: &str) -> bool {
    let Subject::StepRun { cycle, step: number, .. } = &part.subject else { return false };
    let act = match &part.act {
        DemoAct::Sign { manner, signer, .. } => {
            let paper = world.get(part.subject.record()).and_then(|r| r.groups.get(PAPER)?.value().cloned());
            let files = paper.map(|p| vec![p["evidence"][0]["file"]["sha256"].as_str().unwrap().to_owned()]);
            let files = files.unwrap_or_default();
            let signature =
                Signature { manner: *manner, signer: *signer, files, ..world.signature_of(*cycle) };
            world.sealing(&part.subject, signature)
        }
        DemoAct::Number { date } => {
            let value = serde_json::json!({"number": "1", "date": date, "cycle": cycle, "step": number, "about": "x"});
            let year = date[..4].parse().unwrap();
            let seq = takar_domain::letter::next(&world.config, year);
            let subject = Subject::Number { id: id("demo office"), year, seq };
            Act { by_office: true, ..world.edit(subject, MAIN, &value) }
        }
        _ => return false,
    };
    assert_eq!(world.judge_at(step.author, today, today, &act), Judgement::Apply, "{:?}", act.subject);
    world.write(step.author, &act);
    true
}

/// The round that runs.
fn running(world: &World) -> (RecordId, Cycle) {
    world.config.cycles.iter().find(|(_, c)| c.open).map(|(id, c)| (*id, c.clone())).unwrap()
}

fn unit(world: &World, name: &str) -> RecordId {
    *world.config.units.iter().find(|(_, u)| u.name.contains(name)).unwrap().0
}

fn sheet(world: &World, name: &str) -> EntrySheet {
    let cycle = running(world).0;
    entry_sheet(&world.config, &|id| world.get(id), cycle, unit(world, name)).unwrap()
}

fn figure(world: &World, name: &str) -> Record {
    let found = world.config.indicators.iter().find(|(_, i)| i.name.starts_with(name) && i.same_as.is_none());
    let period = running(world).1.period;
    let subject = Subject::Figure { indicator: *found.unwrap().0, period, unit: None };
    world.get(subject.record()).unwrap()
}

fn indicator<'a>(world: &'a World, figure: &Record) -> &'a Indicator {
    let Subject::Figure { indicator, .. } = &figure.subject else { panic!("a figure") };
    &world.config.indicators[indicator]
}

#[test]
fn secretariat_is_done_and_the_others_stand_where_the_story_says() {
    let world = play(&told(today()), today());
    let counts = |name| sheet(&world, name).counts;
    // The two Kasubbag validate their parts; the Sekretaris hands over for all three.
    let parts = ["Sekretariat", "Bagian Perencanaan", "Umum dan Keuangan"].map(counts);
    assert_eq!(parts.iter().map(|part| part.expected).sum::<usize>(), 29);
    for part in parts {
        // What the secretariat measures itself is not measured or not published yet.
        assert!(part.expected + part.excused > 0 && part.filled == part.expected, "{part:?}");
        assert_eq!((part.saved, part.sent, part.returned), (0, 0, 0));
    }
    for done in ["Pemberdayaan", "Kesejahteraan"] {
        let c = counts(done);
        assert!(c.expected > 0 && c.filled == c.expected && c.validated == c.expected, "{done}: {c:?}");
    }
    assert_eq!(counts("Pelayanan").returned, 1);
    let late = counts("Ketenteraman");
    assert_eq!((late.filled, late.expected, late.sent), (1, 3, 0));
    let waiting = counts("Pemerintahan");
    assert_eq!((waiting.filled, waiting.expected, waiting.no_target), (6, 6, 1));
    assert_eq!((waiting.differing, waiting.sent), (1, 5));
    let cycle = running(&world).1;
    assert_eq!(cycle.due.as_deref(), Some("2026-10-06"), "late by one working day");
}

#[test]
fn sixteen_of_twenty_then_seventeen() {
    let demo = told(today());
    let mut world = play(&demo, today());
    let orderly = figure(&world, "Nagari tertib administrasi");
    let indicator = indicator(&world, &orderly).clone();
    let codes = nagari_codes(&world.config).iter().map(ToString::to_string).collect::<Vec<_>>();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    assert_eq!(codes.len(), 20);
    let number = |figure: &Record| actual_of(&indicator, figure, &codes).number;
    assert_eq!(number(&orderly), Some(16.into()));
    assert_eq!(figure_status(Some(&orderly), None), FigureStatus::Differs);
    let differing: Vec<_> =
        orderly.groups.iter().filter(|(_, g)| g.differs()).map(|(n, _)| n.as_str()).collect();
    assert_eq!(differing, ["nagari/x"]);
    let devices: Vec<_> = orderly.groups["nagari/x"].heads.iter().map(|h| h.by.author).collect();
    assert_eq!(devices.len(), 2);

    let kasi = demo.accounts.iter().find(|a| a.username == "kasi.pemerintahan").unwrap().person;
    let officer = demo.accounts.iter().find(|a| a.username == "staf.lapangan").unwrap().person;
    let chosen = orderly.groups["nagari/x"].heads[1].value.clone();
    let decide = world.edit(orderly.subject.clone(), "nagari/x", &chosen);
    let day = today().to_string();
    assert!(matches!(world.judge_at(officer, &day, &day, &decide), Judgement::Reject(_)));
    assert_eq!(world.judge_at(kasi, &day, &day, &decide), Judgement::Apply);
    world.write(kasi, &decide);
    let decided = figure(&world, "Nagari tertib administrasi");
    assert_eq!(number(&decided), Some(17.into()));
    let row = sheet(&world, "Pemerintahan").rows.into_iter().find(|r| r.name == indicator.name).unwrap();
    assert_eq!(row.achievement.bounded, Some(Decimal::from(85)));
    assert_eq!(row.achievement.rating.as_deref(), Some("Tinggi"));
    assert_eq!(row.status, FigureStatus::Sent);
    assert_eq!(row.last, Some(11.into()));
}

#[test]
fn told_values_are_there() {
    let world = play(&told(today()), today());
    let rows = sheet(&world, "Pemerintahan").rows;
    let row = |name: &str| rows.iter().find(|r| r.name.starts_with(name)).unwrap();
    let oversight = row("Persentase pembinaan dan pengawasan");
    assert_eq!(
        (oversight.actual.number, oversight.last),
        (Some(Decimal::new(985, 1)), Some(Decimal::new(972, 1)))
    );
    let complaints = row("Keluhan belum tertangani");
    assert_eq!(complaints.target, Some(8.into()));
    assert_eq!(complaints.achievement.raw, Some(125.into()));
    assert_eq!(complaints.achievement.bounded, Some(120.into()));
    let policy = world.config.policies.values().next().unwrap();
    let again = achieve(policy, Direction::Lower, complaints.target, complaints.actual.entry_number());
    assert_eq!(again, complaints.achievement);
    let service = sheet(&world, "Pelayanan").rows;
    let satisfaction = service.iter().find(|r| r.name.contains("IKM")).unwrap();
    assert_eq!(satisfaction.actual.state, EntryState::NotMeasured);
    let sakip = figure(&world, "Capaian Nilai SAKIP");
    let entry: Entry = sakip.read(VALUE).unwrap();
    assert_eq!(entry.state, EntryState::NotPublished);
    assert!(entry.expected.is_some());
}

#[test]
fn two_offline_creates_of_one_figure_are_one_record() {
    let demo = told(today());
    let world = play(&demo, today());
    let last = figure(&world, "Laporan nagari tepat waktu");
    let Subject::Figure { indicator, period, .. } = last.subject else { panic!("a figure") };
    let twin = Subject::Figure { indicator, period, unit: None };
    assert_eq!(twin.record(), last.subject.record());
    assert_ne!(twin.record(), Subject::Figure { indicator, period: period.previous(), unit: None }.record());
}

#[test]
fn every_file_that_the_story_names_is_there_and_both_sides_of_the_difference_have_one() {
    let demo = told(today());
    let world = play(&demo, today());
    let names: BTreeSet<String> = demo.files.iter().map(|file| file.sha256()).collect();
    let mut named: Vec<Stored> = Vec::new();
    for record in world.records.values() {
        for head in record.groups.values().flat_map(|group| &group.heads) {
            let evidence: Vec<Reference> =
                serde_json::from_value(head.value["evidence"].clone()).unwrap_or_default();
            named.extend(evidence.into_iter().flat_map(|one| [one.file, one.thumbnail]).flatten());
        }
    }
    for stored in &named {
        let file = demo.files.iter().find(|file| file.sha256() == stored.sha256).unwrap();
        assert_eq!(file.bytes.len() as u64, stored.size);
        assert_eq!(examine(&file.bytes, LIMIT).unwrap().name(), stored.media);
    }
    assert_eq!(named.into_iter().map(|stored| stored.sha256).collect::<BTreeSet<_>>(), names);
    let orderly = figure(&world, "Nagari tertib administrasi");
    let proofs =
        orderly.groups["nagari/x"].heads.iter().map(|h| h.value["evidence"].as_array().unwrap().len());
    assert_eq!(proofs.collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn every_day_of_two_years_tells_a_story_that_the_rules_take() {
    // Quarter ends, weekends, New Year and years outside the plan.
    for back in [0, 1, 7, 40, 86, 95, 130, 222, 280, 400, 700] {
        let day = today().add_days(-back);
        let world = play(&told(day), day);
        for part in ["Sekretariat", "Bagian Perencanaan", "Umum dan Keuangan"] {
            let counts = sheet(&world, part).counts;
            let asked = counts.expected + counts.excused;
            assert!(asked > 0 && counts.filled == counts.expected, "{part} {day}: {counts:?}");
        }
    }
}

#[test]
fn an_office_beside_an_older_demo_shares_no_record() {
    let first = told(today());
    let second = demo(id("another office"), today()).unwrap();
    let subjects = |demo: &Demo| -> BTreeSet<RecordId> {
        demo.steps.iter().flat_map(|s| &s.parts).map(|p| p.subject.record()).collect()
    };
    assert!(subjects(&first).is_disjoint(&subjects(&second)));
    assert_eq!(subjects(&first).len(), subjects(&second).len());
}

#[test]
fn the_phone_had_seen_only_the_base() {
    let demo = told(today());
    let offline: Vec<_> = demo.steps.iter().enumerate().filter(|(_, s)| s.base.is_some()).collect();
    let [(first, laptop), (second, phone)] = offline[..] else { panic!("two steps on one base") };
    assert_eq!((laptop.base, phone.base), (Some(first), Some(first)));
    assert_eq!(second, first + 1);
    assert!(phone.made < laptop.made && phone.device != laptop.device);
    assert!(matches!(&phone.parts[0].act, DemoAct::Edit(groups) if groups.len() == 4));
}

#[test]
fn the_budget_awaits_its_last_month_and_one_figure_is_restated() {
    let world = play(&told(today()), today());
    let cycle = running(&world).0;
    let sheet =
        takar_domain::view::budget_sheet::budget_sheet(&world.config, &|id| world.get(id), cycle).unwrap();
    assert!(sheet.rows.len() > 20 && sheet.rows.iter().all(|row| !row.complete && row.before.is_some()));
    assert!(sheet.rows.iter().all(|row| row.budget.as_ref().unwrap().until == "2026-08-31"));
    // It grows, and stays below the pagu: nothing would be asked.
    for row in &sheet.rows {
        let budget = row.budget.as_ref().unwrap();
        let asked = takar_domain::budget::questions(budget, row.before.as_ref(), row.pagu);
        assert!(asked.is_empty(), "{}: {asked:?}", row.code);
    }
    let period = running(&world).1.period;
    let recap = takar_domain::view::recap::recap(&world.config, &|id| world.get(id), period.year, period);
    let form = takar_domain::view::measurement_form::measurement_form(&world.config, &recap, None);
    let said: Vec<_> = form.footnotes.iter().filter(|note| note.contains("semula")).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("Triwulan II 2026: semula 14, menjadi 13."), "{said:?}");
    // Two answers stand for one nagari: the paper says that the first one is used.
    let said: Vec<_> = form.footnotes.iter().filter(|note| note.contains("yang pertama tiba")).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    let number = |row: &&takar_domain::view::measurement_form::FormRow| {
        said[0].starts_with(&format!("No. {}, ", row.cells[0]))
    };
    let row = form.rows.iter().filter(|row| !row.cells[0].is_empty()).find(number).unwrap();
    assert_eq!(row.cells[2], "Nagari tertib administrasi");
}

#[test]
fn what_was_not_filled_when_the_document_was_signed_is_awaited_no_more() {
    let world = play(&told(today()), today());
    let get = |id: RecordId| world.get(id);
    for (id, cycle) in world.config.cycles.iter() {
        let recap = recap(&world.config, &get, cycle.period.year, cycle.period);
        let rows = || recap.groups.iter().flat_map(|group| &group.rows);
        let because = |reason| rows().filter(|row| row.achievement.reason == Some(reason)).count();
        let said = text::recap::standing(&recap.standing(), recap.signed);
        assert_eq!(recap.signed, !cycle.open, "{said}");
        assert_eq!(said.starts_with("ditandatangani, "), recap.signed, "{said}");
        let (none, some) = if recap.signed {
            (Reason::NotFilled, Reason::Unfilled)
        } else {
            (Reason::Unfilled, Reason::NotFilled)
        };
        assert_eq!(because(none), 0, "{}", cycle.period);
        assert!(because(some) > 0, "{}", cycle.period);
        let sheets =
            world.config.units.keys().filter_map(|unit| entry_sheet(&world.config, &get, *id, *unit));
        let entered = sheets.flat_map(|sheet| sheet.rows).any(|row| row.achievement.reason == Some(none));
        assert!(!entered, "Isi data says the same");
        // The printed form too, and of the quarters before, signed or not.
        let form = takar_domain::view::measurement_form::measurement_form(&world.config, &recap, None);
        let says = |word: &str| {
            let cells = form.rows.iter().flat_map(|row| &row.cells);
            cells.filter(|cell| cell.as_str() == word).count()
        };
        assert_eq!(says("belum diisi") > 0, !recap.signed, "{}", cycle.period);
        assert!(says("tidak diisi") > 0, "{}", cycle.period);
    }
    assert_eq!(text::names::reason(Reason::Unfilled), "tidak diisi");
}

#[test]
fn two_quarters_before_are_signed_sent_and_archived() {
    let world = play(&told(today()), today());
    let mut past: Vec<_> = world.config.cycles.iter().filter(|(_, c)| !c.open).collect();
    past.sort_by_key(|(_, c)| c.period);
    assert_eq!(past.len(), 2);
    let mut manners = Vec::new();
    for (id, cycle) in past {
        let all = progress(&world.config, &|id| world.get(id), *id);
        for step in &all {
            assert!(step.is_done(), "{}: {}", cycle.period, step.step.screen_title);
        }
        assert!(archived(&all));
        let sign = all.iter().find(|s| s.step.number == 11).unwrap().runs[0].state.clone().unwrap();
        assert_eq!(sign.phase, Phase::Done);
        manners.push(sign.round.signature.unwrap().manner);
        let letter = world.get(Subject::StepRun { cycle: *id, step: 12, unit: None }.record()).unwrap();
        assert!(letter.groups.contains_key(RECEIPT));
        assert!(takar_domain::letter::of_run(&world.config, *id, 12).is_some());
    }
    assert_eq!(manners, [Manner::Seal, Manner::Scan]);
    let (id, _) = running(&world);
    assert!(!archived(&progress(&world.config, &|id| world.get(id), id)));
    // What was signed stays shut, although the round is closed.
    let last = running(&world).1.period.previous();
    let subject = Subject::Figure {
        indicator: *world.config.indicators.keys().next().unwrap(),
        period: last,
        unit: None,
    };
    let entry = Entry { state: EntryState::Value, number: Some(1.into()), ..Entry::default() };
    let planner = told(today()).accounts.into_iter().find(|a| a.username == "perencanaan").unwrap().person;
    let day = today().to_string();
    let late = world.judge_at(planner, &day, &day, &world.edit(subject, VALUE, &entry));
    assert!(matches!(late, Judgement::Late { .. } | Judgement::Held(_)), "{late:?}");
}
