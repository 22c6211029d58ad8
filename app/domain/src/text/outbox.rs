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
pub const WHO: &str = "Oleh";
pub const SINCE: &str = "Sejak";
pub const MORE_PARTS: &str = "data lain";
pub const ADOPT: &str = "Pakai atas nama saya";
pub const ADOPTED: &str = "Dipakai atas nama Anda.";
pub const MINE: &str = "Anda";
pub const DROP_DRAFT: &str = "Hapus draf";

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
pub const fn action(action: crate::workflow::Action) -> &'static str {
    use crate::workflow::Action;
    match action {
        Action::Edit => "Isian",
        Action::Send => "Pengiriman form",
        Action::Accept => "Penerimaan",
        Action::Return => "Pengembalian",
        Action::Adopt => "Pengambilalihan",
        Action::Discard => "Penyisihan",
    }
}
