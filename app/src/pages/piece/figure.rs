//! One figure in words: capaian, notes, where it stands.

use takar_domain::achievement::Achievement;
use takar_domain::policy::Policy;
use takar_domain::status::FigureStatus;
use takar_domain::text::{common, entry, names, recap};

use crate::ui::{Icon, Tone, rating_tag, state};
use crate::view::{View, view};

/// Capaian and kriteria; if bounding changed the value both are shown, and a
/// missing one says why.
#[must_use]
pub fn capaian(achievement: &Achievement, policy: &Policy) -> View {
    let Some(bounded) = achievement.bounded_text() else {
        let why = achievement.reason.map_or(common::DASH, names::reason);
        return view! { <span class="soft small">{why}</span> };
    };
    let shown = achievement.raw_text().filter(|_| achievement.is_bounded());
    let capped = shown.is_some().then(|| recap::capped(&bounded));
    let rating = achievement.rating.clone().map(|name| {
        let band = policy.scale.iter().position(|b| b.name == name).unwrap_or_default();
        rating_tag(name, band, policy.scale.len())
    });
    view! {
        <span class="row capaian">
            <strong class="num">{shown.unwrap_or(bounded)}</strong>
            {capped.map(|c| view! { <span class="small soft">{c}</span> })}
            {rating}
        </span>
    }
}

/// Where a figure stands, as icon and words.
#[must_use]
pub fn status_tag(status: &FigureStatus) -> View {
    let (tone, sign) = match status {
        FigureStatus::NotFilled => (Tone::Plain, Icon::Circle),
        FigureStatus::Saved => (Tone::Ok, Icon::Check),
        FigureStatus::Sent => (Tone::Info, Icon::Outbox),
        FigureStatus::Returned { .. } => (Tone::Wait, Icon::Return),
        FigureStatus::Validated => (Tone::Ok, Icon::Check),
        FigureStatus::Differs => (Tone::Bad, Icon::Fork),
    };
    state(tone, sign, names::status(status))
}

/// The notes that say something, with their labels.
#[must_use]
pub fn notes(texts: &[String; 3]) -> View {
    let lines = entry::NOTES.iter().zip(texts).filter(|(_, text)| !text.trim().is_empty());
    let lines = lines.map(|(label, text)| {
        view! {
            <p class="small pre">
                <strong>{*label} ": "</strong>
                {text.clone()}
            </p>
        }
    });
    lines.collect()
}
