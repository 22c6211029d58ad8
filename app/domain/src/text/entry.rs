//! Isi data: cards, grid, nagari rows, notes, live capaian.

/// Labels of the note groups, in the order of [`crate::figure::NOTES`].
pub const NOTES: [&str; 3] = ["Faktor pendukung", "Kendala", "Tindak lanjut"];
pub const EVENT_DATE: &str = "Tanggal kejadian";
pub const EXPECTED_DATE: &str = "Perkiraan terbit";
pub const SOURCE: &str = "Sumber data";
pub const LAST: &str = "Periode lalu";
pub const OF_QUARTERS: &str = "Dari triwulan";
pub const ROWS: &str = "Rincian per nagari";
pub const SAME_AS: &str = "Diisi sekali pada";

/// `4 dari 5 terisi`.
#[must_use]
pub fn filled(done: usize, total: usize) -> String {
    if total == 0 { "tidak ada yang perlu diisi".into() } else { format!("{done} dari {total} terisi") }
}

pub const WHICH_UNIT: &str = "Pilih unitnya.";
pub const NO_UNIT: &str = "Tidak ada unit untuk jabatan Anda di sini";
pub const NO_UNIT_LEAD: &str = "Anda tetap dapat melihat rekap capaian. Jika seharusnya ada, hubungi admin.";
pub const NO_CYCLE: &str = "Belum ada tahapan pengukuran yang dibuka";
pub const NO_CYCLE_LEAD: &str = "Isian dibuka setelah admin atau perencana membuka tahapan pengukuran.";
pub const NO_ROWS: &str = "Belum ada indikator untuk unit ini";
pub const NO_ROWS_LEAD: &str = "Indikator berasal dari perencanaan. Hubungi perencana.";

/// `Isi data Seksi Pemerintahan`.
#[must_use]
pub fn title(unit: &str) -> String {
    format!("Isi data {unit}")
}

/// `4 dari 5 terisi, 1 tanpa target tahun ini.`
#[must_use]
pub fn completeness(filled: usize, expected: usize, excused: usize) -> String {
    let mut words = self::filled(filled, expected);
    if excused > 0 && expected > 0 {
        words.push_str(&format!(", {excused} tidak perlu diisi"));
    }
    words
}

pub const KEYS: &str = "Enter turun, Tab ke kanan. Ketikan langsung tersimpan di perangkat.";
pub const PASTE: &str = "Tempel dari Excel";
pub const PASTE_LEAD: &str = "Salin satu kolom realisasi dari Excel, lalu tempel di sini. \
    Jika kolom pertama berisi nama indikator, setiap baris masuk ke indikatornya.";
pub const PASTE_LABEL: &str = "Data dari Excel";
pub const PASTE_FILL: &str = "Isikan ke tabel";
pub const PASTE_NOTHING: &str = "Belum ada angka yang dapat diisikan.";
pub const SAVE_ALL: &str = "Simpan semua";
pub const SHOW_NOTES: &str = "Tampilkan catatan";
pub const DETAIL: &str = "Rincian";
pub const VALUE_STATE: &str = "Status realisasi";
pub const FROM_ROWS: &str = "dihitung dari rincian";
pub const PREDICATE: &str = "Predikat";
pub const YEAR_TARGET: &str = "Target tahun";
pub const NO_TARGET: &str = "tidak ada target tahun ini";
pub const REASON_FELL: &str = "Alasan";
pub const REASON_NOT_MEASURED: &str = "Mengapa tidak diukur";
pub const EXPECTED_HINT: &str = "Kapan angka ini diperkirakan terbit";
pub const EVENT_DATE_HINT: &str = "Kapan terjadinya, bukan kapan diketik";
pub const ROW_DATE: &str = "Tanggal untuk yang dicentang";
pub const ROW_DATE_HINT: &str = "Ikut tercatat pada setiap centang baru.";
pub const ROW_MORE: &str = "Tanggal dan catatan";
pub const ROW_NOTE: &str = "Catatan";
pub const ROW_NOT_YET: &str = "belum";
pub const ROW_BLANK: &str = "belum diisi";
pub const FOR_WHOM: &str = "Atas nama";
pub const FOR_NOBODY: &str = "Tidak disebut";
pub const HISTORY_EMPTY: &str = "Belum ada riwayat.";
pub const EXPLAIN: &str = "Cara menghitung";
pub const LIVE: &str = "Capaian sementara";
pub const STILL_DRAFT: &str = "Draf tersimpan di perangkat ini.";
pub const RETURNED: &str = "Dikembalikan untuk diperbaiki";
pub const DIFFERS: &str =
    "Ada dua keterangan untuk isian ini. Yang pertama tiba dipakai sampai ada keputusan.";
