//! *Anggaran*: realisasi per sub kegiatan.

use crate::number;

pub const TITLE: &str = "Anggaran";
pub const LEAD: &str = "Realisasi kumulatif sejak 1 Januari, per sub kegiatan.";
pub const UNTIL: &str = "Sampai dengan tanggal";
pub const SOURCE: &str = "Sumber";
pub const SOURCE_HINT: &str = "Misalnya laporan realisasi atau register SP2D.";
pub const NODE: &str = "Sub kegiatan";
pub const PAGU: &str = "Pagu (Rp)";
pub const BEFORE: &str = "Periode lalu (Rp)";
pub const ACTUAL: &str = "Realisasi (Rp)";
pub const SHARE: &str = "Serapan";
pub const COMPLETE: &str = "lengkap";
pub const MISSING: &str = "belum diisi";
pub const DIFFERS: &str = "dua angka, isi lagi";
pub const KEEP: &str = "Sub kegiatan lain tidak berubah sampai tanggal itu";
pub const KEEP_HINT: &str = "Angka yang sudah tersimpan dipakai lagi dengan tanggal dan sumber yang baru.";
pub const AGAIN: &str = "Bila sudah benar, tekan Simpan sekali lagi.";
pub const NOTHING_TYPED: &str = "Belum ada angka yang diubah.";
pub const NOTHING: &str = "Tidak ada sub kegiatan yang mempunyai pagu tahun ini";
pub const NOTHING_LEAD: &str = "Pagu diisi bersama rencana di Pengaturan.";
pub const TO_BUDGET: &str = "Buka Anggaran";

/// `Realisasi harus diketahui sampai 30 September 2026. 40 dari 48 sub kegiatan lengkap.`
#[must_use]
pub fn counted(last: &str, complete: usize, of: usize) -> String {
    format!("Realisasi harus diketahui sampai {last}. {complete} dari {of} sub kegiatan lengkap.")
}

/// `s.d. 31 Agustus 2026`.
#[must_use]
pub fn until(day: &str) -> String {
    ["s.d. ", day].concat()
}

/// `Rp12.000.000 s.d. 31 Agustus 2026`.
#[must_use]
pub fn value(actual: crate::decimal::Decimal, day: &str) -> String {
    [&number::format_rupiah(actual), " ", &until(day)].concat()
}

pub const TASK: &str = "Isi realisasi anggaran";

/// `40 sub kegiatan belum sampai 30 September 2026`.
#[must_use]
pub fn task(missing: usize, last: &str) -> String {
    format!("{missing} sub kegiatan belum sampai {last}")
}
