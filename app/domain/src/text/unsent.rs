//! Devices that still hold unsent work, before figures are locked.

pub const ASKING: &str = "Menanyakan perangkat yang belum mengirim …";
pub const NONE: &str = "Tidak ada perangkat yang melapor masih menyimpan data.";
pub const HOLD: &str = "Perangkat ini masih menyimpan data yang belum terkirim. Yang datang kemudian menjadi \
     data susulan. Tunggu, atau tulis alasan tetap melanjutkan.";
pub const UNKNOWN: &str = "Tanpa sambungan tidak dapat diketahui perangkat mana yang masih menyimpan data.";

/// `Perangkat ini: 2 belum terkirim.`
#[must_use]
pub fn own(count: usize) -> String {
    format!("Perangkat ini: {count} belum terkirim.")
}

/// `Perangkat berkode a1b2 (Staf lapangan): 3 belum terkirim, laporan 6 Oktober 2026 pukul 16.02`.
#[must_use]
pub fn device(code: &str, people: &str, count: u64, reported: Option<&str>) -> String {
    let people = if people.is_empty() { String::new() } else { format!(" ({people})") };
    let reported = reported.map(|when| format!(", laporan {when}")).unwrap_or_default();
    format!("Perangkat berkode {code}{people}: {count} belum terkirim{reported}")
}
