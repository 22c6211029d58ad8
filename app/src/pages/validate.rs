//! *Validasi*: the head of a unit accepts or returns what was sent.

mod candidate;

use crate::signal::*;
use takar_domain::config::Post;
use takar_domain::date::period_name;
use takar_domain::permission::{Permission, head_of, units};
use takar_domain::procedure::progress;
use takar_domain::record::RecordId;
use takar_domain::status::FigureStatus;
use takar_domain::text::{board, common, names, send, validate as words};
use takar_domain::view::entry_sheet::{EntryRow, EntrySheet, entry_sheet};

use super::piece::{Refusals, saved};
use super::{id_at, unit_words};
use crate::acts::steps::{Todo, next_step};
use crate::acts::validate::{Check, accept, checklist};
use crate::acts::words::person;
use crate::platform::screen;
use crate::route::use_route;
use crate::state::{App, Save, use_app};
use crate::ui::{
    Button, Empty, ErrorSummary, FieldError, Icon, Look, Notice, PageHead, Tabs, Tone, state, use_toast,
};
use crate::view::{View, entry, keyed, view};
use candidate::Candidate;

/// The page of `/validasi/:unit`, and of `/validasi` with the first own unit.
#[component]
pub fn ValidatePage() -> View {
    let app = use_app();
    let route = use_route();
    let mine = Memo::new(move || my_units(app));
    let unit = Memo::new(move || id_at(route, 1).or_else(|| mine.with(|m| m.first().copied())));
    let sheet = Memo::new(move || {
        let (cycle, _) = app.cycle()?;
        entry_sheet(&app.config(), &app.reader(), cycle, unit.get()?)
    });
    let title = Signal::derive(move || match unit.get() {
        Some(unit) => words::title(&unit_words(app, Some(unit))),
        None => common::VALIDATE.into(),
    });
    let lead = Signal::derive(move || {
        sheet.with(|s| {
            let s = s.as_ref()?;
            let c = s.counts;
            Some([&period_name(s.period), " · ", &words::counts(c.sent, c.differing, c.validated)].concat())
        })
    });
    let may =
        Memo::new(move || unit.get().is_some_and(|unit| app.can(Permission::ValidateFigure, Some(unit))));
    let errors = RwSignal::new(Vec::new());
    view! {
        <div class="stack">
            <PageHead title=title lead=lead />
            {move || unit_tabs(app, &mine.get())}
            <ErrorSummary errors=errors />
            <Refusals app=app unit=unit />
            {move || sheet.with(|s| s.as_ref().map(checks))}
            {move || sheet.with(Option::is_none).then(|| view! { <Empty sign=Icon::Sheet title=send::NO_CYCLE /> })}
            {move || {
                let unit = unit.get()?;
                Some(view! { <Sections app=app unit=unit sheet=sheet may=may errors=errors /> })
            }}
        </div>
    }
}

/// What to look at before the unit's data are handed over.
#[inline(never)]
fn checks(sheet: &EntrySheet) -> View {
    let line = |check: &Check| {
        let (tone, sign) = if check.open == 0 { (Tone::Ok, Icon::Check) } else { (Tone::Wait, Icon::Circle) };
        let open = (check.open > 0).then(|| [": ", &board::open(check.open, check.of)].concat());
        view! { <li>{state(tone, sign, [check.words, &open.unwrap_or_default()].concat())}</li> }
    };
    let all = checklist(sheet);
    view! {
        <section class="card stack-s">
            <h2>{board::CHECKLIST}</h2>
            <ul class="checks">{all.iter().filter(|check| check.of > 0).map(line).collect::<View>()}</ul>
        </section>
    }
}

fn my_units(app: App) -> Vec<RecordId> {
    let today = app.today().to_string();
    let Some(me) = app.me() else { return Vec::new() };
    units(&app.config(), me.person, Permission::ValidateFigure, &today)
}

/// Links between the units that one person validates, if there are several.
fn unit_tabs(app: App, mine: &[RecordId]) -> Option<View> {
    if mine.len() < 2 {
        return None;
    }
    let items = mine.iter().map(|id| (format!("/validasi/{id}"), unit_words(app, Some(*id))));
    let items: Vec<_> = items.collect();
    Some(view! { <Tabs label=common::UNIT items=items /> })
}

/// The heading of what is ready: where focus goes when a decided card moves away.
const READY_ID: &str = "siap";

/// Focus to what is ready next, else to the page.
pub(crate) fn onward() {
    request_animation_frame(|| {
        if !screen::focus(READY_ID) {
            screen::focus("isi");
        }
    });
}

/// Which figures stand in a section.
type Holds = fn(&FigureStatus) -> bool;

