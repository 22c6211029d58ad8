//! Validasi: accept or return single values.

pub const ACCEPT: &str = "Terima";
pub const GIVE_BACK: &str = "Kembalikan";
pub const ACCEPTED: &str = "diterima";
pub const ACCEPTED_OWN: &str = "divalidasi sendiri";
pub const RETURNED: &str = "dikembalikan";
pub const COMMENT: &str = "Apa yang perlu diperbaiki?";
pub const COMMENT_HINT: &str = "Petugas membacanya di samping isian.";
pub const COMMENT_NEEDED: &str = "Tulis dahulu apa yang perlu diperbaiki.";
pub const QUICK: [&str; 3] = ["Bukti belum ada", "Hitung ulang", "Tidak sesuai daftar hadir"];
pub const QUICK_LABEL: &str = "Alasan yang sering dipakai";
pub const READY: &str = "Siap diperiksa";
pub const DIFFERS: &str = "Perlu diputuskan dahulu";
pub const WAITING: &str = "Menunggu petugas";
pub const DONE: &str = "Sudah divalidasi";
pub const NOT_SENT: &str = "Belum dikirim";
pub const NOT_SENT_HINT: &str = "Terlihat di sini sejak disimpan; dapat divalidasi setelah dikirim.";
pub const NOTHING: &str = "Belum ada data yang dikirim untuk diperiksa.";
pub const NOTHING_HINT: &str = "Data muncul di sini setelah petugas menekan Periksa & kirim.";
pub const ALL_DONE: &str = "Semua data yang dikirim sudah divalidasi.";
pub const TRAIL: &str = "Riwayat";
pub const LAST: &str = "Periode lalu";
pub const CHANGED: &str = "Berubah sejak Anda lihat";
pub const CHANGED_HINT: &str = "Keputusan Anda belum dipakai. Periksa angka yang baru, lalu putuskan lagi.";
pub const BEFORE: &str = "yang Anda lihat";
pub const NOW: &str = "sekarang";
pub const NONE: &str = "belum ada";
pub const SEEN: &str = "Mengerti";
pub const SAID_ACCEPTED: &str = "Diterima.";
pub const SAID_RETURNED: &str = "Dikembalikan. Petugas melihat catatan Anda.";
pub const DECIDE: &str = "Putuskan";
pub const THIS_DEVICE: &str = "perangkat ini";
pub const NOT_ARRIVED: &str = "belum terkirim";

/// `Validasi data Seksi Pemerintahan`.
#[must_use]
pub fn title(unit: &str) -> String {
    ["Validasi data ", unit].concat()
}

/// To who only looks: `… Yang memvalidasi adalah Kasi Pemerintahan.`
#[must_use]
pub fn not_yours(judge: &str) -> String {
    ["Anda dapat melihat data ini. Yang memvalidasi adalah ", judge, "."].concat()
}

/// `4 siap diperiksa, 1 angka berbeda, 2 divalidasi`.
#[must_use]
pub fn counts(ready: usize, differs: usize, done: usize) -> String {
    let mut words = format!("{ready} siap diperiksa");
    if differs > 0 {
        words.push_str(&format!(", {differs} angka berbeda"));
    }
    words + &format!(", {done} divalidasi")
}

/// `Terima semua yang siap (4)`.
#[must_use]
pub fn accept_all(count: usize) -> String {
    format!("Terima semua yang siap ({count})")
}

/// `4 data diterima.`
#[must_use]
pub fn accepted_all(count: usize) -> String {
    format!("{count} data diterima.")
}

/// `perangkat lain, kode 3f2a`: enough to tell two devices apart.
#[must_use]
pub fn device(code: &str) -> String {
    ["perangkat lain, kode ", code].concat()
}

/// `sebelumnya: 12 nagari`.
#[must_use]
pub fn before(value: &str) -> String {
    ["sebelumnya: ", value].concat()
}

/// `atas nama Camat`.
#[must_use]
pub fn acted_for(name: &str) -> String {
    ["atas nama ", name].concat()
}
