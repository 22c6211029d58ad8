//! The one error of the server, answered as RFC 9457 problem+json.

mod from;

use axum::http::StatusCode;
use takar_domain::issue::Issue;

/// Why a request is refused. The words say what happened, what is safe, and
/// what to do; causes inside the server are logged, never answered.
#[derive(Debug)]
pub enum Problem {
    Malformed,
    UnknownVersion,
    NotFound,
    Method,
    MediaType,
    NotAcceptable,
    TooLarge,
    /// None of the bytes asked for exist.
    Range,
    CrossSite,
    SignInNeeded,
    PersonInactive,
    PermissionDenied,
    WrongPassword,
    /// Too many wrong passwords; how long to wait, in ms.
    Throttled {
        wait: i64,
    },
    WeakPassword,
    WrongCode,
    Founded,
    NotFounded,
    /// The device works for an office that is no longer served here.
    OfficeReplaced,
    /// An input of an online form that cannot be taken.
    Invalid {
        path: &'static str,
    },
    DemoOnly,
    /// The office's own rules refuse it, in their words.
    Refused(Issue),
    /// A restored office whose numbers and signatures nobody has looked at yet.
    RestoreWaits,
    /// The log knows a later time than this server's clock.
    ClockBehind,
    UnknownPerson,
    /// A file that the office does not take.
    File(Issue),
    /// A workbook that is none of the office's forms.
    Workbook(Issue),
    /// No file of this hash, or not yet.
    FileMissing,
    /// Another version of the upload protocol.
    UploadVersion,
    /// Nothing of this file was offered, or it has expired.
    UploadMissing,
    /// The upload stands elsewhere: at this offset.
    UploadOffset(u64),
    /// The bytes are not those of the hash.
    UploadChecksum,
    /// A newer request goes on with this upload.
    UploadTakenOver,
    TooManyUploads,
    /// No file of unsent work.
    ParcelUnknown,
    /// One that newer software wrote.
    ParcelNewer,
    /// One for another office.
    ParcelElsewhere,
    /// One that is not whole, or was changed.
    ParcelDamaged,
    Busy,
    Full,
    Unavailable,
    Internal(String),
}

