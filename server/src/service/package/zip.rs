//! A ZIP of stored files (APPNOTE.TXT 4.3), written as it goes: photos and PDFs are
//! compressed already, and everything else in a package is small.

use flate2::Crc;

use crate::blob::FilesError;
use crate::blob::spool::Writer;
use crate::problem::Problem;

/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const VERSION: u16 = 20;
/// 1 January 1980: the same content gives the same package.
const DATE: u16 = 33;

/// The end of a package that grows.
pub(super) struct Zip<'a> {
    out: &'a mut Writer,
    central: Vec<u8>,
    count: u16,
}

impl<'a> Zip<'a> {
    pub(super) fn new(out: &'a mut Writer) -> Self {
        Self { out, central: Vec::new(), count: 0 }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// No room, or more than a ZIP without extensions holds (4 GB, 65,535 files).
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        let large = || Problem::TooLarge;
        let at = u32::try_from(self.out.at).map_err(|_| large())?;
        let size = u32::try_from(bytes.len()).map_err(|_| large())?;
        let length = u16::try_from(name.len()).map_err(|_| large())?;
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut about = Vec::new();
        for half in [VERSION, FLAGS, 0, 0, DATE] {
            about.extend(half.to_le_bytes());
        }
        for whole in [crc.sum(), size, size] {
            about.extend(whole.to_le_bytes());
        }
        about.extend(length.to_le_bytes());
        about.extend(0_u16.to_le_bytes());
        let header = [b"PK\x03\x04".as_slice(), &about, name.as_bytes()].concat();
        self.central.extend(b"PK\x01\x02");
        self.central.extend(VERSION.to_le_bytes());
        self.central.extend(about);
        // Comment, disk, internal and external attributes.
        self.central.extend([0; 10]);
        self.central.extend(at.to_le_bytes());
        self.central.extend(name.as_bytes());
        self.count = self.count.checked_add(1).ok_or_else(large)?;
        self.out.write(&header)?;
        Ok(self.out.write(bytes)?)
    }

    /// Ends it with the list of its files.
    ///
    /// # Errors
    /// No room.
    pub(super) fn end(self) -> Result<(), Problem> {
        let at = u32::try_from(self.out.at).map_err(|_| Problem::TooLarge)?;
        let size = u32::try_from(self.central.len()).map_err(|_| Problem::TooLarge)?;
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend(self.count.to_le_bytes());
        end.extend(self.count.to_le_bytes());
        end.extend(size.to_le_bytes());
        end.extend(at.to_le_bytes());
        end.extend(0_u16.to_le_bytes());
        let written: Result<(), FilesError> = self
            .out
            .write(&self.central)
            .and_then(|()| self.out.write(&end))
            .and_then(|()| self.out.finish());
        Ok(written?)
    }
}
