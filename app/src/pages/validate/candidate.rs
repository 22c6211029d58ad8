//! One figure before its judge: value, comparison, origin, and the two answers.

use std::sync::Arc;

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::figure::{VALIDATION, VALUE};
use takar_domain::record::{Record, RecordId, Source};
use takar_domain::status::{self, FigureStatus, standing_validation};
use takar_domain::text::{self, common, entry, names, send, validate as words};
use takar_domain::variables::Origin;
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet, policy_of};

use super::onward;
use crate::acts::send::issues;
use crate::acts::validate::{accept, give_back};
use crate::acts::words::{actual, details, row_words};
use crate::pages::piece::{Kept, capaian, files, history, notes, origin, saved, status_tag};
use crate::state::{App, Save};
use crate::ui::{Button, Field, FieldError, Kind, Look, Reveal, Tone, tag, unique_id, use_toast};
use crate::view::{View, view};

/// Most lines of a figure's history shown at once.
const HISTORY: usize = 30;

/// The card of one figure. `may` shows the answers.
#[component]
pub fn Candidate(
    app: App,
    unit: RecordId,
    indicator: RecordId,
    sheet: Memo<Option<EntrySheet>>,
    may: Memo<bool>,
    errors: RwSignal<Vec<FieldError>>,
) -> View {
    let row = Memo::new(move || {
        sheet.with(|s| s.as_ref()?.rows.iter().find(|r| r.indicator == indicator).cloned())
    });
    let head = unique_id("data");
    let label = head.clone();
    view! {
        <article class="card candidate stack-s" aria-labelledby=label>
            {move || row.get().map(|row| shown(app, unit, &row, sheet, head.clone()))}
            {move || may.get().then(|| view! { <Answers app=app row=row errors=errors /> })}
        </article>
    }
}

fn shown(app: App, unit: RecordId, row: &EntryRow, sheet: Memo<Option<EntrySheet>>, head: String) -> View {
    let period = sheet.with_untracked(|s| s.as_ref().map(|s| (s.period, s.cycle)));
    let Some((period, cycle)) = period else { return View::Nothing };
    let policy = policy_of(&app.config(), period, Some(cycle));
    let record = app.record(row.figure);
    let asks = issues(row, period, app.today());
    let comment = match &row.status {
        FigureStatus::Returned { comment } => Some(view! { <p class="ask pre">{comment.clone()}</p> }),
        _ => None,
    };
    let questions = asks.iter().map(|i| view! { <p class="ask">{text::issue(i)}</p> });
    let newest = record.as_ref().and_then(|r| newest(app, r));
    let decide = matches!(row.status, FigureStatus::Differs).then(
        || view! { <a class=Look::Main.class() href=format!("/beda/{}", row.figure)>{words::DECIDE}</a> },
    );
    view! {
        <div class="row between">
            <h3 id=head>{row.name.clone()}</h3>
            <span class="row">{record.as_ref().map(marks)} {status_tag(&row.status)}</span>
        </div>
        <p class="small soft">{row.node_code.clone()} " · " {row.node_title.clone()}</p>
        <div class="row figures">
            <div>
                <span class="small soft">{common::ACTUAL}</span>
                <p class="big num">{actual(&row.measure, &row.actual)}</p>
            </div>
            <div>
                <span class="small soft">{common::ACHIEVEMENT}</span>
                {capaian(&row.achievement, &policy)}
            </div>
            {facts(row)}
        </div>
        {more(row)}
        {comment}
        {questions.collect::<View>()}
        {notes(&row.notes)}
        {files(app, &row.entry.evidence)}
        {newest}
        <div class="row">
            {nagari(app, row)}
            {record.map(|r| trail(app, r))}
            {decide}
            <a class=Look::Link.class() href=format!("/isi/{unit}/{}", row.indicator) aria-label=[send::CHANGE, ": ", &row.name].concat()>
                {send::CHANGE}
            </a>
        </div>
    }
}

/// That somebody else typed it, or that its sender validated it.
fn marks(record: &Record) -> Vec<View> {
    let source = status::newest(record).map(|head| head.by.source).filter(|source| *source != Source::Own);
    let own = standing_validation(record).is_some_and(|v| v.self_validated);
    let own = own.then_some(words::ACCEPTED_OWN);
    source.map(names::source).into_iter().chain(own).map(|words| tag(Tone::Wait, words)).collect()
}

fn facts(row: &EntryRow) -> View {
    let number = |n: Option<_>| n.map_or_else(|| common::DASH.to_owned(), takar_domain::number::format);
    view! {
        <dl class="facts small">
            <dt>{common::TARGET}</dt>
            <dd>{number(row.target)}</dd>
            <dt>{entry::LAST}</dt>
            <dd>{number(row.last)}</dd>
            {row.of_quarters.map(|n| view! { <dt>{entry::OF_QUARTERS}</dt> <dd>{number(Some(n))}</dd> })}
        </dl>
    }
}

