//! The sync pill and what a device says about its connection.

pub const OFFLINE: &str = "Tanpa sambungan";
pub const ALL_SENT: &str = "Semua sudah terkirim";
/// The device's own store is still being read.
pub const OPENING: &str = "Membuka data di perangkat ini";
/// Connected, and the newest data is on its way.
pub const FETCHING: &str = "Mengambil data dari kantor";
pub const NOBODY: &str = "Belum ada yang masuk";
pub const STORE_TROUBLE: &str = "Perlu perhatian: perangkat tidak dapat menyimpan";
pub const OTHER_OFFICE: &str = "Perlu perhatian: perangkat ini berisi data kantor lain";
pub const REFUSED: &str = "Perlu perhatian: kantor menolak kiriman, akan dicoba lagi";
pub const OFFICE_FULL: &str = "Penyimpanan kantor penuh, akan dicoba lagi";
/// What is saved is still sent and judged; nothing new comes to the device.
pub const BARRED: &str = "Jabatan Anda di kantor ini sudah berakhir";
pub const SIGN_IN_NEEDED: &str = "Perlu masuk lagi untuk mengirim";

/// `Tanpa sambungan · 3 belum terkirim`.
#[must_use]
pub fn offline(waiting: usize) -> String {
    if waiting == 0 { OFFLINE.into() } else { format!("{OFFLINE} · {waiting} belum terkirim") }
}

/// `Mengirim 2 dari 3`.
#[must_use]
pub fn sending(done: usize, total: usize) -> String {
    format!("Mengirim {done} dari {total}")
}

/// `Mengirim berkas 40%`; bytes.
#[must_use]
pub fn sending_files(done: u64, total: u64) -> String {
    format!("Mengirim berkas {}%", done.saturating_mul(100) / total.max(1))
}

/// `2 berkas belum terkirim`.
#[must_use]
pub fn files(count: usize) -> String {
    format!("{count} berkas belum terkirim")
}

/// `Semua sudah terkirim · 09.31 WIB`.
#[must_use]
pub fn all_sent(clock: &str) -> String {
    format!("{ALL_SENT} · {clock}")
}

/// `3 belum terkirim`.
#[must_use]
pub fn waiting(count: usize) -> String {
    format!("{count} belum terkirim")
}

/// `1 draf belum disimpan`.
#[must_use]
pub fn drafts(count: usize) -> String {
    format!("{count} draf belum disimpan")
}

/// `Perlu perhatian: 1 ditolak`.
#[must_use]
pub fn attention(rejected: usize) -> String {
    format!("Perlu perhatian: {rejected} ditolak")
}

/// What a device says whose database the browser wiped.
#[must_use]
pub fn wiped(lost: u64) -> String {
    if lost == 0 {
        return "Data di perangkat ini terhapus oleh peramban. Menurut catatan kantor, semua isian sudah sampai."
            .into();
    }
    format!("Data di perangkat ini terhapus oleh peramban, {lost} isian belum sampai di kantor.")
}
