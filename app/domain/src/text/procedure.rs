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
pub const ADDRESSEE: &str = "Kepada";
pub const ITEMS: &str = "Yang dikirim (jenis; banyaknya; keterangan)";
pub const CHANNEL: &str = "Dikirim lewat";
pub const CHANNELS: [&str; 6] = ["Diantar", "Pos", "Surel", "SRIKANDI", "WhatsApp", "Lainnya"];
pub const SENT: &str = "Tanggal dikirim";
pub const COPIES: &str = "Jumlah rangkap";
pub const FOR_WHOM: &str = "Untuk siapa";
pub const CLASSIFICATION: &str = "Kode klasifikasi arsip";
pub const LOCATION: &str = "Lokasi simpan";
pub const ACTIVE_UNTIL: &str = "Aktif sampai";
pub const INACTIVE_UNTIL: &str = "Inaktif sampai";
pub const FATE: &str = "Nasib akhir";
pub const FATES: [&str; 3] = ["Musnah", "Permanen", "Dinilai kembali"];

pub const SCHEDULE: &str = "Jadwal retensi arsip";
pub const SCHEDULE_HINT: &str = "Satu baris satu klasifikasi: kode; tahun aktif; tahun inaktif; Musnah, Permanen, atau Dinilai kembali. \
     Sesuaikan dengan jadwal retensi daerah.";
pub const RETENTION: &str = "Retensi arsip";
pub const RETENTION_NOTE: &str = "Dihitung dari tanggal pengarsipan menurut jadwal retensi kantor; yang diisi sendiri didahulukan. \
     Takar tidak menghapus apa pun.";
pub const NO_RETENTION: &str = "Klasifikasi ini belum ada pada jadwal retensi di Pengaturan, Kantor. Isi sendiri tanggal dan nasib akhirnya.";

pub const SHEET: &str = "Lembar SOP";
pub const SHEET_STEPS: &str = "Uraian prosedur";
pub const SHEET_NUMBER: &str = "Nomor SOP";
pub const SHEET_CREATED: &str = "Tanggal pembuatan";
pub const SHEET_REVISED: &str = "Tanggal revisi";
pub const SHEET_EFFECTIVE: &str = "Tanggal efektif";
pub const SHEET_APPROVED: &str = "Disahkan oleh";
pub const SHEET_LEGAL: &str = "Dasar hukum";
pub const SHEET_QUALIFIED: &str = "Kualifikasi pelaksana";
pub const SHEET_RELATED: &str = "Keterkaitan";
pub const SHEET_EQUIPMENT: &str = "Peralatan dan perlengkapan";
pub const SHEET_WARNING: &str = "Peringatan";
pub const SHEET_RECORDING: &str = "Pencatatan dan pendataan";
pub const MENU: &str = "Tahapan";
pub const NO_CYCLE: &str = "Belum ada tahapan pengukuran yang dibuka";
pub const NO_CYCLE_LEAD: &str = "Admin atau perencana membukanya di Pengaturan.";
pub const NO_STEPS: &str = "Tahapan ini tidak dijalankan tahap demi tahap";
pub const NO_STEPS_LEAD: &str = "Data dapat diisi sejak tahapan dibuka sampai ditutup.";
pub const NO_STEP: &str = "Tahap ini tidak ada";
pub const NO_STEP_LEAD: &str = "SOP tahapan ini tidak mempunyai tahap itu, atau unitnya tidak ikut.";
pub const OTHERS: &str = "Tahapan lain";
pub const CHART: &str = "Diagram alir";
pub const TIMES: &str = "Waktu pelaksanaan";
pub const TIMES_TITLE: &str = "Waktu pelaksanaan SOP";
pub const ARCHIVED: &str = "selesai dan diarsipkan";
pub const EXTRA: &str = "tambahan";
pub const EXTRA_NOTE: &str = "Tambahan: tidak ada dalam SOP, tanpa waktu baku.";
pub const UNIT_HEADS: &str = "Kepala unit";
pub const REGENCY_DUE: &str = "batas kirim ke kabupaten";

// One step.
pub const FACTS: &str = "Menurut SOP";
pub const STATE: &str = "Pelaksanaan";
pub const TEXT: &str = "Kegiatan";
pub const REQUIRES: &str = "Kelengkapan";
pub const OUTPUT: &str = "Output";
pub const STANDARD: &str = "Waktu baku";
pub const ACTORS: &str = "Pelaksana";
pub const DUE: &str = "Batas";
pub const NOTE: &str = "Catatan naskah";
pub const UNITS: &str = "Per unit";
pub const PAPER: &str = "Isi tahap ini";
pub const PAPER_EMPTY: &str = "Tidak ada isi yang dicatat.";
pub const PAPER_DIFFERS: &str = "Ada dua isi yang berbeda. Pilih yang dipakai.";
pub const PAPER_MOVED: &str =
    "Isi ini baru diubah dari perangkat lain. Jika Anda menyimpan, keduanya ditampilkan untuk dipilih.";
