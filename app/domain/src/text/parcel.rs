//! Unsent work as one file: out of a device, and into the office.

use crate::imported::Imported;

pub const TITLE: &str = "Pindahkan lewat berkas";
pub const LEAD: &str = "Bila perangkat ini lama tidak tersambung, simpan isian yang belum terkirim ke satu berkas \
    dan bawa ke perangkat lain yang tersambung. Berkas hanya dapat dibuka di kantor Anda, dan isian di perangkat ini tetap ada.";
pub const EXPORT: &str = "Ekspor ke berkas";
pub const IMPORT: &str = "Impor berkas .takar";
pub const IMPORT_HINT: &str = "Berkas .takar dari perangkat lain, milik siapa pun di kantor ini, dapat dimasukkan di sini selama tersambung.";
pub const IMPORTING: &str = "Berkas sedang dikirim ke kantor …";
pub const NOT_SECURE: &str =
    "Ekspor memerlukan alamat https. Minta alamat itu dari admin. Isian di perangkat ini aman.";
pub const FAILED: &str =
    "Berkas tidak dapat dibuat. Isian di perangkat ini aman. Coba lagi, atau tutup tab lain dahulu.";

/// Name of an exported file: `belum-terkirim-2026-11-22.takar`.
#[must_use]
pub fn name(day: &str) -> String {
    ["belum-terkirim-", day, ".takar"].concat()
}

/// What an export holds. `missing`: files whose bytes this device has lost.
#[must_use]
pub fn exported(operations: usize, files: usize, missing: usize) -> String {
    let mut said = format!("Berkas berisi {operations} isian dan {files} berkas bukti.");
    if missing > 0 {
        said += &format!(" {missing} berkas bukti sudah tidak ada di perangkat ini.");
    }
    said
}

/// What an import did.
#[must_use]
pub fn imported(done: &Imported) -> String {
    let mut said = counted("isian", done.operations, done.known, done.attention, "perlu keputusan di kantor");
    if done.files > 0 {
        said.push(' ');
        said +=
            &counted("berkas bukti", done.files, done.files_known, done.files_refused, "tidak dapat dipakai");
    }
    said
}

/// `12 isian: 9 baru, 3 sudah ada di kantor.`
fn counted(what: &str, all: u64, known: u64, odd: u64, odd_words: &str) -> String {
    let fresh = all.saturating_sub(known).saturating_sub(odd);
    let mut parts = Vec::new();
    for (count, words) in [(fresh, "diterima"), (known, "sudah ada di kantor"), (odd, odd_words)] {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    let parts = parts.join(", ");
    if parts.is_empty() { format!("{all} {what}.") } else { format!("{all} {what}: {parts}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_told_in_one_line() {
        let done = Imported { operations: 12, known: 3, attention: 1, ..Imported::default() };
        assert_eq!(
            imported(&done),
            "12 isian: 8 diterima, 3 sudah ada di kantor, 1 perlu keputusan di kantor."
        );
        let done = Imported { files: 2, files_known: 2, ..Imported::default() };
        assert_eq!(imported(&done), "0 isian. 2 berkas bukti: 2 sudah ada di kantor.");
    }
}
