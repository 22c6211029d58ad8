//! What a server is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::blob::place::Place;
use crate::blob::{Files, FilesError};
use crate::http::Site;
use crate::service::backup::nightly::NightlySettings;
use crate::store::Store;
use crate::store::access::Access;

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Database {
    /// By its address.
    At(Access),
    /// A folder of this machine that only this server opens: the database, and
    /// beside it the way in for the command line.
    Folder { data: PathBuf, access: Access },
    /// An open database, shared with another server of this process.
    Open(Store),
}

/// Where evidence is.
#[derive(Clone, Debug)]
pub enum FilesAt {
    Place {
        place: Place,
        /// Folder of this machine for uploads that are not whole yet.
        spool: PathBuf,
    },
    /// An open store, shared with another server of this process.
    Open(Files),
}

impl FilesAt {
    /// Opens it.
    ///
    /// # Errors
    /// The folder cannot be made, or the address is none.
    pub fn open(&self) -> Result<Files, FilesError> {
        match self {
            Self::Place { place, spool } => Files::open(place, spool),
            Self::Open(files) => Ok(files.clone()),
        }
    }
}

/// Certificate chain and private key, PEM files.
#[derive(Clone, Debug)]
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Demo data and accounts; only on the loopback address.
    pub demo: bool,
    pub database: Database,
    /// Where evidence is.
    pub files: FilesAt,
    pub tls: Option<Tls>,
    pub site: Site,
    /// The backup by the clock, if one is wanted.
    pub nightly: Option<NightlySettings>,
}