pub const TAKE: &str = "Pakai yang ini";
pub const ROUNDS: &str = "Putaran sebelumnya";
pub const NOT_YOURS: &str =
    "Anda dapat melihat tahap ini. Yang mencatat adalah pelaksananya, Sekretaris, atau Sekretaris Tim.";
pub const TO_VALIDATE: &str = "Buka Validasi";
pub const TO_LOOK: &str = "Lihat data unit";
pub const TO_DIFFERENCES: &str = "Buka Angka berbeda";
pub const TO_STEP: &str = "Buka tahap itu";

// Presses.
pub const START: &str = "Mulai";
pub const FINISH: &str = "Selesai";
pub const REOPEN: &str = "Buka kembali";
pub const GIVE_BACK: &str = "Kembalikan ke unit";
pub const STARTED: &str = "Dimulai.";
pub const MINUTES: &str = "Waktu kerja (menit)";
pub const MINUTES_HINT: &str = "Menit yang benar-benar dikerjakan, tanpa lama menunggu.";
pub const EVENT_DATE: &str = "Tanggal kejadian";
pub const EVENT_DATE_HINT: &str = "Isi bila bukan hari ini, misalnya 12 Oktober 2026.";
pub const REASON: &str = "Alasan";
pub const REASON_HINT: &str = "Perlu bila melewati toleransi waktu baku atau lewat batas tanggal.";
pub const REOPEN_REASON: &str = "Mengapa dibuka kembali?";
pub const REOPEN_LEAD: &str = "Yang sudah dicatat tetap ada sebagai putaran sebelumnya.";
pub const GIVE_BACK_REASON: &str = "Apa yang perlu diperbaiki unit?";
pub const GIVE_BACK_LEAD: &str = "Validasi dan penyampaian unit ini dibuka kembali, sehingga datanya dapat diisi lagi. \
     Unit lain tetap terkunci.";

// Tasks of Beranda.
pub const TASK_START: &str = "Mulai";
pub const TASK_FINISH: &str = "Selesaikan";

// Times.
pub const STEP: &str = "Tahap";
pub const WORKED: &str = "Waktu kerja";
pub const LASTED: &str = "Lama proses";
pub const LASTED_HINT: &str = "Waktu kerja adalah menit yang dikerjakan, menurut yang menyelesaikannya; itu yang dibandingkan \
     dengan waktu baku. Lama proses adalah jam kerja dari mulai sampai selesai. Keduanya tidak dijumlahkan.";
pub const PEOPLE: &str = "Menit per orang";
pub const PEOPLE_HINT: &str = "Jumlah ini hanya tampil untuk orangnya sendiri dan Sekretaris. Menit tiap tahap, dengan nama yang \
     mencatatnya, ada pada riwayat tahap itu.";
pub const ENDS: &str = "Tahap selesai";
pub const ESTIMATE: &str = "perkiraan";
pub const DOWNLOAD: &str = "Unduh CSV";
pub const ALL: &str = "Jumlah yang selesai";
pub const WITHIN: &str = "dalam toleransi";

/// `aktif s.d. 2 Maret 2029, inaktif s.d. 2 Maret 2032, nasib akhir: Permanen`.
#[must_use]
pub fn kept(active: &str, inactive: &str, fate: &str) -> String {
    ["aktif s.d. ", active, ", inaktif s.d. ", inactive, ", nasib akhir: ", fate].concat()
}

/// `Tahapan pengukuran Triwulan III 2026`.
#[must_use]
pub fn title(period: &str) -> String {
    [TITLE, " ", period].concat()
}

/// `Tahap 7: Penghimpunan dan validasi`; what the SOP does not number has only its title.
#[must_use]
pub fn step(number: Option<u16>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |number| [STEP, " ", &number.to_string(), ": ", title].concat())
}

/// `1.440 menit`.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    [&told(minutes), " menit"].concat()
}

/// `34 dari 30 menit · lewat 4`.
#[must_use]
pub fn against(minutes: u32, standard: u32) -> String {
    let words = [&told(minutes), " dari ", &told(standard), " menit"].concat();
    if minutes > standard { [&words, " · lewat ", &told(minutes - standard)].concat() } else { words }
}

