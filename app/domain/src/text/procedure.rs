//! *Tahapan pengukuran*: steps, their papers, their time.

pub const TITLE: &str = "Tahapan pengukuran";

pub const REMARKS: &str = "Catatan";
pub const INSTRUCTION: &str = "Isi disposisi";
pub const PASSED_TO: &str = "Diteruskan kepada";
pub const DEADLINE: &str = "Batas penyelesaian";
pub const NATURE: &str = "Sifat";
pub const NATURES: [&str; 4] = ["Sangat segera", "Segera", "Rahasia", "Biasa"];
pub const LETTER_FROM: &str = "Surat dari";
pub const LETTER_NUMBER: &str = "Nomor surat";
pub const LETTER_DATE: &str = "Tanggal surat";
pub const RECEIVED: &str = "Diterima tanggal";
pub const AGENDA_NUMBER: &str = "Nomor agenda";
pub const SUBJECT: &str = "Hal";
pub const MEETING_DATE: &str = "Hari dan tanggal rapat";
pub const TIME: &str = "Waktu";
pub const PLACE: &str = "Tempat";
pub const AGENDA: &str = "Acara";
pub const INVITEES: &str = "Yang diundang";
pub const NUMBER: &str = "Nomor undangan";
pub const ANSWERS: &str = "Jawaban: hadir, diwakili, berhalangan";
pub const CHAIR: &str = "Pimpinan rapat";
pub const NOTE_TAKER: &str = "Notulis";
pub const ATTENDANCE: &str = "Yang hadir";
pub const DISCUSSION: &str = "Pembahasan";
pub const DECISIONS: &str = "Keputusan";
pub const TASKS: &str = "Tugas, penanggung jawab, dan tanggalnya";
pub const COPIES: &str = "Jumlah rangkap";
pub const FOR_WHOM: &str = "Untuk siapa";
pub const CLASSIFICATION: &str = "Kode klasifikasi arsip";
pub const LOCATION: &str = "Lokasi simpan";
pub const ACTIVE_UNTIL: &str = "Aktif sampai";
pub const INACTIVE_UNTIL: &str = "Inaktif sampai";
pub const FATE: &str = "Nasib akhir";
pub const FATES: [&str; 3] = ["Musnah", "Permanen", "Dinilai kembali"];
