//! The form as a workbook: what it says, and what is said when it comes back.

use crate::issue::Issue;

pub const SHEET: &str = "Isi data";
pub const HEADS: [&str; 5] = ["Indikator", "Rincian", "Satuan", "Target", "Isi di kolom ini"];
pub const HINT: &str =
    "Isi hanya kolom E. Rincian nagari diisi sudah atau belum. Jangan mengubah susunan lembar ini.";
pub const PREDICATE: &str = "Predikat";

pub const TITLE: &str = "Form sebagai Excel";
pub const LEAD: &str =
    "Untuk unit yang mengisi tanpa Takar. Berkas yang kembali dilihat dahulu sebelum disimpan.";
pub const DOWNLOAD: &str = "Unduh Excel";
pub const BRING: &str = "Bawa Excel yang sudah diisi";
pub const READING: &str = "Berkas sedang dibaca di kantor.";
pub const PREVIEW: &str = "Yang akan disimpan";
pub const SAVE: &str = "Simpan isian ini";
pub const SAVED: &str = "Tersimpan sebagai isian dari kertas.";
pub const NOTHING: &str = "Tidak ada isian yang berubah dalam berkas ini.";
pub const FAULTS: &str = "Tidak dapat dipakai";
pub const FAULTS_NOTE: &str =
    "Sel ini dilewati. Perbaiki di Excel, lalu bawa berkasnya lagi, atau isi di layar Isi data.";
pub const OFFLINE: &str = "Excel dibuat dan dibaca oleh kantor. Sambungkan dahulu, lalu coba lagi.";

/// How a nagari's tick is written.
#[must_use]
pub const fn tick(done: bool) -> &'static str {
    if done { "sudah" } else { "belum" }
}

/// `Isi data Seksi A, Triwulan III 2026`.
#[must_use]
pub fn title(unit: &str, period: &str) -> String {
    ["Isi data ", unit, ", ", period].concat()
}

/// `form-seksi-a.xlsx`.
#[must_use]
pub fn file_name(unit: &str) -> String {
    let name: String =
        unit.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    ["form-", &name, ".xlsx"].concat()
}

/// The sentence for what is wrong with a workbook or one of its cells.
#[must_use]
pub fn issue(code: &str) -> String {
    super::issue(&Issue::hard(code, ""))
}

/// Those sentences, as in [`super::issue`].
#[inline(never)]
pub(super) const fn issues() -> &'static str {
    "\
sheet.damaged=Berkas ini bukan Excel yang utuh. Simpan ulang sebagai .xlsx, lalu bawa lagi.
sheet.other=Berkas ini bukan form dari Takar. Unduh form unit ini, lalu isi di dalamnya.
sheet.large=Isi berkas ini terlalu besar untuk form satu unit.
sheet.office=Form ini milik kantor lain.
sheet.cycle=Form ini untuk tahapan pengukuran yang lain. Unduh form tahapan ini, lalu salin isinya.
sheet.unit=Form ini milik unit lain. Buka Isi data unit itu, lalu bawa berkasnya di sana.
sheet.version=Form sudah berubah sejak berkas ini diunduh. Unduh versi sekarang, lalu salin isinya.
sheet.formula=Sel berisi rumus. Salin sebagai nilai.
sheet.date=Sel berisi tanggal. Isi dengan angka atau tulisan.
sheet.tick=Isi dengan sudah atau belum.
sheet.kind=Sel berisi jenis isian yang tidak dikenal.
sheet.place=Baris ini tidak ada dalam form sekarang.
sheet.differs=Ada dua angka berbeda di sini. Putuskan dahulu di Angka berbeda."
}
