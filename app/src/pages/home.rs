//! Beranda: what waits for me, what is not sent, how far each unit is.

use crate::signal::*;
use takar_domain::config::Cycle;
use takar_domain::date::{Date, clock, date_of, period_name};
use takar_domain::permission::Permission;
use takar_domain::procedure::progress;
use takar_domain::record::RecordId;
use takar_domain::sorted::{sort_by, sort_by_key};
use takar_domain::text::{common, holds, home, names, notices, procedure, sync};
use takar_domain::view::entry_sheet::{Counts, EntrySheet, entry_sheet};

use super::notices::unread;
use crate::acts::home::{Desk, Kind, Mark, Round, Waiting, by_unit, waiting, working_days_late};
use crate::acts::steps::lead as how_far;
use crate::acts::words;
use crate::state::{App, OpState, OutboxLine, use_app};
use crate::ui::{Empty, Icon, PageHead, Progress as Bar, Task, Tone, icon, state, tag};
use crate::view::{View, view};

/// Lines of *Belum terkirim* shown here; the page of that name has all.
const MOST: usize = 5;

#[component]
pub fn HomePage() -> View {
    let app = use_app();
    let rounds = Memo::new(move || Fresh(rounds(app)));
    let tasks = Memo::new(move || rounds.with(|r| with_desk(app, &r.0, waiting)).unwrap_or_default());
    let news = Memo::new(move || rounds.with(|r| unread(app, &r.0)));
    let title = Signal::derive(move || {
        let clock = clock(app.now_ms(), app.zone());
        let greeting = home::greeting(clock.get(..2).and_then(|hour| hour.parse().ok()).unwrap_or_default());
        format!("{greeting} {}", home::waiting(tasks.with(Vec::len)))
    });
    let lead = Signal::derive(move || Some(lead(app)));
    let first = move |show: fn(App, &Round) -> View| {
        rounds.with(|rounds| rounds.0.first().map(|round| show(app, round)))
    };
    view! {
        <div class="stack">
            <PageHead title=title lead=lead tab=common::HOME />
            <div class="two">
                <div class="stack">
                    <section class="card">
                        <h2>{home::TASKS}</h2>
                        {move || list(app, tasks.get())}
                    </section>
                    {move || fresh(news.get())} {unsent(app)}
                </div>
                <div class="stack">{move || first(dates)} {move || first(completeness)}</div>
            </div>
        </div>
    }
}

/// The open rounds with all that the tasks are made of, the one in view first. Reactive.
pub fn rounds(app: App) -> Vec<Round> {
    let (config, get) = (app.config(), app.reader());
    let now = app.cycle().map(|(id, _)| id);
    let mut open: Vec<_> = config.cycles.iter().filter(|(id, c)| c.open || Some(**id) == now).collect();
    sort_by_key(&mut open, |(id, c)| (Some(**id) != now, std::cmp::Reverse(c.period)));
    let round = |(id, cycle): (&RecordId, &Cycle)| Round {
        id: *id,
        cycle: cycle.clone(),
        sheets: sheets(app, *id),
        steps: progress(&config, &get, *id),
    };
    open.into_iter().map(round).collect()
}

