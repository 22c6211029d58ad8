//! One difference: what stood before, the sides, a reason, the decision.

use crate::signal::*;
use takar_domain::number;
use takar_domain::record::{Record, RecordId, Subject, Value};
use takar_domain::text::{common, difference as words};
use takar_domain::variables::{Origin, actual_of, nagari_codes};
use takar_domain::view::entry_sheet::{achievement, policy_of};

use super::side::{Other, side, taking};
use super::{address, may_decide, open};
use crate::acts::decide::{Difference, decide, merged_alone, of};
use crate::acts::words::{self as say, group, subject};
use crate::pages::piece::{Kept, saved};
use crate::platform::screen;
use crate::state::{App, Save};
use crate::ui::{ErrorSummary, Field, FieldError, Look, Notice, PageHead, Tone};
use crate::view::{View, view};

const REASON_ID: &str = "alasan";
const REASON_TEXT: &str = "alasan-lain";
const RESULT_ID: &str = "keputusan";

/// The page of one record's difference: the named field, else the first.
#[component]
pub fn OnePage(app: App, record: RecordId, field: Option<String>) -> View {
    let found = Memo::new(move || {
        let record = app.record(record)?;
        let mut all = of(&record).into_iter();
        match &field {
            Some(field) => all.find(|d| d.group == *field),
            None => all.next(),
        }
    });
    let decided: RwSignal<Option<String>> = RwSignal::new(None);
    let title = Signal::derive(move || match (decided.get(), found.get()) {
        (Some(_), _) => words::DECIDED.into(),
        (None, Some(d)) => words::title(d.sides.len(), &group(&app.config(), &d.group)),
        (None, None) => words::GONE.into(),
    });
    let lead = Signal::derive(move || {
        found.with(|d| d.as_ref().filter(|_| decided.with(Option::is_none)).map(|d| story(app, d)))
    });
    view! {
        <div class="stack">
            <PageHead title=title lead=lead />
            {move || match (decided.get(), found.get()) {
                (Some(value), _) => result(app, record, &value),
                (None, Some(d)) => view! { <Choice app=app difference=d decided=decided /> },
                (None, None) => {
                    view! {
                        <p class="lead">{words::GONE_HINT}</p>
                        {onward(app)}
                    }
                }
            }}
        </div>
    }
}

/// What is asked about, what stood before, and what needed no question.
fn story(app: App, difference: &Difference) -> String {
    let config = app.config();
    let about = subject(&config, &difference.subject);
    let Some(record) = app.record(difference.subject.record()) else { return about };
    let before = before(app, difference);
    let was = before.as_ref().map_or_else(
        || words::START_UNKNOWN.to_owned(),
        |(value, _)| words::before(&say::value(&config, &difference.subject, &difference.group, value)),
    );
    let mut story = [&about, " · ", &was, "."].concat();
    let merged = merged_alone(&record, difference, before.and_then(|(_, seq)| seq));
    if let (false, Some((done, target))) = (merged.is_empty(), counted(app, &record)) {
        let word = config.office.as_ref().map_or("nagari", |(_, o)| &o.village_word);
        story.push(' ');
        story.push_str(&words::merged(merged.len(), word, &done, &target));
    }
    story
}

/// The value that every side replaced: the newest that one of them had seen.
fn before(app: App, difference: &Difference) -> Option<(Value, Option<u64>)> {
    let trail = app.history(difference.subject.record(), &difference.group);
    let sides: Vec<_> = difference.sides.iter().map(|s| s.op).collect();
    let seen: Vec<_> = trail.iter().filter(|t| sides.contains(&t.op)).flat_map(|t| &t.seen).collect();
    let stood = trail.iter().rev().find(|t| seen.contains(&&t.op))?;
    Some((stood.value.clone(), stood.seq))
}

/// Rows done now, and of how many.
fn counted(app: App, record: &Record) -> Option<(String, String)> {
    let Subject::Figure { indicator, .. } = &record.subject else { return None };
    let config = app.config();
    let actual = actual_of(config.indicators.get(indicator)?, record, &nagari_codes(&config));
    let Origin::Rows { done, total, .. } = actual.from else { return None };
    Some((done.to_string(), total.to_string()))
}

