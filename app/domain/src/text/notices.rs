//! *Pemberitahuan*: what others did.

pub const TITLE: &str = "Pemberitahuan";
pub const LEAD: &str =
    "Yang dilakukan orang lain dan berkaitan dengan Anda. Tanda dibaca hanya di perangkat ini.";
pub const NONE: &str = "Belum ada pemberitahuan";
pub const NONE_LEAD: &str = "Pengembalian, tahap yang selesai, dan perubahan tahapan muncul di sini.";
pub const NEW: &str = "baru";
pub const READ_ALL: &str = "Tandai semua sudah dibaca";
pub const SHARE: &str = "Bagikan sebagai teks";
pub const OPENED: &str = "dibuka";
pub const CHANGED: &str = "tanggalnya diubah";
pub const CLOSED: &str = "ditutup";
pub const ABANDONED: &str = "dibatalkan";
pub const FINISHED: &str = "selesai";
pub const REOPENED: &str = "dibuka kembali";

/// `Tahapan Triwulan III 2026 dibuka`.
#[must_use]
pub fn round(period: &str, what: &str) -> String {
    ["Tahapan ", period, " ", what].concat()
}

/// `Penyampaian form selesai`.
#[must_use]
pub fn step(title: &str, what: &str) -> String {
    [title, " ", what].concat()
}

/// `Dikembalikan: Nagari tertib administrasi`.
#[must_use]
pub fn returned(name: &str) -> String {
    ["Dikembalikan: ", name].concat()
}

/// `Angka berbeda: Nagari tertib administrasi`.
#[must_use]
pub fn differs(name: &str) -> String {
    ["Angka berbeda: ", name].concat()
}

/// `Seksi Pemerintahan mengirim data`.
#[must_use]
pub fn sent(unit: &str) -> String {
    [unit, " mengirim data"].concat()
}

/// `2 pemberitahuan baru`.
#[must_use]
pub fn fresh(count: usize) -> String {
    format!("{count} pemberitahuan baru")
}
