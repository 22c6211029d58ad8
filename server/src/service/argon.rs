//! argon2id in one piece of memory that is kept. With a fresh one for every
//! sign-in, each thread of the runtime would end up holding 19 MB of its own.

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::{
    Decimal, Error, Ident, Output, ParamsString, PasswordHash, PasswordHasher, Result, Salt,
};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Grows to what the parameters ask for, 19 MB, and stays.
static MEMORY: Mutex<Vec<Block>> = Mutex::new(Vec::new());

/// Hashes and, as every hasher, verifies: one password at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argon;

impl PasswordHasher for Argon {
    type Params = Params;

    fn hash_password_customized<'a>(
        &self,
        password: &[u8],
        algorithm: Option<Ident<'a>>,
        version: Option<Decimal>,
        params: Params,
        salt: impl Into<Salt<'a>>,
    ) -> Result<PasswordHash<'a>> {
        let algorithm = algorithm.map(Algorithm::try_from).transpose()?.unwrap_or_default();
        let version = version.map(Version::try_from).transpose()?.unwrap_or_default();
        let salt = salt.into();
        let mut bytes = [0; Salt::MAX_LENGTH];
        let raw = salt.decode_b64(&mut bytes)?;
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let text = ParamsString::try_from(&params)?;
        let count = params.block_count();
        let argon2 = Argon2::new(algorithm, version, params);
        let hash = Output::init_with(length, |out| {
            let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
            if memory.len() < count {
                memory.resize(count, Block::new());
            }
            let blocks = memory.get_mut(..count).ok_or(Error::Crypto)?;
            Ok(argon2.hash_password_into_with_memory(password, raw, out, blocks)?)
        })?;
        let (algorithm, version) = (algorithm.ident(), Some(version.into()));
        Ok(PasswordHash { algorithm, version, params: text, salt: Some(salt), hash: Some(hash) })
    }
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordVerifier, SaltString};

    use super::*;

    #[test]
    fn it_says_what_argon2_says() {
        let salt = SaltString::encode_b64(b"sixteen bytes !!").unwrap();
        let ours = Argon.hash_password(b"rahasia", &salt).unwrap().to_string();
        let theirs = Argon2::default().hash_password(b"rahasia", &salt).unwrap().to_string();
        assert_eq!(ours, theirs);
        let read = PasswordHash::new(&ours).unwrap();
        assert!(Argon2::default().verify_password(b"rahasia", &read).is_ok());
        assert!(Argon.verify_password(b"rahasia", &read).is_ok());
        assert!(Argon.verify_password(b"rahasiA", &read).is_err());
    }
}
