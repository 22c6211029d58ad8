//! Beranda: what waits for me, what is not sent, how far each unit is.

use crate::signal::*;
use takar_domain::date::{Date, clock, date_of, quarter_name};
use takar_domain::procedure::{Progress, progress};
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, holds, home, names, procedure, sync};
use takar_domain::view::entry_sheet::{Counts, EntrySheet, entry_sheet};

use crate::acts::home::{Job, Kind, by_unit, jobs, working_days_late};
use crate::acts::steps::{Todo, lead as how_far, todos};
use crate::acts::words;
use crate::state::{App, OpState, OutboxLine, use_app};
use crate::ui::{Empty, Icon, PageHead, Progress as Bar, Task, Tone, icon, state, tag};
use crate::view::{View, view};

/// Lines of *Belum terkirim* shown here; the page of that name has all.
const MOST: usize = 5;

#[component]
pub fn HomePage() -> View {
    let app = use_app();
    let sheets = Memo::new(move || app.cycle().map(|(cycle, _)| sheets(app, cycle)).unwrap_or_default());
    let jobs = Memo::new(move || {
        let config = app.config();
        sheets.with(|s| jobs(&config, s, &|permission, unit| app.can(permission, unit)))
    });
    let steps = Memo::new(move || Fresh(steps(app)));
    let todos = Memo::new(move || my_todos(app, &steps.get().0));
    let title = Signal::derive(move || {
        let clock = clock(app.now_ms(), app.zone());
        let greeting = home::greeting(clock.get(..2).and_then(|hour| hour.parse().ok()).unwrap_or_default());
        format!("{greeting} {}", home::waiting(jobs.with(Vec::len) + todos.with(Vec::len)))
    });
    let lead = Signal::derive(move || Some(lead(app)));
    view! {
        <div class="stack">
            <PageHead title=title lead=lead tab=common::HOME />
            <div class="two">
                <div class="stack">
                    <section class="card">
                        <h2>{home::TASKS}</h2>
                        {move || tasks(app, jobs.get(), todos.get())}
                    </section>
                    {unsent(app)}
                </div>
                <div class="stack">
                    {move || dates(app, &steps.get().0)} {move || completeness(app, &sheets.get())}
                </div>
            </div>
        </div>
    }
}

/// The sheets of all units in a cycle, in the office's order. Reactive.
#[must_use]
pub fn sheets(app: App, cycle: RecordId) -> Vec<EntrySheet> {
    let config = app.config();
    let mut units: Vec<_> = config.units.iter().filter(|(_, u)| u.active).collect();
    sort_by(&mut units, |a, b| (a.1.order, &a.1.name).cmp(&(b.1.order, &b.1.name)));
    let sheets = units.into_iter().filter_map(|(id, _)| entry_sheet(&config, &app.reader(), cycle, *id));
    sheets.filter(|s| !s.rows.is_empty()).collect()
}

/// `Kasi Pemerintahan · Kecamatan Contoh · Rabu, 7 Oktober 2026`.
fn lead(app: App) -> String {
    let config = app.config();
    let me = app.me();
    let post = me.as_ref().and_then(|m| m.posts.first()).map(|(post, _)| names::post(*post).to_owned());
    let office = config.office.as_ref().map(|(_, o)| o.name.clone());
    let today: Date = date_of(app.now_ms(), app.zone());
    let date = format!("{}, {}", today.weekday_name(), today.format_long());
    let name = me.as_ref().map(|m| m.name.clone()).unwrap_or_default();
    // Demo people are named after their post.
    let post = post.filter(|p| !holds(&name, p));
    let parts: Vec<_> = me.map(|m| m.name).into_iter().chain(post).chain(office).chain([date]).collect();
    parts.join(" · ")
}

/// The steps of the cycle in view.
fn steps(app: App) -> Vec<Progress> {
    app.cycle().map(|(cycle, _)| progress(&app.config(), &app.reader(), cycle)).unwrap_or_default()
}

