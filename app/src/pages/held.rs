//! *Ditahan dan data susulan*: what the office has and does not use yet.

use crate::signal::*;
use takar_domain::date::date_clock;
use takar_domain::record::Subject;
use takar_domain::text::{common, held as words};
use takar_sync::made_at;
use takar_sync::verdict::Outcome;

use super::piece::operation::{parts, place};
use super::piece::{Aside, may_settle, outcome};
use crate::acts::words as say;
use crate::state::{App, Unresolved, use_app};
use crate::ui::{Empty, ErrorSummary, FieldError, Look, PageHead, Tone, tag};
use crate::view::{Entry, View, entry, keyed, view};

/// The page of `/ditahan`.
#[component]
pub fn HeldPage() -> View {
    let app = use_app();
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let open = Memo::new(move || Fresh(app.unresolved()));
    view! {
        <div class="stack">
            <PageHead title=common::HELD lead=words::LEAD />
            <ErrorSummary errors=errors />
            {move || {
                open.with(|o| o.0.is_empty())
                    .then(|| {
                        view! {
                            <Empty title=words::EMPTY>
                                <p>{words::EMPTY_HINT}</p>
                            </Empty>
                        }
                    })
            }}
            <ul class="outbox">
                {keyed(move || open.with(|o| o.0.iter().map(|item| row(app, item.clone(), errors)).collect()))}
            </ul>
        </div>
    }
}

fn row(app: App, item: Unresolved, errors: RwSignal<Vec<FieldError>>) -> Entry {
    entry(item.operation.id.to_string(), move || untrack(|| line(app, &item, errors)))
}

fn line(app: App, item: &Unresolved, errors: RwSignal<Vec<FieldError>>) -> View {
    let config = app.config();
    let operation = &item.operation;
    let trouble = item.outcomes.iter().find(|o| matches!(o, Outcome::Held { .. } | Outcome::Late { .. }));
    let late = matches!(trouble, Some(Outcome::Late { .. }));
    let mark = if late { tag(Tone::Info, words::LATE) } else { tag(Tone::Wait, words::HELD) };
    let who = say::person(&config, operation.author).to_owned();
    let now = operation.parts.first().and_then(|part| {
        let record = app.record(part.subject.record())?;
        let change = part.changes.first()?;
        let value = record.groups.get(&change.group)?.value()?;
        Some(say::value(&config, &part.subject, &change.group, value))
    });
    let step = operation.parts.iter().any(|part| matches!(part.subject, Subject::StepRun { .. }));
    let why = move |outcome: &Outcome| {
        if late && step { words::STEP_WHY.to_owned() } else { outcome::why(outcome) }
    };
    let not_yours = if step { words::NOT_YOURS_STEP } else { words::NOT_YOURS };
    let settle = may_settle(app, &operation.parts);
    let href = operation.parts.first().map(|p| place(app, p));
    view! {
        <li class="card stack-s">
            <div class="row between">
                <span class="small soft">
                    {words::BY} " " {who} " · " {date_clock(made_at(&operation.made), app.zone())}
                </span>
                {mark}
            </div>
            {parts(app, &operation.parts)}
            {now.map(|now| view! { <p class="small">{words::NOW} ": " {now}</p> })}
            {trouble.map(|t| view! { <p>{why(t)}</p> })}
            {href
                .map(|href| {
                    view! {
                        <p>
                            <a class=Look::Link.class() href=href>
                                {common::OPEN}
                            </a>
                        </p>
                    }
                })}
            {if settle {
                view! {
                    <Aside
                        app=app
                        op=operation.id
                        parts=operation.parts.clone()
                        outcomes=item.outcomes.clone()
                        own=false
                        errors=errors
                    />
                }
            } else {
                view! { <p class="small soft">{not_yours}</p> }
            }}
        </li>
    }
}
