//! *Dokumen*, penandatanganan, and the letter that sends it.

use crate::procedure::sign::Manner;

pub const DOCUMENT: &str = "Dokumen";
pub const SEE: &str = "Lihat dokumen";
pub const DIGEST: &str = "Sidik dokumen (SHA-256)";
pub const SIGN: &str = "Tandatangani";
pub const SIGNED: &str = "Ditandatangani. Dokumen terkunci.";
pub const NOT_SIGNED: &str = "Belum ditandatangani.";
pub const SAME: &str = "sama dengan yang ditandatangani";
pub const OTHER: &str = "Angka di perangkat ini berbeda dari yang ditandatangani. Yang ditandatangani tetap tersimpan di kantor; \
     buka paketnya.";
pub const MANNER: &str = "Cara menandatangani";
pub const SIGNER: &str = "Yang menandatangani";
pub const PASSWORD: &str = "Kata sandi penanda tangan";
pub const PASSWORD_HINT: &str = "Hanya untuk kata sandi dan segel Takar.";
pub const LEAD: &str = "Perlu sambungan ke kantor. Pindaian atau PDF dilampirkan dahulu pada Isi tahap ini.";
pub const SEAL_NOTE: &str = "Segel Takar membuktikan isi dan pembuatnya di dalam Takar. Segel ini bukan tanda tangan elektronik tersertifikasi.";
pub const VERSIONS: &str = "Tanda tangan sebelumnya";
pub const PACKAGE: &str = "Unduh paket (ZIP)";
pub const PRINT: &str = "Cetak Form Pengukuran Kinerja";
pub const CODE: &str = "Kode";
pub const RATING: &str = "Kriteria";
pub const LETTER: &str = "Nomor surat";
pub const NO_NUMBER: &str = "Nomor menyusul: diberikan kantor saat tersambung.";
pub const GIVE_NUMBER: &str = "Beri nomor";
pub const NUMBER_GIVEN: &str = "Nomor sudah diberikan.";
pub const LETTER_DATE: &str = "Tanggal surat";
pub const LETTER_DATE_HINT: &str = "Menentukan tahun nomornya. Tidak boleh sesudah hari ini.";
pub const RECEIPT: &str = "Tanda terima";
pub const RECEIPT_LEAD: &str = "Dapat dicatat kapan saja, juga sesudah pengarsipan.";
pub const RECEIVED_ON: &str = "Diterima tanggal";
pub const RECEIVED_BY: &str = "Penerima";
pub const NUMBER_PATTERN: &str = "Pola nomor surat";
pub const NUMBER_PATTERN_HINT: &str =
    "Boleh memakai {klasifikasi}, {seq}, {jenis}, {kode_unit}, {bulan_romawi}, {tahun}.";
pub const LETTER_UNIT: &str = "Kode unit pada nomor surat";
pub const LETTER_CLASS: &str = "Klasifikasi surat pengantar";

pub const PLACE: &str = "Tempat pada tanggal surat";
pub const PLACE_HINT: &str = "Dicetak sebelum tanggal, misalnya nama ibu kota kecamatan.";

pub const COVER: &str = "Surat pengantar";
pub const PRINT_COVER: &str = "Cetak surat pengantar";
pub const COVER_TITLE: &str = "SURAT PENGANTAR";
pub const COVER_LEAD: &str =
    "Cetak dua rangkap: satu kembali dengan tanda terima. Kertas F4 tegak (215 × 330 mm).";
pub const COVER_DRAFT: &str = "Masih konsep: nomornya menyusul.";
pub const COVER_HEADS: [&str; 4] = ["No.", "Jenis yang dikirim", "Banyaknya", "Keterangan"];
pub const COVER_COUNT: &str = "1 (satu) berkas";
pub const COVER_REMARKS: &str = "Dikirim dengan hormat untuk dipergunakan seperlunya.";
pub const NUMBER_LINE: &str = "Nomor: ";
pub const NUMBER_LATER: &str = "………… (menyusul)";
pub const TO: &str = "Kepada Yth.";
pub const RECEIVED_BLOCK: [&str; 4] = ["Diterima tanggal", "Penerima", "Nama dan jabatan", "Tanda tangan"];
pub const PARAF: &str = "Paraf: Kasubbag ………… Sekretaris …………";

