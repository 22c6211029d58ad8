//! Disposisi, undangan dan rapat: their lists, answers and tasks.

pub const NOTE: &str = "Keterangan";
pub const WHO: &str = "Jabatan";
pub const NOBODY: &str = "Pilih jabatan";

pub const HOPS: &str = "Diteruskan kepada";
pub const HOP_TO: &str = "Diteruskan kepada";
pub const HOP_INSTRUCTION: &str = "Isi perintah";
pub const HOP_DUE: &str = "Batas penyelesaian";
pub const HOP_GOT: &str = "Terima disposisi";
pub const GOT: &str = "sudah diterima";

pub const INVITEES: &str = "Yang diundang";
pub const ANSWER: &str = "Jawaban";
pub const ANSWERS: [&str; 3] = ["Hadir", "Diwakili", "Berhalangan"];
pub const ANSWER_NOTE: &str = "Diwakili oleh, atau alasan";
pub const ANSWER_PRESS: &str = "Jawab undangan";

pub const PRESENCE: &str = "Daftar hadir";
pub const CAME: &str = "Kehadiran";
pub const ATTENDANCE: [&str; 3] = ["Hadir", "Diwakili", "Tidak hadir"];

pub const DECISIONS: &str = "Putusan rapat";
pub const DECISION: &str = "Putusan";

pub const TASKS: &str = "Tugas dari rapat";
pub const TASK: &str = "Tugas";
pub const TASK_OWNER: &str = "Penanggung jawab";
pub const TASK_DUE: &str = "Batas";
pub const TASK_FINISH: &str = "Selesaikan tugas";
pub const DONE: &str = "selesai";

// Presses of the lists.
pub const ADD: &str = "Tambah";
pub const TAKE_OFF: &str = "Hapus";
pub const COPY_INVITED: &str = "Salin dari undangan";
pub const COPIED: &str = "Disalin. Sesuaikan yang tidak hadir.";
pub const CHANGE_FORM: &str = "Ubah form menurut putusan ini";
pub const WAITS: &str = "belum dijawab";
pub const HOP_WAITS: &str = "belum diterima";
pub const TASK_WAITS: &str = "belum selesai";
pub const CALENDAR: &str = "Unduh untuk kalender (.ics)";
pub const SHARE: &str = "Bagikan undangan";
pub const COPIED_TEXT: &str = "Teks undangan disalin. Tempelkan di WhatsApp atau surel.";
pub const NOT_COPIED: &str = "Teks tidak dapat disalin di perangkat ini. Pilih dan salin dari layar.";
pub const EXISTING: &str = "Memakai rapat yang sudah ada";
pub const OTHERS_INVITED: &str = "Undangan lain, di luar jabatan kantor";
pub const OTHERS_PRESENT: &str = "Hadir lainnya";
pub const INVITATION: &str = "Undangan rapat pembahasan pengukuran kinerja";

/// `Jawab undangan rapat 12 Oktober 2026`.
#[must_use]
pub fn answer_task(day: &str) -> String {
    [ANSWER_PRESS, " rapat ", day].concat()
}

/// `Terima disposisi: Susun pengukuran kinerja`.
#[must_use]
pub fn hop_task(instruction: &str) -> String {
    [HOP_GOT, ": ", instruction].concat()
}
