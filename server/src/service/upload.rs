//! Evidence on its way in: offered by hash, received from where it stands,
//! checked as a whole, and only then taken for one.
//!
//! An offset equal to the length is told only after the file is in the store
//! with its row: until then a device keeps its bytes.

use std::time::Duration;

use axum::body::Bytes;
use sha2::{Digest, Sha256};
use takar_domain::evidence::media::{examine, refuse_size};
use takar_domain::record::DeviceId;
use tokio_stream::{Stream, StreamExt};

use super::office::Office;
use super::secret::hex;
use crate::blob::spool::{Upload, Writer};
use crate::blob::{Files, FilesError};
use crate::problem::Problem;
use crate::store::access::RESERVE;
use crate::store::file::FileLine;

/// Unfinished uploads of one device.
const MOST_OPEN: usize = 200;
/// A sender who is silent so long has gone.
pub const SILENCE: Duration = Duration::from_secs(30);

/// How far a file came. It is there once `offset` is `length`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub offset: u64,
    pub length: u64,
}

/// The hash that a part of an upload should have, 32 bytes.
pub type Checksum = Vec<u8>;

/// A part of an upload, without its bytes.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    pub sha256: &'a str,
    /// Where it begins.
    pub offset: u64,
    pub checksum: Option<Checksum>,
    /// It may begin with what is here already, which is skipped: a browser sends a
    /// part again by itself if its connection died, and knows nothing of offsets.
    pub repeats: bool,
}

impl Office {
    /// Takes an offer: what is there already is confirmed and gets a new age,
    /// what began goes on, everything else begins. `now` in ms since 1970 UTC.
    ///
    /// # Errors
    /// Too large, too many at once, or no room.
    pub async fn offer(
        &self,
        files: &Files,
        device: DeviceId,
        sha256: &str,
        length: u64,
        now: i64,
    ) -> Result<Stand, Problem> {
        refuse_size(length, self.file_limit()).map_err(Problem::File)?;
        let _lane = files.lanes.take(&lane(device, sha256)).await;
        if self.renew(files, sha256, now).await? {
            return Ok(Stand { offset: length, length });
        }
        let begun = files.spool.find(self.id, device, sha256).filter(|begun| begun.length == length);
        let Some(upload) = begun else {
            let (count, wanted) = files.spool.open(self.id, device);
            if count >= MOST_OPEN {
                return Err(Problem::TooManyUploads);
            }
            if files.spool.free()? < length.saturating_add(wanted).saturating_add(RESERVE) {
                return Err(Problem::Full);
            }
            let upload = Upload { office: self.id, device, sha256: sha256.to_owned(), length };
            files.spool.begin(&upload)?;
            return Ok(Stand { offset: 0, length });
        };
        self.settle(files, &upload, now).await
    }

    /// How far a device's upload came, or that the file is there.
    ///
    /// # Errors
    /// [`Problem::UploadMissing`]: neither; it is to be offered.
    pub async fn stand(
        &self,
        files: &Files,
        device: DeviceId,
        sha256: &str,
        now: i64,
    ) -> Result<Stand, Problem> {
        let _lane = files.lanes.take(&lane(device, sha256)).await;
        match files.spool.find(self.id, device, sha256) {
            Some(upload) => self.settle(files, &upload, now).await,
            None => self.there(sha256).await,
        }
    }

    /// Adds a part. When the sender breaks off, what came stays, unless a checksum
    /// was promised for it.
    ///
    /// # Errors
    /// Another offset, wrong bytes, no room, or the sender broke off.
    pub async fn append<E>(
        &self,
        files: &Files,
        device: DeviceId,
        part: Part<'_>,
        body: impl Stream<Item = Result<Bytes, E>> + Send + Unpin,
        now: i64,
    ) -> Result<Stand, Problem> {
        let Part { sha256, offset, checksum, repeats } = part;
        let _writer = files.writers.try_acquire().map_err(|_| Problem::Busy)?;
        let mut lane = files.lanes.take(&lane(device, sha256)).await;
        let Some(upload) = files.spool.find(self.id, device, sha256) else {
            let stand = self.there(sha256).await?;
            let fits = offset == stand.offset || (repeats && offset < stand.offset);
            return if fits { Ok(stand) } else { Err(Problem::UploadOffset(stand.offset)) };
        };
        let stands = files.spool.offset(&upload)?;
        let known = stands.checked_sub(offset).filter(|known| *known == 0 || repeats);
        let known = known.ok_or(Problem::UploadOffset(stands))?;
        let mut writer = files.spool.writer(&upload, stands)?;
        let arrived = tokio::select! {
            arrived = pour(&mut writer, (known, upload.length), checksum.is_some(), body) => arrived,
            () = lane.is_wanted() => Err(Problem::UploadTakenOver),
        };
        match (&arrived, checksum) {
            (Ok(hash), Some(expected)) if *hash != expected => {
                writer.cut(stands)?;
                return Err(Problem::UploadChecksum);
            }
            (Err(_), Some(_)) | (Err(Problem::TooLarge), None) => writer.cut(stands)?,
            _ => writer.finish()?,
        }
        drop(writer);
        arrived?;
        self.settle(files, &upload, now).await
    }

