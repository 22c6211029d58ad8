//! Posts of one person: from a date to a date, by a letter.

use crate::signal::*;
use takar_domain::config::{Holding, Post, Tenure};
use takar_domain::date::parse_indonesian;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, names, settings as words};

use super::{Saving, fresh};
use crate::acts::settings::{end_holding, save_holding};
use crate::acts::words::{day, unit_name};
use crate::pages::piece::{Input, Select, beside, fault, input};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, FieldError, Look};
use crate::view::{View, view};

const POSTS: [Post; 11] = [
    Post::Camat,
    Post::Sekretaris,
    Post::Perencana,
    Post::Kasubbag,
    Post::Kasi,
    Post::SekretarisTim,
    Post::AnggotaTim,
    Post::Pelaksana,
    Post::Bendahara,
    Post::Inspektorat,
    Post::Admin,
];
const TENURES: [Tenure; 4] = [Tenure::Definitive, Tenure::Plt, Tenure::Plh, Tenure::Pj];

#[component]
pub fn Posts(app: App, person: RecordId, may: Memo<bool>) -> View {
    let adds = RwSignal::new(false);
    let ends: RwSignal<Option<RecordId>> = RwSignal::new(None);
    let form = Saving::new(app, "jabatan");
    let lines = move || {
        let config = app.config();
        let mut held: Vec<_> = config.holdings.iter().filter(|(_, h)| h.person == person).collect();
        sort_by(&mut held, |a, b| b.1.from.cmp(&a.1.from));
        held.into_iter().map(|(id, h)| line(app, *id, h, may, ends)).collect::<Vec<_>>()
    };
    view! {
        <section class="card stack">
            <h2>{words::POSTS}</h2>
            <ErrorSummary errors=form.errors />
            <ul class="tasks">{lines}</ul>
            {move || ends.get().map(|id| view! { <End app=app id=id ends=ends form=form /> })}
            {move || match (may.get(), adds.get()) {
                (true, true) => view! { <Add app=app person=person adds=adds form=form /> },
                (true, false) => {
                    view! {
                        <Button look=Look::Quiet press=move || adds.set(true)>
                            {words::ADD_POST}
                        </Button>
                    }
                }
                (false, _) => View::Nothing,
            }}
        </section>
    }
}

fn line(
    app: App,
    id: RecordId,
    holding: &Holding,
    may: Memo<bool>,
    ends: RwSignal<Option<RecordId>>,
) -> View {
    let config = app.config();
    let unit = holding.unit.map_or(words::OFFICE_WIDE, |u| unit_name(&config, u)).to_owned();
    let post = names::post_held(holding.post, holding.tenure);
    let mut dates = day(&holding.from);
    if let Some(to) = &holding.to {
        dates.push_str(" – ");
        dates.push_str(&day(to));
    }
    if !holding.letter.is_empty() {
        dates.push_str(" · ");
        dates.push_str(&holding.letter);
    }
    let open = holding.to.is_none();
    let spoken = [words::END_POST, ": ", &post].concat();
    view! {
        <li>
            <div class="what">
                <strong>{post} ", " {unit}</strong>
                <span class="small soft">{dates}</span>
            </div>
            {(open && may.get())
                .then(|| {
                    view! {
                        <button type="button" class=Look::Quiet.class() aria-label=spoken on:click=move |_| ends.set(Some(id))>
                            {words::END_POST}
                        </button>
                    }
                })}
        </li>
    }
}

/// A typed date as ISO, or what is wrong with it beside the field; empty stays empty.
fn date(text: &str, path: &str, faults: &mut Vec<FieldError>) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    match parse_indonesian(text) {
        Ok(date) => date.to_string(),
        Err(issue) => {
            faults.push(fault("jabatan", &takar_domain::issue::Issue { path: path.into(), ..issue }));
            String::new()
        }
    }
}

