//! Belum terkirim: what stands on this device only.

pub const LEAD: &str = "Tersimpan di perangkat ini. Terkirim sendiri saat tersambung.";
pub const EMPTY: &str = "Semua sudah terkirim.";
pub const EMPTY_HINT: &str = "Tidak ada isian, draf, atau tanggapan yang menunggu di perangkat ini.";
pub const NEEDS_YOU: &str = "Perlu tindakan";
pub const WAITING: &str = "Menunggu terkirim";
pub const DRAFTS: &str = "Draf belum disimpan";
pub const DRAFTS_HINT: &str =
    "Sudah diketik dan aman di perangkat ini, tetapi belum menjadi isian. Buka, lalu simpan.";
pub const RETRY: &str = "Kirim sekarang";
pub const RETRIED: &str = "Mencoba mengirim sekarang.";
pub const OPEN: &str = "Buka isian";
pub const DISCARD: &str = "Sisihkan";
pub const DISCARD_HINT: &str = "Isian tetap ada di catatan kantor, tetapi tidak dipakai.";
pub const DISCARD_REASON: &str = "Alasan disisihkan";
pub const DISCARD_NEEDED: &str = "Tulis dahulu alasannya.";
pub const DISCARDED: &str = "Disisihkan.";
pub const STATE_WAITING: &str = "belum terkirim";
pub const STATE_SENDING: &str = "sedang dikirim";
pub const STATE_REFUSED: &str = "tidak diterima";
pub const MEND: &str = "Perbaiki";
pub const AGAIN: &str = "Coba lagi";
pub const AGAIN_SAID: &str = "Dikirim ulang.";
/// Reasons that the list of what was laid aside gives.
pub const MENDED: &str = "diperbaiki";
pub const SENT_AGAIN: &str = "dikirim ulang";
pub const ASIDE: &str = "Disisihkan di perangkat ini";
pub const ASIDE_BY: &str = "Disisihkan";
pub const NEWER: &str =
    "Dibuat oleh Takar yang lebih baru. Terkirim seperti biasa; perbarui Takar untuk membacanya.";
pub const STORAGE: &str = "Penyimpanan perangkat ini";
pub const PERSISTS: &str = "Peramban menjaga isian ini dan tidak menghapusnya sendiri.";
pub const NOT_KEPT: &str = "Peramban dapat menghapus isian ini bila ruang sempit atau mode penyamaran ditutup. \
    Kirim secepatnya, atau ekspor ke berkas.";
pub const DIFFERS: &str = "Isian Anda berbeda dari isian orang lain dan menunggu keputusan.";
pub const WHO: &str = "Oleh";
pub const SINCE: &str = "Sejak";
pub const MORE_PARTS: &str = "data lain";
pub const ADOPT: &str = "Pakai atas nama saya";
pub const ADOPTED: &str = "Dipakai atas nama Anda.";
pub const MINE: &str = "Anda";
pub const DROP_DRAFT: &str = "Hapus draf";

/// `semula 98,5%, menjadi 97%`.
#[must_use]
pub fn became(before: &str, now: &str) -> String {
    ["semula ", before, ", menjadi ", now].concat()
}

/// Why the office refuses to look at it, by its problem code.
#[must_use]
#[inline(never)]
pub fn refusal(code: &str) -> &'static str {
    match code {
        "operation.too_large" => {
            "Terlalu besar untuk dikirim sekaligus. Perbaiki menjadi beberapa isian, atau ekspor ke berkas."
        }
        "permission.denied" => "Anda tidak berhak mengirim isian ini. Hubungi admin kantor.",
        _ => {
            "Kantor tidak dapat membaca kiriman ini. Isian aman di perangkat ini. Coba lagi, perbaiki, atau ekspor ke berkas."
        }
    }
}

/// `12 MB dari 2.048 MB terpakai.`
#[must_use]
pub fn used(mb: u64, of: u64) -> String {
    let told = |n| crate::number::format(crate::decimal::Decimal::from(n));
    [&told(mb), " MB dari ", &told(of), " MB terpakai."].concat()
}

/// `dan 27 data lain`.
#[must_use]
pub fn and_more(count: usize) -> String {
    format!("dan {count} {MORE_PARTS}")
}

/// `2 data lain dalam kiriman ini sudah diterima.`
#[must_use]
pub fn taken(count: usize) -> String {
    format!("{count} data lain dalam kiriman ini sudah diterima.")
}

/// What a part does, beside the record it does it to.
#[must_use]
#[inline(never)]
pub const fn action(action: crate::workflow::Action) -> &'static str {
    use crate::workflow::Action;
    match action {
        Action::Edit => "Isian",
        Action::Send => "Pengiriman form",
        Action::Accept => "Penerimaan",
        Action::Return => "Pengembalian",
        Action::Adopt => "Pengambilalihan",
        Action::Discard => "Penyisihan",
        Action::Start => "Mulai tahap",
        Action::Finish => "Selesai tahap",
        Action::Reopen => "Buka kembali tahap",
    }
}
