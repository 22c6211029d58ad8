//! Evidence in a backup: `evidence/<first two digits>/<sha256>`, one file per
//! hash. What the newest backup beside it has is linked instead of copied, where
//! the disk can do that; each backup is whole by itself all the same.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use takar_domain::record::RecordId;
use takar_sync::codec::from_cbor;
use takar_sync::operation::Envelope;
use takar_sync::seal;

use super::BackupError;
use super::checked::Checked;
use super::manifest::{self, File, Manifest};
use super::sheet::{make_private, prove, sync_folder, write_private};
use crate::blob::Files;
use crate::service::secret::hex;
use crate::store::Store;
use crate::store::export::RefusedLine;
use crate::store::file::FileLine;

/// Where a file is inside a backup.
fn name(sha256: &str) -> String {
    format!("evidence/{}/{sha256}", sha256.get(..2).unwrap_or_default())
}

fn proof(file: &FileLine) -> File {
    File { bytes: file.size, rows: 0, sha256: file.sha256.clone() }
}

/// Copies or links files into a backup; gives those that are in it, and how
/// many the office has lost: one lost photo must not end all backups.
pub(super) async fn gather(
    files: &Files,
    office: RecordId,
    lines: Vec<FileLine>,
    (folder, into): (&Path, &Path),
) -> Result<(Vec<FileLine>, u64), BackupError> {
    let before = newest(into, office);
    let (mut inside, mut lost) = (Vec::with_capacity(lines.len()), 0);
    for line in lines {
        let name = name(&line.sha256);
        let place = folder.join(&name);
        make_private(place.parent().unwrap_or(folder))?;
        if !link(before.as_deref(), &name, &line, &place).await {
            let bytes = files.read(office, &line.sha256).await.unwrap_or_default();
            if hex(&Sha256::digest(&bytes)) != line.sha256 {
                tracing::error!(file = line.sha256, "a file of evidence is lost and not in the backup");
                lost += 1;
                continue;
            }
            write_private(&place, &bytes)?;
        }
        inside.push(line);
    }
    let folders: BTreeSet<PathBuf> =
        inside.iter().filter_map(|line| Some(folder.join(name(&line.sha256)).parent()?.to_owned())).collect();
    folders.iter().try_for_each(|folder| sync_folder(folder))?;
    if !folders.is_empty() {
        sync_folder(&folder.join("evidence"))?;
    }
    Ok((inside, lost))
}

/// The newest backup of this office in the folder.
fn newest(into: &Path, office: RecordId) -> Option<PathBuf> {
    let ours = manifest::inside(into).into_iter().filter(|(_, manifest)| manifest.office == office);
    ours.max_by_key(|(_, manifest)| manifest.time).map(|(path, _)| path)
}

/// Links a file of an earlier backup, if it is there and still what it was.
async fn link(before: Option<&Path>, name: &str, line: &FileLine, place: &Path) -> bool {
    let Some(before) = before.map(Path::to_owned) else { return false };
    let (name, proof, place) = (name.to_owned(), proof(line), place.to_owned());
    let linked = tokio::task::spawn_blocking(move || {
        prove(&before, &name, &proof).is_ok() && std::fs::hard_link(before.join(name), place).is_ok()
    });
    linked.await.unwrap_or(false)
}

/// Whether every file of a backup is there and is what its name says.
pub(super) fn prove_all(folder: &Path, lines: &[FileLine]) -> Result<(), BackupError> {
    lines.iter().try_for_each(|line| prove(folder, &name(&line.sha256), &proof(line)))
}

/// Brings the files of a backup back, and the list of what operations name.
pub(super) async fn put_back(
    checked: &Checked,
    store: &Store,
    files: &Files,
    refused: &[RefusedLine],
) -> Result<(), BackupError> {
    let Checked { folder, manifest: Manifest { office, .. }, audit, evidence, .. } = checked;
    for line in evidence {
        let path = folder.join(name(&line.sha256));
        let bytes = std::fs::read(&path).map_err(|e| BackupError::Read(path, e))?;
        if hex(&Sha256::digest(&bytes)) != line.sha256 {
            return Err(BackupError::Changed(name(&line.sha256)));
        }
        files.put(*office, &line.sha256, bytes.into()).await?;
        store.put_file(*office, line).await?;
    }
    let mut named = audit.named.clone();
    for line in refused {
        let envelope = from_cbor::<Envelope>(&line.envelope).ok();
        named.extend(envelope.and_then(|e| seal::open(&e).ok()).iter().flat_map(|op| op.files()));
    }
    Ok(store.put_named(*office, &named).await?)
}
