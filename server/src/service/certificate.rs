//! When a certificate ends. A few fields of DER, read by hand: none of the
//! libraries that the server has anyway tells it.

use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use time::{Date, Month, PrimitiveDateTime, Time};

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The earliest end of the certificates in a PEM file, ms since 1970 UTC.
///
/// # Errors
/// The file cannot be read or holds no certificate; in words.
pub fn earliest_end(file: &Path) -> Result<i64, String> {
    let certificates = CertificateDer::pem_file_iter(file).map_err(|e| e.to_string())?;
    let mut earliest: Option<i64> = None;
    for certificate in certificates {
        let certificate = certificate.map_err(|e| e.to_string())?;
        let end = not_after(&certificate).ok_or("isi sertifikat tidak dikenal")?;
        earliest = Some(earliest.map_or(end, |before| before.min(end)));
    }
    earliest.ok_or_else(|| "tidak ada sertifikat di berkas itu".into())
}

/// `notAfter` of an X.509 certificate.
fn not_after(der: &[u8]) -> Option<i64> {
    let (_, certificate, _) = element(der).filter(|(tag, ..)| *tag == SEQUENCE)?;
    let (_, mut fields, _) = element(certificate).filter(|(tag, ..)| *tag == SEQUENCE)?;
    if let Some((VERSION, _, rest)) = element(fields) {
        fields = rest;
    }
    // Serial number, algorithm, issuer.
    for _ in 0..3 {
        fields = element(fields)?.2;
    }
    let (_, validity, _) = element(fields).filter(|(tag, ..)| *tag == SEQUENCE)?;
    let (tag, end, _) = element(element(validity)?.2)?;
    moment(tag, std::str::from_utf8(end).ok()?)
}

/// The first element: its tag, what is in it, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, mut rest) = rest.split_first()?;
    let mut length = usize::from(*first);
    if length >= 0x80 {
        let (bytes, after) =
            rest.split_at_checked(length - 0x80).filter(|(b, _)| (1..=4).contains(&b.len()))?;
        length = bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        rest = after;
    }
    let (inside, after) = rest.split_at_checked(length)?;
    Some((*tag, inside, after))
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
fn moment(tag: u8, text: &str) -> Option<i64> {
    let text = match tag {
        // RFC 5280: two digits mean 1950 to 2049.
        UTC_TIME => format!("{}{text}", if text < "50" { "20" } else { "19" }),
        GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    let digits = text.strip_suffix('Z').filter(|d| d.len() == 14 && d.bytes().all(|b| b.is_ascii_digit()))?;
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u8>().ok();
    let month = Month::try_from(part(4, 6)?).ok()?;
    let date = Date::from_calendar_date(digits.get(..4)?.parse().ok()?, month, part(6, 8)?).ok()?;
    let time = Time::from_hms(part(8, 10)?, part(10, 12)?, part(12, 14)?).ok()?;
    Some(PrimitiveDateTime::new(date, time).assume_utc().unix_timestamp().saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_date_are_read() {
        let end = 1_796_083_199_000;
        assert_eq!(moment(UTC_TIME, "261130235959Z"), Some(end));
        assert_eq!(moment(GENERALIZED_TIME, "20261130235959Z"), Some(end));
        assert_eq!(moment(UTC_TIME, "700101000000Z"), Some(0));
        for wrong in ["", "Z", "261330235959Z", "26113023595Z", "261130235959"] {
            assert_eq!(moment(UTC_TIME, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_cut_or_no_certificate_has_no_end() {
        for wrong in [&[][..], &[0x30], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 0xff], &[0x30, 0x80]] {
            assert_eq!(not_after(wrong), None);
        }
    }
}
