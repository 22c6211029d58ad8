//! Ditahan dan data susulan: what waits for a decision.

pub const LEAD: &str = "Isian yang sampai di kantor tetapi belum dipakai, karena pembuatnya sudah tidak bertugas, \
     indikatornya tidak diukur lagi, atau data unitnya sudah diserahkan.";
pub const EMPTY: &str = "Tidak ada yang ditahan.";
pub const EMPTY_HINT: &str =
    "Isian yang ditahan dan data susulan muncul di sini untuk diputuskan kepala unit.";
pub const HELD: &str = "ditahan";
pub const LATE: &str = "data susulan";
pub const LATE_WHY: &str = "Data unit ini sudah diserahkan atau tahapannya sudah ditutup ketika isian tiba.";
pub const STEP_WHY: &str = "Tahap ini sudah selesai atau ditutup ketika catatan tiba.";
pub const STEP_SHUT: &str =
    "Dapat dipakai sesudah tahapnya dibuka kembali. Sampai saat itu catatan ini tetap di sini.";
pub const NOT_YOURS_STEP: &str = "Diputuskan oleh Sekretaris.";
pub const NOT_YOURS: &str = "Diputuskan oleh kepala unit.";
pub const NOW: &str = "Sekarang";
pub const BY: &str = "Dibuat oleh";
