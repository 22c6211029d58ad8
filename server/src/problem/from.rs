//! What goes wrong further inside, as the problem that a request is answered with.

use super::Problem;
use crate::blob::FilesError;
use crate::service::password::PasswordError;
use crate::service::secret::NoRandomness;
use crate::store::StoreError;

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Busy,
            StoreError::Full => Self::Full,
            StoreError::Away => Self::Unavailable,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<FilesError> for Problem {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Full => Self::Full,
            FilesError::Missing => Self::FileMissing,
            FilesError::Away(cause) => {
                tracing::error!(cause, "the bucket with the files cannot be used");
                Self::Unavailable
            }
            FilesError::Failed(cause) => Self::Internal(cause),
        }
    }
}

impl From<NoRandomness> for Problem {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<Problem> for takar_app::api::Problem {
    fn from(problem: Problem) -> Self {
        if let Some(cause) = problem.cause() {
            tracing::error!(error.cause = cause, "request failed");
        }
        Self::new(problem.status().as_u16(), problem.code(), problem.words())
    }
}
