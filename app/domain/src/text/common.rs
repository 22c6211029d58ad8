//! Words that several screens share: menu, buttons, answers.

pub const PRODUCT: &str = "Takar";

pub const HOME: &str = "Beranda";
pub const LOADING: &str = "Memuat…";
pub const RETRY: &str = "Coba lagi";
pub const ENTRY: &str = "Isi data";
pub const SEND: &str = "Periksa & kirim";
pub const VALIDATE: &str = "Validasi";
pub const DIFFERENCE: &str = "Angka berbeda";
pub const RECAP: &str = "Rekap capaian";
pub const OUTBOX: &str = "Belum terkirim";
pub const SETTINGS: &str = "Pengaturan";
pub const HELD: &str = "Ditahan dan data susulan";
pub const HELP: &str = "Bantuan";
pub const MORE: &str = "Lanjutan";

pub const SAVE: &str = "Simpan";
pub const SAVE_NEXT: &str = "Simpan & lanjut";
pub const CANCEL: &str = "Batal";
pub const CLOSE: &str = "Tutup";
pub const BACK: &str = "Kembali";
pub const NEXT: &str = "Berikutnya";
pub const PREVIOUS: &str = "Sebelumnya";
pub const EDIT: &str = "Ubah";
pub const ADD: &str = "Tambah";
pub const PRINT: &str = "Cetak";
pub const YES: &str = "Ya";
pub const NO: &str = "Tidak";
/// True with a connection and without one: where it is by now the status tells.
pub const SAVED: &str = "Tersimpan.";

pub const TARGET: &str = "Target";
pub const ACTUAL: &str = "Realisasi";
pub const ACHIEVEMENT: &str = "Capaian";
pub const RATING: &str = "Kriteria";
pub const STATUS: &str = "Status";
pub const MEASURE: &str = "Satuan";
pub const INDICATOR: &str = "Indikator";
pub const UNIT: &str = "Unit kerja";
pub const REASON: &str = "Alasan";
/// Stands where a figure has no value.
pub const DASH: &str = "–";

/// Heads the list of what must be mended on a form.
pub const ERROR_SUMMARY: &str = "Ada yang perlu diperbaiki";
pub const DEMO_STRIP: &str = "Data contoh";

pub const OPTIONAL: &str = "(boleh kosong)";
pub const HISTORY: &str = "Riwayat";
pub const UNDO: &str = "Urungkan";
pub const OPEN: &str = "Buka";
