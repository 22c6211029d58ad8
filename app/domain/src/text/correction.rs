//! *Koreksi Camat*: what is corrected, and what becomes of it.

use crate::procedure::correction::{Decided, Standing};

pub const TITLE: &str = "Koreksi";
pub const NONE: &str = "Belum ada koreksi.";
pub const DOCUMENT: &str = "Isi dokumen";
pub const DOCUMENT_LEAD: &str = "Pilih angka yang dikoreksi. Bagian lain, tulisan, atau foto halaman coretan dicatat \
     dengan “Koreksi bagian lain”.";
pub const PIN: &str = "Koreksi";
pub const PIN_OTHER: &str = "Koreksi bagian lain";
pub const WHERE: &str = "Bagian";
pub const WHAT: &str = "Yang perlu dikoreksi";
pub const WHAT_HINT: &str = "Boleh kosong bila foto halaman coretan dilampirkan.";
pub const TEXT: &str = "Naskah dokumen";
pub const PAGES: &str = "Halaman coretan";
pub const PINNED: &str = "Koreksi dicatat.";
pub const BEFORE: &str = "Saat dikoreksi";
pub const NOW: &str = "Sekarang";
pub const UNCHANGED: &str = "belum berubah";
pub const EMPTY: &str = "belum diisi";
pub const GIVE_BACK: &str = "Kembalikan ke unit";
pub const GIVE_BACK_UNIT: &str = "Unit yang memperbaiki";
pub const SETTLE: &str = "Selesaikan sendiri";
pub const SETTLE_WORD: &str = "Bagaimana diselesaikan?";
pub const WITHDRAW: &str = "Tarik kembali";
pub const WITHDRAW_WORD: &str = "Mengapa ditarik?";
pub const DIFFERS: &str = "Dua putusan dibuat pada saat yang sama. Pilih yang dipakai.";
pub const TO_CORRECTIONS: &str = "Lihat koreksi";
pub const ON_BEHALF: &str = "Dicatat atas nama ";

/// What was decided, in the history and in the list of what was not sent.
#[must_use]
pub const fn decided(decided: Decided) -> &'static str {
    match decided {
        Decided::Open => "dicatat",
        Decided::Returned => "dikembalikan ke unit",
        Decided::Settled => "diselesaikan",
        Decided::Withdrawn => "ditarik kembali",
    }
}

/// Where a correction stands, as a tag.
#[must_use]
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "terbuka",
        Standing::Differs => "dua putusan",
        Standing::Waits { .. } => "menunggu unit",
        Standing::Answered => "sudah dijawab unit",
        Standing::Settled => "diselesaikan",
        Standing::Withdrawn => "ditarik kembali",
    }
}

/// The way from *Pengajuan* to the cover letter.
pub const LETTER: &str = "Tulis draf surat pengantar";
