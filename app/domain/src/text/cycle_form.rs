//! *Form pengukuran* of a cycle: its versions, what a unit says about it.

pub const TITLE: &str = "Form pengukuran";
pub const LEAD: &str =
    "Indikator yang diukur pada tahapan ini, batas isi data per unit, dan bukti dukung yang diminta.";
pub const OPEN: &str = "Lihat form";
pub const EDIT: &str = "Lihat dan ubah form";
pub const MEASURED: &str = "Diukur";
pub const LEFT_OUT: &str = "tidak diukur pada tahapan ini";
pub const LEFT_OUT_NOTE: &str = "Indikator yang tidak diukur hilang dari Isi data, kelengkapan, dan rekap tahapan ini. \
     Isian yang sudah ada tetap tersimpan dan muncul lagi bila indikatornya diukur kembali.";
pub const DATE: &str = "Batas isi data unit ini";
pub const DATE_HINT: &str = "Kosongkan bila sama dengan batas tahapan.";
pub const ASKED: &str = "Bukti dukung yang diminta";
pub const BECAUSE: &str = "Alasan perubahan";
pub const ALSO: &str = "dipakai juga oleh";
pub const NOTHING: &str = "Tidak ada indikator yang diukur pada unit ini.";
pub const NO_UNIT: &str = "Tanpa unit";
pub const VERSIONS: &str = "Versi sebelumnya";
pub const DIFFERS: &str = "Dua orang mengubah form pada saat yang sama. Yang dipakai adalah yang pertama sampai. \
     Simpan form sekali lagi untuk memutuskan isinya.";
pub const MOVED: &str = "Form baru diubah dari perangkat lain. Muat ulang halaman ini sebelum menyimpan.";

// Step 3: read and acknowledged.
pub const READ: &str = "Sudah dibaca";
pub const READ_BY: &str = "Dibaca oleh unit";
pub const NOT_READ: &str = "belum dibaca";
pub const REMARKS: &str = "Masukan untuk penyusun form";
pub const REMARKS_HINT: &str = "Boleh dikosongkan.";
pub const SAID: &str = "Tersimpan. Penyusun form melihat masukan ini.";
pub const CHANGE_FORM: &str = "Ubah form menurut masukan ini";

/// `versi 2`.
#[must_use]
pub fn version(version: u32) -> String {
    ["versi ", &version.to_string()].concat()
}

/// `Simpan sebagai versi 3`.
#[must_use]
pub fn save(version: u32) -> String {
    ["Simpan sebagai ", &self::version(version)].concat()
}

/// `61 indikator diukur, 2 tidak diukur`.
#[must_use]
pub fn counts(measured: usize, left_out: usize) -> String {
    let words = [&measured.to_string(), " indikator diukur"].concat();
    if left_out == 0 { words } else { [&words, ", ", &left_out.to_string(), " tidak diukur"].concat() }
}

/// `rincian 15 nagari`.
#[must_use]
pub fn rows(count: usize, village: &str) -> String {
    ["rincian ", &count.to_string(), " ", village].concat()
}

/// `Baca form Seksi A`.
#[must_use]
pub fn task(unit: &str) -> String {
    ["Baca form ", unit].concat()
}

/// `Masukan Seksi A: Mohon ditambah.`
#[must_use]
pub fn remark_of(unit: &str, remark: &str) -> String {
    ["Masukan ", unit, ": ", remark].concat()
}

/// `Putusan rapat: Indikator ini diukur per semester.`
#[must_use]
pub fn decision_of(decision: &str) -> String {
    ["Putusan rapat: ", decision].concat()
}

/// `sudah dibaca, versi 1`: the form has changed since.
#[must_use]
pub fn read_older(version: u32) -> String {
    ["yang dibaca ", &self::version(version)].concat()
}

/// `bukti: daftar hadir`.
#[must_use]
pub fn asks(evidence: &str) -> String {
    ["Bukti dukung yang diminta: ", evidence].concat()
}
