//! Where whole files are: a folder, or a bucket of an S3-compatible service.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Key;
use object_store::{BackoffConfig, ObjectStore, RetryConfig};

use super::FilesError;

/// How long a service that does not answer is asked again: a device waits meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// By configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Folder(PathBuf),
    /// `s3://bucket/prefix`. Keys, region and another service's address come
    /// from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`).
    Bucket(String),
    /// For tests.
    Memory,
}

/// A bucket and the prefix inside it. Nothing is asked of it yet.
pub(super) fn bucket(url: &str) -> Result<(Arc<dyn ObjectStore>, Key), FilesError> {
    let named = url.strip_prefix("s3://").unwrap_or_default();
    let (name, prefix) = named.split_once('/').unwrap_or((named, ""));
    if name.is_empty() {
        return Err(FilesError::Failed("s3://BUCKET/PREFIX".into()));
    }
    let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, backoff: BackoffConfig::default() };
    let store = AmazonS3Builder::from_env().with_bucket_name(name).with_retry(retry).build()?;
    let prefix = Key::parse(prefix).map_err(|error| FilesError::Failed(error.to_string()))?;
    Ok((Arc::new(store), prefix))
}
