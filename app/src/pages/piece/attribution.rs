//! Who entered a value, when, on which device and from what source.

use takar_domain::date::{date_clock, date_of};
use takar_domain::record::{Attribution, DeviceId, Head, Record, Source};
use takar_domain::sorted::sort_by_key;
use takar_domain::text::{difference, names, validate as text};
use takar_sync::made_at;
use takar_sync::verdict::Outcome;

use super::outcome;

use crate::acts::words;
use crate::state::{App, Trail};
use crate::ui::{Icon, Tone, state, tag};
use crate::view::{View, view};

/// A receipt so long after the making means that it was made without a connection,
/// unless the device had heard from the office as shortly before.
const AWAY_MS: i64 = 5 * 60 * 1000;

/// Person, day and clock, device and source of an attribution, as two lines.
fn lines(app: App, by: &Attribution, received: Option<i64>, waiting: bool) -> View {
    let config = app.config();
    let author = words::person(&config, by.author).to_owned();
    let acted = by.acted_for.map(|id| [", ", &text::acted_for(words::person(&config, id))].concat());
    let made = made_at(&by.made);
    let mut when = [date_of(made, app.zone()).weekday_name(), ", ", &date_clock(made, app.zone())].concat();
    let in_touch = by.made.anchor.is_some_and(|a| i64::try_from(a.since).is_ok_and(|since| since < AWAY_MS));
    if !in_touch && received.is_some_and(|at| at - made > AWAY_MS) {
        when.push_str(", ");
        when.push_str(difference::OFFLINE_MADE);
    }
    let mut from = vec![device(app, by.device)];
    if by.source != Source::Own {
        from.push(names::source(by.source).into());
    }
    let reason = by.reason.clone().map(|r| view! { <span class="small pre">{r}</span> });
    view! {
        <span class="by">
            <span>{author} {acted}</span>
            <span class="small soft">{when} " · " {from.join(" · ")}</span>
            {reason}
            {waiting.then(|| state(Tone::Wait, Icon::Clock, text::NOT_ARRIVED))}
        </span>
    }
}

/// This device, or another with a short code that tells two of them apart.
fn device(app: App, device: DeviceId) -> String {
    if app.me().is_some_and(|me| me.device == device) {
        return text::THIS_DEVICE.into();
    }
    if let Some(name) = app.config().devices.get(&device) {
        return name.clone();
    }
    let id = device.to_string();
    text::device(id.get(id.len().saturating_sub(4)..).unwrap_or_default())
}

/// The origin of a value that stands, as the value itself tells it.
#[must_use]
pub fn origin(app: App, head: &Head) -> View {
    lines(app, &head.by, None, head.seq.is_none())
}

/// The origin of a value that stands, and whether it was made without a
/// connection: reads the log, so not for long lists.
#[must_use]
pub fn head_line(app: App, record: &Record, group: &str, head: &Head) -> View {
    let trail = app.history(record.subject.record(), group);
    let received = trail.iter().find(|t| t.op == head.op).and_then(|t| t.at);
    lines(app, &head.by, received, head.seq.is_none())
}

/// The origin of an act in the history.
#[must_use]
pub fn trail_line(app: App, trail: &Trail) -> View {
    lines(app, &trail.by, trail.at, trail.seq.is_none())
}

/// How some groups of a record came to their values, newest first, with the
/// field named where there are several.
#[must_use]
pub fn history(app: App, record: &Record, most: usize) -> View {
    let config = app.config();
    let mut all = app.history_of(record.subject.record());
    sort_by_key(&mut all, |(_, t)| std::cmp::Reverse((t.seq.unwrap_or(u64::MAX), t.op)));
    // What an act had seen is what stood before it.
    let before = |of: &str, trail: &Trail| {
        let seen = all.iter().filter(|(group, t)| group == of && trail.seen.contains(&t.op));
        let values: Vec<_> =
            seen.map(|(_, t)| words::value(&config, &record.subject, of, &t.value)).collect();
        (!values.is_empty()).then(|| text::before(&values.join(" / ")))
    };
    let lines = all.iter().take(most).map(|(group, trail)| {
        let field = words::group(&config, group);
        let value = words::value(&config, &record.subject, group, &trail.value);
        let before = before(group, trail).map(|before| view! { <span class="small soft">{before}</span> });
        let refused = trail.outcome.as_ref().filter(|o| !matches!(o, Outcome::Applied));
        let refused = refused.map(|o| tag(Tone::Bad, outcome::short(o)));
        view! {
            <li>
                <strong>{field} ": " {value}</strong>
                " "
                {refused}
                {before}
                {trail_line(app, trail)}
            </li>
        }
    });
    view! { <ul class="trail">{lines.collect::<View>()}</ul> }
}
