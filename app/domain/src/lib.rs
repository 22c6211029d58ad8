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
//! | angka berbeda | difference: several [`record::Head`]s |

pub mod config;
pub mod figure;
pub mod issue;
pub mod period;
pub mod policy;
pub mod record;
pub mod sop;
pub mod workflow;