    /// Ends an upload that is not wanted any more.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn abandon(&self, files: &Files, device: DeviceId, sha256: &str) -> Result<(), Problem> {
        let _lane = files.lanes.take(&lane(device, sha256)).await;
        let upload = files.spool.find(self.id, device, sha256).ok_or(Problem::UploadMissing)?;
        Ok(files.spool.remove(&upload)?)
    }

    /// Most bytes of one file.
    #[must_use]
    pub fn file_limit(&self) -> u64 {
        let office = &self.snapshot().config.office;
        office.as_ref().map_or(takar_domain::evidence::LIMIT, |(_, office)| office.file_limit)
    }

    async fn there(&self, sha256: &str) -> Result<Stand, Problem> {
        let file = self.store.file(self.id, sha256).await?.ok_or(Problem::UploadMissing)?;
        Ok(Stand { offset: file.size, length: file.size })
    }

    /// Gives a file that is there a new age. One whose bytes were lost is
    /// forgotten: whoever offers it brings it back.
    pub(super) async fn renew(&self, files: &Files, sha256: &str, now: i64) -> Result<bool, Problem> {
        let Some(size) = self.store.renew_file(self.id, sha256, now).await? else { return Ok(false) };
        if files.size(self.id, sha256).await? == Some(size) {
            return Ok(true);
        }
        tracing::warn!(file = sha256, "a file's bytes are gone, and it is asked for again");
        self.store.forget_file(self.id, sha256).await?;
        Ok(false)
    }

    /// Where an upload stands; one that has all its bytes is checked and kept.
    async fn settle(&self, files: &Files, upload: &Upload, now: i64) -> Result<Stand, Problem> {
        let Upload { length, .. } = *upload;
        let offset = files.spool.offset(upload)?;
        if offset == length {
            let kept = self.keep(files, upload, now).await;
            // What is no evidence is not asked for a second time as it is.
            if matches!(kept, Ok(()) | Err(Problem::UploadChecksum | Problem::File(_))) {
                files.spool.remove(upload)?;
            }
            kept?;
        }
        Ok(Stand { offset, length })
    }

    async fn keep(&self, files: &Files, upload: &Upload, now: i64) -> Result<(), Problem> {
        let _check = files.checks.acquire().await.map_err(|_| Problem::Busy)?;
        let bytes = {
            let (files, read) = (files.clone(), upload.clone());
            let read = tokio::task::spawn_blocking(move || {
                let bytes = files.spool.read(&read)?;
                let hash = hex(&Sha256::digest(&bytes));
                Ok::<_, FilesError>((bytes, hash))
            });
            let (bytes, hash) = read.await.map_err(|e| Problem::Internal(e.to_string()))??;
            if hash != upload.sha256 {
                return Err(Problem::UploadChecksum);
            }
            Bytes::from(bytes)
        };
        self.admit(files, &upload.sha256, bytes, now).await
    }

    /// Takes bytes for evidence, whose hash was checked.
    pub(super) async fn admit(
        &self,
        files: &Files,
        sha256: &str,
        bytes: Bytes,
        now: i64,
    ) -> Result<(), Problem> {
        let media = examine(&bytes, self.file_limit()).map_err(Problem::File)?;
        self.put_file(files, sha256, bytes, media.name(), now).await
    }

    /// Keeps bytes whose hash was checked, whatever they are.
    pub(super) async fn put_file(
        &self,
        files: &Files,
        sha256: &str,
        bytes: Bytes,
        media: &str,
        now: i64,
    ) -> Result<(), Problem> {
        let size = bytes.len() as u64;
        let _storing = files.storing().await;
        files.put(self.id, sha256, bytes).await?;
        let file = FileLine { sha256: sha256.to_owned(), size, media: media.into(), at: now };
        Ok(self.store.put_file(self.id, &file).await?)
    }
}

fn lane(device: DeviceId, sha256: &str) -> String {
    format!("{device}/{sha256}")
}

/// Writes a body behind what is there, without its first `known` bytes; gives the
/// hash of what came if it is `hashed`.
async fn pour<E>(
    writer: &mut Writer,
    (mut known, length): (u64, u64),
    hashed: bool,
    mut body: impl Stream<Item = Result<Bytes, E>> + Send + Unpin,
) -> Result<Checksum, Problem> {
    let mut hash = Sha256::new();
    loop {
        let next = tokio::time::timeout(SILENCE, body.next()).await.map_err(|_| Problem::Malformed)?;
        let Some(bytes) = next else { break };
        let mut bytes = bytes.map_err(|_| Problem::Malformed)?;
        if hashed {
            hash.update(&bytes);
        }
        let skipped = known.min(bytes.len() as u64);
        known = known.saturating_sub(skipped);
        let bytes = bytes.split_off(usize::try_from(skipped).unwrap_or(bytes.len()));
        if writer.at.saturating_add(bytes.len() as u64) > length {
            return Err(Problem::TooLarge);
        }
        writer.write(&bytes)?;
    }
    Ok(hash.finalize().to_vec())
}
