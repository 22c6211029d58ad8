use super::*;

/// 22 November 2026.
const NOW: i64 = 1_795_305_600_000;

fn sound() -> Facts {
    let health = Health {
        software: env!("CARGO_PKG_VERSION").into(),
        schema: migration::NEWEST,
        known_schema: migration::NEWEST,
        office: true,
        seq: 12,
        at: NOW - 1_000,
        backup: BackupState { done: Some(NOW - DAY), ..BackupState::default() },
        ..Health::default()
    };
    Facts {
        now: NOW,
        free: Some(Ok(50_000 * MIB)),
        database: Found::Open(health),
        certificate: Some(Ok(NOW + 60 * DAY)),
    }
}

/// The worst of the lines that begin with a word.
fn level(facts: &Facts, word: &str) -> Level {
    examine(facts).iter().filter(|f| f.words.starts_with(word)).map(|f| f.level).max().unwrap()
}

fn with_health(change: impl FnOnce(&mut Health)) -> Facts {
    let mut facts = sound();
    if let Found::Open(health) = &mut facts.database {
        change(health);
    }
    facts
}

#[test]
fn a_sound_office_has_nothing_to_complain_of() {
    let findings = examine(&sound());
    assert!(findings.iter().all(|finding| finding.level == Level::Fine), "{findings:?}");
    assert_eq!(findings.len(), 7);
}

#[test]
fn a_full_disk_is_told_before_it_is_full() {
    for (mib, expected) in [(100, Level::Error), (1_000, Level::Warning), (5_000, Level::Fine)] {
        let facts = Facts { free: Some(Ok(mib * MIB)), ..sound() };
        assert_eq!(level(&facts, "Ruang"), expected, "{mib} MB");
    }
    let facts = Facts { free: Some(Err("?".into())), ..sound() };
    assert_eq!(level(&facts, "Ruang"), Level::Error);
}

#[test]
fn a_clock_behind_the_newest_entry_is_an_error() {
    assert_eq!(level(&with_health(|h| h.at = NOW + 4_000), "Jam"), Level::Fine, "seconds do not matter");
    assert_eq!(level(&with_health(|h| h.at = NOW + 60_000), "Jam"), Level::Error);
    assert_eq!(level(&Facts { now: 0, ..sound() }, "Jam"), Level::Error, "a computer without a battery");
}

#[test]
fn tables_of_a_newer_takar_are_an_error() {
    assert_eq!(level(&with_health(|h| h.schema += 1), "Basis data"), Level::Error);
    let closed = Facts { database: Found::Closed("terkunci".into()), ..sound() };
    assert_eq!(level(&closed, "Basis data"), Level::Error);
    let nothing = Facts { database: Found::Nothing, ..sound() };
    assert_eq!(level(&nothing, "Basis data"), Level::Warning);
}

#[test]
fn a_certificate_is_told_of_two_weeks_before_it_ends() {
    for (days, expected) in [(-1, Level::Error), (13, Level::Warning), (15, Level::Fine)] {
        let facts = Facts { certificate: Some(Ok(NOW + days * DAY)), ..sound() };
        assert_eq!(level(&facts, "Sertifikat"), expected, "{days} days");
    }
}

#[test]
fn a_backup_that_fails_is_an_error_and_an_old_one_a_warning() {
    let failing = with_health(|h| {
        h.backup.failing = Some(NOW - DAY);
        h.backup.why = Some("/media/usb: tidak dapat ditulis.".into());
    });
    assert_eq!(level(&failing, "Cadangan"), Level::Error);
    assert!(examine(&failing).iter().any(|f| f.words.contains("/media/usb")), "the reason is in it");
    assert_eq!(level(&with_health(|h| h.backup.done = None), "Cadangan"), Level::Warning);
    assert_eq!(level(&with_health(|h| h.backup.done = Some(NOW - 4 * DAY)), "Cadangan"), Level::Warning);
}

#[test]
fn a_restored_office_says_so_until_somebody_confirms() {
    assert_eq!(level(&with_health(|h| h.restored = Some(NOW)), "Pemulihan"), Level::Warning);
    assert_eq!(level(&with_health(|h| h.half_restored = true), "Pemulihan"), Level::Error);
}
