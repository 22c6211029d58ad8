//! Periksa & kirim: answers and gaps of one unit.

pub const GAPS: &str = "Belum diisi";
pub const CHECK: &str = "Perlu diperiksa";
pub const DIFFERS: &str = "Angka berbeda";
pub const RETURNED: &str = "Dikembalikan, belum diperbaiki";
pub const ANSWERS: &str = "Terisi";
pub const NOT_NEEDED: &str = "Tidak perlu diisi periode ini";
pub const DRAFT: &str = "Ketikan belum disimpan";
pub const FILL: &str = "Isi";
pub const CHANGE: &str = "Ubah";
pub const LOOK: &str = "Lihat";
pub const COMMENT: &str = "Catatan kepala unit";
pub const SEND: &str = "Kirim";
pub const SEND_AGAIN: &str = "Kirim lagi";
pub const SEND_AND_VALIDATE: &str = "Kirim dan validasi";
pub const SEND_ONLY: &str = "Kirim saja";
pub const SELF_NOTE: &str = "Anda juga kepala unit ini. Satu tekan mengirim dan memvalidasi; \
     tercatat sebagai divalidasi sendiri.";
pub const ANYWAY: &str = "Kirim walau belum lengkap";
pub const ANYWAY_SUB: &str = "Yang belum diisi dapat menyusul selama tahapan masih dibuka.";
pub const EMPTY: &str = "Belum ada data yang diisi. Isi paling sedikit satu indikator, lalu kirim.";
pub const NO_RIGHT: &str = "Jabatan Anda dapat melihat isian ini, tetapi tidak mengirimnya.";
pub const NO_CYCLE: &str = "Belum ada tahapan pengukuran yang dibuka.";
pub const NO_INDICATORS: &str = "Unit ini tidak punya indikator pada tahapan ini.";
pub const SAVED: &str = super::outbox::LEAD;
pub const SENT: &str = "Sudah dikirim ke kepala unit.";
pub const SENT_AND_VALIDATED: &str = "Sudah dikirim dan divalidasi.";
pub const TO_ENTRY: &str = "Kembali ke Isi data";
pub const TO_VALIDATE: &str = "Buka Validasi";

/// `Periksa & kirim: Seksi Pemerintahan`.
#[must_use]
pub fn title(unit: &str) -> String {
    ["Periksa & kirim: ", unit].concat()
}

/// `5 terisi, 1 belum diisi, 1 tidak perlu diisi`.
#[must_use]
pub fn counts(filled: usize, gaps: usize, not_needed: usize) -> String {
    let mut words = format!("{filled} terisi, {gaps} belum diisi");
    if not_needed > 0 {
        words.push_str(&format!(", {not_needed} tidak perlu diisi periode ini"));
    }
    words
}

/// What the error summary says of one gap.
#[must_use]
pub fn gap(indicator: &str) -> String {
    [indicator, ": belum diisi"].concat()
}

/// What the error summary says of typing that was not saved.
#[must_use]
pub fn unsaved(indicator: &str) -> String {
    [indicator, ": ketikan belum disimpan"].concat()
}

/// What the error summary says of a figure that was sent back and not mended.
#[must_use]
pub fn unmended(indicator: &str) -> String {
    [indicator, ": dikembalikan, belum diperbaiki"].concat()
}
