//! Masuk: name and password; in the demo one press per person.

use crate::signal::*;
use takar_domain::text::sign_in as words;
use takar_domain::text::{is_letter, shell, sync};

use crate::api::setup::DemoPerson;
use crate::route::{Step, use_route};
use crate::state::{App, Notice as Matter, SyncState, use_app};
use crate::ui::{Button, ErrorSummary, Field, FieldError, Kind, Notice, PageHead, Reveal, Tone, mark};
use crate::view::{View, view};

/// The whole page while nobody works on this device.
#[component]
pub fn SignInPage() -> View {
    let app = use_app();
    let people = Memo::new(move || app.entrance().filter(|e| e.demo).map(|e| e.people).unwrap_or_default());
    view! {
        <main id="isi" tabindex="-1" class="gate" class:narrow=move || people.with(Vec::is_empty)>
            <div class="stack">
                <p class="mark">{mark()} {takar_domain::text::common::PRODUCT}</p>
                {wiped(app)} {not_secure(app)}
                {entrance(app, people, None)}
            </div>
        </main>
    }
}

/// A wiped device asks for a sign-in like a new one: it must not look like one.
fn wiped(app: App) -> View {
    let lost = move || {
        app.notices()
            .into_iter()
            .find_map(|n| if let Matter::Wiped { unsent } = n { Some(unsent) } else { None })
    };
    let red = SyncState::Wiped.attribute();
    View::live(move || {
        lost().map(|unsent| {
            view! {
                <Notice tone=Tone::Bad>
                    <div role="status" data-state=red>
                        {sync::wiped(unsent)}
                    </div>
                </Notice>
            }
        })
    })
}

/// Said before anybody relies on this address in the field.
fn not_secure(app: App) -> View {
    View::live(move || {
        app.notices()
            .contains(&Matter::NotSecure)
            .then(|| view! { <Notice tone=Tone::Wait><div>{shell::NOT_SECURE}</div></Notice> })
    })
}

/// Beside those who are signed in already: the page of `/masuk`.
#[component]
pub fn AnotherPage() -> View {
    let app = use_app();
    let people = Memo::new(move || app.entrance().filter(|e| e.demo).map(|e| e.people).unwrap_or_default());
    app.refresh_entrance();
    let route = use_route();
    let home = Callback::from(move || route.go("/", Step::Push));
    view! { <div class="stack">{entrance(app, people, Some(home))}</div> }
}

/// `then` is where to go once somebody is signed in; without it the page in
/// the address shows by itself.
fn entrance(app: App, people: Memo<Vec<DemoPerson>>, then: Option<Callback<()>>) -> View {
    let gate = Gate { app, busy: RwSignal::new(false), errors: RwSignal::new(Vec::new()), then };
    View::live(move || {
        let people = people.get();
        if people.is_empty() {
            return view! {
                <PageHead title=words::TITLE lead=words::LEAD />
                {form(gate)}
            };
        }
        let (more, first): (Vec<_>, Vec<_>) = people.into_iter().partition(|p| p.more);
        let more = StoredValue::new(more);
        view! {
            <PageHead title=words::DEMO_TITLE lead=words::DEMO_LEAD />
            <ErrorSummary errors=gate.errors />
            {progress(gate.busy)}
            {cards(gate, first)}
            <Reveal summary=words::MORE_PEOPLE>
                {move || cards(gate, more.get_value())}
            </Reveal>
            <Reveal summary=words::WITH_PASSWORD>{move || form(Gate { errors: RwSignal::new(Vec::new()), ..gate })}</Reveal>
        }
    })
}

/// Signing in asks the office: honest words while it answers.
fn progress(busy: RwSignal<bool>) -> View {
    view! {
        <p class="soft" role="status">
            {move || busy.get().then_some(words::WORKING)}
        </p>
    }
}

/// What signing in needs and says.
#[derive(Clone, Copy)]
struct Gate {
    app: App,
    busy: RwSignal<bool>,
    errors: RwSignal<Vec<FieldError>>,
    then: Option<Callback<()>>,
}

impl Gate {
    fn enter(self, username: String, password: String) {
        let Self { app, busy, errors, then } = self;
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        errors.set(Vec::new());
        spawn_local(async move {
            let answer = app.sign_in(username, password).await;
            // The page may have given way to the office by now.
            busy.set(false);
            match (answer, then) {
                (Ok(()), Some(then)) => {
                    then.try_run(());
                }
                (Ok(()), None) => {}
                (Err(words), _) => {
                    errors.set(vec![FieldError { field: "nama-pengguna".into(), words }]);
                }
            }
        });
    }
}

fn cards(gate: Gate, people: Vec<DemoPerson>) -> View {
    let card = |p: DemoPerson| {
        let (label, look_at) = (p.label.clone(), p.look_at.clone());
        let initials = initials(&p.label);
        view! {
            <li>
                <button
                    type="button"
                    class="person"
                    on:click=move |_| gate.enter(p.username.clone(), p.password.clone())
                >
                    <span class="face" aria-hidden="true">
                        {initials}
                    </span>
                    <span>
                        <strong>{label}</strong>
                        <span class="small soft">{look_at}</span>
                    </span>
                </button>
            </li>
        }
    };
    view! { <ul class="people">{people.into_iter().map(card).collect::<View>()}</ul> }
}

/// First letters of the first two words: `KP`.
#[must_use]
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter(|w| w.chars().next().is_some_and(is_letter))
        .take(2)
        .filter_map(|w| Some(w.chars().next()?.to_ascii_uppercase()))
        .collect()
}

fn form(gate: Gate) -> View {
    let errors = gate.errors;
    let (username, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let missing = |text: RwSignal<String>, field: &str, words: &str| {
            let empty = text.with_untracked(|t| t.trim().is_empty());
            empty.then(|| FieldError { field: field.into(), words: words.into() })
        };
        let wrong: Vec<_> = [
            missing(username, "nama-pengguna", words::USERNAME_MISSING),
            missing(password, "kata-sandi", words::PASSWORD_MISSING),
        ]
        .into_iter()
        .flatten()
        .collect();
        if wrong.is_empty() {
            let name = username.get_untracked().trim().to_owned();
            gate.enter(name, password.get_untracked());
        } else {
            errors.set(wrong);
        }
    };
    view! {
        <form class="stack" on:submit=submit>
            <ErrorSummary errors=errors />
            <Field
                id="nama-pengguna"
                label=words::USERNAME
                autocomplete="username"
                value=username
                error=error_of(errors, "nama-pengguna")
                on_type=Callback::from(move |text: String| username.set(text))
            />
            <Field
                id="kata-sandi"
                label=words::PASSWORD
                kind=Kind::Password
                autocomplete="current-password"
                value=password
                error=error_of(errors, "kata-sandi")
                on_type=Callback::from(move |text: String| password.set(text))
            />
            {progress(gate.busy)}
            <Button submit=true>{words::SUBMIT}</Button>
            <p class="small soft">{words::FORGOT}</p>
        </form>
    }
}

/// The words of the summary that belong to one field.
#[must_use]
pub fn error_of(errors: RwSignal<Vec<FieldError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || errors.with(|e| e.iter().find(|e| e.field == field).map(|e| e.words.clone())))
}
