//! The press at the end of the check: what keeps it, and what became of it.

use crate::signal::*;
use takar_domain::figure::EntryState;
use takar_domain::permission::Permission;
use takar_domain::record::{OpId, RecordId};
use takar_domain::text::{common, names, send as words};
use takar_domain::view::entry_sheet::EntrySheet;

use super::{field_id, sorted};
use crate::acts::send::{Heading, is_done, send, send_and_validate};
use crate::pages::piece::{outcome, saved};
use crate::state::{App, OpState, Save};
use crate::ui::{Button, FieldError, Look, Notice, Tick, Tone};
use crate::view::{View, view};

/// The press, and what became of it.
#[component]
pub fn Press(
    app: App,
    unit: RecordId,
    sheet: Memo<Option<EntrySheet>>,
    errors: RwSignal<Vec<FieldError>>,
) -> View {
    let anyway = RwSignal::new(false);
    let sent: RwSignal<Option<(OpId, bool)>> = RwSignal::new(None);
    let press = move |both: bool| {
        let found = untrack(|| sheet.with(|s| s.as_ref().map(|s| missing(app, s, anyway.get()))));
        let found = found.unwrap_or_default();
        if !found.is_empty() {
            errors.set(found);
            return;
        }
        let Some(cycle) = sheet.with_untracked(|s| s.as_ref().map(|s| s.cycle)) else { return };
        let build = if both { send_and_validate } else { send };
        let parts = untrack(|| build(&app.config(), &app.reader(), cycle, unit));
        saved(app, Save { parts, ..Save::default() }, errors, move |op| sent.set(Some((op, both))));
    };
    let can_send = Memo::new(move || app.can(Permission::SendForm, Some(unit)));
    let head = Memo::new(move || app.can(Permission::ValidateFigure, Some(unit)));
    let of =
        move |read: fn(&EntrySheet) -> bool| Memo::new(move || sheet.with(|s| s.as_ref().is_some_and(read)));
    let some = of(|s| !s.rows.is_empty());
    let lock = Memo::new(move || sheet.with(|s| s.as_ref().and_then(|s| s.lock)));
    let gaps =
        Memo::new(move || sheet.with(|s| s.as_ref().is_some_and(|s| !missing(app, s, false).is_empty())));
    let again = of(|s| s.stage.sent);
    let handed = of(|s| is_done(s, false));
    let done = Memo::new(move || sheet.with(|s| s.as_ref().is_some_and(|s| is_done(s, head.get()))));
    let send_words = move || match (head.get(), again.get()) {
        (true, _) => words::SEND_ONLY,
        (false, true) => words::SEND_AGAIN,
        (false, false) => words::SEND,
    };
    let anyway_tick = move || {
        gaps.get().then(|| {
            view! {
                <Tick
                    label=words::ANYWAY
                    sub=words::ANYWAY_SUB
                    checked=anyway
                    on_tick=anyway
                />
            }
        })
    };
    let buttons = move || {
        let first = head
            .get()
            .then(|| view! { <Button press=move || press(true)>{words::SEND_AND_VALIDATE}</Button> });
        let look = if head.get() { Look::Quiet } else { Look::Main };
        let second = (!handed.get())
            .then(|| view! { <Button look=look press=move || press(false)>{send_words}</Button> });
        view! { {first} {second} }
    };
    View::live(move || match (some.get(), lock.get(), can_send.get()) {
        (false, ..) => View::Nothing,
        (_, Some(lock), _) => view! { <Notice>{names::lock(lock)}</Notice> },
        (_, _, false) => view! { <Notice>{words::NO_RIGHT}</Notice> },
        _ => view! {
            <section class="card stack" aria-label=words::SEND>
                {move || sent.get().map(|(op, both)| answer_words(app, op, both))}
                {move || (done.get() && sent.with(Option::is_none)).then(|| view! { <p>{words::SENT}</p> })}
                {move || (!done.get()).then(anyway_tick)}
                {move || (head.get() && !done.get()).then(|| view! { <p class="small soft">{words::SELF_NOTE}</p> })}
                <div class="row">
                    {move || if done.get() { onward(unit, head.get()) } else { buttons() }}
                    <a class=Look::Link.class() href=format!("/isi/{unit}")>
                        {words::TO_ENTRY}
                    </a>
                </div>
            </section>
        },
    })
}

/// Where a sent form goes on.
fn onward(unit: RecordId, head: bool) -> View {
    let (href, words) = if head {
        (["/validasi/", &unit.to_string()].concat(), words::TO_VALIDATE)
    } else {
        ("/".into(), common::HOME)
    };
    view! { <a class=Look::Main.class() href=href>{words}</a> }
}

/// What keeps the form from being sent as it is: gaps and unsaved typing, which
/// the person may send without, and an empty form, which nobody may.
fn missing(app: App, sheet: &EntrySheet, anyway: bool) -> Vec<FieldError> {
    let by = sorted(app, sheet);
    let some_filled = by
        .keys()
        .any(|k| matches!(k, Heading::Returned | Heading::Differs | Heading::Asks | Heading::Answered))
        || sheet.rows.iter().any(|r| r.entry.state != EntryState::NotFilled);
    if !some_filled {
        let first = sheet.rows.first().map(|r| field_id(r.indicator)).unwrap_or_default();
        return vec![FieldError { field: first, words: words::EMPTY.into() }];
    }
    if anyway {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut put = |under: Heading, say: fn(&str) -> String| {
        for row in by.get(&under).into_iter().flatten() {
            found.push(FieldError { field: field_id(row.indicator), words: say(&row.name) });
        }
    };
    put(Heading::Returned, words::unmended);
    put(Heading::Draft, words::unsaved);
    put(Heading::Gap, words::gap);
    found
}

/// What became of the press, as far as this device knows.
fn answer_words(app: App, op: OpId, both: bool) -> View {
    let (tone, say) = match app.op_state(op) {
        Some(OpState::Waiting | OpState::Sending) => (Tone::Wait, words::SAVED.to_owned()),
        Some(OpState::Answered(verdict)) => match outcome::trouble(&verdict) {
            Some(trouble) => (Tone::Bad, [outcome::short(trouble), ". ", &outcome::why(trouble)].concat()),
            None => (Tone::Ok, done_words(both).to_owned()),
        },
        None => (Tone::Ok, done_words(both).to_owned()),
    };
    view! {
        <div role="status">
            <Notice tone=tone>{say}</Notice>
        </div>
    }
}

const fn done_words(both: bool) -> &'static str {
    if both { words::SENT_AND_VALIDATED } else { words::SENT }
}
