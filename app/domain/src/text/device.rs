//! What a device answers when it cannot do as asked: saving, signing in and out.

pub const NOT_SAVED_NOBODY: &str =
    "Belum tersimpan: belum ada yang masuk di perangkat ini. Masuk dahulu, isian Anda tetap ada.";
pub const NOT_SAVED_FULL: &str = "Belum tersimpan: penyimpanan perangkat penuh. \
     Isian masih di layar. Kosongkan ruang, lalu simpan lagi.";
pub const NOT_SAVED_STORE: &str = "Belum tersimpan: peramban menolak menyimpan. \
     Isian masih di layar. Tutup tab Takar yang lain, lalu simpan lagi.";

pub const OTHER_OFFICE: &str = "Perangkat ini masih menyimpan isian kantor lain yang belum terkirim. \
     Kirim dahulu isian itu, atau gunakan perangkat lain.";

/// Refuses a sign-out while something of the person is only on this device.
#[must_use]
pub fn sign_out_refused(waiting: usize, files: usize, drafts: usize) -> String {
    let mut left = Vec::new();
    if waiting > 0 {
        left.push(super::sync::waiting(waiting));
    }
    if files > 0 {
        left.push(super::sync::files(files));
    }
    if drafts > 0 {
        left.push(super::sync::drafts(drafts));
    }
    format!(
        "Belum bisa keluar: {}. Data itu hanya ada di perangkat ini. Sambungkan dan kirim dahulu, atau ekspor ke berkas di Belum terkirim.",
        left.join(" dan ")
    )
}
