//! Pengaturan: office, units, people, nagari, cycles.

pub const OFFICE: &str = "Kantor";
pub const UNITS: &str = "Unit kerja";
pub const PEOPLE: &str = "Orang dan jabatan";
pub const VILLAGES: &str = "Daftar nagari";
pub const CYCLES: &str = "Tahapan pengukuran";
pub const PLAN: &str = "Rencana kinerja";
pub const POLICY: &str = "Kebijakan pengukuran";
pub const PASSWORD: &str = "Kata sandi saya";
pub const LEAD: &str =
    "Perubahan tersimpan di perangkat ini dan terkirim sendiri, juga dibuat tanpa sambungan.";
pub const LOOK_ONLY: &str = "Jabatan Anda dapat melihat pengaturan ini, tetapi tidak mengubahnya.";

// Words for records and fields, used wherever a record must be named.
pub const PERSON: &str = "Orang";
pub const POST: &str = "Jabatan";
pub const VILLAGE: &str = "Nagari";
pub const SOP: &str = "SOP";
pub const CYCLE: &str = "Tahapan";
pub const DEVICES: &str = "Perangkat";
pub const DEVICES_LEAD: &str =
    "Yang masih ada di tiap perangkat menurut laporan terakhirnya, dan nomor yang tidak pernah sampai.";
pub const DEVICE_NAMING: &str = "Beri nama";
pub const DEVICE_NAME: &str = "Nama perangkat";
pub const DEVICE_NAME_HINT: &str = "Misalnya HP Kasi Pemerintahan atau laptop ruang rapat.";
pub const NO_DEVICES: &str = "Belum ada perangkat yang melapor.";
pub const DEVICE_WIPED: &str = "data terhapus";
pub const DEVICE_CLEAR: &str = "sudah terkirim";
pub const DEVICE_HOLDS: &str = "belum terkirim";
pub const HOURS: &str = "Jam kerja";
pub const HOURS_HINT: &str = "Satu kelompok baris untuk satu masa, dipisah baris kosong; kelompok yang di bawah menang. \
    Contoh: Ramadan 1448 H / Berlaku 8 Februari 2027 sampai 9 Maret 2027 / Senin-Kamis 08.00-12.00 12.30-15.00";
pub const HOLIDAYS: &str = "Hari libur nasional dan cuti bersama";
pub const HOLIDAYS_HINT: &str = "Satu hari per baris, misalnya 1 Januari 2027 Tahun Baru";
pub const SOP_USED: &str = "sedang dipakai";
pub const SOP_TAKE: &str = "Buka sebagai teks";
pub const SOP_NEW: &str = "Versi baru";
pub const SOP_LEAD: &str = "Buka sebuah versi sebagai teks atau pilih berkas, ubah, lalu simpan sebagai versi baru. \
    Tahapan yang sedang berjalan tetap memakai versinya sendiri.";
pub const SOP_TEXT: &str = "Isi SOP (TOML)";
pub const SOP_SAVE: &str = "Periksa dan simpan";
pub const SOP_PICK: &str = "Pilih berkas";
pub const SOP_DOWNLOAD: &str = "Unduh";
pub const SOP_NO_TEXT: &str = "Berkas ini tidak dapat dibaca sebagai teks.";
pub const SOP_SAVED: &str = "Versi baru SOP tersimpan.";
pub const STEPWISE: &str = "Jalankan tahap demi tahap menurut SOP. Tanpa ini, data dapat diisi sejak dibuka.";
pub const CALENDAR: &str = "Jam kerja dan hari libur";
pub const FIELDS: &str = "Keterangan";
pub const PAGU: &str = "Pagu";
pub const DONE: &str = "sudah";
pub const NOT_DONE: &str = "belum";
pub const EMPTY: &str = "kosong";
pub const UNREADABLE: &str = "isian dari versi lain";
pub const UNKNOWN_PERSON: &str = "orang yang tidak dikenal";
pub const UNKNOWN_UNIT: &str = "unit yang tidak dikenal";
pub const GONE_INDICATOR: &str = "indikator yang sudah tidak ada";

// Office.
pub const OFFICE_NAME: &str = "Nama kantor";
pub const OFFICE_NAME_HINT: &str = "Misalnya Kecamatan Contoh. Tercetak pada kepala form.";
pub const REGENCY: &str = "Kabupaten atau kota";
pub const ADDRESS: &str = "Alamat";
pub const ZONE: &str = "Zona waktu";
pub const ZONES: [(&str, &str); 3] =
    [("WIB", "WIB (barat)"), ("WITA", "WITA (tengah)"), ("WIT", "WIT (timur)")];