pub const SEE_DIFFERENCE: &str = "Lihat angka berbeda";
pub const CONTINUE: &str = "Lanjutkan mengisi";
pub const ALL_FILLED: &str = "Semua sudah terisi.";
pub const READ_ONLY: &str = "Anda melihat data ini tanpa dapat mengisi.";
pub const AS_THOUSANDS: &str = "ribuan";
pub const AS_DECIMAL: &str = "pecahan";
pub const CORRECT_AS_IS: &str = "Sudah benar";
pub const TO_LIST: &str = "Daftar indikator";
pub const CHOOSE_ROWS: &str = "Isi rincian";

/// State of one value on its way to the office.
pub const DRAFT: &str = "draf";
pub const WAITING: &str = "belum terkirim";
pub const SENDING: &str = "mengirim";
pub const WITHOUT_TARGET: &str = "tanpa target";

/// `Indikator 2 dari 6`.
#[must_use]
pub fn place(number: usize, total: usize) -> String {
    format!("Indikator {number} dari {total}")
}

/// `Realisasi Pembinaan nagari`: names a grid cell for screen readers.
#[must_use]
pub fn cell(column: &str, indicator: &str) -> String {
    format!("{column} {indicator}")
}

/// `dibatasi 120%`.
#[must_use]
pub fn bounded(to: &str) -> String {
    format!("dibatasi {to}")
}

/// `15 dari 20`.
#[must_use]
pub fn rows_done(done: usize, total: usize) -> String {
    format!("{done} dari {total}")
}

/// What the plan says about a period that is left out.
#[must_use]
pub fn not_measured(why: &str) -> String {
    if why.is_empty() {
        "Menurut perencanaan tidak diukur periode ini.".into()
    } else {
        format!("Menurut perencanaan tidak diukur periode ini: {why}.")
    }
}

/// `29 indikator mengikuti isian lain`.
#[must_use]
pub fn linked(count: usize) -> String {
    format!("{count} indikator mengikuti isian lain")
}

/// `rincian per nagari · 20 nagari`.
#[must_use]
pub fn per_village(word: &str, total: usize) -> String {
    format!("rincian per {word} · {total} {word}")
}

/// Heads the list of villages.
#[must_use]
pub fn rows_head(word: &str) -> String {
    format!("Rincian per {word}")
}

/// Marks every village without an answer as not done.
#[must_use]
pub fn rest_not_yet(count: usize) -> String {
    format!("Tandai {count} sisanya belum")
}

/// `12 sel diisi dari Excel, belum disimpan.`
#[must_use]
pub fn pasted(cells: usize, left: usize) -> String {
    let lost = if left > 0 { format!(" {left} baris tidak menemukan tempat.") } else { String::new() };
    format!("{cells} sel diisi dari Excel, masih draf.{lost}")
}

/// The press that takes a suggestion: `Ganti menjadi 98,5`.
#[must_use]
pub fn take(number: &str) -> String {
    format!("Ganti menjadi {number}")
}

/// `Sudah benar 985`.
#[must_use]
pub fn keep(number: &str) -> String {
    format!("{number} {}", "sudah benar")
}

/// Who typed a value, when: a line of the trail.
#[must_use]
pub fn trail(who: &str, when: &str, device: &str) -> String {
    if device.is_empty() { format!("{who}, {when}") } else { format!("{who}, {when}, {device}") }
}

/// `atas nama Kasi Pelayanan, dari kertas`.
#[must_use]
pub fn on_behalf(name: &str) -> String {
    format!("atas nama {name}")
}
