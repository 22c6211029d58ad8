//! One file of a backup: rows of CBOR, each after its length, readable by its
//! owner only. Written to the disk before anybody hears of it.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use takar_sync::codec::{from_cbor, to_cbor};

use super::{BackupError, manifest};
use crate::service::secret::hex;

/// Longest row: an operation of 1 MiB and what is around it.
const LONGEST: u32 = 16 << 20;

/// A folder that only its owner can open; one that exists stays as it is.
pub(super) fn make_private(folder: &Path) -> Result<(), BackupError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| BackupError::Write(folder.to_owned(), e))
}

/// Brings a folder's names to the disk, where the system can.
pub(super) fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|e| BackupError::Write(folder.to_owned(), e))?;
    }
    Ok(())
}

fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let written = create_private(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|e| BackupError::Write(path.to_owned(), e))
}

/// A file being written.
pub(super) struct Sheet {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
    rows: u64,
}

impl Sheet {
    pub(super) fn create(folder: &Path, name: &str) -> Result<Self, BackupError> {
        let path = folder.join(name);
        let file = create_private(&path).map_err(|e| BackupError::Write(path.clone(), e))?;
        let (file, hash) = (BufWriter::new(file), Sha256::new());
        Ok(Self { name: name.into(), path, file, hash, bytes: 0, rows: 0 })
    }

    pub(super) fn write<T: Serialize>(&mut self, row: &T) -> Result<(), BackupError> {
        let body = to_cbor(row);
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes();
        for part in [&length[..], &body] {
            self.file.write_all(part).map_err(|e| BackupError::Write(self.path.clone(), e))?;
            self.hash.update(part);
            self.bytes = self.bytes.saturating_add(part.len() as u64);
        }
        self.rows = self.rows.saturating_add(1);
        Ok(())
    }

    /// Everything is on the disk after this.
    pub(super) fn finish(self) -> Result<(String, manifest::File), BackupError> {
        let Self { name, path, file, hash, bytes, rows } = self;
        let synced = file.into_inner().map_err(|e| e.into_error()).and_then(|file| file.sync_all());
        synced.map_err(|e| BackupError::Write(path, e))?;
        Ok((name, manifest::File { bytes, rows, sha256: hex(&hash.finalize()) }))
    }
}

/// Writes a whole file.
pub(super) fn all<T: Serialize>(
    folder: &Path,
    name: &str,
    rows: &[T],
) -> Result<(String, manifest::File), BackupError> {
    let mut sheet = Sheet::create(folder, name)?;
    for row in rows {
        sheet.write(row)?;
    }
    sheet.finish()
}

/// Whether a file's bytes are those of the manifest.
pub(super) fn prove(folder: &Path, name: &str, said: &manifest::File) -> Result<(), BackupError> {
    let path = folder.join(name);
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Err(BackupError::Missing(name.into())),
        Err(e) => return Err(BackupError::Read(path, e)),
    };
    let mut hash = Sha256::new();
    let length = std::io::copy(&mut file, &mut hash).map_err(|e| BackupError::Read(path.clone(), e))?;
    if length != said.bytes {
        return Err(BackupError::Length(name.into()));
    }
    if hex(&hash.finalize()) != said.sha256 {
        return Err(BackupError::Changed(name.into()));
    }
    Ok(())
}

/// A file being read, row by row.
pub(super) struct Rows<T> {
    name: String,
    path: PathBuf,
    file: BufReader<File>,
    row: PhantomData<T>,
}

impl<T: DeserializeOwned> Rows<T> {
    pub(super) fn open(folder: &Path, name: &str) -> Result<Self, BackupError> {
        let path = folder.join(name);
        let file = File::open(&path).map_err(|e| BackupError::Read(path.clone(), e))?;
        Ok(Self { name: name.into(), path, file: BufReader::new(file), row: PhantomData })
    }

    fn row(&mut self) -> Result<Option<T>, BackupError> {
        let mut length = [0; 4];
        let mut filled = 0;
        while filled < length.len() {
            match self.file.read(&mut length[filled..]) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => return Err(BackupError::Length(self.name.clone())),
                Ok(more) => filled += more,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(BackupError::Read(self.path.clone(), e)),
            }
        }
        let length = u32::from_be_bytes(length);
        if length > LONGEST {
            return Err(BackupError::Unreadable(self.name.clone()));
        }
        let mut body = vec![0; length as usize];
        self.file.read_exact(&mut body).map_err(|e| match e.kind() {
            ErrorKind::UnexpectedEof => BackupError::Length(self.name.clone()),
            _ => BackupError::Read(self.path.clone(), e),
        })?;
        from_cbor(&body).map(Some).map_err(|_| BackupError::Unreadable(self.name.clone()))
    }
}

impl<T: DeserializeOwned> Iterator for Rows<T> {
    type Item = Result<T, BackupError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.row().transpose()
    }
}