pub const VILLAGE_WORD: &str = "Sebutan untuk desa";
pub const VILLAGE_WORD_HINT: &str = "nagari, desa, atau kelurahan";

// Units.
pub const UNIT_NAME: &str = "Nama unit";
pub const UNIT_KIND: &str = "Jenis";
pub const UNIT_PARENT: &str = "Bagian dari";
pub const NO_PARENT: &str = "berdiri sendiri";
pub const ADD_UNIT: &str = "Tambah unit";
pub const ACTIVE: &str = "Dipakai";
pub const INACTIVE: &str = "tidak dipakai";

// People.
pub const ADD_PERSON: &str = "Tambah orang";
pub const NAME: &str = "Nama";
pub const USERNAME: &str = "Nama pengguna";
pub const USERNAME_HINT: &str = "Untuk masuk: huruf kecil, angka, titik. Misalnya staf.pemerintahan";
pub const NIP: &str = "NIP";
pub const POSTS: &str = "Jabatan yang dipegang";
pub const NO_POST: &str = "belum memegang jabatan";
pub const ADD_POST: &str = "Tambah jabatan";
pub const END_POST: &str = "Akhiri";
pub const END_ON: &str = "Hari terakhir";
pub const FROM: &str = "Mulai tanggal";
pub const TO: &str = "Sampai tanggal";
pub const TENURE: &str = "Status jabatan";
pub const DEFINITIVE: &str = "definitif";
pub const LETTER: &str = "Dasar surat";
pub const LETTER_HINT: &str = "Nomor surat keputusan atau surat perintah";
pub const OFFICE_WIDE: &str = "seluruh kantor";
pub const SET_PASSWORD: &str = "Beri kata sandi";
pub const NEW_PASSWORD: &str = "Kata sandi baru";
pub const PASSWORD_HINT: &str =
    "Paling sedikit 8 huruf. Beri tahu orangnya secara langsung, lalu minta menggantinya.";
pub const PASSWORD_ONLINE: &str = "Memerlukan sambungan ke kantor.";
pub const PASSWORD_SET: &str = "Kata sandi sudah diganti.";
pub const OLD_PASSWORD: &str = "Kata sandi lama";
pub const PERSON_ACTIVE: &str = "Boleh masuk";
pub const PERSON_INACTIVE: &str = "tidak boleh masuk";

// Nagari.
pub const PASTE: &str = "Tempel banyak nama";
pub const PASTE_HINT: &str =
    "Satu nama per baris. Boleh ditempel dari Excel atau WhatsApp; nomor urut diabaikan.";
pub const PASTE_ADD: &str = "Tambahkan ke daftar";
pub const NO_VILLAGES: &str = "Daftar masih kosong.";
pub const CODE: &str = "Kode";

// Cycles.
pub const WHOLE_YEAR: &str = "Setahun";
pub const OPEN_CYCLE: &str = "Buka tahapan";
pub const CLOSE_CYCLE: &str = "Tutup tahapan";
pub const CLOSE_SURE: &str = "Tutup tahapan ini? Isian yang tiba sesudahnya menjadi data susulan.";
pub const CYCLE_OPEN: &str = "dibuka";
pub const CYCLE_CLOSED: &str = "ditutup";
pub const YEAR: &str = "Tahun";
pub const QUARTER: &str = "Triwulan";
pub const DUE: &str = "Batas isi data";
pub const DUE_HINT: &str = "Misalnya 12 Oktober 2026";
pub const REGENCY_DUE: &str = "Batas kirim ke kabupaten";
pub const NO_CYCLES: &str = "Belum ada tahapan. Buka satu supaya unit dapat mengisi.";

// Plan.
pub const ASSUMED: &str = "Arah indikator perlu dipastikan";
pub const ASSUMED_HINT: &str =
    "Berkas rencana tidak menyebut arah. Dianggap lebih tinggi lebih baik; pastikan atau ubah.";
pub const CONFIRM_ALL: &str = "Semua benar: lebih tinggi lebih baik";
pub const DIRECTION: &str = "Arah";
pub const VALUE_TYPE: &str = "Jenis nilai";
pub const PART: &str = "Pembilang";
pub const PART_HINT: &str = "Isi pembilang dan penyebut bila realisasi adalah persentase dari dua data.";
pub const WHOLE: &str = "Penyebut";
const PART_AND_WHOLE: &str = "Pembilang dan penyebut";
pub const ROWS: &str = "Rincian per nagari";
pub const ROWS_OFF: &str = "tidak, satu angka";
pub const RESPONSIBLE: &str = "Unit penanggung jawab";
pub const PROGRAM_UNITS: &str = "Penanggung jawab per program";
pub const PROGRAM_UNITS_HINT: &str =
    "Berlaku untuk semua indikator di bawahnya yang tidak menyebut unit sendiri.";
