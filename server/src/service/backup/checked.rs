//! A backup that was read and found whole.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::BackupError;
use super::evidence::prove_all;
use super::manifest::{EVIDENCE, LOG, Manifest, RECORDS, SECRET, SecretLine};
use super::sheet::{Rows, prove};
use crate::service::audit::{Audit, Broken, Why};
use crate::service::secret::hex;
use crate::store::export::{LogLine, RecordLine};
use crate::store::file::FileLine;

/// A backup whose files, chain, verdicts and states agree.
#[derive(Debug)]
pub struct Checked {
    pub folder: PathBuf,
    pub manifest: Manifest,
    pub audit: Audit,
    pub secret: Vec<u8>,
    pub evidence: Vec<FileLine>,
    /// This software would judge something differently than the one that made
    /// the backup; the stored verdicts stand.
    pub differs: Option<Broken>,
}

impl Checked {
    /// Reads all of a backup.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(folder: &Path) -> Result<Self, BackupError> {
        let manifest = Manifest::read(folder)?;
        for name in manifest.expected() {
            let said = manifest.files.get(*name).ok_or_else(|| BackupError::Missing((*name).into()))?;
            prove(folder, name, said)?;
        }
        // A file that this software does not know would be lost in silence.
        if manifest.files.len() != manifest.expected().len() {
            return Err(BackupError::BadManifest);
        }
        let has_evidence = manifest.files.contains_key(EVIDENCE);
        let evidence = if has_evidence { rows(folder, EVIDENCE)? } else { Vec::new() };
        prove_all(folder, &evidence)?;
        let mut secrets = rows::<SecretLine>(folder, SECRET)?;
        let secret = secrets.pop().ok_or_else(|| BackupError::Unreadable(SECRET.into()))?.secret;
        let mut audit = Audit::new(manifest.office, secret.clone());
        for line in Rows::<LogLine>::open(folder, LOG)? {
            audit.read(&line?).map_err(BackupError::Broken)?;
        }
        let tip = audit.replay.tip();
        if tip.seq != manifest.seq || hex(&tip.hash) != manifest.hash {
            return Err(BackupError::Broken(Broken { seq: tip.seq, op: None, why: Why::End }));
        }
        // A newer software may judge what is new in another way. The same one may not.
        let differs = audit.disagreement;
        if let Some(broken) = differs
            && manifest.software == env!("CARGO_PKG_VERSION")
        {
            return Err(BackupError::Broken(broken));
        }
        audit.compare(&rows::<RecordLine>(folder, RECORDS)?).map_err(BackupError::Broken)?;
        Ok(Self { folder: folder.to_owned(), manifest, audit, secret, evidence, differs })
    }
}

/// All rows of a file.
pub(super) fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, BackupError> {
    Rows::open(folder, name)?.collect()
}
