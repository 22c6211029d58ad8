//! What a server is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::http::Site;
use crate::service::backup::nightly::NightlySettings;
use crate::store::Store;

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Database {
    /// `mem://`, `surrealkv://<folder>?sync=every`, `ws://user:password@host:port`.
    Url(String),
    /// A folder of this machine, with the embedded engine.
    Folder(PathBuf),
    /// An open database, shared with another server of this process.
    Open(Store),
}

impl Database {
    /// The address for the database engine.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        match self {
            Self::Url(url) => Some(url.clone()),
            // Every commit reaches the disk before it is acknowledged.
            Self::Folder(folder) => Some(format!("surrealkv://{}?sync=every", folder.display())),
            Self::Open(_) => None,
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
    pub tls: Option<Tls>,
    pub site: Site,
    /// The backup by the clock, if one is wanted.
    pub nightly: Option<NightlySettings>,
}
