//! Uploads that are not whole yet: `<office>/<device>/<sha256>.<length>` in a
//! folder of this machine. A file's length is how far the upload came; it is
//! told only after the bytes are on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use takar_domain::record::{DeviceId, RecordId};

use super::FilesError;

/// A folder that only its owner can open; one that exists stays as it is.
pub(super) fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Brings a file and its name to the disk.
pub(super) fn sync(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()?;
    if cfg!(unix) {
        // Two folders may be new: the file's own and the one above it.
        for folder in path.ancestors().skip(1).take(3).filter(|folder| folder.is_dir()) {
            File::open(folder)?.sync_all()?;
        }
    }
    Ok(())
}

/// Whose upload of what. The hash was checked to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub office: RecordId,
    pub device: DeviceId,
    pub sha256: String,
    /// Bytes of the whole file.
    pub length: u64,
}

/// The folder.
#[derive(Debug)]
pub struct Spool(PathBuf);

impl Spool {
    pub(super) const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    fn folder(&self, office: RecordId, device: DeviceId) -> PathBuf {
        self.0.join(office.to_string()).join(device.to_string())
    }

    fn path(&self, upload: &Upload) -> PathBuf {
        self.folder(upload.office, upload.device).join(format!("{}.{}", upload.sha256, upload.length))
    }

    /// Free bytes on the disk of unfinished uploads.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn free(&self) -> Result<u64, FilesError> {
        make_private(&self.0)?;
        Ok(fs2::available_space(&self.0)?)
    }

    /// Unfinished uploads of a device, and the bytes that they still want.
    #[must_use]
    pub fn open(&self, office: RecordId, device: DeviceId) -> (usize, u64) {
        let entries = fs::read_dir(self.folder(office, device)).into_iter().flatten().flatten();
        entries.fold((0, 0), |(count, wanted), entry| {
            let name = entry.file_name();
            let length = name.to_string_lossy().rsplit_once('.').and_then(|(_, n)| n.parse::<u64>().ok());
            let has = entry.metadata().map_or(0, |meta| meta.len());
            (count + 1, wanted + length.unwrap_or(0).saturating_sub(has))
        })
    }

    /// The unfinished upload of a file by a device.
    #[must_use]
    pub fn find(&self, office: RecordId, device: DeviceId, sha256: &str) -> Option<Upload> {
        let entries = fs::read_dir(self.folder(office, device)).ok()?.flatten();
        let lengths = entries.filter_map(|entry| {
            let name = entry.file_name();
            name.to_str()?.strip_prefix(sha256)?.strip_prefix('.')?.parse::<u64>().ok()
        });
        let length = lengths.max()?;
        Some(Upload { office, device, sha256: sha256.to_owned(), length })
    }

    /// How far an upload came, once that is on the disk.
    ///
    /// # Errors
    /// [`FilesError::Missing`] if there is none.
    pub fn offset(&self, upload: &Upload) -> Result<u64, FilesError> {
        let file = File::open(self.path(upload))?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }

    /// Begins an upload, in place of one of the same file with another length.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn begin(&self, upload: &Upload) -> Result<(), FilesError> {
        while let Some(other) = self.find(upload.office, upload.device, &upload.sha256) {
            self.remove(&other)?;
        }
        let folder = self.folder(upload.office, upload.device);
        make_private(&folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let path = self.path(upload);
        options.open(&path)?;
        Ok(sync(&path)?)
    }

    /// The file of an upload, to write at `offset`, which is its end.
    ///
    /// # Errors
    /// It is gone.
    pub fn writer(&self, upload: &Upload, offset: u64) -> Result<Writer, FilesError> {
        let mut file = OpenOptions::new().write(true).open(self.path(upload))?;
        file.seek(SeekFrom::Start(offset))?;
        Ok(Writer { file, at: offset })
    }

    /// All bytes of an upload.
    ///
    /// # Errors
    /// It is gone.
    pub fn read(&self, upload: &Upload) -> Result<Vec<u8>, FilesError> {
        Ok(fs::read(self.path(upload))?)
    }

    /// Ends an upload; one that is gone is no error.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn remove(&self, upload: &Upload) -> Result<(), FilesError> {
        match fs::remove_file(self.path(upload)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// A new file for what is looked through before it counts. One that a dead
    /// server left goes with what nobody wrote to for long.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn scratch(&self, office: RecordId, name: &str) -> Result<Scratch, FilesError> {
        let folder = self.0.join(office.to_string()).join("scratch");
        make_private(&folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let path = folder.join(name);
        let writer = Writer { file: options.open(&path)?, at: 0 };
        Ok(Scratch { path, writer })
    }

    /// Removes what nobody wrote to since `before`, ms since 1970 UTC; gives how many.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn expire(&self, before: i64) -> Result<usize, FilesError> {
        let before = UNIX_EPOCH + Duration::from_millis(u64::try_from(before).unwrap_or(0));
        let mut removed = 0;
        let inside = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
        for device in inside(&self.0).flat_map(|office| inside(&office).collect::<Vec<_>>()) {
            for file in inside(&device) {
                if fs::metadata(&file)?.modified()? < before {
                    fs::remove_file(&file)?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// A file that goes when nobody needs it any more.
#[derive(Debug)]
pub struct Scratch {
    pub path: PathBuf,
    pub writer: Writer,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It would go with the next sweep.
        let _ = fs::remove_file(&self.path);
    }
}

/// The end of an upload that grows.
#[derive(Debug)]
pub struct Writer {
    file: File,
    pub at: u64,
}

impl Writer {
    /// Adds bytes. What was written of them is cut off again if it fails.
    ///
    /// # Errors
    /// [`FilesError::Full`] without room.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), FilesError> {
        if let Err(error) = self.file.write_all(bytes) {
            self.cut(self.at)?;
            return Err(error.into());
        }
        self.at = self.at.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// The disk fails.
    pub fn finish(&self) -> Result<(), FilesError> {
        Ok(self.file.sync_all()?)
    }

    /// Forgets everything from `at` on.
    ///
    /// # Errors
    /// The disk fails.
    pub fn cut(&mut self, at: u64) -> Result<(), FilesError> {
        self.file.set_len(at)?;
        self.file.seek(SeekFrom::Start(at))?;
        self.at = at;
        self.finish()
    }
}
