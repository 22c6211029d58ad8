//! The form in which an SOP is changed: its identity block and its steps.

use crate::sop::Step;

pub const EDIT: &str = "Ubah SOP";
pub const NEXT: &str = "untuk tahapan berikutnya";
pub const LEAD: &str = "Yang disimpan di sini menjadi versi baru, untuk tahapan yang dibuka sesudahnya. \
    Tahapan yang sedang berjalan tetap memakai versinya sendiri. Daftar ditulis satu per baris. Yang belum \
    disimpan menjadi draf, yang dapat dibuang di Belum terkirim.";
pub const SAVE: &str = "Simpan sebagai versi baru";

// The identity block, as far as the printed sheet does not name it.
pub const TITLE: &str = "Nama SOP";
pub const INSTITUTION: &str = "Kepala lembar";
pub const YEAR: &str = "Tahun SOP";
pub const CHART_TITLE: &str = "Judul bagan";
pub const COLUMNS: &str = "Kolom pelaksana pada bagan";
pub const HEADS: &str = "Kepala kolom mutu baku";
pub const NOTES: &str = "Catatan kaki lembar";
pub const TOLERANCE: &str = "Toleransi waktu (persen)";

// Steps.
pub const STEPS: &str = "Tahap";
pub const SCREEN_TITLE: &str = "Nama tahap di layar";
pub const TEXT: &str = "Uraian seperti tercetak";
pub const SCREEN_TEXT: &str = "Uraian di layar";
pub const SCREEN_TEXT_HINT: &str = "Hanya bila uraian yang tercetak salah tulis.";
pub const SCREEN_NOTE: &str = "Catatan kaki";
pub const ACTORS: &str = "Pelaksana";
pub const COLUMN: &str = "Tanda pada kolom";
pub const NO_COLUMN: &str = "tanpa tanda";
pub const PER_UNIT: &str = "Dikerjakan tiap unit";
pub const REQUIRES: &str = "Kelengkapan";
pub const MINUTES: &str = "Waktu baku (menit)";
pub const OUTPUT: &str = "Output";
pub const AFTER: &str = "Sesudah tahap nomor";
pub const AFTER_HINT: &str =
    "Nomor, atau kode yang tambahan, dipisah koma: 6, 101. Kosong bila dapat dimulai segera.";
pub const DAYS_BEFORE: &str = "Hari kerja sebelum batas kirim ke kabupaten";
pub const EXTRA: &str = "Tambahan, tidak tercetak pada lembar SOP";
pub const KEEP: &str = "Pakai";
pub const KEPT: &str = "Tahap dicatat. Simpan sebagai versi baru bila semua selesai.";
pub const ADD: &str = "Tambah tahap";
pub const NEW: &str = "Tahap baru";
pub const UP: &str = "Naik";
pub const DOWN: &str = "Turun";
pub const REMOVE: &str = "Hapus";
pub const CHANGED: &str = "Susunan tahap diubah";

/// `60 menit · Sekretaris Tim SAKIP`.
#[must_use]
pub fn step_detail(minutes: u32, actors: &str) -> String {
    [&minutes.to_string(), " menit · ", actors].concat()
}

/// What an added step is named by where another waits for it: `tambahan, kode 101`.
#[must_use]
pub fn extra(number: u16) -> String {
    [super::procedure::EXTRA, ", kode ", &number.to_string()].concat()
}

/// `Perintah sekarang nomor 3.`, `Telaah dipindahkan.`
#[must_use]
pub fn moved(step: &Step) -> String {
    if step.extra {
        return [&step.screen_title, " dipindahkan."].concat();
    }
    [&step.screen_title, " sekarang nomor ", &step.number.to_string(), "."].concat()
}

/// `Penggandaan dihapus.`
#[must_use]
pub fn removed(title: &str) -> String {
    [title, " dihapus."].concat()
}
