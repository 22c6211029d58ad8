//! Backup of an office and its way back.
//!
//! - `sheet`: one file of a backup, written and read
//! - [`manifest`]: what is in a backup, and the proof of every file
//! - `evidence`: files of evidence, copied once
//! - [`checked`]: a backup that was read and found whole
//! - [`restore`]: from a backup into an empty database
//! - [`schedule`]: when the nightly backup is due, and which ones stay
//! - [`nightly`]: the backup by the clock
//!
//! A backup is a logical copy: the log byte for byte, and what no log tells
//! (the secret behind every key, password hashes, devices, refused envelopes).

pub mod checked;
mod evidence;
pub mod manifest;
pub mod nightly;
pub mod restore;
pub mod schedule;
mod sheet;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use takar_domain::record::RecordId;
use uuid::Uuid;

use self::manifest::{
    ACCOUNTS, DEVICES, EVIDENCE, FORMAT, Kind, LOG, Manifest, RECORDS, REFUSED, SECRET, SecretLine,
};
use self::sheet::{Sheet, make_private, sync_folder};
use super::audit::{Audit, AuditError, Broken, Why};
use super::secret::hex;
use crate::blob::{Files, FilesError};
use crate::store::export::Export;
use crate::store::{Store, StoreError};

/// Entries read at once.
const PAGE: u32 = 500;
/// How a backup's folder begins while it is written; nobody takes it for one.
const PARTIAL: &str = ".takar-partial-";

/// Why a backup was not made, or is not one. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0}: tidak dapat ditulis ({1}). Periksa hak tulis dan ruang folder tujuan cadangan.")]
    Write(PathBuf, std::io::Error),
    #[error("{0}: tidak dapat dibaca ({1}). Periksa hak baca, atau pakai cadangan lain.")]
    Read(PathBuf, std::io::Error),
    #[error("kantor belum dibuat di basis data ini: belum ada yang dicadangkan atau diperiksa.")]
    NoOffice,
    #[error(
        "{0}: bukan cadangan Takar (tidak ada manifest.json). Tunjuk folder takar-… hasil `takar backup`."
    )]
    NoManifest(PathBuf),
    #[error("{0}: folder ini berisi beberapa cadangan. Tunjuk salah satu; yang terbaru: {1}")]
    Several(PathBuf, PathBuf),
    #[error("manifest.json rusak. Pakai cadangan lain.")]
    BadManifest,
    #[error(
        "cadangan ini memakai format {found}, program ini membaca format 1 sampai {FORMAT}. Pakai Takar versi {software} atau yang lebih baru."
    )]
    Format { found: u64, software: String },
    #[error("berkas {0} tidak ada di cadangan ini. Pakai cadangan lain.")]
    Missing(String),
    #[error("berkas {0} terpotong atau berubah panjang. Pakai cadangan lain.")]
    Length(String),
    #[error("isi berkas {0} berubah sejak cadangan dibuat. Pakai cadangan lain.")]
    Changed(String),
    #[error("isi berkas {0} tidak dapat dibaca. Pakai cadangan lain.")]
    Unreadable(String),
    #[error("log tidak utuh: {0}. Pakai cadangan lain, dan laporkan kepada pengelola.")]
    Broken(Broken),
    #[error(
        "--data/--db: basis data tujuan tidak kosong. Pemulihan hanya ke folder kosong; pilih --data lain."
    )]
    NotEmpty,
    #[error(
        "{count} berkas bukti rusak atau hilang, di antaranya {first}. Pulihkan dari cadangan, atau minta pengirimnya melampirkan lagi."
    )]
    Evidence { count: usize, first: String },
    #[error("--files: {0}. Periksa tempat berkas bukti.")]
    Files(#[from] FilesError),
    #[error("basis data: {0}.")]
    Store(#[from] StoreError),
}

impl From<AuditError> for BackupError {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Broken(broken) => Self::Broken(broken),
            AuditError::Store(error) => Self::Store(error),
        }
    }
}

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct Made {
    pub folder: PathBuf,
    pub manifest: Manifest,
}