/// The steps that wait for the person who works.
fn my_todos(app: App, steps: &[Progress]) -> Vec<Todo> {
    let Some(me) = app.me() else { return Vec::new() };
    todos(&app.config(), &app.reader(), steps, me.person, &app.today().to_string())
}

/// Steps past their date first, then the figures, then the other steps.
fn tasks(app: App, jobs: Vec<Job>, todos: Vec<Todo>) -> View {
    if jobs.is_empty() && todos.is_empty() {
        return view! {
            <Empty title=home::NO_TASKS>
                <p>{home::NO_TASKS_LEAD}</p>
            </Empty>
        };
    }
    let today = app.today();
    let late = |todo: &&Todo| todo.due.is_some_and(|due| due < today);
    let mut lines: Vec<_> = todos.iter().filter(late).map(|todo| step(app, todo)).collect();
    lines.extend(jobs.into_iter().map(|job| task(app, job)));
    lines.extend(todos.iter().filter(|todo| !late(todo)).map(|todo| step(app, todo)));
    view! { <ul class="tasks">{lines}</ul> }
}

/// A step as a task.
fn step(app: App, todo: &Todo) -> View {
    let sign = todo.number.map_or_else(|| icon(Icon::Steps), |number| view! { {number} });
    let mark = todo.due.map(|due| deadline(app, due)).unwrap_or_default();
    let Todo { href, title, detail, .. } = todo.clone();
    view! { <Task mark=sign title=title detail=detail tag=mark href=href press=common::OPEN /> }
}

fn deadline(app: App, due: Date) -> View {
    let days = app.today().days_until(due);
    let tone = if days < 2 { Tone::Wait } else { Tone::Plain };
    tag(tone, home::due(days, &due.format_long(), working_days_late(due, app.today())))
}

fn task(app: App, job: Job) -> View {
    let config = app.config();
    let name = job.unit.map(|u| words::unit_name(&config, u).to_owned()).unwrap_or_default();
    let unit = job.unit.map(|u| format!("/{u}")).unwrap_or_default();
    let (sign, title, base, press) = match job.kind {
        Kind::Mend => (Icon::Return, home::MEND, "/isi", home::CONTINUE),
        Kind::Fill => (Icon::Sheet, home::FILL, "/isi", home::CONTINUE),
        Kind::Send => (Icon::Outbox, home::SEND, "/kirim", home::CHECK),
        Kind::Validate => (Icon::People, home::VALIDATE, "/validasi", home::CHECK),
        Kind::Decide => (Icon::Fork, home::DECIDE, "/beda", home::DECIDE_PRESS),
        Kind::Prepare => (Icon::Gear, home::START, "/pengaturan", common::OPEN),
    };
    let href = if job.kind == Kind::Decide { base.to_owned() } else { format!("{base}{unit}") };
    let title = if name.is_empty() { title.to_owned() } else { format!("{title} {name}") };
    let mark = match due(app) {
        Some(due) if job.kind.has_deadline() => deadline(app, due),
        _ => View::Nothing,
    };
    view! { <Task mark=icon(sign) title=title detail=detail(&job) tag=mark href=href press=press /> }
}

/// Batas isi data of the cycle in view.
fn due(app: App) -> Option<Date> {
    app.cycle()?.1.due?.parse().ok()
}

fn detail(job: &Job) -> String {
    match job.kind {
        Kind::Mend => home::returned(job.count),
        Kind::Fill => home::missing(job.count, job.of),
        Kind::Send => home::ready_to_send(job.count),
        Kind::Validate => home::to_check(job.count),
        Kind::Decide => home::differing(job.count),
        Kind::Prepare => home::START_LEAD.into(),
    }
}

