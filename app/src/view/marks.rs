//! What is text in the source of a view: elements, their attributes and texts, with
//! a mark where something comes that is made while the app runs. `app/markup`
//! writes it.

/// An element starts: its tag. The first one has no end.
pub const TAG: char = '\u{1}';
/// The same, in SVG's namespace.
pub const SVG_TAG: char = '\u{2}';
/// The next attribute, class, property or listener belongs here.
pub const PART: char = '\u{3}';
/// The next child stands here.
pub const CHILD: char = '\u{4}';
/// Text between two tags.
pub const TEXT: char = '\u{5}';
/// An inner element ends.
pub const END: char = '\u{6}';
/// An attribute of the element: `name=words`.
pub const ATTRIBUTE: char = '\n';

/// Each mark with the words behind it.
pub struct Marks(pub &'static str);

impl Iterator for Marks {
    type Item = (char, &'static str);

    fn next(&mut self) -> Option<Self::Item> {
        let mut chars = self.0.chars();
        let mark = chars.next()?;
        let words = chars.as_str();
        let (words, rest) = words.split_at(words.find(|c| c < ' ').unwrap_or(words.len()));
        self.0 = rest;
        Some((mark, words))
    }
}

/// Name and words of an attribute.
pub fn named(words: &'static str) -> (&'static str, &'static str) {
    words.split_once('=').unwrap_or_default()
}

/// Whether the same elements with attributes of the same names and texts between
/// the same tags are made.
pub fn are_alike(new: &'static str, old: &'static str) -> bool {
    let shape = |made| {
        Marks(made).map(|(mark, words)| match mark {
            ATTRIBUTE => (mark, named(words).0),
            TEXT => (mark, ""),
            _ => (mark, words),
        })
    };
    new == old || shape(new).eq(shape(old))
}

/// How long several texts are together.
#[must_use]
pub const fn length(pieces: &[&str]) -> usize {
    let (mut length, mut at) = (0, 0);
    while at < pieces.len() {
        length += pieces[at].len();
        at += 1;
    }
    length
}

/// Several texts one after the other. Marks of its own in a constant would end the build.
#[must_use]
pub const fn joined<const LENGTH: usize>(pieces: &[&str]) -> [u8; LENGTH] {
    let mut all = [0; LENGTH];
    let (mut end, mut at) = (0, 0);
    while at < pieces.len() {
        let piece = pieces[at].as_bytes();
        let mut byte = 0;
        while byte < piece.len() {
            assert!(at % 2 == 0 || piece[byte] >= b' ', "a constant with a mark in it");
            all[end] = piece[byte];
            end += 1;
            byte += 1;
        }
        at += 1;
    }
    all
}

/// The text that `joined` made.
#[must_use]
pub const fn text(joined: &[u8]) -> &str {
    match std::str::from_utf8(joined) {
        Ok(text) => text,
        Err(_) => "",
    }
}
