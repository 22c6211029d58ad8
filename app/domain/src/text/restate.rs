//! Figures of earlier periods that a later round restates.

pub const TITLE: &str = "Perbaiki angka periode lalu";
pub const LEAD: &str =
    "Dokumen yang sudah ditandatangani tidak berubah. Perbaikan disebut dalam dokumen tahapan ini.";
pub const PERIOD: &str = "Periode";
pub const AFTER: &str = "Seharusnya";
pub const REASON: &str = "Alasan";
pub const HEAD: &str = "Perbaikan pada ";
