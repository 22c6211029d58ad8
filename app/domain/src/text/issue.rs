//! Words for the codes of [`crate::issue::Issue`]: what happened, what to do.
//!
//! A line per sentence: its codes, then the words, with `{facts}` of the issue. Of
//! several lines for a code the first counts whose facts are all there. `{=…}` is
//! no fact, but what stands there, without the sign.

use crate::issue::{Issue, Severity};

/// The sentence for an issue. An unknown code (from newer software) still
/// gets a sentence.
#[must_use]
pub fn issue(issue: &Issue) -> String {
    let later = [file(), step(), super::workbook::issues(), super::sign::issues()];
    let about = [FIELD, ACT, SETTING].into_iter().chain(later).flat_map(str::lines);
    let told = about.filter_map(|line| line.split_once('='));
    let mut sentence = None;
    for (_, words) in told.filter(|(codes, _)| codes.split(' ').any(|code| code == issue.code)) {
        let (text, whole) = filled(words, issue);
        sentence = Some(text);
        if whole {
            break;
        }
    }
    sentence.unwrap_or_else(|| {
        let general = match issue.severity {
            Severity::Soft => "Apakah isian ini sudah benar?",
            Severity::Hard => "Isian ini belum dapat disimpan. Periksa kembali.",
        };
        general.into()
    })
}

/// The words with the issue's facts in them, and whether it has all of these.
fn filled(words: &str, issue: &Issue) -> (String, bool) {
    let (mut text, mut rest, mut whole) = (String::new(), words, true);
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        text.push_str(before);
        if let Some(plain) = name.strip_prefix('=') {
            text.push_str(&["{", plain, "}"].concat());
        } else {
            let fact = issue.facts.get(name).map_or("", String::as_str);
            whole &= !fact.is_empty();
            text.push_str(fact);
        }
        rest = after;
    }
    text.push_str(rest);
    (text, whole)
}

/// About one typed field.
const FIELD: &str = "\
number.ambiguous=Maksudnya {as_thousands} atau {as_decimal}? Pilih salah satu.
number.jump={value} jauh dari {near}. Maksudnya {suggestion}?
number.jump={value} jauh dari {near}. Apakah sudah benar?
number.fell=Turun dari {last} ke {value}. Ini angka kumulatif: mohon tulis alasannya.
variables.missing=Isi {name}.
variables.unknown={name} tidak ada pada indikator ini.
variables.over={part} lebih besar dari {whole}. Apakah sudah benar?
number.shape=Isi dengan angka, misalnya 98,5.
number.too_large=Angka terlalu besar. Paling besar 1.000.000.000.000.000.
number.too_many_places=Paling banyak enam angka di belakang koma.
number.negative=Angka ini tidak boleh di bawah nol.
number.whole=Jumlah ini harus bilangan bulat.
number.over_hundred=Lebih dari 100%. Apakah sudah benar?
number.below_zero=Angka di bawah nol. Apakah sudah benar?
date.shape date.wrong=Isi tanggal seperti 5 Februari 2026 atau 5/2/2026.
date.no_such_day=Tanggal itu tidak ada di kalender.
date.future=Tanggal kejadian tidak boleh sesudah hari ini.
date.other_year=Tanggal kejadian di luar tahun pengukuran. Apakah sudah benar?
date.order=Tanggal akhir tidak boleh sebelum tanggal mulai.
entry.empty=Isi realisasinya, atau pilih mengapa belum ada.
entry.derived_state=Status ini dihitung sendiri, tidak dapat dipilih.
entry.state_with_number=Hapus angkanya, atau pilih status terisi.
entry.too_many=Terlalu banyak lampiran pada satu isian.
value.rows=Realisasi dihitung dari rincian per nagari. Isi pada rinciannya.
value.reason_missing=Mohon tulis alasan singkat.
value.expected_missing=Kapan perkiraan terbitnya?
value.predicate_missing=Isi predikatnya, misalnya WTP.
value.not_predicate=Indikator ini diisi dengan angka.
variables.zero=Penyebut nol: capaian tidak dapat dihitung. Apakah sudah benar?
evidence.asked=Bukti dukung yang diminta belum ada: {what}.
row.missing=Pilih sudah atau belum, atau isi angkanya.
row.ticked_only=Rincian ini diisi dengan sudah atau belum, bukan angka.
text.empty=Bagian ini perlu diisi.
text.too_long=Terlalu panjang. Paling banyak {max} huruf.
text.too_long=Tulisan terlalu panjang.";