pub const NO_UNIT: &str = "belum ditentukan";
pub const FROM_NODE: &str = "mengikuti program";
pub const ACCUMULATION: &str = "Penjumlahan triwulan";
pub const QUARTER_TARGETS: &str = "Target triwulan";
pub const YEAR_TARGET: &str = "Target setahun";
pub const TARGET_EMPTY_HINT: &str =
    "Kosong berarti mengikuti target setahun menurut cara penjumlahannya, bukan nol.";
pub const SAME_AS: &str = "Diisi sekali pada";
pub const INDICATOR_INACTIVE: &str = "tidak diukur lagi";
pub const SEARCH: &str = "Cari indikator";
pub const NO_PLAN: &str = "Rencana kinerja belum dimasukkan.";
pub const NO_PLAN_HINT: &str = "Di komputer kantor, jalankan: takar import plan BERKAS.csv";

// Policy.
pub const EFFECTIVE: &str = "Berlaku mulai tahun";
pub const LOWER_RULE: &str = "Lebih rendah lebih baik";
pub const HIGHER_RULE: &str = "Lebih tinggi lebih baik";
pub const CAP: &str = "Batas atas capaian";
pub const SCALE: &str = "Kriteria";
pub const SCALE_ABOVE: &str = "capaian di atas";
pub const SCALE_REST: &str = "selebihnya";
pub const POLICY_DEFAULT: &str = "Belum ada kebijakan tersendiri. Dipakai aturan bawaan di bawah ini.";

/// The label of a form's field by the path of an issue.
#[must_use]
pub fn field(path: &str) -> Option<&'static str> {
    Some(match path {
        "name" => NAME,
        "regency" => REGENCY,
        "village_word" => VILLAGE_WORD,
        "username" => USERNAME,
        "from" => FROM,
        "to" => TO,
        "unit" => crate::text::common::UNIT,
        "due" => DUE,
        "variables" => PART_AND_WHOLE,
        "measure" => crate::text::common::MEASURE,
        _ => return None,
    })
}

/// `Batas isi data wajib diisi.`
#[must_use]
pub fn required(field: &str) -> String {
    [field, " wajib diisi."].concat()
}

/// `20 nama baru, 2 sudah ada`.
#[must_use]
pub fn pasted(added: usize, known: usize) -> String {
    if known == 0 { format!("{added} nama baru") } else { format!("{added} nama baru, {known} sudah ada") }
}

/// `44 indikator, 3 arah perlu dipastikan`.
#[must_use]
pub fn plan_counts(indicators: usize, assumed: usize) -> String {
    if assumed == 0 {
        format!("{indicators} indikator")
    } else {
        format!("{indicators} indikator, {assumed} arah perlu dipastikan")
    }
}

/// `000.8.3.3/01/SOP/KC-2026 · versi 2 · 14 tahap`: two versions often share their number.
#[must_use]
pub fn sop_detail(number: &str, version: usize, steps: usize) -> String {
    [number, " · versi ", &version.to_string(), " · ", &steps.to_string(), " tahap"].concat()
}

/// `Perangkat berkode 3f2a`: browsers have no names, so the end of its id.
#[must_use]
pub fn device(end: &str) -> String {
    [DEVICES, " berkode ", end].concat()
}

/// `3 belum terkirim`.
#[must_use]
pub fn device_depth(depth: u64) -> String {
    format!("{depth} {DEVICE_HOLDS}")
}

/// `melapor 6 Oktober 2026 pukul 16.02`.
#[must_use]
pub fn device_reported(time: &str) -> String {
    ["melapor ", time].concat()
}

/// `dihapus peramban 6 Oktober 2026 pukul 16.02`.
#[must_use]
pub fn device_wiped(time: &str) -> String {
    ["dihapus peramban ", time].concat()
}

/// `tidak pernah sampai: Kasi Pemerintahan nomor 4 sampai 6`.
#[must_use]
pub fn device_gap(person: &str, from: u64, to: u64) -> String {
    format!("tidak pernah sampai: {person} nomor {from} sampai {to}")
}
