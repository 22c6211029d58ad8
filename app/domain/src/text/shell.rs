//! The frame around every page: menu, who works, notices, what stops the app.

pub const SKIP: &str = "Langsung ke isi halaman";
pub const MAIN_MENU: &str = "Menu utama";
pub const CYCLE: &str = "Tahapan pengukuran";
pub const NO_CYCLE: &str = "Belum ada tahapan";
pub const NOT_FOUND: &str = "Halaman tidak ditemukan";
pub const NOT_FOUND_LEAD: &str = "Alamat ini tidak ada di Takar. Data Anda aman. Pilih halaman dari menu.";

pub const NOTICES: &str = "Pemberitahuan";

pub const WORKING: &str = "Yang bekerja";
pub const SWITCH_PERSON: &str = "Ganti orang di perangkat ini";
pub const ADD_PERSON: &str = "Masuk sebagai orang lain";
pub const SIGN_OUT: &str = "Keluar dari perangkat ini";
pub const PASSWORD: &str = "Ganti kata sandi";
pub const SIGN_IN_AGAIN: &str = "perlu masuk lagi";

pub const CUT: &str = "Putuskan sambungan (simulasi)";
pub const DEMO_LINE: &str = "Semua nama dan angka rekaan.";
pub const DEMO_RESET: &str = "Kembalikan data contoh";
pub const DEMO_RESET_LEAD: &str = "Kantor contoh dibuka lagi dari awal dan data contoh di perangkat ini dihapus. Isian contoh Anda hilang dari layar.";

pub const UPDATE: &str = "Versi baru Takar sudah siap. Draf dan isian Anda tetap ada.";
pub const UPDATE_NOW: &str = "Pakai versi baru";

pub const NOT_SECURE: &str = "Alamat ini tidak memakai sambungan aman (https). Takar tetap dapat dipakai selama tersambung, \
    tetapi tidak dapat dibuka tanpa sambungan dan peramban dapat menghapus isian yang belum terkirim. \
    Minta alamat https dari admin.";
pub const WIPED_NEXT: &str =
    "Isian yang sudah terkirim aman di kantor. Isi lagi yang belum sampai, atau ambil dari perangkat lain.";
pub const UNDERSTOOD: &str = "Saya mengerti";
pub const STORE_FULL: &str = "Isian terakhir belum tersimpan: penyimpanan perangkat penuh. \
    Yang diketik masih di layar dan tidak ada yang dihapus. Kosongkan ruang di perangkat, lalu simpan lagi.";
pub const STORE_FAILED: &str = "Isian terakhir belum tersimpan: peramban menolak menyimpan. \
    Yang diketik masih di layar dan tidak ada yang dihapus. Tutup tab Takar yang lain, lalu simpan lagi.";
pub const INSTALL: &str = "Peramban di iPhone dan iPad menghapus isian yang belum terkirim bila Takar tidak dibuka tujuh hari. \
    Pasang Takar: tekan Bagikan, lalu Tambahkan ke Layar Utama.";

/// What to do after days without sending.
#[must_use]
pub fn unsent_days(days: u64) -> String {
    format!(
        "Ada isian yang sudah {days} hari belum terkirim. Sambungkan perangkat ini hari ini, atau ekspor ke berkas:"
    )
}

/// Waiting work of a person in the list of the device's people.
#[must_use]
pub fn account_waiting(waiting: usize, drafts: usize) -> String {
    match (waiting, drafts) {
        (0, 0) => String::new(),
        (w, 0) => format!("{w} belum terkirim"),
        (0, d) => format!("{d} draf"),
        (w, d) => format!("{w} belum terkirim, {d} draf"),
    }
}

pub const BLOCKED_STORAGE: &str = "Takar tidak dapat menyimpan di perangkat ini";
pub const BLOCKED_STORAGE_LEAD: &str = "Peramban menolak penyimpanan, sehingga isian dapat hilang. \
    Keluar dari mode penyamaran, izinkan penyimpanan untuk alamat ini, atau kosongkan ruang, lalu muat ulang.";
pub const BLOCKED_OLD: &str = "Takar sudah diperbarui di jendela lain";
pub const BLOCKED_OLD_LEAD: &str = "Muat ulang jendela ini untuk melanjutkan. Draf Anda tersimpan.";
pub const BLOCKED_TAB: &str = "Takar versi lama masih terbuka di tab lain";
pub const BLOCKED_TAB_LEAD: &str =
    "Tutup tab itu. Halaman ini lanjut sendiri, dan draf serta isian di perangkat ini tetap ada.";
pub const RELOAD: &str = "Muat ulang";