/// Variables, dates and reasons of the entry.
fn more(row: &EntryRow) -> View {
    let lines = details(VALUE, &to_value(&row.entry));
    lines.into_iter().map(|line| view! { <p class="small">{line}</p> }).collect()
}

/// Who wrote the data that arrived last.
fn newest(app: App, record: &Record) -> Option<View> {
    status::newest(record).map(|head| origin(app, head))
}

fn nagari(app: App, row: &EntryRow) -> Option<View> {
    let Origin::Rows { filled, total, .. } = row.actual.from else { return None };
    let rows = row.nagari.clone();
    let summary = [entry::ROWS, " · ", &entry::filled(filled, total)].concat();
    let lines = move || {
        let line = |n: &takar_domain::view::entry_sheet::NagariRow| {
            let date = n.row.event_date.as_deref().map(|d| [" · ", &crate::acts::words::day(d)].concat());
            let note = n.row.note.clone().map(|t| [" · ", &t].concat());
            let mark = n.differs.then_some([" · ", send::DIFFERS].concat());
            view! {
                <li>
                    {n.name.clone()} ": " <strong>{row_words(&n.row)}</strong>
                    <span class="small soft">{date} {note} {mark}</span>
                    {files(app, &n.row.evidence)}
                </li>
            }
        };
        view! { <ul class="nagari-list">{rows.iter().map(line).collect::<View>()}</ul> }
    };
    Some(view! { <Reveal summary=summary>{lines()}</Reveal> })
}

fn trail(app: App, record: Record) -> View {
    view! { <Reveal summary=words::TRAIL>{history(app, &record, HISTORY)}</Reveal> }
}

/// *Terima*, or *Kembalikan* with a comment.
#[component]
fn Answers(app: App, row: Memo<Option<Arc<EntryRow>>>, errors: RwSignal<Vec<FieldError>>) -> View {
    let toast = use_toast();
    // What was typed and not sent stands open.
    let figure = row.with_untracked(|r| r.as_ref().map(|r| r.figure));
    let comment = Kept::new(app, figure, VALIDATION, "comment");
    let returning = RwSignal::new(comment.text.with_untracked(|text| !text.is_empty()));
    let wrong: RwSignal<Option<String>> = RwSignal::new(None);
    let field = unique_id("catatan");
    let figure = move || untrack(|| app.record(row.get()?.figure));
    let accept_it = move || {
        if let Some(figure) = figure() {
            let save = Save { parts: vec![accept(&figure, false)], ..Save::default() };
            saved(app, save, errors, move |_| {
                toast.say(words::SAID_ACCEPTED);
                onward();
            });
        }
    };
    let target = field.clone();
    let return_it = Callback::new(move |()| {
        let Some(figure) = figure() else { return };
        let Some(part) = give_back(&figure, &comment.text.get_untracked()) else {
            wrong.set(Some(words::COMMENT_NEEDED.into()));
            crate::platform::screen::focus(&target);
            return;
        };
        let drop_drafts = comment.draft().into_iter().collect();
        saved(app, Save { parts: vec![part], drop_drafts, ..Save::default() }, errors, move |_| {
            returning.set(false);
            comment.text.set(String::new());
            toast.say(words::SAID_RETURNED);
            onward();
        });
    });
    let typed_in = field.clone();
    let open = move || {
        wrong.set(None);
        returning.set(true);
        let typed_in = typed_in.clone();
        request_animation_frame(move || {
            crate::platform::screen::focus(&typed_in);
        });
    };
    View::live(move || {
        let status = row.with(|r| r.as_ref().map(|r| r.status.clone()))?;
        let can_accept = status == FigureStatus::Sent;
        let can_return = matches!(status, FigureStatus::Sent | FigureStatus::Validated);
        if !can_return {
            return None;
        }
        if returning.get() {
            return Some(return_form(field.clone(), comment, wrong, return_it, returning));
        }
        Some(view! {
            <div class="row">
                {can_accept.then(|| view! { <Button press=accept_it>{words::ACCEPT}</Button> })}
                <Button look=Look::Quiet press=open.clone()>
                    {words::GIVE_BACK}
                </Button>
            </div>
        })
    })
}

fn return_form(
    field: String,
    comment: Kept,
    wrong: RwSignal<Option<String>>,
    send_it: Callback<()>,
    open: RwSignal<bool>,
) -> View {
    let cancel = move || {
        comment.put(String::new());
        open.set(false);
        onward();
    };
    let quick = words::QUICK.map(|say| {
        view! {
            <Button look=Look::Quiet press=move || comment.put(say.into())>
                {say}
            </Button>
        }
    });
    view! {
        <div class="returning stack-s">
            <Field
                id=field
                kind=Kind::Area
                label=words::COMMENT
                hint=words::COMMENT_HINT
                value=comment.text
                error=wrong
                on_type=comment.typing()
            />
            <div class="row" role="group" aria-label=words::QUICK_LABEL>
                {quick}
            </div>
            <div class="row">
                <Button press=send_it>{words::GIVE_BACK}</Button>
                <Button look=Look::Quiet press=cancel>
                    {common::CANCEL}
                </Button>
            </div>
        </div>
    }
}
