//! *Tahapan pengukuran* in Pengaturan: dates, giving up, berkas acuan.

pub const PERIOD: &str = "Periode";
pub const DUE_HINT: &str = "Misalnya 12 Oktober 2026. Kosong: dihitung mundur dari batas kirim ke kabupaten.";
pub const DATES: &str = "Ubah tanggal";
pub const DIFFERS: &str = "Diubah dua orang sekaligus: pilih yang berlaku";
pub const COUNTED_BACK: &str = "Dihitung mundur dari batas kirim ke kabupaten, hari kerja saja:";
pub const ABANDON: &str = "Batalkan tahapan";
pub const ABANDON_LEAD: &str = "Angka dan riwayat yang sudah ada tetap tersimpan. Untuk mengulang, buka tahapan baru dengan periode yang sama.";
pub const ABANDON_REASON: &str = "Mengapa dibatalkan?";
pub const ABANDONED: &str = "dibatalkan";
pub const BASES: &str = "Berkas acuan";
pub const BASES_LEAD: &str = "Peralatan menurut SOP: lampirkan berkasnya, atau tulis mengapa belum ada. Tahap tidak tertahan karenanya.";
pub const BASIS_MISSING: &str = "belum ada";
pub const BASIS_REASON: &str = "Alasan belum ada";

/// `2 dari 4 berkas acuan belum ada`.
#[must_use]
pub fn missing(missing: usize, of: usize) -> String {
    format!("{missing} dari {of} berkas acuan belum ada")
}

/// `Penyampaian ke Sekretaris/Perencana 12 Okt`.
#[must_use]
pub fn step_due(title: &str, day: &str) -> String {
    [title, " ", day].concat()
}
