//! What the app says about the device it runs on: storage, security, sign-out.

/// Title when the app cannot keep anything.
pub const BLOCKED: &str = "Takar tidak dapat menyimpan di perangkat ini";
pub const BLOCKED_STORAGE: &str = "Peramban melarang penyimpanan, misalnya karena jendela samaran atau \
     pengaturan yang memblokir data situs. Apa yang Anda isi akan hilang, karena itu Takar berhenti. \
     Buka Takar di jendela biasa atau izinkan data situs, lalu muat ulang.";
pub const BLOCKED_OUTDATED: &str = "Takar versi baru sudah dibuka di jendela lain. \
     Data Anda aman. Muat ulang jendela ini untuk melanjutkan.";

pub const NOT_SECURE: &str = "Alamat ini tidak aman (bukan https). Anda tetap bisa mengisi data, tetapi Takar \
     tidak dapat dibuka tanpa sambungan setelah ditutup, dan peramban boleh menghapus data yang belum terkirim. \
     Minta petugas kantor memasang alamat https.";
pub const STORE_FAILED: &str = "Perangkat tidak dapat menyimpan, mungkin ruangnya penuh. Isian terakhir masih \
     di layar dan belum tersimpan. Kosongkan ruang, lalu simpan lagi.";

pub const NOT_SAVED_NOBODY: &str =
    "Belum tersimpan: belum ada yang masuk di perangkat ini. Masuk dahulu, isian Anda tetap ada.";
pub const NOT_SAVED_STORE: &str = "Belum tersimpan: penyimpanan perangkat penuh atau ditolak peramban. \
     Isian masih di layar. Kosongkan ruang, lalu simpan lagi.";

pub const OTHER_OFFICE: &str = "Perangkat ini masih menyimpan isian kantor lain yang belum terkirim. \
     Kirim dahulu isian itu, atau gunakan perangkat lain.";

/// Refuses a sign-out while something of the person is only on this device.
#[must_use]
pub fn sign_out_refused(waiting: usize, drafts: usize) -> String {
    let mut left = Vec::new();
    if waiting > 0 {
        left.push(super::sync::waiting(waiting));
    }
    if drafts > 0 {
        left.push(super::sync::drafts(drafts));
    }
    format!(
        "Belum bisa keluar: {}. Data itu hanya ada di perangkat ini. Sambungkan dan kirim dahulu.",
        left.join(" dan ")
    )
}

/// Unsent for days: the browser may delete what is not sent.
#[must_use]
pub fn unsent_for(days: u64) -> String {
    format!("Ada isian yang belum terkirim sejak {days} hari lalu. Segera sambungkan perangkat ini.")
}
