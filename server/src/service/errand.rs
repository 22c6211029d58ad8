//! What the command line asks of an office, whoever has its database open.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use takar_domain::date::date_clock;

use super::audit::{Whole, audit_store};
use super::backup::manifest::{ACCOUNTS, DEVICES, EVIDENCE, Kind, LOG, Manifest, RECORDS};
use super::backup::{BackupError, make};
use super::clock::now_ms;
use super::doctor::Health;
use super::evidence::{Evidence, broken};
use super::secret::hex;
use crate::blob::Files;
use crate::store::Store;

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Backup {
        into: PathBuf,
    },
    Verify,
    VerifyFiles,
    /// A person looked at what was numbered and signed after the backup.
    ConfirmRestore,
    Health,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// For the person at the console.
    Done(Vec<String>),
    Failed(String),
    Health(Health),
}

/// Does it.
pub async fn perform(store: &Store, files: &Files, ask: Ask) -> Told {
    let done = match ask {
        Ask::Backup { into } => {
            let made = make(store, files, &into, Kind::Manual, now_ms()).await;
            made.map(|made| backed_up(&made.folder.display().to_string(), &made.manifest))
        }
        Ask::Verify => verify(store).await,
        Ask::VerifyFiles => verify_files(store, files).await,
        Ask::ConfirmRestore => confirm(store).await,
        Ask::Health => return Told::Health(Health::read(store).await),
    };
    done.map_or_else(|error| Told::Failed(error.to_string()), Told::Done)
}

async fn verify(store: &Store) -> Result<Vec<String>, BackupError> {
    let office = store.office().await?.ok_or(BackupError::NoOffice)?;
    let Whole { audit, name } = audit_store(store, office).await?;
    if let Some(broken) = audit.disagreement {
        return Err(BackupError::Broken(broken));
    }
    let tip = audit.replay.tip();
    let records = audit.replay.records().len();
    Ok(vec![
        format!("Log {name} utuh: {} entri, {records} catatan.", tip.seq),
        format!("Urutan terbaru: {}", tip.seq),
        format!("Hash rantai: {}", hex(&tip.hash)),
    ])
}

async fn verify_files(store: &Store, files: &Files) -> Result<Vec<String>, BackupError> {
    let office = store.office().await?.ok_or(BackupError::NoOffice)?;
    let broken = broken(store, files, office).await?;
    if let Some(first) = broken.first() {
        return Err(BackupError::Evidence { count: broken.len(), first: first.clone() });
    }
    let Evidence { files, bytes, awaited } = Evidence::count(store, office).await?;
    Ok(vec![
        format!("Berkas bukti utuh: {files} berkas, {} MB.", bytes.div_ceil(1 << 20)),
        format!("Disebut dan belum sampai: {awaited} berkas. Berkas itu masih di perangkat pengirimnya."),
    ])
}

async fn confirm(store: &Store) -> Result<Vec<String>, BackupError> {
    let office = store.office().await?.ok_or(BackupError::NoOffice)?;
    let confirmed = store.confirm_restore(office, now_ms()).await?;
    let words = if confirmed {
        "Pemulihan dikonfirmasi. Penomoran dan tanda tangan boleh berjalan lagi."
    } else {
        "Tidak ada pemulihan yang menunggu konfirmasi."
    };
    Ok(vec![words.into()])
}

fn backed_up(folder: &str, manifest: &Manifest) -> Vec<String> {
    vec![
        format!("Cadangan tersimpan: {folder}"),
        about(manifest),
        format!("Hash rantai: {}", manifest.hash),
        "Isinya kunci rahasia kantor dan sandi tersandi: hanya akun ini yang boleh membaca. \
         Simpan juga di luar komputer ini, di tempat terkunci."
            .into(),
    ]
}

/// One line about a backup.
#[must_use]
pub fn about(manifest: &Manifest) -> String {
    let named = [
        (LOG, "entri log"),
        (RECORDS, "catatan"),
        (ACCOUNTS, "akun"),
        (DEVICES, "perangkat"),
        (EVIDENCE, "berkas bukti"),
    ];
    let rows =
        named.map(|(file, name)| format!("{} {name}", manifest.files.get(file).map_or(0, |file| file.rows)));
    let lost = if manifest.lost == 0 {
        String::new()
    } else {
        format!(" {} berkas bukti hilang dan tidak ikut: jalankan `takar verify files`.", manifest.lost)
    };
    format!(
        "{}, {}: urutan terbaru {}; {}.{lost}",
        manifest.name,
        date_clock(manifest.time, manifest.zone),
        manifest.seq,
        rows.join(", ")
    )
}
