//! Pure rules of Takar. No clock, randomness, I/O, async or browser here:
//! time, ids and randomness are arguments.
//!
//! # Glossary
//! Identifiers are English, everything a user reads is Indonesian.
//!
//! | office word | identifier |
//! |---|---|
//! | capaian | [`achievement::Achievement`] |
//! | realisasi | actual |
//! | kriteria | rating |
//! | kebijakan pengukuran | [`policy::Policy`] |
//! | siklus, tahapan pengukuran | [`config::Cycle`] |
//! | seksi, sub bagian | [`config::Unit`] |
//! | jabatan | [`config::Post`], held by a [`config::Holding`] |
//! | nagari, desa | nagari |
//! | isian satu indikator satu periode | figure, [`figure::Entry`] |
//! | form satu unit | unit form |
//! | langkah, tahap | [`sop::Step`], carried out as a [`procedure::StepState`] |
//! | waktu kerja, lama proses | worked minutes, [`worktime::lasted`] |
//! | disposisi, undangan, surat pengantar | [`procedure::paper`] of a step |
//! | bukti dukung | [`evidence::Reference`] |
//! | angka berbeda | difference: several [`record::Head`]s |

// The derive names this crate as others do.
extern crate self as takar_domain;

pub mod accumulate;
pub mod achievement;
pub mod budget;
pub mod check;
pub mod codec;
pub mod config;
pub mod date;
pub mod decimal;
#[cfg(feature = "demo")]
pub mod demo;
pub mod evidence;
pub mod figure;
pub mod imported;
pub mod issue;
pub mod letter;
pub mod number;
pub mod period;
pub mod permission;
mod plan_cells;
#[cfg(feature = "demo")]
pub mod plan_csv;
pub mod plan_import;
mod plan_odd;
pub mod plan_row;
mod plan_tree;
pub mod policy;
pub mod procedure;
pub mod rating;
pub mod record;
pub mod retention;
pub mod rules;
#[cfg(feature = "demo")]
pub mod setup;
pub mod shape;
pub mod sop;
pub mod sorted;
pub mod status;
pub mod text;
mod transition;
pub mod variables;
pub mod view;
pub mod workflow;
pub mod worktime;