impl Problem {
    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::UnknownVersion | Self::NotFound | Self::UnknownPerson => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Range => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::CrossSite
            | Self::PersonInactive
            | Self::PermissionDenied
            | Self::WrongCode
            | Self::DemoOnly => StatusCode::FORBIDDEN,
            Self::SignInNeeded | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::WeakPassword | Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Founded
            | Self::NotFounded
            | Self::OfficeReplaced
            | Self::Refused(_)
            | Self::RestoreWaits
            | Self::ClockBehind => StatusCode::CONFLICT,
            Self::File(issue) if issue.code == "file.too_large" => StatusCode::PAYLOAD_TOO_LARGE,
            Self::File(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Workbook(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::FileMissing | Self::UploadMissing => StatusCode::NOT_FOUND,
            Self::UploadVersion => StatusCode::PRECONDITION_FAILED,
            Self::UploadOffset(_) => StatusCode::CONFLICT,
            // tus' own: no status of HTTP says it.
            Self::UploadChecksum => StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST),
            Self::UploadTakenOver => StatusCode::LOCKED,
            Self::TooManyUploads => StatusCode::TOO_MANY_REQUESTS,
            Self::ParcelUnknown => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ParcelNewer | Self::ParcelDamaged => StatusCode::UNPROCESSABLE_ENTITY,
            Self::ParcelElsewhere => StatusCode::CONFLICT,
            Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "request.malformed",
            Self::UnknownVersion => "request.unknown_version",
            Self::NotFound => "not_found",
            Self::Method => "request.method",
            Self::MediaType => "request.media_type",
            Self::NotAcceptable => "request.not_acceptable",
            Self::TooLarge => "request.too_large",
            Self::Range => "request.range",
            Self::CrossSite => "request.cross_site",
            Self::SignInNeeded => "session.needed",
            Self::PersonInactive => "sign_in.inactive",
            Self::PermissionDenied => "permission.denied",
            Self::WrongPassword => "sign_in.wrong",
            Self::Throttled { .. } => "sign_in.throttled",
            Self::WeakPassword => "password.weak",
            Self::WrongCode => "first_run.code",
            Self::Founded => "first_run.done",
            Self::NotFounded => "office.none",
            Self::OfficeReplaced => "office.replaced",
            Self::Invalid { .. } => "form.invalid",
            Self::DemoOnly => "demo.only",
            Self::Refused(issue) => takar_domain::text::sign::code(&issue.code),
            Self::RestoreWaits => "office.restored",
            Self::ClockBehind => "office.clock",
            Self::UnknownPerson => "person.unknown",
            Self::Workbook(issue) => match issue.code.as_str() {
                "sheet.large" => "sheet.large",
                "sheet.other" => "sheet.other",
                _ => "sheet.damaged",
            },
            Self::File(issue) => match issue.code.as_str() {
                "file.too_large" => "file.too_large",
                "file.empty" => "file.empty",
                "file.heic" => "file.heic",
                _ => "file.unknown",
            },
            Self::FileMissing => "file.missing",
            Self::UploadVersion => "upload.version",
            Self::UploadMissing => "upload.none",
            Self::UploadOffset(_) => "upload.offset",
            Self::UploadChecksum => "upload.checksum",
            Self::UploadTakenOver => "upload.taken_over",
            Self::TooManyUploads => "upload.too_many",
            Self::ParcelUnknown => "import.unknown",
            Self::ParcelNewer => "import.newer",
            Self::ParcelElsewhere => "import.other_office",
            Self::ParcelDamaged => "import.damaged",
            Self::Busy => "office.busy",
            Self::Full => "office.disk_full",
            Self::Unavailable => "office.unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// Indonesian sentences for the reader.
    #[must_use]
    pub fn words(&self) -> String {
        let words = match self {
            Self::Malformed => "Permintaan tidak dapat dibaca. Muat ulang aplikasi, lalu coba lagi.",
            Self::UnknownVersion => {
                "Versi aplikasi ini tidak dikenal oleh komputer kantor. Data di perangkat ini aman. Perbarui aplikasi."
            }
            Self::NotFound => "Alamat ini tidak ada.",
            Self::Method => "Alamat ini tidak menerima cara permintaan tersebut.",
            Self::MediaType => "Bentuk kiriman tidak dikenal. Muat ulang aplikasi, lalu coba lagi.",
            Self::NotAcceptable => "Bentuk jawaban yang diminta tidak tersedia.",
            Self::TooLarge => "Kiriman terlalu besar untuk diterima sekaligus. Data di perangkat ini aman.",
            Self::Range => "Bagian berkas yang diminta tidak ada. Muat ulang aplikasi, lalu coba lagi.",
            Self::CrossSite => "Permintaan dari situs lain ditolak. Buka Takar langsung dari alamatnya.",
            Self::SignInNeeded => {
                "Silakan masuk lagi. Data di perangkat ini aman dan dikirim setelah Anda masuk."
            }
            Self::PersonInactive => "Akun ini tidak aktif. Hubungi admin kantor.",
            Self::PermissionDenied => {
                "Anda tidak berhak melakukan ini. Hubungi admin kantor bila jabatan Anda berubah."
            }
            Self::WrongPassword => "Nama pengguna atau kata sandi salah. Periksa lalu coba lagi.",
            Self::Throttled { wait } => return throttled(*wait),
            Self::WeakPassword => "Kata sandi paling sedikit 8 huruf atau angka.",
            Self::WrongCode => {
                "Kode tidak cocok. Salin kode yang tampil di jendela program Takar di komputer kantor."
            }
            Self::Founded => "Kantor ini sudah dibuat. Silakan masuk.",
            Self::NotFounded => "Kantor belum dibuat. Buka halaman awal untuk memulai.",
            Self::OfficeReplaced => {
                "Komputer ini sekarang melayani kantor lain. Data di perangkat ini aman. Masuk lagi untuk melanjutkan."
            }
            Self::Invalid { .. } => "Isian belum lengkap atau terlalu panjang. Periksa lalu coba lagi.",
            Self::DemoOnly => "Hanya tersedia pada kantor contoh.",
            Self::Refused(issue) => return takar_domain::text::issue::issue(issue),
            Self::RestoreWaits => {
                "Kantor ini baru dipulihkan dari cadangan, jadi tanda tangan dan nomor surat menunggu. Data lain tetap jalan. \
                 Minta admin memeriksa yang terbit sesudah cadangan, lalu mengonfirmasi pemulihannya."
            }
            Self::ClockBehind => {
                "Jam komputer kantor mundur, jadi tanda tangan dan nomor surat menunggu. Data lain tetap jalan. \
                 Minta admin membetulkan jam komputer kantor."
            }
            Self::UnknownPerson => "Orang ini tidak ada di daftar pegawai kantor.",
            Self::File(issue) | Self::Workbook(issue) => return takar_domain::text::issue::issue(issue),
            Self::FileMissing => {
                "Berkas ini belum sampai di kantor. Coba lagi setelah pengirimnya tersambung."
            }
            Self::UploadVersion => "Cara mengirim berkas ini tidak dikenal. Perbarui aplikasi.",
            Self::UploadMissing => {
                "Kiriman berkas ini belum dimulai. Berkas di perangkat ini aman dan dikirim lagi."
            }
            Self::UploadOffset(_) => {
                "Kiriman berkas berlanjut dari bagian lain. Berkas di perangkat ini aman dan dikirim lagi."
            }
            Self::UploadChecksum => {
                "Isi berkas berubah di perjalanan. Berkas di perangkat ini aman dan dikirim lagi."
            }
            Self::UploadTakenOver => "Kiriman berkas ini dilanjutkan oleh sambungan yang lebih baru.",
            Self::TooManyUploads => {
                "Terlalu banyak berkas yang belum selesai dikirim dari perangkat ini. Tunggu sebentar, lalu coba lagi."
            }
            Self::ParcelUnknown => {
                "Berkas ini bukan ekspor Takar. Pilih berkas yang namanya berakhir .takar."
            }
            Self::ParcelNewer => {
                "Berkas ini dibuat oleh Takar yang lebih baru. Tidak ada yang diubah. Perbarui Takar di komputer kantor."
            }
            Self::ParcelElsewhere => {
                "Berkas ini dibuat untuk kantor lain. Tidak ada yang diubah. Impor di kantor itu."
            }
            Self::ParcelDamaged => {
                "Berkas ini terpotong, rusak, atau berubah. Tidak ada yang diubah. \
                 Salin lagi berkasnya, atau ekspor lagi dari perangkat asalnya."
            }
            Self::Busy => {
                "Komputer kantor sedang sibuk. Data di perangkat ini aman dan dikirim lagi sebentar lagi."
            }
            Self::Full => {
                "Penyimpanan komputer kantor penuh. Data di perangkat ini aman. \
                 Minta admin mengosongkan ruang, lalu kirim lagi."
            }
            Self::Unavailable => {
                "Penyimpanan data kantor tidak dapat dihubungi. Data di perangkat ini aman. Coba lagi nanti."
            }
            Self::Internal(_) => {
                "Terjadi kesalahan di komputer kantor. Data di perangkat ini aman. Coba lagi nanti."
            }
        };
        words.to_owned()
    }

    /// Seconds after which a repeat makes sense.
    #[must_use]
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::Throttled { wait } => Some(seconds(*wait)),
            Self::Busy | Self::Unavailable | Self::UploadTakenOver => Some(2),
            Self::Full | Self::TooManyUploads => Some(60),
            _ => None,
        }
    }

    /// What the log of the server should know and the reader should not.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Internal(cause) => Some(cause),
            _ => None,
        }
    }
}

const fn seconds(ms: i64) -> i64 {
    let whole = ms / 1000 + if ms % 1000 > 0 { 1 } else { 0 };
    if whole < 1 { 1 } else { whole }
}

fn throttled(wait: i64) -> String {
    let seconds = seconds(wait);
    let wait =
        if seconds <= 90 { format!("{seconds} detik") } else { format!("{} menit", (seconds + 59) / 60) };
    format!("Terlalu banyak percobaan masuk. Tunggu {wait}, lalu coba lagi.")
}
