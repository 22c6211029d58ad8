//! Small labelled states. Colour repeats what the words and the icon say.

use super::{Icon, icon};
use crate::view::{View, view};

/// Which colour a state has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Ok,
    Wait,
    Bad,
    Info,
}

impl Tone {
    /// The CSS class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Ok => "ok",
            Self::Wait => "wait",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }
}

/// A tag on a coloured ground.
#[must_use]
pub fn tag(tone: Tone, words: impl Into<String>) -> View {
    view! { <span class=format!("tag {}", tone.class())>{words.into()}</span> }
}

/// The kriteria of a capaian; `band` counts from the highest (0) of `bands`.
#[must_use]
pub fn rating_tag(words: String, band: usize, bands: usize) -> View {
    tag(rating_tone(band, bands), words)
}

/// The upper two fifths are good, the lower two fifths bad, whatever the scale.
#[must_use]
pub const fn rating_tone(band: usize, bands: usize) -> Tone {
    match (band * 5 + 4) / if bands == 0 { 1 } else { bands } {
        0..=2 => Tone::Ok,
        3 => Tone::Wait,
        _ => Tone::Bad,
    }
}

/// The state of one value: icon and words.
#[must_use]
pub fn state(tone: Tone, sign: Icon, words: impl Into<String>) -> View {
    view! { <span class=format!("state {}", tone.class())>{icon(sign)} {words.into()}</span> }
}
