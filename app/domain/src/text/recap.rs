//! Rekap capaian and the printed Form Pengukuran Kinerja.

use crate::view::recap::Standing;

pub const YEAR: &str = "Setahun";
pub const PERIOD: &str = "Periode";
pub const PRINT: &str = "Cetak Form Pengukuran Kinerja";
pub const CSV: &str = "Simpan sebagai CSV";
pub const NOTHING: &str = "Belum ada rencana kinerja.";
pub const NOTHING_HINT: &str = "Rencana dimasukkan dari berkas CSV oleh pengelola kantor.";
pub const OVERVIEW: &str = "Per sasaran dan program";
pub const MEAN: &str = "Rata-rata capaian";
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
pub const YEAR_TARGET: &str = "Target setahun";
pub const YEAR_ACTUAL: &str = "Realisasi s.d. periode ini";
pub const FILTER_UNIT: &str = "Unit kerja";
pub const ALL_UNITS: &str = "Semua unit";
pub const PAPER: &str = "Kertas";
pub const PAPER_A4: &str = "A4 mendatar";
pub const PAPER_F4: &str = "F4 mendatar (330 × 215 mm)";
pub const PRINT_NOW: &str = "Cetak";
pub const PAPER_HINT: &str = "Pilih kertas yang sama pada jendela cetak peramban. Banyak peramban belum mengenal F4: \
     pilih ukuran khusus 330 × 215 mm.";
pub const WIDE_HINT: &str = "Geser tabel ke samping untuk melihat semua kolom. Di kertas semuanya tercetak.";
pub const BACK: &str = "Kembali ke Rekap capaian";
pub const COUNTED_ONCE: &str = "diisi sekali pada indikator yang sama";

/// `61 data kinerja lengkap`, `sementara, 61 dari 61 data · 1 dikembalikan`; what is signed is
/// not tentative.
#[must_use]
pub fn standing(of: &Standing, signed: bool) -> String {
    let Standing { filled, expected, returned, differing } = *of;
    if filled == expected && returned + differing == 0 {
        return format!("{expected} data kinerja lengkap");
    }
    let so_far = if signed { "ditandatangani" } else { TENTATIVE };
    let mut words = format!("{so_far}, {filled} dari {expected} data");
    for (count, said) in
        [(returned, super::home::returned(returned)), (differing, super::home::differing(differing))]
    {
        if count > 0 {
            words.extend([" · ", &said]);
        }
    }
    words
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