/// The sides, another value, and the reason.
#[component]
fn Choice(app: App, difference: Difference, decided: RwSignal<Option<String>>) -> View {
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let kept = |field| Kept::new(app, Some(difference.subject.record()), &difference.group, field);
    let (reason, other) = (kept("reason"), kept("value"));
    let written = reason.text.with_untracked(|text| !text.is_empty() && !words::REASONS.contains(&&**text));
    let writes = RwSignal::new(written);
    let may = untrack(|| may_decide(app, &difference.subject));
    let target = (difference.subject.record(), difference.group.clone());
    let shown = difference.clone();
    let take = Callback::new(move |value: Value| {
        let why = reason.text.get_untracked().trim().to_owned();
        if why.is_empty() {
            let field = if writes.get_untracked() { REASON_TEXT } else { REASON_ID };
            errors.set(vec![FieldError { field: field.into(), words: words::REASON_NEEDED.into() }]);
            return;
        }
        let part = untrack(|| decide(&app.record(target.0)?, &target.1, value.clone()));
        let Some(part) = part else { return };
        let chosen = say::value(&untrack(|| app.config()), &shown.subject, &shown.group, &value);
        let drop_drafts = reason.draft().into_iter().chain(other.draft()).collect();
        let save = Save { parts: vec![part], reason: Some(why), drop_drafts, ..Save::default() };
        saved(app, save, errors, move |_| {
            decided.set(Some(chosen));
            request_animation_frame(|| {
                screen::focus(RESULT_ID);
            });
        });
    });
    let (heads, presses) = untrack(|| {
        let sides = difference.sides.iter();
        let shown = sides.clone().enumerate().map(|(n, head)| side(app, &difference, head, n == 0));
        let presses = sides.map(|head| taking(app, &difference, head, take));
        (shown.collect::<View>(), presses.collect::<View>())
    });
    let me = untrack(|| app.me()).map(|me| me.name).unwrap_or_default();
    view! {
        <ErrorSummary errors=errors />
        <div class="vs">{heads}</div>
        {if may {
            // The reason stands before the presses that need it.
            view! {
                {reasons(reason, writes, &me)}
                <div class="vs">{presses}</div>
                <Other difference=difference.clone() typed=other take=take />
            }
        } else {
            view! { <Notice>{words::OTHERS_HINT}</Notice> }
        }}
        <p>
            <a class=Look::Link.class() href="/beda">
                {words::BACK}
            </a>
        </p>
    }
}

fn reasons(reason: Kept, writes: RwSignal<bool>, me: &str) -> View {
    let quick = words::REASONS.iter().enumerate().map(|(n, say)| {
        let say = *say;
        let pressed = move || (!writes.get() && reason.text.with(|r| r == say)).to_string();
        view! {
            <button
                type="button"
                class="btn quiet pick"
                id=(n == 0).then_some(REASON_ID)
                aria-pressed=pressed
                on:click=move |_| {
                    writes.set(false);
                    // Chosen, not typed: nothing to keep.
                    reason.put(String::new());
                    reason.text.set(say.into());
                }
            >
                {say}
            </button>
        }
    });
    let other = move |_| {
        writes.set(true);
        reason.put(String::new());
        request_animation_frame(|| {
            screen::focus(REASON_TEXT);
        });
    };
    view! {
        <section class="card stack-s">
            <h2>{words::REASON}</h2>
            <div class="row" role="group" aria-label=words::REASON>
                {quick.collect::<View>()}
                <button type="button" class="btn quiet pick" aria-pressed=move || writes.get().to_string() on:click=other>
                    {words::REASON_OTHER}
                </button>
            </div>
            {move || {
                writes
                    .get()
                    .then(|| {
                        view! {
                            <Field
                                id=REASON_TEXT
                                label=words::REASON_WRITE
                                hint=words::REASON_HINT
                                value=reason.text
                                on_type=reason.typing()
                            />
                        }
                    })
            }}
            <p class="small soft">{words::kept(me)}</p>
        </section>
    }
}

/// What the decision changed, and the next one.
fn result(app: App, record: RecordId, chosen: &str) -> View {
    let record = app.record(record);
    let chosen = chosen.to_owned();
    let about = record.as_ref().map(|r| subject(&app.config(), &r.subject));
    let outcome = record.as_ref().and_then(|r| outcome(app, r));
    view! {
        <div role="status" id=RESULT_ID tabindex="-1">
            <Notice tone=Tone::Ok>
                <div class="stack-s">
                    <p>
                        <strong>{about}</strong>
                        ": "
                        {chosen}
                    </p>
                    {outcome.map(|o| view! { <p class="num">{o}</p> })}
                    <p class="small">{common::SAVED}</p>
                </div>
            </Notice>
        </div>
        {onward(app)}
    }
}

/// `17 dari target 20 · capaian 85,00% · Tinggi`.
fn outcome(app: App, record: &Record) -> Option<String> {
    let Subject::Figure { indicator: id, period, .. } = &record.subject else { return None };
    let config = app.config();
    let indicator = config.indicators.get(id)?;
    let actual = actual_of(indicator, record, &nagari_codes(&config));
    let target = config.targets.get(id).and_then(|years| years.get(&period.year));
    let policy = policy_of(&config, *period, None);
    let result = achievement(&policy, indicator, target, *period, &actual);
    let of = result.target.map(number::format)?;
    let rating = result.rating.clone()?;
    Some(words::result(&say::actual(&indicator.measure, &actual), &of, &result.bounded_text()?, &rating))
}

fn onward(app: App) -> View {
    let (mine, _) = open(app);
    let unit = app.config();
    let next = mine.first().map(|d| {
        view! {
            <a class=Look::Main.class() href=address(d)>
                {words::NEXT} ": " {group(&unit, &d.group)}
            </a>
        }
    });
    let none = next.is_none();
    let left = mine.len();
    view! {
        <div class="row">
            {next} {(left > 1).then(|| view! { <span class="soft">{words::left(left)}</span> })}
            {none
                .then(|| {
                    view! {
                        <a class=Look::Main.class() href="/validasi">
                            {words::TO_VALIDATE}
                        </a>
                    }
                })}
            <a class=Look::Link.class() href="/beda">
                {words::BACK}
            </a>
        </div>
    }
}
