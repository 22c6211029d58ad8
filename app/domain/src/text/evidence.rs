//! Bukti dukung: adding files to a value, their list, and their way to the office.

pub const HEAD: &str = "Bukti dukung";
pub const CAMERA: &str = "Ambil foto";
pub const PICK: &str = "Pilih foto atau berkas";
pub const PREPARING: &str = "Menyiapkan berkas…";
pub const REMOVE: &str = "Hapus";
pub const ACTIVITY_DATE: &str = "Tanggal kegiatan";
pub const ACTIVITY_DATE_HINT: &str = "Foto ini tidak menyebut kapan diambil.";
pub const POSITION: &str = "Sertakan lokasi perangkat ini";
pub const POSITION_HINT: &str = "Hanya jika Anda setuju. Lokasi ikut tersimpan di kantor.";
pub const NO_POSITION: &str = "Lokasi tidak dapat dibaca. Periksa izin lokasi di peramban.";
pub const WITH_POSITION: &str = "dengan lokasi";
pub const TAKEN: &str = "diambil";
pub const SMALL: &str = "Gambar kecil dari foto";
pub const NOT_HERE: &str = "Belum dapat dibuka: belum sampai di kantor, atau tanpa sambungan.";
pub const DRAFT: &str = "draf";
pub const WAITING: &str = "belum terkirim";

pub const PAUSE: &str = "Jeda pengiriman berkas";
pub const ONLY_WIFI: &str = "Lewat Wi-Fi saja";
pub const NUMBERS_FIRST: &str = "Angka selalu dikirim lebih dahulu, juga saat berkas menunggu.";
pub const PAUSED: &str = "Berkas dijeda.";
pub const WAITS_FOR_WIFI: &str = "Menunggu Wi-Fi.";
pub const UNTOLD: &str = "Peramban ini tidak memberi tahu jenis sambungan, jadi berkas tetap dikirim lewat sambungan apa pun. Pakai jeda.";
pub const GONE: &str = "Isi berkas ini sudah tidak ada di perangkat. Lampirkan lagi pada isiannya.";
pub const REFUSED: &str = "Kantor belum menerima berkas ini. Berkas tetap ada di perangkat ini. Coba lagi.";

/// What may be picked, and how large it may be; bytes.
#[must_use]
pub fn limit(most: u64) -> String {
    format!("Foto, PDF, atau tabel (XLSX, ODS, CSV), paling besar {}.", size(most))
}

/// `1,2 MB`, `340 KB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    match (tenths / 10, tenths % 10) {
        (0, _) => format!("{} KB", (bytes >> 10).max(1)),
        (whole, 0) => format!("{whole} MB"),
        (whole, tenth) => format!("{whole},{tenth} MB"),
    }
}

/// `mengirim 40%`.
#[must_use]
pub fn sending(done: u64, size: u64) -> String {
    format!("mengirim {}%", done.saturating_mul(100) / size.max(1))
}

/// `foto.jpg dihapus.`
#[must_use]
pub fn removed(name: &str) -> String {
    [name, " dihapus."].concat()
}

/// `2 bukti`.
#[must_use]
pub fn count(files: usize) -> String {
    format!("{files} bukti")
}

/// `3 berkas, 1,2 MB dari 3 MB terkirim`.
#[must_use]
pub fn transfer(files: usize, done: u64, total: u64) -> String {
    format!("{files} berkas, {} dari {} terkirim", size(done), size(total))
}

/// Why the office did not take a file, by its problem code.
#[must_use]
pub fn refused(code: &str) -> String {
    match code {
        "file.gone" => GONE.into(),
        _ if code.starts_with("file.") && code != "file.too_large" => {
            super::issue(&crate::issue::Issue::hard(code, ""))
        }
        _ => REFUSED.into(),
    }
}