#[component]
fn End(app: App, id: RecordId, ends: RwSignal<Option<RecordId>>, form: Saving) -> View {
    let errors = form.errors;
    let to = RwSignal::new(untrack(|| app.today()).format_long());
    let press = move || {
        let mut faults = Vec::new();
        let last = date(&to.get_untracked(), "to", &mut faults);
        if !faults.is_empty() {
            form.fail(faults);
            return;
        }
        let settled = untrack(|| end_holding(&app.config(), &app.reader(), id, &last));
        form.submit(settled, move || ends.set(None));
    };
    view! {
        <div class="stack-s">
            {input(Input::text("jabatan-to", words::END_ON).hint(words::DUE_HINT), to, errors)} <div class="row">
                <Button press=press>{words::END_POST}</Button>
                <Button look=Look::Quiet press=move || ends.set(None)>
                    {common::CANCEL}
                </Button>
            </div>
        </div>
    }
}

#[component]
fn Add(app: App, person: RecordId, adds: RwSignal<bool>, form: Saving) -> View {
    let errors = form.errors;
    let post = RwSignal::new("7".to_owned());
    let tenure = RwSignal::new("0".to_owned());
    let unit = RwSignal::new(String::new());
    let from = RwSignal::new(untrack(|| app.today()).format_long());
    let to = RwSignal::new(String::new());
    let letter = RwSignal::new(String::new());
    let press = move || {
        let mut faults = Vec::new();
        let first = date(&from.get_untracked(), "from", &mut faults);
        let last = date(&to.get_untracked(), "to", &mut faults);
        if !faults.is_empty() {
            form.fail(faults);
            return;
        }
        let at = |text: String| text.parse::<usize>().unwrap_or_default();
        let holding = Holding {
            person,
            post: POSTS.get(at(post.get_untracked())).copied().unwrap_or(Post::Pelaksana),
            unit: unit.get_untracked().parse().ok().map(RecordId),
            tenure: TENURES.get(at(tenure.get_untracked())).copied().unwrap_or_default(),
            from: first,
            to: (!last.is_empty()).then_some(last),
            letter: letter.get_untracked().trim().into(),
        };
        let settled = untrack(|| save_holding(&app.config(), &app.reader(), fresh(), &holding));
        form.submit(settled, move || adds.set(false));
    };
    let numbered =
        |list: Vec<String>| list.into_iter().enumerate().map(|(n, w)| (n.to_string(), w)).collect::<Vec<_>>();
    let posts = numbered(POSTS.map(|p| names::post(p).to_owned()).to_vec());
    let tenures = numbered(TENURES.map(tenure_words).to_vec());
    let units = Signal::derive(move || {
        let config = app.config();
        let mut options = vec![(String::new(), words::OFFICE_WIDE.to_owned())];
        options.extend(
            config.units.iter().filter(|(_, u)| u.active).map(|(id, u)| (id.to_string(), u.name.clone())),
        );
        options
    });
    view! {
        <div class="stack">
            <Select
                label=words::POST
                options=Signal::stored(posts)
                value=post
                on_pick=post
            />
            <Select
                label=words::TENURE
                options=Signal::stored(tenures)
                value=tenure
                on_pick=tenure
                short=true
            />
            <Select
                id="jabatan-unit"
                error=beside(errors, "jabatan-unit")
                label=common::UNIT
                options=units
                value=unit
                on_pick=unit
            />
            {input(Input::text("jabatan-from", words::FROM).hint(words::DUE_HINT), from, errors)}
            {input(Input::text("jabatan-to", words::TO).optional(), to, errors)}
            {input(Input::text("jabatan-letter", words::LETTER).hint(words::LETTER_HINT).optional(), letter, errors)}
            <div class="row">
                <Button press=press>{common::SAVE}</Button>
                <Button look=Look::Quiet press=move || adds.set(false)>
                    {common::CANCEL}
                </Button>
            </div>
        </div>
    }
}

fn tenure_words(tenure: Tenure) -> String {
    match names::tenure(tenure) {
        "" => words::DEFINITIVE.into(),
        short => short.into(),
    }
}
