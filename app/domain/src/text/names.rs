//! Names of states, posts and other closed lists.

use crate::achievement::Reason;
use crate::config::{Accumulation, Direction, Level, Post, RowRule, Tenure, UnitKind, ValueType};
use crate::figure::EntryState;
use crate::procedure::Phase;
use crate::procedure::lock::Lock;
use crate::record::Source;
use crate::status::FigureStatus;

/// The six states of a figure (domain.md §3).
#[must_use]
pub const fn entry_state(state: EntryState) -> &'static str {
    match state {
        EntryState::Value => "terisi",
        EntryState::NotFilled => "belum diisi",
        EntryState::NotMeasured => "tidak diukur periode ini",
        EntryState::NotPublished => "belum terbit",
        EntryState::NoTarget => "tidak ada target tahun ini",
        EntryState::NotComputable => "tidak dapat dihitung",
    }
}

/// Where a figure stands at the office.
#[must_use]
pub const fn status(status: &FigureStatus) -> &'static str {
    match status {
        FigureStatus::NotFilled => "belum diisi",
        FigureStatus::Saved => "tersimpan di kantor",
        FigureStatus::Sent => "dikirim",
        FigureStatus::Returned { .. } => "dikembalikan",
        FigureStatus::Validated => "divalidasi",
        FigureStatus::Differs => "angka berbeda",
    }
}

/// Why a capaian is missing or was set by a rule: ends a sentence.
#[must_use]
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotFilled => "belum diisi",
        Reason::Unfilled => "tidak diisi",
        Reason::NotMeasured => "tidak diukur periode ini",
        Reason::NotPublished => "belum terbit",
        Reason::NoTarget => "tidak ada target tahun ini",
        Reason::NoQuarterTarget => "target periode ini belum ditetapkan",
        Reason::ZeroTarget => "tidak dapat dihitung: target nol",
        Reason::ZeroTargetMissed => "target nol tidak tercapai, dihitung 0%",
        Reason::NegativeTarget => "tidak dapat dihitung: target di bawah nol",
        Reason::ActualNotPositive => "tidak dapat dihitung: realisasi nol atau di bawah nol",
        Reason::ZeroDenominator => "tidak dapat dihitung: penyebut nol",
        Reason::RangeUnknown => "tidak dapat dihitung: rentang target belum ditetapkan",
        Reason::PredicateUnknown => "tidak dapat dihitung: urutan predikat belum ditetapkan",
        Reason::OutOfBounds => "tidak dapat dihitung: angka terlalu besar",
    }
}

/// Where a step stands; `None` has not begun.
#[must_use]
pub const fn phase(phase: Option<Phase>) -> &'static str {
    match phase {
        None => "belum mulai",
        Some(Phase::Running) => "berjalan",
        Some(Phase::Done) => "selesai",
    }
}

/// Why a unit's figures may not be changed, and what becomes of what is typed.
#[must_use]
pub const fn lock(lock: Lock) -> &'static str {
    match lock {
        Lock::NotYet => {
            "Form belum disampaikan ke unit ini. Isian yang dikirim sekarang ditahan sebagai data susulan."
        }
        Lock::HandedOver => "Data unit ini sudah disampaikan. Perubahan menjadi data susulan.",
        Lock::Submitted => "Dokumen sudah diajukan. Perubahan anggaran menjadi data susulan.",
        Lock::Signed => {
            "Dokumen sudah ditandatangani. Angka yang salah dinyatakan ulang pada tahapan berikutnya."
        }
    }
}

/// A jabatan, as papers print it.
#[must_use]
pub const fn post(post: Post) -> &'static str {
    match post {
        Post::Camat => "Camat",
        Post::Sekretaris => "Sekretaris",
        Post::Perencana => "Perencana",
        Post::Kasubbag => "Kepala Sub Bagian",
        Post::Kasi => "Kepala Seksi",
        Post::SekretarisTim => "Sekretaris Tim SAKIP",
        Post::AnggotaTim => "Anggota Tim SAKIP",
        Post::Pelaksana => "Pelaksana",
        Post::Bendahara => "Bendahara",
        Post::Inspektorat => "Inspektorat",
        Post::Admin => "Admin",
    }
}

/// What stands before a jabatan; empty if it is held definitively.
#[must_use]
pub const fn tenure(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Definitive => "",
        Tenure::Plt => "Plt.",
        Tenure::Plh => "Plh.",
        Tenure::Pj => "Pj.",
    }
}

/// `Plt. Camat`.
#[must_use]
pub fn post_held(held: Post, by: Tenure) -> String {
    match tenure(by) {
        "" => post(held).into(),
        before => [before, post(held)].join(" "),
    }
}

#[must_use]
pub const fn unit_kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Secretariat => "Sekretariat",
        UnitKind::SubSection => "Sub Bagian",
        UnitKind::Section => "Seksi",
    }
}

/// How an entry reached the keyboard.
#[must_use]
pub const fn source(source: Source) -> &'static str {
    match source {
        Source::Own => "isi sendiri",
        Source::Paper => "dari kertas",
        Source::WhatsApp => "dari WhatsApp",
        Source::Telephone => "dari telepon",
    }
}

#[must_use]
pub const fn level(level: Level) -> &'static str {
    match level {
        Level::Goal => "Tujuan",
        Level::Objective => "Sasaran",
        Level::Program => "Program",
        Level::Kegiatan => "Kegiatan",
        Level::SubKegiatan => "Sub kegiatan",
    }
}

#[must_use]
pub const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "lebih tinggi lebih baik",
        Direction::Lower => "lebih rendah lebih baik",
        Direction::Range => "di dalam rentang",
    }
}

#[must_use]
pub const fn accumulation(accumulation: Accumulation) -> &'static str {
    match accumulation {
        Accumulation::Sum => "dijumlahkan",
        Accumulation::Last => "angka terakhir (kumulatif)",
        Accumulation::Average => "rata-rata",
        Accumulation::Flat => "tetap setiap triwulan",
    }
}

#[must_use]
pub const fn value_type(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Number => "angka",
        ValueType::Percent => "persen",
        ValueType::Index => "indeks",
        ValueType::Count => "jumlah",
        ValueType::Rupiah => "rupiah",
        ValueType::Predicate => "predikat",
    }
}

#[must_use]
pub const fn row_rule(rule: RowRule) -> &'static str {
    match rule {
        RowRule::Count => "jumlah nagari yang sudah",
        RowRule::Sum => "jumlah angka semua nagari",
        RowRule::Ratio => "persentase nagari yang sudah",
    }
}

/// The outcome of a part by its name on the wire, as an answer to the writer.
#[must_use]
pub fn outcome(name: &str) -> &'static str {
    match name {
        "applied" => "diterima di kantor",
        "conflict" => "berubah sejak Anda lihat",
        "late" => "data susulan",
        "held" => "ditahan",
        "rejected" => "ditolak",
        _ => "belum terkirim",
    }
}

/// Why an operation is held, by its name on the wire: what happened and who decides.
#[must_use]
pub fn held_why(name: &str) -> &'static str {
    match name {
        "unauthenticated" => "Pembuat isian ini tidak dapat dipastikan. Kepala unit memutuskan.",
        "rights_changed" => {
            "Pembuatnya sudah tidak bertugas dalam jabatan itu. Kepala unit atau Sekretaris memutuskan."
        }
        "removed" => "Indikator atau unit ini sudah tidak diukur. Kepala unit memutuskan.",
        _ => "Menunggu keputusan kepala unit.",
    }
}
