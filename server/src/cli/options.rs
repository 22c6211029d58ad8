//! Options and their environment forms.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::http::Site;
use crate::settings::{Database, Settings, Tls};

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
}

#[derive(Debug, Subcommand)]
pub(super) enum AdminCommand {
    /// Membuat kata sandi baru untuk satu orang dan menampilkannya.
    ResetPassword {
        /// Nama pengguna.
        username: String,
        #[command(flatten)]
        data: DataOptions,
    },
}

/// Where the data is.
#[derive(Args, Debug)]
pub(super) struct DataOptions {
    /// Folder basis data di komputer ini.
    #[arg(long, env = "TAKAR_DATA", value_name = "FOLDER", default_value = "data")]
    pub data: PathBuf,
    /// Alamat basis data lain, menggantikan --data: `ws://user:sandi@host:8000`.
    #[arg(long, env = "TAKAR_DB", value_name = "ALAMAT", hide_env_values = true)]
    pub db: Option<String>,
}

impl DataOptions {
    /// The database, with its folder made.
    pub fn database(&self) -> Result<Database, String> {
        if let Some(url) = &self.db {
            let known = ["mem://", "surrealkv://", "ws://", "wss://"].iter().any(|s| url.starts_with(s));
            if !known {
                return Err(
                    "--db: alamat tidak dikenal. Pakai surrealkv://FOLDER?sync=every, ws://HOST:PORT, \
                            wss://HOST:PORT atau mem://."
                        .into(),
                );
            }
            return Ok(Database::Url(url.clone()));
        }
        std::fs::create_dir_all(&self.data).map_err(|e| {
            format!(
                "--data {}: folder tidak dapat dibuat ({e}). Pilih folder yang boleh ditulis.",
                self.data.display()
            )
        })?;
        let folder = std::path::absolute(&self.data).map_err(|e| format!("--data: {e}."))?;
        Ok(Database::Folder(folder.join("takar.db")))
    }
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
}

impl ServeOptions {
    pub fn settings(self) -> Result<Settings, String> {
        Ok(Settings {
            listen: self.listen,
            demo: self.demo,
            database: self.data.database()?,
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
