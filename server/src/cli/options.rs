//! Options and their environment forms.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::database::DataOptions;
use crate::http::Site;
use crate::service::backup::nightly::NightlySettings;
use crate::service::backup::schedule::Rule;
use crate::settings::{Settings, Tls};

/// Takar: pengukuran kinerja dari lapangan sampai kantor.
#[derive(Debug, Parser)]
#[command(name = "takar", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Menjalankan server kantor.
    Serve(ServeOptions),
    /// Memasukkan data dari berkas.
    Import {
        #[command(subcommand)]
        what: ImportCommand,
    },
    /// Membuat cadangan kantor, juga selagi server berjalan.
    Backup {
        /// Folder tujuan; setiap cadangan mendapat folder sendiri di dalamnya.
        folder: PathBuf,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Memulihkan kantor dari cadangan ke folder data yang kosong.
    Restore {
        /// Satu folder cadangan (takar-…).
        folder: PathBuf,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Memeriksa keutuhan.
    Verify {
        #[command(subcommand)]
        what: VerifyCommand,
    },
    /// Memeriksa komputer server: ruang, jam, basis data, cadangan, sertifikat.
    Doctor(DoctorOptions),
    /// Pekerjaan admin di komputer server.
    Admin {
        #[command(subcommand)]
        what: AdminCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// Memasukkan perencanaan (tujuan sampai sub kegiatan) dari CSV.
    Plan {
        /// Berkas CSV.
        file: PathBuf,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Memasukkan versi baru SOP dari TOML.
    Sop {
        /// Berkas TOML.
        file: PathBuf,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Memasukkan isian yang belum terkirim dari berkas ekspor (.takar) sebuah perangkat.
    Outbox {
        /// Berkas .takar.
        file: PathBuf,
        #[command(flatten)]
        data: DataOptions,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum VerifyCommand {
    /// Log kantor: rantai hash, putusan dan keadaan dihitung ulang.
    Log {
        #[command(flatten)]
        data: DataOptions,
    },
    /// Berkas bukti: setiap isi dihitung ulang, dan apa yang disebut tetapi belum ada.
    #[command(visible_alias = "blobs")]
    Files {
        #[command(flatten)]
        data: DataOptions,
    },
    /// Satu cadangan.
    Backup {
        /// Satu folder cadangan (takar-…).
        folder: PathBuf,
    },
}

#[derive(Args, Debug)]
pub(super) struct DoctorOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// Sertifikat TLS (PEM) yang masa berlakunya diperiksa.
    #[arg(long, env = "TAKAR_TLS_CERT", value_name = "BERKAS")]
    pub tls_cert: Option<PathBuf>,
    /// Kunci TLS (PEM), supaya sama dengan pilihan `takar serve`.
    #[arg(long, env = "TAKAR_TLS_KEY", value_name = "BERKAS")]
    pub tls_key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum AdminCommand {
    /// Menyatakan bahwa nomor dan tanda tangan sudah diperiksa sesudah pemulihan cadangan.
    ConfirmRestore {
        #[command(flatten)]
        data: DataOptions,
    },
    /// Membuat kata sandi baru untuk satu orang dan menampilkannya.
    ResetPassword {
        /// Nama pengguna.
        username: String,
        #[command(flatten)]
        data: DataOptions,
    },
}

#[derive(Args, Debug)]
pub(super) struct ServeOptions {
    /// Alamat dan port.
    #[arg(long, env = "TAKAR_LISTEN", value_name = "ALAMAT:PORT", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Kantor contoh dengan data contoh; hanya di komputer sendiri.
    #[arg(long, env = "TAKAR_DEMO")]
    pub demo: bool,
    #[command(flatten)]
    pub data: DataOptions,
    /// Sertifikat TLS (PEM).
    #[arg(long, env = "TAKAR_TLS_CERT", value_name = "BERKAS", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Kunci TLS (PEM).
    #[arg(long, env = "TAKAR_TLS_KEY", value_name = "BERKAS", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Folder aplikasi hasil build, bila tidak tertanam di program ini.
    #[arg(long, env = "TAKAR_SITE", value_name = "FOLDER")]
    pub site: Option<PathBuf>,
    /// Folder cadangan harian, sebaiknya di disk lain. Disimpan: 7 harian, 4 mingguan, 12 bulanan.
    #[arg(long, env = "TAKAR_BACKUP_DIR", value_name = "FOLDER")]
    pub backup_dir: Option<PathBuf>,
    /// Jam cadangan harian menurut zona waktu kantor.
    #[arg(long, env = "TAKAR_BACKUP_HOUR", value_name = "JAM", default_value_t = 1,
          value_parser = clap::value_parser!(u8).range(0..24))]
    pub backup_hour: u8,
}

impl ServeOptions {
    pub fn settings(self) -> Result<Settings, String> {
        let nightly = match &self.backup_dir {
            Some(folder) => {
                let into = self.data.outside("--backup-dir", folder)?;
                Some(NightlySettings { into, hour: self.backup_hour, rule: Rule::default() })
            }
            None => None,
        };
        Ok(Settings {
            nightly,
            listen: self.listen,
            demo: self.demo,
            database: self.data.database()?,
            files: self.data.files()?,
            tls: self.tls_cert.zip(self.tls_key).map(|(certificate, key)| Tls { certificate, key }),
            site: site(self.site)?,
        })
    }
}

/// The app that this folder's builds leave behind.
#[cfg(not(feature = "embed"))]
const BUILT: &str = "target/site";

fn site(folder: Option<PathBuf>) -> Result<Site, String> {
    if let Some(folder) = folder {
        if folder.join("index.html").is_file() {
            return Ok(Site::Folder(folder));
        }
        return Err(format!(
            "--site {}: tidak ada index.html di folder itu. Jalankan `make app` dahulu, atau hapus pilihan ini.",
            folder.display()
        ));
    }
    #[cfg(feature = "embed")]
    return Ok(Site::Embedded);
    #[cfg(not(feature = "embed"))]
    Ok(if std::path::Path::new(BUILT).join("index.html").is_file() {
        Site::Folder(BUILT.into())
    } else {
        Site::None
    })
}