/// About a picked file.
#[inline(never)]
const fn file() -> &'static str {
    "\
file.too_large=Berkas ini lebih besar dari {max} MB, jadi tidak dapat dilampirkan. Perkecil dahulu, lalu pilih lagi.
file.empty=Berkas ini kosong. Pilih berkas lain.
file.heic=Foto ini berformat HEIC yang tidak dapat dibuka di semua perangkat. Atur kamera ke JPEG, atau pilih foto lain.
file.unknown=Jenis berkas ini tidak dapat dilampirkan. Pakai foto (JPEG, PNG, WebP), PDF, atau tabel (XLSX, ODS, CSV).
file.unreadable=Berkas ini tidak dapat dibaca di perangkat ini. Pilih lagi, atau pakai berkas lain.
file.not_kept=Penyimpanan perangkat penuh atau ditolak peramban. Kosongkan ruang, lalu lampirkan lagi.
evidence.wrong=Keterangan lampiran ini tidak lengkap. Hapus lampirannya, lalu lampirkan lagi.
file.limit=Batas ukuran berkas paling banyak 100 MB."
}

/// About what someone wanted to do.
const ACT: &str = "\
permission.denied=Jabatan Anda tidak berwenang untuk ini. Isian Anda tetap tersimpan.
difference.not_yours=Angka berbeda diputuskan oleh kepala unit. Isian Anda tetap tersimpan.
accept.differs=Putuskan dahulu angka yang berbeda, lalu validasi.
accept.empty=Belum ada isian yang dapat divalidasi.
return.comment=Tulis apa yang perlu diperbaiki.
send.empty=Belum ada isian yang dapat dikirim.
nagari.unknown=Nagari ini tidak ada dalam daftar. Periksa Pengaturan.
subject.unknown=Indikator, unit, atau tahapan ini belum dikenal di kantor. Isian Anda tetap tersimpan.
judged.too_many operation.too_large=Terlalu banyak untuk sekali simpan. Kerjakan dalam beberapa bagian.
action.wrong_groups action.wrong_subject group.unknown shape.wrong send.wrong_stage validation.inconsistent operation.unstorable=Isian ini dibuat oleh versi aplikasi yang berbeda dan tidak dapat dipakai. Perbarui aplikasi, lalu isi lagi.";