/// `382 dari 370 menit waktu baku`: of several steps, where no overrun is one step's.
#[must_use]
pub fn against_all(minutes: u32, standard: u32) -> String {
    [&told(minutes), " dari ", &self::minutes(standard), " waktu baku"].concat()
}

/// `250 dari 6 × 240 menit`: of all units together, where one alone has 240.
#[must_use]
pub fn against_runs(minutes: u32, standard: u32, runs: usize) -> String {
    [&told(minutes), " dari ", &runs.to_string(), " × ", &self::minutes(standard)].concat()
}

/// `240 menit per unit`.
#[must_use]
pub fn per_unit(minutes: u32) -> String {
    [&self::minutes(minutes), " per unit"].concat()
}

/// `waktu baku 60 menit`, `waktu baku 6 × 240 menit`.
#[must_use]
pub fn standard(minutes: u32, runs: usize) -> String {
    let times = if runs > 1 { [&runs.to_string(), " × "].concat() } else { String::new() };
    ["waktu baku ", &times, &self::minutes(minutes)].concat()
}

fn told(n: u32) -> String {
    crate::number::format(crate::decimal::Decimal::from(n))
}

/// The task of a unit's head: `Sampaikan data Seksi A ke Sekretaris`.
#[must_use]
pub fn hand_over(unit: &str) -> String {
    ["Sampaikan data ", unit, " ke Sekretaris"].concat()
}

/// `Selesaikan validasi Seksi A`.
#[must_use]
pub fn end_validation(unit: &str) -> String {
    ["Selesaikan validasi ", unit].concat()
}

/// `3 dari 6 unit`.
#[must_use]
pub fn units(done: usize, of: usize) -> String {
    [&done.to_string(), " dari ", &of.to_string(), " unit"].concat()
}

/// `56 dari 61 data`.
#[must_use]
pub fn figures(filled: usize, of: usize) -> String {
    [&filled.to_string(), " dari ", &of.to_string(), " data"].concat()
}

/// `menunggu Koreksi Camat`.
#[must_use]
pub fn waits(title: &str) -> String {
    ["menunggu ", title].concat()
}

/// `sesudah Rapat pembahasan`.
#[must_use]
pub fn after(titles: &str) -> String {
    ["sesudah ", titles].concat()
}

/// `sejak 5 Okt`.
#[must_use]
pub fn since(day: &str) -> String {
    ["sejak ", day].concat()
}

/// `Camat, dicatat oleh Sekretaris`.
#[must_use]
pub fn recorded(acted: &str, author: &str) -> String {
    [acted, ", dicatat oleh ", author].concat()
}

/// `Anda mencatat atas nama Camat.`
#[must_use]
pub fn on_behalf(name: &str) -> String {
    ["Anda mencatat atas nama ", name, "."].concat()
}

/// `batas 15 Okt`.
#[must_use]
pub fn due(day: &str) -> String {
    ["batas ", day].concat()
}

/// `Tahap 1–5 dan 7 selesai`, by stretches of numbers; `None` of them.
#[must_use]
#[inline(never)]
pub fn done(stretches: &[(u16, u16)]) -> String {
    let stretch = |(first, last): &(u16, u16)| {
        if first == last {
            first.to_string()
        } else {
            [&first.to_string(), "–", &last.to_string()].concat()
        }
    };
    let all: Vec<_> = stretches.iter().map(stretch).collect();
    match all.split_last() {
        None => "Belum ada tahap yang selesai".into(),
        Some((only, [])) => ["Tahap ", only, " selesai"].concat(),
        Some((last, rest)) => ["Tahap ", &rest.join(", "), " dan ", last, " selesai"].concat(),
    }
}

/// What somebody else did to a step meanwhile; the own act is not used.
#[must_use]
#[inline(never)]
pub fn overtaken(step: &str, what: Overtaken, who: &str, when: &str) -> String {
    let what = match what {
        Overtaken::Started => "sudah dimulai",
        Overtaken::Finished => "sudah diselesaikan",
        Overtaken::Reopened => "sudah dibuka kembali",
    };
    ["Tahap ", step, " ", what, " oleh ", who, ", ", when, ". Catatan Anda tidak dipakai."].concat()
}

/// How a step was moved by somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overtaken {
    Started,
    Finished,
    Reopened,
}

/// `dikembalikan: Angka belum lengkap.`
#[must_use]
pub fn returned(reason: &str) -> String {
    ["dikembalikan: ", reason].concat()
}

/// `29 data disampaikan, kode segel 3f2a91bc`: as much of the hash as people compare.
#[must_use]
pub fn sealed(count: usize, digest: &str) -> String {
    [&count.to_string(), " data disampaikan, kode segel ", super::sign::short(digest)].concat()
}
