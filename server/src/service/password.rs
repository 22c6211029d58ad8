//! Passwords: argon2id, away from the threads that serve requests.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use tokio::sync::Semaphore;

use super::secret::{NoRandomness, random};

/// Shortest password accepted, in characters.
pub const MIN_CHARS: usize = 8;
/// Longest password looked at, in bytes: hashing must not become a burden.
const MAX_BYTES: usize = 256;

/// Hashes and checks passwords, one at a time: each takes 19 MB (the default
/// parameters of argon2id after RFC 9106's second choice).
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error("argon2: {0}")]
    Hash(String),
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(1)) }
    }
}

impl Passwords {
    /// Whether a person may choose it.
    #[must_use]
    pub fn acceptable(password: &str) -> bool {
        password.chars().count() >= MIN_CHARS && password.len() <= MAX_BYTES
    }

    /// The argon2id hash of a password, as a PHC string with a fresh salt.
    ///
    /// # Errors
    /// No randomness, or argon2 refuses.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let salt = random::<16>()?;
        self.away(move || {
            let salt = SaltString::encode_b64(&salt).map_err(|e| PasswordError::Hash(e.to_string()))?;
            let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
            hash.map(|h| h.to_string()).map_err(|e| PasswordError::Hash(e.to_string()))
        })
        .await
    }

    /// Whether the password belongs to the hash. `None` as hash (no such
    /// account) takes as long and is false.
    ///
    /// # Errors
    /// The work could not be done at all.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        if password.len() > MAX_BYTES {
            return Ok(false);
        }
        self.away(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(NOBODY);
            let right = PasswordHash::new(hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            Ok(known && right)
        })
        .await
    }

    async fn away<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _turn = self.turns.acquire().await.map_err(|e| PasswordError::Hash(e.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|e| PasswordError::Hash(e.to_string()))?
    }
}

/// A hash that no password has: sign-in with an unknown name costs as much.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$dGFrYXItdGFrYXItdGFrYQ$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
