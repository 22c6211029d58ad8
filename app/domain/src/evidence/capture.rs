//! When a photo was taken: `DateTimeOriginal` of its EXIF, read before the
//! photo is made smaller and everything else in its EXIF is gone.
//!
//! Source: Exif 2.32 (CIPA DC-008), JPEG APP1 segment and TIFF directories.

use crate::shape::is_iso_date;

/// Tags: the pointer to the EXIF directory, when the picture was taken, and
/// when the file was written.
const EXIF: u16 = 0x8769;
const ORIGINAL: u16 = 0x9003;
const WRITTEN: u16 = 0x0132;
/// Entries of one directory that are looked at.
const MOST: u16 = 200;

/// The camera's time of a JPEG, `2026-10-06T14:03:22`; it knows no zone.
#[must_use]
pub fn moment(jpeg: &[u8]) -> Option<String> {
    let tiff = Tiff::of(jpeg)?;
    let first = tiff.long(4)?;
    let taken = tiff.entry(first, EXIF).and_then(|at| tiff.entry(tiff.long(at)?, ORIGINAL));
    let at = taken.or_else(|| tiff.entry(first, WRITTEN))?;
    written(tiff.slice(tiff.long(at)?, 19)?)
}

/// Whether a text is such a time.
#[must_use]
pub fn is_moment(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let mut parts = time.split(':');
    let most = [23u8, 59, 59];
    let fits = most
        .iter()
        .all(|most| parts.next().is_some_and(|p| p.len() == 2 && p.parse::<u8>().is_ok_and(|n| n <= *most)));
    fits && parts.next().is_none() && is_iso_date(date)
}

/// `2026:10:06 14:03:22` as ISO; none if the camera's clock was never set.
fn written(text: &[u8]) -> Option<String> {
    let mut iso = std::str::from_utf8(text).ok()?.to_owned().into_bytes();
    for (place, mark) in [(4, b'-'), (7, b'-'), (10, b'T')] {
        *iso.get_mut(place)? = mark;
    }
    String::from_utf8(iso).ok().filter(|iso| is_moment(iso))
}

/// The directories inside a JPEG, in either order of bytes.
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    /// Walks the segments before the picture itself.
    fn of(jpeg: &'a [u8]) -> Option<Self> {
        let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
        loop {
            let [0xff, marker, high, low, ..] = *rest else { return None };
            // The picture begins: no more segments.
            if marker == 0xda {
                return None;
            }
            let length = usize::from(u16::from_be_bytes([high, low]));
            let segment = rest.get(4..2 + length)?;
            if marker == 0xe1
                && let Some(bytes) = segment.strip_prefix(b"Exif\0\0")
            {
                let little = bytes.starts_with(b"II*\0");
                return (little || bytes.starts_with(b"MM\0*")).then_some(Self { bytes, little });
            }
            rest = rest.get(2 + length..)?;
        }
    }

    /// Where the value of a tag is, or the place that points to it.
    fn entry(&self, directory: u32, tag: u16) -> Option<u32> {
        let count = self.short(directory)?.min(MOST);
        let entries = (0..u32::from(count)).map(|n| directory.saturating_add(2 + 12 * n));
        let mut found = entries.filter(|at| self.short(*at) == Some(tag));
        found.next().map(|at| at.saturating_add(8))
    }

    fn short(&self, at: u32) -> Option<u16> {
        let field: [u8; 2] = self.slice(at, 2)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(field) } else { u16::from_be_bytes(field) })
    }

    fn long(&self, at: u32) -> Option<u32> {
        let field: [u8; 4] = self.slice(at, 4)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(field) } else { u32::from_be_bytes(field) })
    }

    fn slice(&self, at: u32, length: usize) -> Option<&'a [u8]> {
        let at = usize::try_from(at).ok()?;
        self.bytes.get(at..at.checked_add(length)?)
    }
}