/// The three ways to sign.
#[must_use]
pub const fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Seal => "Kata sandi dan segel Takar",
        Manner::Scan => "Pindaian halaman yang ditandatangani",
        Manner::Bsre => "PDF bertanda tangan BSrE",
    }
}

/// `Sekretaris sebagai Plt. CAMAT CONTOH · Pindaian … · 6 Oktober 2026 pukul 16.02`.
#[must_use]
pub fn signed(name: &str, title: &[String], by: Manner, when: &str) -> String {
    [name, " sebagai ", &title.join(", "), " · ", manner(by), " · ", when].concat()
}

/// `12/SP/KC/2026, 6 Oktober 2026`.
#[must_use]
pub fn numbered(number: &str, date: &str) -> String {
    [number, ", ", date].concat()
}

/// As much of a hash as people compare.
#[must_use]
pub fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}

/// `Segel Takar, kode 3f2a91bc. Bukan …`
#[must_use]
pub fn sealed(code: &str) -> String {
    ["Segel Takar, kode ", code, ". Bukan tanda tangan elektronik tersertifikasi."].concat()
}

/// `Pindaian halaman yang ditandatangani · kode sidik 3f2a91bc`.
#[must_use]
pub fn attached(by: Manner, code: &str) -> String {
    [manner(by), " · kode sidik ", code].concat()
}

/// On a sheet whose figures are not those that were signed.
#[must_use]
pub fn not_this(code: &str) -> String {
    [
        "Belum ditandatangani: angka lembar ini berbeda dari dokumen yang ditandatangani (kode sidik ",
        code,
        ").",
    ]
    .concat()
}

/// What a cover letter sends.
#[must_use]
pub fn letter_about(period: &str) -> String {
    ["Dokumen Pengukuran Kinerja ", period].concat()
}

/// A code of the office's own refusal by its name, for the wire.
#[must_use]
pub fn code(code: &str) -> &'static str {
    const KNOWN: [&str; 15] = [
        "sign.none",
        "sign.damaged",
        "sign.office_only",
        "sign.changed",
        "sign.no_scan",
        "sign.no_pdf",
        "number.taken",
        "letter.no_number",
        "letter.future",
        "letter.year",
        "date.future",
        "step.waits",
        "step.wrong_state",
        "step.missing",
        "step.paper_differs",
    ];
    KNOWN.into_iter().find(|known| *known == code).unwrap_or("office.refused")
}

/// Sentences about signing and numbering, as in [`super::issue`].
#[inline(never)]
pub(super) const fn issues() -> &'static str {
    "\
sign.office_only=Dokumen ditandatangani lewat Tandatangani, dengan sambungan ke kantor. Belum ada yang ditandatangani.
sign.changed=Angka dokumen berubah sejak Anda lihat. Belum ada yang ditandatangani. Periksa dokumen, lalu tandatangani lagi.
sign.none=Dokumen ini belum ditandatangani, jadi paketnya belum ada.
sign.damaged=Isi dokumen yang disimpan berbeda dari yang ditandatangani. Minta admin menjalankan `takar verify files`.
sign.no_scan=Lampirkan dahulu pindaian halaman yang sudah ditandatangani.
sign.no_pdf=Lampirkan dahulu PDF yang sudah ditandatangani lewat BSrE.
number.office_only=Nomor surat diberikan oleh kantor saat tersambung, bukan diketik.
number.taken=Nomor ini sudah dipakai surat lain. Minta nomor lagi.
number.pattern=Pola nomor perlu {=seq} dan hanya boleh memakai {=klasifikasi}, {=seq}, {=sisipan}, {=jenis}, {=kode_unit}, {=bulan_romawi}, {=tahun}.
letter.no_number=Surat ini belum bernomor. Beri nomor dahulu saat tersambung ke kantor.
letter.future=Tanggal surat tidak boleh sesudah hari ini.
letter.year=Tahun nomor harus sama dengan tahun tanggal surat."
}
