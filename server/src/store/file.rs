//! Which files of evidence the office has, and which any operation names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId as Id, SurrealValue};
use takar_domain::record::RecordId;

use super::log::{number, stored};
use super::{Store, StoreError, ask, key};

/// A file that the office has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Media type, by content.
    pub media: String,
    /// When it was last offered or stored, ms since 1970 UTC.
    pub at: i64,
}

#[derive(SurrealValue)]
pub(super) struct FileRow {
    key: Vec<String>,
    size: i64,
    media: String,
    at: i64,
}

impl FileRow {
    pub(super) fn line(self) -> Result<FileLine, StoreError> {
        let sha256 = self.key.get(1).cloned();
        let sha256 = sha256.ok_or_else(|| StoreError::Corrupt(format!("file {:?}", self.key)))?;
        Ok(FileLine { sha256, size: number(self.size), media: self.media, at: self.at })
    }
}

/// Columns of a [`FileRow`].
pub(super) const COLUMNS: &str = "record::id(id) AS key, size, media, at";

/// The row that says that some operation names a file.
pub(super) fn named_id(office: RecordId, sha256: &str) -> Id {
    key("named", office, sha256)
}

impl Store {
    /// A file, if the office has it.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn file(&self, office: RecordId, sha256: &str) -> Result<Option<FileLine>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM $id");
        let rows: Vec<FileRow> =
            self.read(ask(query).bind(("id", key("file", office, sha256)))).await?.take(0)?;
        rows.into_iter().next().map(FileRow::line).transpose()
    }

    /// Which of these files the office has.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn present(
        &self,
        office: RecordId,
        files: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, StoreError> {
        if files.is_empty() {
            return Ok(BTreeSet::new());
        }
        let ids: Vec<Id> = files.iter().map(|sha256| key("file", office, sha256)).collect();
        let query = "SELECT VALUE record::id(id)[1] FROM $ids WHERE id != NONE";
        let found: Vec<String> = self.read(ask(query).bind(("ids", ids))).await?.take(0)?;
        Ok(found.into_iter().collect())
    }

    /// Says that the office has a file.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_file(&self, office: RecordId, file: &FileLine) -> Result<(), StoreError> {
        let query = ask("UPSERT $id SET size = $size, media = $media, at = $at RETURN NONE")
            .bind(("id", key("file", office, &file.sha256)))
            .bind(("size", stored(file.size)))
            .bind(("media", file.media.clone()))
            .bind(("at", file.at));
        self.write(query).await.map(|_| ())
    }

    /// Renews a file's age; its size if the office has it.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn renew_file(
        &self,
        office: RecordId,
        sha256: &str,
        at: i64,
    ) -> Result<Option<u64>, StoreError> {
        let query = "UPDATE $id SET at = math::max([at, $at]) WHERE size != NONE RETURN VALUE size";
        let query = ask(query).bind(("id", key("file", office, sha256))).bind(("at", at));
        let mut results = self.write(query).await?;
        let sizes: Vec<i64> = results.take(0)?;
        Ok(sizes.first().copied().map(number))
    }

    /// Files that no operation names and nobody offered since `before`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn forgotten_files(&self, office: RecordId, before: i64) -> Result<Vec<String>, StoreError> {
        let query = format!(
            "SELECT VALUE record::id(id)[1] FROM file:['{office}', '']..['{office}', 'g'] WHERE at < $before"
        );
        let old: Vec<String> = self.read(ask(query).bind(("before", before))).await?.take(0)?;
        let named = self.named_files(office).await?;
        Ok(old.into_iter().filter(|sha256| !named.contains(sha256)).collect())
    }

    /// Forgets a file, if it is still old and unnamed; says whether it did.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn drop_file(&self, office: RecordId, sha256: &str, before: i64) -> Result<bool, StoreError> {
        let query = "DELETE $id WHERE at < $before AND !record::exists($named) RETURN BEFORE";
        let query = ask(query).bind(("id", key("file", office, sha256)));
        let query = query.bind(("named", named_id(office, sha256))).bind(("before", before));
        let mut results = self.write(query).await?;
        let gone: Vec<surrealdb::types::Value> = results.take(0)?;
        Ok(!gone.is_empty())
    }

    /// Forgets a file whose bytes are gone: it is asked for again.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn forget_file(&self, office: RecordId, sha256: &str) -> Result<(), StoreError> {
        let query = ask("DELETE $id RETURN NONE").bind(("id", key("file", office, sha256)));
        self.write(query).await.map(|_| ())
    }

    /// Every file that the office has.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn files(&self, office: RecordId) -> Result<Vec<FileLine>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM file:['{office}', '']..['{office}', 'g']");
        let rows: Vec<FileRow> = self.read(ask(query)).await?.take(0)?;
        rows.into_iter().map(FileRow::line).collect()
    }

    /// Every file that any operation names, whatever became of it.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn named_files(&self, office: RecordId) -> Result<BTreeSet<String>, StoreError> {
        let query = format!("SELECT VALUE record::id(id)[1] FROM named:['{office}', '']..['{office}', 'g']");
        let named: Vec<String> = self.read(ask(query)).await?.take(0)?;
        Ok(named.into_iter().collect())
    }

    /// Writes which files operations name, for a restored log.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn put_named(&self, office: RecordId, files: &BTreeSet<String>) -> Result<(), StoreError> {
        let ids: Vec<Id> = files.iter().map(|sha256| named_id(office, sha256)).collect();
        for ids in ids.chunks(500) {
            let query = "FOR $id IN $ids { UPSERT $id RETURN NONE }";
            self.once(ask(query).bind(("ids", ids.to_vec()))).await?;
        }
        Ok(())
    }
}
