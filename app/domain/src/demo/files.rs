//! The demo's evidence: drawings and a list that say themselves that they are examples.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::past;
use crate::date::Date;
use crate::evidence::media::Media;
use crate::evidence::{Kind, Reference, Stored};
use crate::record::{RecordId, Value};
use crate::setup::plain;

macro_rules! data {
    ($name:literal) => {
        include_bytes!(concat!("../../data/contoh/", $name))
    };
}

/// A photo and its small picture.
type Photo = (&'static [u8], &'static [u8]);

const MEETING: Photo = (data!("musyawarah-1.jpg"), data!("musyawarah-1-kecil.jpg"));
const DECISION: Photo = (data!("musyawarah-2.jpg"), data!("musyawarah-2-kecil.jpg"));
const DISPOSITION: Photo = (data!("disposisi.jpg"), data!("disposisi-kecil.jpg"));
const ATTENDANCE: &[u8] = data!("daftar-hadir.pdf");

/// A file that the demo's office has from the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    pub bytes: Cow<'static, [u8]>,
}

impl DemoFile {
    /// Its name: 64 hexadecimal digits, lower case.
    #[must_use]
    pub fn sha256(&self) -> String {
        format!("{:x}", Sha256::digest(&self.bytes))
    }
}

pub(super) fn files() -> Vec<DemoFile> {
    let photos = [MEETING, DECISION, DISPOSITION].into_iter().flat_map(|(full, small)| [full, small]);
    photos.chain([ATTENDANCE]).map(|bytes| DemoFile { bytes: bytes.into() }).chain([past::scan()]).collect()
}

fn stored(bytes: &'static [u8], media: Media) -> Stored {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Stored { sha256: DemoFile { bytes: bytes.into() }.sha256(), size, media: media.name().into() }
}

fn photo(by: RecordId, name: &str, (full, small): Photo, taken: String) -> Reference {
    Reference {
        kind: Kind::Photo,
        name: name.into(),
        added_by: by,
        file: Some(stored(full, Media::Jpeg)),
        thumbnail: Some(stored(small, Media::Jpeg)),
        address: None,
        captured: Some(taken),
        date: None,
        position: None,
    }
}

/// Two photos of the meeting, taken on `day`.
pub(super) fn meeting(by: RecordId, day: Date) -> Value {
    plain(&[
        photo(by, "musyawarah 1.jpg", MEETING, format!("{day}T11:21:09")),
        photo(by, "musyawarah 2.jpg", DECISION, format!("{day}T11:34:40")),
    ])
}

/// Who came to it, on paper.
pub(super) fn attendance(by: RecordId, day: Date) -> Value {
    plain(&[Reference {
        kind: Kind::Pdf,
        file: Some(stored(ATTENDANCE, Media::Pdf)),
        thumbnail: None,
        captured: None,
        date: Some(day.to_string()),
        ..photo(by, "daftar hadir.pdf", MEETING, String::new())
    }])
}

/// The Camat's order, photographed by who recorded it for him.
pub(super) fn disposition(by: RecordId, day: Date) -> Value {
    plain(&[photo(by, "lembar disposisi.jpg", DISPOSITION, format!("{day}T09:05:12"))])
}

/// A group's value with evidence in it.
pub(super) fn proved((group, mut value): (String, Value), evidence: Value) -> (String, Value) {
    value["evidence"] = evidence;
    (group, value)
}
