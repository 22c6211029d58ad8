//! Words, tone and icon of a value's state, and of its capaian.

use crate::signal::*;
use takar_domain::achievement::Reason;
use takar_domain::figure::EntryState;
use takar_domain::policy::Policy;
use takar_domain::status::FigureStatus;
use takar_domain::text::{common, entry, names};
use takar_domain::view::explanation::explain;

use super::line::{Line, Sheet};
use crate::acts::entry::{Live, Standing};
use crate::ui::{Icon, Notice, Reveal, Tone, rating_tag, state};
use crate::view::{View, view};

/// The state of a row's value.
pub fn standing(line: Line) -> View {
    let now = Memo::new(move || {
        let excused = line.live.with(|l| l.as_ref().map(|l| (l.actual.state, l.achievement.state)));
        let unfilled = line.row.with(|r| r.as_ref()?.achievement.reason) == Some(Reason::Unfilled);
        line.standing().map(|s| words(&s, excused, unfilled))
    });
    View::live(move || now.get().map(|(tone, sign, words)| state(tone, sign, words)))
}

/// How a standing looks; without a value the row says why. `unfilled`: the document was
/// signed without it.
#[must_use]
pub fn words(
    standing: &Standing,
    excused: Option<(EntryState, EntryState)>,
    unfilled: bool,
) -> (Tone, Icon, &'static str) {
    match standing {
        Standing::Draft => (Tone::Info, Icon::Pencil, entry::DRAFT),
        Standing::Waiting => (Tone::Wait, Icon::Clock, entry::WAITING),
        Standing::Sending => (Tone::Info, Icon::Sync, entry::SENDING),
        Standing::Office(status) => match status {
            FigureStatus::NotFilled => match excused {
                Some((EntryState::NotMeasured, _)) => {
                    (Tone::Plain, Icon::Circle, names::entry_state(EntryState::NotMeasured))
                }
                Some((_, EntryState::NoTarget)) => (Tone::Plain, Icon::Circle, entry::WITHOUT_TARGET),
                _ if unfilled => (Tone::Plain, Icon::Circle, names::reason(Reason::Unfilled)),
                _ => (Tone::Plain, Icon::Circle, names::status(status)),
            },
            FigureStatus::Saved => (Tone::Ok, Icon::Check, names::status(status)),
            FigureStatus::Sent => (Tone::Info, Icon::Outbox, names::status(status)),
            FigureStatus::Returned { .. } => (Tone::Wait, Icon::Return, names::status(status)),
            FigureStatus::Validated => (Tone::Ok, Icon::Check, names::status(status)),
            FigureStatus::Differs => (Tone::Bad, Icon::Fork, names::status(status)),
        },
    }
}

/// Why nothing may be entered in the unit, or what becomes of it. Reactive.
pub fn shut(sheet: Sheet) -> Option<View> {
    let lock = sheet.with(|s| s.as_ref()?.lock)?;
    Some(view! { <Notice tone=Tone::Wait><div>{names::lock(lock)}</div></Notice> })
}

/// Bounded capaian, with the raw one if it was cut.
pub fn achieved(line: Line) -> View {
    View::live(move || {
        line.live.with(|l| {
            let a = &l.as_ref()?.achievement;
            let raw = a.raw_text().or_else(|| a.bounded_text()).unwrap_or_else(|| common::DASH.into());
            let cut = a.is_bounded().then(|| a.bounded_text()).flatten().map(|b| entry::bounded(&b));
            Some(view! {
                <strong>{raw}</strong>
                {cut.map(|c| view! { <br /> <span class="small soft">{c}</span> })}
            })
        })
    })
}

/// The kriteria as a tag.
pub fn rating(line: Line) -> View {
    let now = Memo::new(move || line.live.with(|l| l.as_ref().and_then(|l| l.achievement.rating.clone())));
    let policy = Memo::new(move || Fresh(policy_of(line)));
    View::live(move || now.get().map(|words| policy.with(|p| tag_of(&p.0, words))))
}

/// The tag of a kriteria, by its place in the policy's scale.
#[must_use]
pub fn tag_of(policy: &Policy, words: String) -> View {
    let band = policy.scale.iter().position(|b| b.name == words).unwrap_or_default();
    rating_tag(words, band, policy.scale.len())
}

/// The policy that applies to a row.
#[must_use]
pub fn policy_of(line: Line) -> Policy {
    let config = line.app.config();
    match line.app.cycle() {
        Some((id, cycle)) => takar_domain::view::entry_sheet::policy_of(&config, cycle.period, Some(id)),
        None => Policy::default(),
    }
}

/// How the capaian came about, one press away.
pub fn explanation(line: Line) -> View {
    view! {
        <Reveal summary=entry::EXPLAIN>
            {move || line.live.with(|l| l.as_ref().map(facts))}
        </Reveal>
    }
}

/// The lines of the explanation.
#[must_use]
pub fn facts(live: &Live) -> View {
    let lines = explain(&live.achievement);
    let lines = lines.into_iter().map(|l| view! { <dt>{l.label}</dt> <dd>{l.text}</dd> }).collect::<View>();
    view! { <dl class="facts">{lines}</dl> }
}