/// Makes a backup of the served office in a new dated folder inside `into`.
/// What is there already is not touched; until everything is on the disk the
/// folder has a name that nobody takes for a backup.
///
/// # Errors
/// No office, a broken chain, or the folder cannot be written.
pub async fn make(
    store: &Store,
    files: &Files,
    into: &Path,
    kind: Kind,
    now: i64,
) -> Result<Made, BackupError> {
    let office = store.office().await?.ok_or(BackupError::NoOffice)?;
    make_private(into)?;
    let partial = into.join(format!("{PARTIAL}{}", Uuid::now_v7()));
    make_private(&partial)?;
    match fill(store, files, office, (&partial, into), kind, now).await {
        Ok(manifest) => {
            let folder = place(&partial, into, &manifest)?;
            sync_folder(into)?;
            store.note_backup(office, now, kind == Kind::Nightly).await?;
            Ok(Made { folder, manifest })
        }
        Err(error) => {
            // What is left has a name that nobody takes for a backup.
            let _ = std::fs::remove_dir_all(&partial);
            Err(error)
        }
    }
}

/// Gives a finished backup its name: the first free one of its date.
fn place(partial: &Path, into: &Path, manifest: &Manifest) -> Result<PathBuf, BackupError> {
    let name = manifest.folder_name();
    let names = (1..).map(|n: u32| if n == 1 { name.clone() } else { format!("{name}-{n}") });
    let folder = names.map(|name| into.join(name)).find(|folder| !folder.exists()).unwrap_or_default();
    std::fs::rename(partial, &folder).map_err(|e| BackupError::Write(folder.clone(), e))?;
    Ok(folder)
}

async fn fill(
    store: &Store,
    blobs: &Files,
    office: RecordId,
    (folder, into): (&Path, &Path),
    kind: Kind,
    now: i64,
) -> Result<Manifest, BackupError> {
    let export = store.export(office).await?;
    let end = export.tip.cursor.seq;
    let mut audit = Audit::new(office, export.secret.clone());
    let mut log = Sheet::create(folder, LOG)?;
    while audit.replay.tip().seq < end {
        let lines = store.log_lines(office, audit.replay.tip().seq, end, PAGE).await?;
        if lines.is_empty() {
            break;
        }
        for line in &lines {
            audit.read(line).map_err(BackupError::Broken)?;
            log.write(line)?;
        }
    }
    // Whoever is told that a backup was made can rely on it.
    if *audit.replay.tip() != export.tip.cursor {
        return Err(BackupError::Broken(Broken { seq: end, op: None, why: Why::End }));
    }
    audit.compare(&export.records).map_err(BackupError::Broken)?;
    let (evidence, lost) = evidence::gather(blobs, office, export.files.clone(), (folder, into)).await?;
    let mut files = BTreeMap::from([log.finish()?, sheet::all(folder, EVIDENCE, &evidence)?]);
    files.extend(beside(folder, &export)?);
    let config = audit.replay.config();
    let manifest = Manifest {
        format: FORMAT,
        software: env!("CARGO_PKG_VERSION").into(),
        kind,
        time: now,
        zone: config.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default(),
        office,
        name: config.office.as_ref().map(|(_, office)| office.name.clone()).unwrap_or_default(),
        seq: end,
        hash: hex(&export.tip.cursor.hash),
        files,
        lost,
    };
    manifest.write(folder)?;
    sync_folder(folder)?;
    Ok(manifest)
}

/// Everything but the log.
fn beside(folder: &Path, export: &Export) -> Result<Vec<(String, manifest::File)>, BackupError> {
    let secret = SecretLine { secret: export.secret.clone() };
    Ok(vec![
        sheet::all(folder, SECRET, &[secret])?,
        sheet::all(folder, RECORDS, &export.records)?,
        sheet::all(folder, ACCOUNTS, &export.accounts)?,
        sheet::all(folder, DEVICES, &export.devices)?,
        sheet::all(folder, REFUSED, &export.refused)?,
    ])
}