fn unsent(app: App) -> View {
    let list = move || {
        let (all, config) = (app.outbox(), app.config());
        if all.is_empty() {
            let drafts = app.status().drafts;
            return match drafts {
                0 => view! { <p class="soft">{home::ALL_SENT}</p> },
                _ => view! {
                    <p>
                        <a class="link" href="/belum-terkirim">
                            {sync::drafts(drafts)}
                        </a>
                    </p>
                },
            };
        }
        let more = all.len() > MOST;
        let rows = all.iter().take(MOST).map(|line| row(&config, line)).collect::<Vec<_>>();
        view! {
            <p class="small soft">{home::UNSENT_LEAD}</p>
            <ul class="tasks">{rows}</ul>
            {more.then(|| view! { <a class="link" href="/belum-terkirim">{home::SEE_ALL}</a> })}
        }
    };
    view! {
        <section class="card">
            <h2>{common::OUTBOX}</h2>
            {list}
        </section>
    }
}

fn row(config: &takar_domain::config::Config, line: &OutboxLine) -> View {
    let subject = line.parts.first().map(|p| words::subject(config, &p.subject)).unwrap_or_default();
    let value = line.parts.first().and_then(|p| {
        let change = p.changes.first()?;
        Some(words::value(config, &p.subject, &change.group, &change.value))
    });
    let (tone, sign, words) = match &line.state {
        OpState::Waiting => (Tone::Wait, Icon::Clock, takar_domain::text::entry::WAITING),
        OpState::Sending => (Tone::Info, Icon::Sync, takar_domain::text::entry::SENDING),
        OpState::Answered(_) => (Tone::Bad, Icon::Alert, home::NEEDS_YOU),
    };
    view! {
        <li>
            <span class="what">{subject}</span>
            <span class="num">{value}</span>
            {state(tone, sign, words)}
        </li>
    }
}

/// The dates of the cycle in view, and how far its steps came.
fn dates(app: App, steps: &[Progress]) -> Option<View> {
    let (id, cycle) = app.cycle()?;
    let line = |label: &'static str, iso: Option<String>| {
        iso.map(|d| view! { <dt>{label}</dt> <dd>{words::day(&d)}</dd> })
    };
    let lines: Vec<_> = [line(home::DUE, cycle.due), line(home::REGENCY_DUE, cycle.regency_due)]
        .into_iter()
        .flatten()
        .collect();
    let done = steps.iter().filter(|s| s.is_done()).count();
    let bar = (!steps.is_empty()).then(|| {
        view! {
            <Bar label=procedure::TITLE done=done total=steps.len() />
            <p class="small">
                <a class="link" href=format!("/tahapan/{id}")>
                    {how_far(steps, None)}
                </a>
            </p>
        }
    });
    (!lines.is_empty() || bar.is_some()).then(|| {
        view! {
            <section class="card">
                <h2>{quarter_name(cycle.period)}</h2>
                <dl class="facts">{lines}</dl>
                {bar}
            </section>
        }
    })
}

fn completeness(app: App, sheets: &[EntrySheet]) -> View {
    if sheets.is_empty() {
        return View::Nothing;
    }
    let config = app.config();
    let today = app.today();
    let late = due(app).filter(|due| *due < today).map(|due| working_days_late(due, today));
    let line = |(unit, counts): &(RecordId, Counts)| {
        let name = words::unit_name(&config, *unit).to_owned();
        let missing = counts.filled < counts.expected;
        let note = match (counts.returned, counts.differing) {
            (0, 0) => late.filter(|_| missing).map(home::late),
            (0, d) => Some(home::differing(d)),
            (r, _) => Some(home::returned(r)),
        };
        let (done, total) = (counts.filled, counts.expected);
        view! {
            <li>
                <span>
                    {name.clone()} {note.map(|n| view! { <span class="note">{n}</span> })}
                </span>
                <Bar label=name done=done total=total />
                <span class="of">{format!("{done}/{total}")}</span>
            </li>
        }
    };
    view! {
        <section class="card">
            <h2>{home::COMPLETENESS}</h2>
            <ul class="completeness">{by_unit(&config, sheets).iter().map(line).collect::<Vec<_>>()}</ul>
        </section>
    }
}
