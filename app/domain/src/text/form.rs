//! The printed Form Pengukuran Kinerja, on screen and paper.

use crate::budget::Efficiency;

pub const TITLE: &str = "FORM PENGUKURAN KINERJA";
pub const NUMBER: &str = "No.";
pub const NODE: &str = "Sasaran / program / kegiatan";
pub const YEAR_TARGET: &str = "Target tahunan";
pub const TARGET: &str = "T";
pub const ACTUAL: &str = "R";
pub const ACHIEVEMENT: &str = "C (%)";
pub const YEAR_ACHIEVEMENT: &str = "Total capaian (%)";
pub const BUDGET: &str = "Anggaran";
pub const PAGU: &str = "Pagu (Rp)";
pub const BUDGET_ACTUAL: &str = "Realisasi (Rp)";
pub const BUDGET_SHARE: &str = "%";
pub const RESPONSIBLE: &str = "Penanggung jawab";
pub const EVIDENCE: &str = "Bukti dukung";

pub const SHORT_HEADS: &str = "T = target, R = realisasi, C = capaian.";
/// Says which value an average uses and what it leaves out.
pub const MEAN_NOTE: &str = "Rata-rata memakai capaian yang sudah dibatasi. Yang belum diisi, tidak diukur, \
     belum terbit, atau tanpa target tidak ikut dihitung.";

/// Label of an explanation: the formula with its numbers.
pub const CALCULATION: &str = "Perhitungan";
/// Label of an explanation: the policy's floor and cap.
pub const LIMITS: &str = "Batas";
/// Label of an explanation: why there is no value, or which rule set it.
pub const REMARK: &str = "Keterangan";

/// `Rata-rata capaian sasaran`.
#[must_use]
pub fn mean_of(level: &str) -> String {
    format!("Rata-rata capaian {}", level.to_ascii_lowercase())
}

/// `2 berkas`.
#[must_use]
pub fn files(count: usize) -> String {
    format!("{count} berkas")
}

/// `Kebijakan pengukuran 2026-1, capaian dibatasi 0% sampai 120%.`
#[must_use]
pub fn policy(version: &str, cap: Option<&str>) -> String {
    cap.map_or_else(
        || format!("Kebijakan pengukuran {version}, capaian tanpa batas atas."),
        |cap| format!("Kebijakan pengukuran {version}, capaian dibatasi 0% sampai {cap}."),
    )
}

/// `efisien`, `cukup efisien (sementara)`.
#[must_use]
pub fn efficiency(found: Efficiency, tentative: bool) -> String {
    let words = match found {
        Efficiency::Efficient => "efisien",
        Efficiency::Fair => "cukup efisien",
        Efficiency::Inefficient => "tidak efisien",
    };
    if tentative { [words, " (sementara)"].concat() } else { words.to_owned() }
}

/// How the word beside serapan comes about.
#[must_use]
pub fn efficiency_note(margin: &str) -> String {
    format!(
        "Realisasi anggaran kumulatif sejak Januari. Efisien: capaian setahun melebihi serapan lebih dari {margin} poin; \
         cukup efisien: selisih paling banyak {margin} poin. Sementara sampai akhir tahun."
    )
}

/// `Triwulan II 2026: semula 14, menjadi 12.`
#[must_use]
pub fn restated(period: &str, before: Option<&str>, after: &str) -> String {
    let before = before.unwrap_or("tanpa angka");
    let period = if period.is_empty() { String::new() } else { [period, ": "].concat() };
    format!("{period}semula {before}, menjadi {after}.")
}
