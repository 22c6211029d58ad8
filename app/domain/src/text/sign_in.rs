//! Masuk and the first run.

pub const TITLE: &str = "Masuk";
pub const LEAD: &str =
    "Sekali masuk dengan sambungan, sesudah itu Takar dapat dipakai tanpa sambungan di perangkat ini.";
pub const USERNAME: &str = "Nama pengguna";
pub const PASSWORD: &str = "Kata sandi";
pub const SUBMIT: &str = "Masuk";
pub const WORKING: &str = "Memeriksa di kantor.";
pub const USERNAME_MISSING: &str = "Isi nama pengguna.";
pub const PASSWORD_MISSING: &str = "Isi kata sandi.";
pub const FORGOT: &str = "Lupa kata sandi? Minta admin kantor menggantinya.";

pub const DEMO_TITLE: &str = "Kecamatan Contoh";
pub const DEMO_LEAD: &str = "Pilih siapa Anda. Semua nama dan angka rekaan, silakan mencoba apa saja.";
pub const MORE_PEOPLE: &str = "Orang lain";
pub const WITH_PASSWORD: &str = "Masuk dengan kata sandi";

pub const FIRST_TITLE: &str = "Buka kantor baru";
pub const FIRST_LEAD: &str =
    "Takar belum berisi kantor. Kode sekali pakai tercetak di layar komputer yang menjalankan Takar.";
pub const CODE: &str = "Kode sekali pakai";
pub const CODE_HINT: &str = "Tercetak saat Takar dijalankan pertama kali.";
pub const OFFICE: &str = "Nama kantor";
pub const OFFICE_HINT: &str = "Misalnya Kecamatan Contoh";
pub const REGENCY: &str = "Kabupaten atau kota";
pub const ZONE: &str = "Zona waktu";
pub const ADMIN: &str = "Nama admin pertama";
pub const NEW_PASSWORD: &str = "Kata sandi baru";
pub const PASSWORD_HINT: &str = "Paling sedikit 8 huruf, angka atau tanda.";
pub const PASSWORD_SHORT: &str = "Kata sandi paling sedikit 8 huruf, angka atau tanda.";
pub const FOUND: &str = "Buka kantor";
pub const CODE_MISSING: &str = "Isi kode sekali pakai.";
pub const OFFICE_MISSING: &str = "Isi nama kantor.";
pub const REGENCY_MISSING: &str = "Isi kabupaten atau kota.";
pub const ADMIN_MISSING: &str = "Isi nama admin.";
pub const YOUR_DATA: &str = "Admin pertama";
pub const OFFICE_DATA: &str = "Kantor";
