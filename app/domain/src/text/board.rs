//! *Penghimpunan data*: the board, the reminder, the checklist of a unit.

pub const TITLE: &str = "Papan penghimpunan";
pub const LEAD: &str = "Keadaan tiap data menurut unit. Yang belum lengkap tidak menahan tahap ini.";
pub const DATE: &str = "Tanggal";
pub const WHY: &str = "Keterangan";
pub const SILENT: &str = "nagari belum menyampaikan";
pub const REMIND: &str = "Bagikan pengingat";
pub const REMINDER: &str = "Pengingat";
pub const SHARE: &str = "Bagikan";
pub const COPY: &str = "Salin";
pub const COPIED: &str = "Disalin. Tempel di WhatsApp atau surel.";
pub const NOT_COPIED: &str = "Peramban tidak mengizinkan penyalinan. Pilih teksnya, lalu salin sendiri.";
pub const TEXT: &str = "Teks";
pub const ALL_THERE: &str = "Semua data yang perlu diisi sudah ada.";
pub const STILL_MISSING: &str = "Belum diisi. Tahap ini tetap dapat diselesaikan:";

pub const CHECKLIST: &str = "Daftar periksa";
pub const ALL_FILLED: &str = "Semua yang perlu diisi sudah terisi";
pub const ALL_SENT: &str = "Semua yang terisi sudah dikirim petugas";
pub const NONE_DIFFERS: &str = "Tidak ada angka berbeda";
pub const ALL_NAGARI: &str = "Semua nagari sudah menyampaikan";
pub const ALL_PROVED: &str = "Setiap data terisi mempunyai bukti dukung";
pub const ALL_VALIDATED: &str = "Semua data terisi sudah divalidasi";

/// `2 dari 5 belum`; nothing once it is so.
#[must_use]
pub fn open(count: usize, of: usize) -> String {
    format!("{count} dari {of} belum")
}

/// First lines of a reminder.
#[must_use]
pub fn remind(period: &str, due: Option<&str>) -> String {
    let due = due.map(|day| ["\nBatas isi data: ", day, "."].concat()).unwrap_or_default();
    ["Pengingat data kinerja ", period, &due].concat()
}

/// `Seksi Pemerintahan: 2 dari 5 data belum diisi`; the unit alone if only nagari are silent.
#[must_use]
pub fn owes(unit: &str, missing: usize, of: usize) -> String {
    if missing == 0 {
        return unit.to_owned();
    }
    format!("{unit}: {missing} dari {of} data belum diisi")
}

/// Last line of a reminder.
#[must_use]
pub fn closing(office: &str) -> String {
    ["Mohon dilengkapi. Terima kasih.\n", office].concat()
}

/// `4 dari 5 terisi · terlambat 2 hari kerja`.
#[must_use]
pub fn standing(filled: usize, of: usize, late: &str) -> String {
    let words = super::entry::filled(filled, of);
    if late.is_empty() { words } else { [&words, " · ", late].concat() }
}
