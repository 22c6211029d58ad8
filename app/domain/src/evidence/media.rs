//! What a file is, by its content: the same on the device that picks it and at
//! the office that takes it. Names and what a browser says of them prove nothing.

use super::{Kind, LIMIT_OF_LIMITS, zip};
use crate::issue::Issue;

/// What an office stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Xlsx,
    Ods,
    Csv,
}

impl Media {
    pub const ALL: [Self; 7] =
        [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf, Self::Xlsx, Self::Ods, Self::Csv];

    /// Media type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
        }
    }

    /// Ending of a file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }

    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Jpeg | Self::Png | Self::Webp => Kind::Photo,
            Self::Pdf => Kind::Pdf,
            Self::Xlsx | Self::Ods | Self::Csv => Kind::Spreadsheet,
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.name() == name)
    }
}

/// What these bytes are, if the office takes them at all. `limit` in bytes.
///
/// # Errors
/// `file.empty`, `file.too_large`, `file.heic` for the photos of some phones
/// that no other device can show, `file.unknown`.
pub fn examine(bytes: &[u8], limit: u64) -> Result<Media, Issue> {
    refuse_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX), limit)?;
    if is_heic(bytes) {
        return Err(Issue::hard("file.heic", "evidence"));
    }
    recognise(bytes).ok_or_else(|| Issue::hard("file.unknown", "evidence"))
}

/// Whether a file of this size may come, before its bytes are read.
///
/// # Errors
/// `file.empty`, `file.too_large` with the limit in whole MB.
pub fn refuse_size(size: u64, limit: u64) -> Result<(), Issue> {
    let limit = limit.min(LIMIT_OF_LIMITS);
    match size {
        0 => Err(Issue::hard("file.empty", "evidence")),
        size if size > limit => {
            Err(Issue::hard("file.too_large", "evidence").with("max", (limit >> 20).to_string()))
        }
        _ => Ok(()),
    }
}

fn recognise(bytes: &[u8]) -> Option<Media> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Media::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Media::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Media::Webp),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
        [b'P', b'K', 3, 4, ..] => spreadsheet(bytes),
        _ => is_table(bytes).then_some(Media::Csv),
    }
}

/// A zip with the parts of a workbook, and none with programs in it.
fn spreadsheet(bytes: &[u8]) -> Option<Media> {
    const ODS: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    let names = zip::names(bytes)?;
    let has = |wanted: &str| names.contains(&wanted.as_bytes());
    if names.iter().any(|name| name.ends_with(b"vbaProject.bin") || name.starts_with(b"Basic/")) {
        None
    } else if has("[Content_Types].xml") && has("xl/workbook.xml") {
        Some(Media::Xlsx)
    } else {
        // The first part is stored as it is, right behind its header of 30 bytes.
        let first = bytes.get(30..30 + ODS.len());
        (first == Some(ODS) && has("content.xml")).then_some(Media::Ods)
    }
}

/// The brand of a photo in an ISO container.
fn is_heic(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    brand.is_some_and(|b| matches!(b, b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1"))
}

/// Text with separated columns and nothing that a browser would run.
fn is_table(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let plain = |b: u8| b >= b' ' && b != 0x7f || matches!(b, b'\t' | b'\r' | b'\n');
    let start = text.trim_start_matches('\u{feff}').trim_ascii_start();
    let first = start.lines().next().unwrap_or_default();
    text.bytes().all(plain) && !start.starts_with(['<', '%']) && first.contains([',', ';', '\t'])
}
