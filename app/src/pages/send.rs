//! *Periksa & kirim*: all answers of one unit on one page, gaps first, then one press.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use takar_domain::date::quarter_name;
use takar_domain::permission::Permission;
use takar_domain::record::{OpId, RecordId};
use takar_domain::status::FigureStatus;
use takar_domain::text::{self, common, entry, names, send as words};
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet, entry_sheet, policy_of};

use super::piece::{Refusals, capaian, notes, outcome, saved, status_tag};
use super::{param_id, unit_words};
use crate::acts::send::{Heading, heading, issues, send, send_and_validate};
use crate::acts::words::{actual, day};
use crate::state::{App, OpState, Save, use_app};
use crate::ui::{Button, Empty, ErrorSummary, FieldError, Icon, Look, Notice, PageHead, Tick, Tone, tag};

/// The page of `/kirim/:unit`.
#[component]
pub fn SendPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let unit = Memo::new(move |_| param_id(&params.read(), "unit"));
    let sheet = Memo::new(move |_| {
        let (cycle, _) = app.cycle()?;
        entry_sheet(&app.config(), &app.reader(), cycle, unit.get()?)
    });
    let title = Signal::derive(move || words::title(&unit_words(app, unit.get())));
    let lead = Signal::derive(move || sheet.with(|s| s.as_ref().map(|s| lead(app, s))));
    let errors = RwSignal::new(Vec::new());
    view! {
        <div class="stack">
            <PageHead title=title lead=lead />
            <ErrorSummary errors=errors />
            <Refusals app=app unit=unit />
            {move || match sheet.get() {
                None => view! { <Empty sign=Icon::Sheet title=words::NO_CYCLE /> }.into_any(),
                Some(s) if s.rows.is_empty() => {
                    view! { <Empty sign=Icon::Sheet title=words::NO_INDICATORS /> }.into_any()
                }
                Some(s) => answers(app, &s),
            }}
            {move || unit.get().map(|unit| view! { <Press app=app unit=unit sheet=sheet errors=errors /> })}
        </div>
    }
    .into_any()
}

fn lead(app: App, sheet: &EntrySheet) -> String {
    let mut lead = quarter_name(sheet.period);
    let due = app.config().cycles.get(&sheet.cycle).and_then(|c| c.due.clone());
    if let Some(due) = due {
        lead.push_str(" · ");
        lead.push_str(text::settings::DUE);
        lead.push(' ');
        lead.push_str(&day(&due));
    }
    lead.push_str(" · ");
    let c = sheet.counts;
    lead.push_str(&words::counts(c.filled, c.expected.saturating_sub(c.filled), c.excused));
    lead
}

/// Rows that are entered here, sorted under their headings.
fn sorted(app: App, sheet: &EntrySheet) -> BTreeMap<Heading, Vec<EntryRow>> {
    let mut found: BTreeMap<Heading, Vec<EntryRow>> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|r| r.same_as.is_none()) {
        let draft = !app.drafts_of(row.figure).is_empty();
        let odd = issues(row, sheet.period, app.today());
        found.entry(heading(row, draft, &odd)).or_default().push(row.clone());
    }
    found
}

fn answers(app: App, sheet: &EntrySheet) -> AnyView {
    let policy = policy_of(&app.config(), sheet.period, Some(sheet.cycle));
    let sections = sorted(app, sheet).into_iter().map(|(under, rows)| {
        let (title, tone) = match under {
            Heading::Returned => (words::RETURNED, Tone::Wait),
            Heading::Differs => (words::DIFFERS, Tone::Bad),
            Heading::Draft => (words::DRAFT, Tone::Wait),
            Heading::Gap => (words::GAPS, Tone::Wait),
            Heading::Asks => (words::CHECK, Tone::Info),
            Heading::Answered => (words::ANSWERS, Tone::Ok),
            Heading::NotNeeded => (words::NOT_NEEDED, Tone::Plain),
        };
        let lines = rows.iter().map(|row| {
            let odd = issues(row, sheet.period, app.today());
            let questions = odd.iter().map(|i| view! { <p class="small">{text::issue(i)}</p> }.into_any());
            answer(sheet, row, under, capaian(&row.achievement, &policy), questions.collect())
        });
        view! {
            <section class="card">
                <h2>{title} " " {tag(tone, rows.len().to_string())}</h2>
                <ul class="answers">{lines.collect_view()}</ul>
            </section>
        }
        .into_any()
    });
    sections.collect_view().into_any()
}

