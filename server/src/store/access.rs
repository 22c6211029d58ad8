//! Where a database is, and how it is entered.

use std::path::{Path, PathBuf};

/// The namespace if none is named, and the database in every namespace.
pub(super) const NAME: &str = "takar";
/// Bytes that are left free on the disk of an embedded database: the engine
/// needs some to put in order what it took.
pub const RESERVE: u64 = 256 << 20;

/// Where a database is, and how it is entered.
#[derive(Clone)]
pub struct Access {
    /// `mem://`, `surrealkv://<folder>?sync=every`, `ws://host:port`, `wss://host:port`.
    address: String,
    /// Name and password of a root user of a database server.
    login: Option<(String, String)>,
    namespace: String,
    reserve: u64,
}

impl Access {
    /// A database by its address, without a login.
    #[must_use]
    pub fn at(address: impl Into<String>) -> Self {
        Self { address: address.into(), login: None, namespace: NAME.into(), reserve: RESERVE }
    }

    /// A folder of this machine, with the embedded engine: every commit reaches
    /// the disk before it is acknowledged.
    #[must_use]
    pub fn folder(folder: &Path) -> Self {
        Self::at(format!("surrealkv://{}?sync=every", folder.display()))
    }

    /// As this user of a database server.
    #[must_use]
    pub fn login(mut self, username: String, password: String) -> Self {
        self.login = Some((username, password));
        self
    }

    /// In this namespace of a database server.
    #[must_use]
    pub fn namespace(mut self, namespace: String) -> Self {
        self.namespace = namespace;
        self
    }

    /// Leaves so many bytes free on the disk.
    #[must_use]
    pub const fn reserve(mut self, bytes: u64) -> Self {
        self.reserve = bytes;
        self
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn named(&self) -> &str {
        &self.namespace
    }

    pub(super) const fn entry(&self) -> Option<&(String, String)> {
        self.login.as_ref()
    }

    /// The folder of the embedded engine.
    pub(super) fn embedded(&self) -> Option<PathBuf> {
        let path = self.address.strip_prefix("surrealkv://")?;
        Some(path.split_once('?').map_or(path, |(path, _)| path).into())
    }

    pub(super) fn is_remote(&self) -> bool {
        self.address.starts_with("ws://") || self.address.starts_with("wss://")
    }

    /// Whether the disk has room for one more write; true if nobody can tell.
    pub(super) fn has_room(&self) -> bool {
        let Some(folder) = self.embedded() else { return true };
        fs2::available_space(folder).map_or(true, |free| free >= self.reserve)
    }
}

/// Nothing that is logged shows a login.
impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_read_from_the_address() {
        let access = Access::folder(Path::new("/var/lib/takar/takar.db"));
        assert_eq!(access.embedded(), Some("/var/lib/takar/takar.db".into()));
        assert_eq!(Access::at("surrealkv://data").embedded(), Some("data".into()));
        assert_eq!(Access::at("ws://10.0.0.5:8000").embedded(), None);
    }

    #[test]
    fn a_login_is_not_shown() {
        let access = Access::at("ws://10.0.0.5:8000").login("kantor".into(), "rahasia".into());
        assert_eq!(format!("{access:?}"), "ws://10.0.0.5:8000");
    }

    #[test]
    fn a_disk_below_its_reserve_has_no_room() {
        let access = Access::folder(&std::env::temp_dir());
        assert!(access.clone().reserve(0).has_room());
        assert!(!access.reserve(u64::MAX).has_room());
        assert!(Access::at("mem://").reserve(u64::MAX).has_room());
    }
}
