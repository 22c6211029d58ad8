//! Ids made of names: UUIDv5 (RFC 9562, 5.5).

use uuid::{Builder, Uuid};

/// The same id for the same name in the same space, on every device.
pub(super) fn id_of(space: Uuid, name: &str) -> Uuid {
    let digest = sha1(&[space.as_bytes(), name.as_bytes()].concat());
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    Builder::from_sha1_bytes(first).into_uuid()
}

/// SHA-1 (FIPS 180-4, 6.1), which UUIDv5 asks for and nothing else does. The one
/// that `uuid` brings has no loops: three kilobytes of the app.
fn sha1(message: &[u8]) -> [u8; 20] {
    let bits = message.len() as u64 * 8;
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend(bits.to_be_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded.chunks_exact(64) {
        let mut words = [0; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
        }
        for at in 16..80 {
            words[at] = (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (at, word) in words.into_iter().enumerate() {
            let (mixed, constant) = match at {
                0..20 => (b & c | !b & d, 0x5a82_7999),
                20..40 => (b ^ c ^ d, 0x6ed9_eba1),
                40..60 => (b & c | b & d | c & d, 0x8f1b_bcdc_u32),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = [a.rotate_left(5), mixed, e, constant, word].into_iter().fold(0, u32::wrapping_add);
            (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
        }
        for (total, part) in state.iter_mut().zip([a, b, c, d, e]) {
            *total = total.wrapping_add(part);
        }
    }
    let mut digest = [0; 20];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_library_whatever_the_length() {
        for length in 0..200 {
            let name: String = ('a'..='z').cycle().take(length).collect();
            for space in [Uuid::nil(), Uuid::NAMESPACE_OID] {
                assert_eq!(id_of(space, &name), Uuid::new_v5(&space, name.as_bytes()), "{length} letters");
            }
        }
    }
}
