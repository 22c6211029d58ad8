//! Angka berbeda: two values side by side and the choice.

pub const NONE: &str = "Tidak ada angka berbeda.";
pub const NONE_HINT: &str = "Jika dua orang mengisi hal yang sama dengan angka lain, keduanya disimpan dan \
     muncul di sini untuk diputuskan.";
pub const LEAD: &str = "Kedua angka disimpan. Hitungan memakai yang pertama tiba sampai ada keputusan.";
pub const OPEN: &str = "Lihat";
pub const OTHERS: &str = "Unit lain";
pub const OTHERS_HINT: &str = "Diputuskan oleh kepala unit, sesudah tiga hari juga Sekretaris Tim.";
pub const FIRST: &str = "dipakai sementara";
pub const OTHER_VALUE: &str = "Bukan keduanya: isi angka lain";
pub const OTHER_LABEL: &str = "Angka yang benar";
pub const OTHER_NOTE: &str = "Isi yang benar";
pub const OTHER_USE: &str = "Gunakan isian ini";
pub const REASON: &str = "Alasan";
pub const REASON_HINT: &str = "Dibaca pemeriksa di kemudian hari.";
pub const REASON_NEEDED: &str = "Pilih atau tulis alasannya dahulu.";
pub const REASON_OTHER: &str = "Lainnya";
pub const REASON_WRITE: &str = "Tulis alasannya";
pub const REASONS: [&str; 4] = ["Sesuai foto", "Sesuai daftar hadir", "Hitung ulang", "Salah ketik"];
pub const GONE: &str = "Sudah diputuskan";
pub const GONE_HINT: &str = "Hanya satu keterangan yang tersisa di sini.";
pub const DECIDED: &str = "Keputusan tersimpan";
pub const NEXT: &str = "Berikutnya";
pub const BACK: &str = "Kembali ke daftar";
pub const TO_VALIDATE: &str = "Lanjut ke Validasi";
pub const OFFLINE_MADE: &str = "tanpa sambungan";
pub const START_UNKNOWN: &str = "sebelumnya belum diisi";

/// `Dua keterangan untuk Nagari Contoh X`.
#[must_use]
pub fn title(sides: usize, field: &str) -> String {
    let many = match sides {
        2 => "Dua",
        3 => "Tiga",
        4 => "Empat",
        _ => "Beberapa",
    };
    [many, " keterangan untuk ", field].concat()
}

/// `keadaan awal: belum`.
#[must_use]
pub fn before(value: &str) -> String {
    ["keadaan awal: ", value].concat()
}

/// `Lima nagari lain sudah tergabung sendiri menjadi 16 dari 20.`
#[must_use]
pub fn merged(count: usize, word: &str, done: &str, total: &str) -> String {
    let number =
        ["Nol", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh"];
    let first = number.get(count).map_or_else(|| count.to_string(), |n| (*n).to_owned());
    format!("{first} {word} lain sudah tergabung sendiri menjadi {done} dari {total}.")
}

/// `Gunakan “sudah”`.
#[must_use]
pub fn take(value: &str) -> String {
    ["Gunakan “", value, "”"].concat()
}

/// `Semua keterangan tetap ada dalam riwayat. Keputusan tercatat atas nama …`.
#[must_use]
pub fn kept(name: &str) -> String {
    ["Semua keterangan tetap ada dalam riwayat. Keputusan tercatat atas nama ", name, "."].concat()
}

/// `17 dari 20 nagari · capaian 85,00% · Tinggi`.
#[must_use]
pub fn result(actual: &str, target: &str, achievement: &str, rating: &str) -> String {
    format!("{actual} dari target {target} · capaian {achievement} · {rating}")
}

/// `2 lagi menunggu keputusan`.
#[must_use]
pub fn left(count: usize) -> String {
    format!("{count} lagi menunggu keputusan")
}
