//! Messages of a WebSocket in the bytes of one direction (RFC 6455).

/// Messages, bytes of frame heads, and what they carry without its mask.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Carried {
    pub messages: usize,
    pub heads: usize,
    pub payload: Vec<u8>,
}

/// Reads whole frames; a cut one at the end counts with what is there.
pub fn carried(bytes: &[u8]) -> Carried {
    let mut found = Carried::default();
    let mut rest = bytes;
    while let [first, second, behind @ ..] = rest {
        let (length, wide) = match second & 0x7f {
            126 => (number(behind, 2), 2),
            127 => (number(behind, 8), 8),
            short => (usize::from(short), 0),
        };
        let masked = if second & 0x80 == 0 { 0 } else { 4 };
        let head = (2 + wide + masked).min(rest.len());
        let mask = rest[head - masked.min(head)..head].to_vec();
        let end = head.saturating_add(length).min(rest.len());
        let payload = rest[head..end].iter().enumerate();
        found.payload.extend(payload.map(|(n, b)| mask.get(n % 4).map_or(*b, |m| b ^ m)));
        found.heads += head;
        // Continuations and control frames are no messages of their own.
        found.messages += usize::from(matches!(first & 0x0f, 1 | 2));
        rest = &rest[end..];
    }
    found.heads += rest.len();
    found
}

fn number(bytes: &[u8], wide: usize) -> usize {
    bytes.iter().take(wide).fold(0, |n, b| n << 8 | usize::from(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_with_and_without_a_mask() {
        let long = vec![7; 300];
        let mut bytes = vec![0x82, 0x83, 1, 2, 3, 4, b'a' ^ 1, b'b' ^ 2, b'c' ^ 3];
        bytes.extend([0x89, 0x00]);
        bytes.extend([0x82, 126, 1, 44]);
        bytes.extend(&long);
        let expected =
            Carried { messages: 2, heads: 6 + 2 + 4, payload: [b"abc".as_slice(), &long].concat() };
        assert_eq!(carried(&bytes), expected);
        assert_eq!(carried(&bytes[..bytes.len() - 1]).payload.len(), 302, "a cut frame");
        assert_eq!(carried(&[0x82]).heads, 1);
    }
}
