//! Rekap capaian and the printed Form Pengukuran Kinerja.

pub const QUARTER: &str = "Triwulan";
pub const YEAR: &str = "Setahun";
pub const BY: &str = "Kelompokkan";
pub const BY_OBJECTIVE: &str = "Sasaran";
pub const BY_PROGRAM: &str = "Program";
pub const PERIOD: &str = "Periode";
pub const PRINT: &str = "Cetak Form Pengukuran Kinerja";
pub const CSV: &str = "Simpan sebagai CSV";
pub const NOTHING: &str = "Belum ada rencana kinerja.";
pub const NOTHING_HINT: &str = "Rencana dimasukkan dari berkas CSV oleh pengelola kantor.";
pub const OVERVIEW: &str = "Per sasaran dan program";
pub const MEAN: &str = "Rata-rata capaian";
pub const MEAN_HINT: &str = "rata-rata dari capaian yang dibatasi, tanpa yang belum terisi";
pub const TENTATIVE: &str = "sementara";
pub const EXPLAIN: &str = "Cara hitung";
pub const FORMULA: &str = "Rumus";
pub const INPUTS: &str = "Angka";
pub const RAW: &str = "Hasil rumus";
pub const BOUNDED: &str = "Capaian dipakai";
pub const ROUNDING: &str = "Pembulatan";
pub const POLICY: &str = "Kebijakan pengukuran";
pub const SOURCE: &str = "Sumber angka";
pub const FROM_TYPED: &str = "diisi";
pub const NO_CAP: &str = "tanpa batas atas";
pub const QUARTER_TARGET: &str = "Target triwulan";
pub const YEAR_TARGET: &str = "Target setahun";
pub const QUARTER_ACTUAL: &str = "Realisasi triwulan";
pub const YEAR_ACTUAL: &str = "Realisasi s.d. triwulan ini";
pub const FILTER_UNIT: &str = "Unit kerja";
pub const ALL_UNITS: &str = "Semua unit";
pub const PAPER: &str = "Kertas";
pub const PAPER_A4: &str = "A4 mendatar";
pub const PAPER_F4: &str = "F4 mendatar (330 × 215 mm)";
pub const PRINT_NOW: &str = "Cetak";
pub const PAPER_HINT: &str = "Pilih kertas yang sama pada jendela cetak peramban. Banyak peramban belum mengenal F4: \
     pilih ukuran khusus 330 × 215 mm.";
pub const BACK: &str = "Kembali ke Rekap capaian";
pub const SIGN_PLACE: &str = "Mengetahui,";
pub const COUNTED_ONCE: &str = "diisi sekali pada indikator yang sama";

/// `sementara, 56 dari 61 data`.
#[must_use]
pub fn tentative(filled: usize, total: usize) -> String {
    format!("{TENTATIVE}, {filled} dari {total} data")
}

/// `lengkap, 61 data`.
#[must_use]
pub fn complete(total: usize) -> String {
    format!("lengkap, {total} data")
}

/// `2 dari 3 indikator`.
#[must_use]
pub fn counted(counted: usize, of: usize) -> String {
    format!("{counted} dari {of} indikator")
}

/// `termasuk di bawahnya 96,20% · 20 dari 23 indikator`.
#[must_use]
pub fn with_below(mean: &str, done: usize, of: usize) -> String {
    ["termasuk di bawahnya ", mean, " · ", &counted(done, of)].concat()
}

/// `dibatasi 120%`.
#[must_use]
pub fn capped(cap: &str) -> String {
    ["dibatasi ", cap].concat()
}

/// `2 angka di belakang koma, setengah dibulatkan menjauhi nol`.
#[must_use]
pub fn rounding(places: u32) -> String {
    format!("{places} angka di belakang koma, setengah dibulatkan menjauhi nol; hitungan memakai angka utuh")
}

/// `paling tinggi 120%, paling rendah 0%`.
#[must_use]
pub fn bounds(cap: &str) -> String {
    ["paling tinggi ", cap, ", paling rendah 0%"].concat()
}

// The explanation of one capaian.
pub const CALCULATION: &str = "Perhitungan";
pub const LIMITS: &str = "Batas";
pub const REMARK: &str = "Keterangan";

// The printed form.
pub const FORM_TITLE: &str = "FORM PENGUKURAN KINERJA";
pub const NUMBER: &str = "No.";
pub const OBJECTIVE: &str = "Sasaran / Program / Kegiatan";
pub const TARGET_SHORT: &str = "T";
pub const ACTUAL_SHORT: &str = "R";
pub const ACHIEVEMENT_SHORT: &str = "C (%)";
pub const YEAR_ACHIEVEMENT: &str = "Total capaian (%)";
pub const BUDGET: &str = "Anggaran";
pub const PAGU: &str = "Pagu (Rp)";
pub const BUDGET_ACTUAL: &str = "Realisasi (Rp)";
pub const BUDGET_SHARE: &str = "%";
pub const RESPONSIBLE: &str = "Penanggung jawab";
pub const EVIDENCE: &str = "Bukti dukung";
pub const SHORT_HEADS: &str = "T = target, R = realisasi, C = capaian.";
pub const MEAN_NOTE: &str =
    "Rata-rata capaian memakai capaian yang dibatasi; yang bertanda – tidak dihitung.";

/// `Kebijakan pengukuran: 2026-1.`
#[must_use]
pub fn policy(version: &str) -> String {
    [POLICY, ": ", version, "."].concat()
}

/// `paling tinggi 120%, paling rendah 0%`.
#[must_use]
pub fn cap(cap: rust_decimal::Decimal) -> String {
    bounds(&(crate::number::format(cap) + "%"))
}

/// `2 berkas`.
#[must_use]
pub fn files(count: usize) -> String {
    format!("{count} berkas")
}

/// `Rata-rata capaian Sasaran`.
#[must_use]
pub fn mean_of(level: &str) -> String {
    [MEAN, " ", level].concat()
}
