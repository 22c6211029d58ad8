//! The catalogue: every text a user reads, in plain Indonesian office language.
//!
//! One file per screen area with `pub const` texts, so that a missing text
//! fails the build and a second language can stand beside it. Codes and enums
//! become words through [`names`] and [`issue`]; sentences with facts in them
//! are small functions beside the constants they use.
//!
//! Words follow the office: *capaian, realisasi, kendala, Isi data, Angka
//! berbeda, belum terkirim*; no English, no technical words.

pub mod common;
pub mod device;
pub mod difference;
pub mod entry;
pub mod form;
pub mod held;
pub mod help;
pub mod home;
pub mod issue;
pub mod names;
pub mod outbox;
pub mod recap;
pub mod send;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod sync;
pub mod validate;

pub use issue::issue;
