//! The names in a zip's directory. Nothing is unpacked.

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
/// Length of the end record, and of the longest comment behind it.
const END_LENGTH: usize = 22;
const COMMENT: usize = 0xffff;
const ENTRY_LENGTH: usize = 46;
/// A workbook has far fewer parts.
const MOST: usize = 10_000;

/// Names of all entries, in the directory's order. `None` if it is no whole zip.
pub fn names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let start = bytes.len().saturating_sub(END_LENGTH + COMMENT);
    let tail = bytes.get(start..)?;
    let end = start + tail.windows(END.len()).rposition(|window| window == END)?;
    let count = usize::from(short(bytes, end + 10)?);
    let mut at = usize::try_from(long(bytes, end + 16)?).ok()?;
    let mut names = Vec::new();
    for _ in 0..count.min(MOST) {
        if bytes.get(at..at.checked_add(ENTRY.len())?)? != ENTRY {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|place| short(bytes, at + place));
        let begin = at + ENTRY_LENGTH;
        let ends = begin + usize::from(name?);
        names.push(bytes.get(begin..ends)?);
        at = ends + usize::from(extra?) + usize::from(comment?);
    }
    Some(names)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let field = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(field.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(field.try_into().ok()?))
}
