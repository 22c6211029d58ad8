//! *Belum terkirim*: what stands on this device only, whose it is and since when.

mod drafts;

use crate::signal::*;
use takar_domain::date::date_clock;
use takar_domain::record::Source;
use takar_domain::text::{common, names, outbox as words, validate};
use takar_sync::operation::Part;
use takar_sync::verdict::{Outcome, Verdict};

use super::piece::operation::{parts, place};
use super::piece::{Aside, outcome};
use crate::acts::words as say;
use crate::state::{App, OpState, OutboxLine, use_app};
use crate::ui::{Button, Empty, ErrorSummary, FieldError, Icon, Look, PageHead, Tone, state, use_toast};
use crate::view::{Entry, View, entry, keyed, view};
use drafts::{by_record, draft_section};

/// The page of `/belum-terkirim`.
#[component]
pub fn OutboxPage() -> View {
    let app = use_app();
    let toast = use_toast();
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let lines = Memo::new(move || Fresh(app.outbox()));
    let drafts = Memo::new(move || Fresh(by_record(app)));
    let lead = Signal::derive(move || {
        let waits = lines.with(|l| l.0.iter().any(|l| !answered(l)));
        waits.then(|| words::LEAD.to_owned())
    });
    let retry = move || {
        app.sync_now();
        toast.say(words::RETRIED);
    };
    let empty = move || lines.with(|l| l.0.is_empty()) && drafts.with(|d| d.0.is_empty());
    let section = move |title: &'static str, wanted: bool| {
        let some = Memo::new(move || lines.with(|l| l.0.iter().any(|l| answered(l) == wanted)));
        move || {
            some.get().then(|| {
                view! {
                    <section class="stack-s">
                        <h2>{title}</h2>
                        <ul class="outbox">
                            {keyed(move || rows(app, lines, wanted, errors))}
                        </ul>
                    </section>
                }
            })
        }
    };
    view! {
        <div class="stack">
            <PageHead title=common::OUTBOX lead=lead>
                <Button look=Look::Quiet press=retry>
                    {words::RETRY}
                </Button>
            </PageHead>
            <ErrorSummary errors=errors />
            {move || {
                empty()
                    .then(|| {
                        view! {
                            <Empty title=words::EMPTY>
                                <p>{words::EMPTY_HINT}</p>
                            </Empty>
                        }
                    })
            }}
            {section(words::NEEDS_YOU, true)}
            {section(words::WAITING, false)}
            {move || {
                drafts.with(|d| (!d.0.is_empty()).then(|| draft_section(app, &d.0)))
            }}
        </div>
    }
}

fn rows(
    app: App,
    lines: Memo<Fresh<Vec<OutboxLine>>>,
    wanted: bool,
    errors: RwSignal<Vec<FieldError>>,
) -> Vec<Entry> {
    let row = |line: &OutboxLine| {
        let line = line.clone();
        let key = [line.op.to_string().as_str(), if wanted { "/1" } else { "/0" }].concat();
        entry(key, move || untrack(|| line_view(app, &line, errors)))
    };
    lines.with(|l| l.0.iter().filter(|l| answered(l) == wanted).map(row).collect())
}

const fn answered(line: &OutboxLine) -> bool {
    matches!(line.state, OpState::Answered(_))
}

fn line_view(app: App, line: &OutboxLine, errors: RwSignal<Vec<FieldError>>) -> View {
    let config = app.config();
    let mine = app.me().is_some_and(|me| me.person == line.author);
    let who = if mine { words::MINE.to_owned() } else { say::person(&config, line.author).to_owned() };
    let source = (line.source != Source::Own).then(|| [" · ", names::source(line.source)].concat());
    let op = line.op;
    let now = move || match app.op_state(op) {
        Some(OpState::Sending) => state(Tone::Info, Icon::Sync, words::STATE_SENDING),
        Some(OpState::Answered(verdict)) => match outcome::trouble(&verdict) {
            Some(trouble) => state(Tone::Bad, Icon::Alert, outcome::short(trouble)),
            None => View::Nothing,
        },
        _ => state(Tone::Wait, Icon::Clock, words::STATE_WAITING),
    };
    let (why, aside) = match &line.state {
        OpState::Answered(verdict) => {
            let why = outcome::trouble(verdict).map(outcome::why);
            (why, Some(answers(app, line, verdict, errors)))
        }
        _ => (None, None),
    };
    let open = open_parts(line);
    let rest = line.parts.len() - open.len();
    let href = open.first().map(|p| place(app, p));
    let reason = line.reason.clone().map(|r| [" · ", common::REASON, ": ", &r].concat());
    view! {
        <li class="card stack-s">
            <div class="row between">
                <span class="small soft">
                    {words::WHO} " " {who} " · " {words::SINCE} " " {date_clock(line.made_ms, app.zone())} {source}
                    {reason}
                </span>
                {now}
            </div>
            {parts(app, &open)}
            {(rest > 0).then(|| view! { <p class="small soft">{words::taken(rest)}</p> })}
            {why.filter(|w| !w.is_empty()).map(|w| view! { <p>{w}</p> })}
            {href
                .map(|href| {
                    view! {
                        <p>
                            <a class=Look::Link.class() href=href>
                                {words::OPEN}
                            </a>
                        </p>
                    }
                })}
            {aside}
        </li>
    }
}

/// The parts that still want something: all while it waits, else those that
/// were not taken.
fn open_parts(line: &OutboxLine) -> Vec<Part> {
    let OpState::Answered(verdict) = &line.state else { return line.parts.clone() };
    let open = line.parts.iter().zip(&verdict.parts).filter(|(_, o)| !matches!(o, Outcome::Applied));
    open.map(|(part, _)| part.clone()).collect()
}

/// A decision that came too late is made again elsewhere; anything else is taken
/// over or laid aside here.
fn answers(app: App, line: &OutboxLine, verdict: &Verdict, errors: RwSignal<Vec<FieldError>>) -> View {
    let op = line.op;
    let moved = |o: &Outcome| matches!(o, Outcome::Applied | Outcome::Conflict { .. });
    if verdict.parts.iter().all(moved) {
        return view! {
            <div class="row">
                <Button look=Look::Quiet press=move || app.dismiss(op)>
                    {validate::SEEN}
                </Button>
            </div>
        };
    }
    view! {
        <Aside app=app op=op parts=line.parts.clone() outcomes=verdict.parts.clone() own=true errors=errors />
    }
}
