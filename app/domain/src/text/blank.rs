//! The blank form per nagari.

pub const TITLE: &str = "FORMULIR DATA NAGARI";
pub const OPEN: &str = "Formulir kosong";
pub const LEAD: &str =
    "Satu lembar untuk setiap nagari, diisi di kertas di lapangan lalu diketik di Isi data.";
pub const NONE: &str = "Unit ini tidak menanyakan data per nagari.";
pub const NUMBER: &str = "Angka";
pub const DATE: &str = "Tanggal kejadian";
pub const NOTE: &str = "Keterangan";
pub const DONE: &str = "Sudah";
pub const NOT_DONE: &str = "Belum";
pub const FILLED_BY: &str = "Diisi oleh (nama dan jabatan)";
pub const SIGNATURE: &str = "Tanggal dan tanda tangan";
