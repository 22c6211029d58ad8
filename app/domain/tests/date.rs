//! Dates, quarters and clock times as offices write them.

use proptest::prelude::*;
use takar_domain::config::Zone;
use takar_domain::date::{Date, clock, date_clock, date_of, parse_indonesian, period_name, period_short};
use takar_domain::period::{Period, Span};

#[test]
fn reads_typed_dates_day_first() {
    let texts = [
        "5 Februari 2026",
        "5 februari 2026",
        "05 Feb 2026",
        "5 Pebruari 2026",
        "5/2/2026",
        "05-02-2026",
        "5.2.2026",
        "5/2/26",
        "2026-02-05",
        "Kamis, 5 Februari 2026",
        "  5  Februari  2026 ",
    ];
    for text in texts {
        let date = parse_indonesian(text).unwrap();
        assert_eq!(date.to_string(), "2026-02-05", "{text:?}");
    }
}

#[test]
fn refuses_what_is_no_date() {
    for (text, code) in [
        ("", "date.shape"),
        ("kemarin", "date.shape"),
        ("5 Februari", "date.shape"),
        ("5/2/026", "date.shape"),
        ("31 April 2026", "date.no_such_day"),
        ("29/2/2026", "date.no_such_day"),
        ("5/13/2026", "date.no_such_day"),
        ("1/1/0026", "date.no_such_day"),
    ] {
        assert_eq!(parse_indonesian(text).unwrap_err().code, code, "{text:?}");
    }
}

#[test]
fn writes_dates_quarters_and_times() {
    let date = Date::new(2026, 10, 6).unwrap();
    assert_eq!(date.format_long(), "6 Oktober 2026");
    assert_eq!(date.weekday_name(), "Selasa");
    assert_eq!(date.quarter(), Period::quarter(2026, 4));
    assert_eq!(date.add_days(-6).to_string(), "2026-09-30");
    assert_eq!(period_name(Period::quarter(2026, 3)), "Triwulan III 2026");
    assert_eq!(period_short(Period::quarter(2026, 3)), "TW III");
    assert_eq!(period_name(Period { year: 2026, span: Span::Semester(2) }), "Semester II 2026");
    assert_eq!(period_name(Period::year(2026)), "Tahun 2026");
    // 2026-10-06 09:02 UTC
    let ms = 1_791_277_320_000;
    assert_eq!(date_clock(ms, Zone::Wib), "6 Oktober 2026 pukul 16.02");
    assert_eq!(clock(ms, Zone::Wib), "16.02 WIB");
    assert_eq!(clock(ms, Zone::Wita), "17.02 WITA");
    assert_eq!(clock(ms, Zone::Wit), "18.02 WIT");
}

#[test]
fn the_day_changes_at_midnight_of_the_office() {
    // 2026-12-31 16:59 and 17:00 UTC
    let before = 1_798_736_340_000;
    assert_eq!(date_of(before, Zone::Wib).to_string(), "2026-12-31");
    assert_eq!(date_of(before + 60_000, Zone::Wib).to_string(), "2027-01-01");
    assert_eq!(date_of(before, Zone::Wit).to_string(), "2027-01-01");
}

#[test]
fn stored_as_iso_text() {
    let date = Date::new(2026, 2, 5).unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), "\"2026-02-05\"");
    assert!(serde_json::from_str::<Date>("\"5/2/2026\"").is_err());
}

proptest! {
    #[test]
    fn written_dates_read_back(days in 0_i32..109_000) {
        let date = Date::new(1900, 1, 1).unwrap().add_days(days);
        prop_assert_eq!(parse_indonesian(&date.format_long()), Ok(date));
        prop_assert_eq!(date.to_string().parse::<Date>(), Ok(date));
        let typed = format!("{}/{}/{}", date.day(), date.month(), date.year());
        prop_assert_eq!(parse_indonesian(&typed), Ok(date));
        prop_assert_eq!(Date::new(1900, 1, 1).unwrap().days_until(date), days);
    }

    #[test]
    fn absurd_clocks_and_texts_do_not_panic(ms in any::<i64>(), text in "\\PC{0,40}") {
        let _ = (date_clock(ms, Zone::Wib), clock(ms, Zone::Wit), date_of(ms, Zone::Wita).format_short());
        let _ = parse_indonesian(&text);
    }
}
