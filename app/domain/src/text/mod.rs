//! The catalogue: every text a user reads, in plain Indonesian office language.
//!
//! One file per screen area with `pub const` texts, so that a missing text
//! fails the build and a second language can stand beside it. Codes and enums
//! become words through [`names`] and [`issue()`]; sentences with facts in them
//! are small functions beside the constants they use.
//!
//! Words follow the office: *capaian, realisasi, kendala, Isi data, Angka
//! berbeda, belum terkirim*; no English, no technical words.

pub mod blank;
pub mod board;
pub mod budget;
pub mod common;
pub mod correction;
pub mod cycle_form;
pub mod device;
pub mod difference;
pub mod entry;
pub mod evidence;
pub mod form;
pub mod held;
pub mod help;
pub mod home;
pub mod issue;
pub mod meeting;
pub mod names;
pub mod notices;
pub mod outbox;
pub mod parcel;
pub mod procedure;
pub mod recap;
pub mod restate;
pub mod round;
pub mod send;
pub mod settings;
pub mod shell;
pub mod sign;
pub mod sign_in;
pub mod sop;
pub mod sync;
pub mod unsent;
pub mod validate;
pub mod workbook;

pub use issue::issue;

/// Whether a name may begin with it: letters of any script. Coarser than
/// Unicode's own tables, whose case pairs and classes would be 11 KB of the app.
#[must_use]
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (c >= '\u{c0}' && !('\u{2000}'..'\u{2c00}').contains(&c))
}

/// Whether `part` stands somewhere in `text`; without the standard library's
/// search, which is made for long texts and large.
#[must_use]
pub fn holds(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|piece| piece == part.as_bytes())
}
