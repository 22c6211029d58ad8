//! Unsent work that comes as one file: looked through to its end before
//! anything of it counts, then received like any push and any upload.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use axum::body::Bytes;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use takar_domain::imported::Imported;
use takar_sync::parcel::{Header, Item, LONGEST, MAX_SECTION, Strange, TAG, Unpack, file_key, nonce};
use takar_sync::seal::Key;

use super::office::Office;
use crate::blob::Files;
use crate::problem::Problem;

impl Office {
    /// Takes in everything of a file. What came before is counted and changes
    /// nothing, so a file that stopped halfway on a full disk is taken again.
    /// `now` in ms since 1970 UTC.
    ///
    /// # Errors
    /// The file is not whole, not for this office or not readable: nothing of it
    /// was taken. Or the office is busy or full.
    pub async fn import(&self, files: &Files, path: &Path, now: i64) -> Result<Imported, Problem> {
        let _one = files.writers.try_acquire().map_err(|_| Problem::Busy)?;
        let mut reader = self.open_parcel(path).await?;
        loop {
            let (item, rest) = reader.next().await?;
            reader = rest;
            if item.is_none() {
                break;
            }
        }
        let mut done = Imported::default();
        let mut reader = self.open_parcel(path).await?;
        loop {
            let (item, rest) = reader.next().await?;
            reader = rest;
            match item {
                None => return Ok(done),
                Some(Item::Work(envelopes)) => self.receive_parcel(envelopes, &mut done).await?,
                Some(Item::File { sha256, bytes, whole }) => {
                    done.files += 1;
                    if self.renew(files, &sha256, now).await? {
                        done.files_known += 1;
                        continue;
                    }
                    let taken = if whole {
                        self.admit(files, &sha256, Bytes::from(bytes), now).await
                    } else {
                        Err(Problem::UploadChecksum)
                    };
                    match taken {
                        // One bad file does not hold up the others.
                        Err(Problem::UploadChecksum | Problem::File(_)) => done.files_refused += 1,
                        other => other?,
                    }
                }
            }
        }
    }

    async fn receive_parcel(
        &self,
        envelopes: Vec<takar_sync::operation::Envelope>,
        done: &mut Imported,
    ) -> Result<(), Problem> {
        let before = self.store.tip(self.id).await?.cursor.seq;
        for receipt in self.receive(envelopes).await? {
            done.operations += 1;
            if receipt.seq.is_some_and(|seq| seq <= before) {
                done.known += 1;
            } else if !receipt.verdict.is_applied() {
                done.attention += 1;
            }
        }
        Ok(())
    }

    async fn open_parcel(&self, path: &Path) -> Result<Reader, Problem> {
        let (office, path) = (self.id, path.to_owned());
        let header = blocking(move || read_header(&path)).await?;
        if header.header.office != office {
            return Err(Problem::ParcelElsewhere);
        }
        let issued = self.issued(&header.header.key);
        Reader::new(header, &issued)
    }
}

/// An open file behind its header.
struct Opened {
    header: Header,
    bytes: Vec<u8>,
    file: BufReader<File>,
    left: u64,
}

fn read_header(path: &Path) -> Result<Opened, Problem> {
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(LONGEST as u64).read_to_end(&mut bytes).map_err(unreadable)?;
    let (header, len) = Header::read(&bytes).map_err(|strange| match strange {
        Strange::NotOurs => Problem::ParcelUnknown,
        Strange::Newer => Problem::ParcelNewer,
        Strange::Short => Problem::ParcelDamaged,
    })?;
    bytes.truncate(len);
    let all = file.metadata().map_err(unreadable)?.len();
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(len as u64)).map_err(unreadable)?;
    Ok(Opened { header, bytes, file: BufReader::new(file), left: all.saturating_sub(len as u64) })
}

/// The sections of a file, one after the other.
struct Reader {
    file: BufReader<File>,
    left: u64,
    place: u64,
    key: LessSafeKey,
    unpack: Unpack,
}

impl Reader {
    fn new(opened: Opened, issued: &Key) -> Result<Self, Problem> {
        let key = UnboundKey::new(&AES_256_GCM, &file_key(issued, &opened.bytes))
            .map_err(|_| Problem::Internal("a key has the wrong length".into()))?;
        let Opened { file, left, .. } = opened;
        Ok(Self { file, left, place: 0, key: LessSafeKey::new(key), unpack: Unpack::default() })
    }

    /// The next whole thing; `None` after the last.
    async fn next(mut self) -> Result<(Option<Item>, Self), Problem> {
        blocking(move || {
            while self.left > 0 || self.place == 0 {
                let section = self.section()?;
                if let Some(item) = self.unpack.take(&section).map_err(|_| Problem::ParcelDamaged)? {
                    return Ok((Some(item), self));
                }
            }
            self.unpack.end().map_err(|_| Problem::ParcelDamaged)?;
            Ok((None, self))
        })
        .await
    }

    fn section(&mut self) -> Result<Vec<u8>, Problem> {
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length <= TAG || length > MAX_SECTION || length as u64 > self.left {
            return Err(Problem::ParcelDamaged);
        }
        let mut bytes = vec![0; length];
        self.fill(&mut bytes)?;
        let nonce = Nonce::assume_unique_for_key(nonce(self.place, self.left == 0));
        self.place += 1;
        let plain = self.key.open_in_place(nonce, Aad::empty(), &mut bytes);
        let length = plain.map_err(|_| Problem::ParcelDamaged)?.len();
        bytes.truncate(length);
        Ok(bytes)
    }

    fn fill(&mut self, into: &mut [u8]) -> Result<(), Problem> {
        self.left = self.left.checked_sub(into.len() as u64).ok_or(Problem::ParcelDamaged)?;
        self.file.read_exact(into).map_err(unreadable)
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::Internal(e.to_string()))?
}

fn unreadable(error: std::io::Error) -> Problem {
    Problem::Internal(format!("a file of unsent work: {error}"))
}