/// What `read` finds for the person who works in the open ones of some rounds;
/// `None` while nobody works. Reactive.
pub fn with_desk<T>(app: App, rounds: &[Round], read: impl FnOnce(&Desk<'_>) -> T) -> Option<T> {
    let person = app.me()?.person;
    let open: Vec<_> = rounds.iter().filter(|round| round.cycle.open).collect();
    let can = move |permission, unit| app.can(permission, unit);
    let (config, get) = (app.config(), app.reader());
    Some(read(&Desk { config: &config, get: &get, person, today: app.today(), can: &can, rounds: &open }))
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
    let post =
        me.as_ref().and_then(|m| m.posts.first()).map(|(post, tenure, _)| names::post_held(*post, *tenure));
    let office = config.office.as_ref().map(|(_, o)| o.name.clone());
    let today: Date = date_of(app.now_ms(), app.zone());
    let date = format!("{}, {}", today.weekday_name(), today.format_long());
    let name = me.as_ref().map(|m| m.name.clone()).unwrap_or_default();
    // Demo people are named after their post.
    let post = post.filter(|p| !holds(&name, p));
    let parts: Vec<_> = me.map(|m| m.name).into_iter().chain(post).chain(office).chain([date]).collect();
    parts.join(" · ")
}

/// The way to what others did meanwhile.
fn fresh(count: usize) -> Option<View> {
    (count > 0).then(|| {
        view! {
            <section class="card">
                <a class="link" href="/pemberitahuan">
                    {notices::fresh(count)}
                </a>
            </section>
        }
    })
}

/// Overdue first, then by date.
fn list(app: App, tasks: Vec<Waiting>) -> View {
    if tasks.is_empty() {
        let lead = if app.can(Permission::RunSteps, None) { home::FOR_OTHERS } else { home::NO_TASKS_LEAD };
        return view! {
            <Empty title=home::NO_TASKS>
                <p>{lead}</p>
            </Empty>
        };
    }
    let lines: Vec<_> = tasks.into_iter().map(|task| line(app, task)).collect();
    view! { <ul class="tasks">{lines}</ul> }
}

fn line(app: App, task: Waiting) -> View {
    let sign = match task.mark {
        Mark::Step(Some(number)) => view! { {number} },
        Mark::Step(None) => icon(Icon::Steps),
        Mark::Job(kind) => icon(match kind {
            Kind::Mend => Icon::Return,
            Kind::Fill => Icon::Sheet,
            Kind::Send => Icon::Outbox,
            Kind::Validate => Icon::People,
            Kind::Decide => Icon::Fork,
            Kind::Prepare => Icon::Gear,
        }),
    };
    let mark = task.due.map(|due| deadline(app, due)).unwrap_or_default();
    let Waiting { title, detail, href, press, cycle, .. } = task;
    let look = move || {
        if let Some(cycle) = cycle {
            app.choose_cycle(cycle);
        }
    };
    view! { <Task mark=sign title=title detail=detail tag=mark href=href press=press on_press=look /> }
}

fn deadline(app: App, due: Date) -> View {
    let days = app.today().days_until(due);
    let tone = if days < 2 { Tone::Wait } else { Tone::Plain };
    tag(tone, home::due(days, &due.format_long(), working_days_late(due, app.today())))
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
        let rows = all.iter().take(MOST).map(|line| row(&config, line)).collect::<View>();
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

/// The dates of the round in view, and how far its steps came.
fn dates(_: App, round: &Round) -> View {
    let (id, cycle, steps) = (round.id, &round.cycle, &round.steps);
    let line = |label: &'static str, iso: &Option<String>| {
        iso.as_ref().map(|d| view! { <dt>{label}</dt> <dd>{words::day(d)}</dd> })
    };
    let lines: Vec<_> = [line(home::DUE, &cycle.due), line(home::REGENCY_DUE, &cycle.regency_due)]
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
    if lines.is_empty() && bar.is_none() {
        return View::Nothing;
    }
    view! {
        <section class="card">
            <h2>{period_name(cycle.period)}</h2>
            <dl class="facts">{lines}</dl>
            {bar}
        </section>
    }
}

fn completeness(app: App, round: &Round) -> View {
    if round.sheets.is_empty() {
        return View::Nothing;
    }
    let config = app.config();
    let today = app.today();
    let late = |unit| {
        let due = config.due_of(round.id, unit).and_then(|iso| iso.parse::<Date>().ok());
        due.filter(|due| *due < today).map(|due| working_days_late(due, today))
    };
    let line = |(unit, counts): &(RecordId, Counts)| {
        let name = words::unit_name(&config, *unit).to_owned();
        let missing = counts.filled < counts.expected;
        let note = match (counts.returned, counts.differing) {
            (0, 0) => late(*unit).filter(|_| missing).map(home::late),
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
            <ul class="completeness">
                {by_unit(&config, &round.sheets).iter().filter(|(_, c)| c.expected > 0).map(line).collect::<View>()}
            </ul>
        </section>
    }
}