/// About a step of the SOP, and the hours that it is measured by.
#[inline(never)]
const fn step() -> &'static str {
    "\
step.waits=Menunggu {step} selesai.
step.followed={step} sudah selesai. Buka kembali tahap itu dahulu.
step.unvalidated={count} isian belum divalidasi.
step.differs={count} angka berbeda belum diputuskan.
step.corrections={count} koreksi belum diputuskan.
step.budget=Realisasi anggaran {count} sub kegiatan belum diisi sampai {until}. Bendahara mengisinya di Anggaran.
budget.fell=Realisasi kumulatif turun dari {last} ke {value}. Apakah sudah benar?
budget.over=Realisasi {value} melebihi pagu {pagu}. Apakah sudah benar?
step.mending=Koreksi menunggu {unit} memperbaiki dan menyampaikan lagi datanya.
step.missing=Isi {name} dahulu.
form.handed_over={unit} sudah menyampaikan datanya. Kembalikan dahulu ke unit itu, lalu ubah form.
calendar.line retention.line=Baris {line} tidak terbaca: {text}
sop.twice=Tahap nomor {step} ada dua kali.
sop.after=Tahap {step} menunggu tahap {after}, yang tidak ada sebelum tahap itu.
sop.nobody=Tahap {step} belum mempunyai pelaksana.
sop.kind_twice=Jenis tahap {step} hanya boleh satu dalam SOP.
step.wrong_state=Tahap ini sudah berubah. Lihat keadaannya sekarang, lalu coba lagi.
step.seal=Data unit ini berubah sejak dilihat. Periksa, lalu sampaikan lagi.
step.reason=Tulis alasan membuka kembali tahap ini.
step.paper_differs=Ada dua isi yang berbeda pada tahap ini. Pilih salah satu dan simpan dahulu.
restated.same=Angkanya sama dengan semula.
budget.future=Tanggal realisasi tidak boleh sesudah hari ini.
budget.year=Tanggal realisasi di luar tahun anggaran tahapan ini.
budget.nothing=Belum ada angka yang diubah.
correction.empty=Tulis apa yang perlu dikoreksi, atau lampirkan foto halamannya.
correction.word=Tulis bagaimana koreksi ini diselesaikan.
correction.changed=Koreksi yang sudah dicatat tidak dapat diubah. Tarik kembali, lalu catat yang baru.
step.devices=Masih ada perangkat dengan data yang belum terkirim. Tulis alasan tetap melanjutkan.
step.over=Lebih lama dari waktu baku. Tulis alasannya.
step.overdue=Sudah lewat batasnya. Tulis alasannya.
step.rounds=Tahap ini sudah terlalu sering dibuka kembali.
step.minutes=Waktu kerja paling banyak 24.000 menit.
form.not_yours=Form hanya dapat dinyatakan sudah dibaca oleh yang membacanya sendiri.
form.version=Form sudah berubah sejak dibuka. Lihat yang sekarang, lalu ubah lagi.
form.closed=Tahapan ini sudah ditutup, formnya tidak dapat diubah.
form.signed=Dokumen sudah ditandatangani, formnya tidak dapat diubah.
choice.unknown=Pilih salah satu dari daftar.
calendar.too_many=Terlalu banyak hari libur atau jam kerja dalam satu kalender.
calendar.interval=Jam mulai harus sebelum jam selesai, dan tidak boleh bertumpuk.
sop.tolerance=Toleransi paling banyak 1.000 persen.
sop.before=Tahap {after} tidak ada sebelum tahap ini.
sop.heads=Tulis tepat tiga kepala kolom: kelengkapan, waktu, dan output.
sop.column=Tahap {step} memakai tanda pada kolom yang dihapus di sini. Ubah tahap itu dahulu.
sop.editing=Selesaikan dahulu tahap yang sedang diubah: Pakai atau Batal.
sop.known=Versi ini sudah ada.
sop.version=Versi SOP yang sudah tersimpan tidak berubah. Simpan sebagai versi baru.
cycle.no_sop=Pilih SOP untuk tahapan ini.
cycle.fixed=Periode, SOP, dan kebijakan tahapan yang sudah dibuka tidak berubah. Batalkan, lalu buka yang baru.
cycle.abandoned=Tahapan ini sudah dibatalkan. Buka tahapan baru untuk periode itu.
cycle.reason=Tulis alasan membatalkan tahapan ini."
}

/// About the office's settings.
const SETTING: &str = "\
scale.open_end=Kriteria terakhir tidak memakai batas, supaya setiap angka punya kriteria.
scale.order=Urutkan batas kriteria dari yang tertinggi.
code.wrong=Kode memakai huruf kecil, angka, dan tanda hubung, paling banyak 32 huruf.
username.wrong=Pakai 2 sampai 64 huruf kecil, angka, titik, atau garis, tanpa spasi.
password.short=Kata sandi paling sedikit 8 huruf.
paste.empty=Belum ada nama baru. Tulis satu nama per baris.
settings.taken=Sudah dipakai. Pilih yang lain.
settings.gone=Data ini sudah tidak ada. Muat ulang halaman.
settings.own_parent=Unit tidak dapat menjadi bagian dari dirinya sendiri.
cycle.already_open=Tahapan untuk periode ini sudah dibuka.
cycle.no_period=Pilih tahun dan periodenya.
cycle.due_after_regency=Batas isi data harus sebelum batas kirim ke kabupaten.
sop.steps=SOP perlu paling sedikit satu tahap.
variables.count=Indikator ini perlu tepat dua variabel: pembilang dan penyebut.";
