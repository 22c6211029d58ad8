//! *Daftar nagari*: paste many names, mend or retire one.

use crate::signal::*;
use takar_domain::config::Nagari;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, settings as words};

use super::{Saving, head};
use crate::acts::settings::{paste_nagari, save_nagari};
use crate::pages::piece::{Input, input};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, Field, FieldError, Kind, Look, Tick, Tone, tag};
use crate::view::{View, view};

#[component]
pub fn VillagesPage(app: App) -> View {
    let may = Memo::new(move || app.can(Permission::ManageOffice, None));
    let editing: RwSignal<Option<RecordId>> = RwSignal::new(None);
    let lines = move || {
        let config = app.config();
        let mut list: Vec<_> = config.nagari.iter().collect();
        sort_by(&mut list, |a, b| (a.1.order, &a.1.name).cmp(&(b.1.order, &b.1.name)));
        if list.is_empty() {
            return view! { <p class="soft">{words::NO_VILLAGES}</p> };
        }
        let lines = list.into_iter().map(|(id, nagari)| {
            if editing.get() == Some(*id) {
                let nagari = nagari.clone();
                return view! { <Edit app=app id=*id nagari=nagari editing=editing /> };
            }
            line(*id, nagari, may.get(), editing)
        });
        view! { <ol class="tasks">{lines.collect::<Vec<_>>()}</ol> }
    };
    view! {
        <div class="stack">
            {head(app, words::VILLAGES, Permission::ManageOffice)}
            <section class="card">{lines}</section>
            {move || may.get().then(|| view! { <Paste app=app /> })}
        </div>
    }
}

fn line(id: RecordId, nagari: &Nagari, may: bool, editing: RwSignal<Option<RecordId>>) -> View {
    let name = nagari.name.clone();
    view! {
        <li>
            <div class="what">
                <strong>{name.clone()}</strong>
                <span class="small soft">{words::CODE} " " {nagari.code.clone()}</span>
            </div>
            {(!nagari.active).then(|| tag(Tone::Plain, words::INACTIVE))}
            {may
                .then(|| {
                    view! {
                        <Button look=Look::Link press=move || editing.set(Some(id))>
                            {common::EDIT}
                            <span class="sr">{[" ", &name].concat()}</span>
                        </Button>
                    }
                })}
        </li>
    }
}

#[component]
fn Edit(app: App, id: RecordId, nagari: Nagari, editing: RwSignal<Option<RecordId>>) -> View {
    let form = Saving::new(app, "nagari");
    let errors = form.errors;
    let name = RwSignal::new(nagari.name.clone());
    let active = RwSignal::new(nagari.active);
    let nagari = StoredValue::new(nagari);
    let press = move || {
        let changed = Nagari {
            name: name.get_untracked().trim().into(),
            active: active.get_untracked(),
            ..nagari.get_value()
        };
        let settled = untrack(|| save_nagari(&app.config(), &app.reader(), id, &changed));
        form.submit(settled, move || editing.set(None));
    };
    view! {
        <li>
            <div class="what stack-s">
                <ErrorSummary errors=errors />
                {input(Input::text("nagari-name", words::NAME), name, errors)}
                <Tick label=words::ACTIVE checked=active on_tick=active />
                <div class="row">
                    <Button press=press>{common::SAVE}</Button>
                    <Button look=Look::Quiet press=move || editing.set(None)>
                        {common::CANCEL}
                    </Button>
                </div>
            </div>
        </li>
    }
}

#[component]
fn Paste(app: App) -> View {
    let form = Saving::new(app, "tempel");
    let errors = form.errors;
    let text = RwSignal::new(String::new());
    let found = Memo::new(move || {
        let text = text.get();
        let paste = paste_nagari(&app.config(), &app.reader(), &text);
        (paste.added, paste.known)
    });
    let press = move || {
        let paste = untrack(|| paste_nagari(&app.config(), &app.reader(), &text.get()));
        if paste.parts.is_empty() {
            form.fail(vec![FieldError { field: "tempel-nagari".into(), words: words::PASTE_EMPTY.into() }]);
            return;
        }
        form.submit(Ok(paste.parts), move || text.set(String::new()));
    };
    let preview = move || {
        found.with(|(added, known)| {
            (added.len() + known.len() > 0).then(|| {
                view! {
                    <p>{words::pasted(added.len(), known.len())}</p>
                    <p class="small soft">{added.join(", ")}</p>
                }
            })
        })
    };
    view! {
        <section class="card stack">
            <h2>{words::PASTE}</h2>
            <ErrorSummary errors=errors />
            <Field
                id="tempel-nagari"
                kind=Kind::Area
                label=words::VILLAGES
                hint=words::PASTE_HINT
                value=text
                on_type=text
            />
            <div role="status">{preview}</div>
            <Button press=press>{words::PASTE_ADD}</Button>
        </section>
    }
}