fn answer(
    sheet: &EntrySheet,
    row: &EntryRow,
    under: Heading,
    capaian: AnyView,
    questions: Vec<AnyView>,
) -> AnyView {
    let differs = under == Heading::Differs;
    let href = if differs {
        format!("/beda/{}", row.figure)
    } else {
        format!("/isi/{}/{}", sheet.unit, row.indicator)
    };
    let press = match under {
        Heading::Gap | Heading::NotNeeded => words::FILL,
        Heading::Differs => words::LOOK,
        _ => words::CHANGE,
    };
    let comment = match &row.status {
        FigureStatus::Returned { comment } => Some(view! {
            <p class="small pre">
                <strong>{words::COMMENT} ": "</strong>
                {comment.clone()}
            </p>
        }),
        _ => None,
    };
    let about = about(row);
    let value = match row.achievement.reason.filter(|_| under == Heading::NotNeeded) {
        Some(reason) => names::reason(reason).to_owned(),
        None => actual(&row.measure, &row.actual),
    };
    let filled = !matches!(under, Heading::Gap | Heading::NotNeeded);
    view! {
        <li>
            <div class="what">
                <strong>{row.name.clone()}</strong>
                <span class="small soft">{about}</span>
            </div>
            <div class="value">
                <span class="num">
                    <span class="small soft">{common::ACTUAL} " "</span>
                    {value}
                </span>
                {filled.then_some(capaian)}
                {filled.then(|| status_tag(&row.status))}
            </div>
            <a class=Look::Link.class() id=field_id(row.indicator) href=href aria-label=[press, ": ", &row.name].concat()>
                {press}
            </a>
            <div class="more stack-s">{comment} {questions} {notes(&row.notes)}</div>
        </li>
    }
    .into_any()
}

/// `7.01.06 · Target 20 · Periode lalu 11`.
fn about(row: &EntryRow) -> String {
    let mut parts = vec![row.node_code.clone()];
    let number =
        |label: &str, n: Option<_>| n.map(|n| [label, " ", &takar_domain::number::format(n)].concat());
    parts.extend(number(common::TARGET, row.target));
    parts.extend(number(entry::LAST, row.last));
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn field_id(indicator: RecordId) -> String {
    format!("jawab-{indicator}")
}

/// The press, and what became of it.
#[component]
fn Press(
    app: App,
    unit: RecordId,
    sheet: Memo<Option<EntrySheet>>,
    errors: RwSignal<Vec<FieldError>>,
) -> impl IntoView {
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
    let can_send = Memo::new(move |_| app.can(Permission::SendForm, Some(unit)));
    let head = Memo::new(move |_| app.can(Permission::ValidateFigure, Some(unit)));
    let of =
        move |read: fn(&EntrySheet) -> bool| Memo::new(move |_| sheet.with(|s| s.as_ref().is_some_and(read)));
    let some = of(|s| !s.rows.is_empty());
    let locked = of(|s| s.stage.locked);
    let gaps =
        Memo::new(move |_| sheet.with(|s| s.as_ref().is_some_and(|s| !missing(app, s, false).is_empty())));
    let again = of(|s| s.stage.sent);
    let done = of(|s| s.stage.sent && s.counts.saved + s.counts.returned == 0);
    let send_words = move || match (head.get(), again.get()) {
        (true, _) => words::SEND_ONLY,
        (false, true) => words::SEND_AGAIN,
        (false, false) => words::SEND,
    };
    let anyway_tick = move || {
        gaps.get().then(|| {
            view! {
                <Tick
                    label=words::ANYWAY.to_owned()
                    sub=Some(words::ANYWAY_SUB.to_owned())
                    checked=anyway
                    on_tick=move |on: bool| anyway.set(on)
                />
            }
        })
    };
    let buttons = move || {
        let first = head
            .get()
            .then(|| view! { <Button press=move || press(true)>{words::SEND_AND_VALIDATE}</Button> });
        view! {
            {first}
            <Button look=if head.get() { Look::Quiet } else { Look::Main } press=move || press(false)>
                {send_words}
            </Button>
        }
    };
    move || match (some.get(), locked.get(), can_send.get()) {
        (false, ..) => ().into_any(),
        (_, true, _) => view! { <Notice>{words::LOCKED}</Notice> }.into_any(),
        (_, _, false) => view! { <Notice>{words::NO_RIGHT}</Notice> }.into_any(),
        _ => view! {
            <section class="card stack" aria-label=words::SEND>
                {move || sent.get().map(|(op, both)| answer_words(app, op, both))}
                {move || (done.get() && sent.with(Option::is_none)).then(|| view! { <p>{words::SENT}</p> })}
                {anyway_tick}
                {move || head.get().then(|| view! { <p class="small soft">{words::SELF_NOTE}</p> })}
                <div class="row">
                    {buttons}
                    <a class=Look::Link.class() href=format!("/isi/{unit}")>
                        {words::TO_ENTRY}
                    </a>
                </div>
            </section>
        }
        .into_any(),
    }
}

/// What keeps the form from being sent as it is: gaps and unsaved typing, which
/// the person may send without, and an empty form, which nobody may.
fn missing(app: App, sheet: &EntrySheet, anyway: bool) -> Vec<FieldError> {
    let by = sorted(app, sheet);
    let some_filled = by
        .keys()
        .any(|k| matches!(k, Heading::Returned | Heading::Differs | Heading::Asks | Heading::Answered))
        || sheet.rows.iter().any(|r| r.entry.state != takar_domain::figure::EntryState::NotFilled);
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
fn answer_words(app: App, op: OpId, both: bool) -> AnyView {
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
    .into_any()
}

const fn done_words(both: bool) -> &'static str {
    if both { words::SENT_AND_VALIDATED } else { words::SENT }
}
