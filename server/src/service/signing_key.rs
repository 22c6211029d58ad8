//! The key that seals documents: Ed25519, derived from the office's secret, so that a
//! restored backup verifies what was signed before.

use ring::hmac;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};
use takar_domain::procedure::sign::Signature;

use super::secret::hex;
use crate::problem::Problem;

/// Which derivation; a later one gets another number.
const PURPOSE: &[u8] = b"takar signing key 1";
/// Digits of the key's hash in its id.
const SHORT: usize = 16;

/// The office's key pair.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The pair of an office's secret, always the same one.
    ///
    /// # Errors
    /// Never for 32 bytes; an internal error else.
    pub fn derive(secret: &[u8]) -> Result<Self, Problem> {
        let seed = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), PURPOSE);
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref());
        pair.map(Self).map_err(|error| Problem::Internal(format!("no signing key: {error}")))
    }

    /// The public key as hex.
    #[must_use]
    pub fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// Names the key: `1.` and the beginning of its hash.
    #[must_use]
    pub fn id(&self) -> String {
        let hash = hex(&Sha256::digest(self.0.public_key().as_ref()));
        format!("1.{}", hash.get(..SHORT).unwrap_or_default())
    }

    /// The signature over everything else in it.
    #[must_use]
    pub fn sign(&self, signature: Signature) -> Signature {
        let named = Signature { key: self.id(), public: self.public(), ..signature };
        let value = hex(self.0.sign(&named.message()).as_ref());
        Signature { value, ..named }
    }

    /// Whether a signature was made with this very key and nothing in it was changed.
    #[must_use]
    pub fn made(&self, signature: &Signature) -> bool {
        let public = UnparsedPublicKey::new(&ED25519, self.0.public_key().as_ref());
        let Some(value) = unhex(&signature.value) else { return false };
        signature.public == self.public() && public.verify(&signature.message(), &value).is_ok()
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
