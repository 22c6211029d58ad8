//! What is in a backup, and the proof of every file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use takar_domain::config::Zone;
use takar_domain::date::{clock, date_of};
use takar_domain::record::RecordId;
use takar_sync::codec::bytes;

use super::BackupError;
use super::sheet::write_private;

/// The form of backups that this software writes; it reads earlier ones too.
/// Since 2 there is evidence.
pub const FORMAT: u64 = 2;
/// Where the manifest is.
pub const MANIFEST: &str = "manifest.json";

pub const LOG: &str = "log.cbor";
pub const SECRET: &str = "secret.cbor";
pub const RECORDS: &str = "records.cbor";
pub const ACCOUNTS: &str = "accounts.cbor";
pub const DEVICES: &str = "devices.cbor";
pub const REFUSED: &str = "refused.cbor";
/// Hash, size and type of every file of evidence, which are beside it.
pub const EVIDENCE: &str = "evidence.cbor";
/// Every file of a backup besides the manifest.
pub const FILES: [&str; 7] = [LOG, SECRET, RECORDS, ACCOUNTS, DEVICES, REFUSED, EVIDENCE];

/// Who asked for a backup. Only nightly ones are ever removed by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Manual,
    Nightly,
}

/// One file: its length, its rows and the SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub bytes: u64,
    pub rows: u64,
    pub sha256: String,
}

/// The line of [`SECRET`].
#[derive(Serialize, Deserialize)]
pub struct SecretLine {
    #[serde(with = "bytes")]
    pub secret: Vec<u8>,
}

/// `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u64,
    /// Version of Takar that made it.
    pub software: String,
    pub kind: Kind,
    /// ms since 1970 UTC.
    pub time: i64,
    /// The office's zone, for reading the time.
    pub zone: Zone,
    pub office: RecordId,
    pub name: String,
    /// The newest sequence of the log, and the chain hash after it.
    pub seq: u64,
    pub hash: String,
    pub files: BTreeMap<String, File>,
    /// Files of evidence that the office had lost and that are not in it.
    #[serde(default)]
    pub lost: u64,
}

/// What every format has, to refuse another one in words.
#[derive(Deserialize)]
struct AnyFormat {
    format: u64,
    #[serde(default)]
    software: String,
}

impl Manifest {
    /// `takar-2026-11-22-0930`, in the office's time.
    #[must_use]
    pub fn folder_name(&self) -> String {
        let minutes: String =
            clock(self.time, self.zone).chars().filter(char::is_ascii_digit).take(4).collect();
        format!("takar-{}-{minutes}", date_of(self.time, self.zone))
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// There is none, it cannot be read, or it is of another format.
    pub fn read(folder: &Path) -> Result<Self, BackupError> {
        let path = folder.join(MANIFEST);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(match newest_inside(folder) {
                    Some(newest) => BackupError::Several(folder.to_owned(), newest),
                    None => BackupError::NoManifest(folder.to_owned()),
                });
            }
            Err(error) => return Err(BackupError::Read(path, error)),
        };
        let any: AnyFormat = serde_json::from_slice(&text).map_err(|_| BackupError::BadManifest)?;
        if !(1..=FORMAT).contains(&any.format) {
            return Err(BackupError::Format { found: any.format, software: any.software });
        }
        serde_json::from_slice(&text).map_err(|_| BackupError::BadManifest)
    }

    /// The files that a backup of this format has.
    #[must_use]
    pub fn expected(&self) -> &'static [&'static str] {
        let known = if self.format == 1 { FILES.len() - 1 } else { FILES.len() };
        FILES.get(..known).unwrap_or_default()
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let path = folder.join(MANIFEST);
        let text = serde_json::to_vec_pretty(self)
            .map_err(|e| BackupError::Write(path.clone(), std::io::Error::other(e)))?;
        write_private(&path, &text)
    }
}

/// Every backup directly inside a folder that this software can read.
#[must_use]
pub fn inside(folder: &Path) -> Vec<(PathBuf, Manifest)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let named = folders.filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("takar-"))
            && path.join(MANIFEST).is_file()
    });
    named.filter_map(|path| Manifest::read(&path).ok().map(|manifest| (path, manifest))).collect()
}

fn newest_inside(folder: &Path) -> Option<PathBuf> {
    inside(folder).into_iter().max_by_key(|(_, manifest)| (manifest.time, manifest.seq)).map(|(path, _)| path)
}