/// The sections in the order of the page.
const SECTIONS: [(Holds, &str, Tone); 5] = [
    (|s| matches!(s, FigureStatus::Sent), words::READY, Tone::Info),
    (|s| matches!(s, FigureStatus::Differs), words::DIFFERS, Tone::Bad),
    (|s| matches!(s, FigureStatus::Returned { .. }), words::WAITING, Tone::Wait),
    (|s| matches!(s, FigureStatus::Saved), words::NOT_SENT, Tone::Plain),
    (|s| matches!(s, FigureStatus::Validated), words::DONE, Tone::Ok),
];

/// The figures of a unit by where they stand. A card keeps what is typed in it
/// while the data around it changes.
#[component]
fn Sections(
    app: App,
    unit: RecordId,
    sheet: Memo<Option<EntrySheet>>,
    may: Memo<bool>,
    errors: RwSignal<Vec<FieldError>>,
) -> View {
    let own = move |row: &EntryRow, is: Holds| row.same_as.is_none() && is(&row.status);
    let nothing = move || {
        sheet.with(|s| {
            let c = s.as_ref()?.counts;
            let quiet = c.sent + c.differing + c.returned == 0;
            quiet.then(|| empty(app, unit, c.validated > 0))
        })
    };
    let sections = SECTIONS.map(|(is, title, tone)| {
        let ids = Memo::new(move || {
            sheet.with(|s| {
                let rows = s.iter().flat_map(|s| &s.rows).filter(|r| own(r, is));
                rows.map(|r| r.indicator).collect::<Vec<_>>()
            })
        });
        let some = Memo::new(move || ids.with(|i| !i.is_empty()));
        let ready = title == words::READY;
        let card = move |id: RecordId| {
            entry(id.to_string(), move || {
                view! { <Candidate app=app unit=unit indicator=id sheet=sheet may=may errors=errors /> }
            })
        };
        move || {
            some.get().then(|| {
                let count = move || ids.with(Vec::len).to_string();
                view! {
                    <section class="stack">
                        <div class="row between">
                            <h2 id=ready.then_some(READY_ID) tabindex=ready.then_some("-1")>
                                {title} " " <span class=format!("tag {}", tone.class())>{count}</span>
                            </h2>
                            {move || {
                                (ready && may.get())
                                    .then(|| view! { <AcceptAll app=app sheet=sheet errors=errors ids=ids /> })
                            }}
                        </div>
                        {(title == words::NOT_SENT).then(|| view! { <p class="lead">{words::NOT_SENT_HINT}</p> })}
                        {keyed(move || ids.get().into_iter().map(card).collect())}
                    </section>
                }
            })
        }
    });
    view! {
        {move || (!may.get()).then(|| view! { <Notice>{words::not_yours(&judge(app, unit))}</Notice> })}
        {nothing}
        {sections}
    }
}

/// Who judges a unit's figures: its head, or who acts for a vacant post.
fn judge(app: App, unit: RecordId) -> String {
    let config = app.config();
    let head = head_of(&config, unit, &app.today().to_string());
    head.map_or_else(|| names::post(Post::Sekretaris).to_owned(), |head| person(&config, head).to_owned())
}

fn empty(app: App, unit: RecordId, done: bool) -> View {
    if done {
        return view! {
            <Empty title=words::ALL_DONE>
                {next(app, unit).map(|next| view! { <a class=Look::Main.class() href=next.href>{next.title}</a> })}
            </Empty>
        };
    }
    view! {
        <Empty sign=Icon::Sheet title=words::NOTHING>
            <p>{words::NOTHING_HINT}</p>
        </Empty>
    }
}

/// The step that all this was for.
fn next(app: App, unit: RecordId) -> Option<Todo> {
    let ((cycle, _), me, config) = (app.cycle()?, app.me()?, app.config());
    let steps = progress(&config, &app.reader(), cycle);
    next_step(&config, &app.reader(), &steps, me.person, unit, &app.today().to_string())
}

/// One operation with a part per ready figure: one that changed meanwhile does
/// not fail the others.
#[component]
fn AcceptAll(
    app: App,
    sheet: Memo<Option<EntrySheet>>,
    errors: RwSignal<Vec<FieldError>>,
    ids: Memo<Vec<RecordId>>,
) -> View {
    let toast = use_toast();
    let press = move || {
        let parts: Vec<_> = untrack(|| {
            let get = app.reader();
            sheet.with(|s| {
                let rows = s.iter().flat_map(|s| &s.rows);
                let ready = rows.filter(|r| r.same_as.is_none() && r.status == FigureStatus::Sent);
                ready.filter_map(|r| get(r.figure)).map(|figure| accept(&figure, false)).collect()
            })
        });
        let count = parts.len();
        if count > 0 {
            let save = Save { parts, ..Save::default() };
            saved(app, save, errors, move |_| {
                toast.say(words::accepted_all(count));
                onward();
            });
        }
    };
    view! { <Button press=press>{move || words::accept_all(ids.with(Vec::len))}</Button> }
}
