//! One person: name, username, posts, password.

use crate::signal::*;
use takar_domain::config::Person;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::text::{common, settings as words};

use super::Saving;
use super::posts::Posts;
use crate::acts::settings::save_person;
use crate::acts::words::person as name_of;
use crate::pages::piece::{Input, input};
use crate::route::{Step, use_route};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, FieldError, Kind, Look, Notice, PageHead, Tick, use_toast};
use crate::view::{View, view};

/// Fewest characters of a password, as the office asks.
const SHORTEST: usize = 8;

#[component]
pub fn PersonPage(app: App, id: RecordId) -> View {
    let known = Memo::new(move || app.config().people.contains_key(&id));
    let title = Signal::derive(move || {
        if known.get() { name_of(&app.config(), id).to_owned() } else { words::ADD_PERSON.into() }
    });
    let may = Memo::new(move || app.can(Permission::ManagePeople, None));
    view! {
        <div class="stack">
            <p>
                <a class=Look::Link.class() href="/pengaturan/orang">
                    {words::PEOPLE}
                </a>
            </p>
            <PageHead title=title />
            {move || (!may.get()).then(|| view! { <Notice>{words::LOOK_ONLY}</Notice> })}
            <Form app=app id=id may=may />
            {move || {
                known
                    .get()
                    .then(|| {
                        view! {
                            <Posts app=app person=id may=may />
                            {may.get().then(|| view! { <Password app=app person=id /> })}
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Form(app: App, id: RecordId, may: Memo<bool>) -> View {
    let blank = Person { name: String::new(), username: String::new(), nip: None, active: true };
    let found = untrack(|| app.config().people.get(&id).cloned());
    let new = found.is_none();
    let person = found.unwrap_or(blank);
    let form = Saving::new(app, "orang");
    let errors = form.errors;
    let name = RwSignal::new(person.name);
    let username = RwSignal::new(person.username);
    let nip = RwSignal::new(person.nip.unwrap_or_default());
    let active = RwSignal::new(person.active);
    let route = use_route();
    let press = Callback::new(move |()| {
        let number = nip.get_untracked().trim().to_owned();
        let changed = Person {
            name: name.get_untracked().trim().into(),
            username: username.get_untracked().trim().to_ascii_lowercase(),
            nip: (!number.is_empty()).then_some(number),
            active: active.get_untracked(),
        };
        let settled = untrack(|| save_person(&app.config(), &app.reader(), id, &changed));
        form.submit(settled, move || {
            if new {
                route.go(&format!("/pengaturan/orang/{id}"), Step::Push);
            }
        });
    });
    view! {
        <ErrorSummary errors=errors />
        <section class="card stack">
            {input(Input::text("orang-name", words::NAME), name, errors)}
            {input(Input::text("orang-username", words::USERNAME).hint(words::USERNAME_HINT), username, errors)}
            {input(Input::text("orang-nip", words::NIP).optional(), nip, errors)}
            <Tick label=words::PERSON_ACTIVE checked=active on_tick=active />
            {move || may.get().then(|| view! { <Button press=press>{common::SAVE}</Button> })}
        </section>
    }
}

/// Gives a person a password: the one setting that needs the office at once.
#[component]
fn Password(app: App, person: RecordId) -> View {
    let toast = use_toast();
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let typed = RwSignal::new(String::new());
    let press = move || {
        let new = typed.get_untracked();
        if new.chars().count() < SHORTEST {
            errors.set(vec![FieldError { field: "sandi-new".into(), words: words::PASSWORD_SHORT.into() }]);
            return;
        }
        spawn_local(async move {
            match app.set_password(person, new).await {
                Ok(()) => {
                    errors.set(Vec::new());
                    typed.set(String::new());
                    toast.say(words::PASSWORD_SET);
                }
                Err(words) => errors.set(vec![FieldError { field: String::new(), words }]),
            }
        });
    };
    view! {
        <section class="card stack">
            <h2>{words::SET_PASSWORD}</h2>
            <ErrorSummary errors=errors />
            <p class="small soft">{words::PASSWORD_ONLINE}</p>
            {input(
                Input::text("sandi-new", words::NEW_PASSWORD).hint(words::PASSWORD_HINT).kind(Kind::Password),
                typed,
                errors,
            )}
            <Button look=Look::Quiet press=press>
                {words::SET_PASSWORD}
            </Button>
        </section>
    }
}
