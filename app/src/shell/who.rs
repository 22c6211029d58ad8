//! Who works on this device, and the way to another person or out.

use crate::signal::*;
use takar_domain::config::{Post, Tenure};
use takar_domain::record::RecordId;
use takar_domain::text::{names, shell as words};

use crate::pages::sign_in::initials;
use crate::pages::unit_words;
use crate::platform::screen;
use crate::state::{AccountInfo, App, Me};
use crate::ui::{Button, Look, Notice, Tone};
use crate::view::{View, view};

/// The DOM id of the panel.
const ID: &str = "siapa";

pub fn who(app: App) -> View {
    let me = Memo::new(move || app.me());
    let refused = RwSignal::new(None::<String>);
    let leave = move |ev: leptos::ev::FocusEvent| {
        if !screen::stays_inside(&ev) {
            screen::close_details(ID);
        }
    };
    let key = move |ev: leptos::ev::KeyboardEvent| {
        if ev.key() == "Escape" {
            screen::close_details(ID);
            screen::focus("siapa-tekan");
        }
    };
    let panel = move || {
        let me = me.get()?;
        let others = app.accounts().into_iter().filter(|a| a.person != me.person);
        let others: Vec<_> = others.map(|a| other(app, a)).collect();
        Some(view! {
            <p class="small soft">{words::WORKING}</p>
            <p>
                <strong>{me.name.clone()}</strong>
                <br />
                <span class="small soft">{posts(app, &me)}</span>
            </p>
            {(!others.is_empty())
                .then(|| view! { <p class="small soft">{words::SWITCH_PERSON}</p> <ul class="menu">{others}</ul> })}
            <ul class="menu" on:click=move |_| screen::close_details(ID)>
                <li>
                    <a href="/masuk">{words::ADD_PERSON}</a>
                </li>
                <li>
                    <a href="/pengaturan/sandi">{words::PASSWORD}</a>
                </li>
            </ul>
            {move || {
                refused.get().map(|w| view! { <Notice tone=Tone::Bad><div>{w}</div></Notice> })
            }}
            <Button look=Look::Quiet press=Callback::from(move || sign_out(app, refused))>
                {words::SIGN_OUT}
            </Button>
        })
    };
    view! {
        <details class="drop" id=ID on:focusout=leave on:keydown=key>
            <summary class="who" id="siapa-tekan">
                <span class="face" aria-hidden="true">
                    {move || me.with(|m| m.as_ref().map(|m| initials(&m.name)))}
                </span>
                <span class="sr">{words::WORKING} ": "</span>
                <span class="who-name">{move || me.with(|m| m.as_ref().map(|m| m.name.clone()))}</span>
            </summary>
            <div class="drop-panel stack-s">{panel}</div>
        </details>
    }
}

/// The posts held today: `Kepala Seksi, Seksi Pemerintahan · Plt. Camat`.
fn posts(app: App, me: &Me) -> String {
    let one = |(post, tenure, unit): &(Post, Tenure, Option<RecordId>)| {
        let post = names::post_held(*post, *tenure);
        let unit = unit_words(app, *unit);
        if unit.is_empty() { post } else { [&post, ", ", &unit].concat() }
    };
    me.posts.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn other(app: App, account: AccountInfo) -> View {
    let person = account.person;
    let mut words = words::account_waiting(account.waiting, account.drafts);
    if account.sign_in_needed {
        words = takar_domain::text::shell::SIGN_IN_AGAIN.into();
    }
    let press = move || {
        screen::close_details(ID);
        app.use_person(person);
    };
    view! {
        <li>
            <Button look=Look::Link press=Callback::from(press)>
                {account.name}
                " "
                <span class="small soft">{words}</span>
            </Button>
        </li>
    }
}

fn sign_out(app: App, refused: RwSignal<Option<String>>) {
    refused.set(None);
    spawn_local(async move {
        if let Err(words) = app.sign_out().await {
            // The panel may be gone by now.
            refused.set(Some(words));
        }
    });
}
