//! Evidence (bukti dukung): what a value or a nagari row names as its proof.
//!
//! - [`Reference`]: what the group says of a file or a link; the bytes are
//!   elsewhere, under their SHA-256
//! - [`media`]: what a file is by its content, and whether the office takes it
//! - [`capture`]: when a photo was taken, read before it is made smaller
//!
//! A photo is at most [`LONG_EDGE`] pixels long when it is attached, and has a
//! thumbnail of at most [`THUMBNAIL_EDGE`], made by the device that attached it:
//! a second, small file that the reference names. So lists show pictures
//! without a download, and the office never decodes one.

pub mod capture;
pub mod media;
mod zip;

use crate::decimal::Decimal;
use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use crate::issue::Issue;
use crate::record::RecordId;
use crate::shape::is_iso_date;

/// Bytes of a file that an office takes unless it sets another limit.
pub const LIMIT: u64 = 20 << 20;
/// No office can set a higher one: a file is checked in memory.
pub const LIMIT_OF_LIMITS: u64 = 100 << 20;
/// Longest edge of an attached photo in pixels.
pub const LONG_EDGE: u32 = 1600;
/// Longest edge of a thumbnail in pixels.
pub const THUMBNAIL_EDGE: u32 = 320;
/// Longest name of a file in characters, and address of a link in bytes.
pub const MAX_NAME: usize = 200;
const MAX_ADDRESS: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Photo,
    Pdf,
    Spreadsheet,
    /// An address elsewhere; no bytes.
    Link,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Reference {
    pub kind: Kind,
    /// The file's name as its owner knows it; of a link, what it leads to.
    pub name: String,
    pub added_by: RecordId,
    /// Of the bytes as they are stored; none for a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Stored>,
    /// Small picture of a photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Stored>,
    /// `https://…`, of a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When the camera took it by its own clock, `2026-10-06T14:03:22`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// ISO date of the activity, asked when no camera tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where, only if the person agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

/// Bytes under their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Stored {
    /// 64 hexadecimal digits, lower case.
    pub sha256: String,
    pub size: u64,
    /// Media type, one of [`media::Media::ALL`].
    pub media: String,
}

/// Degrees, north and east positive; radius of certainty in metres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Position {
    pub latitude: Decimal,
    pub longitude: Decimal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<u32>,
}

/// Whether a text names bytes: 64 hexadecimal digits, lower case.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

impl Reference {
    /// Whether the screen still has to ask when it happened. Never a reason to
    /// refuse a number.
    #[must_use]
    pub const fn asks_for_date(&self) -> bool {
        matches!(self.kind, Kind::Photo) && self.captured.is_none() && self.date.is_none()
    }
}

/// What is wrong with a reference.
pub(crate) fn check(reference: &Reference, found: &mut Vec<Issue>) {
    let name = reference.name.chars();
    let named = !reference.name.trim().is_empty() && name.clone().count() <= MAX_NAME;
    let plain = !name.clone().any(char::is_control);
    let files = [&reference.file, &reference.thumbnail];
    let links = match (reference.kind, &reference.address) {
        (Kind::Link, Some(address)) => is_address(address) && files.iter().all(|file| file.is_none()),
        (Kind::Link, None) => false,
        (_, address) => address.is_none() && reference.file.is_some(),
    };
    let stored = files.into_iter().flatten().all(is_stored);
    let captured = reference.captured.as_deref().is_none_or(capture::is_moment);
    let dated = reference.date.as_deref().is_none_or(is_iso_date);
    let placed = reference.position.as_ref().is_none_or(is_on_earth);
    if !(named && plain && links && stored && captured && dated && placed) {
        Issue::add(found, "evidence.wrong", "evidence");
    }
}

fn is_stored(file: &Stored) -> bool {
    is_sha256(&file.sha256)
        && (1..=LIMIT_OF_LIMITS).contains(&file.size)
        && media::Media::ALL.iter().any(|media| media.name() == file.media)
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'`');
    text.len() <= MAX_ADDRESS && rest.is_some_and(|rest| !rest.is_empty()) && text.bytes().all(plain)
}

fn is_on_earth(position: &Position) -> bool {
    let within = |degrees: Decimal, most: i64| degrees.abs() <= Decimal::from(most);
    within(position.latitude, 90) && within(position.longitude, 180)
}
