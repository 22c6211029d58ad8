//! Beranda: my tasks, completeness per unit.

pub const TASKS: &str = "Tugas saya";
pub const NO_TASKS: &str = "Tidak ada tugas yang menunggu";
pub const NO_TASKS_LEAD: &str = "Tugas muncul di sini begitu ada yang perlu Anda kerjakan.";
/// To who records any step in the name of who carries it out.
pub const FOR_OTHERS: &str = "Tahap yang dapat Anda catat atas nama orang lain ada di Tahapan.";
/// True beside what the office holds too.
pub const UNSENT_LEAD: &str = "Yang belum sampai di kantor terkirim sendiri saat tersambung.";
pub const ALL_SENT: &str = "Semua isian sudah sampai di kantor.";
pub const DUE: &str = "Batas isi data";
pub const REGENCY_DUE: &str = "Batas kirim ke kabupaten";
pub const COMPLETENESS: &str = "Kelengkapan per unit";
pub const SEE_ALL: &str = "Lihat semua";

pub const FILL: &str = "Lengkapi isi data";
pub const MEND: &str = "Perbaiki yang dikembalikan";
pub const SEND: &str = "Periksa dan kirim";
pub const VALIDATE: &str = "Validasi data";
pub const DECIDE: &str = "Putuskan angka berbeda";
pub const HELD: &str = "Putuskan yang ditahan";
pub const START: &str = "Siapkan kantor";
pub const START_LEAD: &str = "Isi unit, orang, nagari dan perencanaan, lalu buka tahapan pengukuran.";

pub const CONTINUE: &str = "Lanjutkan";
pub const CHECK: &str = "Periksa";
pub const DECIDE_PRESS: &str = "Putuskan";

/// By the hour of the day.
#[must_use]
pub const fn greeting(hour: u8) -> &'static str {
    match hour {
        0..=10 => "Selamat pagi.",
        11..=14 => "Selamat siang.",
        15..=17 => "Selamat sore.",
        _ => "Selamat malam.",
    }
}

/// `Dua hal menunggu Anda.`
#[must_use]
pub fn waiting(count: usize) -> String {
    let number = match count {
        0 => return "Tidak ada yang menunggu Anda.".into(),
        1 => "Satu",
        2 => "Dua",
        3 => "Tiga",
        4 => "Empat",
        5 => "Lima",
        _ => return format!("{count} hal menunggu Anda."),
    };
    format!("{number} hal menunggu Anda.")
}

/// `1 dari 5 indikator belum diisi`.
#[must_use]
pub fn missing(count: usize, total: usize) -> String {
    format!("{count} dari {total} indikator belum diisi")
}

/// `4 data siap diperiksa`.
#[must_use]
pub fn to_check(count: usize) -> String {
    format!("{count} data siap diperiksa")
}

#[must_use]
pub fn returned(count: usize) -> String {
    format!("{count} dikembalikan")
}

#[must_use]
pub fn differing(count: usize) -> String {
    format!("{count} angka berbeda")
}

/// Every indicator is filled and the form is not sent.
#[must_use]
pub fn ready_to_send(count: usize) -> String {
    format!("{count} data terisi, belum dikirim")
}

/// The deadline as far away as a reader counts it: days from today, working
/// days once it has passed.
#[must_use]
pub fn due(days: i32, date: &str, late: usize) -> String {
    match days {
        0 => "batas: hari ini".into(),
        1 => "batas: besok".into(),
        d if d < 0 => self::late(late),
        _ => format!("batas: {date}"),
    }
}

/// `terlambat 1 hari kerja`.
#[must_use]
pub fn late(days: usize) -> String {
    if days == 0 { "lewat batas".into() } else { format!("terlambat {days} hari kerja") }
}

/// Beside an entry that the office did not take as it is.
pub const NEEDS_YOU: &str = "perlu perhatian";
