//! The own password: needs the office, like signing in.

use crate::signal::*;
use takar_domain::text::{common, settings as words};

use crate::pages::piece::{Input, input};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, FieldError, Kind, Look, PageHead, use_toast};
use crate::view::{View, view};

/// Fewest characters of a password, as the office asks.
const SHORTEST: usize = 8;

#[component]
pub fn PasswordPage(app: App) -> View {
    let toast = use_toast();
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let old = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let press = move || {
        let (before, after) = (old.get_untracked(), new.get_untracked());
        if after.chars().count() < SHORTEST {
            errors.set(vec![FieldError { field: "sandi-baru".into(), words: words::PASSWORD_SHORT.into() }]);
            return;
        }
        spawn_local(async move {
            match app.change_password(before, after).await {
                Ok(()) => {
                    errors.set(Vec::new());
                    old.set(String::new());
                    new.set(String::new());
                    toast.say(words::PASSWORD_SET);
                }
                Err(words) => errors.set(vec![FieldError { field: String::new(), words }]),
            }
        });
    };
    view! {
        <div class="stack">
            <p>
                <a class=Look::Link.class() href="/pengaturan">
                    {common::SETTINGS}
                </a>
            </p>
            <PageHead title=words::PASSWORD lead=words::PASSWORD_ONLINE />
            <ErrorSummary errors=errors />
            <section class="card stack">
                {input(Input::text("sandi-lama", words::OLD_PASSWORD).kind(Kind::Password), old, errors)}
                {input(Input::text("sandi-baru", words::NEW_PASSWORD).kind(Kind::Password), new, errors)}
                <Button press=press>{common::SAVE}</Button>
            </section>
        </div>
    }
}
