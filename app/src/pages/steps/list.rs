//! The steps of a round as a list: who, how long against waktu baku, where each stands.

use crate::signal::*;
use takar_domain::date::{Date, period_name};
use takar_domain::procedure::{Phase, Progress, archived, progress};
use takar_domain::record::RecordId;
use takar_domain::text::{home, names, procedure as words};

use super::bases::bases;
use super::past::trail;
use super::{All, title};
use crate::acts::home::working_days_late;
use crate::acts::steps::chart::class;
use crate::acts::steps::{lead, lines, minutes};
use crate::pages::home::sheets;
use crate::state::App;
use crate::ui::{Icon, Look, PageHead, Progress as Bar, Tone, icon, tag};
use crate::view::{Child, View, view};

pub fn list(app: App, cycle: RecordId, all: All) -> View {
    let heading = Signal::derive(move || title(app, cycle));
    let lead = Signal::derive(move || {
        let config = app.config();
        let due = config.cycles.get(&cycle).and_then(|c| c.regency_due.as_deref());
        Some(all.with(|all| lead(&all.0, due)))
    });
    let filled = Memo::new(move || {
        let counts = sheets(app, cycle).into_iter().map(|sheet| sheet.counts);
        counts.fold((0, 0), |(filled, of), c| (filled + c.filled, of + c.expected))
    });
    let rows = move || {
        let filled = filled.get();
        all.with(|all| all.0.iter().map(|step| row(app, cycle, step, filled)).collect::<Vec<_>>())
    };
    view! {
        <div class="stack">
            <PageHead title=heading lead=lead tab=words::MENU>
                <a class=Look::Quiet.class() href=format!("/tahapan/{cycle}/bagan")>
                    {words::CHART}
                </a>
                <a class=Look::Quiet.class() href=format!("/tahapan/{cycle}/waktu")>
                    {words::TIMES}
                </a>
            </PageHead>
            <section class="card">
                <ol class="steps">{rows}</ol>
            </section>
            {move || others(app, cycle)}
            {bases(app, cycle)}
            {trail(app, cycle)}
        </div>
    }
}

/// The other rounds that go step by step, the newest first.
fn others(app: App, cycle: RecordId) -> Option<View> {
    let config = app.config();
    let others = config.cycles.iter().filter(|(id, c)| c.stepwise && **id != cycle);
    let mut others: Vec<_> = others.map(|(id, c)| (std::cmp::Reverse(c.period), *id)).collect();
    takar_domain::sorted::sort(&mut others);
    let lines = others.iter().map(|(period, id)| {
        let over = archived(&progress(&config, &app.reader(), *id)).then_some(words::ARCHIVED);
        view! {
            <li>
                <a href=["/tahapan/", &id.to_string()].concat()>{period_name(period.0)}</a>
                " "
                <span class="small soft">{over}</span>
            </li>
        }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card stack-s">
                <h2>{words::OTHERS}</h2>
                <ul class="trail">{lines}</ul>
            </section>
        }
    })
}

fn row(app: App, cycle: RecordId, step: &Progress, filled: (usize, usize)) -> View {
    let number = step.step.number;
    let (tone, phase) = standing(step);
    let sign = match (step.is_done(), step.step.extra) {
        (true, _) => icon(Icon::Check),
        (false, true) => View::Nothing,
        (false, false) => view! { {number} },
    };
    let (worked, standard) = (step.minutes(), step.standard());
    let title = step.step.screen_title.clone();
    let bar = (worked > 0 && standard > 0).then(|| {
        let (worked, standard) = (worked.min(standard) as usize, standard as usize);
        view! { <Bar label=[words::WORKED, " ", &title].concat() done=worked total=standard /> }
    });
    view! {
        <li class=class(step)>
            <span class="no" aria-hidden="true">
                {sign}
            </span>
            <div class="what">
                <a href=format!("/tahapan/{cycle}/{number}")>
                    {(!step.step.extra).then(|| view! { <span class="sr">{words::STEP} " " {number} ": "</span> })}
                    {title}
                </a>
                {step.step.extra.then(|| view! { " " {tag(Tone::Plain, words::EXTRA)} })}
                <span class="small soft">{lines(&app.config(), step, filled)} {due(app, step)}</span>
            </div>
            <div class="mins small num">{minutes(step)} {bar}</div>
            {tag(tone, names::phase(phase))}
        </li>
    }
}

/// The colour and the word of where a step stands.
pub fn standing(step: &Progress) -> (Tone, Option<Phase>) {
    match (step.is_done(), step.is_running()) {
        (true, _) => (Tone::Ok, Some(Phase::Done)),
        (_, true) => (Tone::Info, Some(Phase::Running)),
        _ => (Tone::Plain, None),
    }
}

/// By when, as long as it is not done; marked once that day is over.
fn due(app: App, step: &Progress) -> Option<View> {
    let due = step.due.filter(|_| !step.is_done())?;
    let today = app.today();
    Some(view! { " · " {due_words(due, today)} })
}

/// `batas 7 Okt`, or how late it is.
pub fn due_words(due: Date, today: Date) -> View {
    if due < today {
        let late = home::late(working_days_late(due, today));
        return view! { <strong class="late">{late}</strong> };
    }
    words::due(&due.format_short()).shown()
}
