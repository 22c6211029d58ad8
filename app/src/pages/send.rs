//! *Periksa & kirim*: all answers of one unit on one page, gaps first, then one press.

mod press;

use std::sync::Arc;

use crate::signal::*;
use takar_domain::date::period_name;
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::sorted::Map;
use takar_domain::status::FigureStatus;
use takar_domain::text::{self, common, entry, names, send as words};
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet, entry_sheet, policy_of};

use super::piece::{Refusals, capaian, notes, status_tag};
use super::{id_at, unit_words};
use crate::acts::send::{Heading, heading, issues};
use crate::acts::words::{actual, day};
use crate::route::use_route;
use crate::state::{App, use_app};
use crate::ui::{Empty, ErrorSummary, Icon, Look, PageHead, Tone, state, tag};
use crate::view::{View, view};
use press::Press;

/// The page of `/kirim/:unit`.
#[component]
pub fn SendPage() -> View {
    let app = use_app();
    let route = use_route();
    let unit = Memo::new(move || id_at(route, 1));
    let sheet = Memo::new(move || {
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
                None => view! { <Empty sign=Icon::Sheet title=words::NO_CYCLE /> },
                Some(s) if s.rows.is_empty() => {
                    view! { <Empty sign=Icon::Sheet title=words::NO_INDICATORS /> }
                }
                Some(s) => answers(app, &s),
            }}
            {move || unit.get().map(|unit| view! { <Press app=app unit=unit sheet=sheet errors=errors /> })}
        </div>
    }
}

fn lead(app: App, sheet: &EntrySheet) -> String {
    let mut lead = period_name(sheet.period);
    let due = app.config().due_of(sheet.cycle, sheet.unit).map(str::to_owned);
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
fn sorted(app: App, sheet: &EntrySheet) -> Map<Heading, Vec<Arc<EntryRow>>> {
    let mut found: Map<Heading, Vec<Arc<EntryRow>>> = Map::new();
    for row in sheet.rows.iter().filter(|r| r.same_as.is_none()) {
        let draft = !app.drafts_of(row.figure).is_empty();
        let odd = issues(row, sheet.period, app.today());
        found.entry(heading(row, draft, &odd)).or_default().push(row.clone());
    }
    found
}

fn answers(app: App, sheet: &EntrySheet) -> View {
    let form = Subject::UnitForm { cycle: sheet.cycle, unit: sheet.unit }.record();
    let sent = !is_unsent(app, form);
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
            let questions = odd.iter().map(|i| view! { <p class="small">{text::issue(i)}</p> });
            let status = if sent && !is_unsent(app, row.figure) {
                status_tag(&row.status)
            } else {
                state(Tone::Wait, Icon::Clock, entry::WAITING)
            };
            answer(sheet, row, under, (capaian(&row.achievement, &policy), status), questions.collect())
        });
        view! {
            <section class="card">
                <h2>{title} " " {tag(tone, rows.len().to_string())}</h2>
                <ul class="answers">{lines.collect::<View>()}</ul>
            </section>
        }
    });
    sections.collect()
}

/// Whether something of the record has not reached the office yet. Reactive.
fn is_unsent(app: App, record: RecordId) -> bool {
    let heads = |r: Record| r.groups.values().any(|group| group.heads.iter().any(|h| h.seq.is_none()));
    app.record(record).is_some_and(heads)
}

fn answer(
    sheet: &EntrySheet,
    row: &EntryRow,
    under: Heading,
    (capaian, status): (View, View),
    questions: Vec<View>,
) -> View {
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
                {filled.then(|| view! { {capaian} {status} })}
            </div>
            <a class=Look::Link.class() id=field_id(row.indicator) href=href aria-label=[press, ": ", &row.name].concat()>
                {press}
            </a>
            <div class="more stack-s">{comment} {questions} {notes(&row.notes)}</div>
        </li>
    }
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
