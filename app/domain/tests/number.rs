//! Indonesian numbers in and out.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

use proptest::prelude::*;
use takar_domain::decimal::Decimal;
use takar_domain::number::{Parsed, format, format_percent, format_places, format_rupiah, parse};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn reads_what_offices_type_and_paste() {
    let cases = [
        ("0", "0"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("98,50", "98.5"),
        ("98,5 %", "98.5"),
        ("1.234,5", "1234.5"),
        ("1.234,567", "1234.567"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,004,422,800", "1004422800"),
        ("Rp 1.234.567", "1234567"),
        ("Rp. 103.826.538.000", "103826538000"),
        ("Rp1.234", "1234"),
        ("rp 1.234.567,-", "1234567"),
        ("Rp\u{a0}1.234.567,89", "1234567.89"),
        ("Rp480,54", "480.54"),
        ("-100", "-100"),
        ("\u{2212}24,65", "-24.65"),
        ("0,421", "0.421"),
        ("0.421", "0.421"),
        ("1234.567", "1234.567"),
        ("12,345", "12.345"),
        ("007", "7"),
        ("5,", "5"),
        (",5", "0.5"),
        ("  17\t", "17"),
        ("1.000.000.000.000.000", "1000000000000000"),
        ("0,000001", "0.000001"),
    ];
    for (text, number) in cases {
        assert_eq!(parse(text), Ok(Parsed::Number(dec(number))), "{text:?}");
    }
}

#[test]
fn asks_when_it_could_be_two_numbers() {
    for (text, thousands, decimal) in
        [("1.234", "1234", "1.234"), ("12.000", "12000", "12"), ("-1.250", "-1250", "-1.25")]
    {
        let asked = Parsed::Ambiguous { as_thousands: dec(thousands), as_decimal: dec(decimal) };
        assert_eq!(parse(text), Ok(asked), "{text:?}");
    }
}

#[test]
fn blank_is_not_zero() {
    for text in ["", "   ", "\u{a0}", "\t\n"] {
        assert_eq!(parse(text), Ok(Parsed::Empty), "{text:?}");
    }
}

#[test]
fn refuses_with_a_reason() {
    let cases = [
        ("abc", "number.shape"),
        ("-", "number.shape"),
        ("%", "number.shape"),
        ("Rp", "number.shape"),
        ("1.23.456", "number.shape"),
        ("1.234,5,6", "number.shape"),
        ("12.34,5", "number.shape"),
        ("1E+15", "number.shape"),
        ("Rp480,54 miliar", "number.shape"),
        ("1,2345678", "number.too_many_places"),
        ("1.000.000.000.000.000,01", "number.too_large"),
        ("99999999999999999999999999999999", "number.too_large"),
    ];
    for (text, code) in cases {
        assert_eq!(parse(text).unwrap_err().code, code, "{text:?}");
    }
}

#[test]
fn writes_as_offices_read() {
    assert_eq!(format(dec("1234567.50")), "1.234.567,5");
    assert_eq!(format(dec("-1234")), "-1.234");
    assert_eq!(format(dec("-0.0")), "0");
    assert_eq!(format(dec("999")), "999");
    assert_eq!(format_places(dec("98.5"), 2), "98,50");
    assert_eq!(format_places(dec("23.02502"), 2), "23,03");
    assert_eq!(format_places(dec("-0.001"), 2), "0,00");
    assert_eq!(format_places(dec("2.5"), 0), "3");
    assert_eq!(format_percent(dec("98.5"), 2), "98,50%");
    assert_eq!(format_percent(dec("1091.428571"), 2), "1.091,43%");
    assert_eq!(format_rupiah(dec("2945020620.00")), "Rp2.945.020.620");
    assert_eq!(format_rupiah(dec("-1500.5")), "-Rp1.500,50");
}

#[test]
fn a_decimal_is_digits_with_at_most_one_point() {
    for text in ["", "-", ".", "1.", "1e3", "1_000", "1,5", "1.2.3", "1.-5", " 1", "NaN", &"9".repeat(40)] {
        assert!(text.parse::<Decimal>().is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(mantissa in -10_i128.pow(15)..10_i128.pow(15), scale in 0_u32..=6) {
        let n = Decimal::with_scale(mantissa, scale).unwrap();
        let text = format(n);
        match parse(&text) {
            Ok(Parsed::Number(read)) => prop_assert_eq!(read, n.normalize()),
            Ok(Parsed::Ambiguous { as_thousands, .. }) => prop_assert_eq!(as_thousands, n.normalize()),
            other => prop_assert!(false, "{text}: {other:?}"),
        }
        let rupiah = format_rupiah(n.ceil());
        prop_assert_eq!(parse(&rupiah), Ok(Parsed::Number(n.ceil().normalize())), "{}", rupiah);
    }

    #[test]
    fn a_decimals_text_keeps_the_number_and_its_zeros(mantissa in -10_i128.pow(28)..10_i128.pow(28), scale in 0_u32..=28) {
        let n = Decimal::with_scale(mantissa, scale).unwrap();
        let read: Decimal = n.to_string().parse().unwrap();
        prop_assert_eq!((read, read.scale(), read.to_string()), (n, n.scale(), n.to_string()));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_text_of_number_signs_panics(text in "[-−Rp0-9., %]{0,45}") {
        if let Ok(Parsed::Number(n)) = parse(&text) {
            prop_assert!(n.abs() <= takar_domain::number::LIMIT && n.scale() <= 6);
        }
    }
}
