//! The options that say where the data is, and the way to it.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::blob::Files;
use crate::blob::place::Place;
use crate::settings::{Database, FilesAt};
use crate::store::access::{Access, RESERVE};
use crate::store::{Store, StoreError};

const MIB: u64 = 1 << 20;

/// Where the data is.
#[derive(Args, Debug)]
pub(super) struct DataOptions {
    /// Folder basis data di komputer ini.
    #[arg(long, env = "TAKAR_DATA", value_name = "FOLDER", default_value = "data")]
    pub data: PathBuf,
    /// Ruang (MB) yang dibiarkan kosong di disk folder data; di bawahnya kantor tidak menerima data baru.
    #[arg(long, env = "TAKAR_RESERVE", value_name = "MB", default_value_t = RESERVE / MIB)]
    pub reserve: u64,
    /// Alamat server basis data, menggantikan --data: `ws://HOST:8000`. Kata sandinya hanya dari TAKAR_DB_PASSWORD.
    #[arg(long, env = "TAKAR_DB", value_name = "ALAMAT")]
    pub db: Option<String>,
    /// Pengguna (root) di server basis data.
    #[arg(long, env = "TAKAR_DB_USER", value_name = "NAMA")]
    pub db_user: Option<String>,
    /// Ruang nama di server basis data, satu untuk setiap kantor.
    #[arg(long, env = "TAKAR_DB_NAMESPACE", value_name = "NAMA", default_value = "takar")]
    pub db_namespace: String,
    /// Tempat berkas bukti: folder, atau `s3://BUCKET/AWALAN` dengan kunci di lingkungan
    /// (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT). Bawaan: `files` di dalam --data.
    #[arg(long, env = "TAKAR_FILES", value_name = "TEMPAT")]
    pub files: Option<String>,
}

impl DataOptions {
    /// The data folder, unless the database is elsewhere.
    pub fn folder(&self) -> Result<Option<PathBuf>, String> {
        let folder = self.db.is_none().then(|| std::path::absolute(&self.data));
        folder.transpose().map_err(|e| format!("--data: {e}."))
    }

    /// A folder for backups as a whole path: a copy inside the data folder
    /// would go with it.
    pub fn outside(&self, option: &str, folder: &Path) -> Result<PathBuf, String> {
        let folder = std::path::absolute(folder).map_err(|e| format!("{option}: {e}."))?;
        match self.folder()? {
            Some(data) if folder.starts_with(&data) => Err(format!(
                "{option} {}: folder ini di dalam --data dan akan hilang bersamanya. Pilih folder lain, sebaiknya di disk lain.",
                folder.display()
            )),
            _ => Ok(folder),
        }
    }

    /// The database, with its folder made.
    pub fn database(&self) -> Result<Database, String> {
        if let Some(address) = &self.db {
            return Ok(Database::At(self.elsewhere(address)?));
        }
        std::fs::create_dir_all(&self.data).map_err(|e| {
            format!(
                "--data {}: folder tidak dapat dibuat ({e}). Pilih folder yang boleh ditulis.",
                self.data.display()
            )
        })?;
        let data = std::path::absolute(&self.data).map_err(|e| format!("--data: {e}."))?;
        let access = Access::folder(&data.join("takar.db")).reserve(self.reserve.saturating_mul(MIB));
        Ok(Database::Folder { data, access })
    }

    fn elsewhere(&self, address: &str) -> Result<Access, String> {
        if !["mem://", "surrealkv://", "ws://", "wss://"].iter().any(|scheme| address.starts_with(scheme)) {
            return Err("--db: alamat tidak dikenal. Pakai surrealkv://FOLDER?sync=every, ws://HOST:PORT, \
                        wss://HOST:PORT atau mem://."
                .into());
        }
        if address.contains('@') {
            return Err(
                "--db: nama dan kata sandi tidak boleh di alamat, karena terlihat di daftar proses. \
                        Pakai TAKAR_DB_USER dan TAKAR_DB_PASSWORD."
                    .into(),
            );
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if self.db_namespace.is_empty() || !self.db_namespace.chars().all(plain) {
            return Err("--db-namespace: hanya huruf, angka, _ dan -. Contoh: kecamatan_lareh.".into());
        }
        let access = Access::at(address)
            .namespace(self.db_namespace.clone())
            .reserve(self.reserve.saturating_mul(MIB));
        match (&self.db_user, std::env::var("TAKAR_DB_PASSWORD")) {
            (None, _) => Ok(access),
            (Some(user), Ok(password)) => Ok(access.login(user.clone(), password)),
            (Some(_), Err(_)) => {
                Err("--db-user: kata sandinya belum ada. Isi variabel lingkungan TAKAR_DB_PASSWORD.".into())
            }
        }
    }

    /// Where evidence is. What is not whole yet is in the data folder, whatever
    /// holds the database and the files.
    pub fn files(&self) -> Result<FilesAt, String> {
        let data = std::path::absolute(&self.data).map_err(|e| format!("--data: {e}."))?;
        let place = match &self.files {
            None => Place::Folder(data.join("files")),
            Some(url) if url.starts_with("s3://") => Place::Bucket(url.clone()),
            Some(url) if url.contains("://") => {
                return Err(format!(
                    "--files {url}: tempat ini tidak dikenal. Pakai folder atau s3://BUCKET/AWALAN."
                ));
            }
            Some(folder) => Place::Folder(std::path::absolute(folder).map_err(|e| format!("--files: {e}."))?),
        };
        Ok(FilesAt::Place { place, spool: data.join("uploads") })
    }

    /// Opens it.
    pub fn open_files(&self) -> Result<Files, String> {
        self.files()?.open().map_err(|e| {
            format!("--files: tempat berkas bukti tidak dapat dibuka ({e}). Periksa hak tulis folder atau alamatnya.")
        })
    }

    /// Opens the database; `remedy` is what to do if that fails.
    pub async fn open(&self, remedy: &str) -> Result<Store, String> {
        let (Database::At(access) | Database::Folder { access, .. }) = self.database()? else {
            return Err("--data/--db: belum diisi.".into());
        };
        Store::connect(access).await.map_err(|error| match error {
            StoreError::Newer { .. } => format!(
                "--data/--db: basis data ini ditulis oleh Takar yang lebih baru ({error}). Pasang Takar yang terbaru; tidak ada yang diubah."
            ),
            _ => format!("--data/--db: basis data tidak dapat dibuka ({error}). {remedy}"),
        })
    }
}
